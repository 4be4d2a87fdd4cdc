"""Blank lines of messages: the simulation's page leaves no space between paragraphs, as Discord does."""

from functools import wraps
from importlib import import_module
from typing import Any, Final

SHOWN_BY: Final = ("_messages", "_component_projection", "_snapshot")
"""The parts of SimCord's preview that turn a message's text into what the page shows."""

BLANK: Final = "\n\u200b\n"
"""A line that holds something, and shows nothing."""


def keep_blank_lines() -> None:
    """Let the page show a blank line as Discord does; a version of SimCord that does so by itself is left."""
    for name in SHOWN_BY:
        part = import_module(f"simcord.preview.{name}")
        shown = getattr(part, "markdown_tokens", None)
        if shown is None or hasattr(shown, "__wrapped__"):
            continue

        @wraps(shown)
        def with_blank_lines(text: Any, *rest: Any, _shown: Any = shown, **more: Any) -> Any:  # noqa: ANN401
            return _shown(text.replace("\n\n", BLANK) if isinstance(text, str) else text, *rest, **more)

        vars(part)["markdown_tokens"] = with_blank_lines
