"""Answers for operators, as lines that Discord and a terminal can both show."""

from datetime import datetime
from typing import Any

from bot.news.operations import Status
from bot.render.mark import mark
from bot.render.text import counted, one_line
from storage.deliveries import State
from storage.trace import Trace, TracedDelivery, TracedFile


def status_lines(status: Status) -> list[str]:
    """Return how it stands, a fact a line; failures and refusals with their reasons."""
    found = status.overview
    stored = f"{counted(found.articles, 'article')}, {counted(found.refused, 'file')} refused"
    lines = [
        f"{found.waiting} waiting, {found.sent} sent in the last 24 hours, {found.failed} failed",
        f"{stored}, {_size(status.history_bytes)} on disk",
        f"Last file: {one_line(found.last_file or 'none yet')}{_at(found.last_file_at)}",
        f"Last post: {_at(found.last_post_at).strip() or 'none yet'}",
    ]
    lines += [f"Failed {mark(f.id)} “{one_line(f.title)}”: {one_line(f.reason)}" for f in found.failures]
    lines += [f"Refused {one_line(r.path)}: {one_line(r.reason)}" for r in found.refusals]
    return lines


def status_json(status: Status) -> dict[str, Any]:
    """Return the object that ``gazette status --json`` prints; times are ISO 8601."""
    found = status.overview
    return {
        "articles": found.articles,
        "waiting": found.waiting,
        "sent_24h": found.sent,
        "failed": found.failed,
        "refused": found.refused,
        "last_file": found.last_file,
        "last_file_at": _iso(found.last_file_at),
        "last_post_at": _iso(found.last_post_at),
        "history_bytes": status.history_bytes,
        "failures": [
            {"mark": mark(f.id), "title": f.title, "channel": str(f.channel_id), "reason": f.reason}
            for f in found.failures
        ],
        "refusals": [{"path": r.path, "reason": r.reason} for r in found.refusals],
    }


def trace_lines(trace: Trace, guild_id: int | None = None) -> list[str]:
    """Return the stages of an article or a file, a stage a line; with a server's id, links to its posts."""
    lines = [_file_line(file, first=not place) for place, file in enumerate(trace.files)]
    if trace.title is not None:
        lines.insert(1, f"Article “{one_line(trace.title)}”, language {trace.language or 'not known'}")
        lines += [_delivery_line(delivery, guild_id) for delivery in trace.deliveries]
        if not trace.deliveries:
            lines.append("Queued for no channel: it was imported.")
    return lines


def _file_line(file: TracedFile, *, first: bool) -> str:
    name = one_line(file.path)
    if file.reason is not None:
        return f"Refused {name}{_at(file.seen_at)}: {one_line(file.reason)}"
    return f"{'Read' if first else 'Same text:'} {name}{_at(file.seen_at)}"


def _delivery_line(delivery: TracedDelivery, guild_id: int | None) -> str:
    sign = mark(delivery.id)
    if delivery.state is State.SENT:
        link = f"https://discord.com/channels/{guild_id}/{delivery.channel_id}/{delivery.message_id}"
        return f"Post {sign}: sent{f', {link}' if guild_id else f' as message {delivery.message_id}'}"
    if delivery.state is State.FAILED:
        return f"Post {sign}: failed. {one_line(delivery.reason or '')}"
    return f"Post {sign}: waiting to be sent"


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _at(time: datetime | None) -> str:
    return f" {time:%Y-%m-%d %H:%M} UTC" if time else ""
