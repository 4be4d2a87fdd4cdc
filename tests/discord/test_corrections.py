"""Files that are changed where they lie: their posts follow, and name the other files alone."""

import pytest

from tests.discord.conftest import HARBOUR, TITLE, World
from tests.discord.test_moderation import delete_post
from tests.discord.test_stories import COPY, UPDATE, editor, field, say

OWN = "world/harbour.txt"
CORRECTED = COPY.replace("PORTO", "OPORTO")
HEADLINE = "Harbour board of Porto elects Ada Reed"


def also_in(world: World) -> list[str]:
    """Return the files that the first post names."""
    lines = field(world.posts()[0], "Also in").splitlines()
    return [line.rpartition(" · ")[2] for line in lines]


def said(world: World) -> str:
    (post,) = world.posts()
    return f"{post.title}\n{post.description}"


async def test_a_file_that_is_saved_again_is_no_copy_of_itself_and_can_be_corrected(posted: World) -> None:
    posted.put(OWN, HARBOUR + "\n")
    await posted.quiet()
    assert also_in(posted) == []
    posted.put(OWN, CORRECTED)
    await posted.quiet()
    assert "OPORTO" in said(posted)
    assert also_in(posted) == []


async def test_a_headline_that_is_corrected_stands_in_the_post(posted: World) -> None:
    posted.put(OWN, HARBOUR.replace(TITLE, HEADLINE))
    await posted.quiet()
    assert posted.titles() == [HEADLINE]
    assert (
        await posted.reader.autocomplete(posted.channel, "summary", "article", "elects Ada Reed as its") == []
    )


async def test_a_correction_leaves_the_copies_named_alone(posted: World) -> None:
    posted.put("spaced.txt", HARBOUR + "\n")
    posted.put("same.txt", HARBOUR)
    await posted.quiet()
    posted.put(OWN, CORRECTED)
    await posted.quiet()
    assert "OPORTO" in said(posted)
    assert sorted(also_in(posted)) == ["same.txt", "spaced.txt"]
    posted.put(OWN, HARBOUR)
    await posted.quiet()
    assert "OPORTO" not in said(posted)
    assert sorted(also_in(posted)) == ["same.txt", "spaced.txt"]


@pytest.mark.parametrize("end", ["", "\n"])
async def test_a_correction_that_a_copy_had_before_stands_in_the_post(posted: World, end: str) -> None:
    posted.put("agency.txt", CORRECTED)
    await posted.quiet()
    assert also_in(posted) == ["agency.txt"]
    posted.put(OWN, CORRECTED + end)
    await posted.quiet()
    assert "OPORTO" in said(posted)
    assert also_in(posted) == ["agency.txt"]
    posted.put(OWN, CORRECTED.replace("nine months", "ten months"))
    await posted.quiet()
    assert "ten months" in said(posted)
    assert also_in(posted) == ["agency.txt"]


async def test_a_copy_that_is_corrected_is_named_once_and_changes_nothing(posted: World) -> None:
    for months in ("ten", "eleven"):
        posted.put("copy.txt", HARBOUR.replace("nine months", f"{months} months"))
        await posted.quiet()
    posted.put("same.txt", HARBOUR)
    await posted.quiet()
    posted.put("same.txt", CORRECTED)
    await posted.quiet()
    assert "OPORTO" not in said(posted)
    assert sorted(also_in(posted)) == ["copy.txt", "same.txt"]


async def test_what_was_called_not_the_same_is_corrected_in_its_own_post(posted: World) -> None:
    posted.put("copy.txt", COPY)
    await posted.quiet()
    await say(posted, await editor(posted), "Not the same", path="copy.txt")
    await posted.quiet()
    posted.put("copy.txt", HARBOUR.replace("nine months", "ten months"))
    await posted.quiet()
    first, second = posted.posts()
    assert "ten months" not in (first.description or "")
    assert "ten months" in (second.description or "")
    assert field(first, "Also in") == field(second, "Also in") == ""


