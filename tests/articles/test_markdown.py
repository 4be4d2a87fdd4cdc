from datetime import UTC, date, datetime

import pytest

from bot.articles.markdown import read
from tests.articles.texts import BODY, LEAD, TEXT, TITLE


def test_marks_are_rendered_to_plain_text() -> None:
    draft = read(
        f"# {TITLE}\n\nThe *council* [voted](https://example.org) to `close` the **old** bridge.\n\n{TEXT}"
    )
    assert draft.title == TITLE
    assert draft.paragraphs == ("The council voted to close the old bridge.", *BODY)


def test_front_matter_gives_what_is_known() -> None:
    draft = read(
        f'---\ntitle: "{TITLE}: a report"\nauthor: Ada Lamb\ndate: 2024-02-09T14:05:00Z\n'
        f"url: https://www.example.org/bridge\nsite: The Fairhaven Sun\ntags: [bridge]\n---\n\n{TEXT}"
    )
    assert draft.title == f"{TITLE}: a report"
    assert draft.byline == "Ada Lamb"
    assert draft.published == datetime(2024, 2, 9, 14, 5, tzinfo=UTC)
    assert (draft.url, draft.source) == ("https://www.example.org/bridge", "The Fairhaven Sun")
    assert draft.paragraphs == tuple(BODY)


@pytest.mark.parametrize(
    "rows",
    [
        "authors: [Ada Lamb, Bo Rye]",
        "authors:\n  - Ada Lamb\n  - Bo Rye",
        "author:\n  - name: Ada Lamb\n  - name: 'Bo Rye'",
    ],
)
def test_authors_may_be_a_list(rows: str) -> None:
    assert read(f"---\n{rows}\n---\n{TEXT}").byline == "Ada Lamb, Bo Rye"


def test_a_rule_at_the_top_is_no_front_matter() -> None:
    assert read(f"---\n\n{TEXT}\n\n---\n\n{LEAD}").paragraphs == (*BODY, LEAD)


def test_a_heading_with_a_line_below_it_is_a_title() -> None:
    assert read(f"{TITLE}\n=====\n\n{TEXT}").title == TITLE


def test_headings_and_lists_within_the_article_stay() -> None:
    draft = read(
        f"# {TITLE}\n\n{TEXT}\n\n## What is next\n\n- the lock\n- the mill\n\n> “No comment,” said the mayor."
    )
    assert draft.paragraphs == (
        *BODY,
        "What is next",
        "the lock",
        "the mill",
        "“No comment,” said the mayor.",
    )


def test_images_and_their_captions_are_left_out() -> None:
    assert read(f"# {TITLE}\n\n![The bridge in winter](bridge.png)\n\n{TEXT}").paragraphs == tuple(BODY)


def test_raw_html_is_dropped_and_its_words_stay() -> None:
    draft = read(
        f"# {TITLE}\n\n<script>alert(1)</script>\n\n<div>{LEAD}</div>\n\n"
        "A <b>bold</b> move, they said on Tuesday."
    )
    assert draft.paragraphs == (LEAD, "A bold move, they said on Tuesday.")


def test_lines_broken_at_a_width_are_joined() -> None:
    text = (
        "The council of Fairhaven voted on Tuesday to close\nthe old harbour bridge for three months,"
        " and nobody\nknows what will follow after that."
    )
    assert len(read(f"# {TITLE}\n\n{text}").paragraphs) == 1


def test_one_paragraph_a_line_stays_so() -> None:
    assert read(f"# {TITLE}\n\n" + "\n".join(BODY)).paragraphs == tuple(BODY)


def test_a_byline_below_the_heading_is_read() -> None:
    draft = read(f"# {TITLE}\n\n*By Ada Lamb*\n\n9 February 2024\n\n{TEXT}")
    assert (draft.byline, draft.published) == ("Ada Lamb", date(2024, 2, 9))
    assert draft.paragraphs == tuple(BODY)
