"""What the commands print for people: results on standard output, progress on standard error."""

import json
import re
import threading
from datetime import datetime
from types import TracebackType
from typing import TYPE_CHECKING, Self

from rich.console import Console, Group
from rich.padding import Padding
from rich.panel import Panel
from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
from rich.progress import Progress as Bar
from rich.table import Table
from rich.text import Text

from bot.render.text import counted, one_line
from bot.render.verdicts import said

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import discord

    from bot.analysis.analysis import Entity, Summary
    from bot.articles.article import Article
    from bot.findings import Finding
    from bot.importing import Imported
    from bot.news.stories import Decision

PROGRESS_AFTER = 1.0
"""Seconds: what is done sooner needs no bar."""

_STEERING = re.compile("[\x7f-\x9f\u200b-\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
"""What a terminal obeys or does not show; JSON itself escapes the other controls."""

_REPLACED_SHOWN = 5

_TIME = re.compile(r"<t:(?P<at>\d{1,12})(?::[tTdDfFR])?>")
_MASKED = re.compile(r"\[(?P<words>[^\]]*)\]\(https?://[^)\s]*\)")
_MARKS = re.compile(r"\*\*|\\(?=[^\w\s])|^#{1,3} |^-# |^__(?=.*__$)|(?<=\S)__$", re.MULTILINE)
"""What Discord shows as bold, as underlined, as headings, or not at all."""

out = Console(highlight=False, soft_wrap=True)
err = Console(stderr=True, highlight=False, soft_wrap=True)


class Progress:
    """A bar on standard error that appears when the work takes longer than a second."""

    def __init__(self, doing: str) -> None:
        columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
        # Standard output is the results' alone: the bar must not draw it onto its own console.
        self._bar = Bar(*columns, console=err, transient=True, redirect_stdout=False, redirect_stderr=False)
        self._task = self._bar.add_task(doing)
        self._timer = threading.Timer(PROGRESS_AFTER, self._bar.start)

    def __enter__(self) -> Self:
        if err.is_terminal:
            self._timer.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._timer.cancel()
        self._bar.stop()

    def step(self, total: int) -> None:
        """Count one more of ``total`` as done."""
        self._bar.update(self._task, advance=1, total=total)


def print_line(line: str) -> None:
    """Print a line as it is, for people and programs alike."""
    print(line, flush=True)


def print_json(told: "Mapping[str, object]") -> None:
    """Print one JSON object on a line; what steers a terminal, as in a name, is written as an escape."""
    text = json.dumps(told, ensure_ascii=False)
    print_line(_STEERING.sub(lambda sign: f"\\u{ord(sign[0]):04x}", text))


def print_finding(finding: "Finding") -> None:
    """Print one line of ``gazette check``."""
    sign, style = ("✓", "green") if finding.fine else ("✗", "red")
    if finding.is_warning:
        sign, style = "!", "yellow"
    out.print(Text(sign, style=style), Text(finding.text))


def print_not_taken(name: str, reason: str) -> None:
    """Print on standard error which file an import left out, and why."""
    err.print(Text(f"{one_line(name)}: {reason}", style="red"))


def print_refused(path: str, reason: str, *, as_json: bool) -> None:
    """Print why a file gave nothing."""
    if as_json:
        print_json({"path": path, "refused": reason})
    else:
        out.print(Text(one_line(path), style="bold"), Text(f"was refused. {reason}", style="red"))


def print_imported(imported: "Imported") -> None:
    """Print what an import came to."""
    told = (
        counted(imported.articles, "article"),
        counted(imported.duplicates, "duplicate"),
        f"{imported.refused} refused",
        f"{imported.known} known already",
        f"{imported.unreadable} could not be read",
    )
    print_line(f"{counted(imported.files, 'file')} in {imported.seconds:.1f} s: {', '.join(told)}.")


def print_article(path: str, article: "Article") -> None:
    """Print an article as it was read."""
    _print_panel(path, article, Text(article.text))


def print_summary(path: str, found: "tuple[Article, Summary]") -> None:
    """Print a summary."""
    article, summary = found
    footer = f"{summary.method} · {len(summary.sentences)} of {summary.sentence_count} sentences"
    _print_panel(
        path, article, *_apart([Text(sentence) for sentence in summary.sentences]), Text(footer, "dim")
    )


def _apart(texts: "Sequence[Text]") -> "list[Text]":
    """Return the texts with an empty line after each."""
    return [part for text in texts for part in (text, Text())]


def print_entities(path: str, found: "tuple[Article, Sequence[Entity] | None]") -> None:
    """Print the entities of an article."""
    article, entities = found
    if entities is None:
        _print_panel(path, article, Text(f"No model for the language {article.language or 'of this text'}."))
        return
    if not out.is_terminal:
        rows = [(one.name, one.kind, str(one.count), ", ".join(one.aliases)) for one in entities]
        _print_panel(path, article, *(Text("\t".join(map(one_line, row))) for row in rows))
        return
    table = Table("Name", "Kind", "Count", "Also", box=None, pad_edge=False)
    for entity in entities:
        table.add_row(
            Text(entity.name), entity.kind, str(entity.count), Text(", ".join(entity.aliases), style="dim")
        )
    _print_panel(path, article, table)


def print_decision(path: str, decision: "Decision", of: str | None) -> None:
    """Print what a file is to those before it."""
    told = "New"
    if of is not None:
        told = said(
            decision.verdict,
            one_line(of),
            containment=decision.containment,
            cosine=decision.cosine,
            in_doubt=decision.is_similar,
        )
    shared = f"{decision.containment:.0%} of the shorter text shared"
    novel = f"{counted(decision.novel_words, 'word')} new"
    replaced = [f"“{one.new}” for “{one.old}”" for one in decision.replaced[:_REPLACED_SHOWN]]
    detail = "" if of is None else f" ({', '.join([shared, *replaced, novel])})"
    out.print(Text(f"{one_line(path)}:", style="bold"), Text(f"{told}{detail}."))


def _print_panel(path: str, article: "Article", *body: Table | Text) -> None:
    known = (article.byline, article.published, article.language, article.section, article.url)
    head = Text(" · ".join(str(value) for value in known if value), style="dim")
    parts = (Text(article.title, style="bold"), head, Text(), *body)
    name = Text(one_line(path))
    if out.is_terminal:
        out.print(Panel(Group(*parts), title=name, title_align="left"), soft_wrap=False)
        return
    for part in (name, *parts, Text()):  # a program, or a file, reads it: its lines are the text's own
        out.print(part)


def print_post(embed: "discord.Embed") -> None:
    """Print a post as the terminal can show it: whole, with times in words."""
    told = [embed.author.name, embed.title, embed.description]
    told += [f"{field.name}: {field.value}" for field in embed.fields]
    told.append(embed.footer.text)
    parts = [_in_words(part) for part in told if part]
    if not out.is_terminal:
        for part in (*parts, ""):
            out.print(Text(part))
        return
    spaced = [Padding(Text(part), (0, 0, 1, 0)) for part in parts[:-1]]
    out.print(Panel(Group(*spaced, Text(parts[-1], style="dim"))), soft_wrap=False)


def _in_words(text: str) -> str:
    """Return a text of a message without what only Discord understands: times, links behind words."""

    def moment(match: re.Match[str]) -> str:
        return datetime.fromtimestamp(int(match["at"])).astimezone().strftime("%Y-%m-%d %H:%M")

    return _MASKED.sub(r"\g<words>", _MARKS.sub("", _TIME.sub(moment, text)))
