"""Addresses within Discord."""

from collections.abc import Iterator
from contextlib import contextmanager

_leads_to = ["https://discord.com/channels"]


@contextmanager
def leading_to(address: str) -> Iterator[None]:
    """Have links to messages begin with another address in this block: the demo's, as it has no Discord."""
    before = _leads_to[0]
    _leads_to[:] = [address]
    try:
        yield
    finally:
        _leads_to[:] = [before]


def message_link(guild_id: int | None, place_id: int, message_id: int | None) -> str:
    """Return the address of a message: of its server, its channel or thread, and itself."""
    return f"{_leads_to[0]}/{guild_id}/{place_id}/{message_id}"
