"""What a post has beside its words: it is published, has a thread, a picture, a server's own length."""

from simcord.builders import ChannelHandle

from tests.discord.conftest import HARBOUR, TITLE, World
from tests.discord.test_subscriptions import manage

PAGE = f"""<html><head><title>{TITLE}</title>
<meta property="og:image" content="https://pictures.example.org/harbour.jpg">
</head><body><article><h1>{TITLE}</h1>
{"".join(f"<p>{part}</p>" for part in HARBOUR.split(chr(10) * 2)[2:])}
</article></body></html>"""

PUBLISHED = 0b11
"""Discord sets the first of these flags, the simulation the second."""


async def in_announcements(world: World) -> ChannelHandle:
    announcements = world.guild.create_news_channel("announcements")
    await world.subscribe(announcements, publish=True, pictures=True)
    return announcements


async def test_a_post_is_published_to_those_who_follow_where_that_is_chosen(world: World) -> None:
    async with world.bot():
        announcements = await in_announcements(world)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        (message,) = announcements.history()
        assert message.flags.value & PUBLISHED
        (other,) = world.channel.history()
        assert not other.flags.value & PUBLISHED


async def test_publishing_that_fails_is_tried_later_and_the_post_is_not_sent_again(world: World) -> None:
    async with world.bot():
        announcements = await in_announcements(world)
        world.env.inject_error("POST", "/channels/*/messages/*/crosspost", status=503, times=1)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        (message,) = announcements.history()
        assert not message.flags.value & PUBLISHED
    world.clock.advance(minutes=1)
    async with world.bot():  # what is left to do is kept in the history
        await world.quiet()
        (message,) = announcements.history()
        assert message.flags.value & PUBLISHED


async def test_publishing_that_is_refused_leaves_the_post_and_is_told(world: World) -> None:
    async with world.bot():
        announcements = await in_announcements(world)
        world.env.inject_error("POST", "/channels/*/messages/*/crosspost", status=403, code=50013)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert len(announcements.history()) == 1
        assert any("was not published" in told for told in world.told_to_the_owner())
        await world.later(hours=2)
        assert len(announcements.history()) == 1


async def test_the_articles_own_picture_stands_on_its_post_where_that_is_chosen(world: World) -> None:
    async with world.bot():
        announcements = await in_announcements(world)
        world.put("harbour.html", PAGE)
        await world.quiet()
        (message,) = announcements.history()
        assert message.embeds[0].thumbnail.url == "https://pictures.example.org/harbour.jpg"
        assert world.posts()[0].thumbnail.url is None


async def test_each_post_has_a_thread_under_it_where_the_server_wants_that(world: World) -> None:
    async with world.bot() as gazette:
        await manage(world, "settings", layout="thread")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        guild = gazette.bot.get_guild(world.guild.id)
        assert guild is not None
        assert [thread.name for thread in guild.threads] == [TITLE]


async def test_a_post_is_as_long_as_its_server_wants_it(world: World) -> None:
    async with world.bot():
        await manage(world, "settings", length=1)
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert "1 of 6 sentences" in (world.posts()[0].footer.text or "")
