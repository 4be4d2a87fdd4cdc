"""The command line. Each command imports what it needs, so that ``--help`` is there at once."""

from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from bot.analysis.analysis import Method

if TYPE_CHECKING:
    from bot.files import FileResult
    from bot.news.operations import Operations
    from bot.settings import Settings

app = typer.Typer(
    name="gazette",
    help="A Discord bot that posts digests of the articles in a folder.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)


def _version(asked: bool) -> None:
    if asked:
        from bot.version import version

        typer.echo(f"gazette {version()}")
        raise typer.Exit


Json = Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")]
Files = Annotated[list[str], typer.Argument(metavar="FILE...", help="Files to read; - is standard input.")]
Sentences = Annotated[int | None, typer.Option(min=1, max=10, help="How many sentences.")]
MethodOption = Annotated[Method | None, typer.Option(help="How the sentences are chosen.")]


@app.callback()
def _program(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version.")
    ] = False,
) -> None:
    """Take what stands before a command."""


def _run[T](work: Coroutine[Any, Any, T]) -> T:
    """Return what the work returns."""
    import asyncio  # a tenth of a second

    return asyncio.run(work)


@app.command()
def run() -> None:
    """Run the bot until Ctrl-C."""
    from bot import logs
    from bot.run import run as run_bot
    from bot.settings import RunSettings, load_settings

    settings = load_settings(RunSettings)
    logs.set_up(settings.log_level, settings.log_format, settings.discord_token.get_secret_value())
    _run(run_bot(settings))


@app.command()
def init() -> None:
    """Ask for the token and the channel, see both in Discord, and write .env."""
    import getpass
    import sys

    from bot.init import Terminal
    from bot.init import init as begin
    from bot.printing import print_finding, print_line

    def hidden(question: str) -> str:
        return getpass.getpass(question) if sys.stdin.isatty() else input(question)

    begin(Terminal(ask=input, ask_hidden=hidden, tell=print_line, found=print_finding))


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="The page's port; 0 takes a free one.")] = 0,
    once: Annotated[bool, typer.Option("--once", help="Print the posts and end.")] = False,
) -> None:
    """Show Gazette at work on a page in the browser, without Discord."""
    from bot.demo.run import run_demo

    _run(run_demo(port, once=once))


@app.command()
def check() -> None:
    """Look for what is missing or wrong before the bot runs."""
    from bot.check import check as findings
    from bot.invitation import invitation_of
    from bot.printing import print_finding, print_line
    from bot.settings import load_what_is_right

    settings, mistakes = load_what_is_right()
    _tell_errors(settings)

    async def look() -> bool:
        fine = True
        async for finding in findings(settings, mistakes):
            print_finding(finding)
            fine = fine and finding.fine
        return fine

    fine = _run(look())
    token = settings.discord_token
    link = None if token is None else invitation_of(token.get_secret_value())
    if link is not None:
        print_line(f"\nThis link invites the bot with exactly the permissions it needs:\n{link}")
    raise typer.Exit(0 if fine else 1)


@app.command("import")
def import_(
    directory: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to read.")],
    as_json: Json = False,
) -> None:
    """Read a folder into the history without posting anything."""
    from bot.importing import import_folder
    from bot.news.intake import Taken
    from bot.news.pipeline import Unreadable
    from bot.printing import Progress, print_imported, print_json, print_not_taken

    def told(total: int, news: Taken | Unreadable) -> None:
        progress.step(total)
        if isinstance(news, Unreadable):
            print_not_taken(news.file.name, news.problem)
        elif news.reason is not None:
            print_not_taken(news.name, news.reason)

    settings = _settings()
    with Progress("Reading") as progress:
        imported = _run(import_folder(settings, directory, told))
    if as_json:
        wanted = ("files", "articles", "duplicates", "refused", "known", "unreadable", "seconds")
        print_json({name: getattr(imported, name) for name in wanted})
    else:
        print_imported(imported)
    if imported.unreadable:
        raise typer.Exit(1)