async def test_what_discord_refused_is_posted_once_it_is_corrected(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    world.put(OWN, HARBOUR)
    async with world.bot():
        await world.quiet()
        assert world.posts() == []
        world.put(OWN, CORRECTED)
        await world.quiet()
    assert "OPORTO" in said(world)


async def test_what_is_corrected_before_it_is_posted_is_posted_so(world: World) -> None:
    world.put(OWN, HARBOUR)
    async with world.bot() as gazette:
        gazette.supervisor.turn_off("delivery")
        for text in (HARBOUR, CORRECTED):
            world.put(OWN, text)
            gazette.inbox.rescan()
            await gazette.inbox.idle.wait()
            await gazette.pipeline.idle.wait()
        gazette.supervisor.turn_on("delivery")
        gazette.deliveries.wake()
        await world.quiet()
    assert "OPORTO" in said(world)


async def test_a_correction_of_a_text_that_was_removed_for_its_age_stands_in_the_post(world: World) -> None:
    world.put(OWN, HARBOUR)
    async with world.bot():
        await world.quiet()
    world.clock.advance(days=400)
    async with world.bot(history_days=365):
        await world.quiet()
        world.put(OWN, CORRECTED)
        await world.quiet()
    assert "OPORTO" in said(world)


async def test_nothing_of_a_corrected_text_is_left_once_it_is_forgotten(posted: World) -> None:
    posted.put("copy.txt", COPY)
    await posted.quiet()
    posted.put(OWN, CORRECTED.replace("The Atlantic Shipping Company", "A company"))
    await posted.quiet()
    await posted.forget("harbour")
    await posted.quiet()
    content = posted.history.read_bytes()
    assert b"Atlantic Shipping" not in content
    assert b"OPORTO" not in content


async def test_an_update_of_an_update_answers_the_first_post(posted: World) -> None:
    later = (
        "\nOn Friday a judge in Braga threw the complaint out, for nobody had seen a torn ballot.\n"
        "\nMatos left the town by train and spoke to nobody, while friends took down his posters.\n"
        "\nThe new chair opened her first meeting with a minute of silence for two drowned sailors.\n"
    )
    posted.put("later.txt", UPDATE)
    await posted.quiet()
    posted.put("latest.txt", UPDATE + later)
    await posted.quiet()
    first, _, third = posted.channel.history()
    assert third.reference is not None
    assert third.reference.message_id == first.id
    text = third.embeds[0].description or ""
    assert "threw the complaint out" in text
    assert "recount late on Tuesday" not in text


async def test_what_failed_is_not_tried_again_where_a_copy_was_posted_since(world: World) -> None:
    world.env.inject_error("POST", "/channels/*/messages", status=400, code=50035)
    world.put(OWN, HARBOUR)
    async with world.bot():
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
        assert world.titles() == [TITLE]
        assert (await world.manage("retry")).content == "Nothing has failed."
        await world.manage("repost", article="harbour")
        await world.quiet()
    assert world.titles() == [TITLE]


async def test_why_tells_the_post_of_an_article_with_very_many_copies(posted: World) -> None:
    for number in range(60):
        posted.put(f"{'long' * 20}-{number}.txt", HARBOUR)
    await posted.quiet()
    told = (await posted.manage("why", path=f"{'long' * 20}-7.txt")).content
    assert "sent, https://discord.com/channels/" in told
    assert f"Read {OWN}" in told
    assert "-7.txt" in told


async def test_an_update_says_all_where_the_first_was_never_posted(posted: World) -> None:
    other = posted.guild.create_text_channel("other")
    await posted.subscribe(other)
    posted.put("later.txt", UPDATE)
    await posted.quiet()
    (message,) = other.history()
    assert message.reference is None
    assert not (message.embeds[0].author.name or "").startswith("Update")
    assert "The harbour board elected" in (message.embeds[0].description or "")


async def test_an_update_is_posted_though_the_first_post_was_deleted(posted: World) -> None:
    await delete_post(posted)
    posted.put("later.txt", UPDATE)
    await posted.quiet()
    (message,) = posted.channel.history()
    assert "Rui Matos" in (message.embeds[0].description or "")


async def test_why_does_not_name_what_was_taken_back(posted: World) -> None:
    await posted.forget("harbour")
    posted.put("later.txt", UPDATE)
    await posted.quiet()
    told = (await posted.manage("why", path="later.txt")).content
    assert "Update of one that was taken back, or a longer version, quite sure: " in told
