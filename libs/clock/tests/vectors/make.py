#!/usr/bin/env python3
"""Makes terms.csv and between.csv anew: which terms there are. What they are is in README.md, when they are due
in ways.py.
"""

import csv
import random
from datetime import date, datetime, timedelta
from pathlib import Path

import numpy

from ways import DAY, HOUR, KINDS, MICRO, MINUTE, SHANGHAI, YEARS, Term, midnight, project, workdays

HERE = Path(__file__).resolve().parent
FIXED = random.Random(20230109)
MEASURES = ["CALENDAR_DAYS", "WORKDAYS", "WORK_HOURS"]
ROLLS = ["forward", "keep"]
INSTANTS = ["00:00", "08:59:59.999999", "09:00", "10:17:23.123456", "12:00", "12:30", "13:00",
            "14:45", "17:59:59.999999", "18:00", "21:05", "23:59:59.999999"]
AMOUNTS = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 16, 20, 24, 27, 30, 40, 45, 60, 75, 90]


def at(text, clock="09:30"):
    return datetime.fromisoformat(f"{text}T{clock}").replace(tzinfo=SHANGHAI)


def pick_day(first, last):
    return first + FIXED.randrange((last - first).days + 1) * DAY


def pick_instant(day):
    if FIXED.random() < 0.6:
        return at(day, FIXED.choice(INSTANTS))
    return midnight(day) + FIXED.randrange(24 * 60) * MINUTE


def domain():
    """Four that are known from elsewhere: `check` says the days."""
    yield Term("domain-5-workdays", "WORKDAYS", at("2023-01-19"), 5)
    yield Term("domain-15-days-kept", "CALENDAR_DAYS", at("2023-01-09"), 15, roll="keep")
    yield Term("domain-15-days-rolled", "CALENDAR_DAYS", at("2023-01-09"), 15, roll="forward")
    yield Term("domain-60-days-kept", "CALENDAR_DAYS", at("2023-01-09"), 60, roll="keep")
    yield Term("domain-60-days-rolled", "CALENDAR_DAYS", at("2023-01-09"), 60, roll="forward")


def instants():
    """Every measure and every edge of a day, on a day of each kind."""
    days = ["2023-01-19", "2023-03-11", "2024-02-12", "2025-01-26"]
    number = 0
    for day in days:
        for clock in INSTANTS:
            for measure in MEASURES:
                for amount in (0, 1):
                    number += 1
                    yield Term(f"instant-{number:03}", measure, at(day, clock), amount, roll=FIXED.choice(ROLLS))


def festivals():
    """Around each festival and each worked weekend of the table."""
    number = 0
    for day in sorted(KINDS):
        block = KINDS[day] == KINDS.get(day - DAY)
        if block:
            continue
        for away in (-1, 0):
            number += 1
            measure = MEASURES[number % 3]
            amount = FIXED.choice(AMOUNTS[1:16])
            start = pick_instant(day + away * DAY)
            yield Term(f"festival-{number:03}", measure, start, amount, roll=FIXED.choice(ROLLS))
    for year in sorted(YEARS):
        spring = min(d for d in KINDS if d.year == year and d.month < 3 and d.day > 3 and KINDS[d] == "holiday")
        for name, first in (("spring", spring), ("national", date(year, 10, 1))):
            for measure in MEASURES:
                for before in (12, 6, 2):
                    amount = before + FIXED.randrange(5) if measure != "WORK_HOURS" else 8 * before
                    start = pick_instant(first - before * DAY)
                    id = f"{name}-{year}-{measure.lower().replace('_', '-')}-{before}"
                    yield Term(id, measure, start, amount, roll=FIXED.choice(ROLLS))


def plain():
    """Anywhere in the years of the table."""
    for number in range(150):
        day = pick_day(date(2022, 1, 1), date(2026, 8, 31))
        yield Term(f"plain-{number:03}", MEASURES[number % 3], pick_instant(day), FIXED.choice(AMOUNTS),
                   roll=FIXED.choice(ROLLS))


def bare(number):
    day = pick_day(date(2022, 1, 1), date(2026, 6, 30))
    measure = MEASURES[number % 3]
    amount = FIXED.choice(AMOUNTS[1:18])
    return Term("", measure, pick_instant(day), amount, roll=FIXED.choice(ROLLS))


def lasting(since, most=240):
    hours = FIXED.choice([1, 2, 3, 8, 24, 30, 72, 100, most])
    return since, since + hours * HOUR


