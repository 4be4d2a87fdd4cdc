"""Answers for operators, as lines that Discord and a terminal can both show."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.analysis.comparison import Verdict
from bot.news.moderation import Reposted
from bot.news.operations import NotPosted, Retried, Status, Undecided, Way
from bot.news.subscriptions.filter_text import why
from bot.render.fitting import fitting, shortened
from bot.render.links import message_link
from bot.render.mark import mark
from bot.render.served import served_line
from bot.render.text import CONTENT_LIMIT, counted, cut, cut_escaped, escape, one_line
from bot.render.verdicts import said
from bot.version import version
from storage.comparisons import ComparisonRecord, HiddenCopy
from storage.deliveries import State
from storage.overview import FailedDelivery, Overview
from storage.trace import Trace, TracedComparison, TracedDelivery, TracedFile

PATTERNS_SHOWN = 3
REPLACED_SHOWN = 2
"""Of what differs in a near copy."""
SERVERS_SHOWN = 5
SERVER_NAME = 40
"""Other servers in a status, and characters of their names."""
STATUS_SHOWN = (300, 120, 60, 30)
"""Of a name and of a reason in a status: the first of these with which all fit into a message."""
HIDDEN_TITLE = 30
"""Characters of titles, and of what differs, in a list of ten: it has to fit into one message."""


@dataclass(frozen=True, slots=True)
class Shown:
    """How facts are written for whoever reads them."""

    text: Callable[[str], str]
    """Makes a text that strangers wrote harmless."""
    at: Callable[[datetime], str]
    """Writes a moment."""
    channel: Callable[[int], str] = str


IN_A_TERMINAL = Shown(str, lambda time: f"{time:%Y-%m-%d %H:%M} UTC")
IN_DISCORD = Shown(
    escape, lambda time: f"<t:{int(time.timestamp())}:R>", lambda channel_id: f"<#{channel_id}>"
)


def status_text(status: Status, name_of: Callable[[int], str]) -> str:
    """Return how it stands as one message of Discord: each line is whole, and long names are cut."""

    def lines(room: int) -> list[str]:
        return status_lines(status, name_of, IN_DISCORD, room)

    return "\n".join(fitting(shortened(lines, STATUS_SHOWN, CONTENT_LIMIT), CONTENT_LIMIT))


def status_lines(
    status: Status,
    name_of: Callable[[int], str] = str,
    shown: Shown = IN_A_TERMINAL,
    room: int | None = None,
) -> list[str]:
    """Return how it stands, a fact a line; failures and refusals with their reasons come last.

    Other servers are shown by the names that ``name_of`` returns for their ids. With ``room``, a name or a
    reason takes at most so many characters, escaped for Discord.
    """

    def harmless(text: str) -> str:
        return shown.text(one_line(text)) if room is None else cut_escaped(one_line(text), room)

    found = status.overview
    stored = f"{counted(found.articles, 'article')}, {counted(status.refused, 'file')} refused"
    lines = [
        f"{found.waiting} waiting, {found.sent} sent in the last 24 hours, {found.failed} failed",
        *([f"{counted(found.held, 'article')} waiting for a digest"] if found.held else []),
        f"{stored}, {_size(status.history_bytes)} on disk",
        *([_hidden(status.hidden)] if status.hidden else []),
        f"Last file: {_last_file(found, harmless, shown.at)}",
        f"Last post: {shown.at(found.last_post_at) if found.last_post_at else 'none yet'}",
        _bot(status, shown),
        served_line(status.channels, shown.channel),
        f"Gazette {version()}",
    ]
    lines += [f"Failed {mark(f.id)} {_failed(f, harmless)}: {harmless(f.reason)}" for f in found.failures]
    lines += map(shown.text, _elsewhere(found.failed_elsewhere, name_of))
    return lines + [f"Refused {harmless(r.path)}: {harmless(r.reason)}" for r in status.refusals]


def _last_file(found: Overview, harmless: Callable[[str], str], at: Callable[[datetime], str]) -> str:
    if found.last_file is None or found.last_file_at is None:
        return "none yet"
    return f"{harmless(found.last_file)} {at(found.last_file_at)}"


def _elsewhere(failed: Mapping[int, int], name_of: Callable[[int], str]) -> list[str]:
    """Return how many failed in other servers, in one line: their managers see why."""
    if not failed:
        return []
    named = [
        f"{many} in “{cut(one_line(name_of(server)), SERVER_NAME)}”"
        for server, many in list(failed.items())[:SERVERS_SHOWN]
    ]
    more = len(failed) - len(named)
    named += [f"the others in {more} more"] if more else []
    total = sum(failed.values())
    return [f"Failed in other servers: {total} ({', '.join(named)}). Those who manage them see why."]


def status_json(status: Status) -> dict[str, Any]:
    """Return the object that ``gazette status --json`` prints; times are ISO 8601."""
    found = status.overview
    return {
        "articles": found.articles,
        "waiting": found.waiting,
        "held": found.held,
        "sent_24h": found.sent,
        "failed": found.failed,
        "failed_elsewhere": {str(server): many for server, many in found.failed_elsewhere.items()},
        "refused": status.refused,
        "hidden_7d": status.hidden,
        "last_file": found.last_file,
        "last_file_at": _iso(found.last_file_at),
        "last_post_at": _iso(found.last_post_at),
        "history_bytes": status.history_bytes,
        "version": version(),
        "channels": [str(channel_id) for channel_id in status.channels],
        "bot": _bot_json(status),
        "failures": [
            {"mark": mark(f.id), "title": f.title, "channel": str(f.channel_id), "reason": f.reason}
            for f in found.failures
        ],
        "refusals": [{"path": r.path, "reason": r.reason} for r in status.refusals],
    }


def retried_line(retried: Retried) -> str:
    """Return how much is tried once more."""
    if not (retried.posts or retried.files):
        return "Nothing has failed."
    return f"Tried once more: {counted(retried.posts, 'post')}, {counted(retried.files, 'refused file')}."


def reposted_lines(reposted: Reposted, guild_id: int | None) -> list[str]:
    """Return where an article is posted again, and where it was not because it stands there."""
    title = f"“{one_line(reposted.title)}”"
    lines = [
        f"{title} stands: {message_link(s.guild_id or guild_id, s.channel_id, s.message_id)}"
        for s in reposted.standing
    ]
    if reposted.queued:
        lines.append(f"{title} is posted again in {counted(reposted.queued, 'channel')}.")
    if reposted.waiting:
        lines.append(f"{title} waits to be posted in {counted(reposted.waiting, 'channel')}.")
    if reposted.listed:
        lines.append(f"{title} is in a digest in {counted(reposted.listed, 'channel')}.")
    return lines or [f"{title} is not posted again: it stood in no channel that has a subscription."]


def forgotten_line(title: str, posts: int, kept_days: int | None) -> str:
    """Return what was taken back, and how long backups hold it."""
    deleted = f" {counted(posts, 'post')} will be deleted." if posts else ""
    told = f"“{one_line(title)}” was taken back: what it said is gone, and it will not come again.{deleted}"
    return told if kept_days is None else f"{told} {_in_backups(kept_days)}"


def hidden_lines(hidden: Sequence[HiddenCopy], total: int) -> list[str]:
    """Return the near copies that were not posted, numbered, each with what differs."""
    if not hidden:
        return ["In the last seven days no article was hidden as a near copy of another."]
    lines = [
        f"{number}) “{cut(one_line(one.title), HIDDEN_TITLE)}”{_at(one.stored_at)}, "
        f"nearly the text of “{cut(one_line(one.of_title), HIDDEN_TITLE)}”: "
        f"{_differing(one.comparison, HIDDEN_TITLE)}"
        for number, one in enumerate(hidden, start=1)
    ]
    more = total - len(lines)
    return [*lines, f"and {more} more"] if more > 0 else lines


def _differing(comparison: ComparisonRecord, limit: int = 60) -> str:
    """Return what a near copy has in the place of the other's words, and how much is new in it."""
    replaced = [f"“{one_line(new)}” for “{one_line(old)}”" for _, old, new in comparison.replaced if old]
    shown = [cut(one, limit) for one in replaced[:REPLACED_SHOWN]]
    new = [f"{counted(comparison.novel_words, 'word')} new"] if comparison.novel_words or not shown else []
    return ", ".join([*shown, *new])


