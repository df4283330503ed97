"""One table as one string of WordprocessingML. Values in, string out."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal, TypeAlias

from recruit.documents.markup import Text, badge, colour_value, escape_attribute, paragraph, runs

TWIPS_PER_CM = 1440 / 2.54
HATCH_COLOUR = "C9D0D4"
CLOSE_ROWS = 34  # room above and below the text of close rows, in twentieths of a point

Align: TypeAlias = Literal["left", "right", "center"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column. Widths are centimetres; columns that together are wider than the page are narrowed in proportion."""

    heading: Text
    width_cm: float
    align: Align = "left"


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell. What is None follows the column and the table's style.

    `fill` is the ground's colour (a tile with white edges), `hatched` marks what is missing, `outline` draws a frame,
    all colours #rrggbb. `span` counts columns. `room` is (letter, colour), a square before the text. `items` is a list
    with bullets below the text.
    """

    text: Text = ""
    fill: str | None = None
    colour: str | None = None
    bold: bool | None = None
    align: Align | None = None
    span: int = 1
    room: tuple[str, str] | None = None
    hatched: bool = False
    outline: str | None = None
    items: Sequence[Text] = ()


Rows: TypeAlias = Sequence[Sequence[Cell | str]]


def column_widths(columns: Sequence[Column], available: int) -> list[int]:
    """Widths in twentieths of a point, together at most `available`. Raises ValueError for no columns or no width."""
    if not columns or any(column.width_cm <= 0 for column in columns):
        raise ValueError("a table has columns, and every column a width")
    wanted = [column.width_cm * TWIPS_PER_CM for column in columns]
    scale = min(1.0, available / sum(wanted))
    return [int(width * scale) for width in wanted]


def table(
    columns: Sequence[Column],
    rows: Rows,
    widths: Sequence[int],
    *,
    header: bool,
    caption: str | None,
    alt: str | None = None,
    together: bool = False,
    close: bool = False,
) -> str:
    """The table's XML. Raises ValueError when a row's cells do not fill the columns exactly.

    No row is split over two pages, and with `together` no table is. The header row is repeated on every page and kept
    with the row after it; so is a row of one cell across the whole table, because it is the heading of what follows.
    """
    written = [_header_row(columns, widths)] if header else []
    last = len(rows) - 1
    ruled = True
    for number, row in enumerate(rows):
        whole = len(row) == 1 and len(columns) > 1
        keep_next = (whole or together) and number != last
        written.append(_row(columns, row, widths, keep_next=keep_next, ruled=ruled))
        ruled = whole
    name = f'<w:tblCaption w:val="{escape_attribute(caption)}"/>' if caption else ""
    name += f'<w:tblDescription w:val="{escape_attribute(alt)}"/>' if alt else ""
    margins = "".join(f'<w:{side} w:w="{CLOSE_ROWS}" w:type="dxa"/>' for side in ("top", "bottom")) if close else ""
    margins = f"<w:tblCellMar>{margins}</w:tblCellMar>" if margins else ""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblStyle w:val="RecruitTable"/><w:tblW w:w="{sum(widths)}" w:type="dxa"/>'
        f'<w:tblLayout w:type="fixed"/>{margins}<w:tblLook w:val="{"0620" if header else "0600"}"'
        f' w:firstRow="{int(header)}" w:lastRow="0" w:firstColumn="0" w:lastColumn="0" w:noHBand="1" w:noVBand="1"/>'
        f"{name}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(written)}</w:tbl>"
    )


def _header_row(columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/></w:tcPr>'
        f"{paragraph(runs(column.heading), 'TableHeading', keep_next=True, align=column.align)}</w:tc>"
        for column, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{cells}</w:tr>"


def _row(
    columns: Sequence[Column], row: Sequence[Cell | str], widths: Sequence[int], *, keep_next: bool, ruled: bool
) -> str:
    """A row. `ruled` says that the rule above it is a heading's and must stay."""
    written = []
    start = 0
    for cell in row:
        if isinstance(cell, str):
            cell = Cell(cell)
        end = start + cell.span
        if cell.span < 1 or end > len(columns):
            break
        written.append(_cell(cell, columns[start].align, sum(widths[start:end]), keep_next, ruled))
        start = end
    if start != len(columns) or len(written) != len(row):
        raise ValueError(f"a row must fill {len(columns)} columns exactly, not {sum(_span(cell) for cell in row)}")
    return f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(written)}</w:tr>"


def _span(cell: Cell | str) -> int:
    return 1 if isinstance(cell, str) else cell.span


def _cell(cell: Cell, align: Align, width: int, keep_next: bool, ruled: bool) -> str:
    span = f'<w:gridSpan w:val="{cell.span}"/>' if cell.span > 1 else ""
    look = _ground(cell.fill, cell.hatched, cell.outline, ruled)
    content = runs(cell.text, bold=cell.bold, colour=cell.colour)
    if cell.room:
        content = badge(cell.room) + content
    text = ""
    if content or not cell.items:
        text = paragraph(content, "TableText", keep_next=keep_next, align=cell.align or align)
    for item in cell.items:
        text += paragraph(runs(item), "TableBullet", keep_next=keep_next)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{look}</w:tcPr>{text}</w:tc>'


@lru_cache(maxsize=256)
def _ground(fill: str | None, hatched: bool, outline: str | None, ruled: bool) -> str:
    """Edges and shading. A document has few kinds of cells and many cells of each: written once."""
    sides: tuple[str, ...] = ()
    size, colour = 12, "FFFFFF"
    if outline:
        size, colour, sides = 18, colour_value(outline), ("top", "left", "bottom", "right")
    elif fill or hatched:
        sides = ("left", "bottom", "right") if ruled else ("top", "left", "bottom", "right")
    edges = "".join(f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{colour}"/>' for side in sides)
    look = f"<w:tcBorders>{edges}</w:tcBorders>" if edges else ""
    if hatched:
        look += f'<w:shd w:val="thinDiagStripe" w:color="{HATCH_COLOUR}" w:fill="FFFFFF"/>'
    elif fill:
        look += f'<w:shd w:val="clear" w:color="auto" w:fill="{colour_value(fill)}"/>'
    return f'{look}<w:vAlign w:val="center"/>' if fill or hatched else look
