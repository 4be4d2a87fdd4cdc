# ruff: noqa: RUF001  # Cyrillic words
"""Words by which a sentence leans on the one before it, in the languages that news mostly comes in."""

import re
from functools import cache

_PRONOUNS = {
    "en": "he she they it this that these those his her hers their theirs its him them such another others "
    "we us our ours i me my mine you your yours",
    "de": "er sie es dieser diese dieses diesem diesen jener jene jenes sein seine seiner seinem seinen ihr "
    "ihre ihrer ihrem ihren ihm ihn ihnen dies solche wir unser unsere ich mein meine",
    "fr": "il elle ils elles ce cela ça ceci c cet cette ces celui celle ceux celles son sa ses leur leurs "
    "lui eux nous notre nos je j mon ma mes",
    "es": "él ella ellos ellas ello esto eso aquello este esta estos estas ese esa esos esas aquel aquella "
    "su sus nosotros nuestro nuestra yo mi mis",
    "it": "egli ella esso essa essi esse lui lei loro questo questa questi queste ciò quello quella quelli "
    "quelle suo sua suoi sue noi nostro nostra io mio mia",
    "pt": "ele ela eles elas isto isso aquilo este esta estes estas esse essa esses essas aquele aquela seu "
    "sua seus suas dele dela nós nosso nossa eu meu minha",
    "nl": "hij zij ze dit dat deze die zijn haar hun hen hem zulke wij we ons onze ik mijn",
    "ru": "он она оно они это этот эта эти его её ее их ему ей им такой такая такие мы наш я мой",
}
_CONNECTIVES = {
    "en": "and|but|or|nor|so|yet|however|meanwhile|also|then|thus|therefore|hence|moreover|furthermore|"
    "besides|instead|otherwise|nevertheless|nonetheless|still|additionally|similarly|likewise|"
    "consequently|accordingly|indeed|plus|which|though,|in addition|in contrast|by contrast|in fact|"
    "in turn|in other words|in short|in response|in that|in this|as a result|as such|as well|"
    "at the same time|at that|after that|after this|since then|until then|even so|that said|"
    "for example|for instance|for this|for that|of course|on the other hand|on the contrary|"
    "on top of that|because of this|because of that|despite this|despite that|what's more|what’s more|"
    "the former|the latter|the same|not only that|to that end|elsewhere|too,",
    "de": "und|aber|oder|doch|jedoch|auch|außerdem|zudem|dennoch|trotzdem|deshalb|daher|darum|dann|so|dabei|"
    "damit|dagegen|denn|allerdings|inzwischen|unterdessen|gleichzeitig|stattdessen|ferner|zum beispiel|"
    "darüber hinaus|hingegen|somit|also",
    "fr": "et|mais|ou|donc|or|ni|car|cependant|toutefois|pourtant|aussi|ainsi|alors|puis|ensuite|enfin|"
    "de plus|en outre|par ailleurs|en revanche|par exemple|en effet|de même|néanmoins|pendant ce temps|"
    "d'ailleurs|du coup",
    "es": "y|e|pero|o|ni|sin embargo|no obstante|además|también|así|entonces|luego|por eso|por lo tanto|"
    "por otra parte|por otro lado|mientras tanto|en cambio|por ejemplo|de hecho|asimismo|tampoco",
    "it": "e|ma|o|però|tuttavia|inoltre|anche|così|quindi|dunque|poi|allora|intanto|invece|infatti|"
    "per esempio|ad esempio|nel frattempo|eppure|pertanto|infine",
    "pt": "e|mas|ou|porém|contudo|no entanto|entretanto|além disso|também|assim|então|depois|por isso|"
    "portanto|enquanto isso|por exemplo|de fato|por outro lado",
    "nl": "en|maar|of|dus|want|echter|ook|bovendien|daarnaast|toch|daarom|dan|toen|intussen|ondertussen|"
    "bijvoorbeeld|verder|zo|daarbij|desondanks",
    "ru": "и|а|но|или|однако|также|кроме того|при этом|между тем|тем временем|поэтому|затем|тогда|зато|"
    "например",
}
_PARTS = {
    "en": r"(?:[\w'’-]+\s+){1,4}of\s+(?:them|it|these|those)",
    "de": r"(?:\w+\s+){1,3}(?:davon|dafür|dazu|daran|darauf|darunter)",
}
"""Openings that name a part of what was told before: "About half of them"."""
_STARTS = {
    "zh": "他|她|它|这|這|那|其|该|該|但|然而|不过|不過|此外|"
    "另外|同时|同時|而且|因此|所以|并且|並且|于是|於是|随后|隨後",
    "ja": "彼|それ|これ|その|この|そこ|また|しかし|そして|さらに|一方|なお|だが|ただ|"
    "だから|そのため|同氏|同社",
    "ko": "그는|그녀는|그들은|이는|이들은|이것|그것|그러나|하지만|또한|또|그리고|한편|이에|따라서|이어|다만",
}
"""In these a word needs no blank after it."""
_ENGLISH = "en"
_NOTHING = re.compile(r"(?!)")
_SAID = {
    "en": r"(?:he|she|they|it|we|I|who)\s+(?:\w+\s+)?(?:said|says|added|told|asked|replied|wrote|explained|"
    r"continued|insisted|recalled|argued|noted|warned|claimed|admitted|tweeted|concluded|declared|shouted)\b"
    r"|(?:said|says|added|asked|replied|wrote|explained|continued|insisted|recalled)\s+(?:he|she|they)\b",
    "de": r"(?:sagte|sagt|erklärte|so|meinte|fügte|betonte|teilte)\s+(?:er|sie)\b",
    "fr": r"(?:a-t-|ont-|dit-|déclare-t-|ajoute-t-)(?:il|elle)s?\b",
    "nl": r"(?:zei|zegt|aldus)\s+(?:hij|zij|ze)\b",
}


@cache
def opener(language: str | None) -> re.Pattern[str]:
    """Return a pattern that matches an opening pronoun or connective.

    ``None`` is taken for English. In a language that is not listed here nothing is taken for either.
    """
    if language in _STARTS:
        return re.compile(_STARTS[language])
    known = language or _ENGLISH
    phrases = [*_PRONOUNS.get(known, "").split(), *filter(None, _CONNECTIVES.get(known, "").split("|"))]
    if not phrases:
        return _NOTHING
    # Not whatever the case: "US stocks" and "IT firms" open with no pronoun.
    cased = [form for phrase in phrases for form in (phrase, phrase[0].upper() + phrase[1:])]
    forms = "|".join([*map(re.escape, cased), *filter(None, [_PARTS.get(known)])])
    return re.compile(rf"(?:{forms})(?!\w)")


@cache
def pronoun_speaks(language: str | None) -> re.Pattern[str] | None:
    """Return a pattern that finds "he said" after a comma or a quote; ``None`` for languages without one."""
    said = _SAID.get(language or _ENGLISH)
    return re.compile(rf"[,”\"’'»“!?]\s*(?:{said})") if said else None
