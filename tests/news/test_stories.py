"""Which of the articles that are there decides about a new one."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.analysis.analyse import shingles_of
from bot.analysis.comparison import Verdict, shared_numbers
from bot.articles.article import Article
from bot.news.memory import MemoryHistory
from bot.news.stories import Arrival, Candidate, arrival, decide, weigh
from tests.analysis.articles import HARBOUR

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
BRIDGE = "\n\n".join(HARBOUR.split("\n"))
MORE = (
    "\n\nA day later the builder withdrew, and the mayor of the town had to call the council together again."
)
QUAKE = (
    "An earthquake of magnitude 6 shook the island of Orlo on Sunday and destroyed the harbour of Vell. "
    "Rescuers pulled twelve fishermen from the ruins of the harbour, the governor of Orlo said."
)
QUAKE_ELSEWHERE = (
    "Fishermen of Vell spent the night outside after the earthquake. The island's governor asked for tents; "
    "rescuers from Orlo searched the destroyed harbour, where twelve people were found alive."
)


def came(text: str, published: date | None = None, at: datetime = NOW, title: str = "Untitled") -> Arrival:
    article = Article(title=title, text=text, language="en", published=published)
    return arrival(article, *shingles_of(article), at)


def story(number: int) -> str:
    """Return an article that has no words in common with another's."""
    return " ".join(f"{word}{chr(ord('a') + number % 26) * (3 + number // 26)}" for word in BRIDGE.split())


def test_the_oldest_of_equals_is_the_one_that_a_copy_is_of() -> None:
    history = MemoryHistory()
    assert history.take(came(BRIDGE)).verdict is Verdict.NEW
    assert history.take(came(QUAKE)).verdict is Verdict.NEW
    assert history.take(came(BRIDGE + MORE + MORE.upper())).of == 0
    copy = history.take(came(BRIDGE.upper()))
    assert (copy.verdict, copy.of, copy.containment) == (Verdict.SAME_TEXT, 0, 1.0)


def test_a_copy_is_found_though_another_text_shares_as_much() -> None:
    history = MemoryHistory()
    history.take(came(BRIDGE[:400]))
    assert history.take(came(BRIDGE)).verdict is Verdict.UPDATE
    decision = history.take(came(BRIDGE.replace(" said ", " stated ")))
    assert (decision.verdict, decision.of) == (Verdict.SAME_TEXT, 1)


def test_two_texts_about_one_event_are_one_story() -> None:
    history = MemoryHistory()
    history.take(came(QUAKE))
    decision = history.take(came(QUAKE_ELSEWHERE))
    assert (decision.verdict, decision.of, decision.story) == (Verdict.SAME_STORY, 0, 0)
    assert decision.cosine > 0.41


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        (date(2026, 3, 1), date(2026, 3, 4), Verdict.SAME_STORY),
        (date(2026, 3, 1), date(2026, 3, 6), Verdict.NEW),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 4, 8, tzinfo=UTC), Verdict.SAME_STORY),
        (datetime(2026, 3, 1, 8, tzinfo=UTC), datetime(2026, 3, 4, 9, tzinfo=UTC), Verdict.NEW),
        (None, date(2026, 3, 9), Verdict.SAME_STORY),
    ],
)
def test_one_event_is_told_within_three_days(one: date | None, other: date | None, expected: Verdict) -> None:
    history = MemoryHistory()
    history.take(came(QUAKE, one))
    assert history.take(came(QUAKE_ELSEWHERE, other)).verdict is expected


def test_texts_without_dates_are_near_when_they_came_near() -> None:
    history = MemoryHistory()
    history.take(came(QUAKE))
    late = came(QUAKE_ELSEWHERE, at=NOW + timedelta(hours=73))
    assert history.take(late).verdict is Verdict.NEW


def test_lines_that_five_articles_share_do_not_count() -> None:
    sign_off = "\n\n" + " ".join("reporter" + chr(ord("a") + number) for number in range(26))
    history = MemoryHistory()
    short = [" ".join(story(number).split()[:35]) + sign_off for number in range(6)]
    verdicts = [history.take(came(text, title=f"t{number}")) for number, text in enumerate(short)]
    assert verdicts[1].containment > 0.3
    assert verdicts[5].verdict is Verdict.NEW


def test_a_text_of_nothing_but_such_lines_belongs_to_no_story() -> None:
    words = ["reporter" + chr(ord("a") + number) for number in range(26)]
    sign_off = " ".join(words[:13]) + "\n" + " ".join(words[13:])
    history = MemoryHistory()
    for number in range(6):
        body = " ".join(story(number).split()[:80])
        history.take(came(f"{body}\n{sign_off}", title=f"t{number}"))
    assert history.take(came(sign_off, title="t6")).verdict is Verdict.NEW


