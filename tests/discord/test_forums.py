"""Forums: a post for each message, its name and tags, and no second one whatever answer is lost."""

import discord
import discord.http
import pytest
from aiohttp import web
from hypothesis import given
from hypothesis import strategies as st

from bot.news.sending.channels import DiscordChannels, HistoryHidden
from bot.news.sending.forums import post_name
from bot.news.sending.once import NotAgain, trace
from tests.discord.test_channels import NO_HISTORY, Server, content, server
from tests.faults.answers import answer, limited, page
from tests.faults.discord_server import TOKEN, DiscordServer
from tests.faults.launcher import Quick
from tests.faults.objects import GUILD_ID

__all__ = ["server"]


@given(st.text(max_size=300))
def test_a_name_is_one_line_within_the_limit_and_never_empty(text: str) -> None:
    name = post_name(text)
    assert 1 <= len(name) <= 100
    assert len(name.splitlines()) == 1
    assert name.strip() == name


def test_a_long_name_is_cut_at_a_word() -> None:
    assert post_name("harbour " * 20) == "harbour " * 11 + "harbour…"


async def test_a_post_is_called_by_its_name(server: Server) -> None:
    forum = server.forum()
    named = await server.channels.send(forum.id, content(name="Bridge at\nLisbon"), "n")
    untold = await server.channels.send(forum.id, content(), "m")
    names = [server.env.backend.channels[sent.place_id].name for sent in (named, untold)]
    assert names == ["Bridge at Lisbon", "Bridge closes"]


async def test_a_post_has_the_tags_that_are_named_like_its_sections(server: Server) -> None:
    forum = server.forum("Sport", "WORLD", "Straße")
    sent = await server.channels.send(
        forum.id, content(sections=frozenset({"world", "strasse", "arts"})), "n"
    )
    assert server.env.backend.channels[sent.place_id].applied_tags == [2, 3]


async def test_a_post_has_five_tags_at_most(server: Server) -> None:
    forum = server.forum(*"abcdef")
    sent = await server.channels.send(forum.id, content(sections=frozenset("abcdef")), "n")
    assert server.env.backend.channels[sent.place_id].applied_tags == [1, 2, 3, 4, 5]


@pytest.mark.parametrize(
    ("wanted", "sections", "tags"), [(True, "b", [2]), (True, "x", [1]), (False, "x", [])]
)
async def test_a_forum_that_wants_a_tag_gets_its_first_where_none_fits(
    server: Server, wanted: bool, sections: str, tags: list[int]
) -> None:
    forum = server.forum("a", "b", requires_one=wanted)
    sent = await server.channels.send(forum.id, content(sections=frozenset(sections)), "n")
    assert server.env.backend.channels[sent.place_id].applied_tags == tags


@pytest.mark.parametrize(("moderates", "tags"), [(True, [1, 2]), (False, [2])])
async def test_tags_of_moderators_are_left_to_them(server: Server, moderates: bool, tags: list[int]) -> None:
    forum = server.forum("a", "b", moderated="a", requires_one=True)
    everyone = server.cached(forum).guild.default_role
    overwrite = discord.PermissionOverwrite(manage_threads=moderates)
    await server.cached(forum).set_permissions(everyone, overwrite=overwrite)
    server.cached(forum)._flags = 16
    sent = await server.channels.send(forum.id, content(sections=frozenset("ab")), "n")
    assert server.env.backend.channels[sent.place_id].applied_tags == tags


@pytest.mark.parametrize("archived", [False, True])
async def test_a_post_is_found_by_another_run(server: Server, archived: bool) -> None:
    forum = server.forum()
    old = await server.channels.send(forum.id, content(mark="#1"), "n")
    sent = [await server.channels.send(forum.id, content(mark=f"#{n}"), f"n{n}") for n in (2, 3)]
    if archived:
        for post in (old, *sent):
            server.archive(post.place_id)
    server.restart()
    assert [await server.channels.find(forum.id, f"#{n}", old.place_id) for n in (1, 2, 3)] == [None, *sent]


async def test_only_the_bots_own_posts_count(server: Server) -> None:
    forum = server.forum()
    stranger = server.guild.add_member(server.env.create_user("reader"))
    server.thread(forum, "theirs", owner=stranger.id)
    gone = await server.channels.send(forum.id, content(), "n")
    other = server.guild.create_forum_channel("others")
    await server.channels.send(other.id, content(), "m")
    server.env.backend.delete_message(gone.place_id, gone.message_id)
    assert await server.channels.find(forum.id, "#1", 0) is None


