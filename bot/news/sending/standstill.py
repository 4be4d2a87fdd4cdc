"""Messages that are not taken and nobody says why: whether it is one alone, or its channel stands still."""

from dataclasses import dataclass
from datetime import timedelta

from bot.news.sending.discord_errors import Trouble, trouble_of
from storage.deliveries import Delivery

STANDSTILL = timedelta(minutes=10)
"""After which operators are told that nothing goes to a channel."""

FEW = 3
"""Channels that stand still at once and are told one by one; if it is more, it is Discord as a whole."""

ALL_STAND_STILL = "standstill"
"""The cause by which that is told."""

TRIES = {Trouble.REFUSED: 5, Trouble.BROKEN: 8}
"""After which others of its channel are tried in the place of a message that is not taken."""

OTHERS = {Trouble.REFUSED: 1, Trouble.BROKEN: 3}
"""How many others have to go meanwhile: in a storm of errors one goes now and then, and the next does not."""

TRIES_OF_THE_LAST = 8
"""After which a message fails that is refused while its channel answers, if no other one waits there."""


@dataclass(slots=True)
class Stuck:
    """A message that is tried again and again."""

    trouble: Trouble
    error: Exception
    went_here: int
    """How many messages had gone to its channel when it was tried first."""
    went: int
    """How many had gone in all."""
    tries: int = 0
    looks: int = 0
    """How often another one was tried in its place."""


class Standstill:
    """Counts what is not taken, and what goes meanwhile, while the program runs."""

    def __init__(self) -> None:
        self._stuck: dict[int, Stuck] = {}
        self._went_here: dict[int, int] = {}
        self._went = 0
        self._stands: set[int] = set()

    def went(self, delivery: Delivery) -> None:
        """Note that a message went to its channel."""
        self._stuck.pop(delivery.id, None)
        self._stands.discard(delivery.channel_id)
        self._went += 1
        if self._stuck:
            self._went_here[delivery.channel_id] = self._went_here.get(delivery.channel_id, 0) + 1
        else:
            self._went_here.clear()  # nobody compares with it

    def not_taken(self, delivery: Delivery, error: Exception) -> None:
        """Note that a message was not taken; what says nothing about the message counts for nothing."""
        trouble = trouble_of(error)
        if trouble is None:
            return
        stuck = self._stuck.get(delivery.id)
        if stuck is None:
            here = self._went_here.get(delivery.channel_id, 0)
            stuck = self._stuck[delivery.id] = Stuck(trouble, error, here, self._went)
        stuck.trouble, stuck.error = trouble, error
        stuck.tries += 1

    def given_up(self, delivery: Delivery) -> None:
        """Note that a message is tried no more."""
        self._stuck.pop(delivery.id, None)

    def stuck(self, delivery: Delivery) -> Stuck | None:
        """Return what is known of a message that was tried often enough to try others in its place."""
        found = self._stuck.get(delivery.id)
        return found if found is not None and found.tries >= TRIES[found.trouble] else None

    def is_alone(self, delivery: Delivery, stuck: Stuck) -> bool:
        """Return whether enough others of its channel went meanwhile."""
        here = self._went_here.get(delivery.channel_id, 0) - stuck.went_here
        return here >= OTHERS[stuck.trouble]

    def is_last(self, stuck: Stuck) -> bool:
        """Return whether a message that nobody waits behind was tried long enough.

        If Discord broke off instead of refusing, messages have to go elsewhere meanwhile.
        """
        if stuck.tries < TRIES_OF_THE_LAST:
            return False
        return stuck.trouble is Trouble.REFUSED or self._went - stuck.went >= OTHERS[stuck.trouble]

    def stands(self, channel_id: int) -> str | None:
        """Note that a channel stands still; return the cause by which to tell it, ``None`` if it was told."""
        if channel_id in self._stands:
            return None
        self._stands.add(channel_id)
        return f"standstill {channel_id}" if len(self._stands) <= FEW else ALL_STAND_STILL
