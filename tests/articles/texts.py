"""Invented articles and pages for the tests."""

from bot.articles.article import Article
from bot.articles.read import read
from bot.errors import Refused

LEAD = "The council of Fairhaven voted on Tuesday to close the old harbour bridge for three months."
SECOND = (
    "Drivers will have to take the ring road, which adds twenty minutes to the way into town, the works"
    " office said, and buses will run every half hour until the bridge opens again."
)
THIRD = (
    "Mayor Ines Dahl said the work could not wait. “We found cracks in two of the pillars,” she told the"
    " council, “and nobody should drive over them in winter.”"
)
BODY = [LEAD, SECOND, THIRD]
TEXT = "\n\n".join(BODY)
TITLE = "Fairhaven closes its harbour bridge for three months"

PAGE = f"""Home
World
Politics
Subscribe now
{TITLE}
By Ada Lamb
9 February 2024
2 min read
Share this article
The bridge in winter
{LEAD}
{SECOND}
Advertisement
{THIRD}
Share this article
Leave a comment
Related articles
Ten walks along the coast
A new roof for the town hall
© 2024 The Fairhaven Sun. All rights reserved.
"""


def answer(data: bytes, name: str) -> Article | str:
    """Return the article, or the reason why there is none."""
    try:
        return read(data, name)
    except Refused as refused:
        return str(refused)
