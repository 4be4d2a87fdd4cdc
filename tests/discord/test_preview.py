"""/digest preview: what the next digest of a channel would hold."""

from simcord.builders import ChannelHandle

from tests.discord.conftest import HARBOUR, TITLE, World
from tests.discord.test_subscriptions import manage, second
from tests.faults.articles import Writer

__all__ = ["second"]


async def test_a_preview_shows_what_waits_and_when_it_comes(world: World, second: ChannelHandle) -> None:
    async with world.bot():
        await manage(world, "subscribe", channel=second, times="daily 18:00", length="short")
        told = await manage(world, "digest preview", channel=second)
        at = 1772388000
        assert told.content == (
            f"The next digest of <#{second.id}> comes <t:{at}:f> (<t:{at}:R>). Nothing waits there now."
        )
        titles = Writer(seed=2).fill(world.inbox, 12)
        await world.quiet()
        told = await manage(world, "digest preview", channel=second)
        assert "If it came now, it would hold this. Of its 2 pages this is the first." in told.content
        shown = told.embeds[0].description or ""
        assert shown.startswith("12 stories from 12 articles")
        assert 0 < sum(title in shown for title in titles) < 12
        assert second.history() == []
        await world.later(hours=6)
        (digest,) = second.history()
        assert (digest.embeds[0].description or "").splitlines()[1:] == shown.splitlines()[1:]


async def test_a_preview_of_a_channel_that_gets_each_article_at_once(
    world: World, second: ChannelHandle
) -> None:
    async with world.bot():
        told = (await manage(world, "digest preview")).content
        assert told == f"<#{world.channel.id}> gets each article at once. Nothing waits there now."
        await manage(world, "pause", duration="4 hours")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        held = await manage(world, "digest preview")
        assert f"What comes for <#{world.channel.id}> is held now, and comes as one digest" in held.content
        assert TITLE in (held.embeds[0].description or "")
        assert "has no subscription" in (await manage(world, "digest preview", channel=second)).content
