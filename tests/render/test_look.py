from datetime import UTC, date, datetime

import pytest

from bot.analysis.analysis import Entity, EntityKind, Method, Summary
from bot.articles.article import Article
from bot.render.look import DEFAULT, Layout, Look
from bot.render.post import COLOUR, post
from storage.files import Copy
from tests.render.test_post import ARTICLE, SUMMARY

ENTITIES = [Entity("Ada Reed", EntityKind.PERSON, 3), Entity("Porto", EntityKind.PLACE, 1)]
COPIES = [Copy(f"{name}.txt", None, datetime(2026, 2, 9, tzinfo=UTC)) for name in "abcd"]
COMPACT = Look(layout=Layout.COMPACT)
PICTURE = "https://example.com/harbour.jpg"


def pictured(picture: str | None) -> Article:
    return Article(title="T", text="A.", picture=picture)


def test_without_a_choice_a_post_has_entities_and_no_picture() -> None:
    embed = post(pictured(PICTURE), SUMMARY, ENTITIES)
    assert embed.colour == COLOUR
    assert [field.name for field in embed.fields] == ["People", "Places"]
    assert embed.thumbnail.url is None


@pytest.mark.parametrize("colour", [0, 0xABCDEF])
def test_a_post_bears_the_colour_that_was_chosen(colour: int) -> None:
    embed = post(ARTICLE, SUMMARY, None, look=Look(colour=colour))
    assert embed.colour is not None
    assert embed.colour.value == colour


def test_entities_can_be_left_out_and_copies_stay() -> None:
    embed = post(ARTICLE, SUMMARY, ENTITIES, copies=COPIES, look=Look(entities=False))
    assert [field.name for field in embed.fields] == ["Also in"]


@pytest.mark.parametrize("layout", Layout)
@pytest.mark.parametrize(
    ("picture", "shown"),
    [
        (PICTURE, PICTURE),
        ("HTTPS://example.com/ä.jpg", "HTTPS://example.com/%C3%A4.jpg"),
        ("http://example.com/harbour.jpg", None),
        ("https://localhost/harbour.jpg", None),
        ("data:image/png;base64,AAAA", None),
        (None, None),
    ],
)
def test_a_picture_is_shown_where_discord_takes_its_address(
    picture: str | None, shown: str | None, layout: Layout
) -> None:
    embed = post(pictured(picture), SUMMARY, None, look=Look(pictures=True, layout=layout))
    assert embed.thumbnail.url == shown


def test_a_compact_post_has_the_title_the_origin_and_the_first_sentence() -> None:
    summary = Summary(("The board met.", "It chose a chair."), Method.BALANCED, 9)
    embed = post(ARTICLE, summary, ENTITIES, mark="#k3f9", copies=COPIES, more_copies=2, look=COMPACT)
    assert (embed.title, embed.url) == (ARTICLE.title, ARTICLE.url)
    assert embed.author.name == "Example Times · By Ada Quill"
    assert embed.timestamp == ARTICLE.published
    assert embed.description == "The board met."
    assert embed.fields == []
    assert embed.footer.text == "#k3f9 · Also in 6 files"


def test_the_sentence_of_a_compact_post_is_short() -> None:
    embed = post(ARTICLE, Summary(("*word* " * 200,), Method.LUHN, 1), None, look=COMPACT)
    description = embed.description or ""
    assert 250 < len(description) <= 300
    assert description.endswith("…")


def test_a_post_with_a_thread_looks_like_any_other() -> None:
    of_thread = post(ARTICLE, SUMMARY, ENTITIES, mark="#1", look=Look(layout=Layout.THREAD))
    assert of_thread == post(ARTICLE, SUMMARY, ENTITIES, mark="#1", look=DEFAULT)


def test_a_post_speaks_the_language_of_its_channel() -> None:
    article = Article(title="\u200b", text="A.", byline="Ada {Quill}", published=date(2026, 3, 1))
    places = [Entity(f"Place{n}", EntityKind.PLACE, 1) for n in range(8)]
    summary = Summary(("A.",), Method.BALANCED, 2)
    look = Look(language="fr")
    embed = post(article, summary, places, mark="#1", copies=COPIES, is_update=True, look=look)
    assert embed.title == "Sans titre"
    assert embed.author.name == "Mise à jour · Par Ada {Quill} · 1er mars 2026"
    assert [field.name for field in embed.fields] == ["Lieux", "Aussi dans"]
    assert (embed.fields[0].value or "").endswith("Place5 et 2 autres")
    assert (embed.fields[1].value or "").endswith("\net 1 autre")
    assert embed.footer.text == "#1 · équilibré · 1 phrase sur 2"
