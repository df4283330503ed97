"""How high what is written comes out on paper: paragraphs and tables as XML, measured in the styles of base.docx."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
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
# How wide common fonts are beside Calibri; one that is not known is taken to be wide.
BREADTHS = {
    **dict.fromkeys(("calibri", "carlito", "calibri light"), 1.0),
    **dict.fromkeys(("times new roman", "liberation serif", "cambria", "garamond", "gill sans mt"), 1.02),
    **dict.fromkeys(("verdana", "dejavu sans"), 1.28),
}
OTHER_BREADTH = 1.13  # Arial, Liberation Sans, Segoe UI


@dataclass(frozen=True, slots=True)
class Look:
    """What a paragraph style says about room. `points` is the font's size, the rest twentieths of a point.

    `line` is a multiple of the font's own height, or the height itself in twentieths of a point when it is exact.
    `breadth` is how wide the font's letters are, in those of Calibri.
    """

    points: float
    bold: bool
    before: int
    after: int
    line: float
    exact: bool
    indent: int
    breadth: float = 1.0


@cache
def base_looks() -> dict[str, Look]:
    """The paragraph styles of base.docx by their ids."""
    return looks(parse_xml(styles().encode()))


def looks(root: Element) -> dict[str, Look]:
    """The paragraph styles of a document's styles by their ids, those they are based on taken in.

    No style may be based on itself, over others or not.
    """
    plain = _look(root.find(qn("w:docDefaults")), Look(11, False, 0, 0, 1.0, False, 0))
    waiting = {
        style.get(qn("w:styleId")): style
        for style in root.findall(qn("w:style"))
        if style.get(qn("w:type")) == "paragraph"
    }
    found: dict[str, Look] = {}

    def resolved(name: str) -> Look:
        if name not in found:
            based = waiting[name].find(qn("w:basedOn"))
            base = based.get(qn("w:val"), "") if based is not None else ""
            found[name] = _look(waiting[name], resolved(base) if base in waiting else plain)
        return found[name]

    for name in waiting:
        resolved(name)
    return found


def _look(style: Element | None, base: Look) -> Look:
    """What a style says, or else what it is based on does."""
    if style is None:
        return base
    size, bold = style.find(f".//{qn('w:sz')}"), style.find(f".//{qn('w:b')}")
    before, after, line, exact = _spacing(style, base)
    indent, listed = style.find(f".//{qn('w:ind')}"), style.find(f".//{qn('w:numPr')}")
    return Look(
        points=float(size.get(qn("w:val"))) / 2 if size is not None else base.points,
        bold=bold.get(qn("w:val")) not in ("0", "false") if bold is not None else base.bold,
        before=before,
        after=after,
        line=line,
        exact=exact,
        indent=_indent(indent) if indent is not None else LIST_INDENT if listed is not None else base.indent,
        breadth=_breadth(style, base),
    )


def _breadth(style: Element, base: Look) -> float:
    fonts = style.find(f".//{qn('w:rFonts')}")
    if fonts is None:
        return base.breadth
    name = fonts.get(qn("w:ascii"), "").casefold()
    return BREADTHS.get(name, OTHER_BREADTH)


def height(blocks: Sequence[str], width: int, styles_: Mapping[str, Look] | None = None) -> float:
    """Centimetres that blocks take one below the other. `width` of the text in twentieths of a point, `styles_` of the
    document (`looks`), those of base.docx when left out.

    No word is hyphenated: rather a little too much.
    """
    body = parse_xml(f"<w:body {NAMESPACES}>{''.join(blocks)}</w:body>")
    return _height(body, width, styles_ or base_looks())


def _height(blocks: Iterable[Element], width: int, styles_: Mapping[str, Look]) -> float:
    """Between two paragraphs the larger of the one's room below and the other's room above, as Word does."""
    total, below = 0.0, 0.0
    for block in blocks:
        if block.tag == qn("w:tbl"):
            total += _table(block, styles_)
            below = 0.0
        elif block.tag == qn("w:p"):
            above, lines, after = _paragraph(block, width, styles_)
            total += max(0.0, above - below) + lines + after
            below = after
    return total


def _table(table: Element, styles_: Mapping[str, Look]) -> float:
    margins = table.findall(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/*")
    ends = sum(int(margin.get(qn("w:w"))) for margin in margins) if margins else CELL_ENDS
    total = 0.0
    for row in table.iter(qn("w:tr")):
        is_edged = next(row.iter(qn("w:tblHeader"), qn("w:tcBorders")), None) is not None
        total += (ends + (EDGE if is_edged else RULE)) / TWIPS_PER_CM + max(
            _cell(cell, styles_) for cell in row.iter(qn("w:tc"))
        )
    return total


def _cell(cell: Element, styles_: Mapping[str, Look]) -> float:
    properties = cell.find(f"{qn('w:tcPr')}/{qn('w:tcW')}")
    return _height(cell, int(properties.get(qn("w:w"))) - CELL_SIDES, styles_)


def _paragraph(paragraph: Element, width: int, styles_: Mapping[str, Look]) -> tuple[float, float, float]:
    """Room above, the lines, room below, in centimetres."""
    properties = paragraph.find(qn("w:pPr"))
    style = properties.find(qn("w:pStyle")) if properties is not None else None
    look = styles_[style.get(qn("w:val")) if style is not None else "Normal"]
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
                wide = 0.0 if letter == "\n" else letter_width(letter, points, bold=heavy) * look.breadth
                yield letter, wide, points


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
