"""The pages of /help: what readers can ask, and what those who manage a server can do."""

from collections.abc import Mapping
from typing import Any, Final

import discord

from bot.render.buttons import stateless
from bot.render.post import COLOUR

ABOUT: Final = (
    "Gazette posts the news that arrives here as files: the most telling sentences of each article, word for "
    "word, with the people, organisations and places in it. The same text is never posted twice."
)

READERS: Final = "readers"
MANAGERS: Final = "managers"

PAGES: Final[Mapping[str, Mapping[str, tuple[str, ...]]]] = {
    READERS: {
        "About one article": ("summary", "entities", "story"),
        "At a glance": ("digest now", "help"),
    },
    MANAGERS: {
        "What channels get": (
            *("setup", "subscribe", "subscriptions", "unsubscribe", "digest preview"),
            *("pause", "resume", "quiet"),
        ),
        "Which articles, and who is called": (
            *("filter add", "filter list", "filter remove", "filter test"),
            *("ping add", "ping list", "ping remove"),
        ),
        "The whole server": ("settings",),
        "How it stands": ("status", "why", "inbox failed", "inbox dismiss", "inbox hidden"),
        "Single articles": ("retry", "repost", "forget"),
    },
}
"""Every command on its page, under its heading."""

OTHER_PAGE: Final = {READERS: ("For managers", MANAGERS), MANAGERS: ("For readers", READERS)}

TEMPLATE: Final = rf"help:(?P<page>{READERS}|{MANAGERS})"


def help_page(page: str, described: Mapping[str, str], ids: Mapping[str, int]) -> discord.Embed:
    """Return a page with what each of its commands does, by the commands' descriptions.

    A command is a link to it if the id of its first word is known.
    """
    parts = [ABOUT] if page == READERS else []
    for heading, names in PAGES[page].items():
        lines = [f"{_named(name, ids)} · {described[name]}" for name in names if name in described]
        parts.append("\n".join([f"**{heading}**", *lines]))
    embed = discord.Embed(title="Gazette", description="\n\n".join(parts), colour=COLOUR)
    if page == READERS:
        embed.set_footer(
            text="The sign at the foot of a post, such as #k3f9, is its mark: it names the article."
        )
    return embed


def help_buttons(page: str) -> discord.ui.View:
    """Return the button that leads to the other page, for somebody who may manage the server."""
    return stateless(help_button(OTHER_PAGE[page][1], OTHER_PAGE[page][0]))


def help_button(page: str, label: str = "Help") -> discord.ui.Button[Any]:
    """Return the button that shows a page."""
    return discord.ui.Button(label=label, custom_id=f"help:{page}")


def _named(name: str, ids: Mapping[str, int]) -> str:
    number = ids.get(name.split(" ", 1)[0])
    return f"**/{name}**" if number is None else f"</{name}:{number}>"
