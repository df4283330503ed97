"""How high what is written comes out on paper: paragraphs and tables as XML, measured in the styles of base.docx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, TypeAlias

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from recruit.documents.base import styles
from recruit.documents.markup import NAMESPACES
from recruit.documents.space import CM_PER_POINT, LINE, letter_width, line_count
from recruit.documents.tables import TWIPS_PER_CM

# An element of lxml: what a search in it gives is not known to a type checker.
Element: TypeAlias = Any

LIST_INDENT = 397  # of both lists of base.docx, in twentieths of a point
CELL_SIDES, CELL_ENDS = 192, 136  # left and right of a cell's text, above and below it, in twentieths of a point
RULE, EDGE = 10, 30  # the line below a row, and the one below a header or around a tile
TWIPS_PER_POINT = 20


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph style says about room. `points` is the font's size, the rest twentieths of a point.

    `line` is a multiple of the font's own height, or the height itself in twentieths of a point when it is exact.
    """

    points: float
    bold: bool
    before: int
    after: int
    line: float
    exact: bool
    indent: int


@cache
def looks() -> dict[str, Look]:
    """The paragraph styles by their ids."""
    found: dict[str, Look] = {}
    root: Element = parse_xml(styles().encode())
    for style in root.iter(qn("w:style")):
        if style.get(qn("w:type")) != "paragraph":
            continue
        based = style.find(qn("w:basedOn"))
        base = found[based.get(qn("w:val"))] if based is not None else Look(11, False, 0, 0, 1.0, False, 0)
        size, bold = style.find(f".//{qn('w:sz')}"), style.find(f".//{qn('w:b')}")
        before, after, line, exact = _spacing(style, base)
        indent, listed = style.find(f".//{qn('w:ind')}"), style.find(f".//{qn('w:numPr')}")
        found[style.get(qn("w:styleId"))] = Look(
            points=float(size.get(qn("w:val"))) / 2 if size is not None else base.points,
            bold=bold is not None or base.bold,
            before=before,
            after=after,
            line=line,
            exact=exact,
            indent=_indent(indent) if indent is not None else LIST_INDENT if listed is not None else base.indent,
        )
    return found


def height(blocks: Sequence[str], width: int) -> float:
    """Centimetres that blocks take one below the other. `width` of the text in twentieths of a point.

    No word is hyphenated: rather a little too much.
    """
    body = parse_xml(f"<w:body {NAMESPACES}>{''.join(blocks)}</w:body>")
    return _height(body, width)


def _height(blocks: Iterable[Element], width: int) -> float:
    """Between two paragraphs the larger of the one's room below and the other's room above, as Word does."""
    total, below = 0.0, 0.0
    for block in blocks:
        if block.tag == qn("w:tbl"):
            total += _table(block)
            below = 0.0
        elif block.tag == qn("w:p"):
            above, lines, after = _paragraph(block, width)
            total += max(0.0, above - below) + lines + after
            below = after
    return total


def _table(table: Element) -> float:
    margins = table.findall(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/*")
    ends = sum(int(margin.get(qn("w:w"))) for margin in margins) if margins else CELL_ENDS
    total = 0.0
    for row in table.iter(qn("w:tr")):
        is_edged = next(row.iter(qn("w:tblHeader"), qn("w:tcBorders")), None) is not None
        total += (ends + (EDGE if is_edged else RULE)) / TWIPS_PER_CM + max(map(_cell, row.iter(qn("w:tc"))))
    return total


def _cell(cell: Element) -> float:
    properties = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return _height(cell, int(properties.get(qn("w:w"))) - CELL_SIDES)


def _paragraph(paragraph: Element, width: int) -> tuple[float, float, float]:
    """Room above, the lines, room below, in centimetres."""
    properties = paragraph.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    look = looks()[style.get(qn("w:val")) if style is not None else "Normal"]
    before, after, line, exact = _spacing(properties, look)
    indent = look.indent
    if properties is not None and properties.find(qn("w:numPr")) is not None:
        indent = LIST_INDENT
    letters = list(_letters(paragraph, look))
    lines = line_count(((letter, wide) for letter, wide, _points in letters), (width - indent) / TWIPS_PER_CM)
    points = max((points for _letter, _wide, points in letters), default=look.points)
    one = line / TWIPS_PER_POINT if exact else points * LINE * line
    return before / TWIPS_PER_CM, lines * one * CM_PER_POINT, after / TWIPS_PER_CM


def _letters(paragraph: Element, look: Look) -> Iterator[tuple[str, float, float]]:
    """Each letter of a paragraph, its width in centimetres, its font's size in points. A tab has no width."""
    for run in paragraph.iter(qn("w:r")):
        size, bold = run.find(f".//{qn('w:sz')}"), run.find(f".//{qn('w:b')}")
        points = float(size.get(qn("w:val"))) / 2 if size is not None else look.points
        heavy = look.bold if bold is None else bold.get(qn("w:val")) != "0"
        for part in run.iter(qn("w:t"), qn("w:br")):
            for letter in "\n" if part.tag == qn("w:br") else part.text or "":
                yield letter, 0.0 if letter == "\n" else letter_width(letter, points, bold=heavy), points


def _spacing(element: Element | None, look: Look) -> tuple[int, int, float, bool]:
    """Room before and after, line spacing and whether it is exact: what the element says, else what the look does."""
    spacing = element.find(f".//{qn('w:spacing')}") if element is not None else None
    if spacing is None:
        return look.before, look.after, look.line, look.exact
    line, exact = spacing.get(qn("w:line")), spacing.get(qn("w:lineRule")) == "exact"
    return (
        int(spacing.get(qn("w:before"), look.before)),
        int(spacing.get(qn("w:after"), look.after)),
        look.line if line is None else float(line) if exact else float(line) / 240,
        look.exact if line is None else exact,
    )


def _indent(indent: Element) -> int:
    return int(indent.get(qn("w:left"), 0)) + int(indent.get(qn("w:right"), 0))
