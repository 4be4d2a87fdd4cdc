"""A text that comes very often: what each further copy costs."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from sqlalchemy import event
from sqlalchemy.engine import Engine

from bot.news.sending.channels import Content, Sent
from storage import articles, deliveries, files, stories
from storage.database import Database
from storage.files import Decision, Outcome
from tests.conftest import Clock, record
from tests.news.newsroom import CHANNEL, Everywhere, posting_over
from tests.news.test_intake import Desk, desk
from tests.news.test_order import FIRST, MORE

__all__ = ["desk"]


class Shown(Everywhere):
    """A channel that keeps what its message shows."""

    content: Content | None = None

    async def send(self, channel_id: int, content: Content, nonce: str) -> Sent:
        assert nonce
        self.content = content
        return Sent(channel_id, channel_id)

    async def edit(self, place_id: int, message_id: int, content: Content) -> None:
        assert message_id == place_id  # as it was given above
        self.content = content


@contextmanager
def statements() -> Iterator[list[str]]:
    """Count what is asked of the history."""
    asked: list[str] = []

    def count(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(Engine, "before_cursor_execute", count)
    try:
        yield asked
    finally:
        event.remove(Engine, "before_cursor_execute", count)


async def copies(database: Database, clock: Clock, begin: int, end: int) -> None:
    """Store so many articles that have the text of the first, each with its file."""
    async with database.write() as connection:
        for number in range(begin, end):
            clock.advance(seconds=1)
            article_id = await articles.add(connection, record(number, stored_at=clock()))
            await stories.place(connection, article_id, story_id=1, duplicate_of=1)
            copy = Decision(Outcome.DUPLICATE, article_id)
            await files.add(connection, number.to_bytes(32), f"{number}.txt", copy, clock())


async def test_a_further_copy_costs_as_much_as_the_second(desk: Desk, clock: Clock) -> None:
    async def once_more(name: str) -> int:
        desk.put(name, (FIRST + MORE).replace("nine months", f"{len(name)} months"))
        with statements() as asked:
            (taken,) = await desk.take_all(name, max_bytes=10_000)
        assert taken.outcome is Outcome.DUPLICATE
        (delivery,) = await queued(desk.database)
        with statements() as shown:
            await posting.edit(delivery)
        return len(asked) + len(shown)

    desk.put("a.txt", FIRST + MORE)
    await desk.take_all("a.txt", max_bytes=10_000)

    async def sleep(_seconds: float) -> None:
        raise AssertionError

    channels = Shown()
    posting = posting_over(channels, desk.database, clock, sleep)
    (delivery,) = await queued(desk.database)
    await posting.send(delivery)
    few = await once_more("near.txt")
    await copies(desk.database, clock, 100, 400)
    clock.advance(seconds=timedelta(days=1).total_seconds())
    assert await once_more("another.txt") == few
    assert channels.content is not None
    (also_in,) = channels.content.embed.fields
    assert (also_in.value or "").splitlines()[-1] == "and 299 more"


async def queued(database: Database) -> list[deliveries.Delivery]:
    async with database.read() as connection:
        found = await deliveries.of_articles(connection, stories.sharing(1))
    assert {one.channel_id for one in found} == {CHANNEL}
    return found
