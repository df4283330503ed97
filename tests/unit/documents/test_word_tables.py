from collections.abc import Callable

import pytest
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.shared import Cm

from recruit.documents.word import Cell, Column, Run, WordDocument

Build = Callable[..., WordDocument]
Reopen = Callable[[WordDocument], Document]

COLUMNS = [Column("Kriterium", 6), Column("K1", 2, "right"), Column("K2", 2, "center")]


def test_table_header_row_is_repeated_and_no_row_is_split(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [["a", "4,0", "3,0"], ["b", "2,0", "1,0"]])
    (table,) = reopen(document).tables
    rows = table._tbl.tr_lst
    assert [bool(row.xpath("w:trPr/w:tblHeader")) for row in rows] == [True, False, False]
    assert all(row.xpath("w:trPr/w:cantSplit") for row in rows)
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["Kriterium", "K1", "K2"],
        ["a", "4,0", "3,0"],
        ["b", "2,0", "1,0"],
    ]
    assert table.style is not None and table.style.name == "Recruit Table"


def test_table_without_header_has_only_its_rows(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [["a", "b", "c"]], header=False)
    (table,) = reopen(document).tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["a", "b", "c"]]
    assert not table._tbl.xpath(".//w:tblHeader")
    assert table._tbl.xpath("w:tblPr/w:tblLook/@w:firstRow") == ["0"]


def test_table_is_kept_with_its_heading_and_caption(build: Build, reopen: Reopen) -> None:
    document = build()
    document.heading("Overskrift")
    document.table(COLUMNS, [[Cell("Rum", span=3)], ["a", "b", "c"], [Cell("Sidst", span=3)]], caption="Tabel")
    written = reopen(document)
    heading, caption, _ = written.paragraphs
    assert heading.style is not None and heading.style.paragraph_format.keep_with_next
    assert caption.text == "Tabel" and caption.paragraph_format.keep_with_next
    kept = [bool(row.xpath(".//w:keepNext")) for row in written.tables[0]._tbl.tr_lst]
    assert kept == [True, True, False, False]  # the headings, the room's row; the last row keeps nothing after it
    assert written.tables[0]._tbl.xpath("w:tblPr/w:tblCaption/@w:val") == ["Tabel"]


def test_tables_are_parted_and_closed_by_a_paragraph_one_point_high(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [["a", "b", "c"]])
    document.table(COLUMNS, [["a", "b", "c"]])
    written = reopen(document)
    assert [element.tag for element in written.element.body] == [
        qn("w:tbl"),
        qn("w:p"),
        qn("w:tbl"),
        qn("w:p"),
        qn("w:sectPr"),
    ]
    style = written.paragraphs[-1].style
    assert style is not None and style.paragraph_format.line_spacing == 12_700  # one point, in EMU


def test_cells_follow_their_column_unless_told_otherwise(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [["a", "4,0", Cell("3,0", align="right")]])
    aligned = [[cell.paragraphs[0].alignment for cell in row.cells] for row in reopen(document).tables[0].rows]
    right, centre = WD_ALIGN_PARAGRAPH.RIGHT, WD_ALIGN_PARAGRAPH.CENTER
    assert aligned == [[None, right, centre], [None, right, right]]


def test_cell_with_everything_shows_it(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(
        COLUMNS,
        [
            [
                Cell(
                    ["x", Run("y", colour="#000000")],
                    fill="#0b5560",
                    colour="#ffffff",
                    bold=True,
                    span=2,
                    room=("P", "#1f5f99"),
                    outline="#a8500a",
                ),
                Cell("ikke belyst", hatched=True),
            ]
        ],
    )
    first, second = reopen(document).tables[0]._tbl.tr_lst[1].tc_lst
    assert first.grid_span == 2
    assert first.xpath("w:tcPr/w:shd/@w:fill") == ["0B5560"]
    assert first.xpath("w:tcPr/w:tcBorders/*/@w:color") == ["A8500A"] * 4
    assert first.xpath("w:p/w:r/w:rPr/w:color/@w:val") == ["FFFFFF", "FFFFFF", "000000"]
    assert first.xpath("w:p/w:r/w:rPr/w:shd/@w:fill") == ["1F5F99"]
    assert len(first.xpath("w:p/w:r/w:rPr/w:b")) == 3
    assert second.xpath("w:tcPr/w:shd/@w:val") == ["thinDiagStripe"]


def test_columns_are_as_wide_as_asked_or_narrowed_to_the_page(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table([Column("A", 4), Column("B", 2)], [["x", "y"]])
    document.table([Column("A", 40), Column("B", 20)], [["x", Cell("y")], [Cell("z", span=2)]])
    narrow, wide = reopen(document).tables
    for table, widths in ((narrow, (Cm(4), Cm(2))), (wide, (Cm(16.6) * 2 // 3, Cm(16.6) // 3))):
        for column, width in zip(table.columns, widths, strict=True):
            assert column.width is not None and abs(column.width - width) < Cm(0.02)
    total = sum(int(width) for width in wide._tbl.xpath("w:tblGrid/w:gridCol/@w:w"))
    assert wide._tbl.xpath("w:tblPr/w:tblW/@w:w") == [str(total)]
    assert wide._tbl.tr_lst[2].xpath("w:tc/w:tcPr/w:tcW/@w:w") == [str(total)]


@pytest.mark.parametrize(
    "row",
    [
        [],
        ["a", "b"],
        ["a", "b", "c", "d"],
        [Cell("a", span=2), Cell("b", span=2)],
        [Cell("a", span=4)],
        [Cell("a", span=0), "b", "c", "d"],
        [Cell("a", span=3), Cell("b", span=0)],
    ],
)
def test_row_that_does_not_fill_the_columns_is_refused(row: list[Cell | str], build: Build) -> None:
    with pytest.raises(ValueError, match="3 columns"):
        build().table(COLUMNS, [row])


@pytest.mark.parametrize("columns", [[], [Column("A", 0)], [Column("A", 3), Column("B", -1)]])
def test_columns_without_width_are_refused(columns: list[Column], build: Build) -> None:
    with pytest.raises(ValueError, match="width"):
        build().table(columns, [])


def test_table_refused_leaves_no_caption_behind(build: Build, reopen: Reopen) -> None:
    document = build()
    with pytest.raises(ValueError, match="columns"):
        document.table(COLUMNS, [["a"]], caption="Tabel")
    assert reopen(document).paragraphs == []


def test_filled_cells_are_tiles_that_leave_the_headings_rule(build: Build, reopen: Reopen) -> None:
    document = build()
    tile = Cell("4,0", fill="#387983")
    document.table([Column("A", 4), Column("B", 2)], [["x", tile], ["y", tile], [Cell("Rum", span=2)], ["z", tile]])
    rows = reopen(document).tables[0]._tbl.tr_lst[1:]
    white_on_top = [bool(row.xpath('w:tc[2]/w:tcPr/w:tcBorders/w:top[@w:color="FFFFFF"]')) for row in rows]
    assert white_on_top == [False, True, False, False]  # under the headings; in between; the room's row; under it
    assert rows[0].xpath("w:tc[2]/w:tcPr/w:tcBorders/*/@w:color") == ["FFFFFF"] * 3
