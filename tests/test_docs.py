"""The pages that people read: they name every command, and their links lead somewhere."""

import re
from pathlib import Path

import pytest
from discord import app_commands
from typer.main import get_command

from bot.cli import app
from bot.client import cog_names
from tests.discord.conftest import World, readers, world

__all__ = ["readers", "world"]  # the fixtures

TOP = Path(__file__).parents[1]
PAGES = [
    TOP / "README.md",
    TOP / "CONTRIBUTING.md",
    TOP / "CHANGELOG.md",
    *sorted((TOP / "docs").glob("*.md")),
]
COMMANDS = (TOP / "docs" / "commands.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_within_the_project_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\((?!https?://)([^)\s]*)\)", page.read_text(encoding="utf-8")):
        name, _, anchor = target.partition("#")
        found = page.parent / name if name else page
        assert found.exists(), target
        if anchor:
            assert anchor in anchors(found), target


def test_the_page_of_commands_names_every_command_of_the_command_line() -> None:
    commands: dict[str, object] = vars(get_command(app))["commands"]
    assert commands
    for name in commands:
        assert f"`gazette {name}" in COMMANDS, name


async def test_the_page_of_commands_names_every_command_of_discord(world: World) -> None:
    assert cog_names()
    async with world.bot() as gazette:
        every = [one for one in gazette.bot.tree.walk_commands() if isinstance(one, app_commands.Command)]
    assert every
    for command in every:
        group, _, name = command.qualified_name.rpartition(" ")
        row = next((line for line in COMMANDS.splitlines() if f"`/{group or name}" in line), "")
        whole = f"`/{command.qualified_name}`" in COMMANDS
        assert whole or (group and f"`{name}`" in row), command.qualified_name


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings."""
    headings = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
