# ruff: noqa: RUF001  # signs that look like others are what some of this is about
"""The address of an article's own picture: where it is looked for, and what is dropped."""

import json
from ipaddress import IPv4Address, IPv6Address
from urllib.parse import quote

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from bot.articles import addresses
from bot.articles.read import read
from tests.articles.test_html import linked, page
from tests.articles.texts import TEXT, TITLE
from tests.fuzz.promises import check_picture

PAGE = "https://www.example.org/world/bridge"
PICTURE = "https://cdn.example.org/bridge.jpg?w=1200"
OTHER = "https://cdn.example.org/other.jpg"
CANONICAL = f'<link rel="canonical" href="{PAGE}">'


def og(content: str, name: str = "og:image", attribute: str = "property") -> str:
    return f'<meta {attribute}="{name}" content="{content}">'


def of_page(head: str, body: str | None = None) -> str | None:
    """Return the picture of a page with this head."""
    text = page(head) if body is None else page(head, body=body)
    return read(text.encode(), "a.html").picture


def of_json(**values: object) -> str | None:
    """Return the picture of a JSON file with these keys."""
    return read(json.dumps({"title": TITLE, "text": TEXT, **values}).encode(), "a.json").picture


def of_markdown(rows: str) -> str | None:
    """Return the picture of a Markdown file with these lines of front matter."""
    return read(f"---\n{rows}\n---\n\n# {TITLE}\n\n{TEXT}".encode(), "a.md").picture


@pytest.mark.parametrize(
    "head",
    [
        og(PICTURE),
        og(PICTURE, attribute="name"),
        og(PICTURE, "og:image:secure_url"),
        og(PICTURE, "OG:Image"),
        og(PICTURE, "twitter:image", "name"),
        og(PICTURE, "twitter:image:src", "name"),
        linked(image=PICTURE),
        linked(image=[PICTURE, OTHER]),
        linked(image={"@type": "ImageObject", "url": PICTURE}),
        linked(image={"@type": "ImageObject", "contentUrl": PICTURE, "url": OTHER}),
        linked(image=[{"@type": "ImageObject", "url": [PICTURE]}, OTHER]),
    ],
)
def test_the_picture_that_a_page_names_is_the_articles(head: str) -> None:
    assert of_page(head) == PICTURE


def test_what_the_page_says_for_sharing_counts_first_and_twitters_last() -> None:
    twitter, graph = og("https://example.org/twitter.jpg", "twitter:image", "name"), og(PICTURE)
    data = linked(image=OTHER)
    assert of_page(twitter + data + graph) == PICTURE
    assert of_page(twitter + data) == OTHER


def test_the_first_of_several_is_the_main_one() -> None:
    assert of_page(og(PICTURE) + og(OTHER) + og(OTHER, "og:image:secure_url")) == PICTURE


def test_the_secure_address_stands_in_for_one_that_is_not() -> None:
    head = og("http://cdn.example.org/bridge.jpg") + og(PICTURE, "og:image:secure_url")
    assert of_page(head) == PICTURE


def test_one_that_is_no_address_gives_way_to_the_next() -> None:
    assert (
        of_page(og("") + og("undefined") + og("data:image/png;base64,AA==") + linked(image=PICTURE))
        == PICTURE
    )


def test_the_picture_of_another_article_on_the_page_is_passed_over() -> None:
    other = linked(headline="Ten walks along the coast", image=OTHER)
    assert of_page(og(TITLE, "og:title") + other + linked(image=PICTURE)) == PICTURE