def within_a_day(term):
    for _ in range(FIXED.randint(1, 4)):
        day = term.start.date() + FIXED.randint(0, 12) * DAY
        since, until = sorted([pick_instant(day), pick_instant(day)])
        yield since, until


def over_a_festival(term):
    spring = [d for d in KINDS if KINDS[d] == "holiday" and d > term.start.date()]
    first = min(spring)
    last = first
    while KINDS.get(last + DAY) == "holiday":
        last += DAY
    since = midnight(first) - FIXED.choice([0, 6, 15, 40]) * HOUR
    until = midnight(last) + DAY + FIXED.choice([0, 9, 10, 12, 30]) * HOUR
    term.start = pick_instant(first - FIXED.randint(1, 6) * DAY)
    yield since, until


def on_the_due_day(term):
    due = project(term)[0]
    since = FIXED.choice([due, due - MICRO, due + MICRO, midnight(due.date()), pick_instant(due.date())])
    yield lasting(since)


def after_the_due_day(term):
    due = project(term)[0]
    yield lasting(pick_instant(due.date() + FIXED.randint(1, 5) * DAY))


def around_the_warning(term):
    warn = project(term)[1]
    since = warn - FIXED.choice([0, 0, 1, 6]) * HOUR - FIXED.choice([0, 1]) * MICRO
    yield lasting(since, 48)


def adjoining(term):
    since = pick_instant(term.start.date() + FIXED.randint(0, 6) * DAY)
    for _ in range(FIXED.randint(2, 4)):
        pause = lasting(since, 36)
        yield pause
        since = pause[1]


def overlapping(term):
    since = pick_instant(term.start.date() + FIXED.randint(0, 6) * DAY)
    for _ in range(FIXED.randint(2, 4)):
        pause = lasting(since, 60)
        yield pause
        since += FIXED.choice([0, 1, 5, 20]) * HOUR


def edges_of_days(term):
    for day in sorted(FIXED.sample(range(0, 15), FIXED.randint(1, 3))):
        first = midnight(term.start.date() + day * DAY)
        since = first + FIXED.choice([timedelta(0), -MICRO, -2 * MICRO, MICRO])
        until = first + FIXED.randint(1, 3) * DAY + FIXED.choice([timedelta(0), -MICRO, MICRO])
        yield since, until


def edges_of_hours(term):
    for day in sorted(FIXED.sample(range(0, 12), FIXED.randint(1, 4))):
        first = midnight(term.start.date() + day * DAY)
        marks = [first + hour * HOUR for hour in (9, 12, 13, 18)]
        since, until = sorted(FIXED.sample(marks, 2))
        yield since + FIXED.choice([-MICRO, timedelta(0), MICRO]), until + FIXED.choice([0, 24]) * HOUR


def where_it_rolls(term):
    """On the workday that an end which is not worked would roll to."""
    term.measure, term.roll = "CALENDAR_DAYS", "forward"
    off = FIXED.choice([day for day in sorted(KINDS) if KINDS[day] == "holiday"])
    term.start = pick_instant(off - FIXED.randint(1, 20) * DAY)
    term.amount = (off - term.start.date()).days
    due = project(term)[0]
    yield lasting(due - FIXED.choice([0, 6, 20, 60]) * HOUR, 60)


def over_the_start(term):
    yield term.start - FIXED.choice([1, 30, 100]) * HOUR, term.start + FIXED.choice([0, 1, 20, 60]) * HOUR


def anywhere(term):
    since = term.start
    for _ in range(FIXED.randint(1, 4)):
        since = pick_instant(since.date() + FIXED.randint(1, 6) * DAY)
        pause = lasting(since)
        yield pause
        since = pause[1]


def shuffled(term):
    pauses = list(anywhere(term)) + list(within_a_day(term))[:1]
    FIXED.shuffle(pauses)
    yield from pauses[:4]


def empty(term):
    since = pick_instant(term.start.date() + FIXED.randint(0, 3) * DAY)
    yield since, since


PAUSES = [(within_a_day, 30), (over_a_festival, 30), (on_the_due_day, 36), (after_the_due_day, 15),
          (around_the_warning, 15), (adjoining, 24), (overlapping, 24), (edges_of_days, 30),
          (edges_of_hours, 30), (where_it_rolls, 24), (over_the_start, 15), (anywhere, 45), (shuffled, 9), (empty, 3)]


