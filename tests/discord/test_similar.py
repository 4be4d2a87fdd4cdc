"""News that only look alike: posted as an answer, until somebody says what they are."""

from typing import Any

import discord
import pytest

from bot.news.viewer import Viewer
from storage.connection import Connection
from tests.discord.conftest import World
from tests.discord.test_stories import editor, field

FIRST_TITLE = "Ferry to Sorn cancelled on Monday"
FIRST = f"""{FIRST_TITLE}

The ferry between Halden and Sorn does not sail on Monday because of ice in the harbour of Sorn.

Passengers are asked to take the bus, which leaves from the market every hour and carries bicycles as well.

Tickets that were bought for the boat are valid on the bus. The line hopes to sail again on the next morning.
"""
SECOND_TITLE = "Ferry to Sorn cancelled on Friday"
SECOND = FIRST.replace("Monday", "Friday")
COPY = FIRST.replace("hopes to sail", "expects to sail")


@pytest.fixture
async def doubtful(world: World) -> Any:  # noqa: ANN401 (an asynchronous generator)
    """A server where a second article stands in the channel that may be a copy of the first."""
    world.put("first.txt", FIRST)
    async with world.bot():
        await world.quiet()
        world.put("second.txt", SECOND)
        await world.quiet()
        yield world


def labels(message: discord.Message) -> list[str | None]:
    return [button.label for row in message.components for button in row.children]  # type: ignore[union-attr]


async def test_what_only_looks_like_a_copy_is_posted_as_an_answer(doubtful: World) -> None:
    assert doubtful.titles() == [FIRST_TITLE, SECOND_TITLE]
    first, second = doubtful.channel.history()
    assert second.reference is not None
    assert second.reference.message_id == first.id
    assert field(second.embeds[0], "Similar to") == FIRST_TITLE
    assert labels(second) == ["Same text", "Same story", "Not the same"]
    assert labels(first) == ["Story (2)"]
    assert field(first.embeds[0], "Also in") == ""
    assert not (second.embeds[0].author.name or "").startswith("Update")


async def test_it_is_shown_whole_and_not_as_an_update(doubtful: World) -> None:
    assert "does not sail on Friday" in (doubtful.posts()[1].description or "")


async def test_why_says_what_the_doubt_is(doubtful: World) -> None:
    told = (await doubtful.manage("why", path="second.txt")).content
    assert f"In doubt: a copy of “{FIRST_TITLE}”, or other news. It is posted for that: " in told
    assert "“Friday” for “Monday”" in told


async def test_same_text_makes_it_also_in_and_its_post_says_whose_text_it_is(doubtful: World) -> None:
    first, second = doubtful.channel.history()
    pressed: Any = await (await editor(doubtful)).click(second, label="Same text")
    assert pressed.response.ephemeral
    assert "is the same text as" in pressed.response.content
    await doubtful.quiet()
    first, second = doubtful.channel.history()
    assert "second.txt" in field(first.embeds[0], "Also in")
    assert field(second.embeds[0], "Similar to") == ""
    shown = field(second.embeds[0], "Same text as")
    assert shown.splitlines() == [
        FIRST_TITLE,
        f"https://discord.com/channels/{doubtful.guild.id}/{doubtful.channel.id}/{first.id}",
    ]
    assert (labels(first), labels(second)) == ([], [])
    doubtful.put("third.txt", SECOND + "\n")
    await doubtful.quiet()
    assert doubtful.titles() == [FIRST_TITLE, SECOND_TITLE]


async def test_same_story_ends_the_doubt_and_keeps_them_together(doubtful: World) -> None:
    second = doubtful.channel.history()[1]
    await (await editor(doubtful)).click(second, label="Same story")
    await doubtful.quiet()
    first, second = doubtful.channel.history()
    assert field(second.embeds[0], "Similar to") == ""
    assert (labels(first), labels(second)) == (["Story (2)"], [])


async def test_not_the_same_ends_the_doubt_and_parts_them(doubtful: World) -> None:
    second = doubtful.channel.history()[1]
    await (await editor(doubtful)).click(second, label="Not the same")
    await doubtful.quiet()
    first, second = doubtful.channel.history()
    assert field(second.embeds[0], "Similar to") == ""
    assert (labels(first), labels(second)) == ([], [])


async def test_a_reader_may_not_say_what_they_are(doubtful: World) -> None:
    second = doubtful.channel.history()[1]
    for label in ("Same text", "Same story", "Not the same"):
        pressed: Any = await doubtful.reader.click(second, label=label)
        assert pressed.response.ephemeral
        assert "may manage the server" in pressed.response.content
    await doubtful.quiet()
    assert field(doubtful.posts()[1], "Similar to") == FIRST_TITLE