def _hidden(count: int) -> str:
    what = "article was hidden as a near copy" if count == 1 else "articles were hidden as near copies"
    return f"In the last seven days {count} {what} of another: /inbox hidden"


def forget_question(title: str, kept_days: int | None) -> str:
    """Return what is asked before an article is taken back, with how long backups hold what it said."""
    question = (
        f"Take back “{one_line(title)}” for good? Its posts are deleted, what it said is removed, "
        "and it will not come again."
    )
    return question if kept_days is None else f"{question} {_in_backups(kept_days)}"


def _in_backups(days: int) -> str:
    """Return how long backups hold what was taken back; 0 days if no more are made each night."""
    until = (
        f": the nightly ones for at most {counted(days, 'day')}, those from before an update until the third "
        "next one"
    )
    return (
        f"Backups beside the history go on holding it{until if days else ''}. "
        "Whoever runs the bot removes them all with: gazette backup --forget"
    )


def _failed(failed: FailedDelivery, harmless: Callable[[str], str]) -> str:
    return "A digest" if failed.title is None else f"“{harmless(failed.title)}”"


def _bot(status: Status, shown: Shown) -> str:
    heartbeat = status.heartbeat
    if heartbeat is None:
        return "A bot is starting." if status.is_running else "No bot runs on this history."
    if not status.is_running:
        return f"The bot was killed; its last sign was {shown.at(heartbeat.at)}. Start it again."
    if status.silent:
        return f"The bot has given no sign since {shown.at(heartbeat.at)}: it hangs. Start it again."
    vitals = heartbeat.vitals
    if vitals.is_stuck:
        return (
            f"The bot has been connected to Discord for {counted(vitals.idle // 60, 'minute')} and delivers "
            "nothing: Discord has not told it which servers it is in. Start it again."
        )
    not_yet = "connecting to Discord" if vitals.connecting else "not connected to Discord"
    connected = "connected to Discord" if vitals.connected else not_yet
    busy = min(vitals.calls, vitals.workers)
    workers = f"{busy} of {counted(vitals.workers, 'worker')} busy"
    return f"Bot: {connected}, {workers}, {counted(vitals.files, 'file')} in hand"


