"""Every setting, typed and checked, read once from the environment and ``.env``."""

import os
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, NoDecode, PydanticBaseSettingsSource, SettingsConfigDict

from bot.analysis.analysis import Method
from bot.channel_ids import HOW_TO_COPY, LARGEST, channel_id_in
from bot.env_file import ENV_FILE, slips
from bot.errors import SettingsError
from bot.glibc import forget_variable
from bot.render.text import cut, one_line

SQLITE = "sqlite:///"

ANY_SERVER = "any"

ID_DIGITS = 20
"""Of an id of Discord's, at most."""

WHERE_TO_GET = {
    "discord_token": "copy it from your application's Bot page in the Discord developer portal",
    "digest_channel_id": HOW_TO_COPY[0].lower() + HOW_TO_COPY[1:].rstrip("."),
}


def one_word(token: str) -> str:
    """Return a token without blanks around it. Raises ``ValueError`` if it cannot be one.

    Anything else ends in a traceback: a header of HTTP cannot hold it.
    """
    token = token.strip()
    if not (token.isascii() and token.isprintable()) or " " in token:
        raise ValueError(
            "one word of letters, digits and signs, without a blank or a line break in it; "
            f"{WHERE_TO_GET['discord_token']}"
        )
    return token


def _channel_id(value: object) -> object:
    """Return the channel that a text names; anything else as it is."""
    if not isinstance(value, str):
        return value
    found = channel_id_in(value)
    if found is None:
        raise ValueError(HOW_TO_COPY)
    return found


ChannelId = Annotated[int, BeforeValidator(_channel_id), Field(gt=0, le=LARGEST)]

IN_WORDS = {
    "bool_parsing": "on or off",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_parsing": "a number",
}
"""What a setting must be, by the type of pydantic's error, if its own words are for programmers."""

LONGEST_SHOWN = 100
"""Characters of a value that is wrong."""


_SECRET = frozenset({"discord_token", "database_url"})
"""What may hold a password is not shown, even where it is wrong."""


