"""What filters and pings share: they stand in a list by their numbers, and are chosen from it."""

from collections.abc import Iterable

from discord import app_commands

from bot.errors import NotFound
from bot.news.subscriptions.filters import folded
from bot.render.text import CHOICE_LIMIT, cut, one_line
from cogs._channels import MOST_CHOICES

ROOM = 250
"""Characters of a list that are kept for what stands around it."""


def numbered_choices(offered: Iterable[tuple[int, str]], typed: str) -> list[app_commands.Choice[str]]:
    """Return those that hold what was typed so far, in their words or their number."""
    wanted = folded(typed)
    named = ((number, one_line(f"{number} · {words}")) for number, words in offered)
    fitting = [(number, name) for number, name in named if wanted in folded(name)]
    return [
        app_commands.Choice(name=cut(name, CHOICE_LIMIT), value=str(number))
        for number, name in fitting[:MOST_CHOICES]
    ]


def number_of(typed: str, noun: str) -> int:
    """Return the number that was chosen, or typed as it stands in a list. Raises ``NotFound``."""
    number = typed.strip().split(" ")[0].strip("*#")
    if not (number.isascii() and number.isdigit() and len(number) < CHOICE_LIMIT // 10):
        raise NotFound(f"Choose a {noun} of the list, or type its number. `/{noun} list` shows them.")
    return int(number)
