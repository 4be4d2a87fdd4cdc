"""What the log and people are told of messages that Discord did not take."""

import logging
from datetime import timedelta

from bot.news.concerns import TellOf
from bot.news.sending.composing import PUBLISH
from bot.news.sending.discord_errors import is_channel_gone, is_gone, kind_of_refusal
from bot.news.sending.posting import about, extras
from bot.news.sending.standstill import ALL_STAND_STILL, STANDSTILL, Standstill
from bot.render.mark import mark
from storage.deliveries import Delivery, State

log = logging.getLogger(__name__)


class Reports:
    """Tells of deliveries that failed, and of those that wait."""

    def __init__(self, tell: TellOf, standstill: Standstill) -> None:
        self._tell = tell
        self._standstill = standstill
        self._told: set[int] = set()

    def settled(self, delivery: Delivery) -> None:
        """Note that a delivery waits no more."""
        self._told.discard(delivery.id)

    async def refused(self, delivery: Delivery, error: Exception, reason: str) -> None:
        """Tell the log and the operators what Discord refused."""
        what, where = about(delivery), delivery.channel_id
        if delivery.state in {State.SENT, State.REMOVING} and is_gone(error):
            log.info("%s does not stand in channel %d any more", what, where, extra=extras(delivery))
            return
        did_not = _did_not(delivery)
        log.error("%s %s in channel %d: %s", what, did_not, where, reason, extra=extras(delivery))
        way_out = "`/status` shows what failed, `/retry` posts it again."
        if is_channel_gone(error):
            way_out = "Its subscription ended; `/subscribe` begins one in another channel."
        await self._tell(
            delivery.channel_id,
            f"{did_not} {delivery.channel_id} {kind_of_refusal(error)}",
            f"{mark(delivery.id)} {did_not} in <#{delivery.channel_id}>. {reason}",
            way_out,
        )

    async def stands_still(self, channel_id: int) -> None:
        """Tell that nothing has gone to a channel for ten minutes; once a day at most."""
        cause = self._standstill.stands(channel_id)
        if cause is None:
            return
        minutes = STANDSTILL // timedelta(minutes=1)
        log.warning("nothing went to channel %d for %d minutes", channel_id, minutes)
        where = f"<#{channel_id}>" if cause != ALL_STAND_STILL else "many channels"
        told = (
            f"For {minutes} minutes nothing could be posted in {where}. What waits is tried again and again."
        )
        await self._tell(channel_id, cause, told, "The log tells what Discord answers.")

    async def waits(self, delivery: Delivery, problem: str) -> None:
        """Tell why a delivery waits, once for as long as it does."""
        if delivery.id not in self._told:
            self._told.add(delivery.id)
            log.warning("%s waits: %s", about(delivery), problem, extra=extras(delivery))
            cause = f"history hidden {delivery.channel_id}"
            waits = f"Posts wait in <#{delivery.channel_id}>: {problem}"
            await self._tell(delivery.channel_id, cause, waits, "")


def is_follow_up(delivery: Delivery) -> bool:
    """Return whether there is nothing to change in a message, but something to do with it."""
    is_shown = delivery.state is State.SENT and delivery.shown >= delivery.wanted
    return is_shown and bool(delivery.afterwards)


def _did_not(delivery: Delivery) -> str:
    if is_follow_up(delivery):
        return "was not published" if delivery.afterwards[0] == PUBLISH else "got no thread"
    return {State.SENT: "was not edited", State.REMOVING: "was not deleted"}.get(
        delivery.state, "was not posted"
    )
