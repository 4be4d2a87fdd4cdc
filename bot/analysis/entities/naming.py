"""Clusters → entities: which of its names an entity is shown under."""

from collections import Counter

from bot.analysis.analysis import Entity, EntityKind
from bot.analysis.entities.countries import Countries
from bot.analysis.entities.linking import Cluster
from bot.analysis.entities.names import has_company_suffix

_SHOUTED = 5
"""Letters from which on a place in capitals is a dateline's "LONDON", not an abbreviation."""


def entity(cluster: Cluster, countries: Countries) -> Entity:
    """Return the entity that ``cluster`` is about.

    A country has the name that its language knows it by, so that it is the same entity in every article.
    Others have the best of their names in the text: written out rather than an acronym, a person's in full,
    a company's without "Inc."; then the most frequent, then the longest. Names that differ in case alone are
    one.
    """
    counts = Counter(_calm(mention.name, cluster.kind) for mention in cluster.mentions)
    name = countries.names[cluster.country] if cluster.country else _best(counts, cluster.kind)
    return Entity(name, cluster.kind, len(cluster.mentions), _aliases(name, counts))


def _calm(name: str, kind: EntityKind) -> str:
    shouted = kind is EntityKind.PLACE and len(name) >= _SHOUTED and name.isupper()
    return name.title() if shouted else name


def _best(counts: Counter[str], kind: EntityKind) -> str:
    longest = max(counts, key=lambda name: name.count(" "))
    first_name = longest.partition(" ")[0].casefold() + " "

    def rank(name: str) -> tuple[bool, bool, int, int]:
        calm = not name.isupper()
        if kind is EntityKind.PERSON:
            return name.casefold().startswith(first_name), calm, counts[name], len(name)
        return calm, not has_company_suffix(name), counts[name], len(name)

    return max(counts, key=rank)


def _aliases(name: str, counts: Counter[str]) -> tuple[str, ...]:
    seen = {name.casefold()}
    aliases = []
    for alias, _ in counts.most_common():
        if alias.casefold() not in seen:
            seen.add(alias.casefold())
            aliases.append(alias)
    return tuple(aliases)
