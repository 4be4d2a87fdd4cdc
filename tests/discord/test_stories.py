"""Near copies, updates, corrections and stories, as readers and operators see them."""

from typing import Any

import discord

from tests.discord.conftest import BRIDGE, HARBOUR, TITLE, World

COPY = HARBOUR.replace("seven of the twelve", "eight of the twelve").replace("By Tom Quill", "By the agency")
"""The same text with another byline and a word changed."""

UPDATE = (
    HARBOUR
    + """
The losing candidate, Rui Matos, called for a recount late on Tuesday and said that two ballots had been torn.

A judge in Braga will hear his complaint next week, the court announced, and the ballots lie in a vault.

Reed said that she welcomed a second count, and that her first meeting as chair would go ahead as planned.

Fishermen gathered before the customs house with torches and sang until the rain drove them home at midnight.
"""
)
"""The same text with four paragraphs more."""

SAME_EVENT = """Ada Reed wins the vote at Porto's harbour board

PORTO - Ada Reed, a former pilot, will lead the harbour board of Porto after a ballot among its members.

The election of Reed as chair ended a dispute of nine months over fees that fishermen pay at the harbour.

Carlos Pinto, who speaks for the fishermen of Porto, said that they had waited long enough for the vote.

The Atlantic Shipping Company hopes that Reed and her harbour board will lower the fees of the port.
"""
"""Another report about the same vote, in words of its own."""


def field(post: discord.Embed, name: str) -> str:
    return next((f.value or "" for f in post.fields if f.name == name), "")


async def test_a_near_copy_is_not_posted_and_the_first_post_names_it(posted: World) -> None:
    posted.put("agency/copy.txt", COPY)
    await posted.quiet()
    assert posted.titles() == [TITLE]
    assert "agency/copy.txt" in field(posted.posts()[0], "Also in")
    told = (await posted.manage("why", path="agency/copy.txt")).content
    assert f"Same text as “{TITLE}”, quite sure: " in told
    assert "of the shorter text is in both" in told