async def test_archives_older_than_the_message_are_not_read(server: Server) -> None:
    """Their posts are not even asked for, though the answer may list them."""
    forum = server.forum()
    old = await server.channels.send(forum.id, content(), "n")
    server.archive(old.place_id)
    metadata = server.env.backend.channels[old.place_id].thread_metadata
    assert metadata is not None
    metadata.archive_timestamp = "2016-01-01T00:00:00+00:00"
    assert await server.channels.find(forum.id, "#1", old.place_id - 1) is None
    assert await server.channels.find(forum.id, "#1", 0) == old


async def test_a_lost_answer_makes_no_second_post(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    forum = server.forum()
    create = server.client.http.start_thread_in_forum

    async def lose(*args: object, **options: object) -> object:
        await create(*args, **options)  # type: ignore[arg-type]
        raise NotAgain

    with monkeypatch.context() as patch:
        patch.setattr(server.client.http, "start_thread_in_forum", lose)
        with pytest.raises(NotAgain):
            await server.channels.send(forum.id, content(), "n")
    (post,) = forum.threads
    sent = await server.channels.send(forum.id, content(), "n")
    assert sent.place_id == post.id
    assert len(forum.threads) == 1
    await server.channels.send(forum.id, content(mark="#2"), "m")
    assert len(forum.threads) == 2
    await server.channels.send(
        forum.id, content(), "n"
    )  # a nonce that is done with is forgotten, as by Discord
    assert len(forum.threads) == 3


async def test_a_post_that_was_refused_is_made_by_the_next_try(server: Server) -> None:
    forum = server.forum()
    server.env.inject_error("POST", "/channels/*/threads", status=503)
    with pytest.raises(discord.HTTPException):
        await server.channels.send(forum.id, content(), "n")
    everyone = server.cached(forum).guild.default_role
    await server.cached(forum).set_permissions(everyone, overwrite=NO_HISTORY)
    with pytest.raises(HistoryHidden):
        await server.channels.send(forum.id, content(), "n")
    await server.cached(forum).set_permissions(everyone, overwrite=None)
    await server.channels.send(forum.id, content(), "n")
    assert len(forum.threads) == 1


async def test_a_post_goes_whole_with_the_replies_in_it(server: Server) -> None:
    sent = await server.channels.send(server.forum().id, content(), "n")
    await server.channels.send(sent.place_id, content("Reply"), "m")
    await server.channels.delete(sent.place_id, sent.message_id)
    assert sent.place_id not in server.env.backend.channels


async def test_where_the_bot_may_not_delete_posts_its_message_goes(server: Server) -> None:
    sent = await server.channels.send(server.forum().id, content(), "n")
    server.env.inject_error("DELETE", f"/channels/{sent.place_id}", status=403, code=50013)
    await server.channels.delete(sent.place_id, sent.message_id)
    assert sent.place_id in server.env.backend.channels
    assert not await server.channels.stands(sent.place_id, sent.message_id)


class Answers(DiscordServer):
    """Discord with a forum, where a request to begin a post meets these answers."""

    forum_id = 77

    def __post_init__(self) -> None:
        super().__post_init__()
        self.answers = [limited(globally=False, seconds=0.01), page(502), page(502)]

    def _routes(self) -> list[web.AbstractRouteDef]:
        forum = {"id": "77", "type": 15, "name": "reports", "guild_id": str(GUILD_ID), "position": 0}
        channel = f"/api/v10/channels/{self.forum_id}"

        async def get(_request: web.Request) -> web.Response:
            return answer({**forum, "permission_overwrites": [], "parent_id": None})

        async def post(_request: web.Request) -> web.Response:
            return self.answers.pop(0)

        return [web.get(channel, get), web.post(f"{channel}/threads", post), *super()._routes()]


async def test_discord_py_repeats_no_post_that_may_have_been_made(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(discord.http, "asyncio", Quick("asyncio"))
    async with Answers() as discord_server:
        monkeypatch.setattr(discord.http.Route, "BASE", f"{discord_server.url}/api/v10")
        async with discord.Client(intents=discord.Intents.none(), http_trace=trace()) as client:
            await client.login(TOKEN)
            with pytest.raises(NotAgain):
                await DiscordChannels(client).send(discord_server.forum_id, content(), "n")
        # A rate limit was waited out; what may have been done was not asked for again.
        assert len(discord_server.answers) == 1
