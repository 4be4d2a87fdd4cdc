"""Mentions that the model overlooked: names that it found elsewhere in the same text."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence

from bot.analysis.analysis import EntityKind
from bot.analysis.entities.mentions import Mention
from bot.analysis.entities.names import GENERATIONS, is_name

_WORD = re.compile(r"\w+")

_MOST_PER_WORD = 50
"""Names that begin with one word and are looked for. News texts have 7 at most; more only cost time."""


def overlooked(text: str, mentions: Sequence[Mention], taken: bytearray) -> Iterator[Mention]:
    """Yield further mentions of the names in ``mentions``, and of persons' last names, in the text's order.

    They are whole words in the same spelling, where ``taken`` has no name yet. Measured on 22 news texts and
    interviews: 35 more mentions, and an F1 of links over all annotated mentions of 80.0 instead of 78.9.
    """
    known = _by_first_word(mentions)
    end = 0
    for word in _WORD.finditer(text):
        start = word.start()
        if start >= end and not taken[start] and word[0] in known:
            for name, kind in known[word[0]]:
                end = start + len(name)
                if (
                    text.startswith(name, start)
                    and not text[end : end + 1].isalnum()
                    and not any(taken[start:end])
                ):
                    yield Mention(name, kind, start, end)
                    break
            else:
                end = start


def _by_first_word(mentions: Sequence[Mention]) -> dict[str, list[tuple[str, EntityKind]]]:
    """Return the names to look for with their likeliest kind, longest first, by their first word."""
    kinds: dict[str, Counter[EntityKind]] = defaultdict(Counter)
    for mention in mentions:
        kinds[mention.name][mention.kind] += 1
        if mention.kind is EntityKind.PERSON and _is_surname(last := mention.name.rpartition(" ")[2]):
            kinds[last][mention.kind] += 1
    known: dict[str, list[tuple[str, EntityKind]]] = defaultdict(list)
    for name, counted in kinds.items():
        first = _WORD.match(name)
        if first and len(known[first[0]]) < _MOST_PER_WORD:
            known[first[0]].append((name, counted.most_common(1)[0][0]))
    for names in known.values():
        names.sort(key=lambda pair: -len(pair[0]))
    return known


def _is_surname(word: str) -> bool:
    return is_name(word) and word[0].isupper() and word.rstrip(".").casefold() not in GENERATIONS
