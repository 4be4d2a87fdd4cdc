from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from bot.news.telling import MOST, Told
from bot.render.story import story_answer
from tests.render.test_post import ANY, assert_discord_takes

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


@given(st.lists(TOLD, min_size=1, max_size=MOST), st.integers(0, 10**6))
def test_a_story_is_within_the_limits_whatever_its_articles_hold(told: list[Told], more: int) -> None:
    assert_discord_takes(story_answer(told, len(told) + more))


def test_what_does_not_fit_into_a_story_is_counted() -> None:
    one = Told("_" * 300, "*" * 300, datetime(2026, 3, 1, tzinfo=UTC), LINK, "~~" * 300)
    shown = story_answer([one] * MOST, 5_000_000)
    said = shown.description or ""
    named = said.count(LINK)
    assert 0 < named < MOST
    assert said.endswith(f"and {5_000_000 - named} more")