class Settings(BaseSettings):
    """What an operator can set. The names in the environment are these in upper case.

    What stands below each is what people read: ``docs/settings.md`` and ``.env.example`` are made from it.
    """

    model_config = SettingsConfigDict(
        env_file=ENV_FILE,
        extra="ignore",
        frozen=True,
        env_ignore_empty=True,
        use_attribute_docstrings=True,
    )

    discord_token: SecretStr | None = None
    """The token of your bot, from the Bot page of your application in the Discord developer portal. Keep
    it secret: it stands in no log.
    """
    digest_channel_id: ChannelId | None = None
    """The channel that gets every article at once, until /setup or /subscribe says otherwise in Discord.
    It counts while no channel has a subscription. Its ID, or a link to it.
    """
    operators_channel_id: ChannelId | None = None
    """The channel where operators are told what needs them. Without it the owner of the application is
    told, by direct message.
    """
    servers: Annotated[frozenset[int] | Literal["any"] | None, NoDecode] = None
    """Which servers may use the bot beside those of the two channels above: ids with commas between them
    (right-click the server's name, Copy Server ID), or any. Without it also those that had a
    subscription before this setting came. The bot leaves any other.
    """
    articles_dir: Path = Path("inbox")
    """The folder that is watched. A subfolder of it is a section: inbox/world/a.txt is in section world."""
    database_url: str = "sqlite:///data/gazette.db"
    """The file that holds the history: what was read, what was posted."""
    burst_limit: Annotated[int, Field(ge=0, le=1000)] = 10
    """If more articles than this wait for one channel, they come as a digest instead of single posts. 0 is
    never.
    """
    history_days: Annotated[int, Field(ge=0, le=36_500)] = 0
    """After how many days the text of an article is removed from the history; it is recognised all the
    same. 0 is never. Nothing is removed unless Discord says that the clock is right.
    """
    backups_kept: Annotated[int, Field(ge=0, le=365)] = 7
    """How many nightly backups lie beside the history, each as large as it. None is older than so many
    days. 0 is off.
    """
    summary_sentences: Annotated[int, Field(ge=1, le=10)] = 3
    """How many sentences a summary has, 1 to 10."""
    summary_method: Method = Method.BALANCED
    """How they are chosen: balanced, lexrank, textrank, luhn, lsa, edmundson or reduction."""
    entities: bool = True
    """Whether people, organisations and places are found: on or off. Off saves memory, as the model is not
    loaded.
    """
    spacy_models: Annotated[dict[str, str], NoDecode] = {}
    """Installed spaCy models for languages other than English: de=de_core_news_md,fr=fr_core_news_md."""
    workers: Annotated[int, Field(ge=1, le=32)] = 1
    """How many files are read at a time, each in a process of its own."""
    worker_memory_mb: Annotated[int, Field(ge=512, le=65536)] = 2048
    """The memory that one such process may ask for, in MB (address space; on Linux)."""
    file_seconds: Annotated[float, Field(ge=1, le=600)] = 20
    """The time that reading one file may take, in seconds."""
    max_file_mb: Annotated[float, Field(gt=0, le=100)] = 10
    """The largest file that is read, in MB."""
    settle_seconds: Annotated[float, Field(gt=0, le=600)] = 1
    """A file is read once it has not changed for this many seconds."""
    rescan_seconds: Annotated[float, Field(ge=1, le=86400)] = 60
    """How often the folder is looked through anew, in seconds, for what the system did not report."""
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = "INFO"
    """How much the log tells: DEBUG, INFO, WARNING or ERROR."""
    log_format: Literal["text", "json"] = "text"
    """How the log is written: text, a line for people, or json, an object a line for programs."""
    metrics_port: Annotated[int, Field(ge=0, le=65535)] = 0
    """The port on which Prometheus can fetch metrics, at /metrics. 0 is off."""
    metrics_host: str = "127.0.0.1"
    """The address that it listens on. Whoever can reach it can read the metrics: 127.0.0.1 is this machine
    alone.
    """

    @field_validator("log_level", mode="before")
    @classmethod
    def _any_case(cls, value: object) -> object:
        return value.upper() if isinstance(value, str) else value

    @field_validator("log_format", mode="before")
    @classmethod
    def _any_case_of_format(cls, value: object) -> object:
        return value.lower() if isinstance(value, str) else value

    @field_validator("discord_token", mode="before")
    @classmethod
    def _one_word(cls, value: object) -> object:
        return one_word(value) if isinstance(value, str) else value

    @field_validator("servers", mode="before")
    @classmethod
    def _any_or_ids(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        names = value.lower().replace(",", " ").split()
        if names == [ANY_SERVER]:
            return ANY_SERVER
        if not names or not all(
            name.isascii() and name.isdigit() and len(name) <= ID_DIGITS for name in names
        ):
            raise ValueError("ids of servers with commas between them, or any")
        return frozenset(map(int, names))

    @field_validator("articles_dir")
    @classmethod
    def _from_home(cls, value: Path) -> Path:
        return value.expanduser()

    @field_validator("database_url")
    @classmethod
    def _a_sqlite_file(cls, value: str) -> str:
        if not value.startswith(SQLITE) or value == SQLITE:
            raise ValueError(f"{SQLITE} and the path of a file, for example {SQLITE}data/gazette.db")
        return value

    @field_validator("spacy_models", mode="before")
    @classmethod
    def _language_and_model(cls, value: object) -> object:
        if not isinstance(value, str):
            return value
        pairs = [pair.partition("=") for pair in value.replace(" ", "").split(",") if pair]
        if any(not language or not model for language, _, model in pairs):
            raise ValueError("a list like de=de_core_news_md,fr=fr_core_news_md")
        return {language.lower(): model for language, _, model in pairs}

    @property
    def database_path(self) -> Path:
        """The history's file."""
        return Path(self.database_url.removeprefix(SQLITE))

    @property
    def max_file_bytes(self) -> int:
        """The largest file that is read, in bytes."""
        return int(self.max_file_mb * 1_000_000)


class RunSettings(Settings):
    """The settings of a bot that logs in: here the token and the channel must be set."""

    discord_token: SecretStr
    digest_channel_id: ChannelId


class GivenSettings(Settings):
    """Settings that come from the program alone, whatever the environment says."""

    @classmethod
    def settings_customise_sources(  # type: ignore[override]  # the sources left out need no names
        cls,
        settings_cls: type[BaseSettings],  # noqa: ARG003 (pydantic-settings names it)
        init_settings: PydanticBaseSettingsSource,
        **_: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Read what is given, and nothing else."""
        return (init_settings,)


def load_settings[Kind: Settings](kind: type[Kind]) -> Kind:
    """Return the settings from the environment and ``.env`` in this folder.

    The token is taken out of the environment: no process that reads hostile files shall have it there.
    Raises ``SettingsError`` that tells every mistake at once and never shows the token's value.
    """
    try:
        settings = kind()
    except (UnicodeDecodeError, OSError) as error:
        raise _unreadable(error) from error
    except ValidationError as error:
        mistakes = [*_mistakes(error).values(), *slips(kind.model_fields)]
    else:
        _hide_the_token()
        return settings
    head = "The settings in the environment or .env need a correction:"
    raise SettingsError("\n".join([head, *(f"  {line}" for line in mistakes)]))


def load_what_is_right() -> tuple[Settings, dict[str, str]]:
    """Return the settings with defaults in the place of what is wrong, and a sentence for each that is.

    The sentences are by the settings' fields. Raises ``SettingsError`` if ``.env`` cannot be read.
    """
    mistakes: dict[str, str] = {}
    try:
        settings = Settings()
    except (UnicodeDecodeError, OSError) as error:
        raise _unreadable(error) from error
    except ValidationError as error:
        mistakes = _mistakes(error)
        defaults = {field: Settings.model_fields[field].default for field in mistakes}
        settings = Settings(**defaults)
    _hide_the_token()
    return settings, mistakes


def _unreadable(error: Exception) -> SettingsError:
    return SettingsError(f"The file {ENV_FILE} cannot be read as UTF-8 text: {error}.")


def _hide_the_token() -> None:
    for name in [name for name in os.environ if name.lower() == "discord_token"]:
        forget_variable(name)


def not_set(field: str) -> str:
    """Return the sentence that tells that a setting is missing, and where its value is found."""
    return f"{field.upper()} is not set: {WHERE_TO_GET[field]}."


def _mistakes(error: ValidationError) -> dict[str, str]:
    """Return a sentence for each setting that is wrong, by its field."""
    return {
        field: _mistake(field, one["type"], one["msg"], one["input"])
        for one in error.errors()
        for field in [str(one["loc"][0])]
    }


def _mistake(field: str, error_type: str, message: str, value: object) -> str:
    if error_type == "missing":
        return not_set(field)
    shown = "" if field in _SECRET else f"={cut(one_line(str(value)), LONGEST_SHOWN)}"
    if message.endswith(HOW_TO_COPY):
        return f"{field.upper()}{shown} is no channel ID. {HOW_TO_COPY}"
    what = message.removeprefix("Value error, ").removeprefix("Input should be ").partition(", unable")[0]
    what = IN_WORDS.get(error_type, what).replace("a valid", "a")
    return f"{field.upper()}{shown} is not right: it must be {what}."
