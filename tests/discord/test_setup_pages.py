"""Every page of a set-up fits into Discord's limits, whatever sections there are and whatever was chosen."""

from datetime import time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st
from simcord.components import validate_message_state

from bot.news.digests.digest import Length
from bot.news.sending.permissions import NAMES
from bot.news.times.schedules import Schedule
from bot.render.text import length
from bot.render.words import LANGUAGES
from cogs._setup_draft import ALL, Draft, Step
from cogs._setup_view import finished, page
from tests.conftest import Clock

UTC = ZoneInfo("UTC")
SECTIONS = st.lists(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=150), max_size=30)


@st.composite
def drafts(draw: st.DrawFn) -> Draft:
    draft = Draft(
        language=draw(st.sampled_from(sorted(LANGUAGES))),
        zone=UTC,
        known=draw(SECTIONS),
        step=draw(st.sampled_from(Step)),
        channel_id=draw(st.none() | st.integers(1, 2**63)),
        missing=draw(st.lists(st.sampled_from([*NAMES.values()]), unique=True)),
        sections=draw(st.none() | SECTIONS.map(tuple)),
        is_digest=draw(st.booleans()),
        length=draw(st.sampled_from(Length)),
    )
    draft.schedule = Schedule(UTC, tuple(draw(st.lists(st.times().map(_minute), max_size=24))))
    draft.choose_zone(
        draw(st.sampled_from(["Europe/Lisbon", "America/Argentina/ComodRivadavia"]).map(ZoneInfo))
    )
    return draft


def _minute(at: time) -> time:
    return time(at.hour, at.minute)


@given(drafts())
def test_every_page_fits(draft: Draft) -> None:
    shown = page(draft, "setup:0123456789abcdef:999999:", Clock()(), 2**63)
    for embed in (shown["embed"], finished(draft, Clock()())["embed"]):
        assert length(embed.description) <= 4096
        assert all(0 < length(field.value) <= 1024 for field in embed.fields)
        assert len(embed) <= 6000
    rows = validate_message_state(
        shown["view"].to_components(), flags=0, content=None, embeds=[shown["embed"].to_dict()]
    )
    options = [option for row in rows for item in row["components"] for option in item.get("options", ())]
    assert all(0 < length(option["label"].strip()) <= 100 for option in options)


@given(drafts(), st.data())
def test_what_is_ticked_is_chosen(draft: Draft, data: st.DataObject) -> None:
    offered = draft.offered
    values = [ALL, *map(str, range(len(offered)))]
    ticked = data.draw(st.lists(st.sampled_from(values), min_size=1, unique=True))
    named = [offered[int(value)] for value in ticked if value != ALL]
    had_all = draft.sections is None
    draft.choose_sections(ticked)
    if ALL not in ticked or (had_all and named):
        assert list(draft.sections or ()) == named
    else:
        assert draft.sections is None
