"""The program holds no more files, threads and tasks after many articles than after few; none is lost."""

from tests.faults.articles import Writer
from tests.faults.endurance import endure
from tests.faults.program import Program


async def test_nothing_grows_with_the_number_of_articles(program: Program, writer: Writer) -> None:
    outcome = await endure(program, writer, looks=(30, 100))
    assert [sample.articles for sample in outcome.samples] == [30, 100]
    assert (outcome.lost, outcome.repeated) == (0, 0)
    assert outcome.grown == []
