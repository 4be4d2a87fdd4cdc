"""What is typed in a set-up: times and time zones that are in no list."""

from typing import Any, Final

import discord

from bot.client import GazetteBot
from bot.news.times.schedule_text import TYPED_AT_MOST
from cogs._setup_draft import Draft
from cogs._setup_sessions import LASTS

ZONE_AT_MOST: Final = 60
"""Characters; the longest name of a zone has 32."""

TIMES: Final = "times"
ELSEWHERE: Final = "elsewhere"
MODALS: Final = frozenset({TIMES, ELSEWHERE})
"""The buttons that open one, by their actions."""

FIELD: Final = "typed"
"""The custom id of the one field."""


def modal_of(action: str, custom_id: str, draft: Draft) -> discord.ui.Modal:
    """Return the modal that a button opens; it shows what is chosen now.

    What is typed there reaches the cog as an interaction, also when another run showed the modal.
    """
    if action == TIMES:
        return _modal(
            custom_id,
            "Other times",
            "For example: weekdays 8:00, 18:30",
            draft.schedule.text(),
            TYPED_AT_MOST,
        )
    return _modal(
        custom_id, "Another time zone", "A large city, for example: Lisbon", draft.zone.key, ZONE_AT_MOST
    )


def typed_in(interaction: discord.Interaction[GazetteBot]) -> str:
    """Return what was typed into the modal."""
    data: Any = interaction.data or {}
    for row in data.get("components", ()):
        inner = row.get("component")
        for field in [inner] if inner else row.get("components", ()):
            if field.get("custom_id") == FIELD:
                return str(field.get("value", ""))
    return ""


def _modal(custom_id: str, title: str, example: str, chosen: str, longest: int) -> discord.ui.Modal:
    modal = discord.ui.Modal(title=title, custom_id=custom_id, timeout=LASTS)
    field: discord.ui.TextInput[Any] = discord.ui.TextInput(
        custom_id=FIELD, default=chosen[:longest], max_length=longest
    )
    modal.add_item(discord.ui.Label(text=title, description=example, component=field))
    return modal
