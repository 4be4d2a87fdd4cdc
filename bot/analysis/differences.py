"""What differs between two texts that share most of their words: an edit of one text, or news in one form.

An editor puts words in, leaves some out and changes one here and there. Two recalls that are written from one
form differ by substitutions: another firm, another product, another day, in the places of the first ones. So
only what stands in the place of something else counts, and names, days and what the titles say count more
than other words.

Measured by ``python -m tests.quality.forms`` and ``tests.quality.duplicates``.
"""

from dataclasses import dataclass

from bot.analysis.alignment import changes
from bot.analysis.substitutions import Detail, Pair, Substitution, in_titles
from bot.analysis.tokens import Wording

DOUBT = 1.0
"""From this weight on a text is not hidden as a copy."""
FORM = 2.0
"""From this weight on in short runs, two texts are news of one form."""
_MOST_REWRITTEN, _MOST_REWRITTEN_SHARE = 12, 0.03
"""Words in runs of three and more, in lines that the old text has in part. Of 1,237 copies 2 have more."""


@dataclass(frozen=True, slots=True)
class Differences:
    """All that was replaced between two texts."""

    substitutions: tuple[Substitution, ...]
    """Each pair of words once, in the order of the text."""
    weight: float
    in_short_runs: float
    """The weight of those that fill a form's blanks, rather than a passage that was written anew."""
    is_rewritten: bool
    """Whether the newer text says much of it in other words."""

    @property
    def is_form(self) -> bool:
        """Whether the two are surely news of one form about different things.

        Other numbers alone may be the later toll of the same event.
        """
        is_more = any(one.detail is not Detail.NUMBER for one in self.substitutions if one.weight)
        return self.in_short_runs >= FORM and is_more

    @property
    def is_no_copy(self) -> bool:
        """Whether the newer text may be about something else, or says the same in other words."""
        return self.is_rewritten or self.weight >= DOUBT

    @property
    def is_no_update(self) -> bool:
        """Whether what the two texts share may be a form, and no older version of the newer one."""
        return self.in_short_runs >= DOUBT


def differences(old: Wording, new: Wording, language: str | None) -> Differences:
    """Return what the new text has in the place of something in the old one."""
    changed = [*changes([t.value for t in old.tokens], [t.value for t in new.tokens])]
    pair = Pair(old, new, language)
    best: dict[tuple[str, str], Substitution] = {}
    for one in (*pair.in_texts(changed), *in_titles(old, new)):
        words = one.old.casefold(), one.new.casefold()
        if words not in best or best[words].weight < one.weight:
            best[words] = one
    kept = tuple(best.values())
    most_rewritten = max(_MOST_REWRITTEN, _MOST_REWRITTEN_SHARE * len(new.tokens))
    return Differences(
        kept,
        sum(one.weight for one in kept),
        sum(one.weight for one in kept if one.is_short),
        is_rewritten=pair.rewritten(changed) > most_rewritten,
    )


def replaces_in_titles(found: Differences, old: Wording, new: Wording) -> bool:
    """Tell whether something that counts was replaced in the titles as well as in the texts."""
    return any(
        one.weight >= DOUBT and _says(old, one.old) and _says(new, one.new) for one in found.substitutions
    )


def _says(wording: Wording, words: str) -> bool:
    return Wording(words, "").title_values <= wording.title_values
