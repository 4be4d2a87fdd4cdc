"""Who looks: what a member of a server may be shown of the articles."""

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Viewer:
    """A member of a server, or an operator."""

    guild_id: int
    channels: frozenset[int] = field(default_factory=frozenset)
    """The channels of the server that the member can see: links lead to posts in these alone."""
    sees_all: bool = False
    """Whether it is an operator, who sees articles that go to no channel too."""

    @property
    def only(self) -> frozenset[int] | None:
        """The channels that an article must stand in or go to; ``None`` if nothing is hidden."""
        return None if self.sees_all else self.channels
