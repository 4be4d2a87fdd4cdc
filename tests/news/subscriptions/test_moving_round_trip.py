"""What is exported, imported into an empty history and exported again, is the same file."""

import asyncio
import shutil
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.analysis.analysis import Method
from bot.clock import utc_now
from bot.errors import GazetteError
from bot.news.digests.digest import Length
from bot.news.subscriptions.filter_text import filter_of, key
from bot.news.subscriptions.filters import Action, Filter, Kind, folded
from bot.news.subscriptions.moving import Moved, collected, put
from bot.news.subscriptions.pinging import ping_key
from bot.news.subscriptions.pings import Condition, PingRule, ping_rule
from bot.news.subscriptions.portable import Portable
from bot.news.subscriptions.settings_file import from_yaml, to_yaml
from bot.render.look import Layout
from bot.render.words import LANGUAGES
from storage.database import Database

IDS = st.integers(1, 2**63 - 1)
HARD = [
    "no",
    "22:00",
    "null",
    "~",
    "1e3",
    "- a",
    "a: b",
    "# no",
    "'\"",
    "*a",
    "é\u2028é",
    "0x1F",
    "<<",
    "a " * 50,
]
TEXTS = st.text(min_size=1, max_size=30) | st.sampled_from(HARD)


def filter_typed(action: Action, kind: Kind, text: str) -> Filter | None:
    try:
        return filter_of(action, kind, "fr" if kind is Kind.LANGUAGE else text)
    except GazetteError:
        return None


def ping_typed(role: int, condition: Condition, text: str, pause: int) -> PingRule | None:
    try:
        return ping_rule(0, role, condition, "3" if condition is Condition.STORY else text, pause)
    except GazetteError:
        return None


FILTERS = st.lists(
    st.builds(filter_typed, st.sampled_from(Action), st.sampled_from(Kind), TEXTS), max_size=5
).map(lambda some: list({key(one): one for one in some if one}.values()))
PINGS = st.lists(
    st.builds(ping_typed, IDS, st.sampled_from(Condition), TEXTS, st.integers(0, 10_080)), max_size=3
).map(lambda some: list({ping_key(one): one for one in some if one}.values()))


def subscription(**values: Any) -> dict[str, Any]:  # noqa: ANN401
    names = ("action", "kind", "text")
    values["filters"] = [{name: getattr(one, name) for name in names} for one in values["filters"]]
    values["pings"] = [
        {"role": one.role_id, "condition": one.condition, "text": one.text, "pause": one.pause}
        for one in values["pings"]
    ]
    return values


SUBSCRIPTIONS = st.builds(
    subscription,
    channel=IDS,
    sections=st.none() | st.lists(TEXTS.filter(folded), min_size=1, max_size=3, unique_by=folded),
    times=st.sampled_from([None, "hourly", "daily 00:00, 23:59", "mon, thu 07:30", "weekends 12:00"]),
    zone=st.sampled_from(["UTC", "Europe/Berlin", "Asia/Kolkata"]),
    length=st.sampled_from(Length),
    publish=st.booleans(),
    pictures=st.booleans(),
    say_nothing_new=st.booleans(),
    quiet=st.sampled_from([None, ["22:00", "07:00"], ["00:00", "00:00"]]),
    paused_until=st.sampled_from([None, "2026-12-24T08:00:00Z", "2026-12-24T08:00:00.25Z"]),
    filters=FILTERS,
    pings=PINGS,
)
SOME = st.lists(SUBSCRIPTIONS, min_size=1, max_size=2, unique_by=lambda one: one["channel"])
SERVERS = st.fixed_dictionaries(
    {
        "id": IDS,
        "subscriptions": st.lists(
            SUBSCRIPTIONS, min_size=1, max_size=2, unique_by=lambda one: one["channel"]
        ),
    },
    optional={
        "language": st.sampled_from(list(LANGUAGES)),
        "sentences": st.integers(1, 10),
        "method": st.sampled_from(Method),
        "colour": st.integers(0, 0xFFFFFF),
        "layout": st.sampled_from(Layout),
        "entities": st.booleans(),
    },
)


def each_once(found: list[dict[str, Any]]) -> Portable:
    """Return the servers with no channel in two of them."""
    seen: set[int] = set()
    for server in found:
        server["subscriptions"] = [one for one in server["subscriptions"] if one["channel"] not in seen]
        seen.update(one["channel"] for one in server["subscriptions"])
    return Portable.model_validate({"servers": [server for server in found if server["subscriptions"]]})


@settings(max_examples=40)
@given(st.lists(SERVERS, max_size=2, unique_by=lambda server: server["id"]).map(each_once))
def test_a_file_comes_out_of_a_history_as_it_went_in(empty: Path, whole: Portable) -> None:
    async def through_a_history(portable: Portable) -> str:
        path = empty.with_name("gazette.db")
        shutil.copy(empty, path)
        database = await Database.open(path)
        try:
            await put(database, portable, utc_now)
            assert await put(database, portable, utc_now) == Moved(0, 0)
            return to_yaml(await collected(database))
        finally:
            await database.close()

    told = asyncio.run(through_a_history(whole))
    assert asyncio.run(through_a_history(from_yaml(told.encode()))) == told
    by_number = {one.id: one for one in from_yaml(told.encode()).servers}
    assert by_number == {one.id: one for one in whole.servers}


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("histories") / "empty.db"

    async def make() -> None:
        await (await Database.open(path)).close()

    asyncio.run(make())
    return path
