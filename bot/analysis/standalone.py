"""Which sentences of an article are news, and which of those make sense alone."""

import re
from collections.abc import Sequence
from enum import Enum, auto

from bot.analysis.boundaries import BLANKS, CLOSERS, OPENERS, STOPS
from bot.analysis.leaning import opener, pronoun_speaks
from bot.analysis.letters import UNSPACED


class Standing(Enum):
    """What a summary may do with a sentence."""

    ALONE = auto()
    LEANS = auto()
    """It is understood after its predecessor only."""
    NEVER = auto()
    """No news, or a piece of something: furniture, question, bare attribution, half a quotation."""


SHORTEST = 6
"""Words. Below are captions, "He added." and names: 196 of the 2,782 sentences of 87 news articles."""
_CHARACTERS_PER_WORD = 1.7
LONGEST = 1000
"""Characters. More is a list without full stops: the longest of the same sentences has 584."""
_LONGEST_QUOTATION = 6
"""Sentences. A quotation that is not closed within them never will be, and its opening mark was a slip."""
_BARE = 4
"""Words beside a quotation that are, with a pronoun among them, a bare attribution: "he told the BBC"."""
_BARE_IN_OTHER_LANGUAGES = 2

_QUOTED = re.compile(
    r"“[^”]*”|\"[^\"]*\"|«[^»]*»|„[^“”]*[“”]|‘[^’]*’(?!\w)|「[^」]*」|『[^』]*』|^[^“\"«„]*[”\"»]"
)
_QUOTE = re.compile(
    r"(?P<opens>(?<![^\s()\[—–-])(?:[\"“„»](?=[\w'‘¿¡(\[$£€…])|«)|[「『])"
    r"|(?P<closes>(?<=[,.!?…])[\"”“«»]|(?<=\w)[\"”“«](?=\W|$)(?<!\d\")|(?<=\s)»|[」』])"
)
"""By its neighbours, since languages do not agree which mark opens; after a figure it is inches."""
_ANY_MARK = re.compile(r"[\"“”„«»「」『』]")
"""What either begins with; to look for it is far quicker, and most sentences have none."""
_QUESTION = re.compile(rf"[?？؟]!*(?:[{re.escape(CLOSERS)}]|$)")
_GREEK_QUESTION = re.compile(rf"[?;\u037e](?:[{re.escape(CLOSERS)}]|$)")
_UNSPACED = re.compile(rf"[{UNSPACED}]")
_WORD = re.compile(r"[^\W_]\S*")
_DATELINE = re.compile(
    r"(?:[A-Z][\w.,' ]{0,40})?\([A-Z][\w. ]{0,30}\)\s*[-–—_]+\s*|\([A-Z][\w. ]{0,30}\)\s*"
    r"|[A-Z][A-Z.,' ]{2,40}[-–—]+\s"
)
_FURNITURE = re.compile(
    r"(?:read (?:more|also|next|the full)|also read|see also|related(?: \w+)?:|watch:|watch the video"
    r"|(?:image|photo(?:graph)?|picture|video)s?(?: (?:by|credit|source|caption)\b|:)|credit:|source:"
    r"|advertisement\W*$|share (?:this|via)|follow (?:us|@)|sign up (?:for|to|here|now)|subscribe\b"
    r"|click here|copyright (?:©|\(c\)|\d)|©|(?:last )?updated?:|published:|first published|scroll down"
    r"|story continues"
    r"|\(?(?:additional )?(?:reporting|editing|writing) by\b|leave a comment|\d+ comments?\W*$"
    r"|more (?:from|on) (?:this|our|the author)|for more (?:on|information)|e-?mail (?:to a|this|us)"
    r"|download (?:our|the app)|the views expressed|view (?:gallery|comments)|listen to this"
    r"|this (?:article|story) (?:was|has been) (?:first |originally )?(?:published|updated|corrected|amended)"
    r"|this (?:article|story) (?:first|originally) appeared|\d+ min(?:ute)?s? read"
    r"|join (?:our|the conversation))"
    r"|.*\bcontributed to this (?:report|story|article)\b|.*\ball rights reserved\b",
    re.IGNORECASE,
)
"""Phrases of whole lines: "Advertising revenue fell" and "Related to this" are none."""


def standings(paragraphs: Sequence[Sequence[str]], title: str, language: str | None) -> list[Standing]:
    """Tell for each sentence, paragraph by paragraph, what a summary may do with it."""
    stopped = _are_stopped(paragraphs)
    found: list[Standing] = []
    for paragraph in paragraphs:
        for sentence, piece in zip(paragraph, quotation_pieces(paragraph), strict=True):
            if piece or (stopped and not _ends_with_stop(sentence)) or not is_news(sentence, title, language):
                found.append(Standing.NEVER)
            else:
                found.append(Standing.LEANS if leans(sentence, language) else Standing.ALONE)
    return found


