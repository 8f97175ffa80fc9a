"""When a term is due: every answer is computed at least twice, in different ways, and all must agree.

  days   `count_days`: one day after the other, with nothing but the standard library;
         `numpy_days`: numpy's business days, where whatever day does not count is a holiday.
  hours  `count_hours`: one opening after the other, the pauses cut out, in microseconds;
         `numpy_hours`: the first instant at which enough is used, looked for by halves, where what is
         used comes from numpy's count of business days;
         `count_minutes`: one minute after the other, where all instants are whole minutes.
"""

import csv
from datetime import date, datetime, timedelta, timezone
from pathlib import Path

import numpy

TABLE = Path(__file__).resolve().parents[2] / "calendar-cn.csv"
SHANGHAI = timezone(timedelta(hours=8))
DAY = timedelta(days=1)
MICRO = timedelta(microseconds=1)
MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
OPENINGS = [(timedelta(hours=9), timedelta(hours=12)), (timedelta(hours=13), timedelta(hours=18))]
WORKED_A_DAY = 8 * HOUR

# ---- the table ------------------------------------------------------------------------------


def read_table():
    kinds = {}
    with open(TABLE, encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            kinds[date.fromisoformat(row["date"])] = row["kind"]
    return kinds


KINDS = read_table()
YEARS = {day.year for day in KINDS if (day.month, day.day) == (1, 1)}


def worked(day):
    if day in KINDS:
        return KINDS[day] == "workday"
    return day.weekday() < 5


# numpy is given all seven days of the week as days of business, and each day off as a holiday: so
# a worked weekend is a day of business as any other.
SEVEN = "1111111"
ALL = [date(2020, 1, 1) + n * DAY for n in range(366 * 11)]
OFF = [day for day in ALL if not worked(day)]
OFFICE = numpy.busdaycalendar(weekmask=SEVEN, holidays=OFF)

# ---- a term ---------------------------------------------------------------------------------


class Term:
    def __init__(self, id, measure, start, amount, more=0, roll="forward", pauses=()):
        self.id, self.measure, self.start = id, measure, start
        self.amount, self.more, self.roll = amount, more, roll
        self.pauses = list(pauses)

    def total(self):
        return self.amount + self.more

    def seven_tenths(self):
        return -(-7 * self.total() // 10)

    def whole_minutes(self):
        instants = [self.start] + [at for pause in self.pauses for at in pause]
        return all(at.second == 0 and at.microsecond == 0 for at in instants)


def midnight(day):
    return datetime(day.year, day.month, day.day, tzinfo=SHANGHAI)


def last_of(day):
    return midnight(day) + DAY - MICRO


def provisional(start, due):
    return not set(range(start.year, due.year + 1)) <= YEARS


# ---- days, one after the other --------------------------------------------------------------


def runs(term, day):
    """Whether the clock runs at the end of the day."""
    return not any(since <= last_of(day) < until for since, until in term.pauses)


def count_days(term):
    def counts(day):
        return runs(term, day) and (term.measure == "CALENDAR_DAYS" or worked(day))

    day, counted, warn = term.start.date(), 0, term.start
    while counted < term.total():
        day += DAY
        if counts(day):
            counted += 1
            if counted == term.seven_tenths():
                warn = midnight(day)
    if term.measure == "CALENDAR_DAYS" and term.roll == "forward":
        while not (worked(day) and runs(term, day)):
            day += DAY
    return last_of(day), warn, count_over(term, day)


def count_over(term, day):
    late = 0
    while late < 5:
        day += DAY
        if worked(day) and runs(term, day):
            late += 1
    return midnight(day + DAY)


# ---- days, by numpy -------------------------------------------------------------------------


def paused_days(term):
    """The days a pause covers the end of: worked out from the pause, not from the day."""
    days = set()
    for since, until in term.pauses:
        if since < until:
            # The day it stops in has its end later than the pause, however late that is.
            span = until.date() - since.date()
            days.update(since.date() + n * DAY for n in range(span.days))
    return days


def nth_after(day, n, off):
    """The `n`-th day after, of those that are not off."""
    nth = numpy.busday_offset(day, n, roll="backward", weekmask=SEVEN, holidays=off)
    return nth.astype(object)


def numpy_days(term):
    paused = sorted(paused_days(term))
    idle = sorted(set(OFF) | set(paused))
    off = paused if term.measure == "CALENDAR_DAYS" else idle
    first = term.start.date()
    day, warn = first, term.start
    if term.total() > 0:
        day = nth_after(first, term.total(), off)
        warn = midnight(nth_after(first, term.seven_tenths(), off))
    if term.measure == "CALENDAR_DAYS" and term.roll == "forward":
        day = numpy.busday_offset(day, 0, roll="forward", weekmask=SEVEN, holidays=idle).astype(object)
    return last_of(day), warn, numpy_over(day, idle)


def numpy_over(day, idle):
    return midnight(nth_after(day, 5, idle) + DAY)


# ---- hours, one opening after the other -----------------------------------------------------


def openings_of(term, day):
    """What is worked of a day since the start and outside of the pauses, in order."""
    spans = []
    if worked(day):
        spans = [(max(midnight(day) + opens, term.start), midnight(day) + closes) for opens, closes in OPENINGS]
    for gone, back in term.pauses:
        if gone < back:
            before = [(since, min(until, gone)) for since, until in spans]
            after = [(max(since, back), until) for since, until in spans]
            spans = sorted((since, until) for since, until in before + after if since < until)
    return [(since, until) for since, until in spans if since < until]


def used_up(term, budget):
    """The instant at which so much is used."""
    if budget == timedelta(0):
        return term.start
    day = term.start.date()
    while True:
        for since, until in openings_of(term, day):
            if until - since >= budget:
                return since + budget
            budget -= until - since
        day += DAY


def count_hours(term):
    budget = term.total() * HOUR
    due = used_up(term, budget)
    # Seven tenths of whole hours are whole minutes: nothing is to be rounded.
    warn = used_up(term, budget * 7 // 10)
    return due, warn, count_over(term, due.date())


# ---- hours, by numpy ------------------------------------------------------------------------

ORIGIN = date(2021, 1, 1)


def worked_until(at):
    """The work time from the origin to an instant."""
    day = at.date()
    days = int(numpy.busday_count(ORIGIN, day, busdaycal=OFFICE))
    total = days * WORKED_A_DAY
    if numpy.is_busday(day, busdaycal=OFFICE):
        clock = at - midnight(day)
        for opens, closes in OPENINGS:
            total += max(min(clock, closes) - opens, timedelta(0))
    return total


def united(pauses):
    """The pauses, those that overlap or adjoin made one."""
    whole = []
    for since, until in sorted(pauses):
        if whole and since <= whole[-1][1]:
            whole[-1] = (whole[-1][0], max(until, whole[-1][1]))
        else:
            whole.append((since, until))
    return whole


def used(term, at):
    """The work time from the start to an instant, less the pauses."""
    total = worked_until(at) - worked_until(term.start)
    for since, until in united(term.pauses):
        since, until = max(since, term.start), min(until, at)
        if since < until:
            total -= worked_until(until) - worked_until(since)
    return total


def first_used(term, budget):
    """The first instant at which so much is used."""
    low, high = 0, 1500 * DAY // MICRO
    while low < high:
        middle = (low + high) // 2
        if used(term, term.start + middle * MICRO) >= budget:
            high = middle
        else:
            low = middle + 1
    return term.start + low * MICRO


def numpy_hours(term):
    due = first_used(term, term.total() * HOUR)
    warn = first_used(term, term.total() * 42 * MINUTE)
    idle = sorted(set(OFF) | paused_days(term))
    return due, warn, numpy_over(due.date(), idle)


# ---- hours, one minute after the other ------------------------------------------------------


def count_minutes(term):
    def counts(at):
        hour = at.hour
        in_hours = 9 <= hour < 12 or 13 <= hour < 18
        return in_hours and worked(at.date()) and not any(a <= at < b for a, b in term.pauses)

    at, minutes, warn = term.start, 0, term.start
    while minutes < term.total() * 60:
        if counts(at):
            minutes += 1
            if minutes == term.total() * 42:
                warn = at + MINUTE
        at += MINUTE
    return at, warn, count_over(term, at.date())


# ---- all of them ----------------------------------------------------------------------------


def project(term):
    if term.measure == "WORK_HOURS":
        ways = [count_hours, numpy_hours] + ([count_minutes] if term.whole_minutes() else [])
    else:
        ways = [count_days, numpy_days]
    answers = [way(term) for way in ways]
    for way, answer in zip(ways, answers):
        assert answer == answers[0], (term.id, vars(term), way.__name__, answer, answers[0])
    due, warn, over = answers[0]
    return due, warn, over, provisional(term.start, due)


def workdays(first, last):
    """How many there are from the first day to the last, both counted; none if the last is earlier."""
    days = [first + n * DAY for n in range((last - first).days + 1)]
    counted = sum(worked(day) for day in days)
    by_numpy = int(numpy.busday_count(first, last + DAY, busdaycal=OFFICE)) if first <= last else 0
    assert counted == by_numpy, (first, last, counted, by_numpy)
    return counted
