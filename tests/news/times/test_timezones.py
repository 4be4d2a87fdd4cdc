"""Time zones are found by the names that people know."""

from importlib.resources import files
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.news.times.timezones import SHOWN, UnknownZone, title_of, zone_named, zones

OLD = {"Asia/Calcutta", "Europe/Kiev", "US/Pacific", "GB", "Asia/Saigon", "America/Buenos_Aires", "Singapore"}


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("berlin", "Europe/Berlin"),
        ("Ber", "Europe/Berlin"),
        ("new y", "America/New_York"),
        ("york", "America/New_York"),
        ("são", "America/Sao_Paulo"),
        ("sao paulo", "America/Sao_Paulo"),
        ("germany", "Europe/Berlin"),
        ("india", "Asia/Kolkata"),
        ("united st", "America/New_York"),
        ("us", "America/New_York"),
        ("united kingdom", "Europe/London"),
        ("pacific", "America/Los_Angeles"),
        ("queensland", "Australia/Brisbane"),
        ("PST", "America/Los_Angeles"),
        ("est", "America/New_York"),
        ("gmt", "UTC"),
        ("calcutta", "Asia/Kolkata"),
        ("kiev", "Europe/Kyiv"),
        ("us/pacific", "America/Los_Angeles"),
        ("munich", "Europe/Berlin"),
        ("lord how", "Australia/Lord_Howe"),
        ("asia/kath", "Asia/Kathmandu"),
    ],
)
def test_a_city_a_country_and_an_old_name_find_the_zone_by_its_present_name(typed: str, first: str) -> None:
    assert zones(typed)[0] == first


@given(st.text(max_size=12) | st.text("aeinorst/ _", max_size=4))
def test_choices_are_few_different_and_exist(typed: str) -> None:
    found = zones(typed)
    assert len(found) == len(set(found)) <= SHOWN
    assert not OLD & set(found)
    assert all(zone_named(name).key == name for name in found)


def test_with_nothing_typed_the_world_is_offered() -> None:
    assert len(zones("")) == SHOWN
    assert zones("")[0] == "UTC"
    assert len({name.split("/")[0] for name in zones("  ")}) > 5


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("europe/BERLIN", "Europe/Berlin"),
        ("Berlin", "Europe/Berlin"),
        ("Asia/Calcutta", "Asia/Kolkata"),
        ("America/Argentina/Buenos Aires", "America/Argentina/Buenos_Aires"),
        ("Etc/GMT-5", "Etc/GMT-5"),
        ("Etc/UTC", "UTC"),
        ("oslo", "Europe/Oslo"),
    ],
)
def test_a_zone_is_known_by_each_of_its_names(typed: str, name: str) -> None:
    assert zone_named(typed) == ZoneInfo(name)


def test_every_zone_of_the_database_is_known() -> None:
    names = set(files("tzdata").joinpath("zones").read_text("utf-8").split()) - {"Factory"}
    assert {zone_named(name).key for name in names} <= names


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("berln", "“berln” is no time zone: did you mean Europe/Berlin?"),
        ("munich", "“munich” is no time zone: did you mean Europe/Berlin?"),
        ("Gotham", "“Gotham” is no time zone: type a large city or a country, for example Berlin."),
        (
            "../../etc/passwd",
            "“../../etc/passwd” is no time zone: type a large city or a country, for example Berlin.",
        ),
        (" ", "No time zone is named: type a large city or a country, for example Berlin."),
    ],
)
def test_an_unknown_one_is_explained(typed: str, told: str) -> None:
    with pytest.raises(UnknownZone) as refused:
        zone_named(typed)
    assert str(refused.value) == told


def refusal(typed: str) -> str:
    try:
        zone_named(typed)
    except UnknownZone as error:
        return str(error)
    return ""


@given(st.text())
def test_whatever_is_typed_is_a_zone_or_a_short_sentence(typed: str) -> None:
    sentence = refusal(typed)
    assert len(sentence) < 250
    assert "\n" not in sentence


def test_a_zone_is_called_by_its_city() -> None:
    assert title_of(ZoneInfo("America/Argentina/Buenos_Aires")) == "Buenos Aires"
    assert title_of(ZoneInfo("UTC")) == "UTC"