async def test_the_buttons_work_after_a_restart(world: World) -> None:
    world.put("first.txt", FIRST)
    world.put("second.txt", SECOND)
    async with world.bot():
        await world.quiet()
    async with world.bot():
        await world.quiet()
        editing = await editor(world)
        await editing.click(world.channel.history()[1], label="Same text")
        await world.quiet()
        assert field(world.posts()[1], "Same text as") != ""


async def test_an_article_that_was_taken_back_is_named_no_longer(doubtful: World) -> None:
    await doubtful.forget(FIRST_TITLE)
    await doubtful.quiet()
    (post,) = doubtful.posts()
    assert (post.title, field(post, "Similar to")) == (SECOND_TITLE, "")


async def test_near_copies_are_listed_with_what_differs_and_can_be_posted(world: World) -> None:
    world.put("first.txt", FIRST)
    async with world.bot():
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
        assert world.titles() == [FIRST_TITLE]
        status = (await world.manage("status")).content
        assert "1 article was hidden as a near copy" in status
        editing = await editor(world)
        listed = (await editing.slash(world.channel, "inbox hidden")).response
        assert "1) “Ferry to Sorn cancelled on…”" in listed.content
        assert "“expects” for “hopes”" in listed.content
        pressed = await editing.click(listed, label="Post it: 1")
        assert "is an article of its own now, and is posted where it is wanted" in pressed.response.content
        await world.quiet()
        assert world.titles() == [FIRST_TITLE, FIRST_TITLE]
        assert labels(world.channel.history()[0]) == ["Story (2)"]
        assert "hidden" not in (await world.manage("status")).content
    async with world.bot():
        world.put("copy-2.txt", COPY + "\n")
        await world.quiet()
    assert world.titles() == [FIRST_TITLE, FIRST_TITLE]


async def test_a_text_that_is_word_for_word_the_same_is_not_listed(world: World) -> None:
    world.put("first.txt", FIRST)
    world.put("same.txt", FIRST.upper())
    async with world.bot():
        await world.quiet()
        listed = (await world.manage("inbox hidden")).content
    assert listed == "In the last seven days no article was hidden as a near copy of another."


async def test_near_copies_of_last_week_are_listed_no_longer(world: World) -> None:
    world.put("first.txt", FIRST)
    world.put("second.txt", COPY)
    async with world.bot():
        await world.quiet()
        world.clock.advance(days=8)
        assert "hidden" not in (await world.manage("status")).content


async def test_other_news_is_posted_after_the_text_of_the_first_was_removed(world: World) -> None:
    world.put("first.txt", FIRST)
    async with world.bot():
        await world.quiet()
    world.clock.advance(days=400)
    async with world.bot(history_days=365):
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
        assert world.titles() == [FIRST_TITLE]
        world.put("second.txt", SECOND)
        await world.quiet()
        assert world.titles() == [FIRST_TITLE, SECOND_TITLE]


async def test_other_news_is_posted_after_the_first_was_taken_back(doubtful: World) -> None:
    await doubtful.forget(FIRST_TITLE)
    await doubtful.forget(SECOND_TITLE)
    doubtful.put("third.txt", FIRST.replace("Monday", "Sunday"))
    await doubtful.quiet()
    assert doubtful.titles() == ["Ferry to Sorn cancelled on Sunday"]


async def test_a_file_that_is_overwritten_with_news_of_its_form_is_a_new_article(world: World) -> None:
    world.put("ferry.txt", FIRST)
    async with world.bot():
        await world.quiet()
        other = SECOND.replace("Sorn", "Tarvik").replace("Halden", "Ostrach")
        world.put("ferry.txt", other)
        await world.quiet()
        assert world.titles() == [FIRST_TITLE, "Ferry to Tarvik cancelled on Friday"]
        world.put("ferry.txt", other.replace("ice", "a storm"))
        await world.quiet()
        assert world.titles() == [FIRST_TITLE, "Ferry to Tarvik cancelled on Friday"]
        assert "a storm" in (world.posts()[1].description or "")


async def test_a_day_that_is_put_right_in_a_text_corrects_its_post(world: World) -> None:
    world.put("ferry.txt", FIRST)
    async with world.bot():
        await world.quiet()
        world.put("ferry.txt", FIRST.replace("sail on Monday", "sail on Tuesday"))
        await world.quiet()
        (post,) = world.posts()
        assert "does not sail on Tuesday" in (post.description or "")


