"""Lines to paragraphs: joins what was broken at a fixed width and leaves everything else alone."""

from itertools import pairwise

from bot.articles.text import ends_a_sentence, one_line, unspaced, width

# Mail and typed text is broken at 60 to 80 columns; nothing breaks prose beyond 130.
_NARROWEST, _WIDEST = 30, 130
_LEAST_FULL = 0.7
_LEAST_OPEN = 0.3
_OUTLIERS = 0.05
_FEWEST_LINES = 2


def paragraphs(text: str) -> list[str]:
    """Return the paragraphs of a text, each one line, in order.

    Lines between empty lines are joined only if the text was broken at a fixed width: nearly every line is so
    long that the next line's first word would not have fitted, and many end in the middle of a sentence.
    """
    blocks = _blocks(text)
    column = _breaking_column(blocks)
    found: list[str] = []
    for block in blocks:
        found.extend(_joined(block, column) if column else block)
    return [line for line in map(one_line, found) if line]


def _blocks(text: str) -> list[list[str]]:
    blocks: list[list[str]] = [[]]
    for line in text.split("\n"):
        if line.strip():
            blocks[-1].append(line.rstrip())
        elif blocks[-1]:
            blocks.append([])
    return [block for block in blocks if block]


def _breaking_column(blocks: list[list[str]]) -> int | None:
    """Return the column at which the lines were broken, or ``None`` if they were not."""
    pairs = [pair for block in blocks for pair in pairwise(block)]
    if len(pairs) < _FEWEST_LINES:
        return None
    widths = sorted(width(line) for line, _ in pairs)
    column = widths[-1 - int(len(widths) * _OUTLIERS)]
    if not _NARROWEST <= column <= _WIDEST:
        return None
    full = sum(_is_full(line, following, column) for line, following in pairs)
    unfinished = sum(not ends_a_sentence(line) for line, _ in pairs)
    broken = full >= _LEAST_FULL * len(pairs) and unfinished >= _LEAST_OPEN * len(pairs)
    return column if broken else None


def _is_full(line: str, following: str, column: int) -> bool:
    """Tell whether the next line's first word would not have fitted on the line."""
    first = following.split(maxsplit=1)[0]
    need = 1 if unspaced(first[0]) else width(first)
    return width(line) + 1 + need > column


def _joined(block: list[str], column: int) -> list[str]:
    found: list[list[str]] = []
    for place, line in enumerate(block):
        before = block[place - 1] if place else ""
        if before and _is_full(before, line, column) and not _is_indented(line, before):
            found[-1].append(_gap(before, line.lstrip()) + line.lstrip())
        else:
            found.append([line])
    return ["".join(pieces) for pieces in found]


def _is_indented(line: str, before: str) -> bool:
    return line[0].isspace() and not before[0].isspace()


def _gap(line: str, rest: str) -> str:
    """Return what stands between two joined lines: nothing within a compound or a script without spaces."""
    compound = line[-1] == "-" and line[-2:-1].isalpha()
    return "" if compound or (_is_tight(line[-1]) and _is_tight(rest[0])) else " "


def _is_tight(character: str) -> bool:
    # The punctuation of Chinese and Japanese brings its own space along.
    return unspaced(character) or "\u3000" <= character <= "\u303f" or "\uff00" <= character <= "\uffef"
