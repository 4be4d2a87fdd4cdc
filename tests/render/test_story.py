from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.news.telling import MOST, Told
from bot.render.look import Look
from bot.render.story import STORY_ID, story_answer, story_button
from bot.render.words import LANGUAGES
from tests.render.test_post import ANY, LOOKS, assert_discord_takes

LINK = f"https://discord.com/channels/{2**63}/{2**63}/{2**63}"
LONG = st.builds(str.__mul__, ANY, st.integers(1, 400))
TOLD = st.builds(
    Told,
    title=ANY | LONG,
    source=st.none() | ANY | LONG,
    at=st.datetimes(timezones=st.just(UTC)),
    link=st.none() | st.just(LINK),
    adds=ANY | LONG,
)


@given(st.lists(TOLD, min_size=1, max_size=MOST), st.integers(0, 10**6), LOOKS)
def test_a_story_is_within_the_limits_whatever_its_articles_hold(
    told: list[Told], more: int, look: Look
) -> None:
    assert_discord_takes(story_answer(told, len(told) + more, look=look))


def test_what_does_not_fit_into_a_story_is_counted() -> None:
    one = Told("_" * 300, "*" * 300, datetime(2026, 3, 1, tzinfo=UTC), LINK, "~~" * 300)
    shown = story_answer([one] * MOST, 5_000_000)
    said = shown.description or ""
    named = said.count(LINK)
    assert 0 < named < MOST
    assert said.endswith(f"and {5_000_000 - named} more")


def test_a_story_and_its_button_speak_the_language_of_the_channel() -> None:
    one = Told("Harbour", "Times", datetime(2026, 3, 1, tzinfo=UTC), LINK, "It opened.")
    shown = story_answer([one], 3, look=Look(language="fr", colour=0x00FF00))
    assert (shown.description or "").endswith("et 2 autres")
    assert shown.footer.text == "3 articles sur cet événement"
    assert shown.colour is not None
    assert shown.colour.value == 0x00FF00
    button = story_button(7, 3, language="de")
    assert (button.label, button.custom_id) == ("Thema (3)", f"{STORY_ID}7")


def test_the_label_of_a_storys_button_is_one_that_discord_takes() -> None:
    for language in LANGUAGES:
        assert len(story_button(2**62, 10**9, language=language).label or "") <= 80
