"""The pictures of a comparison, laid out in their own units: plain values in, plain geometry out.

Each exists in two shapes: narrow for the page, where it stands beside its table and fits a phone, with words above
what they name; wide for documents, with words to the left. All share one scale, 1 to 5.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recruit.comparison.rules import HIGHEST, LOWEST

NARROW, WIDE = 340, 640
STEPS = range(LOWEST, HIGHEST + 1)
EDGE = 9  # half a symbol, and a little
MOST_PROFILES = 4


@dataclass(frozen=True, slots=True)
class Tick:
    """A mark on a scale: its place along it, and what it says."""

    at: float
    text: str


def along(value: float, low: float, high: float, left: float, right: float) -> float:
    """The place of a value on a scale from `low` at `left` to `high` at `right`; the middle of a scale of one."""
    share = (value - low) / (high - low) if high > low else 0.5
    return round(left + share * (right - left), 1)


def scale_lines(heights: Sequence[float], ticks: Sequence[Tick], left: float, right: float, half: float) -> str:
    """One path for the same scale at all these heights, each tick reaching `half` to both sides of it."""
    return "".join(
        f"M{left} {height}H{right}" + "".join(f"M{tick.at} {height - half}v{2 * half}" for tick in ticks)
        for height in heights
    )


# Profile: candidates side by side in each room of the house


@dataclass(frozen=True, slots=True)
class Stem:
    """One candidate in one room. `y` is the height of the value, None when nothing of the room is rated.

    `partly`: some criteria of the room have no rating.
    """

    x: float
    y: float | None
    label: str
    text: str
    partly: bool


@dataclass(frozen=True, slots=True)
class Panel:
    """A room: its number in the charter's order and its place; `top` and `ground` are the heights of 5 and 1."""

    room: int
    x: float
    y: float
    width: float
    top: float
    ground: float
    ticks: tuple[Tick, ...]
    stems: tuple[Stem, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    width: int
    height: float
    panels: tuple[Panel, ...]


@dataclass(frozen=True, slots=True)
class RoomValue:
    """A candidate's weighted mean in a room, None without any rating; as it is written; whether all of it is rated."""

    value: float | None
    text: str
    whole: bool


GAP, HEAD, PLOT, FOOT = 12, 48, 116, 24


def profile_picture(rooms: int, candidates: Sequence[tuple[str, Sequence[RoomValue]]], *, wide: bool) -> Profile:
    """The candidates (ref, and a value for each room) side by side in every room.

    Narrow, the rooms stand as in the house, in two columns, the first half of the charter in the first; wide, up to
    four in a row.
    """
    width = WIDE if wide else NARROW
    columns = max(1, min(rooms, 4 if wide else 2))
    deep = -(-rooms // columns)
    panel_width = (width - GAP * (columns - 1)) / columns
    panel_height = HEAD + PLOT + FOOT
    panels = []
    for room in range(rooms):
        column, row = (room % columns, room // columns) if wide else (room // deep, room % deep)
        x, y = round(column * (panel_width + GAP), 1), row * (panel_height + GAP)
        top, ground = y + HEAD, y + HEAD + PLOT
        left = x + 22
        each = (panel_width - 22) / max(len(candidates), 1)
        stems = tuple(
            Stem(
                x=round(left + (place + 0.5) * each, 1),
                y=None if (one := values[room]).value is None else along(one.value, LOWEST, HIGHEST, ground, top),
                label=ref,
                text=one.text,
                partly=one.value is not None and not one.whole,
            )
            for place, (ref, values) in enumerate(candidates)
        )
        ticks = tuple(Tick(along(step, LOWEST, HIGHEST, ground, top), str(step)) for step in STEPS)
        panels.append(Panel(room, x, y, round(panel_width, 1), top, ground, ticks, stems))
    return Profile(width, deep * (panel_height + GAP) - GAP if rooms else 0, tuple(panels))


# Dots: what every member gave, row by row


@dataclass(frozen=True, slots=True)
class DotRow:
    """`label`: the row's words in lines. `scores`: by side of the panel. `value`: what the cell comes to, or None."""

    label: Sequence[str]
    scores: Mapping[str, Sequence[int]]
    value: float | None


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    side: str


@dataclass(frozen=True, slots=True)
class LaidRow:
    """`top` is the height of the row's first line of words, `line` of its scale, `value` the place of the cell's."""

    label: tuple[str, ...]
    top: float
    line: float
    rise: float
    value: float | None
    dots: tuple[Dot, ...]


@dataclass(frozen=True, slots=True)
class Dots:
    """`grid`: the scales of all rows, as one path."""

    width: int
    height: float
    left: float
    right: float
    ticks: tuple[Tick, ...]
    rows: tuple[LaidRow, ...]
    grid: str


SYMBOL, WORDS = 15, 18  # from one symbol to the next; from one line of words to the next
WIDE_LABEL = 270


def dots_picture(rows: Sequence[DotRow], sides: Sequence[str], *, wide: bool) -> Dots:
    """Every rating as its side's symbol at its score, equal ones beside each other in the order of `sides`."""
    width = WIDE if wide else NARROW
    left, right = ((WIDE_LABEL + 30) if wide else EDGE + 28), width - EDGE - 28
    beside = max(1, int((right - left) / (HIGHEST - LOWEST) / SYMBOL))
    laid, y = [], 4.0
    for row in rows:
        by_score: defaultdict[int, list[str]] = defaultdict(list)
        for side in sides:
            for score in row.scores.get(side, ()):
                by_score[score].append(side)
        lines = max((-(-len(found) // beside) for found in by_score.values()), default=1)
        rise, words = lines * SYMBOL, len(row.label) * WORDS
        if wide:
            height = max(rise + 10, words + 6)
            top, line = y + (height - words) / 2 + 13, y + (height + rise) / 2
        else:
            height = words + rise + 14
            top, line = y + 13, y + words + rise + 4
        dots = tuple(
            Dot(
                x=round(
                    along(score, LOWEST, HIGHEST, left, right)
                    + (place % beside - (min(len(found) - place // beside * beside, beside) - 1) / 2) * SYMBOL,
                    1,
                ),
                y=line - SYMBOL / 2 - place // beside * SYMBOL,
                side=side,
            )
            for score, found in by_score.items()
            for place, side in enumerate(found)
        )
        value = None if row.value is None else along(row.value, LOWEST, HIGHEST, left, right)
        laid.append(LaidRow(tuple(row.label), top, line, rise, value, dots))
        y += height + 8
    ticks = tuple(Tick(along(step, LOWEST, HIGHEST, left, right), str(step)) for step in STEPS)
    grid = scale_lines([row.line for row in laid], ticks, left - 26, right + 26, 3)
    return Dots(width, y + 18, left, right, ticks, tuple(laid), grid)
