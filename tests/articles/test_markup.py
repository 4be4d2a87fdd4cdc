import pytest

from bot.articles.markup import Kind, kind_of
from tests.articles.texts import TEXT, TITLE


@pytest.mark.parametrize(
    ("text", "name", "kind"),
    [
        (TEXT, "a.txt", Kind.PLAIN),
        (TEXT, "a", Kind.PLAIN),
        (TEXT, "a.html", Kind.PLAIN),
        (f"<!DOCTYPE html><html><p>{TEXT}", "a.txt", Kind.HTML),
        (f"<p>{TEXT}</p>", "a", Kind.HTML),
        (f"<p>{TEXT}", "a", Kind.HTML),
        ("One line of it<br>another line of it<br>and a third", "a.txt", Kind.HTML),
        (f"If x < 3 then <b>stop</b>, the manual says. {TEXT}", "a.txt", Kind.PLAIN),
        (f"The <p> and the <div> are old, and </p> is often left out. {TEXT * 3}", "a.txt", Kind.PLAIN),
        ("a <3 b", "a.txt", Kind.PLAIN),
        ('{"title": "x", "text": "y"}', "a.txt", Kind.JSON),
        ('[{"title": "x"}]', "a", Kind.JSON),
        ("[1, 2]", "a.txt", Kind.JSON),
        ("not at all", "a.json", Kind.PLAIN),
        ("[1] Reuters said so. [2]", "a.txt", Kind.PLAIN),
        ("{sic} he wrote", "a.txt", Kind.PLAIN),
        (f"# {TITLE}\n\n{TEXT}", "a.txt", Kind.MARKDOWN),
        (TEXT, "a.md", Kind.MARKDOWN),
        (f"---\ntitle: x\n---\n{TEXT}", "a", Kind.MARKDOWN),
        (f"**Now** [here](https://example.org/a)\n\n{TEXT}", "a", Kind.MARKDOWN),
        (f"#hashtag {TEXT}", "a.txt", Kind.PLAIN),
        ('<?xml version="1.0"?><rss version="2.0"><channel/></rss>', "a.xml", Kind.FEED),
        ('<feed xmlns="http://www.w3.org/2005/Atom"></feed>', "a", Kind.FEED),
    ],
)
def test_the_content_decides_and_the_name_only_helps(text: str, name: str, kind: Kind) -> None:
    assert kind_of(text, name) is kind
