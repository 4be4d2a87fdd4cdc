"""Which articles may be shown to somebody who sees only some of the channels."""

from collections.abc import Collection

from sqlalchemy import ColumnElement, and_, exists, not_, or_, select

from storage.connection import Connection
from storage.deliveries import State
from storage.schema import articles, deliveries

MOST_LOOKED_AT = 5000
"""Of the newest articles, how many are looked at to find those that somebody sees: a server that sees few of
a million must not have all of them read for each letter that is typed."""

type Channels = Collection[int] | None
"""The channels that somebody sees; ``None`` if nothing is hidden from them."""


def seen_in(channels: Collection[int]) -> ColumnElement[bool]:
    """Return whether an article, or the one whose text it repeats, stands in or goes to these channels.

    A copy that goes nowhere itself is shown as "Also in" on the post of the first.
    """
    return or_(_goes_to(articles.c.id, channels), _goes_to(articles.c.duplicate_of, channels))


def shown_in(channels: Channels) -> ColumnElement[bool]:
    """Return whether an article is the one of its text to show to somebody who sees these channels.

    That is the first. If the first goes to none of the channels, it is each copy that does.
    """
    is_first = articles.c.duplicate_of.is_(None)
    if channels is None:
        return is_first
    goes = _goes_to(articles.c.id, channels)
    return and_(goes, or_(is_first, not_(_goes_to(articles.c.duplicate_of, channels))))


async def may_be_seen(connection: Connection, article_id: int, channels: Channels) -> bool:
    """Return whether an article may be shown to somebody who sees these channels."""
    if channels is None:
        return True
    query = select(exists().where(articles.c.id == article_id, seen_in(channels)))
    return bool((await connection.execute(query)).scalar())


def _goes_to(article_id: ColumnElement[int | None], channels: Collection[int]) -> ColumnElement[bool]:
    return exists().where(
        deliveries.c.article_id == article_id,
        # With the bare column SQLite looks each article up in each of the channels, and a server has many.
        (deliveries.c.channel_id + 0).in_(channels),
        deliveries.c.state.not_in([State.REMOVING, State.REMOVED]),
    )
