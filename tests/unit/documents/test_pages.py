"""What a document says about its pages: how much of one is used, sheets of their own, room for writing by hand."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from docx.document import Document
from docx.oxml.ns import qn
from docx.shared import Cm

from recruit.documents.word import Cell, Column, Run, WordDocument

Build = Callable[..., WordDocument]
Reopen = Callable[[WordDocument], Document]
Misplaced = Callable[[bytes], list[str]]

ASKED = "Fortæl om en retning, du har sat for dem, du er leder for. Hvad gjorde de anderledes på en almindelig tirsdag?"
LONG = f"{ASKED} " * 2
COLUMNS = [Column("Kryds", 2, "center"), Column("Trin", 6)]
# Centimetres, measured in the PDF that LibreOffice makes.
SEEN: dict[str, tuple[float, Callable[[WordDocument], None]]] = {
    "heading": (1.65, lambda document: document.heading("Overskrift")),
    "paragraph": (0.78, lambda document: document.paragraph("SLUT")),
    "bullets": (0.67, lambda document: document.bullets(["Sig retningen, som du sagde den dengang."])),
    "ruled lines": (4.3, lambda document: document.note_lines(5)),
    "table": (
        3.8,
        lambda document: document.table([Column("A", 8.3), Column("B", 8.3)], [[Cell(items=[ASKED, "b", "c"]), "x"]]),
    ),
}


@pytest.mark.parametrize("name", SEEN)
def test_height_is_what_is_seen_on_paper(name: str, build: Build) -> None:
    seen, write = SEEN[name]
    document = build()
    assert document.height_of(lambda: write(document)) == pytest.approx(seen, abs=0.1)


def test_height_grows_with_text_size_and_rows(build: Build) -> None:
    document = build()

    def height(text: str, size: float) -> float:
        return document.height_of(lambda: document.paragraph(Run(text, size=size), style="Question"))

    assert height(LONG, 14) < height(LONG, 16) < height(LONG, 18) < height(LONG * 2, 18)
    assert height("a\nb", 18) > height("ab", 18)

    def rows(count: int, **looks: bool) -> float:
        return document.height_of(lambda: document.table(COLUMNS, [["x", "y"]] * count, **looks))

    assert rows(2, close=True) < rows(2) < rows(3)


def test_height_between_paragraphs_is_the_larger_of_their_two(build: Build) -> None:
    document = build()

    def both() -> None:
        document.paragraph("a")
        document.heading("b", 3)

    alone = document.height_of(lambda: document.paragraph("a")) + document.height_of(lambda: document.heading("b", 3))
    assert document.height_of(both) == pytest.approx(alone - 7 * 2.54 / 72)  # seven points below a paragraph


def test_what_is_measured_is_not_written(build: Build, reopen: Reopen) -> None:
    document = build()
    document.numbered(["a"])
    document.page_break()

    def more() -> None:
        document.heading("b")
        document.numbered(["c"])

    first = document.height_of(more)
    assert document.height_of(more) == first
    document.paragraph("ny side")
    written = reopen(document)
    assert [paragraph.text for paragraph in written.paragraphs] == ["a", "ny side"]
    assert written.paragraphs[1].paragraph_format.page_break_before
    assert len(written.part.numbering_part.element.xpath("w:num")) == 3  # of the two styles, and the list's own


def test_sheet_begins_on_an_odd_page_with_header_and_footer(build: Build, reopen: Reopen) -> None:
    document = build()
    document.new_sheet()  # at the top nothing happens
    document.paragraph("først")
    for name in ("et", "to"):
        document.new_sheet()
        document.heading(name)
    for written in (reopen(document), reopen(document)):
        assert [section.start_type.name if section.start_type else None for section in written.sections] == [
            "NEW_PAGE",
            "ODD_PAGE",
            "ODD_PAGE",
        ]
        for section in written.sections:
            assert section.header.paragraphs[0].text == "Odder Kommune"
            assert section.footer.paragraphs[0].text.startswith("Lavet af sag 26/1234 · Side ")
        assert [item.text for item in written.paragraphs if item.text] == ["først", "et", "to"]
        assert not any(item.paragraph_format.page_break_before for item in written.paragraphs)


def test_close_margins_leave_more_of_the_page(build: Build, reopen: Reopen) -> None:
    plain, close = build(), build(close=True)
    assert (round(plain.text_width_cm, 1), round(plain.text_height_cm, 1)) == (16.6, 24.9)
    assert (round(close.text_width_cm, 1), round(close.text_height_cm, 1)) == (17.0, 25.9)
    section = reopen(close).sections[0]
    for margin in (section.left_margin, section.right_margin, section.top_margin, section.bottom_margin):
        assert margin is not None and Cm(1.8) < margin < Cm(2.1)


def test_ruled_lines_may_have_a_label(build: Build, reopen: Reopen) -> None:
    document = build()
    document.note_lines(3, "Noter <&")
    assert [paragraph.text for paragraph in reopen(document).paragraphs] == ["Noter <& \t", "\t", "\t"]


def test_paragraph_may_have_a_rooms_letter(build: Build, reopen: Reopen) -> None:
    document = build()
    document.paragraph(Run("Retning", bold=True), room=("P", "#1f5f99"))
    (paragraph,) = reopen(document).paragraphs
    assert paragraph.text.split() == ["P", "Retning"]
    assert paragraph._p.xpath("w:r[1]/w:rPr/w:shd/@w:fill") == ["1F5F99"]


def test_cell_holds_a_list(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [[Cell(items=["a", "b"]), Cell("før", items=["c"])], [Cell(items=[]), ""]])
    first, second = reopen(document).tables[0].rows[1:]
    assert [[(item.text, item.style.name) for item in cell.paragraphs if item.style] for cell in first.cells] == [
        [("a", "Table Bullet"), ("b", "Table Bullet")],
        [("før", "Table Text"), ("c", "Table Bullet")],
    ]
    assert [cell.text for cell in second.cells] == ["", ""]


def test_table_together_keeps_every_row_with_the_next_and_says_what_it_holds(build: Build, reopen: Reopen) -> None:
    document = build()
    document.table(COLUMNS, [["a", "b"], ["c", "d"], ["e", "f"]], alt='"To" & fire', together=True, close=True)
    (table,) = reopen(document).tables
    kept = [bool(row.xpath(".//w:keepNext")) for row in table._tbl.tr_lst]
    assert kept == [True, True, True, False]
    assert table._tbl.xpath("w:tblPr/w:tblDescription/@w:val") == ['"To" & fire']
    assert len(table._tbl.findall(f"{qn('w:tblPr')}/{qn('w:tblCellMar')}/*")) == 2
