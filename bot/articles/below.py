"""What stands below an article: the comments of readers, and paid teasers.

Both are prose, so that only their heading, their place and their manner tell them: readers say "I", ask and
exclaim; teasers are single short sentences up to the end.
"""

import re
from collections.abc import Sequence

from bot.articles.text import ends_a_sentence, vocabulary, width

_PROSE = 80
_LONGEST_HEADING = 60
_LONGEST_REMARK, _LONGEST_TEASER = 60, 160
_MOST_TEASERS = 16
_LEAST_REMARKS = 0.5
_LOOK_AT, _MOST_HEADS = 200, 10
_COUNT = r"[(\[]?\d{1,3}(?:[.,\u00a0 ]?\d{3})?[)\]]?"
_COMMENTS = (
    r"(?:(?:readers?['’]?s?|user|your|all|view|top|recent|latest|neueste|alle|derniers|últimos)['’]? )?"
    r"(?:comments?|replies|responses|remarks|reactions|kommentare?|leserkommentare|leserstimmen|commentaires?"
    r"|réactions|comentarios?|respuestas|comentários?|commenti|reacties|kommentarer|komentarze"
    r"|комментари[ияйев]{1,2})"
)
_HEADS_COMMENTS = re.compile(
    rf"(?:{_COUNT} )?{_COMMENTS}(?: ?{_COUNT})?(?: (?:so far|bisher))?\s?:?", re.IGNORECASE
)
_PAID = frozenset(
    """
from the web|from around the web|around the web|more from the web|more from around the web
elsewhere on the web
trending on the web|popular on the web|sponsored stories|sponsored links|sponsored content|sponsored posts
sponsored articles|promoted stories|promoted links|promoted content|promoted posts|promoted articles
paid content
paid links|paid posts|partner content|ads by taboola|by taboola|taboola feed|sponsored by taboola
by outbrain
recommended by outbrain|recommended by|you may also like|you might also like|you may like|you might like
more from our partners|from our partners|from our sponsors|sponsored links by taboola
promoted links by taboola
gesponserte links|gesponserte inhalte|gesponserte beiträge|gesponserte artikel|bezahlte inhalte
bezahlte links
aus dem web|aus dem netz|rund ums web|mehr aus dem web|mehr aus dem netz|empfehlungen aus dem netz
anzeigen aus dem netz
das könnte sie auch interessieren|das könnte dich auch interessieren|das könnte ihnen auch gefallen
das könnte dir auch gefallen|auch interessant|von unseren partnern|inhalte unserer partner
contenus sponsorisés|contenu sponsorisé|liens sponsorisés|articles sponsorisés|ailleurs sur le web
sur le web
partout sur le web|autour du web|vous aimerez aussi|vous pourriez aussi aimer|vous pourriez aimer
à découvrir aussi
ça pourrait vous intéresser|cela pourrait vous intéresser|contenus de nos partenaires|de nos partenaires
contenido patrocinado|contenidos patrocinados|enlaces patrocinados|enlaces promocionados
contenido promocionado
de la web|en la web|por la web|en otros sitios|te puede interesar|te podría interesar
también te puede interesar
también te puede gustar|quizás te interese|quizá te interese|de nuestros socios
conteúdo patrocinado|links patrocinados|na web|você também pode gostar|você pode gostar|talvez te interesse
contenuti sponsorizzati|link sponsorizzati|dal web|dalla rete|potrebbe interessarti|potrebbero interessarti
ti potrebbe interessare|gesponsorde inhoud|gesponsorde links|van het web|rond het web
dit vind je misschien ook leuk
""".strip()
    .replace("\n", "|")
    .split("|")
)
_QUOTED = re.compile(r"[\"“„«‘][^\"”“»’]{1,500}[\"”“»’]")
# Initials are a capital I as well.
_FIRST_PERSON = re.compile(
    r"\bI(?:['’](?:m|ve|d|ll))? [a-z]|\b[Jj]['’][a-zé]"
    r"|\b(?:[Mm]y|[Mm]e|[Ii]ch|[Mm]eine?[mnrs]?|[Mm]ir|[Jj]e|[Mm]on|[Mm]oi|[Yy]o|[Mm]i|[Ee]u|[Mm]eu"
    r"|[Ii]o|[Ii]k) "
)
_WORD = re.compile(r"[^\W\d_]+")
_PERSONAL = vocabulary(
    """
    i i'm i've i'd my me mine you your ich mein meine meinen meiner mir mich du dein ihr je j mon ma mes moi
    vous votre yo mi mis me tú tu usted eu meu minha você io mio mia mi ik mijn jij jullie
    """
)


def heads_comments(line: str) -> bool:
    """Tell whether the line is nothing but the heading of comments: "Comments (12)", "3 Kommentare"."""
    return len(line) <= _LONGEST_HEADING and _HEADS_COMMENTS.fullmatch(line.strip()) is not None


def heads_teasers(line: str) -> bool:
    """Tell whether the line is nothing but the heading of paid teasers, as in "From the web"."""
    return len(line) <= _LONGEST_HEADING and line.strip(" :.…|-–—").casefold() in _PAID


def are_remarks(texts: Sequence[str]) -> bool:
    """Tell whether at least half of the texts are such as readers write below an article."""
    return bool(texts) and sum(map(_is_remark, texts)) >= _LEAST_REMARKS * len(texts)


def is_personal(text: str) -> bool:
    """Tell whether the text says "I" or "you" outside of quotation marks, asks or exclaims."""
    bare = _QUOTED.sub(" ", text)
    return bare.rstrip().endswith(("?", "!")) or not _PERSONAL.isdisjoint(_WORD.findall(bare.casefold()))


def says_i(text: str) -> bool:
    """Tell whether the text speaks of its writer, outside of quotation marks."""
    return _FIRST_PERSON.search(_QUOTED.sub(" ", text)) is not None


def is_teaser(text: str) -> bool:
    """Tell whether the text is short and no more than one sentence."""
    return width(text) <= _LONGEST_TEASER and not re.search(r"[.!?…] +[^\W\d_]", text[:-1])


def split(lines: Sequence[str]) -> tuple[Sequence[str], Sequence[str]]:
    """Return the lines without what stands below the article, and that."""
    prose = heads = 0
    for place, line in enumerate(lines):
        if prose and len(line) <= _LONGEST_HEADING and place + 1 < len(lines):
            is_head = heads_comments(line) or heads_teasers(line)
            if is_head and _are_below(line, lines[place + 1 : place + 1 + _LOOK_AT], prose):
                return lines[:place], lines[place:]
            heads += is_head
        if heads >= _MOST_HEADS:
            break
        prose += width(line) >= _PROSE and ends_a_sentence(line)
    return lines, ()


def _are_below(heading: str, lines: Sequence[str], prose: int) -> bool:
    if heads_comments(heading):
        return are_remarks(lines)
    return prose > 1 and len(lines) <= _MOST_TEASERS and all(map(is_teaser, lines))


def _is_remark(text: str) -> bool:
    return width(text) <= _LONGEST_REMARK or is_personal(text)
