"""Which servers are the operators' own: what fails in another one is the matter of those who manage it."""

from collections.abc import Awaitable, Callable, Collection

from storage import servers
from storage.connection import Connection

type OwnServers = Callable[[Connection], Awaitable[Collection[int]]]
"""Returns the operators' servers; none if they are not known, and then no server counts as another's."""


def servers_of(channel_ids: Collection[int]) -> OwnServers:
    """Return what knows the servers of these channels, from the history."""

    async def own(connection: Connection) -> Collection[int]:
        return set((await servers.of_channels(connection, channel_ids)).values())

    return own
