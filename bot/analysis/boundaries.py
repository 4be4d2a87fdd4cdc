# ruff: noqa: RUF001  # the stops, quotes and blanks of every script are what this is about
"""Whether a sentence ends in the gap between two words: rules on top of nupunkt's opinion.

nupunkt learnt its abbreviations from scanned law and takes words such as "reports", "joke" and "holidays"
for some; and it ends a sentence after each title that it does not know ("Lt. Gov.") and before lower case
("Yahoo! said"). A rule knows one such case and says ``True`` (ends here), ``False`` (goes on) or ``None``
(not my case); the first that speaks decides, and where none does, nupunkt. Of 70 passages full of traps
nupunkt alone splits 59 right, with the rules 69.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

from bot.analysis import abbreviations as known

WIDE_STOPS = "。！？｡．؟۔।॥։።፧။។៕‼⁇⁈⁉"
"""Full stops of Chinese, Japanese, Arabic, Urdu, Hindi, Armenian, Amharic, Burmese and Khmer."""
GREEK_QUESTION_MARKS = ";\u037e"
STOPS = ".!?…" + GREEK_QUESTION_MARKS + WIDE_STOPS
CLOSERS = "\"'”’“‘»›«)]}*」』）】》〉"
OPENERS = "\"'“‘„‚«»‹([{*¿¡「『（【《〈"
BLANKS = " \u00a0\u202f"
"""French puts one inside its quotes."""

_ORDINAL_LANGUAGES = frozenset(
    {"de", "da", "no", "nb", "nn", "fi", "cs", "sk", "pl", "hu", "sl", "hr", "et", "lv"}
)
_DOTTED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,4}")
_INITIAL = re.compile(r"(?:[A-ZÀ-ÞА-Я]\.-?)*[A-ZÀ-ÞА-Я]")
_CAMEL = re.compile(r"[a-z]{1,2}[A-Z]")
_CJK_ATTRIBUTION = re.compile(r"[他她它其][^。！？]{0,8}?(?:说|說|表示|称|稱|道|指出|认为|認為|补充|補充)")
_LOCAL_TIME = re.compile(r"(?:\w+ )?time\b")
_JAPANESE_PARTICLES = "とのはがをにもでや"
_SPEAKING_PRONOUNS = frozenset({"i", "he", "she", "they", "we"})
_ABBREVIATION_LENGTH = 4
_ORDINAL_LENGTH = 2


@dataclass(frozen=True)
class Gap:
    """The place between two pieces of a paragraph, the first of which may end a sentence."""

    before: str
    """The word before the left piece, or nothing."""
    left: str
    right: str
    following: str
    """The two words after the right piece."""
    language: str
    cased: bool
    """Whether the paragraph has capitals at all."""

    @cached_property
    def core(self) -> str:
        """The left piece without closing quotes and brackets."""
        return self.left.rstrip(CLOSERS + BLANKS)

    @cached_property
    def closers(self) -> str:
        """What ``core`` is without."""
        return self.left[len(self.core) :]

    @cached_property
    def word(self) -> str:
        """The left piece without anything around it: "D.C" for "(D.C.)"."""
        return self.core.rstrip(STOPS).lstrip(OPENERS)

    @cached_property
    def abbreviation(self) -> str:
        """The word as the lists have it, where it ends in one bare full stop; else nothing."""
        bare = self.core[-1:] == "." and not self.closers and not self.core.endswith("..")
        return self.word.lower() if bare else ""

    @cached_property
    def next(self) -> str:
        """The right piece without opening quotes and brackets."""
        return self.right.lstrip(OPENERS + BLANKS)

    @cached_property
    def next_word(self) -> str:
        """The word of the right piece in lower case."""
        return self.next.rstrip(",;:" + STOPS + CLOSERS).lower().replace("’", "'")

    @cached_property
    def capital_next(self) -> bool:
        """Whether a capital follows, be it in quotes."""
        return self.next[:1].isupper()

    @cached_property
    def opener_next(self) -> bool:
        """Whether a word follows that opens sentences and is no name: "The", "He", and so on."""
        return self.capital_next and self.next_word in known.OPENERS and self.next[1:2] != "."


def ends_sentence(gap: Gap) -> bool | None:
    """Tell whether a sentence ends with ``gap.left``; ``None`` where no rule knows."""
    for rule in _RULES:
        said = rule(gap)
        if said is not None:
            return said
    return None


def _no_stop(gap: Gap) -> bool | None:
    if not gap.core or gap.core[-1] not in STOPS:
        return False
    if gap.core[-1] in GREEK_QUESTION_MARKS:
        return gap.language == "el"
    return None


def _wide_stop(gap: Gap) -> bool | None:
    if gap.core[-1] not in WIDE_STOPS:
        return None
    if gap.right[0] in "，、,；;）」』" or (gap.core[-1] == "．" and gap.right[0].isdigit()):
        return False
    if gap.closers and gap.language == "ja" and gap.right[0] in _JAPANESE_PARTICLES:
        return False
    return not (gap.closers and _CJK_ATTRIBUTION.match(gap.right))


def _lower_case_goes_on(gap: Gap) -> bool | None:
    if gap.cased and gap.next[:1].islower() and not _CAMEL.match(gap.next):
        return False
    return None


def _sign_goes_on(gap: Gap) -> bool | None:
    if gap.right[0] in ",;:)]}" or gap.right[0] in STOPS:
        return False
    if gap.language == "en" and gap.right in {"—", "–", "--"}:
        return False
    return None


def _abbreviation_of_the_language(gap: Gap) -> bool | None:
    if gap.abbreviation not in known.BY_LANGUAGE.get(gap.language, ()):
        return None
    return gap.abbreviation in known.AND_SO_ON


def _ordinal(gap: Gap) -> bool | None:
    if gap.language not in _ORDINAL_LANGUAGES or not gap.word.isdigit() or len(gap.word) > _ORDINAL_LENGTH:
        return None
    return False if gap.next_word in known.MONTHS else None


def _name_with_exclamation(gap: Gap) -> bool | None:
    if gap.core[-1] == "!" and gap.word.lower() in known.EXCLAIMING_NAMES and not gap.opener_next:
        return False
    return None


def _speaker_follows(gap: Gap) -> bool | None:
    """``"Is it over?" Smith asked``."""
    if gap.core[-1] not in "!?" or not gap.closers or not gap.capital_next or gap.right != gap.next:
        return None
    words = [word.strip(",.;:").lower() for word in gap.following.split()]
    if gap.next_word in _SPEAKING_PRONOUNS:
        del words[1:]
    elif gap.opener_next:
        return None
    return False if any(word in known.SPEECH_VERBS for word in words) else None


def _parenthesised_abbreviation(gap: Gap) -> bool | None:
    """``(D-Vt.) Smith``."""
    if gap.left[0] == "(" and gap.closers[:1] == ")" and gap.core[-1] == ".":
        return gap.opener_next
    return None


def _number_follows(gap: Gap) -> bool | None:
    return False if gap.next[:1].isdigit() and gap.abbreviation in known.BEFORE_NUMBERS else None


def _clock(gap: Gap) -> bool | None:
    """``5 p.m. ET``, but ``5 p.m. Tickets``."""
    if not gap.capital_next:
        return None
    if gap.abbreviation in known.TIME_ZONES and gap.word.isupper():
        return True
    if gap.abbreviation not in {"a.m", "p.m"}:
        return None
    return gap.next_word not in known.CLOCK_FOLLOWERS and not _LOCAL_TIME.match(gap.following)


def _title(gap: Gap) -> bool | None:
    if gap.abbreviation not in known.TITLES or not (gap.capital_next or gap.right[0] in OPENERS):
        return None
    if gap.abbreviation in known.STREETS_AND_SAINTS and gap.opener_next:
        return True
    return not gap.word[0].isupper()


def _never_last(gap: Gap) -> bool | None:
    return False if gap.abbreviation in known.NEVER_LAST else None


def _initial(gap: Gap) -> bool | None:
    if not gap.abbreviation or not _INITIAL.fullmatch(gap.word) or gap.next[:1].isdigit():
        return None
    if gap.opener_next or gap.before.lower().strip(OPENERS) in known.LETTERED_THINGS:
        return True
    return False if len(gap.word) == 1 else None


def _office_of_a_company(gap: Gap) -> bool | None:
    return False if gap.abbreviation in known.COMPANIES and gap.next_word in known.OFFICES else None


def _state_after_a_town(gap: Gap) -> bool | None:
    state = gap.abbreviation in known.STATES and gap.word[0].isupper() and gap.before.endswith(",")
    return True if state and gap.capital_next else None


def _closed_or_opened(gap: Gap) -> bool | None:
    """Decide by a quote or bracket at the full stop or the capital, or by a word that opens sentences."""
    if gap.core[-1] != "." or gap.core.endswith("..") or not gap.capital_next:
        return None
    return True if gap.closers or gap.opener_next or gap.right != gap.next else None


def _plain_word(gap: Gap) -> bool | None:
    """Decide by what looks like no abbreviation, before a capital."""
    if not gap.abbreviation or not gap.capital_next or _DOTTED.fullmatch(gap.word):
        return None
    if gap.word.islower():
        return True
    return True if len(gap.word) > _ABBREVIATION_LENGTH and gap.abbreviation not in known.LONG else None


_RULES: tuple[Callable[[Gap], bool | None], ...] = (
    _no_stop,
    _wide_stop,
    _lower_case_goes_on,
    _sign_goes_on,
    _abbreviation_of_the_language,
    _ordinal,
    _name_with_exclamation,
    _speaker_follows,
    _parenthesised_abbreviation,
    _number_follows,
    _clock,
    _title,
    _never_last,
    _initial,
    _office_of_a_company,
    _state_after_a_town,
    _closed_or_opened,
    _plain_word,
)
