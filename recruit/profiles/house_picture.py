"""The house with the chosen statements marked, laid out for a picture in the picture's own units."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from recruit.charter.models import Area, Charter
from recruit.documents.space import LETTER_WIDTHS, OTHER_WIDTH
from recruit.web.language import localised

WIDTH, GAP = 1000, 12
ROOF, GROUND = 108, 46
PAD, MARK = 20, 30  # inside a room; from its edge to the words of a statement
HEADING_SIZE, TEXT_SIZE, LINE = 17, 15.5, 21
BETWEEN = 11  # two statements
BREADTH = 1.14  # of IBM Plex Sans beside Calibri, whose widths are known


@dataclass(frozen=True)
class Line:
    """A statement: its lines of words, the place of the first, and whether it is chosen."""

    y: float
    lines: list[str]
    chosen: bool

    @property
    def height(self) -> float:
        return len(self.lines) * LINE


@dataclass(frozen=True)
class Room:
    area: Area
    x: float
    y: float
    width: float
    height: float
    heading: list[str]
    whole: bool
    statements: list[Line]


@dataclass(frozen=True)
class House:
    width: int
    height: float
    rooms: list[Room]
    values: list[tuple[float, str]]
    ground: float


def house_picture(charter: Charter, chosen: Collection[str]) -> House:
    """The rooms in columns, P over C and E over R, those beside each other equally high."""
    rows = (len(charter.areas) + 1) // 2
    columns = [charter.areas[:rows], charter.areas[rows:]] if len(charter.areas) > 1 else [charter.areas]
    width = (WIDTH - GAP * (len(columns) - 1)) / len(columns)
    laid = [[_lay(area, width, chosen) for area in column] for column in columns]
    rooms = []
    top: float = ROOF + GAP
    for row in range(rows):
        beside = [column[row] for column in laid if row < len(column)]
        height = max(high for _room, _lines, high in beside)
        for place, (area, (heading, statements), _high) in enumerate(beside):
            x = place * (width + GAP)
            moved = [Line(top + line.y, line.lines, line.chosen) for line in statements]
            rooms.append(Room(area, x, top, width, height, heading, area.id in chosen, moved))
        top += height + GAP
    values = [
        ((place + 0.5) * WIDTH / len(charter.values), localised(value.name))
        for place, value in enumerate(charter.values)
    ]
    return House(WIDTH, top + (GROUND if values else 0), rooms, values, top)


def _lay(area: Area, width: float, chosen: Collection[str]) -> tuple[Area, tuple[list[str], list[Line]], float]:
    """A room's heading, its statements with their places from its top, and its height."""
    heading = wrapped(localised(area.heading), width - 2 * PAD, HEADING_SIZE)
    y: float = 62 + len(heading) * (LINE + 2)
    statements = []
    if area.id in chosen:
        y += LINE + 4  # says that the whole room is one criterion
    for statement in area.statements:
        line = Line(y, wrapped(localised(statement.text), width - 2 * PAD - MARK, TEXT_SIZE), statement.id in chosen)
        statements.append(line)
        y += line.height + BETWEEN
    return area, (heading, statements), y + 4


def wrapped(text: str, width: float, size: float) -> list[str]:
    """The text in lines no wider than `width`; words stay whole."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and _width(longer, size) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def _width(text: str, size: float) -> float:
    return sum(LETTER_WIDTHS.get(letter, OTHER_WIDTH) for letter in text) * size * BREADTH
