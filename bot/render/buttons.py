"""Buttons whose custom id tells what they do, so that they work on messages of earlier runs."""

from typing import Any

import discord


def stateless(*buttons: discord.ui.Button[Any]) -> discord.ui.View:
    """Return a view that discord.py keeps nothing of: what its buttons do, their custom ids tell."""
    view = discord.ui.View(timeout=None)
    for button in buttons:
        view.add_item(button)
    view.stop()
    return view
