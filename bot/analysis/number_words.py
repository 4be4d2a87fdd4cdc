# ruff: noqa: RUF001  # letters of other alphabets that look like Latin ones
"""Numbers that are written as words, and words for a day that only the date of writing tells.

"Two", "zwei" and "2" are one number for whoever edits a text, and "today" is a weekday in other words.
"""

from functools import cache

_UNITS = {
    "en": "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen "
    "sixteen seventeen eighteen nineteen twenty",
    "de": "null eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf dreizehn vierzehn fünfzehn "
    "sechzehn siebzehn achtzehn neunzehn zwanzig",
    "fr": "zéro - deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
    "es": "cero - dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis "
    "diecisiete dieciocho diecinueve veinte",
    "it": "zero - due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici "
    "quindici sedici diciassette diciotto diciannove venti",
    "pt": "zero - dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezesseis "
    "dezessete dezoito dezenove vinte",
    "nl": "nul - twee drie vier vijf zes zeven acht negen tien elf twaalf dertien veertien vijftien zestien "
    "zeventien achttien negentien twintig",
    "pl": "zero - dwa trzy cztery pięć sześć siedem osiem dziewięć dziesięć jedenaście dwanaście",
    "sv": "noll - två tre fyra fem sex sju åtta nio tio elva tolv",
    "da": "nul - to tre fire fem seks syv otte ni ti elleve tolv",
    "ru": "ноль - два три четыре пять шесть семь восемь девять десять одиннадцать двенадцать",
    "uk": "нуль - два три чотири п'ять шість сім вісім дев'ять десять одинадцять дванадцять",
    "cs": "nula - dva tři čtyři pět šest sedm osm devět deset jedenáct dvanáct",
    "tr": "sıfır - iki üç dört beş altı yedi sekiz dokuz",
}
"""From nought on. A dash stands for a word that is an article or something else as well."""
_TENS = {
    "en": "thirty forty fifty sixty seventy eighty ninety hundred",
    "de": "dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert",
    "fr": "trente quarante cinquante soixante - quatre-vingts - cent",
    "es": "treinta cuarenta cincuenta sesenta setenta ochenta noventa cien",
    "it": "trenta quaranta cinquanta sessanta settanta ottanta novanta cento",
    "pt": "trinta quarenta cinquenta sessenta setenta oitenta noventa cem",
    "nl": "dertig veertig vijftig zestig zeventig tachtig negentig honderd",
}
"""From thirty to a hundred."""
_RELATIVE_DAYS = """
today yesterday tomorrow tonight heute gestern morgen aujourd'hui hier demain hoy ayer mañana oggi ieri domani
hoje ontem amanhã vandaag gisteren dziś dzisiaj wczoraj jutro сегодня вчера завтра сьогодні вчора dnes včera
zítra idag igår imorgon bugün dün yarın
"""


def number_word(word: str) -> str | None:
    """Return the number that a word in lower case is, as figures; ``None`` if it is none."""
    return _numbers().get(word)


def is_relative_day(word: str) -> bool:
    """Tell whether a word in lower case names a day by its distance from today."""
    return word in _relative_days()


@cache
def _numbers() -> dict[str, str]:
    """Return the numbers by their words, without those that are two numbers in two languages."""
    found: dict[str, set[int]] = {}
    for table, first, step in ((_UNITS, 0, 1), (_TENS, 30, 10)):
        for words in table.values():
            for place, word in enumerate(words.split()):
                found.setdefault(word, set()).add(first + place * step)
    return {word: str(values.pop()) for word, values in found.items() if word != "-" and len(values) == 1}


@cache
def _relative_days() -> frozenset[str]:
    return frozenset(_RELATIVE_DAYS.split())