async def test_a_copy_goes_to_the_channel_that_never_got_the_first(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    other = world.guild.create_text_channel("other")
    async with world.bot():
        await world.subscribe(other)
        world.put("copy.txt", COPY)
        await world.quiet()
        world.put("copy-2.txt", COPY.replace("nine months", "ten months"))
        await world.quiet()
    assert len(world.posts()) == 1
    (message,) = other.history()
    assert message.embeds[0].title == TITLE
    assert [line.split(" · ")[1] for line in field(message.embeds[0], "Also in").splitlines()] == [
        "harbour.txt",
        "copy-2.txt",
    ]


async def test_an_update_answers_the_first_post_with_what_is_new(posted: World) -> None:
    posted.put("later.txt", UPDATE)
    await posted.quiet()
    first, second = posted.channel.history()
    assert second.reference is not None
    assert second.reference.message_id == first.id
    assert (second.embeds[0].author.name or "").startswith("Update")
    said = second.embeds[0].description or ""
    assert "Rui Matos, called for a recount" in said
    assert "secret ballot" not in said
    assert first.components[0].children[0].label == "Story (2)"  # type: ignore[union-attr]
    assert second.components == []


async def test_a_file_that_is_corrected_in_place_edits_its_post(posted: World) -> None:
    mark = posted.posts()[0].footer.text
    posted.put("world/harbour.txt", COPY.replace("PORTO", "OPORTO"))
    await posted.quiet()
    (post,) = posted.posts()
    assert "OPORTO" in (post.description or "")
    assert (post.footer.text or "").split()[0] == (mark or "").split()[0]
    assert field(post, "Also in") == ""
    posted.put("world/harbour.txt", HARBOUR)
    await posted.quiet()
    (post,) = posted.posts()
    assert "OPORTO" not in (post.description or "")


async def test_a_file_that_is_overwritten_with_another_article_is_a_new_one(posted: World) -> None:
    posted.put("world/harbour.txt", BRIDGE)
    await posted.quiet()
    assert posted.titles() == [TITLE, "Old bridge at Lisbon closes for repairs"]


async def test_articles_about_one_event_are_a_story_and_all_are_posted(posted: World) -> None:
    posted.put("times/vote.txt", SAME_EVENT)
    await posted.quiet()
    assert len(posted.posts()) == 2
    answer = await posted.ask("story", article="harbour board elects")
    shown = answer.embeds[0]
    assert shown.title == TITLE
    said = shown.description or ""
    assert said.index(TITLE) < said.index("Ada Reed wins the vote")
    assert said.count("https://discord.com/channels/") == 2
    assert shown.footer.text == "2 articles about this event"


async def press(world: World, message: discord.Message, label: str) -> Any:  # noqa: ANN401 (SimCord's result)
    return await world.reader.click(message, label=label)


async def test_the_button_of_a_story_works_after_a_restart(world: World) -> None:
    world.put("a.txt", HARBOUR)
    world.put("b.txt", UPDATE)
    async with world.bot():
        await world.quiet()
    async with world.bot():
        await world.quiet()
        pressed = await press(world, world.channel.history()[0], "Story (2)")
        assert pressed.response.ephemeral
        assert pressed.response.embeds[0].footer.text == "2 articles about this event"


async def editor(world: World) -> Any:  # noqa: ANN401 (SimCord's actor)
    powers = discord.Permissions(manage_guild=True, view_channel=True)
    role = world.guild.create_role("Editors", permissions=powers)
    return world.guild.add_member(world.env.create_user("editor"), roles=[role])


async def say(world: World, actor: Any, label: str, **options: str) -> str:  # noqa: ANN401 (SimCord's actor)
    """Ask why, press one of the buttons below the answer, and return what is said then."""
    asked = (await actor.slash(world.channel, "why", **options)).response
    pressed = await actor.click(asked, label=label)
    return str(pressed.response.content)


async def test_what_people_call_not_the_same_is_posted_and_never_paired_again(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
        told = await say(world, await editor(world), "Not the same", path="copy.txt")
        assert told == f"“{TITLE}” is an article of its own now, and is posted where it is wanted."
        await world.quiet()
        assert world.titles() == [TITLE, TITLE]
        assert field(world.posts()[0], "Also in") == ""
    async with world.bot():
        world.put("again.txt", COPY + "\n")
        await world.quiet()
    assert world.titles() == [TITLE, TITLE]
    assert "again.txt" in field(world.posts()[1], "Also in")


async def test_what_people_call_the_same_story_stays_one_after_a_restart(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("vote.txt", SAME_EVENT)
        await world.quiet()
        editing = await editor(world)
        apart = await say(world, editing, "Not the same", path="vote.txt")
        assert apart == "“Ada Reed wins the vote at Porto's harbour board” is a story of its own now."
        await world.quiet()
        assert world.channel.history()[0].components == []
        await say(world, editing, "Same story", path="vote.txt")
        await world.quiet()
    async with world.bot():
        await world.quiet()
        assert world.channel.history()[0].components[0].children[0].label == "Story (2)"  # type: ignore[union-attr]


async def test_the_buttons_of_why_are_for_those_who_may_manage_the_server(posted: World) -> None:
    posted.put("copy.txt", COPY)
    await posted.quiet()
    posted.guild.set_command_permissions(
        next(c for c in await posted.gazette.bot.tree.fetch_commands() if c.name == "why"),  # type: ignore[union-attr]
        {posted.guild.default_role: True},
    )
    editing = await editor(posted)
    asked = (await editing.slash(posted.channel, "why", path="copy.txt")).response
    editing_role = next(role for role in posted.guild.roles.values() if role.name == "Editors")
    await posted.guild.me.guild.get_role(editing_role.id).edit(permissions=discord.Permissions.none())  # type: ignore[union-attr]
    pressed = await editing.click(asked, label="Not the same")
    assert "may manage the server" in pressed.response.content
    await posted.quiet()
    assert posted.titles() == [TITLE]


async def test_a_forgotten_text_does_not_come_back_as_a_near_copy(posted: World) -> None:
    posted.put("copy.txt", COPY)
    await posted.quiet()
    await posted.forget("harbour")
    posted.put("copy-2.txt", COPY.replace("nine months", "ten months"))
    await posted.quiet()
    assert posted.posts() == []
    assert b"Atlantic Shipping" not in posted.history.read_bytes()


async def test_a_copy_is_recognised_after_the_text_of_its_original_was_removed(world: World) -> None:
    world.put("harbour.txt", HARBOUR)
    async with world.bot():
        await world.quiet()
    world.clock.advance(days=400)
    async with world.bot(history_days=365):
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
    assert world.titles() == [TITLE]


async def test_copies_that_are_read_at_once_give_one_post(world: World) -> None:
    for number in range(6):
        world.put(f"{number}.txt", HARBOUR.replace("nine months", f"{number + 2} months"))
    async with world.bot(workers=2):
        await world.quiet()
    assert len(world.posts()) == 1
    assert field(world.posts()[0], "Also in").splitlines()[-1] == "and 2 more"
