"""Pages that stand in place of an article: errors, checks for robots, consent, log-in, subscriptions.

Such a page speaks of itself and to its visitor ("Sorry, the page you are looking for…"); news about such
pages speaks of others. Passages in quotation marks therefore do not count, and a page is told by what
most of its prose is, together with its title. A title by itself tells nothing: "Access denied" may stand
above a report from a court.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise

from bot.articles import wall_kinds as kinds
from bot.articles import wall_phrases, wall_titles
from bot.articles.prose import is_sentence
from bot.articles.text import vocabulary

type _Table = dict[str, list[tuple[tuple[str, ...], str]]]

# An article is longer than what a wall says besides its own sentences, so that most are not read to the end.
_MOST_OTHER, _MOST_OTHER_BELOW_A_TITLE = 250, 900
_LONGEST = 12_000
_LONGEST_TITLE = 200
_MOST_WORDS_BESIDE = 4
_SHORT = 400
_QUOTED = re.compile(
    r"\"[^\"]{1,300}\"|“[^“”]{1,300}”|„[^„“”]{1,300}[“”]|«[^«»]{1,300}»|»[^«»]{1,300}«|‘[^‘’]{1,300}’"
)
# "Sie" and "Ihr" mean the visitor where nothing else explains their capital.
_FORMAL = re.compile(r"(?<=[^.!?…:\s\"„“] )(?:Sie|Ihr|Ihre[mnrs]?|Ihnen)\b|^Sie\b[^.]{0,200}\?$")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)?|\d+")
_SENTENCE_END = re.compile(r"(?<=[.!?…])\s+|\n")
_PARTS = re.compile(r"\s[|–—·•»:-]+\s|[|•»]|:\s|[!?…]\s")
_LEADS = vocabulary("sorry oops please bitte désolé lo siento and or to if ups hoppla")
_ADDRESS = vocabulary(kinds.ADDRESS)
_SELF = vocabulary(
    """
    we our we're we'll wir unser unsere unseren unserer unserem uns nous notre nos nosotros nuestro nuestra
    nuestros nuestras nós nosso nossa nossos nossas noi nostro nostra nostri nostre wij ons onze
    """
)
_THIS = vocabulary("this diese dieser dieses diesem diesen ce cette cet este esta questo questa deze dit")
# What "this" stands before if a page speaks of itself.
_SITE = vocabulary(
    """
    page site website webpage request server resource url domain app content article story video browser
    connection seite webseite anfrage inhalt artikel beitrag serveur contenu requête vidéo navigateur página
    sitio servidor contenido solicitud artículo conteúdo artigo pagina sito contenuto articolo inhoud
    """
)
_REPORTED = vocabulary(
    """
    said says told according announced reported sagte sagt teilte laut zufolge erklärte berichtete selon
    déclaré annoncé dijo según anunció afirmó disse segundo secondo detto zei volgens
    """
)
_LEAST_OF_AN_ORDER = 0.4
_FEWEST_WORDS_OF_A_TOPIC, _LEAST_OF_A_TOPIC = 2, 0.1
_LONGEST_WALL_TITLE = 10
_FEWEST_OF_TITLE = 2
_HEAD = 300
_LONGEST_BESIDE, _LONGEST_BESIDE_ALONE = 80, 60
_STEM = 3
_SPEAKING = _ADDRESS | _SELF
_OWN = _SPEAKING | _THIS | vocabulary("that requested upstream i sie ihr ihre ihren ihrem ihrer ihnen")
_BESIDE = vocabulary(kinds.BESIDE)
_BETWEEN = _SPEAKING | _THIS | vocabulary(kinds.BETWEEN)


@dataclass(slots=True)
class _Tally:
    """How many characters of a page are what."""

    title: str | None
    own: Counter[str] = field(default_factory=Counter)
    """What only such a page says, by its kind."""
    addressed: int = 0
    """What is said to the visitor, of whatever it may be."""
    beside: int = 0
    """What is short and of the same topic, as in "The link is faulty"."""
    other: int = 0
    spoken: bool = False
    reported: bool = False

    def add(self, sentence: str) -> None:
        sentence = _QUOTED.sub(" ", sentence)
        tokens = _folded(sentence)
        speaks = _speaks(tokens) or _is_formal(sentence)
        kind = _said(tokens, speaks=speaks)
        if not kind and len(tokens) <= _LONGEST_WALL_TITLE:
            kind = named(sentence)
        if not kind and speaks:
            kind = _topic(tokens, 1 if self.title else _FEWEST_WORDS_OF_A_TOPIC)
        if kind:
            self.own[kind] += len(sentence)
            self.spoken |= speaks
        elif speaks:
            self.addressed += len(sentence)
        elif is_sentence(sentence):
            if len(sentence) <= _LONGEST_BESIDE and _topic(tokens, _FEWEST_WORDS_OF_A_TOPIC):
                self.beside += len(sentence)
                return
            self.other += len(sentence)
            self.reported |= not _REPORTED.isdisjoint(tokens)


def kind_of_wall(titles: Iterable[str | None], lines: Sequence[str]) -> str | None:
    """Return what the page is instead of an article, as in "an error page"; ``None`` if it may be one.

    The titles are lines of which each may be the page's.
    """
    tally = _Tally(next(filter(None, (named(title) for title in titles if title)), None))
    if not tally.title and _opens_as_news(lines):
        return None
    most = _MOST_OTHER_BELOW_A_TITLE if tally.title else _MOST_OTHER
    for sentence in _sentences(lines):
        tally.add(sentence)
        if tally.other > most:
            return None
    return _judged(tally)


def _opens_as_news(lines: Sequence[str]) -> bool:
    """Tell whether the first three hundred characters speak to nobody: those of most articles do not."""
    head = ""
    for line in lines:
        head += line[:_HEAD] + "\n"
        if len(head) > _HEAD:
            break
    return len(head) > _HEAD and not _speaks(_folded(_QUOTED.sub(" ", head))) and not _is_formal(head)


def _is_formal(text: str) -> bool:
    return ("Sie" in text or "Ih" in text) and _FORMAL.search(text) is not None


def _judged(tally: _Tally) -> str | None:
    said = tally.own.total()
    if tally.title:
        most = 2 * said + tally.addressed if said and not tally.reported else 0
        is_alone = tally.addressed <= _SHORT and (tally.addressed or tally.beside <= _LONGEST_BESIDE_ALONE)
        return tally.title if tally.other <= most and (said or is_alone) else None
    if not said or tally.addressed > max(2 * said, min(4 * said, _SHORT)):
        return None
    kind = tally.own.most_common(1)[0][0]
    # The first sentence of an article often stands above "This article is for subscribers".
    allowed = 0 if kind == kinds.PAYING or tally.reported else said // 2
    return kind if tally.other <= allowed and (tally.spoken or not tally.other) else None


def _sentences(lines: Sequence[str]) -> Iterator[str]:
    length = 0
    for line in lines:
        for sentence in _SENTENCE_END.split(line):
            length += len(sentence)
            if length > _LONGEST:
                return
            yield sentence


def _folded(text: str) -> list[str]:
    return ["#" if token.isdigit() else token for token in _TOKEN.findall(text.casefold().replace("’", "'"))]


def _said(tokens: Sequence[str], *, speaks: bool) -> str | None:
    """Return the kind of page that says such a sentence of itself, if one does."""
    found = list(_phrases_in(tokens))
    if not found:
        return None
    kind = next((kind for _, phrase, kind in found if speaks or not _OWN.isdisjoint(phrase)), None)
    return kind or _ordered(tokens, found)


def _phrases_in(tokens: Sequence[str]) -> Iterator[tuple[int, tuple[str, ...], str]]:
    table = _phrases()
    for place, token in enumerate(tokens):
        for phrase, kind in table.get(token, ()):
            if tuple(tokens[place : place + len(phrase)]) == phrase:
                yield place, phrase, kind


def _ordered(tokens: Sequence[str], found: Sequence[tuple[int, tuple[str, ...], str]]) -> str | None:
    """Return the kind of page whose sentence begins with a phrase as an order does and is mostly phrases."""
    place, _, kind = found[0]
    covered = {at + n for at, phrase, _ in found for n in range(len(phrase))}
    is_reported = not _REPORTED.isdisjoint(tokens)
    begins = all(token in _LEADS for token in tokens[:place])
    is_order = begins and not is_reported and len(covered) >= _LEAST_OF_AN_ORDER * len(tokens)
    return kind if is_order and kind != kinds.CONSENT else None


def _speaks(tokens: Sequence[str]) -> bool:
    """Tell whether the sentence speaks to the visitor, of "us" or of "this page"."""
    return not _SPEAKING.isdisjoint(tokens) or _names_itself(tokens)


def _names_itself(tokens: Sequence[str]) -> bool:
    """Tell whether the sentence has "this page" or the like."""
    return any(one in _THIS and other in _SITE for one, other in pairwise(tokens))


def _topic(tokens: Sequence[str], fewest: int) -> str | None:
    """Return the kind of page of which so many different words begin as its own do."""
    if not _REPORTED.isdisjoint(tokens):
        return None
    found = Counter(kind for token in dict.fromkeys(tokens) for kind in _topics_of(token))
    kind, count = found.most_common(1)[0] if found else ("", 0)
    return kind if count >= max(fewest, _LEAST_OF_A_TOPIC * len(tokens)) else None


def _topics_of(token: str) -> list[str]:
    stems = _stems().get(token[:_STEM], ())
    return [kind for stem, kind in stems if token == stem or (len(stem) > _STEM and token.startswith(stem))]


def named(title: str) -> str | None:
    """Return the kind of page that has such a title, with the site's name, a number or a server beside it."""
    if len(title) > _LONGEST_TITLE:
        return None
    whole = _folded(title)
    parts = [whole, *map(_folded, _PARTS.split(title))] if _PARTS.search(title) else [whole]
    near = (tokens for tokens in parts if len(whole) - len(tokens) <= _MOST_WORDS_BESIDE)
    return next(filter(None, map(_titled, near)), None)


