"""Two texts that share only what a house puts below everything are nothing of each other."""

from bot.analysis.boilerplate import is_only_boilerplate
from bot.analysis.shingles import Shingled, shingled

ABOUT = (
    "Brandt Shipyards has built and repaired ships in Ostrach since 1926. It belongs to its employees, has "
    "two docks and a school, and exports to eleven countries."
)
ORDER = (
    "The yard won an order for three tugs, the largest in its records, and hires forty welders this spring."
)
FESTIVAL = (
    "Visitors may look into both docks during the summer festival; children get a helmet and a lemonade."
)


def text(title: str, *lines: str) -> Shingled:
    return shingled(title, "\n".join(lines))


def test_two_releases_of_one_house_share_only_boilerplate() -> None:
    one, other = text("Tugs for the north", ORDER, ABOUT), text("An open day", FESTIVAL, ABOUT)
    assert is_only_boilerplate(one, other, "en")


def test_a_new_beginning_of_the_same_news_is_more() -> None:
    later = (
        "Welders of the yard start on the tugs next week, after the order became the largest in its records."
    )
    one, other = text("Tugs for the north", ORDER, ABOUT), text("Work on tugs begins", later, ABOUT)
    assert not is_only_boilerplate(one, other, "en")


def test_a_copy_an_update_and_a_reordered_text_are_more() -> None:
    one = text("Tugs for the north", ORDER, ABOUT)
    for other in (
        one,
        text("", ABOUT, ORDER),
        text("", ORDER, ABOUT, FESTIVAL),
        text("", FESTIVAL, ORDER, ABOUT),
    ):
        assert not is_only_boilerplate(other, one, "en")