def _bot_json(status: Status) -> dict[str, Any] | None:
    heartbeat = status.heartbeat
    if heartbeat is None:
        return None
    return {
        "process": heartbeat.process,
        "at": heartbeat.at.isoformat(),
        "silent": status.silent,
        "running": status.is_running,
        **asdict(heartbeat.vitals),
    }


def way_lines(way: Way, guild_id: int | None = None) -> list[str]:
    """Return the stages of an article or a file, a stage a line, and why channels did not get it.

    With the id of the server that asks they are ready to be sent there, with links to the posts.
    """
    told = _Telling(guild_id)
    trace = way.trace
    lines = [told.text(_file_line(file, first=not place)) for place, file in enumerate(trace.files)]
    if trace.more_files:
        lines.append(f"and {counted(trace.more_files, 'file')} more with the same text")
    if trace.title is not None:
        about = f"Article “{one_line(trace.title)}”, language {trace.language or 'not known'}"
        lines.insert(1, told.text(about))
        if trace.comparison is not None:
            lines.append(told.text(_comparison_line(trace.comparison, in_doubt=trace.is_in_doubt)))
        lines += [line for delivery in trace.deliveries for line in _delivery_lines(delivery, told)]
        if not (trace.deliveries or way.explained):
            lines.append(_never_queued(trace))
        lines += [_not_posted(one, told) for one in way.not_posted]
        lines += [_undecided(one, told) for one in way.undecided]
    if trace.forgotten_at is not None:
        lines.append(
            f"Taken back{_at(trace.forgotten_at)}: what it said is gone, and it will not come again."
        )
    elif trace.pruned_at is not None:
        lines.append(f"Its text was removed{_at(trace.pruned_at)}: it was older than HISTORY_DAYS.")
    return lines


class _Telling:
    """How things are told: to a server of Discord, or in a terminal."""

    def __init__(self, guild_id: int | None) -> None:
        self._guild_id = guild_id

    def text(self, text: str) -> str:
        """Return what strangers may have written."""
        return text if self._guild_id is None else escape(text)

    def channel(self, channel_id: int) -> str:
        return f"channel {channel_id}" if self._guild_id is None else f"<#{channel_id}>"

    def message(self, delivery: TracedDelivery) -> str:
        if self._guild_id is None:
            return f"message {delivery.message_id}"
        return message_link(delivery.guild_id or self._guild_id, delivery.place_id, delivery.message_id)


