"""Buttons whose custom id tells what they do, so that they work on messages of earlier runs."""

from typing import Any

import discord


def stateless(*items: discord.ui.Item[Any]) -> discord.ui.View:
    """Return a view that discord.py keeps nothing of: what its items do, their custom ids tell."""
    view = discord.ui.View(timeout=None)
    for item in items:
        view.add_item(item)
    view.stop()
    return view
