"""/settings: how a server wants its posts and digests."""

import re
from typing import Final

import discord
from discord import app_commands
from discord.ext import commands

from bot.analysis.analysis import Method
from bot.client import GazetteBot
from bot.errors import GazetteError
from bot.news.sending.permissions import missing_permissions
from bot.news.subscriptions.choosing import Wishes
from bot.news.subscriptions.subscriptions import Server
from bot.render.look import Layout
from bot.render.post import COLOUR
from bot.render.text import counted, one_line
from bot.render.words import LANGUAGES
from cogs._channels import named
from cogs._operators import for_managers, tell

MOST_SENTENCES = 10
AS_THE_OPERATOR: Final = "as whoever runs Gazette has set it"
COLOURS: Final[dict[str, int]] = {
    "Gazette's own": COLOUR.value,
    "red": 0xC0392B,
    "orange": 0xE67E22,
    "yellow": 0xF1C40F,
    "green": 0x27AE60,
    "teal": 0x1ABC9C,
    "blue": 0x3498DB,
    "purple": 0x8E44AD,
    "pink": 0xE91E63,
    "grey": 0x7F8C8D,
}
LAYOUTS = {
    Layout.POST: "post: the whole summary",
    Layout.COMPACT: "compact: the title and the first sentence",
    Layout.THREAD: "thread: the whole summary, with a thread under it",
}
_HEX = re.compile(r"#?([0-9a-fA-F]{6})")
_SHOWN = 40


class BadColour(GazetteError):
    """What was typed is no colour. The sentence says what is."""


async def complete_colour(
    _interaction: discord.Interaction[GazetteBot], typed: str
) -> list[app_commands.Choice[str]]:
    """Return the colours whose name holds what was typed so far."""
    wanted = typed.strip().casefold()
    return [
        app_commands.Choice(name=f"{name} (#{value:06X})", value=f"#{value:06X}")
        for name, value in COLOURS.items()
        if wanted in f"{name} #{value:06X}".casefold()
    ]


class Settings(commands.Cog):
    """How a server wants its posts and digests."""

    @app_commands.command(description="Show or change how this server's posts and digests look.")
    @app_commands.describe(
        language="The language of what Gazette says around articles; these stay in their own",
        length="Sentences of a summary, 1 to 10",
        method="How the sentences of a summary are chosen",
        colour="The colour at the side of posts, as #RRGGBB",
        layout="How much a post shows",
        entities="Whether posts name people, organisations and places",
        reset="First go back to how it was before anything was chosen",
    )
    @app_commands.choices(
        language=[app_commands.Choice(name=name, value=code) for code, name in LANGUAGES.items()],
        method=[app_commands.Choice(name=method, value=method) for method in Method],
        layout=[app_commands.Choice(name=name, value=layout) for layout, name in LAYOUTS.items()],
    )
    @app_commands.autocomplete(colour=complete_colour)
    @for_managers
    async def settings(  # noqa: PLR0913 (the options, as people see them)
        self,
        interaction: discord.Interaction[GazetteBot],
        *,
        language: str | None = None,
        length: app_commands.Range[int, 1, MOST_SENTENCES] | None = None,
        method: str | None = None,
        colour: str | None = None,
        layout: str | None = None,
        entities: bool | None = None,
        reset: bool = False,
    ) -> None:
        """Answer with all that is set now."""
        await interaction.response.defer(ephemeral=True)
        wishes = Wishes(
            language=language,
            sentences=length,
            method=None if method is None else Method(method),
            colour=None if colour is None else colour_of(colour),
            layout=None if layout is None else Layout(layout),
            entities=entities,
        )
        choosing, guild_id = interaction.client.choosing, interaction.guild_id or 0
        if not wishes.any() and not reset:
            opening = "As it is set in this server; each option changes one of these:"
            chosen = await choosing.chosen(guild_id)
        else:
            opening = "Set for what is posted in this server from now on:"
            chosen = await choosing.choose(guild_id, wishes, afresh=reset)
        lines = [opening, *_lines(chosen)]
        if chosen.look.layout is Layout.THREAD:
            lines += await _without_threads(interaction)
        await tell(interaction, "\n".join(lines))


def colour_of(typed: str) -> int:
    """Return the colour that was typed, by its name or as #RRGGBB. Raises ``BadColour``."""
    plain = one_line(typed).strip()
    named_so = {name.casefold(): value for name, value in COLOURS.items()}
    if (value := named_so.get(plain.casefold())) is not None:
        return value
    if (match := _HEX.fullmatch(plain)) is None:
        raise BadColour(
            f"“{plain[:_SHOWN]}” is no colour: type # and six digits from 0 to F, for example “#3498DB”."
        )
    return int(match[1], 16)


def _lines(server: Server) -> list[str]:
    """Return a line for each thing that can be chosen."""
    look = server.look
    names = "named where they are found" if look.entities else "not named"
    length = AS_THE_OPERATOR if server.sentences is None else counted(server.sentences, "sentence")
    return [
        f"**Language**: {LANGUAGES.get(look.language, look.language)}",
        f"**Length**: {length}",
        f"**Method**: {server.method or AS_THE_OPERATOR}",
        f"**Colour**: {'Gazette’s own' if look.colour is None else f'#{look.colour:06X}'}",
        f"**Layout**: {LAYOUTS[look.layout]}",
        f"**People, organisations and places**: {names}",
    ]


async def _without_threads(interaction: discord.Interaction[GazetteBot]) -> list[str]:
    """Return in which of the server's channels no thread can be opened, and what to do about it."""
    guild = interaction.guild
    if guild is None:
        return []
    found = await interaction.client.subscribing.of_server(guild.id)
    places = [guild.get_channel_or_thread(one.channel_id) for one, _ in found]
    lacking = [
        place.id
        for place in places
        if place is not None
        and set(missing_permissions(place, guild.me, layout_thread=True))
        != set(missing_permissions(place, guild.me))
    ]
    if not lacking:
        return []
    where = f"I cannot open threads yet in {named(lacking)}."
    return [f"{where} In the settings of each, under Permissions, allow me Create Public Threads."]


async def setup(bot: GazetteBot) -> None:
    """Add the cog; called by discord.py."""
    await bot.add_cog(Settings())