def test_no_picture_is_guessed_from_the_body_of_a_page() -> None:
    body = f'<p><img src="{OTHER}" alt="The bridge"></p>' + "".join(f"<p>{p}</p>" for p in TEXT.split("\n\n"))
    assert of_page(CANONICAL, body) is None
    assert read(f"# {TITLE}\n\n![The bridge]({OTHER})\n\n{TEXT}".encode(), "a.md").picture is None
    assert read(f"{TITLE}\n\n{TEXT}\n\n{OTHER}\n".encode(), "a.txt").picture is None


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("/img/bridge.jpg", "https://www.example.org/img/bridge.jpg"),
        ("/picture/17?w=1200", "https://www.example.org/picture/17?w=1200"),
        ("./bridge.jpg", "https://www.example.org/world/bridge.jpg"),
        ("../bridge.jpg", "https://www.example.org/bridge.jpg"),
        ("img/Bridge.JPG?w=3", "https://www.example.org/world/img/Bridge.JPG?w=3"),
        ("//cdn.example.org/bridge.jpg", "https://cdn.example.org/bridge.jpg"),
        ("/", None),
        ("true", None),
        ("A bridge in winter", None),
    ],
)
def test_a_relative_address_is_one_of_the_pages_site(written: str, meant: str | None) -> None:
    assert of_page(CANONICAL + og(written)) == meant
    assert of_json(url=PAGE, image=written) == meant
    assert of_markdown(f"url: {PAGE}\nimage: {written}") == meant


@pytest.mark.parametrize("head", ["", '<link rel="canonical" href="http://www.example.org/world/bridge">'])
def test_without_a_secure_page_a_relative_address_is_dropped(head: str) -> None:
    assert of_page(head + og("/img/bridge.jpg") + og("//cdn.example.org/bridge.jpg")) is None


@pytest.mark.parametrize("key", ["image", "picture", "thumbnail", "image_url", "top_image", "urlToImage"])
def test_json_names_its_picture_under_many_keys(key: str) -> None:
    assert of_json(**{key: PICTURE}) == PICTURE
    assert of_json(**{key: [{"url": PICTURE}]}) == PICTURE


def test_a_thumbnail_counts_after_the_picture() -> None:
    assert of_json(thumbnail=OTHER, image={"url": PICTURE}) == PICTURE


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        7,
        1e300,
        "",
        " ",
        [],
        {},
        [[]],
        {"url": None},
        {"url": {"url": 7}},
        {"@id": PICTURE},
        [None, 7],
    ],
)
def test_values_of_odd_types_are_no_picture(value: object) -> None:
    assert of_json(image=value) is None
    assert of_page(linked(image=value)) is None


def test_what_lies_too_deep_is_no_picture() -> None:
    deep: object = PICTURE
    for _ in range(900):
        deep = {"url": deep}
    assert of_json(image=[deep, OTHER]) == OTHER


@pytest.mark.parametrize(
    "rows",
    [
        f"image: {PICTURE}",
        f'picture: "{PICTURE}"',
        f"images: [{PICTURE}, {OTHER}]",
        f"images:\n  - {PICTURE}\n  - {OTHER}",
        f"cover_image: {PICTURE}",
        f"header:\n  image: {PICTURE}",
        f"image:\n  url: {PICTURE}\n  alt: The bridge",
    ],
)
def test_front_matter_names_a_picture(rows: str) -> None:
    assert of_markdown(rows) == PICTURE


