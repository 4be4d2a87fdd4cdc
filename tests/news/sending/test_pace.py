"""The pace in virtual time: no window too full, first come first served, nobody held for nothing."""

import asyncio
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.news.sending.pace import IN_ALL, IN_ALL_SECONDS, TO_ONE, TO_ONE_SECONDS, Pace
from tests.virtual import now, run


@dataclass(frozen=True, slots=True)
class Asked:
    """A request: when it is asked for, to which channel, after how many seconds it is given up."""

    at: float
    channel: int
    patience: float


HAIR = 1e-6
"""Seconds that do not count."""

type Went = list[tuple[float, int]]
"""When a request went, and its place among those that were asked for."""


async def _ask(asked: list[Asked]) -> Went:
    pace, went = Pace(now), list[tuple[float, int]]()

    async def ask(number: int, request: Asked) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(request.patience):
                await pace.turn(request.channel)
            went.append((now(), number))

    async with asyncio.TaskGroup() as tasks:
        for number, request in enumerate(asked):
            if request.at > now():
                await asyncio.sleep(request.at - now())
            tasks.create_task(ask(number, request))
    assert asyncio.all_tasks() == {asyncio.current_task()}, "it left something behind"
    assert not any((pace._queues, pace._shut, pace._open))
    return sorted(went)  # what goes at one moment may go in any order


def by_channel(went: Went, asked: list[Asked]) -> dict[int, list[float]]:
    """Return when requests went to each channel, in order."""
    found = defaultdict[int, list[float]](list)
    for at, number in went:
        found[asked[number].channel].append(at)
    return found


def full(times: list[float], at: float, limit: int, seconds: float) -> bool:
    """Return whether the window that ends at this time holds all it may. The times are in order."""
    return bisect_left(times, at) - bisect_right(times, at - seconds) >= limit


def between(moments: Iterable[float]) -> list[float]:
    """Return a time between each moment and the next. Moments a hair apart are one: sums are rounded."""
    inner = sorted(moments)
    return [(a + b) / 2 for a, b in pairwise(inner) if b - a > HAIR]


# Patience ends on another grid than that on which requests come, so that it never ends as a window opens.
gaps = st.one_of(st.just(0.0), st.integers(0, 60).map(lambda eighths: eighths / 8))
patiences = st.one_of(st.just(1000.0), st.integers(0, 80).map(lambda eighths: eighths / 8 + 1 / 16))
one_channel = st.tuples(gaps, st.integers(0, 3), st.integers(1, 12), st.just(0), patiences)
many_channels = st.tuples(gaps, st.integers(0, 60), st.integers(1, 40), st.just(1), patiences)


@st.composite
def requests(draw: st.DrawFn) -> list[Asked]:
    """Draw bursts: after a gap so many at once, to one channel or to as many."""
    asked, at = list[Asked](), 0.0
    for gap, channel, number, step, patience in draw(st.lists(one_channel | many_channels, max_size=6)):
        at += gap
        asked.extend(Asked(at, channel + place * step, patience) for place in range(number))
    return asked


@given(requests())
def test_no_window_holds_more_than_is_allowed(asked: list[Asked]) -> None:
    went = run(_ask(asked))
    everything = [at for at, _ in went]
    for limit, seconds in ((IN_ALL, IN_ALL_SECONDS - HAIR), (45, 1), (50, 1.119)):
        assert all(b > a + seconds for a, b in zip(everything, everything[limit:], strict=False))
    for times in by_channel(went, asked).values():
        assert all(b > a + TO_ONE_SECONDS - HAIR for a, b in zip(times, times[TO_ONE:], strict=False))


@given(requests())
def test_nobody_waits_while_there_is_room(asked: list[Asked]) -> None:
    went = run(_ask(asked))
    went_at, to_one = {number: at for at, number in went}, by_channel(went, asked)
    everything = [at for at, _ in went]
    changes = [at + more for at in everything for more in (0, IN_ALL_SECONDS, TO_ONE_SECONDS)]
    looks = between(changes + [request.at for request in asked])
    for number, request in enumerate(asked):
        until = went_at.get(number, request.at + request.patience)
        for at in looks[bisect_left(looks, request.at) : bisect_left(looks, until)]:
            assert full(everything, at, IN_ALL, IN_ALL_SECONDS) or full(
                to_one.get(request.channel, []), at, TO_ONE, TO_ONE_SECONDS
            )


