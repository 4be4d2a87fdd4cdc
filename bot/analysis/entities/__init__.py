"""People, organisations and places: spaCy's mentions, cleaned, completed and merged into entities."""

from bot.analysis.entities.finder import EntityFinder

__all__ = ["EntityFinder"]
