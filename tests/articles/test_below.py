"""Comments of readers and paid teasers are no part of the article; lists and answers within it are."""

import json
from collections.abc import Sequence

import pytest

from bot.articles.read import read

ARTICLE = [
    (
        "Harbour officials in Sola said on Monday that the old lighthouse will be lit "
        "again in June after four years."
    ),
    (
        "The lamp was taken down in 2021, when divers found that the rock below the "
        "tower had cracked in two places."
    ),
    (
        "The works cost 2.1 million crowns, which is less than planned, because the "
        "keeper's family gave the glass."
    ),
]
COMMENTS = [
    "I can see it from my kitchen and I am so happy that it comes back at last, even if it costs us a lot.",
    (
        "Who pays for the lamp in the end? The district has no money for the school but "
        "plenty for lamps, as always."
    ),
    (
        "My father was the last keeper and he would have been proud of what the people "
        "in the yard have done for us."
    ),
    "Honestly, I do not need it, my boat has a chart and so does yours, or do you still sail by the stars?",
]
TEASERS = [
    "Ten houses by the sea that cost less than a car, and nobody wants to buy them even today.",
    "She ate one onion a day for a month, and her doctor could not believe what happened next.",
    "The shoes that every sailor over fifty should wear this summer, tested by our experts.",
]
TITLE = "Old lighthouse shines again"


def told(lines: Sequence[str]) -> str:
    return "".join(f"<p>{line}</p>" for line in lines)


def listed(lines: Sequence[str]) -> str:
    return "".join(f"<li><p>{line}</p></li>" for line in lines)


def page(below: str, body: Sequence[str] = ARTICLE, title: str = TITLE) -> str:
    """Return a page with an article and what stands below it."""
    return (
        f"<!doctype html><html><head><title>{title} | The Post</title></head><body><main><article>"
        f"<h1>{title}</h1>{told(body)}{below}</article></main></body></html>"
    )


def text(*below: str) -> str:
    """Return a text with an article and what stands below it."""
    return "\n\n".join([TITLE, *ARTICLE, *below])


COMMENTED = {
    "class": page(f'<div class="comments"><h3>Comments</h3>{told(COMMENTS)}</div>'),
    "id": page(f'<div id="disqus_thread">{told(COMMENTS)}</div>'),
    "compound name": page(f'<section class="user-comments-list">{told(COMMENTS)}</section>'),
    "name in capitals": page(f'<div class="CommentsSection">{told(COMMENTS)}</div>'),
    "German name": page(f'<div class="kommentare-liste">{told(COMMENTS)}</div>'),
    "vague name": page(f'<div class="talk">{told(COMMENTS)}</div>'),
    "type": page("".join(f'<div itemtype="https://schema.org/Comment"><p>{c}</p></div>' for c in COMMENTS)),
    "label": page(f'<section aria-label="Comments">{told(COMMENTS)}</section>'),
    "heading": page(f"<h3>Comments (4)</h3>{told(COMMENTS)}"),
    "heading with a number first": page(f"<h3>4 comments</h3><ul>{listed(COMMENTS)}</ul>"),
    "German heading": page(f"<h2>4 Kommentare</h2>{told(COMMENTS)}"),
    "French heading": page(f"<h2>Commentaires (4)</h2><ul>{listed(COMMENTS)}</ul>"),
    "Spanish heading": page(f"<h2>4 comentarios</h2><div>{told(COMMENTS)}</div>"),
    "heading in a box": page(f"<div><h3>Comments</h3></div><div>{told(COMMENTS)}</div>"),
    "no name at all": page(f"<ul>{listed(COMMENTS)}</ul>"),
    "more comments than article": page(f'<div class="comment-list">{told(COMMENTS)}</div>', ARTICLE[:1]),
    "text": text("Comments", *COMMENTS),
    "text with a number": text("12 comments", "\n".join(COMMENTS)),
    "text with short remarks": text("3 comments", "I do not care.\nWho pays?\nLovely old thing."),
    "German text": text("Kommentare (3)", *COMMENTS),
    "Markdown": "# " + text("## Comments (4)", *COMMENTS),
    "JSON": json.dumps({"title": TITLE, "text": "\n\n".join([*ARTICLE, "3 Comments", *COMMENTS])}),
}


@pytest.mark.parametrize("file", COMMENTED.values(), ids=COMMENTED)
def test_comments_are_left_out_whatever_names_them(file: str) -> None:
    article = read(file.encode(), "a")
    assert article.paragraphs == [line for line in ARTICLE if line in file]