@app.command()
def backup(
    file: Annotated[Path | None, typer.Argument(metavar="FILE", help="Where to write the copy.")] = None,
    forget: Annotated[
        bool, typer.Option("--forget", help="Instead remove the copies beside the history.")
    ] = False,
) -> None:
    """Write a consistent copy of the history, also while the bot runs.

    With --forget remove the nightly backups, and the copies from before updates: all that Gazette made.
    """
    import sqlite3

    from bot.errors import StartupError
    from bot.printing import print_line
    from storage.backup import back_up
    from storage.nightly import forget_backups

    history = _settings().database_path
    if (file is None) != forget:
        raise StartupError("Name either a FILE to write the copy to, or --forget.")
    try:
        if file is None:
            for path in forget_backups(history):
                print_line(f"Removed {path}.")
            print_line("Beside the history lies no backup that Gazette made.")
        else:
            back_up(history, file)
            print_line(f"The history was copied to {file}.")
    except (OSError, sqlite3.Error) as error:
        raise StartupError(f"That could not be done: {error}.") from error


moving = typer.Typer(help="Carry what channels get and servers chose to another installation.")
app.add_typer(moving, name="settings")


@moving.command("export")
def export_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="The file to write; - is standard output.")],
) -> None:
    """Write subscriptions, filters, pings and what servers chose as one YAML file."""
    from bot.moving import export_settings, write_settings
    from bot.printing import print_line

    told = _run(export_settings(_settings()))
    if str(file) == "-":
        typer.echo(told, nl=False)
        return
    write_settings(told, file)
    print_line(f"The settings are in {file}.")


@moving.command("import")
def import_settings_(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A file that gazette settings export wrote.")],
) -> None:
    """Let channels and servers have what a file says; the bot must not run.

    Channels that it does not name keep what they have.
    """
    from bot.moving import import_settings
    from bot.printing import print_line
    from bot.render.text import counted

    moved = _run(import_settings(_settings(), file))
    subscriptions = counted(moved.subscriptions, "subscription")
    print_line(f"Changed: {subscriptions}, the settings of {counted(moved.servers, 'server')}.")


@app.command()
def status(as_json: Json = False) -> None:
    """Show what waits, what was sent in the last 24 hours, and what failed and why.

    Ends with 1 if a bot was not stopped and gives no sign of life, or is connected and delivers nothing.
    """
    from bot.printing import print_json, print_line
    from bot.render.operations import status_json, status_lines

    found = _run(_operate(lambda operations: operations.status()))
    if as_json:
        print_json(status_json(found))
    else:
        print_line("\n".join(status_lines(found)))
    if found.silent or (found.heartbeat is not None and found.heartbeat.vitals.is_stuck):
        raise typer.Exit(1)


@app.command()
def why(
    what: Annotated[
        str, typer.Argument(metavar="MARK|PATH", help="A post, as #k3f9, or a file of the folder.")
    ],
) -> None:
    """Show what became of an article or a file, and why."""
    from bot.printing import print_line
    from bot.render.operations import way_lines

    mark, path = (what, None) if what.startswith("#") else (None, what)
    for line in way_lines(_run(_operate(lambda operations: operations.why(article=mark, path=path)))):
        print_line(line)


@app.command()
def retry(
    what: Annotated[
        str | None,
        typer.Argument(metavar="[MARK|PATH]", help="One post, as #k3f9, or one file; else all that failed."),
    ] = None,
) -> None:
    """Try what failed once more: posts that Discord refused, files that were no article.

    A running bot does it within half a minute.
    """
    from bot.printing import print_line
    from bot.render.operations import retried_line

    mark, path = (what, None) if what and what.startswith("#") else (None, what)
    print_line(retried_line(_run(_operate(lambda operations: operations.retry(mark, path)))))


@app.command()
def dismiss(
    path: Annotated[
        str | None, typer.Argument(metavar="[PATH]", help="One refused file; else all of them.")
    ] = None,
) -> None:
    """List a refused file no longer, until it changes and is refused again."""
    from bot.printing import print_line
    from bot.render.refusals import dismissed_line

    print_line(dismissed_line(_run(_operate(lambda operations: operations.dismiss(path)))))


