"""Which channels get articles, in a sentence."""

from collections.abc import Callable, Sequence
from typing import Final

CHANNELS_NAMED: Final = 10

NOBODY: Final = "No channel gets anything: type /setup in Discord."


def channels_named(served: Sequence[int], name: Callable[[int], str] = str) -> str:
    """Return the channels by their names, the first ones of many."""
    shown = ", ".join(map(name, served[:CHANNELS_NAMED]))
    more = len(served) - CHANNELS_NAMED
    return f"{shown} and {more} more" if more > 0 else shown


def served_line(served: Sequence[int], name: Callable[[int], str] = str) -> str:
    """Return which channels get articles, or that none does."""
    if not served:
        return NOBODY
    return f"Articles go to {'channel' if len(served) == 1 else 'channels'} {channels_named(served, name)}"


def not_used(setting: str, channel_id: int, served: Sequence[int], name: Callable[[int], str] = str) -> str:
    """Return the sentence that tells that a setting is not used any more, and which channels are."""
    return (
        f"{setting}={channel_id} is no longer used, as subscriptions are chosen in Discord: articles go to "
        f"{channels_named(served, name)}. To add a channel, type /setup in Discord."
    )
