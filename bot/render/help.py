"""The answer to /help."""

from collections.abc import Iterable

import discord

from bot.render.post import COLOUR

ABOUT = (
    "Gazette posts the news that arrives here as files: the most telling sentences of each article, word for "
    "word, with the people, organisations and places in it. The same text is never posted twice."
)


def help_answer(commands: Iterable[tuple[str, str]]) -> discord.Embed:
    """Return an embed that says what Gazette does, with each command's name and description."""
    lines = [f"**/{name}** · {description}" for name, description in commands]
    text = "\n".join([ABOUT, "", *lines])  # a field would hold a third of them
    embed = discord.Embed(title="Gazette", description=text, colour=COLOUR)
    embed.set_footer(
        text="The sign at the foot of a post, such as #k3f9, is its mark: name it when something is wrong."
    )
    return embed
