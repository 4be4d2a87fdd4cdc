"""One article summarised: the default method and each other, beside other summarisers on the same text.

Three sentences, libraries loaded and warm; reading the file is not counted, splitting the text into sentences
and words is. Ours rates the first 500 sentences of a long text, as it does in use; the peers rate all.
"""

import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path

from benchmarks import REAL
from benchmarks.articles import Press
from benchmarks.asked import Asked
from benchmarks.figures import Bound, Figure, Row, in_turn, timed, versus
from benchmarks.peers import Summarise, peers
from bot.analysis.analysis import Method
from bot.analysis.summarize import summarize
from bot.analysis.words import stemmer
from bot.articles.article import Article

GROUP = "Summary of one article"
SIZES = {100: 9, 500: 9, 2_000: 5, 20_000: 1}
"""Words, and how many rounds there is time for."""
SENTENCES = 3
ARTICLES = 3
"""Texts that are summarised for one value."""
QUICK = {"sumy LexRank", "sumy Luhn", "sumy Edmundson", "newspaper4k"}
"""The peers that are asked for 20,000 words; LexRank takes 10 s there, the others up to minutes."""
SAME_METHOD = {
    Method.LEXRANK: "sumy LexRank",
    Method.TEXTRANK: "sumy TextRank",
    Method.LUHN: "sumy Luhn",
    Method.LSA: "sumy LSA",
    Method.EDMUNDSON: "sumy Edmundson",
    Method.REDUCTION: "sumy Reduction",
}
BUDGET = Bound(0.5)


def rows(asked: Asked) -> Iterator[Row]:
    """Yield a row for each size, method and peer."""
    others = peers()
    if not others:
        print("The peers are not installed (make bench does it): ours alone is measured.", flush=True)
    for words, rounds in SIZES.items():
        press, large = Press(seed=words), words > 2_000
        written = [press.article(words) for _ in range(1 if large else ARTICLES)]
        able = {name: peer for name, peer in others.items() if name in QUICK or not large}
        texts = [_article(one.title, one.body) for one in written]
        found = _measured(texts, able, 1 if large else asked.rounds(rounds), tuple(Method))
        yield from _rows(f"{words:,} words", found, BUDGET if words == 500 else None)
    yield from _without_memory(others, asked)
    yield from _real(REAL / "summaries" / "dev.jsonl", others, asked)


def _measured(
    texts: Sequence[Article], able: dict[str, Summarise], rounds: int, methods: tuple[Method, ...]
) -> dict[str, list[float]]:
    """Return the milliseconds for one text of each method and peer, measured in turn."""
    ours = {method.value: partial(_summarize_all, texts, method) for method in methods}
    theirs = {name: partial(_ask_all, peer, texts) for name, peer in able.items()}
    for warm in (*ours.values(), *(theirs.values() if len(texts) > 1 else ())):
        warm()
    measures = {name: partial(_one, do, len(texts)) for name, do in {**ours, **theirs}.items()}
    return in_turn(measures, rounds)


def _one(do: Callable[[], object], texts: int) -> float:
    return timed(do) / texts


def _rows(what: str, found: dict[str, list[float]], budget: Bound | None) -> Iterator[Row]:
    for name in ("sumy LexRank", "summa", "newspaper4k"):
        bound = budget if name == "sumy LexRank" else None
        if name in found or name == "sumy LexRank":
            yield _row(f"{what}, default method", found[Method.BALANCED], name, found.get(name), bound)
    for method, name in SAME_METHOD.items():
        if method in found:
            yield _row(f"{what}, {method}", found[method], name, found.get(name))


def _row(
    what: str,
    ours: Sequence[float],
    name: str,
    theirs: Sequence[float] | None,
    bound: Bound | None = None,
) -> Row:
    if theirs is None:
        return Row(GROUP, what, "ms", Figure.of(ours))
    return Row(GROUP, what, "ms", Figure.of(ours), name, Figure.of(theirs), versus(ours, theirs), bound)


def _without_memory(others: dict[str, Summarise], asked: Asked) -> Iterator[Row]:
    """Measure with every stem forgotten before each text: the worst case, as after a start."""
    written = Press(seed=1).article(500)
    text = _article(written.title, written.body)

    def forgetful() -> float:
        getattr(stemmer("en"), "cache_clear")()  # noqa: B009 (its type does not tell that it remembers)
        return timed(lambda: summarize(text, SENTENCES))

    measures: dict[str, Callable[[], float]] = {"ours": forgetful}
    if (peer := others.get("sumy LexRank")) is not None:
        measures["theirs"] = lambda: timed(lambda: peer(text.title, text.text, SENTENCES))
    found = in_turn(measures, asked.rounds(15))
    what = "500 words, default method, no stem remembered"
    yield _row(what, found["ours"], "sumy LexRank", found.get("theirs"), BUDGET)


def _real(path: Path, others: dict[str, Summarise], asked: Asked) -> Iterator[Row]:
    if not path.exists():
        return
    lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    texts = [_article(line.get("title") or "", line["text"]) for line in lines]
    some = {name: peer for name, peer in others.items() if name in {"sumy LexRank", "summa", "newspaper4k"}}
    found = _measured(texts[:: 10 if asked.quick else 3], some, asked.rounds(3), (Method.BALANCED,))
    yield from _rows("real articles", found, BUDGET)


def _summarize_all(texts: Sequence[Article], method: Method) -> None:
    for text in texts:
        summarize(text, SENTENCES, method)


def _ask_all(peer: Summarise, texts: Sequence[Article]) -> None:
    for text in texts:
        peer(text.title, text.text, SENTENCES)


def _article(title: str, text: str) -> Article:
    return Article(title=title, text=text, language="en")
