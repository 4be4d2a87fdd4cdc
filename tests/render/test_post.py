from datetime import UTC, date, datetime

import discord
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.analysis.analysis import Entity, EntityKind, Method, Summary
from bot.articles.article import Article
from bot.render.entities import entities_answer
from bot.render.look import Layout, Look
from bot.render.mark import bears, mark
from bot.render.post import Related, link, post
from bot.render.text import length
from bot.render.words import LANGUAGES
from storage.files import Copy

ANY = st.text(st.characters(codec="utf-8"), max_size=600) | st.text("*_[]<@é🗞 .", max_size=6000)
ENTITIES = st.lists(
    st.builds(
        Entity, ANY, st.sampled_from(EntityKind), st.integers(1, 10**6), st.lists(ANY, max_size=6).map(tuple)
    ),
    max_size=60,
)
COPIES = st.builds(Copy, path=ANY, source=st.none() | ANY, seen_at=st.datetimes(timezones=st.just(UTC)))
ARTICLES = st.builds(
    Article,
    title=ANY.filter(bool),
    text=ANY.filter(bool),
    byline=st.none() | ANY,
    source=st.none() | ANY,
    url=st.none() | ANY | ANY.map("https://example.com/{}".format),
    published=st.none() | st.dates() | st.datetimes(timezones=st.just(UTC)),
    picture=st.none() | ANY | ANY.map("https://example.com/{}".format),
)
LOOKS = st.builds(
    Look,
    language=st.sampled_from([*LANGUAGES, "not known"]),
    colour=st.none() | st.integers(0, 0xFFFFFF),
    layout=st.sampled_from(Layout),
    entities=st.booleans(),
    pictures=st.booleans(),
)


def assert_discord_takes(embed: discord.Embed) -> None:
    """Hold the documented limits of embeds; an empty value is refused as well."""
    assert 1 <= length((embed.title or "").strip()) <= 256
    assert length(embed.description or "") <= 4096
    assert length(embed.footer.text or "") <= 2048
    assert length(embed.author.name or "") <= 256
    assert len(embed.fields) <= 25
    assert "footer" not in embed.to_dict() or embed.footer.text
    texts = [embed.title, embed.description, embed.footer.text, embed.author.name]
    for field in embed.fields:
        assert 1 <= length((field.name or "").strip()) <= 256
        assert 1 <= length((field.value or "").strip()) <= 1024
        texts += [field.name, field.value]
    assert sum(length(text or "") for text in texts) <= 6000


@given(
    ARTICLES,
    st.lists(ANY.filter(bool), min_size=1, max_size=10),
    ENTITIES,
    st.lists(COPIES, max_size=9),
    st.booleans(),
    st.none() | st.builds(Related, ANY, st.none() | st.just(f"https://{'c' * 80}.com"), st.booleans()),
    LOOKS,
)
def test_no_article_makes_a_post_that_discord_refuses_in_any_look(
    article: Article,
    sentences: list[str],
    entities: list[Entity],
    copies: list[Copy],
    is_update: bool,
    related: Related | None,
    look: Look,
) -> None:
    summary = Summary(tuple(sentences), Method.BALANCED, 99)
    for shown_mark in (mark(2**62), None):
        embed = post(
            article,
            summary,
            entities,
            mark=shown_mark,
            copies=copies,
            is_update=is_update,
            related=related,
            look=look,
        )
        assert_discord_takes(embed)
        assert embed.thumbnail.url is None or look.pictures
    assert_discord_takes(entities_answer(article, entities))


ARTICLE = Article(
    title="Harbour board meets",
    text="The board met. It chose a chair.",
    byline="Ada Quill",
    source="Example Times",
    url="https://example.com/harbour",
    published=datetime(2026, 2, 9, 14, 5, tzinfo=UTC),
)
SUMMARY = Summary(("The board met.",), Method.LUHN, 2)