def _not_posted(one: NotPosted, told: _Telling) -> str:
    if one.held is not None:
        reason = why(one.held)
        reason = reason[0].lower() + reason[1:]
    elif one.sections is None:
        reason = "the subscription began later"
    else:
        reason = f"not posted, it takes only {_sections(one.sections)}"
    return told.channel(one.channel_id) + told.text(f": {one_line(reason)}")


def _undecided(one: Undecided, told: _Telling) -> str:
    named = ", ".join(f"“{one_line(pattern.text)}”" for pattern in one.patterns[:PATTERNS_SHOWN])
    many = "The pattern" if len(one.patterns) == 1 else "The patterns"
    reason = f": {many} {named} ran out of time; what runs out of time counts as not fitting"
    return told.channel(one.channel_id) + told.text(reason)


def _sections(sections: Sequence[str]) -> str:
    if not sections:
        return "articles of no section"
    return f"the {'section' if len(sections) == 1 else 'sections'} {', '.join(sections)}"


def _never_queued(trace: Trace) -> str:
    if trace.comparison is not None and trace.comparison.record.verdict == Verdict.SAME_TEXT:
        return "Not posted: every channel has that text, whose post names this copy."
    return "Queued for no channel: it was imported, or no channel was subscribed to it then."


def _comparison_line(comparison: TracedComparison, *, in_doubt: bool) -> str:
    """Return how an article stood to the one that decided, with the scores."""
    record = comparison.record
    other = "one that was taken back" if comparison.is_forgotten else f"“{one_line(comparison.title)}”"
    seen_as = said(
        Verdict(record.verdict),
        other,
        containment=record.containment,
        cosine=record.cosine,
        in_doubt=in_doubt,
    )
    shared = f"{record.containment:.0%} of the shorter text is in both"
    return f"{seen_as}: {shared}, {_differing(record)}, subject alike {record.cosine:.2f}"


def _file_line(file: TracedFile, *, first: bool) -> str:
    name = one_line(file.path)
    if file.reason is not None:
        return f"Refused {name}{_at(file.seen_at)}: {one_line(file.reason)}"
    return f"{'Read' if first else 'Same text:'} {name}{_at(file.seen_at)}"


def _delivery_lines(delivery: TracedDelivery, told: _Telling) -> list[str]:
    lines = [f"Post {mark(delivery.id)}: {_stage(delivery, told)}"]
    if delivery.unedited is not None:
        unedited = f"Post {mark(delivery.id)} could not be edited: {one_line(delivery.unedited)}"
        lines.append(told.text(unedited))
    return lines


def _stage(delivery: TracedDelivery, told: _Telling) -> str:
    match delivery.state:
        case State.SENT:
            stage = f"sent, {told.message(delivery)}"
        case State.HELD:
            stage = f"waits for the next digest of {told.channel(delivery.channel_id)}"
        case State.LISTED if delivery.digest is not None:
            stage = _listed(delivery.digest, told)
        case State.FAILED:
            stage = told.text(f"failed. {one_line(delivery.reason or '')}")
        case State.REMOVING:
            stage = "waiting to be deleted"
        case State.REMOVED if delivery.message_id is None:
            stage = "never posted: it was taken back, a copy came instead, or the subscription ended"
        case State.REMOVED:
            stage = "no longer there: it was deleted or taken back"
        case _:
            stage = "waiting to be sent"
    return stage


def _listed(digest: TracedDelivery, told: _Telling) -> str:
    """Return how it is with an article that comes in a digest."""
    match digest.state:
        case State.SENT:
            return f"stands in a digest, {told.message(digest)}"
        case State.FAILED:
            return told.text(f"in digest {mark(digest.id)}, which failed. {one_line(digest.reason or '')}")
        case State.REMOVING | State.REMOVED:
            return "stood in a digest that is no longer there"
        case _:
            return f"in a digest that waits to be sent to {told.channel(digest.channel_id)}"


def _iso(time: datetime | None) -> str | None:
    return time.isoformat() if time else None


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB"


def _at(time: datetime | None) -> str:
    return f" {time:%Y-%m-%d %H:%M} UTC" if time else ""