def test_a_line_that_two_articles_share_counts_wherever_it_stands() -> None:
    history = MemoryHistory()
    history.take(came(BRIDGE))
    assert not history.boilerplate(came(BRIDGE).text.edges)


def test_a_text_of_many_articles_is_nobodys_original() -> None:
    history = MemoryHistory()
    parts = [" ".join(story(number).split()[:120]) for number in range(3)]
    for number, part in enumerate(parts):
        history.take(came(part, title=f"t{number}"))
    roundup = came("\n\n".join((*parts, story(9))), title="The week")
    decision = history.take(roundup)
    assert (decision.verdict, decision.is_roundup) == (Verdict.NEW, True)
    late = history.take(came(" ".join(story(9).split()[:100]), title="t9"))
    assert late.verdict is Verdict.NEW
    assert history.take(roundup).verdict is Verdict.SAME_TEXT


def test_a_phrase_of_the_trade_leads_nowhere() -> None:
    history = MemoryHistory()
    phrase = "This is a breaking news story and will be updated"
    for number in range(70):
        history.take(came(f"{phrase} {story(number)}"))
    index = came(phrase).text.index
    assert not history.candidates(index, ())


NOTICE = (
    "The ferry between {place} and Sorn does not sail on {day} because of {cause} in the harbour. "
    "Passengers are asked to take the bus, which leaves from the market every hour and carries bicycles as "
    "well. Tickets that were bought for the boat are valid on the bus. The line hopes to sail again on the "
    "next morning."
)
PLACES = [
    "Halden",
    "Ostrach",
    "Tarvik",
    "Brunn",
    "Kelso",
    "Marve",
    "Lindau",
    "Perrin",
    "Quill",
    "Sandby",
    "Ulm",
]


def notices(history: MemoryHistory) -> list[str]:
    """Put a notice about each place into a history, and return them."""
    texts = [NOTICE.format(place=place, day="Monday", cause="ice") for place in PLACES]
    for text in texts:
        history.take(came(text))
    return texts


def test_of_many_texts_in_one_form_none_is_hidden() -> None:
    history = MemoryHistory()
    verdicts = [
        history.take(came(NOTICE.format(place=place, day=day, cause="ice"))).verdict
        for place in PLACES
        for day in ("Monday", "Thursday", "Saturday")
    ]
    assert Verdict.SAME_TEXT not in verdicts
    assert Verdict.UPDATE not in verdicts


def test_a_copy_is_found_among_many_texts_in_its_form() -> None:
    history = MemoryHistory()
    texts = notices(history)
    for number, text in enumerate(texts):
        decision = history.take(came(text.replace("are asked", "were asked")))
        assert (decision.verdict, decision.of) == (Verdict.SAME_TEXT, number)


def test_one_other_day_is_a_doubt_and_several_other_details_are_none() -> None:
    history = MemoryHistory()
    history.take(came(NOTICE.format(place="Halden", day="Monday", cause="ice")))
    doubt = history.take(came(NOTICE.format(place="Halden", day="Friday", cause="ice")))
    assert (doubt.verdict, doubt.of, doubt.is_similar) == (Verdict.SAME_STORY, 0, True)
    form = history.take(came(NOTICE.format(place="Tarvik", day="Sunday", cause="a storm")))
    assert (form.verdict, form.is_similar) == (Verdict.TEMPLATE, False)


def test_of_a_text_that_is_gone_nothing_is_hidden() -> None:
    old, new = came(BRIDGE), came(BRIDGE.replace(" said ", " stated "))
    candidate = Candidate(7, 7, old.text.fingerprint, old.terms, None, NOW)
    beside = weigh(new, [candidate])
    assert beside.to_read == (7,)
    assert decide(beside, {7: old.wording}).verdict is Verdict.SAME_TEXT
    gone = decide(beside, {})
    assert (gone.verdict, gone.of, gone.is_similar) == (Verdict.SAME_STORY, 7, True)


def test_two_reports_about_one_event_are_known_by_their_numbers_too() -> None:
    figures = " The police counted 1,250 people, 48 boats and 311 tents, and 17 of them needed 92 blankets."
    one = came("Ships brought helpers and water to the harbour of Vell after the earthquake." + figures)
    other = came(
        "After a night outside, Vell begins to clear its streets." + figures.replace("police", "mayor")
    )
    assert shared_numbers(one.text.fingerprint, other.text.fingerprint) == 1
    assert shared_numbers(one.text.fingerprint, came(BRIDGE).text.fingerprint) == 0