def test_a_post_shows_where_the_article_comes_from_and_what_it_says() -> None:
    entities = [Entity("Ada Reed", EntityKind.PERSON, 3), Entity("Porto", EntityKind.PLACE, 1)]
    embed = post(ARTICLE, SUMMARY, entities, mark="#k3f9")
    assert embed.title == "Harbour board meets"
    assert embed.url == "https://example.com/harbour"
    assert embed.author.name == "Example Times · By Ada Quill"
    assert embed.description == "The board met."
    assert embed.timestamp == ARTICLE.published
    assert [(field.name, field.value) for field in embed.fields] == [
        ("People", "Ada Reed"),
        ("Places", "Porto"),
    ]
    assert embed.footer.text == "#k3f9 · luhn · 1 of 2 sentences"


def test_an_answer_bears_no_mark() -> None:
    assert post(ARTICLE, SUMMARY, None).footer.text == "luhn · 1 of 2 sentences"
    compact = post(ARTICLE, SUMMARY, None, look=Look(layout=Layout.COMPACT))
    assert compact.footer.text is None


def test_an_article_with_a_date_alone_shows_the_day_and_no_time() -> None:
    embed = post(Article(title="T", text="A.", published=date(2026, 2, 9)), SUMMARY, None)
    assert embed.author.name == "9 February 2026"
    assert embed.timestamp is None


def test_sentences_that_do_not_fit_are_left_out_whole_and_not_counted() -> None:
    sentence = "x" * 2000 + "."
    embed = post(ARTICLE, Summary((sentence, sentence, sentence), Method.BALANCED, 9), None)
    assert embed.description == sentence
    assert embed.footer.text == "balanced · 1 of 9 sentences"


def test_many_names_are_shortened_to_how_many_more() -> None:
    places = [Entity(f"Place{n}", EntityKind.PLACE, 1) for n in range(9)]
    embed = post(ARTICLE, SUMMARY, places)
    assert embed.fields[0].value == "Place0, Place1, Place2, Place3, Place4, Place5 and 3 more"


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.com/a?b=c#d", "https://example.com/a?b=c#d"),
        ("http://example.com", "http://example.com"),
        ("https://example.com/artículo", "https://example.com/art%C3%ADculo"),
        ("javascript:alert(1)", None),
        ("https://", None),
        ("https://localhost/a", None),
        ("https://exa mple.com/a", None),
        ("https://example.com/" + "a" * 3000, None),
        (None, None),
    ],
)
def test_only_addresses_that_discord_takes_are_linked(url: str | None, shown: str | None) -> None:
    assert link(url) == shown


def test_a_mark_is_short_and_found_again() -> None:
    assert mark(1) == "#1"
    assert mark(934_965) == "#k1f9"
    assert bears("#k1f9 · balanced", mark(934_965))
    assert not bears("#k1f91 · balanced", mark(934_965))
    assert not bears(None, mark(1))


def test_an_entity_is_listed_with_its_count_and_its_other_names() -> None:
    embed = entities_answer(ARTICLE, [Entity("Ada Reed", EntityKind.PERSON, 3, ("Reed", "Ada"))])
    assert [(f.name, f.value) for f in embed.fields] == [("People", "**Ada Reed** · 3 · also Reed, Ada")]


def test_an_article_without_entities_says_so() -> None:
    assert "No people" in (entities_answer(ARTICLE, []).description or "")


def test_a_post_names_the_first_copies_and_counts_the_others() -> None:
    at = datetime(2026, 2, 9, 14, 5, tzinfo=UTC)
    paths = ["world/b.txt", "/srv/archive/c.txt", "*d*.txt", "e.txt", "f.txt"]
    copies = [Copy(path, "Example *Times*" if path == "world/b.txt" else None, at) for path in paths]
    (field,) = post(ARTICLE, SUMMARY, None, copies=copies).fields
    stamp = f"<t:{int(at.timestamp())}:t>"
    assert field.name == "Also in"
    assert (field.value or "").splitlines() == [
        rf"Example \*Times\*, {stamp} · world/b.txt",
        f"{stamp} · c.txt",
        rf"{stamp} · \*d\*.txt",
        "and 2 more",
    ]
