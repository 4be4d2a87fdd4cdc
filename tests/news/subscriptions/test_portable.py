"""Settings of channels and servers in a file: out of one history, into another, and back."""

from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.clock import utc_now
from bot.errors import StartupError
from bot.moving import export_settings, import_settings
from bot.news.subscriptions.moving import collected, put
from bot.news.subscriptions.portable import Portable
from bot.news.subscriptions.settings_file import BadFile, to_yaml
from bot.news.subscriptions.settings_file import from_yaml as from_bytes
from bot.settings import GivenSettings, Settings
from storage.database import Database
from storage.lock import only_one

WHOLE = """\
gazette: 1
servers:
- id: 300000000000000003
  language: de
  sentences: 4
  method: lexrank
  colour: '#0000ff'
  layout: compact
  entities: false
  subscriptions:
  - channel: https://discord.com/channels/300000000000000003/500000000000000005
    sections: [world, Österreich, "no"]
    times: daily 8:00, 18:30
    zone: Berlin
    length: short
    publish: true
    pictures: yes
    quiet: [22:00, 7:00]
    paused_until: 2026-12-24T08:00:00Z
    filters:
    - {action: exclude, kind: words, text: lottery results}
    - {action: include, kind: pattern, text: 'tax(es)?'}
    pings:
    - {role: '600000000000000006', condition: story, text: 3, pause: 60}
  - channel: 500000000000000006
"""


def from_yaml(text: str) -> Portable:
    return from_bytes(text.encode())


type Open = Callable[[str], Awaitable[Database]]


def settings(folder: Path, name: str = "gazette.db") -> Settings:
    return GivenSettings.model_validate({"database_url": f"sqlite:///{folder / name}"})


async def exported(portable: Portable, path: Path) -> str:
    """Put this into an empty history, and return what that one exports."""
    database = await Database.open(path)
    try:
        await put(database, portable, utc_now)
        return to_yaml(await collected(database))
    finally:
        await database.close()


async def test_what_is_exported_makes_another_history_the_same(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(WHOLE)
    first = settings(tmp_path, "first.db")
    moved = await import_settings(first, file)
    assert (moved.servers, moved.subscriptions) == (1, 2)
    told = await export_settings(first)
    assert "zone: Europe/Berlin" in told
    assert "times: daily 08:00, 18:30" in told
    assert "Österreich" in told
    assert "'no'" in told
    file.write_text(told)
    second = settings(tmp_path, "second.db")
    await import_settings(second, file)
    assert await export_settings(second) == told
    again = await import_settings(second, file)
    assert (again.servers, again.subscriptions) == (0, 0)


async def test_channels_that_a_file_does_not_name_keep_what_they_have(tmp_path: Path) -> None:
    path = tmp_path / "gazette.db"
    await exported(from_yaml(WHOLE), path)
    other = (
        "servers: [{id: 300000000000000003, subscriptions: [{channel: 500000000000000006, zone: Tokyo}]},"
        " {id: 3, subscriptions: [{channel: 7}]}]"
    )
    told = await exported(from_yaml(other), path)
    found = from_yaml(told)
    channels = {(server.id, one.channel): one for server in found.servers for one in server.subscriptions}
    assert channels[300000000000000003, 500000000000000006].zone == "Asia/Tokyo"
    assert channels[300000000000000003, 500000000000000005].filters
    assert (3, 7) in channels


TEXTS = st.text(st.characters(codec="utf-8", exclude_categories=("C", "Z")), min_size=1, max_size=12)
SUBSCRIPTIONS = st.fixed_dictionaries(
    {},
    optional={
        "sections": st.lists(TEXTS, min_size=1, max_size=3, unique=True),
        "times": st.sampled_from(["hourly", "daily 08:00", "mon, thu 07:30", "weekdays 08:00, 13:00"]),
        "zone": st.sampled_from(["UTC", "Europe/Berlin", "America/New_York"]),
        "length": st.sampled_from(["short", "medium", "detailed"]),
        "publish": st.booleans(),
        "pictures": st.booleans(),
        "say_nothing_new": st.booleans(),
        "quiet": st.just(["22:00", "07:00"]),
        "paused_until": st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)).map(  # noqa: DTZ001
            lambda time: time.replace(microsecond=0)
        ),
        "filters": st.lists(
            st.sampled_from(["a b", "no", "yes: 1", "#x", "null", "*x", "Zürich"]), unique=True, max_size=3
        ).map(lambda texts: [{"action": "include", "kind": "section", "text": text} for text in texts]),
    },
)


