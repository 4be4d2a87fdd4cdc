"""Addresses within Discord."""

_leads_to = ["https://discord.com/channels"]


def lead_to(address: str) -> None:
    """Have links to messages begin with another address: the demo's, where there is no Discord."""
    _leads_to[:] = [address]


def message_link(guild_id: int | None, place_id: int, message_id: int | None) -> str:
    """Return the address of a message: of its server, its channel or thread, and itself."""
    return f"{_leads_to[0]}/{guild_id}/{place_id}/{message_id}"
