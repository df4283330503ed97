"""The timetable as it is shown: rows by month, what to be warned of in words, and the line."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import groupby

import flask_babel
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from recruit.recruitments.models import Timetable, TimetableStep
from recruit.recruitments.timetable_checks import (
    HOLIDAY,
    LATE,
    ORDER_BROKEN,
    REQUIRED,
    SHORT,
    Warned,
    warnings,
)
from recruit.recruitments.timetable_rules import (
    BOARDS,
    MILESTONES,
    PARTS,
    PHASES,
    STEPS,
    Planned,
    month_start,
)
from recruit.recruitments.workdays import SATURDAY, holiday
from recruit.web.language import day, language

# The line, in units of its own drawing.
WIDTH, EDGE, LEVEL, LETTER, GAP = 1000, 10, 26, 8.4, 14
SHORT_NAMES = {
    "posted": _l("Opslag"),
    "deadline": _l("Frist"),
    "interviews_1": _l("1. samtaler"),
    "interviews_2": _l("2. samtaler"),
    "offer": _l("Tilbud"),
    "start": _l("Tiltrædelse"),
}


@dataclass(frozen=True)
class Row:
    """A step with its days in words, the rule of law it stands on, what to mind, and what to be warned of."""

    step: TimetableStep
    when: str
    week: int
    basis: str
    hint: str
    is_past: bool
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    title: str
    rows: list[Row]


def days_in_words(first: date, last: date | None, *, year: bool = False) -> str:
    """tirsdag 24. november; 7. til 8. juni; 28. maj til 1. jun."""
    end = " yyyy" if year else ""
    danish = language() == "da"
    if last is None or last == first:
        return flask_babel.format_date(first, ("EEEE d. MMMM" if danish else "EEEE d MMMM") + end)
    if (first.year, first.month) == (last.year, last.month):
        begin = flask_babel.format_date(first, "d." if danish else "d")
        final = flask_babel.format_date(last, ("d. MMMM" if danish else "d MMMM") + end)
        return _("%(first)s til %(last)s", first=begin, last=final)
    pattern = "d. MMM" if danish else "d MMM"
    begin = flask_babel.format_date(first, pattern + (end if first.year != last.year else ""))
    return _("%(first)s til %(last)s", first=begin, last=flask_babel.format_date(last, pattern + end))


def rows(steps: Sequence[TimetableStep], chosen: Timetable | None, today: date, *, year: bool = False) -> list[Row]:
    """The steps in order. `year` writes the year with every day."""
    warned = warned_of(steps, chosen)
    found = []
    for place, step in enumerate(steps):
        kind = STEPS.get(step.code)
        board = chosen.board if chosen and step.code == "opinion" else ""
        found.append(
            Row(
                step,
                days_in_words(step.starts_on, step.ends_on, year=year),
                step.starts_on.isocalendar().week,
                str(BOARDS.get(board, kind.basis if kind else "")),
                str(kind.hint) if kind else "",
                (step.ends_on or step.starts_on) < today,
                warned.get(place, []),
            )
        )
    return found


def months(found: Sequence[Row]) -> list[Month]:
    groups = groupby(found, key=lambda row: month_start(row.step.starts_on))
    return [Month(flask_babel.format_date(first, "MMMM yyyy").capitalize(), list(group)) for first, group in groups]


# Warnings


def warned_of(steps: Sequence[TimetableStep], chosen: Timetable | None) -> dict[int, list[str]]:
    """What to be warned of, in sentences, by the step's place."""
    planned = [Planned(step.code, step.starts_on, step.ends_on) for step in steps]
    found: dict[int, list[str]] = {}
    for warned in warnings(planned, chosen.notice_months if chosen else 1):
        found.setdefault(warned.place, []).append(_sentence(steps, warned))
    return found


def _sentence(steps: Sequence[TimetableStep], warned: Warned) -> str:
    other = steps[warned.other].title if warned.other is not None else ""
    if warned.code == ORDER_BROKEN:
        return _("Begynder, før ”%(other)s” er færdig.", other=other)
    if warned.code == REQUIRED:
        return _("Skal være på plads før ”%(other)s”.", other=other)
    if warned.code == SHORT:
        return ngettext(
            "Der er kun %(num)s dag til at søge. To til tre uger er det almindelige.",
            "Der er kun %(num)s dage til at søge. To til tre uger er det almindelige.",
            warned.days or 0,
        )
    if warned.code == LATE and warned.day:
        return _("Den nye leder skal kunne sige op senest %(day)s for at tiltræde til tiden.", day=day(warned.day))
    closed = warned.day or steps[warned.place].starts_on
    name = holiday(closed, language()) if warned.code == HOLIDAY else None
    name = name or (_("en lørdag") if closed.weekday() == SATURDAY else _("en søndag"))
    return _("%(day)s er en fridag: %(name)s.", day=day(closed), name=name)