@given(requests())
def test_first_come_first_served_but_for_those_whose_channel_is_full(asked: list[Asked]) -> None:
    went = run(_ask(asked))
    went_at, to_one = {number: at for at, number in went}, by_channel(went, asked)
    for at, number in went:
        for earlier, request in enumerate(asked[:number]):
            until = went_at.get(earlier, request.at + request.patience)
            if until > at + HAIR:
                assert full(to_one.get(request.channel, []), at + HAIR, TO_ONE, TO_ONE_SECONDS)


@given(requests())
def test_whoever_waits_long_enough_goes(asked: list[Asked]) -> None:
    patient = [Asked(request.at, request.channel, 1e9) for request in asked]
    went = run(_ask(patient))
    assert sorted(number for _, number in went) == list(range(len(patient)))
    # Only those who came before count. Others may have filled the second in which a channel opens again.
    for at, number in went:
        before = patient[: number + 1]
        own = [request for request in before if request.channel == patient[number].channel]
        in_all = len(before) // IN_ALL * IN_ALL_SECONDS + HAIR
        to_one = len(own) // TO_ONE * (TO_ONE_SECONDS + IN_ALL_SECONDS)
        assert at - patient[number].at <= in_all + to_one


def rounded(went: Went) -> Went:
    return sorted((round(at, 6), number) for at, number in went)


def test_a_channel_that_waits_for_itself_holds_up_no_other() -> None:
    asked = [Asked(0, 1, 100)] * 12 + [Asked(0.5, 2, 100)]
    assert rounded(run(_ask(asked))) == [
        *((0, number) for number in range(5)),
        (0.5, 12),
        *((5, number) for number in range(5, 10)),
        *((10, number) for number in range(10, 12)),
    ]


def test_an_article_for_a_thousand_channels_takes_22_seconds_in_their_order() -> None:
    went = rounded(run(_ask([Asked(0, channel, 100) for channel in range(1000)])))
    assert [number for _, number in went] == list(range(1000))
    assert [at for at, _ in went] == [round(number // IN_ALL * IN_ALL_SECONDS, 6) for number in range(1000)]
    assert 22 < went[-1][0] < 22.5


def test_one_that_comes_while_all_wait_for_something_later_is_not_forgotten() -> None:
    # The sixth of channel 1 waits until 5; then room runs out for a moment, and one must go when it is over.
    asked = [Asked(0, 1, 100)] * 6 + [Asked(2, channel, 100) for channel in range(10, 11 + IN_ALL)]
    assert rounded(run(_ask(asked)))[-2:] == [(round(2 + IN_ALL_SECONDS, 6), len(asked) - 1), (5, 5)]


def test_one_that_is_given_up_takes_nobodys_place() -> None:
    asked = [Asked(0, 1, 100)] * 5 + [Asked(0, 1, 2)] * 5 + [Asked(0, 1, 100)]
    assert rounded(run(_ask(asked)))[-1] == (5, 10)


def test_quiet_channels_are_forgotten() -> None:
    async def many() -> int:
        pace, most = Pace(now), 0
        for channel in range(3000):
            await pace.turn(channel if channel % 100 else 0)  # one that is never quiet keeps no other
            most = max(most, len(pace._went_to) + len(pace._went) + len(pace._queues))
        await asyncio.sleep(TO_ONE_SECONDS)
        await pace.turn(1)
        assert list(pace._went_to) == [1]
        return most

    assert run(many()) <= IN_ALL * (TO_ONE_SECONDS / IN_ALL_SECONDS + 2)


async def test_it_goes_by_the_real_clock_when_no_other_is_given() -> None:
    pace = Pace()
    for _ in range(TO_ONE):
        await pace.turn(1)
    sixth = asyncio.create_task(pace.turn(1))
    await asyncio.sleep(0)
    assert not sixth.done()
    sixth.cancel()
    await asyncio.gather(sixth, return_exceptions=True)
    await asyncio.sleep(0)
    assert asyncio.all_tasks() == {asyncio.current_task()}