def _titled(tokens: list[str]) -> str | None:
    titles = _titles()
    if not tokens or len(tokens) > _LONGEST_WALL_TITLE:
        return None
    if kind := titles.get(" ".join(tokens)):
        return kind
    bare = [token for token in tokens if token not in _BESIDE and token != "#"]
    if not bare:
        is_error = "#" in tokens and not {"error", "http", "fehler", "erreur"}.isdisjoint(tokens)
        return kinds.ERROR if is_error else None
    if kind := titles.get(" ".join(bare)):
        return kind
    # "Before you continue to The Sun": a few titles go on with the name of the site.
    opening = (titles.get(" ".join([*tokens[:n], "…"])) for n in range(2, min(len(tokens), 6)))
    return next(filter(None, opening), None) or _of_its_own_words(tokens, bare)


def _of_its_own_words(tokens: Sequence[str], bare: Sequence[str]) -> str | None:
    """Return the kind of page if the title names itself, or holds no word but such pages' own."""
    if _names_itself(tokens):
        # "Share this article" is a button.
        kind = _topic(tokens, 1)
        return kind if kind != kinds.PAYING else _topic(tokens, _FEWEST_OF_TITLE)
    is_own = all(token in _BETWEEN or _topics_of(token) for token in bare)
    return _topic(bare, 1) if is_own and sum(map(bool, map(_topics_of, bare))) >= _FEWEST_OF_TITLE else None


@cache
def _titles() -> dict[str, str]:
    return {
        " ".join([*_folded(phrase.replace("#", "0")), *(["…"] if "…" in phrase else [])]): kind
        for kind, rows in wall_titles.TITLES.items()
        for phrase in rows.strip().replace("\n", "|").split("|")
    }


@cache
def _stems() -> dict[str, list[tuple[str, str]]]:
    found: dict[str, list[tuple[str, str]]] = {}
    for kind, row in kinds.TOPICS.items():
        for stem in vocabulary(row):
            found.setdefault(stem[:_STEM], []).append((stem, kind))
    return found


@cache
def _phrases() -> _Table:
    found: _Table = {}
    for kind, rows in wall_phrases.SENTENCES.items():
        for phrase in rows.strip().replace("\n", "|").split("|"):
            tokens = tuple(_folded(phrase.replace("#", "0")))
            found.setdefault(tokens[0], []).append((tokens, kind))
    return found
