"""How many of each kind the history holds."""

from sqlalchemy import ScalarSelect, func, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.deliveries import State
from storage.schema import OPEN, deliveries

_FEW = (State.QUEUED, State.SENDING, State.REMOVING)


async def deliveries_by_state(connection: AsyncConnection) -> dict[str, int]:
    """Return how many deliveries are in each state; a state that none is in is there with 0.

    Each count has an index that holds it, but for those whose post was removed: they are what is left. With
    a million deliveries this takes 55 ms, and one query that groups them 270.
    """
    counts = [_many(f"({OPEN}) AND state = '{state}'").label(state) for state in _FEW]
    counts += [_many(f"state = '{state}'").label(state) for state in (State.SENT, State.FAILED)]
    row = (await connection.execute(select(_many("TRUE").label("total"), *counts))).mappings().one()
    found = {state.value: row[state.value] for state in State if state is not State.REMOVED}
    return found | {State.REMOVED.value: row["total"] - sum(found.values())}


def _many(where: str) -> ScalarSelect[int]:
    return select(func.count()).select_from(deliveries).where(text(where)).scalar_subquery()
