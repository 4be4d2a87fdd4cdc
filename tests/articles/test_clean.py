from hypothesis import given
from hypothesis import strategies as st

from bot.articles.clean import article
from bot.articles.furniture import Part, part_of
from tests.articles.texts import BODY, LEAD, PAGE, SECOND, THIRD

MENU = ["Home", "World", "Politics", "Business", "Sport"]
TEASERS = ["Ten walks along the coast", "A new roof for the town hall", "Why the ferry was late again"]


def test_of_a_page_the_prose_is_kept_and_the_rest_is_not() -> None:
    assert article(PAGE.splitlines()).body == tuple(BODY)


def test_a_text_without_signs_of_a_page_is_kept_whole() -> None:
    lines = ["A poem", "The harbour sleeps", "beneath the snow", "and no one weeps", "for those who go"]
    assert article(lines).body == tuple(lines)


def test_a_page_whose_phrases_nobody_knows_is_still_cut() -> None:
    menu = ["Koti", "Uutiset", "Urheilu", "Sää", "Kulttuuri"]
    assert article([*menu, *BODY, *menu]).body == tuple(BODY)


def test_comments_behind_the_article_are_cut_off() -> None:
    comment = "I have used this bridge every day for twenty years and it was never as bad as they say now."
    lines = [
        *MENU,
        *BODY,
        "Comments",
        "bridgefan",
        comment,
        "Reply",
        "harbourgirl",
        comment.replace("I", "We"),
    ]
    assert article(lines).body == tuple(BODY)


def test_a_box_of_other_articles_within_the_article_is_left_out() -> None:
    box = ["Most popular", "Coast", TEASERS[0], "Town", TEASERS[1], TEASERS[2]]
    assert article([LEAD, SECOND, *box, THIRD, SECOND]).body == (LEAD, SECOND, THIRD, SECOND)


def test_a_list_of_the_articles_own_is_kept() -> None:
    items = [
        "The harbour bridge",
        "The upper lock",
        "The mill lane",
        "Old market",
        "The fish hall",
        "North quay",
    ]
    assert article([LEAD, SECOND, "These will close:", *items, THIRD, LEAD]).body[3:-2] == tuple(items)


def test_a_bare_page_has_no_article() -> None:
    assert article(["Home", "Log in", "Share this article", "Leave a comment", "Privacy policy"]).body == ()


def test_a_phrase_counts_only_as_the_whole_line() -> None:
    assert part_of("Share this article") is Part.FURNITURE
    assert part_of("SHARE THIS ARTICLE:") is Part.FURNITURE
    assert part_of("12 comments") is Part.FURNITURE
    assert part_of("5 Min Read") is Part.FURNITURE
    assert part_of("Comments (12)") is Part.FURNITURE
    assert part_of("Leave a comment") is Part.END
    assert (
        part_of("Share this article with your neighbours and it may reach the council, the editor said.")
        is Part.FURNITURE
    )
    assert part_of("Advertisement for the ferry was banned on Monday.") is Part.NONE
    assert part_of("Read more slowly, teachers say.") is Part.NONE
    assert part_of("Copyright is what the case is about, the judge said.") is Part.NONE


def test_an_answer_is_no_button() -> None:
    assert part_of("Yes") is Part.FURNITURE
    assert part_of("“Yes.”") is Part.NONE


def test_a_credit_is_the_pages_and_a_sentence_on_photographs_is_not() -> None:
    assert part_of("Photo: Bo Rye") is Part.FURNITURE
    assert part_of("(Bo Rye/Getty Images)") is Part.FURNITURE
    assert (
        part_of("Photographs by Bo Rye were sold to the town museum on Monday for a record price.")
        is Part.NONE
    )


def test_phrases_of_many_languages_are_known() -> None:
    for line in [
        "Artikel teilen",
        "Lire la suite",
        "Compartir",
        "Поделиться",
        "分享",
        "シェアする",
        "공유하기",
        "مشاركة",
    ]:
        assert part_of(line) is Part.FURNITURE


LINES = st.lists(
    st.one_of(st.sampled_from([*PAGE.splitlines(), *BODY, *TEASERS]), st.text(min_size=1, max_size=90)),
    max_size=40,
)


@given(LINES)
def test_every_line_kept_is_one_of_the_page_in_its_order(lines: list[str]) -> None:
    rest = iter(lines)
    assert all(line in rest for line in article(lines).body)


@given(LINES)
def test_before_body_and_after_hold_nothing_that_was_not_there(lines: list[str]) -> None:
    cut = article(lines)
    assert set(cut.before) | set(cut.body) | set(cut.after) <= set(lines)


@given(
    st.permutations(BODY),
    st.lists(st.sampled_from(MENU), max_size=6),
    st.lists(st.sampled_from(MENU), max_size=6),
)
def test_cleaning_a_cleaned_page_changes_nothing(body: list[str], above: list[str], below: list[str]) -> None:
    once = article([*above, *body, *below]).body
    assert once == tuple(body)
    assert article(once).body == once
