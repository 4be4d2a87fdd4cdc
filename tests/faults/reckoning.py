"""What came of everything: what stands where, what should, and what somebody was told."""

import sqlite3
import time
from collections import Counter
from collections.abc import Iterable, Mapping
from contextlib import closing
from dataclasses import dataclass, field, fields
from pathlib import Path

from tests.faults.busy_discord import OPERATORS_ID, BusyDiscord
from tests.faults.newsroom import Newsroom, Piece

STANDSTILL = 600
"""Seconds after which a channel for which something waits, and which gets nothing, stands still."""

LISTED = """
SELECT listed.channel_id, articles.title, whole.message_id FROM deliveries AS listed
JOIN articles ON articles.id = listed.article_id
LEFT JOIN deliveries AS whole ON whole.digest_id = listed.digest_id AND whole.article_id IS NULL
WHERE listed.state = 'listed'
"""
FAILED = """
SELECT channel_id, title, reason FROM deliveries JOIN articles ON articles.id = article_id
WHERE state = 'failed'
"""
KNOWN = "SELECT title, duplicate_of IS NOT NULL, id FROM articles"
ACTIVE = "SELECT channel_id, deliver, sections FROM subscriptions WHERE ended_at IS NULL"

type Stands = Counter[tuple[int, str]]
"""How often an article stands in a channel."""


@dataclass
class Channel:
    """One channel as the harness knows it."""

    id: int
    sections: tuple[str, ...] | None
    """None for all."""
    is_digest: bool
    since: float
    """When its subscription was seen in the history."""
    still_since: float | None = None
    progress: int = 0
    moved_at: float = field(default_factory=time.monotonic)

    def wants(self, piece: Piece) -> bool:
        """Return whether the article has to stand in it: a file brought it after the subscription."""
        return self.due_since(piece) is not None

    def due_since(self, piece: Piece) -> float | None:
        """Return when the first such file came."""
        came = (at for at, section in piece.drops if self.sections is None or section in self.sections)
        return min((at for at in came if at > self.since), default=None)


@dataclass
class Standstill:
    """A channel got nothing for more than ten minutes although something waited for it."""

    channel: int
    began: float
    ended: float
    told: bool


@dataclass(frozen=True, slots=True)
class Result:
    """The counts; all but the first two have to be 0."""

    due: int
    standstills: int
    lost: int
    hidden: int
    repeated: int
    digests_repeated: int
    failed_without_cause: int
    refused_in_silence: int
    copies_unnamed: int
    standstills_untold: int

    @property
    def wrong(self) -> dict[str, int]:
        """The counts that ought to be 0 and are not."""
        names = [one.name for one in fields(self)][2:]
        return {name: getattr(self, name) for name in names if getattr(self, name)}


