"""Mentions → clusters: which mentions in a text mean the same person, organisation or place."""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from bot.analysis.analysis import EntityKind
from bot.analysis.entities.countries import Countries
from bot.analysis.entities.groups import Same, same_groups
from bot.analysis.entities.mentions import Mention
from bot.analysis.entities.names import fold, group_form, is_acronym, person_form
from bot.analysis.entities.people import FullNames


@dataclass(frozen=True, slots=True)
class Cluster:
    """The mentions of one entity, in the order of the text; at least one."""

    mentions: tuple[Mention, ...]
    kind: EntityKind
    country: str | None = None
    """ISO 3166-1 alpha-2, where it is a country."""


def link(mentions: Sequence[Mention], countries: Countries) -> list[Cluster]:
    """Return the clusters that ``mentions`` fall into, in the order of their first mentions.

    ``mentions`` are in the order of the text. A short name of a person counts for the full name that it is
    a part of; names of organisations and places count together where ``same_groups`` says so; a country is
    one under all its names.
    """
    return _Linker(mentions, countries).clusters()


class _Linker:
    """Every mention has a form, its folded name or its country's code; forms that mean the same share one.

    A form is of the kind that most of its mentions have: the model often takes a lone surname for a company.
    """

    def __init__(self, mentions: Sequence[Mention], countries: Countries) -> None:
        self._countries = countries
        self._mentions = mentions
        self._forms = [self._form(mention) for mention in mentions]
        self._kinds = self._voted_kinds()
        self._full_names = self._people_in_full()
        self._same = self._joined_groups()

    def clusters(self) -> list[Cluster]:
        found: dict[str, list[Mention]] = defaultdict(list)
        for mention, form in zip(self._mentions, self._forms, strict=True):
            found[self._meaning(form, mention.start)].append(mention)
        return [self._cluster(form, mentions) for form, mentions in found.items()]

    def _form(self, mention: Mention) -> str:
        if mention.kind is EntityKind.PERSON:
            form = person_form(mention.name)
        else:
            form = self._countries.code(mention.name) or group_form(mention.name)
        return form or fold(mention.name) or mention.name

    def _voted_kinds(self) -> dict[str, EntityKind]:
        votes: dict[str, Counter[EntityKind]] = defaultdict(Counter)
        for mention, form in zip(self._mentions, self._forms, strict=True):
            votes[form][mention.kind] += 1
        return {form: counted.most_common(1)[0][0] for form, counted in votes.items()}

    def _people_in_full(self) -> FullNames:
        places: dict[str, list[int]] = defaultdict(list)
        for mention, form in zip(self._mentions, self._forms, strict=True):
            if " " in form and self._kinds[form] is EntityKind.PERSON:
                places[form].append(mention.start)
        return FullNames(places)

    def _joined_groups(self) -> Same:
        written: dict[str, set[str]] = defaultdict(set)
        for mention, form in zip(self._mentions, self._forms, strict=True):
            is_group = self._kinds[form] is not EntityKind.PERSON and not self._is_country(form)
            if is_group or is_acronym(mention.name):
                written[form].add(mention.name)
        return same_groups(written, self._countries)

    def _is_country(self, form: str) -> bool:
        return form in self._countries.names

    def _meaning(self, form: str, place: int) -> str:
        """Return the form that ``form`` stands for at ``place`` in the text."""
        if self._is_country(form):
            return form
        kind, meaning = self._kinds[form], None
        if kind is EntityKind.PERSON:
            meaning = self._full_names.of(form, place) or self._seen_country(form)
        elif kind is EntityKind.ORGANISATION:
            meaning = self._full_names.of(form, place)
        return meaning or self._same.root(form)

    def _seen_country(self, form: str) -> str | None:
        """Return the country that goes by this person's name, if the text speaks of it elsewhere."""
        code = self._countries.code(form)
        return code if code in self._kinds else None

    def _cluster(self, form: str, mentions: list[Mention]) -> Cluster:
        if self._is_country(form):
            return Cluster(tuple(mentions), EntityKind.PLACE, country=form)
        own = self._kinds[form]
        if own is EntityKind.PERSON:
            return Cluster(tuple(mentions), own)
        votes = Counter(mention.kind for mention in mentions)
        kind = max(votes, key=lambda kind: (votes[kind], kind is own))
        return Cluster(tuple(mentions), kind)
