"""The demo: what a newcomer sees first, and how it ends."""

import asyncio
import json
import re
import signal
import socket
import subprocess
import sys
from datetime import date, timedelta
from importlib import import_module

import aiohttp
import pytest
from simcord.preview import Preview

from bot.demo.blank_lines import SHOWN_BY, keep_blank_lines
from bot.demo.pages import Pages
from bot.demo.samples import SAMPLES, dated
from bot.demo.stage import DIGESTS, NEWS, OPERATORS, REPORTS, Stage, stage
from tests.test_cli import Shell, shell

__all__ = ["shell"]  # the fixture

STORY = "Ferry Safety Accord"

FIXED_DAY = re.compile(
    r"(?<!first )\b(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
    r"|(?:Mon|Diens|Donners|Frei|Sams|Sonn)tag|Mittwoch)\b"
)


def descriptions(demo: Stage, name: str) -> list[str]:
    return [message.embeds[0].description or "" for message in demo.channels[name].history()]


async def test_one_story_is_told_by_several_sources_with_a_copy_and_an_update(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    async with stage() as demo:
        messages = demo.channels[NEWS].history()
        posts, posts_at = [m.embeds[0] for m in messages], [m.created_at for m in messages]
        titles = [post.title or "" for post in posts]
        assert len(titles) == len(set(titles))
        update = next(post for post in posts if (post.author.name or "").startswith("Update"))
        assert STORY in (update.title or "")
        fields = {field.name: field.value or "" for post in posts for field in post.fields}
        assert "Also in" in fields
        (digest,) = descriptions(demo, DIGESTS)
        story = next(part for part in digest.split("\n\n") if STORY in part)
        assert all(source in story for source in ("Harbour News Agency", "The Islander", "The Deck Log"))
        assert "Three more countries said" in story  # what is new, not how the story began
        assert posts_at[-1] - posts_at[0] > timedelta(hours=6)  # a night, not a minute
        assert "world" in digest
        assert "culture" in digest
        assert any("Nachtzug" in title for title in titles)  # in another language
        assert demo.channels[REPORTS].threads
        assert any("is now refused" in m.content for m in demo.channels[OPERATORS].history())
        refused, _ = await demo.gazette.bot.operations.refused()
        assert refused
        member = demo.viewers[0]
        before = demo.env.error_cursor
        result = await member.slash(demo.channels[NEWS], "summary", article="no such title")
        assert "No article in the history" in result.followups[-1].content
        assert result.followups[-1].ephemeral
        assert not demo.env.errors_since(before)  # no crash: the page shows nothing in red
        monkeypatch.setattr(sys.modules["cogs.help"], "_page", None)
        await member.slash(demo.channels[NEWS], "help")
        assert demo.env.errors_since(before)  # what is no mistake of a person is shown there


async def test_a_link_to_a_post_leads_to_its_page_and_other_channels_can_be_opened() -> None:
    pages = Pages()
    await pages.start(0)
    async with stage() as demo, pages.showing(demo), aiohttp.ClientSession() as session:
        async with session.get(pages.url) as answer:
            index = await answer.text()
        assert all(name in index for name in (f"#{NEWS}", f"#{DIGESTS}", f"#{OPERATORS}", f"{REPORTS}: "))
        (address, *_) = re.findall(r'href="(channels/[^"]*)"', index)
        async with session.get(f"{pages.url}{address}", allow_redirects=False) as answer:
            assert answer.status == 303
            assert answer.headers["Location"].startswith("http://127.0.0.1:")
        told = await demo.viewers[0].slash(demo.channels[NEWS], "story", article="Islands Keep")
        assert told.response is not None
        (link, *_) = re.findall(
            rf"{pages.url}channels/\d+/\d+/\d+", told.response.embeds[0].description or ""
        )
        async with session.get(link, allow_redirects=False) as answer:
            assert answer.status == 303
        async with session.get(pages.url.replace("/channels", "").rsplit("/", 2)[0] + "/guess/") as answer:
            assert answer.status == 404
        async with session.get(pages.url, headers={"Host": "evil.example"}) as answer:
            assert answer.status == 404
        await pages.close()


def test_the_samples_are_of_today_and_yesterday_whenever_the_demo_is_started() -> None:
    for path in SAMPLES.rglob("*.*"):
        written = path.read_text(encoding="utf-8")
        fixed = FIXED_DAY.search(written)
        assert not fixed, (path, fixed)
        text = dated(written, date(2031, 3, 1))
        assert not re.search(r"\b20(?:2[4-9]|30)-\d\d-\d\d|\{(?:today|yesterday)", text), path
    assert dated("{yesterday} {today de} {yesterday EEEE} {today y}", date(2031, 3, 1)) == (
        "2031-02-28 1. März 2031 Friday 2031"
    )


async def test_a_page_that_was_opened_is_changed_only_by_new_posts(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LOOK_SECONDS", "QUIET_SECONDS"):
        monkeypatch.setattr(f"bot.demo.pages.{name}", 0)
    refreshed = asyncio.Event()
    refresh = Preview.refresh

    async def noted(page: Preview) -> None:
        await refresh(page)
        refreshed.set()

    monkeypatch.setattr(Preview, "refresh", noted)
    pages = Pages()
    await pages.start(0)
    async with stage() as demo, pages.showing(demo), aiohttp.ClientSession() as session:
        address = f"{pages.url}channels/{demo.guild.id}/{demo.channels[NEWS].id}"
        command = asyncio.create_task(demo.viewers[0].slash(demo.channels[NEWS], "help"))
        async with session.get(address, allow_redirects=False) as answer:
            assert answer.status == 303  # also while a command is under way
        await command
        async with session.get(address, allow_redirects=False) as answer:
            assert answer.status == 303
        for _ in range(100):
            await asyncio.sleep(0)
        assert not refreshed.is_set()
        await demo.viewers[0].send(demo.channels[NEWS], "Good morning")
        await refreshed.wait()
        await pages.close()


async def test_a_blank_line_stands_in_the_page_as_in_discord(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in SHOWN_BY:
        part = import_module(f"simcord.preview.{name}")
        if hasattr(part, "markdown_tokens"):
            monkeypatch.setattr(part, "markdown_tokens", part.markdown_tokens)  # as it was, afterwards
    keep_blank_lines()
    async with stage() as demo, demo.env.preview(demo.channels[NEWS], viewers=demo.viewers, port=0) as page:
        await page.show(demo.channels[NEWS].history()[0])
        shown = json.dumps(await page.snapshot(), ensure_ascii=False)
        ends, begins = shown.rindex("come close to collapse."), shown.rindex("The accord, signed in Lisbon")
        assert '"content": "\u200b"' in shown[ends:begins]


def test_a_port_that_is_taken_is_told_at_once(shell: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        result = shell("demo", "--port", str(taken.getsockname()[1]))
    assert result.returncode == 2
    assert b"it is taken. Name another --port, or none." in result.stderr
    assert b"Traceback" not in result.stderr
    assert b"reads its samples" not in result.stdout


@pytest.mark.parametrize("after", ["reads its samples", "Refused world/tide-tables.txt: The file is empty."])
def test_ctrl_c_ends_the_demo_with_one_line(shell: Shell, after: str) -> None:
    process = subprocess.Popen(
        [sys.executable, "-u", "-m", "bot", "demo"],
        cwd=shell.folder,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    while after not in process.stdout.readline():
        assert process.poll() is None
    process.send_signal(signal.SIGINT)
    told, errors = process.communicate()
    assert process.returncode == 0
    assert told.strip().splitlines()[-1] == "The demo has ended. Nothing of it is kept."
    assert errors == ""


def test_the_posts_are_printed_whole_at_any_width(shell: Shell) -> None:
    result = shell("demo", "--once", COLUMNS="30")
    told = result.stdout.decode()
    assert result.returncode == 0
    assert "Three years after the last commercial boat left Alder Bay, the oysters are coming back." in told
    assert "<t:" not in told
    assert "\nworld\n" in told
    assert not result.stderr


def test_nothing_is_told_of_a_pipe_that_is_read_no_further(shell: Shell) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "demo", "--once"],
        cwd=shell.folder,
        env=shell.environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stderr is not None
    while process.stdout.readline() != b"#news\n":
        assert process.poll() is None
    process.stdout.close()
    assert process.stderr.read() == b""
    process.stderr.close()
    process.wait()


def test_the_pictures_say_plainly_that_there_is_no_browser(shell: Shell) -> None:
    result = subprocess.run(
        [sys.executable, "-m", "tests.pictures"],
        cwd=SAMPLES.parent,
        env={**shell.environment, "PATH": str(shell.folder)},
        capture_output=True,
        check=False,
    )
    assert result.returncode == 1
    assert result.stderr.startswith(b"The pictures need Chromium: ")
    assert len(result.stderr.splitlines()) == 1