@app.command()
def read(files: Files, as_json: Json = False) -> None:
    """Show what became of a file: its title, byline, date and text, or why it was refused."""
    from bot.analysis import analyse
    from bot.files import article_json, results
    from bot.printing import print_article

    settings = _settings().model_copy(update={"entities": False})
    _print_all(results(settings, files, analyse.read_file), len(files), as_json, article_json, print_article)


@app.command()
def summarize(
    files: Files, sentences: Sentences = None, method: MethodOption = None, as_json: Json = False
) -> None:
    """Summarise files, with the article's own sentences."""
    from bot.analysis import analyse
    from bot.files import results, summary_json
    from bot.printing import print_summary

    settings = _settings().model_copy(update={"entities": False})
    found = results(
        settings,
        files,
        analyse.summarize_file,
        sentences or settings.summary_sentences,
        method or settings.summary_method,
    )
    _print_all(found, len(files), as_json, lambda path, pair: summary_json(path, *pair), print_summary)


@app.command()
def entities(files: Files, as_json: Json = False) -> None:
    """List the people, organisations and places that files mention."""
    from bot.analysis import analyse
    from bot.files import entities_json, results
    from bot.printing import print_entities

    settings = _settings()
    found = results(settings, files, analyse.entities_of_file)
    _print_all(found, len(files), as_json, lambda path, pair: entities_json(path, *pair), print_entities)


@app.command()
def compare(files: Files, as_json: Json = False) -> None:
    """Decide which files are copies, updates or of one story, in their order; stores nothing."""
    from bot.analysis import analyse
    from bot.clock import utc_now
    from bot.comparing import Compared, Comparing, decision_json
    from bot.files import results
    from bot.printing import print_decision

    comparing = Comparing(utc_now)

    def to_json(path: str, compared: Compared) -> dict[str, Any]:
        return decision_json(path, *comparing.decide(path, compared))

    def show(path: str, compared: Compared) -> None:
        print_decision(path, *comparing.decide(path, compared))

    settings = _settings().model_copy(update={"entities": False})
    found = results(settings, files, analyse.shingles_of_file)
    _print_all(found, len(files), as_json, to_json, show)


async def _operate[T](ask: "Callable[[Operations], Awaitable[T]]") -> T:
    """Ask the history something, with no bot there. Raises ``StartupError`` where there is no history."""
    from bot.clock import utc_now
    from bot.errors import StartupError
    from bot.news.history import open_history
    from bot.news.operations import Operations
    from bot.news.subscriptions.routing import Routing
    from bot.news.subscriptions.subscriptions import Register

    settings = _settings()
    if not settings.database_path.is_file():
        raise StartupError(
            f"There is no history at {settings.database_path.absolute()}. Gazette makes it at its first run. "
            "If it lies elsewhere, go to the folder that holds the .env of Gazette, or name it in "
            "DATABASE_URL."
        )
    database = await open_history(settings)
    try:
        return await ask(Operations(database, settings, utc_now, Routing(Register())))
    finally:
        await database.close()


def _settings() -> "Settings":
    """Return the settings, and have the log tell what went wrong to the person at the terminal."""
    from bot.settings import Settings, load_settings

    settings = load_settings(Settings)
    _tell_errors(settings)
    return settings


def _tell_errors(settings: "Settings") -> None:
    from bot import logs

    token = settings.discord_token
    level = "ERROR" if settings.log_level == "ERROR" else "WARNING"
    logs.set_up(level, secret=token.get_secret_value() if token else "")


def _print_all[T](
    found: "AsyncIterator[FileResult[T]]",
    total: int,
    as_json: bool,
    to_json: Callable[[str, T], dict[str, Any]],
    show: Callable[[str, T], None],
) -> None:
    """Print what each file gave, in their order. Exits with 1 where one was refused."""
    from bot.printing import Progress, print_json, print_refused

    async def print_each() -> bool:
        fine = True
        async for result in found:
            progress.step(total)
            if result.value is None:
                fine = False
                print_refused(result.path, result.refused, as_json=as_json)
            elif as_json:
                print_json(to_json(result.path, result.value))
            else:
                show(result.path, result.value)
        return fine

    with Progress("Reading") as progress:
        fine = _run(print_each())
    if not fine:
        raise typer.Exit(1)
