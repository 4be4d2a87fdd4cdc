"""/settings, and how posts and digests look after it."""

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st
from simcord.builders import ChannelHandle

from bot.render.post import COLOUR
from cogs.settings import colour_of
from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World
from tests.discord.test_routes import texts, titles
from tests.discord.test_subscriptions import manage, thread_of


def embeds(channel: ChannelHandle) -> list[discord.Embed]:
    return [m.embeds[0] for m in channel.history() if m.embeds and not m.flags.ephemeral]


async def test_without_a_choice_it_shows_what_is_set(world: World) -> None:
    async with world.bot():
        told = (await manage(world, "settings")).content.splitlines()
        assert told == [
            "As it is set in this server; each option changes one of these:",
            "**Language**: English",
            "**Length**: as whoever runs Gazette has set it",
            "**Method**: as whoever runs Gazette has set it",
            "**Colour**: Gazette’s own",
            "**Layout**: post: the whole summary",
            "**People, organisations and places**: named where they are found",
        ]


async def test_a_choice_changes_one_thing_and_stays_over_a_restart(world: World) -> None:
    async with world.bot():
        await manage(world, "settings", colour="#3498db", length=5)
        told = (await manage(world, "settings", language="de", entities=False, method="lsa")).content
        assert told.startswith("Set for what is posted in this server from now on:")
    async with world.bot():
        shown = (await manage(world, "settings")).content.splitlines()
        assert shown[1:] == told.splitlines()[1:]
        assert shown[1:] == [
            "**Language**: Deutsch",
            "**Length**: 5 sentences",
            "**Method**: lsa",
            "**Colour**: #3498DB",
            "**Layout**: post: the whole summary",
            "**People, organisations and places**: not named",
        ]


async def test_reset_goes_back_and_takes_what_else_was_typed(world: World) -> None:
    async with world.bot():
        fresh = (await manage(world, "settings")).content.splitlines()[1:]
        await manage(world, "settings", colour="red", language="fr", layout="compact")
        told = (await manage(world, "settings", reset=True, language="de")).content.splitlines()[1:]
        assert told == ["**Language**: Deutsch", *fresh[1:]]
        assert (await manage(world, "settings", reset=True)).content.splitlines()[1:] == fresh


@pytest.mark.parametrize("typed", ["#12345", "#gggggg", "mauve", "#1234567", ""])
async def test_what_is_no_colour_is_told_and_changes_nothing(world: World, typed: str) -> None:
    async with world.bot():
        told = (await manage(world, "settings", colour=typed, language="de")).content
        assert f"“{typed}” is no colour: type # and six digits" in told
        assert "**Language**: English" in (await manage(world, "settings")).content


@given(st.integers(0, 0xFFFFFF))
def test_every_colour_is_taken_as_it_is_shown(value: int) -> None:
    assert colour_of(f"#{value:06X}") == colour_of(f" {value:06x}") == value


async def test_colours_are_offered_by_name_and_taken_by_name_and_number(world: World) -> None:
    async with world.bot():
        role = world.guild.create_role("Editors", permissions=discord.Permissions(manage_guild=True))
        editor = world.guild.add_member(world.env.create_user("editor"), roles=[role])
        found = await editor.autocomplete(world.channel, "settings", "colour", "pur")
        assert found == [{"name": "purple (#8E44AD)", "value": "#8E44AD"}]
        for typed in ("purple", "8e44ad"):
            told = (await manage(world, "settings", colour=typed)).content
            assert "**Colour**: #8E44AD" in told


async def test_posts_and_digests_speak_the_language_and_have_the_colour(world: World) -> None:
    second = world.guild.create_text_channel("second")
    async with world.bot():
        await manage(world, "settings", language="de", colour="#FF8800")
        await manage(world, "subscribe", channel=second, times="hourly")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        (post,) = embeds(world.channel)
        assert post.colour == discord.Colour(0xFF8800)
        assert "Von Tom Quill" in (post.author.name or "")
        assert "Sätzen" in (post.footer.text or "")
        assert "harbour board elected Ada Reed" in (post.description or "")  # an article is not translated
        await world.later(hours=1)
        (digest,) = embeds(second)
        assert digest.colour == post.colour
        assert (digest.description or "").startswith("1 Thema aus 1 Artikel seit dem")
        asked = await world.ask("digest now")
        assert asked.embeds[0].title == "Überblick"


async def test_compact_posts_show_the_first_sentence_alone(world: World) -> None:
    async with world.bot():
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        await manage(world, "settings", layout="compact")
        world.put("bridge.txt", BRIDGE)
        await world.quiet()
        before, after = texts(world.channel)
        assert before.count("\n\n") == 2
        assert "\n\n" not in after


async def test_posts_have_as_many_sentences_as_were_chosen_by_the_chosen_method(world: World) -> None:
    async with world.bot():
        await manage(world, "settings", length=1, method="luhn")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        (post,) = embeds(world.channel)
        assert "luhn · 1 of" in (post.footer.text or "")
        assert "\n" not in (post.description or "")


async def test_a_thread_is_opened_under_each_post(world: World) -> None:
    async with world.bot():
        told = (await manage(world, "settings", layout="thread")).content
        assert "**Layout**: thread: the whole summary, with a thread under it" in told
        assert "I cannot open threads" not in told
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert [thread.name for thread in world.channel.threads] == [TITLE]


async def test_where_threads_cannot_be_opened_is_told(world: World) -> None:
    everyone = world.guild.default_role
    no_threads = discord.PermissionOverwrite(create_public_threads=False)
    closed = world.guild.create_text_channel("closed", overwrites={everyone: no_threads})
    within = thread_of(world, closed)
    async with world.bot():
        await manage(world, "subscribe", channel=closed)
        await manage(world, "subscribe", channel=within)
        told = (await manage(world, "settings", layout="thread")).content
        assert f"I cannot open threads yet in <#{closed.id}>. In the settings of each" in told
        told = (await manage(world, "subscribe", channel=closed, length="short")).content
        assert "allow me: Create Public Threads" in told


async def test_another_servers_posts_stay_as_they_are(world: World) -> None:
    other = world.env.create_guild()
    theirs = other.create_text_channel("theirs")
    async with world.bot():
        await manage(world, "subscribe", other, theirs, channel=theirs)
        await manage(world, "settings", language="de", colour="red")
        world.put("harbour.txt", HARBOUR)
        await world.quiet()
        assert titles(world.channel) == titles(theirs) == [TITLE]
        assert "sentences" in (embeds(theirs)[0].footer.text or "")
        assert embeds(theirs)[0].colour == COLOUR
