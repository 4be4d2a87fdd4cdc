"""The channels of the settings, if Discord does not tell of them: nothing else waits for that."""

import discord
import pytest

from tests.discord.conftest import HARBOUR, TITLE, World

ARCHIVED = 987_654_321


@pytest.mark.parametrize("error", [TimeoutError, ConnectionResetError])
async def test_posts_go_out_though_discord_does_not_tell_of_a_channel(
    world: World, monkeypatch: pytest.MonkeyPatch, error: type[Exception]
) -> None:
    async def fetch(_client: discord.Client, _channel_id: int) -> None:
        raise error

    async with world.bot():
        pass  # the first start asks for the first channel, and waits
    monkeypatch.setattr(discord.Client, "fetch_channel", fetch)
    world.put("harbour.txt", HARBOUR)
    async with world.bot(operators_channel_id=ARCHIVED) as gazette:
        await world.quiet()
        assert world.titles() == [TITLE]
        assert gazette.bot.seconds_not_in_place == 0
        assert not gazette.bot.access.is_sure
