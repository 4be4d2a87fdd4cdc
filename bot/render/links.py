"""Addresses within Discord."""


def message_link(guild_id: int | None, place_id: int, message_id: int | None) -> str:
    """Return the address of a message: of its server, its channel or thread, and itself."""
    return f"https://discord.com/channels/{guild_id}/{place_id}/{message_id}"