class Reckoning:
    """Compares the small Discord and the history with what the newsroom brought."""

    def __init__(self, server: BusyDiscord, newsroom: Newsroom, history: Path) -> None:
        self._server = server
        self._newsroom = newsroom
        self._history = history
        self.channels: dict[int, Channel] = {}
        self.removed: Stands = Counter()
        """What a moderator deleted; it does not have to stand."""
        self.standstills: list[Standstill] = []
        self.details: list[str] = []
        self.began = time.monotonic()

    def ask(self, query: str) -> list[tuple[object, ...]]:
        """Return what the history answers. Raises ``sqlite3.Error`` where it cannot be read now."""
        with closing(sqlite3.connect(f"file:{self._history}?mode=ro", uri=True, timeout=5)) as connection:
            return connection.execute(query).fetchall()

    def stands(self) -> Stands:
        """Return what stands in each channel: as a post, or listed in a digest that stands."""
        counted: Stands = Counter(self.removed)
        there = set()
        for message in self._server.guild.messages:
            counted[message.channel_id, message.title] += 1
            there.add(message.id)
        for channel, title, message_id in self.ask(LISTED):
            counted[int(str(channel)), str(title)] += message_id in there
        return counted

    def due(self, channel: Channel) -> Iterable[Piece]:
        """Return what has to stand in a channel."""
        return (piece for piece in self._newsroom.pieces if channel.wants(piece))

    def missing(self) -> list[tuple[Channel, Piece]]:
        """Return what has to stand somewhere, does not, and was not refused there for good."""
        stands, failed = self.stands(), self.failed()
        return [
            (channel, piece)
            for channel in self.living()
            for piece in self.due(channel)
            if not stands[channel.id, piece.title]
            and not (piece.title in self._server.refused and (channel.id, piece.title) in failed)
        ]

    def failed(self) -> Mapping[tuple[int, str], str]:
        """Return what failed, with its reason."""
        return {(int(str(channel)), str(title)): str(reason) for channel, title, reason in self.ask(FAILED)}

    def living(self) -> list[Channel]:
        return [one for one in self.channels.values() if one.id in self._server.guild.names]

    def look(self, now: float) -> None:
        """Note which channels stand still. Raises ``sqlite3.Error`` where the history cannot be read now."""
        stands = self.stands()
        for channel in self.living():
            number = sum(count for (where, _), count in stands.items() if where == channel.id)
            if number != channel.progress:
                channel.progress, channel.moved_at = number, now
            waits = [
                due
                for piece in self._newsroom.pieces
                if (due := channel.due_since(piece)) is not None and not stands[channel.id, piece.title]
            ]
            idle = now - max(channel.moved_at, min(waits, default=now))
            if not channel.is_digest and waits and idle > STANDSTILL:
                channel.still_since = channel.still_since or now - idle
            else:
                self._moves(channel, now)

    def _moves(self, channel: Channel, now: float) -> None:
        """Note that a channel does not stand still, or no longer."""
        if channel.still_since is None:
            return
        told = self.told(channel.id, channel.still_since)
        self.standstills.append(Standstill(channel.id, channel.still_since, now, told))
        channel.still_since = None

    def told(self, channel_id: int, since: float) -> bool:
        """Return whether operators were told of this channel, or of anything since then."""
        notices = self._server.guild.in_channel(OPERATORS_ID)
        if any(f"<#{channel_id}>" in str(one.body.get("content")) for one in notices):
            return True
        seconds = time.monotonic() - since
        return any(_age(one.id) < seconds for one in notices)

    def result(self) -> Result:
        """Return the counts, and keep what is wrong in words."""
        for channel in self.living():
            self._moves(channel, time.monotonic())
        stands, failed = self.stands(), self.failed()
        missing = self.missing()
        duplicates = {str(title) for title, is_duplicate, _ in self.ask(KNOWN) if is_duplicate}
        hidden = [pair for pair in missing if pair[1].title in duplicates]
        titles = {piece.title for piece in self._newsroom.pieces}
        repeated = [key for key, count in stands.items() if key[1] in titles and count > 1]
        causeless = [key for key in failed if key[1] not in self._server.refused and self._lives(key[0])]
        notices = [str(one.body.get("content")) for one in self._server.guild.in_channel(OPERATORS_ID)]
        silent = [key for key in failed if key[1] in self._server.refused and not notices]
        unnamed = self._unnamed()
        self._tell("missing", ((one.id, piece.title, piece.drops) for one, piece in missing))
        self._tell("repeated", repeated)
        self._tell("failed without cause", ((*key, failed[key]) for key in causeless))
        self._tell("copies unnamed", unnamed)
        return Result(
            due=sum(1 for channel in self.living() for _ in self.due(channel)),
            standstills=len(self.standstills),
            lost=len(missing) - len(hidden),
            hidden=len(hidden),
            repeated=len(repeated),
            digests_repeated=self._digests_repeated(),
            failed_without_cause=len(causeless),
            refused_in_silence=len(silent),
            copies_unnamed=len(unnamed),
            standstills_untold=sum(not one.told for one in self.standstills),
        )

    def _lives(self, channel_id: int) -> bool:
        return channel_id in self._server.guild.names and channel_id in self.channels

    def _digests_repeated(self) -> int:
        """Return how many messages carry a mark that another in their channel carries too."""
        marks = Counter(
            (message.channel_id, message.footer.split()[0])
            for message in self._server.guild.messages
            if message.footer
        )
        return sum(count - 1 for count in marks.values())

    def _unnamed(self) -> list[str]:
        """Return the posts of articles with one copy that do not name it."""
        posts = {message.title: message for message in self._server.guild.in_channel(self._first().id)}
        pieces = [one for one in self._newsroom.pieces if len(one.copies) == 1 and one.title in posts]
        return [one.title for one in pieces if one.copies[0] not in posts[one.title].also_in]

    def _first(self) -> Channel:
        return next(iter(self.channels.values()))

    def _tell(self, what: str, found: Iterable[object]) -> None:
        listed = [*found]
        self.details += [f"{what}: {one}" for one in listed[:20]]


def _age(snowflake_id: int) -> float:
    """Return how many seconds ago an id was made."""
    return time.time() - ((snowflake_id >> 22) + 1_420_070_400_000) / 1000
