"""Whether each slot of a year is made, once, and at its time: ``python -m tests.quality.schedules``.

The truth is found by walking through 2027 minute by minute and looking at the clock on the wall. It is
compared with the slots that follow one another, and with the digests of a program that is stopped and started
again at random moments, is off for seconds or days, and whose clock is set back. A minute or so.
"""

import random
from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from bot.news.times.schedule_text import parse
from bot.news.times.schedules import Schedule, slots_between
from tests.news.times.test_schedules import MINUTE, Runs, Ticks, by_watching, digests, walk

ZONES = (
    "Europe/Lisbon",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kolkata",
    "America/Sao_Paulo",
    "America/Santiago",  # midnight is skipped
)
SCHEDULES = (
    "hourly",
    "daily 08:00",
    "daily 08:00, 12:30, 18:00",
    "weekdays 07:30",
    "mon 09:00",
    "weekends 10:00, 20:00",
    "daily 02:30",
    "daily 01:30",
    "daily 00:00",
    "sun 00:15, 01:15, 02:00, 02:15, 02:45",
)
START = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = 365
END = START + timedelta(days=DAYS) - MINUTE
SEED = 1
NO_REASON = "for no reason"
HEAD = (
    "zone", "schedule", "slots", "made", "twice", "missing", "at another time", "shown twice",
    "restarts", "digests", "for several", "twice", "missing",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A row of the table, and what there is to say about it."""

    cells: tuple[object, ...]
    faults: int
    remarks: list[str]


def restarts(chance: random.Random) -> Runs:
    """Return when the program is off and runs until the year is over. One stop of ten sets the clock back."""
    runs, now = [(timedelta(0), timedelta(0))], START
    while now < END:
        kind = chance.random()
        off = timedelta(seconds=chance.uniform(1, 300))
        if kind < 0.1:
            off = -timedelta(minutes=chance.uniform(1, 180))
        elif kind < 0.3:
            off = timedelta(hours=chance.uniform(1, 72))
        lasts = timedelta(hours=chance.expovariate(1 / 36))
        if now + off + lasts >= END:
            off, lasts = END - now, timedelta(0)
        now += off + lasts
        runs.append((off, lasts))
    return runs


def skipped(schedule: Schedule, local: datetime, due: datetime) -> list[str]:
    """Return the times asked for that the clock jumps over when it shows this and should show the other."""
    found = []
    while due < local:
        if due.time() in schedule.times and due.weekday() in schedule.weekdays:
            found.append(f"{due:%H:%M}")
        due += MINUTE
    return found


def times_shown_twice(schedule: Schedule, clock: Ticks) -> int:
    """Return how often the clock shows a time asked for that it has shown before on the same day."""
    latest, found = clock[0][1] - MINUTE, 0
    for _, local, _ in clock:
        wanted = local.time() in schedule.times and local.weekday() in schedule.weekdays
        found += wanted and local <= latest
        latest = max(latest, local)
    return found


def compared(schedule: Schedule, clock: Ticks, runs: Runs) -> Found:
    """Return how the program's slots and digests compare with the truth."""
    truth = Counter(by_watching(schedule, clock))
    made = list(slots_between(schedule, START - MINUTE, END))
    counted = Counter(slot.at for slot in made)
    due = {moment: (local, expected) for moment, local, expected in clock if local > expected}
    moved = [slot for slot in made if schedule.times and slot.local.time() not in schedule.times]
    remarks = []
    for slot in made:
        times = skipped(schedule, *due[slot.at]) if slot.at in due else []
        why = f"for {' and '.join(times)}, skipped" if times else NO_REASON
        if times or slot in moved:
            remarks.append(f"{schedule.zone.key}, {schedule.text()}: {slot.local:%H:%M on %-d %B} {why}")
    through = digests(schedule, START - MINUTE, runs)
    covered = Counter(
        slot.at
        for each in through
        for slot in slots_between(schedule, each.first.at - datetime.resolution, each.slot.at)
    )
    faults = (
        (counted - truth).total(),
        (truth - counted).total(),
        (covered - truth).total(),
        (truth - covered).total(),
        sum(remark.endswith(NO_REASON) for remark in remarks),
    )
    return Found(
        (
            schedule.zone.key,
            schedule.text(),
            truth.total(),
            (truth & counted).total(),
            *faults[:2],
            f"{len(moved)}{' (skipped)' * bool(moved)}",
            times_shown_twice(schedule, clock),
            len(runs) - 1,
            len(through),
            sum(each.several for each in through),
            *faults[2:4],
        ),
        sum(faults),
        remarks,
    )


def main() -> None:
    print(f"| {' | '.join(HEAD)} |\n| --- | --- |{' ---: |' * (len(HEAD) - 2)}")
    chance = random.Random(SEED)  # noqa: S311  # the same year each time
    found: list[Found] = []
    for zone in map(ZoneInfo, ZONES):
        clock = walk(zone, START, DAYS, MINUTE)
        for text in SCHEDULES:
            found.append(compared(parse(text, zone), clock, restarts(chance)))
            print(f"| {' | '.join(map(str, found[-1].cells))} |", flush=True)
    print("\nSlots at which the clock jumps:\n")
    for remark in (remark for one in found for remark in one.remarks):
        print(f"- {remark}")
    print(f"\n{sum(one.faults for one in found)} faults in {len(found)} years. Seed {SEED}.")


if __name__ == "__main__":
    main()
