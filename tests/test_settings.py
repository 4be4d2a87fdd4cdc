from pathlib import Path

import pytest

from bot.analysis.analysis import Method
from bot.errors import SettingsError
from bot.settings import GivenSettings, RunSettings, Settings, load_settings
from tests.pages import PAGES

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.Gabcde.a-secret-that-nobody-may-see"


@pytest.fixture(autouse=True)
def _only_the_settings_of_the_test(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_there_are_sensible_ones() -> None:
    settings = load_settings(Settings)
    assert (settings.summary_sentences, settings.summary_method) == (3, Method.BALANCED)
    assert settings.database_path == Path("data/gazette.db")
    assert settings.max_file_bytes == 10_000_000


def test_settings_come_from_env_file_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("SUMMARY_SENTENCES=5\nWORKERS=2\n")
    monkeypatch.setenv("WORKERS", "4")
    settings = load_settings(Settings)
    assert (settings.summary_sentences, settings.workers) == (5, 4)


def test_every_mistake_is_told_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    wrong = {
        "SUMMARY_SENTENCES": "0",
        "SUMMARY_METHOD": "guess",
        "WORKERS": "many",
        "SPACY_MODELS": "de",
        "LOG_LEVEL": "LOUD",
        "DIGEST_CHANNEL_ID": "news",
    }
    for name, value in wrong.items():
        monkeypatch.setenv(name, value)
    with pytest.raises(SettingsError) as caught:
        load_settings(RunSettings)
    told = str(caught.value)
    for name, value in wrong.items():
        assert f"{name}={value}" in told
    assert "DISCORD_TOKEN is not set" in told


def test_a_password_in_an_address_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://somebody:pass-word@somewhere")
    with pytest.raises(SettingsError, match="DATABASE_URL is not right") as caught:
        load_settings(Settings)
    assert "pass-word" not in str(caught.value)


def test_a_settings_file_that_is_no_text_is_told(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes("WORKERS=2".encode("utf-16"))
    with pytest.raises(SettingsError, match=r"\.env cannot be read"):
        load_settings(Settings)


def test_blanks_around_the_token_do_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", f" {TOKEN}\n")
    token = load_settings(Settings).discord_token
    assert token is not None
    assert token.get_secret_value() == TOKEN


def test_a_setting_that_is_empty_is_not_set(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", "")
    monkeypatch.setenv("DIGEST_CHANNEL_ID", "1")
    with pytest.raises(SettingsError, match="DISCORD_TOKEN is not set"):
        load_settings(RunSettings)


def test_the_token_stands_in_no_repr_and_no_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DISCORD_TOKEN", TOKEN)
    assert TOKEN not in repr(load_settings(Settings))
    assert TOKEN not in str(load_settings(Settings))
    with pytest.raises(SettingsError) as caught:
        load_settings(RunSettings)
    assert TOKEN not in str(caught.value)


def test_models_are_named_by_language(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SPACY_MODELS", "DE=de_core_news_md, fr=fr_core_news_md")
    assert load_settings(Settings).spacy_models == {"de": "de_core_news_md", "fr": "fr_core_news_md"}


@pytest.mark.parametrize("path", PAGES)
def test_the_pages_are_those_of_the_settings(path: Path) -> None:
    assert path.read_text(encoding="utf-8") == PAGES[path](), "python -m tests.pages writes them anew"


def test_every_setting_is_explained() -> None:
    assert all(field.description for field in Settings.model_fields.values())


def test_the_example_explains_every_setting_and_holds_the_defaults() -> None:
    lines = (Path(__file__).parents[1] / ".env.example").read_text().splitlines()
    values = dict(
        line.lstrip("#").split("=", 1) for line in lines if "=" in line and not line.startswith("# ")
    )
    assert set(values) == {name.upper() for name in Settings.model_fields}
    defaults = {name: value for name, value in values.items() if value}
    from_example = GivenSettings.model_validate({name.lower(): value for name, value in defaults.items()})
    assert from_example == GivenSettings.model_validate({})