def test_what_is_said_of_the_picture_is_not_said_of_the_article() -> None:
    below = f"  url: {PICTURE}\n  title: The old bridge\n  author: Bo Rye"
    rows = f"image:\n{below}\ndate: 9 Feb 2024\nauthor: Ada Lamb"
    article = read(f"---\n{rows}\n---\n\n# {TITLE}\n\n{TEXT}".encode(), "a.md")
    assert (article.picture, article.title, article.byline, article.url) == (PICTURE, TITLE, "Ada Lamb", None)
    assert article.published is not None


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/a.jpg",
        "ftp://example.org/a.jpg",
        "javascript:alert(1)",
        "data:image/png;base64,iVBORw0KGgo=",
        "https://",
        "https:///a.jpg",
        "https://example.org",
        "https://example.org/",
        "https://example.org/a b.jpg",
        "https://example.org\\@evil.example/a.jpg",
        "https://ada@example.org/a.jpg",
        "https://ada:secret@example.org/a.jpg",
        "https://:secret@example.org/a.jpg",
        "https://@example.org/a.jpg",
        "https://localhost/a.jpg",
        "https://localhost./a.jpg",
        "https://a.localhost/a.jpg",
        "https://printer.local/a.jpg",
        "https://intranet/a.jpg",
        "https://127.0.0.1/a.jpg",
        "https://127.0.0.1./a.jpg",
        "https://127.1/a.jpg",
        "https://2130706433/a.jpg",
        "https://0x7f.0x1/a.jpg",
        "https://0177.0.0.01/a.jpg",
        "https://１２７。０.0.１/a.jpg",
        "https://①②⑦.0.0.1/a.jpg",
        "https://%31%32%37.0.0.1/a.jpg",
        "https://ｌｏｃａｌｈｏｓｔ/a.jpg",
        "https://exam%70le.org/a.jpg",
        "https://exam;ple.org/a.jpg",
        "https://[::1]/a.jpg",
        "https://[::ffff:127.0.0.1]/a.jpg",
        "https://[::1/a.jpg",
        "https://example.org:x/a.jpg",
        "https://example..org/a.jpg",
        f"https://{'a' * 64}.org/a.jpg",
        f"https://{'a.' * 150}org/a.jpg",
        f"https://example.org/{'a' * 2048}.jpg",
        f"https://example.org/{'é' * 1000}.jpg",
        "https://example.org/\ud800.jpg",
    ],
)
def test_what_may_not_stand_in_public_is_dropped(address: str) -> None:
    assert addresses.picture(address, PAGE) is None


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (f"  {PICTURE}\n", PICTURE),
        ("HTTPS://Example.ORG/A.jpg", "https://example.org/A.jpg"),
        ("https://example.org:8443/a.jpg#top", "https://example.org:8443/a.jpg"),
        ("https://example.org/?picture=3", "https://example.org/?picture=3"),
        ("https://example.org/a%20b/@2x/brücke.jpg", "https://example.org/a%20b/@2x/br%C3%BCcke.jpg"),
        ("https://brücke.example/a.jpg?x[]={1}|2", "https://xn--brcke-lva.example/a.jpg?x%5B%5D=%7B1%7D%7C2"),
    ],
)
def test_an_address_is_written_as_every_program_takes_it(written: str, found: str) -> None:
    assert addresses.picture(written) == found


@given(
    st.text(max_size=60), st.none() | st.sampled_from([PAGE, "http://example.org/", "https://[", "https://a"])
)
@example("//[", PAGE)
@example("/\ud800.jpg", PAGE)
def test_any_text_is_a_picture_that_may_be_shown_or_none(text: str, page: str | None) -> None:
    for written in (
        text,
        f"/{text}",
        f"//{text}/a.jpg",
        f"https://{text}/a.jpg",
        f"https://a.example/{text}",
    ):
        found = addresses.picture(written, page)
        if found is not None:
            check_picture(found)
            assert addresses.picture(found) == found


@given(st.ip_addresses())
def test_no_ip_address_is_a_host(address: IPv4Address | IPv6Address) -> None:
    host = f"[{address}]" if isinstance(address, IPv6Address) else str(address)
    assert addresses.picture(f"https://{host}/a.jpg") is None
    assert addresses.picture(f"https://{int(address)}/a.jpg") is None


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=40))
def test_a_path_that_is_escaped_comes_back_as_it_was(name: str) -> None:
    address = f"https://example.org/{quote(name, safe='')}.jpg"
    assert addresses.picture(address) == address


JSON = st.recursive(
    st.none() | st.booleans() | st.floats(allow_nan=False) | st.sampled_from([PICTURE, "/a.jpg", "x"]),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.sampled_from(["url", "contentUrl", "image", "@id"]), inner, max_size=3)
    ),
    max_leaves=20,
)


@given(JSON)
def test_any_json_is_a_picture_or_none(value: object) -> None:
    assert of_json(url=PAGE, image=value) in {PICTURE, "https://www.example.org/a.jpg", None}