def paused():
    """With pauses of each kind."""
    for kind, how_many in PAUSES:
        for number in range(how_many):
            term = bare(number)
            if kind is edges_of_hours:
                term.measure = "WORK_HOURS"
            if kind is edges_of_days:
                term.measure = MEASURES[number % 2]
            pauses = list(kind(term))
            term.id, term.pauses = f"{kind.__name__.replace('_', '-')}-{number:03}", pauses
            yield term


def extended():
    """With an extension, half of them with pauses, too."""
    for number in range(90):
        term = bare(number)
        term.id, term.more = f"extended-{number:03}", FIXED.choice([1, 2, 3, 5, 7, 10, 15, 30])
        if number % 2:
            term.pauses = list(anywhere(term))
        if number % 9 == 0:
            term.amount = 0
        yield term


def uncovered():
    """To the last day of the table, beyond it, and from before it."""
    number = 0
    for measure in MEASURES:
        for day, amount in (("2026-12-28", 3), ("2026-12-28", 4), ("2026-12-30", 1), ("2026-12-31", 0),
                            ("2026-12-31", 1), ("2026-12-31", 9), ("2026-11-02", 40), ("2026-11-16", 60),
                            ("2026-10-09", 90), ("2026-12-17", 10), ("2027-01-01", 0), ("2027-02-05", 15),
                            ("2021-12-31", 0), ("2021-12-30", 5), ("2021-12-01", 60)):
            for roll in ROLLS if measure == "CALENDAR_DAYS" else ["forward"]:
                number += 1
                start = at(day, FIXED.choice(INSTANTS))
                yield Term(f"uncovered-{number:03}", measure, start, amount, roll=roll)
    for number in range(12):
        start = pick_instant(pick_day(date(2026, 12, 7), date(2026, 12, 21)))
        term = Term(f"uncovered-paused-{number:03}", MEASURES[number % 3], start, 8 + number)
        term.pauses = list(anywhere(term))
        yield term


# ---- writing --------------------------------------------------------------------------------


def text(instant):
    return instant.isoformat()


def write(name, header, rows):
    with open(HERE / name, "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(header)
        writer.writerows(rows)


def terms():
    for group in (domain, instants, festivals, plain, paused, extended, uncovered):
        yield from group()


def term_rows():
    for term in terms():
        due, warn, over, early = project(term)
        pauses = ";".join(f"{text(since)}/{text(until)}" for since, until in term.pauses)
        yield [term.id, term.measure, text(term.start), term.amount, term.more, term.roll, pauses,
               text(due), text(warn), text(over), str(early).lower()]


def spans():
    yield date(2023, 1, 9), date(2023, 3, 17)
    for year in sorted(YEARS):
        yield date(year, 1, 1), date(year, 12, 31)
        for month in (1, 2, 4, 5, 6, 9, 10, 12):
            yield date(year, month, 1), date(year + month // 12, month % 12 + 1, 1)
    for day in sorted(KINDS):
        if KINDS[day] == "workday":
            yield day, day
    yield date(2023, 3, 17), date(2023, 1, 9)
    yield date(2023, 1, 21), date(2023, 1, 27)
    yield date(2026, 12, 25), date(2027, 1, 10)
    yield date(2021, 12, 27), date(2022, 1, 5)
    for _ in range(60):
        first = pick_day(date(2022, 1, 1), date(2026, 12, 31))
        yield first, first + FIXED.randrange(-3, 400) * DAY


def span_rows():
    for first, last in spans():
        yield [first, last, workdays(first, last)]


def check(rows):
    """What is known from elsewhere: the days the domain names."""
    due = {row[0]: row[7][:10] for row in rows}
    assert due["domain-5-workdays"] == "2023-01-31"
    assert due["domain-15-days-kept"] == "2023-01-24"
    assert due["domain-15-days-rolled"] == "2023-01-28"
    assert due["domain-60-days-kept"] == due["domain-60-days-rolled"] == "2023-03-10"
    assert len(due) == len(rows), "an id is there twice"


def main():
    rows = list(term_rows())
    check(rows)
    between = list(span_rows())
    assert between[0][2] == 47
    write("terms.csv", ["id", "measure", "start", "amount", "more", "roll", "pauses", "due", "warn", "over",
                        "provisional"], rows)
    write("between.csv", ["first", "last", "workdays"], between)
    with_pauses = sum(bool(row[6]) for row in rows)
    print(f"{len(rows)} terms, {with_pauses} with pauses, {sum(row[4] > 0 for row in rows)} extended, "
          f"{sum(row[10] == 'true' for row in rows)} provisional; {len(between)} spans; numpy {numpy.__version__}")


if __name__ == "__main__":
    main()
