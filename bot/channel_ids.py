"""A channel as people name it: its ID, a mention, or a link to it or to one of its messages."""

import re

HOW_TO_COPY = (
    "Right-click the channel in Discord (developer mode on) and choose Copy Channel ID (17 to 20 digits)."
)

_NAMED = re.compile(
    r"""(?:
        (?P<id>[0-9]{1,20})
        | <\#(?P<mention>[0-9]{1,20})>
        | <?https?://(?:(?:ptb|canary|www)\.)?discord(?:app)?\.com/channels/[0-9]{1,20}/(?P<link>[0-9]{1,20})
          (?:/threads/(?P<thread>[0-9]{1,20}))?
          (?:/[0-9]{1,20})?/?(?:\?[!-~]{0,100})?>?
    )""",
    re.VERBOSE,
)

LARGEST = 2**63 - 1


def channel_id_in(typed: str) -> int | None:
    """Return the channel that was pasted, ``None`` if it is none; a link to a message names its channel."""
    found = _NAMED.fullmatch(typed.strip())
    if found is None:
        return None
    number = int(found["thread"] or found["link"] or found["mention"] or found["id"])
    return number if 0 < number <= LARGEST else None