def is_news(sentence: str, title: str, language: str | None) -> bool:
    """Tell whether it is neither furniture, a question, a bare attribution, too short nor too long."""
    return not (
        len(sentence) > LONGEST
        or length(sentence) < SHORTEST
        or is_question(sentence, language)
        or is_furniture(sentence, title)
        or is_bare_attribution(sentence, language)
    )


def length(sentence: str) -> float:
    """Return the length in words; in scripts without blanks 1.7 characters count as one."""
    if sentence.isascii():
        return len(_WORD.findall(sentence))
    spaced, characters = _UNSPACED.subn(" ", sentence)
    return len(_WORD.findall(spaced)) + characters / _CHARACTERS_PER_WORD


def is_question(sentence: str, language: str | None) -> bool:
    """Tell whether it asks, or quotes someone who asks."""
    return (_GREEK_QUESTION if language == "el" else _QUESTION).search(sentence) is not None


def is_furniture(sentence: str, title: str) -> bool:
    """Tell whether it belongs to the page, not to the article: the headline again, "Read more", a credit."""
    return sentence == title.strip() or _FURNITURE.match(sentence.lstrip(OPENERS + BLANKS)) is not None


def is_bare_attribution(sentence: str, language: str | None) -> bool:
    """Tell whether it only says that a pronoun said something: "…," he said."""
    rest = _QUOTED.sub(" ", sentence)
    words = length(rest)
    if rest == sentence or not 0 < words <= _BARE:
        return False
    if pronoun_speaks(language) is None:
        return words <= _BARE_IN_OTHER_LANGUAGES or _UNSPACED.search(rest) is not None
    return _pronoun_speaks("," + rest.strip(" ,."), language)


def leans(sentence: str, language: str | None) -> bool:
    """Tell whether it needs its predecessor.

    It opens with a pronoun or a connective, ends in "…, he said", or is a quotation without its speaker.
    """
    bare = sentence.lstrip(OPENERS + BLANKS + "-–—•…")
    dateline = _DATELINE.match(bare)
    if dateline:
        bare = bare[dateline.end() :].lstrip(OPENERS)
    return (
        opener(language).match(bare) is not None
        or _pronoun_speaks(sentence, language)
        or length(_QUOTED.sub(" ", sentence)) == 0
    )


def _pronoun_speaks(sentence: str, language: str | None) -> bool:
    pattern = pronoun_speaks(language)
    return pattern is not None and pattern.search(sentence) is not None


def quotation_pieces(paragraph: Sequence[str]) -> list[bool]:
    """Tell of each sentence whether it is a piece of a longer quotation: alone, it seems the author's."""
    pieces = [_has_half_of_single_quotes(sentence) for sentence in paragraph]
    opened: int | None = None
    for place, sentence in enumerate(paragraph):
        marks = [mark.lastgroup for mark in _QUOTE.finditer(sentence)] if _ANY_MARK.search(sentence) else []
        if opened is not None and (marks[:1] == ["opens"] or place - opened > _LONGEST_QUOTATION):
            opened = None
        if marks[:1] == ["closes"]:
            start = place if opened is None else opened
            pieces[start : place + 1] = [True] * (place + 1 - start)
        if marks:
            opened = place if marks[-1] == "opens" else None
    if opened is not None and len(paragraph) - opened <= _LONGEST_QUOTATION:
        # A quotation of several paragraphs is closed in its last one only.
        pieces[opened:] = [True] * (len(paragraph) - opened)
    return pieces


def _has_half_of_single_quotes(sentence: str) -> bool:
    """Tell whether single quotes open or close only; within a sentence they may be apostrophes."""
    if "'" not in sentence and "’" not in sentence and sentence[0] != "‘":
        return False
    opens = sentence[0] in "‘'"
    closes = re.search(r"[,.!?…][’']", sentence) is not None
    return opens != closes and not (closes and re.search(r"(?<!\w)[‘']", sentence))


def _ends_with_stop(sentence: str) -> bool:
    return sentence.rstrip(CLOSERS + BLANKS)[-1:] in STOPS


def _are_stopped(paragraphs: Sequence[Sequence[str]]) -> bool:
    """Tell whether sentences end in stops here, so that one without is a headline, a caption or a list."""
    stopped = [_ends_with_stop(sentence) for paragraph in paragraphs for sentence in paragraph]
    return sum(stopped) * 2 > len(stopped)
