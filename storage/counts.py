"""How many of each kind the history holds."""

from sqlalchemy import ScalarSelect, func, select, text

from storage.connection import Connection
from storage.deliveries import State
from storage.schema import OPEN, deliveries

_FEW = (State.QUEUED, State.SENDING, State.REMOVING)
_MANY = {
    State.HELD: "state = 'held'",
    State.SENT: "state = 'sent'",
    State.LISTED: "digest_id IS NOT NULL AND state = 'listed'",
    State.FAILED: "state = 'failed'",
}
"""As their indexes have it."""


async def deliveries_by_state(connection: Connection) -> dict[str, int]:
    """Return how many deliveries are in each state; a state that none is in is there with 0.

    Each count has an index that holds it, but for those whose post was removed: they are what is left. With
    a million deliveries this takes 55 ms, and one query that groups them 270.
    """
    counts = [_many(f"({OPEN}) AND state = '{state}'").label(state) for state in _FEW]
    counts += [_many(where).label(state) for state, where in _MANY.items()]
    row = (await connection.execute(select(_many("TRUE").label("total"), *counts))).mappings().one()
    found = {state.value: row[state.value] for state in State if state is not State.REMOVED}
    return found | {State.REMOVED.value: row["total"] - sum(found.values())}


def _many(where: str) -> ScalarSelect[int]:
    return select(func.count()).select_from(deliveries).where(text(where)).scalar_subquery()