async def test_a_file_that_has_the_notice_of_another_day_is_a_new_article(world: World) -> None:
    world.put("ferry.txt", FIRST)
    async with world.bot():
        await world.quiet()
        world.put("ferry.txt", SECOND)
        await world.quiet()
        assert world.titles() == [FIRST_TITLE, SECOND_TITLE]
        assert field(world.posts()[1], "Similar to") == FIRST_TITLE


async def test_two_articles_that_share_a_notice_are_nothing_of_each_other(world: World) -> None:
    notice = (
        "This page is for members of the reading circle alone. Members read on all their devices, get a "
        "letter each evening and may leave at the end of a month. Pupils pay half of it. Sign in here."
    )
    tugs = "Tugs for the north\n\nThe yard of Ostrach builds three tugs and hires welders."
    bell = "A bell for Sorn\n\nThe village church gets its old bell back after a war."
    world.put("a.txt", f"{tugs}\n\n{notice}")
    async with world.bot():
        await world.quiet()
        world.put("b.txt", f"{bell}\n\n{notice}")
        await world.quiet()
        assert world.titles() == ["Tugs for the north", "A bell for Sorn"]
        assert [labels(message) for message in world.channel.history()] == [[], []]


async def test_a_digest_tells_news_in_doubt_for_itself(world: World) -> None:
    async with world.bot():
        await world.quiet()
        await world.subscribe(world.channel, at="14:00")
        world.put("first.txt", FIRST)
        world.put("second.txt", SECOND)
        await world.quiet()
        await world.later(hours=3)
    (digest,) = world.posts()
    shown = f"{digest.description} {[field.value for field in digest.fields]}"
    assert FIRST_TITLE in shown
    assert SECOND_TITLE in shown


async def test_same_story_ends_a_mistaken_same_text(doubtful: World) -> None:
    editing = await editor(doubtful)
    await editing.click(doubtful.channel.history()[1], label="Same text")
    await doubtful.quiet()
    asked = (await editing.slash(doubtful.channel, "why", path="second.txt")).response
    assert [button["label"] for button in asked.components[0]["components"]] == ["Same story", "Not the same"]
    await editing.click(asked, label="Same story")
    await doubtful.quiet()
    first, second = doubtful.channel.history()
    assert field(second.embeds[0], "Same text as") == ""
    assert (field(first.embeds[0], "Also in"), labels(first)) == ("", ["Story (2)"])
    assert len(doubtful.posts()) == 2


async def test_what_somebody_called_a_copy_is_not_listed_as_hidden(doubtful: World) -> None:
    await (await editor(doubtful)).click(doubtful.channel.history()[1], label="Same text")
    await doubtful.quiet()
    assert "hidden" not in (await doubtful.manage("status")).content


async def test_a_copy_by_what_somebody_said_stays_taken_back(doubtful: World) -> None:
    await (await editor(doubtful)).click(doubtful.channel.history()[1], label="Same text")
    await doubtful.quiet()
    await doubtful.forget("article:1")
    doubtful.put("again.txt", SECOND.replace("hopes to sail", "expects to sail"))
    await doubtful.quiet()
    assert doubtful.posts() == []


async def without_posts(connection: Connection) -> None:
    """Have it look as if no channel had been subscribed."""
    await connection.exec_driver_sql("DELETE FROM deliveries")


async def test_a_file_that_comes_to_say_what_a_judged_copy_says_is_corrected(world: World) -> None:
    async with world.bot() as gazette:
        world.put("first.txt", FIRST)
        await world.quiet()
        world.put("copy.txt", COPY)
        await world.quiet()
        await gazette.bot.moderation.post(2)
        await world.quiet()
        await gazette.database.transact(without_posts)
        await gazette.bot.moderation.copy(2)
        world.put("first.txt", COPY + "\n")
        await world.quiet()
        found = await gazette.bot.desk.find("article:1", Viewer(0, sees_all=True))
        assert "expects to sail" in found.article.text


async def test_ten_near_copies_with_long_titles_fit_into_one_answer(world: World) -> None:
    async with world.bot():
        for number in range(12):
            place = f"{chr(97 + number).upper()}{chr(97 + number) * 4}ville"
            text = FIRST.replace("Sorn", f"{place} on the northern bank of the long and winding river Ell")
            world.put(f"{number}.txt", text)
            await world.quiet()
            world.put(f"{number}-copy.txt", text.replace("hopes to sail", "expects to sail"))
        await world.quiet()
        listed = (await world.manage("inbox hidden")).content
    assert "10) " in listed
    assert listed.endswith("and 2 more")
