"""The bot as it runs for real: with the English model, many files, and people who ask meanwhile."""

import asyncio
from collections.abc import Iterator

import pytest

from bot.news.reading import make_workers
from bot.news.workers import Workers
from bot.settings import GivenSettings
from tests.discord.conftest import BRIDGE, HARBOUR, World
from tests.faults.articles import Writer


@pytest.fixture(scope="module")
def full_workers() -> Iterator[Workers]:
    workers = make_workers(GivenSettings.model_validate({"workers": 2}))
    yield workers
    asyncio.run(workers.stop())


async def test_a_post_shows_people_organisations_and_places(world: World, full_workers: Workers) -> None:
    world.workers = full_workers
    world.put("harbour.txt", HARBOUR)
    async with world.bot(entities=True):
        await world.quiet()
        answer = await world.ask("entities", article="harbour")
    (post,) = (embed for embed in world.posts() if (embed.footer.text or "").startswith("#1 "))
    shown = {field.name: field.value or "" for field in post.fields}
    assert "Ada Reed" in shown["People"]
    assert "Atlantic Shipping Company" in shown["Organisations"]
    assert "Portugal" in shown["Places"]
    listed = {field.name: field.value or "" for field in answer.embeds[0].fields}
    assert "**Ada Reed** · 2 · also Reed" in listed["People"]
    assert "Tom Quill" not in listed["People"]


async def test_entities_of_a_language_without_a_model_are_explained(
    world: World, full_workers: Workers
) -> None:
    world.workers = full_workers
    world.put(
        "brücke.txt",
        "Alte Brücke wird gesperrt\n\n"
        "Die alte Brücke über den Fluss wird am Freitag für sechs Wochen gesperrt, teilte die Stadt mit. "
        "Fachleute hatten im Frühjahr Risse in zwei Pfeilern entdeckt. "
        "Die Arbeiten kosten rund drei Millionen Euro, und die Bahn übernimmt die Hälfte der Summe.\n",
    )
    async with world.bot(entities=True):
        await world.quiet()
        answer = await world.ask("entities", article="brücke")
    assert "no model for this article's language (de)" in answer.content


async def test_commands_are_answered_while_many_files_are_read(world: World, full_workers: Workers) -> None:
    world.workers = full_workers
    world.put("bridge.txt", BRIDGE)
    async with world.bot(entities=True, workers=2) as gazette:
        await world.quiet()
        writer = Writer(seed=60)
        titles = writer.fill(world.inbox, 60)
        gazette.inbox.rescan()
        for _ in range(3):
            answer = await world.ask("summary", article="bridge")
            assert answer.embeds[0].title == "Old bridge at Lisbon closes for repairs"
        await gazette.quiet()
    assert [title for title in world.titles() if title in titles] == titles
