# ruff: noqa: RUF001  # Cyrillic words
"""Words that end in a full stop without ending a sentence, and words that open one.

English lists follow the Associated Press Stylebook (titles, months, states) and what stands in news;
the other languages have their dozen most frequent ones. Everything is lower case and without its last stop.
"""


def _set(words: str) -> frozenset[str]:
    return frozenset(words.split())


TITLES = _set(
    "mr mrs ms mx dr drs prof profs rev revs fr msgr hon messrs mme mlle pres gov govs sen sens rep "
    "reps del amb atty asst assoc dir supt insp det sec treas gen gens lt col cols maj capt cmdr "
    "comdr cdr adm brig sgt cpl pvt pfc spc const ens ald st ste mt ft dep dist"
)
"""They stand before a name, so what follows never begins a sentence."""

STREETS_AND_SAINTS = _set("st ste mt ft del dist dir sec assoc dep col")
"""Titles that also end a phrase (Main St., Sec., Dist.): a word that opens sentences may follow them."""

NEVER_LAST = _set("vs v e.g i.e viz cf ca approx esp incl al nos pp")
"""Something always follows."""

BEFORE_NUMBERS = _set(
    "no nos p pp vol vols fig figs ch chap para sec sect sched ver rs est approx ca c "
    "circa tel ext jan feb mar apr jun jul aug sep sept oct nov dec op flt rte"
)
"""A number that follows belongs to them."""

COMPANIES = _set("inc corp co cos ltd llc llp plc bros")
OFFICES = _set("chairman chairwoman chief ceo cfo president executive vice director founder")
"""After a company's name they belong to it: "Acme Corp. Chairman"."""

STATES = _set(
    "ala ariz ark calif colo conn fla ga ill ind kan ky la md mass mich minn miss mo mont neb nev "
    "okla ore pa tenn tex va vt wash wis wyo del ont que alta n.h n.j n.m n.y n.c n.d s.c s.d r.i "
    "w.va"
)
"""After "Flint, Mich." a comma follows within the sentence, so a capital begins another."""

LONG = STATES | _set("thurs assoc assn")
"""Abbreviations that a name may follow; unknown words of more than four letters are taken for none."""

OPENERS = _set(
    "the a an it its it's he he's she she's they they're we we're i you this that these those his "
    "her their our my your but and or so yet in on at as if when while after before for from with "
    "by to of there here what why how who where which not many most both each every several "
    "although though because since however meanwhile then now also instead still once until under "
    "over during between among according despite another others other some any no nobody none "
    "nothing everyone it'll later earlier last next about more less even only just such"
)
"""Function words: with a capital they open a sentence, since no name is made of them."""

TIME_ZONES = _set("et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst msk")
CLOCK_FOLLOWERS = TIME_ZONES | _set(
    "eastern central mountain pacific greenwich local monday tuesday wednesday thursday friday "
    "saturday sunday mon tue tues wed thu thurs fri sat sun january february march april may june "
    "july august september october november december jan feb mar apr jun jul aug sept oct nov dec"
)
"""What may follow "5 p.m." within its sentence."""

EXCLAIMING_NAMES = _set("yahoo jeopardy yum wham panic oklahoma joomla")
"""Names that end in an exclamation mark."""

LETTERED_THINGS = _set(
    "plan plans vitamin hepatitis type group class grade grades section part team phase appendix "
    "exhibit category schedule series generation war act option model block item line point "
    "platform size title building terminal gate channel zone covid level bucket box room unit wing "
    "step rank"
)
"""A single capital after one of these is its name, not an initial: "Plan B."."""

SPEECH_VERBS = _set(
    "said says say asked asks replied answered added told tells shouted cried called warned "
    "insisted wrote writes tweeted declared announced explained continued concluded recalled joked "
    "whispered yelled exclaimed responded demanded wondered argued noted"
)

MONTHS = _set(
    "januar jänner februar märz april mai juni juli august september oktober november dezember "
    "januari februari maart mei augustus december oktober marts juni juli august januar"
)
"""Months of the languages that write the day with a stop (3. Oktober)."""

AND_SO_ON = _set("etc usw u.s.w т.д т.п ecc enz")
"""Those of other languages after which a capital begins a sentence."""

BY_LANGUAGE = {
    "de": _set(
        "z.b u.a d.h bzw usw ca dr prof hr fr nr abs bd evtl ggf inkl mio mrd tsd s str tel vgl "
        "zzgl ing dipl st sog geb gest etc jh jhd u.ä o.ä i.d.r u.s.w a.d v.a z.t m.e bspw bzgl"
    ),
    "fr": _set("m mm mme mmes mlle mlles dr pr st ste p pp cf env av apr n° vol etc"),
    "es": _set(
        "sr sra sres sras srta dr dra d dª dña ud uds vd gral av avda núm pág art prof lic ing sta "
        "sto etc ee.uu ee aprox tel a.c d.c p.ej s.a"
    ),
    "it": _set(
        "sig sigg sig.ra dott dott.ssa prof prof.ssa ing avv sen geom rag arch ecc art pag vol n "
        "tel s.p.a s.r.l a.c d.c cfr ca"
    ),
    "pt": _set(
        "sr sra srs sras srta dr dra drs prof profa eng exmo exma d av r n pág art etc aprox tel p.ex ltda"
    ),
    "nl": _set(
        "dhr mevr mw dr prof ir ing drs mr bijv bv d.w.z o.a t.a.v nr blz ca enz evt incl excl "
        "m.b.t m.n jl st t.o.v z.s.m"
    ),
    "ru": _set("г гг т.е т.д т.п т.к ул д стр др пр проф акад рис"),
    "pl": _set("np dr prof mgr inż ul al św r tj nr gen płk"),
}
"""Beyond English, by ISO 639-1. A language that is missing has the English ones alone."""