TEASED = {
    "id": page(f'<div id="taboola-below-article">{told(TEASERS)}</div>'),
    "class": page(f'<div class="OUTBRAIN">{told(TEASERS)}</div>'),
    "sponsored": page(f'<div class="sponsored-links">{told(TEASERS)}</div>'),
    "heading": page(f"<h4>From the web</h4>{told(TEASERS)}"),
    "heading of a list": page(f"<h3>Around the Web</h3><ul>{listed(TEASERS)}</ul>"),
    "heading in a box": page(f"<div><h4>Promoted Links</h4></div><div>{told(TEASERS)}</div>"),
    "you may also like": page(f"<h3>You may also like</h3>{told(TEASERS)}"),
    "label": page(f"<div><span>Sponsored stories</span>{told(TEASERS)}</div>"),
    "German": page(f"<h3>Das könnte Sie auch interessieren</h3>{told(TEASERS)}"),
    "French": page(f"<p><strong>Ailleurs sur le web</strong></p>{told(TEASERS)}"),
    "Spanish": page(f"<h3>Te puede interesar</h3>{told(TEASERS)}"),
    "text": text("From the web", *TEASERS),
    "German text": text("Gesponserte Inhalte", "\n".join(TEASERS)),
    "Markdown": "# " + text("### You may also like", *(f"- {line}" for line in TEASERS)),
}


@pytest.mark.parametrize("file", TEASED.values(), ids=TEASED)
def test_paid_teasers_are_left_out(file: str) -> None:
    assert read(file.encode(), "a").paragraphs == ARTICLE


TOWERS = [
    "The tower of Sola was built in 1870 and has 112 steps, all of them cut from one rock.",
    "The tower of Ostby stands in the water and can only be reached by boat in the summer.",
    "The tower of Lund has been a school since 1950, and its pupils ring the bell at noon.",
]
REACTIONS = [
    "The mayor of Ostby called the plan a gift to all who sail, and thanked the family for the glass.",
    "Fishermen in the north said that the light will save them an hour on each trip in the winter.",
]
WHOLE = {
    "a list": (page(f"<ol>{listed(TOWERS)}</ol>"), TOWERS),
    "an interview": (
        page("".join(f"<p><b>And you?</b></p><p>{line}</p>" for line in COMMENTS)),
        COMMENTS[:1],
    ),
    "readers in quotation marks": (
        page("<ul>" + listed([f"“{line}” says Ida Moe." for line in COMMENTS]) + "</ul>"),
        [COMMENTS[2]],
    ),
    "a whole article named comment": (
        f"<html><body><div class='comment'><h1>{TITLE}</h1>{told(ARTICLE)}</div></body></html>",
        ARTICLE,
    ),
    "an article with open comments": (
        (
            f"<html><body><h1>{TITLE}</h1>{told(ARTICLE[:1])}<div class='post comments-open'>"
            f"{told(ARTICLE[1:])}</div></body></html>"
        ),
        ARTICLE,
    ),
    "an article on a site of talks": (
        (
            f"<html><body><h1>{TITLE}</h1>{told(ARTICLE[:1])}<div class='talk'>"
            f"{told(ARTICLE[1:])}</div></body></html>"
        ),
        ARTICLE,
    ),
    "a promoted article": (
        f"<html><body><article class='is-promoted'><h1>{TITLE}</h1>{told(ARTICLE)}</article></body></html>",
        ARTICLE,
    ),
    "a counter between paragraphs": (page(f"<span>12 comments</span>{told(TOWERS)}"), [*ARTICLE, *TOWERS]),
    "a heading of reactions": (page(f"<h2>Reactions</h2>{told(REACTIONS)}"), [*ARTICLE, *REACTIONS]),
    "a text with a part on comments": (text("Reactions", *REACTIONS), [*ARTICLE, *REACTIONS]),
    "an essay": (
        page(
            f"<ol>{listed(COMMENTS)}</ol>",
            ["I have lived below the tower for forty years, and I have learned this from its light."],
        ),
        COMMENTS[2:3],
    ),
    "a list of the writer amid the article": (
        page(f"<div><ul>{listed(COMMENTS)}</ul></div><h2>Reactions</h2>{told(REACTIONS)}"),
        [COMMENTS[0], *REACTIONS],
    ),
    "what follows the teasers": (
        page(
            "<h4>From the web</h4><ul><li><a href='/x'>Ten houses</a></li></ul><h2>Reactions</h2>"
            f"{told(REACTIONS)}"
        ),
        [*ARTICLE, *REACTIONS],
    ),
}


@pytest.mark.parametrize(("file", "kept"), WHOLE.values(), ids=WHOLE)
def test_what_only_looks_like_comments_or_teasers_stays(file: str, kept: list[str]) -> None:
    found = read(file.encode(), "a").text
    assert [line for line in kept if line not in found] == []