@given(st.lists(SUBSCRIPTIONS, max_size=3))
def test_a_file_says_what_was_written_into_it(found: list[dict[str, object]]) -> None:
    channels = [{"channel": number, **one} for number, one in enumerate(found, start=1)]
    portable = Portable.model_validate({"servers": [{"id": 5, "subscriptions": channels}]})
    assert from_yaml(to_yaml(portable)) == portable


def one(subscription: str) -> str:
    """Return a file with one subscription."""
    return f"servers: [{{id: 1, subscriptions: [{{channel: 2, {subscription}}}]}}]"


WRONG = """\
servers:
- id: 77
  langage: de
  colour: blue
  layout:
  sentences: 0
  subscriptions:
  - channel: 123456789012345678
    times: weekdays
    zone: Atlantis
    quiet: [22:00, late]
    paused_until: 2026-12-24T08:00:00
    sections: []
    filters:
    - {action: exclude, kind: pattern, text: "("}
    - {action: exclude, kind: words, text: "!"}
    pings:
    - {role: 7, condition: story, text: 1, pause: 60}
    - {role: 7, condition: words}
  - pictures: perhaps
  - channel: 123456789012345678
- id: 77
"""


def test_every_mistake_is_told_at_once_with_its_line() -> None:
    with pytest.raises(BadFile) as caught:
        from_yaml(WRONG)
    told = str(caught.value).splitlines()[1:]
    lines = [int(line.split(":")[0].removeprefix("  line ")) for line in told]
    assert lines == [3, 4, 5, 6, 9, 10, 11, 12, 13, 15, 16, 18, 19, 20, 20, 21, 22]
    assert told[0] == "  line 3: “langage” is not known here: did you mean “language”?"
    assert "“layout” has no value" in told[2]
    assert "“text” is missing" in told[12]
    assert told[-1] == "  line 22: the server 77 stands there twice"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("servers: [{id: 1, colour: red, layout: round}]", "line 1: colour"),
        ("servers: [{id: 1, colour: red, layout: round}]", "line 1: layout"),
        (one("times: sometimes"), "line 1: times"),
        (one("zone: Atlantis"), "no time zone"),
        (one("filters: [{action: include, kind: pattern, text: '('}]"), "a bracket is opened"),
        (one("pings: [{role: 3, condition: story, text: 1}]"), "how many sources"),
        (one("chanel: 3"), "did you mean “channel”?"),
        (one("sections: [a, b, A]"), "section 3 says the same as section 1"),
        (one("sections: ['']"), "a section needs a name"),
        (one("filters: [" + "{action: include, kind: words, text: a}, " * 2 + "]"), "filter 2: That filter"),
        (one("pings: [" + "{role: 3, condition: words, text: a}, " * 2 + "]"), "ping 2 says the same as"),
        ("servers: [{id: 1, colour: #3498DB\n}]", "“colour” has no value"),
        ("servers: [{id: 1, colour: '255'}]", "six digits"),
        ("servers: [{id: 1, subscriptions: [{channel: 2}, {channel: 2}]}]", "channel 2 stands there twice"),
        ("servers: [{id: 1, id: 2}]", "stands here twice"),
        ("a: &x [1]\nb: *x", "aliases"),
        ("servers: [", "no YAML"),
        ("- 1", "the file"),
        ("", "the file"),
        ("gazette: 2", "gazette"),
        ("[" * 5000, "no YAML"),
        ("x" * 4_000_001, "larger than 4 MB"),
    ],
)
def test_a_mistake_in_a_file_is_told_with_its_place(text: str, told: str) -> None:
    with pytest.raises(BadFile) as caught:
        from_yaml(text)
    assert told in str(caught.value)


async def test_nothing_is_changed_by_a_file_with_a_mistake_or_while_a_bot_runs(tmp_path: Path) -> None:
    file = tmp_path / "settings.yaml"
    file.write_text(WHOLE.replace("Berlin", "Atlantis"))
    here = settings(tmp_path)
    with pytest.raises(BadFile):
        await import_settings(here, file)
    assert not here.database_path.exists()
    file.write_text(WHOLE)
    with only_one(here.database_path), pytest.raises(StartupError, match="Stop it first"):
        await import_settings(here, file)
    assert not here.database_path.exists()