# The line


@dataclass(frozen=True)
class Mark:
    """A milestone on the line. `x` and `y` are the place of its label, `anchor` the side of it that stands there."""

    label: str
    when: str
    x: float
    label_x: float
    y: float
    anchor: str


@dataclass(frozen=True)
class Line:
    """The whole timetable as a line, in units of the drawing: parts (name, x, width), months (name, x, anchor),
    milestones, today (x, anchor)."""

    width: int
    height: float
    base: float
    parts: list[tuple[str, float, float]]
    months: list[tuple[str, float, str]]
    marks: list[Mark]
    today: tuple[float, str] | None
    about: str


def line(steps: Sequence[TimetableStep], today: date | None = None) -> Line | None:
    """None while there is too little to draw."""
    at = {step.code: step.starts_on for step in steps if step.code in STEPS and step.code != "deletion"}
    if len(set(at.values())) < 2:
        return None
    first, last = min(at.values()), max(at.values())

    def x_of(moment: date) -> float:
        return round(EDGE + (WIDTH - 2 * EDGE) * (moment - first).days / (last - first).days, 1)

    shown = [(code, at[code]) for code in MILESTONES if code in at]
    placed = _place([(f"{SHORT_NAMES[code]} {_short(when)}", _short(when), x_of(when)) for code, when in shown])
    top = LEVEL * (1 + max((level for *_rest, level in placed), default=0))
    marks = [
        Mark(label, when, x, x + (6 if anchor == "start" else -6), top - LEVEL * level - 8, anchor)
        for label, when, x, anchor, level in placed
    ]
    parts = []
    for phase, (begin, end) in PARTS.items():
        if begin in at and end in at and at[begin] < at[end]:
            width = x_of(at[end]) - x_of(at[begin])
            name = str(PHASES[phase])
            parts.append((name if len(name) * LETTER < width else "", x_of(at[begin]), round(width, 1)))
    firsts = [month_start(first, count) for count in range(1, 60) if month_start(first, count) <= last]
    step = 1 + len(firsts) // 14
    now = x_of(today) if today and first <= today <= last else None
    return Line(
        WIDTH,
        top + (84 if now is not None else 64),
        top + 6,
        parts,
        [(flask_babel.format_date(month, "MMM").rstrip("."), *_anchored(x_of(month), 30)) for month in firsts[::step]],
        marks,
        _anchored(now, 40) if now is not None else None,
        _("Tidslinje fra %(first)s til %(last)s", first=day(first), last=day(last)),
    )


def _anchored(x: float, half: float) -> tuple[float, str]:
    """A place and the side of a label that stands there, so that one of twice `half` does not stick out."""
    return x, "start" if x < half else "end" if x > WIDTH - half else "middle"


def _short(when: date) -> str:
    return flask_babel.format_date(when, "d. MMM" if language() == "da" else "d MMM").rstrip(".")


def _place(labels: Sequence[tuple[str, str, float]]) -> list[tuple[str, str, float, str, int]]:
    """Each label like a flag on the right of its pole, at the lowest level where no pole and no label is in its way;
    those that would stick out at the end of the line fly to the left, above what is there."""
    found: list[tuple[str, str, float, str, int]] = []
    ends = [item for item in labels if item[2] + len(item[0]) * LETTER > WIDTH]
    for label, when, x in reversed([item for item in labels if item not in ends]):
        reach = x + len(label) * LETTER + GAP
        level = 1 + max((level for _label, _when, other, _anchor, level in found if other < reach), default=-1)
        found.insert(0, (label, when, x, "start", level))
    for label, when, x in ends:
        begin = x - len(label) * LETTER - GAP
        near = [row[4] for row in found if row[2] + len(row[0]) * LETTER > begin]
        found.append((label, when, x, "end", 1 + max(near, default=-1)))
    return found


def milestones(steps: Sequence[TimetableStep]) -> Mapping[str, TimetableStep]:
    """The steps that the line shows, in their order."""
    stand = {step.code: step for step in steps}
    return {code: stand[code] for code in MILESTONES if code in stand}
