"""What the command line asks for."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """How much is measured."""

    quick: bool = False
    """Only as much as shows that each row works."""
    long: bool = False
    """Also 10,000 articles and an idle hour for the memory."""
    million: bool = False
    """Also a history of a million articles: 3.5 GB and a quarter of an hour."""

    def rounds(self, usual: int) -> int:
        """Return how often things are measured in turn."""
        return 2 if self.quick else usual
