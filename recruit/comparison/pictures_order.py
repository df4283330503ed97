"""The pictures of how sure the order of a comparison is, laid out: how far a rank reaches, and who is above whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from recruit.comparison.pictures import EDGE, NARROW, WIDE, Tick, along, scale_lines
from recruit.comparison.rules import HIGHEST

# Places: how far up and down each candidate's rank reaches


@dataclass(frozen=True, slots=True)
class PlaceRow:
    """`low` and `high` are None for a candidate who is not ranked."""

    label: str
    name: str
    rank: int | None
    low: int | None
    high: int | None
    text: str


@dataclass(frozen=True, slots=True)
class LaidPlace:
    label: str
    name: str
    text: str
    top: float
    line: float
    start: float | None
    end: float | None
    dot: float | None


@dataclass(frozen=True, slots=True)
class Places:
    """`grid`: the lines of all rows with their ticks, as one path."""

    width: int
    height: float
    left: float
    right: float
    ticks: tuple[Tick, ...]
    rows: tuple[LaidPlace, ...]
    grid: str


def places_picture(rows: Sequence[PlaceRow], *, wide: bool) -> Places:
    """The first place to the left, the last to the right."""
    width = WIDE if wide else NARROW
    left, right = (210, 570) if wide else (EDGE, width - EDGE)
    high, top, down = (34, 21, 16) if wide else (46, 15, 30)
    last = max((reach for row in rows for reach in (row.rank, row.high) if reach is not None), default=1)

    def at(rank: int | None) -> float | None:
        return None if rank is None else along(rank, 1, last, left, right)

    laid = tuple(
        LaidPlace(
            label=row.label,
            name=row.name,
            text=row.text,
            top=place * high + top,
            line=place * high + down,
            start=at(row.low),
            end=at(row.high),
            dot=at(row.rank),
        )
        for place, row in enumerate(rows)
    )
    ranks = range(1, last + 1) if last <= 12 else [1, *range(5, last + 1, 5)]
    ticks = tuple(Tick(along(rank, 1, last, left, right), str(rank)) for rank in ranks)
    grid = scale_lines([row.line for row in laid], ticks, left, right, 5)
    return Places(width, len(rows) * high + 22, left, right, ticks, laid, grid)


# Pairs: who is above whom


@dataclass(frozen=True, slots=True)
class PairCell:
    x: float
    y: float
    step: int
    text: str


@dataclass(frozen=True, slots=True)
class Pairs:
    """`cells` above the diagonal only: the row's candidate against the column's; their places are their middles.
    `squares`: those of each step, 1 to 5, as one path."""

    width: float
    height: float
    size: float
    type_size: float
    rows: tuple[Tick, ...]
    columns: tuple[Tick, ...]
    label_width: float
    cells: tuple[PairCell, ...]
    squares: tuple[str, ...]


def share_step(share: float) -> int:
    """The step 1 to 5 whose colour a share gets: a fifth of the whole each."""
    return min(HIGHEST, int(share * 5) + 1)


def pairs_picture(refs: Sequence[str], above: Mapping[tuple[str, str], float]) -> Pairs:
    """`refs` in rank order; `above`: how often, 0 to 1, the first of two is above the second, for each pair once."""
    size, type_size = (46, 14) if len(refs) <= 8 else (36, 12.5) if len(refs) <= 16 else (28, 11)
    letters = max((len(ref) for ref in refs), default=0)
    label_width = letters * 9 + 12
    head = 24 if letters <= size / 9 else letters * 9 + 6
    cells = []
    squares: list[list[str]] = [[] for _step in range(HIGHEST)]
    for row, a in enumerate(refs[:-1]):
        for column, b in enumerate(refs[row + 1 :], start=row):
            share = above[a, b] if (a, b) in above else 1 - above[b, a]
            # What happened once is not never, and what failed once is not always.
            text = str(min(max(round(share * 100), 1), 99) if 0 < share < 1 else round(share * 100))
            left, top, step = label_width + column * size, head + row * size, share_step(share)
            cells.append(PairCell(left + size / 2, top + size / 2 + 5, step, text))
            squares[step - 1].append(f"M{left + 1} {top + 1}h{size - 2}v{size - 2}h{2 - size}z")
    count = max(len(refs) - 1, 0)
    return Pairs(
        width=label_width + count * size,
        height=head + count * size,
        size=size,
        type_size=type_size,
        rows=tuple(Tick(head + (place + 0.5) * size, ref) for place, ref in enumerate(refs[:-1])),
        columns=tuple(Tick(label_width + (place + 0.5) * size, ref) for place, ref in enumerate(refs[1:])),
        label_width=label_width,
        cells=tuple(cells),
        squares=tuple(map("".join, squares)),
    )
