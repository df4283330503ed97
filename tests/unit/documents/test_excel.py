"""Workbooks, read back by another library."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, date, datetime, time

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl.workbook.workbook import Workbook as Read

from recruit.documents.excel import Column, Workbook

COLUMNS = [
    Column("Navn", 30),
    Column("Dag", 14, "date"),
    Column("Kl.", 8, "time"),
    Column("Antal", 8, "number"),
    Column("Tal", 8, "decimal"),
]
ROW = ["Åse & <b>Ørsted</b> \"'🎉", date(2026, 5, 12), time(9, 15), 60, 3.75]
TEMPTING = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "{=1}",
    "http://x.example",
    "mailto:a@x.example",
    "internal:Ark!A1",
    "007",
    "1e9",
    "\t=1",
    "#N/A",
    "_x0041_",
]


def reopen(*sheets: tuple[str, list[Column], list[list[object]]], language: str = "da") -> Read:
    book = Workbook("Plan & <test>", language=language, author="Odder Kommune")
    for name, columns, rows in sheets:
        book.sheet(name, columns, rows)  # type: ignore[arg-type]
    return openpyxl.load_workbook(io.BytesIO(book.to_bytes()))


def test_values_come_back_as_what_they_were() -> None:
    sheet = reopen(("Plan", COLUMNS, [ROW]))["Plan"]
    assert [cell.value for cell in sheet[1]] == [column.heading for column in COLUMNS]
    name, day, clock, count, decimal = sheet[2]
    assert name.value == ROW[0]
    assert (day.value, day.is_date) == (datetime(2026, 5, 12), True)
    assert (clock.value, clock.is_date) == (time(9, 15), True)
    assert (count.value, count.data_type) == (60, "n")
    assert (decimal.value, decimal.number_format) == (3.75, "0.00")
    assert sheet.column_dimensions["A"].width == pytest.approx(30, abs=1)


@pytest.mark.parametrize("text", TEMPTING)
def test_text_is_a_text_and_nothing_else(text: str) -> None:
    cell = reopen(("Plan", [Column("Navn", 20)], [[text]]))["Plan"]["A2"]
    assert cell.data_type == "s"
    assert cell.hyperlink is None
    assert cell.value == text or text == "_x0041_"  # openpyxl reads the escaped one as Excel would write it


def test_no_part_of_the_file_holds_a_formula_or_a_link() -> None:
    book = Workbook("Plan", language="da")
    book.sheet("Plan", [Column(text, 20) for text in TEMPTING], [TEMPTING])
    with zipfile.ZipFile(io.BytesIO(book.to_bytes())) as archive:
        assert not any("hyperlink" in name for name in archive.namelist())
        assert b"<f>" not in archive.read("xl/worksheets/sheet1.xml")


@given(st.text(max_size=200))
def test_any_text_comes_back_without_what_xml_cannot_hold(text: str) -> None:
    value = reopen(("Plan", [Column("Navn", 20)], [[text]]))["Plan"]["A2"].value
    kept = "".join(
        letter
        for letter in text.replace("\r\n", "\n").replace("\r", "\n")
        if letter in "\t\n" or " " <= letter <= "\ud7ff" or "\ue000" <= letter <= "\ufffd" or letter > "\uffff"
    )
    if "_x" not in kept:
        assert (value or "") == kept


def test_header_row_stays_in_sight_and_on_every_page() -> None:
    sheet = reopen(("Plan", COLUMNS, [ROW, ROW]))["Plan"]
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:E3"
    assert sheet.print_title_rows == "$1:$1"
    assert sheet.page_setup.orientation == "landscape"
    assert sheet["A1"].font.bold


@pytest.mark.parametrize(("language", "tag", "dates"), [("da", "da-DK", "[$-406]"), ("en", "en-GB", "[$-809]")])
def test_workbook_has_title_author_and_language(language: str, tag: str, dates: str) -> None:
    book = reopen(("Plan", COLUMNS, [ROW]), language=language)
    assert book.properties.title == "Plan & <test>"
    assert book.properties.creator == "Odder Kommune"
    assert book.properties.language == tag
    assert book["Plan"]["B2"].number_format.startswith(dates)


def test_names_of_sheets_are_made_to_fit() -> None:
    long = "En meget lang runde med mange ord i navnet"
    names = ["1. samtale: [test]/2?", "1. samtale: [test]/2?", long, long, "History", "'''", ""]
    found = reopen(*[(name, [Column("A", 5)], []) for name in names]).sheetnames
    assert found == [
        "1. samtale test 2",
        "1. samtale test 2 2",
        long[:31].strip(),
        f"{long[:29]} 2",
        "History 2",
        "1",
        "1 2",
    ]
    assert all(len(name) <= 31 for name in found)


def test_empty_cells_stay_empty() -> None:
    sheet = reopen(("Plan", COLUMNS, [[None, None, None, None, ""]]))["Plan"]
    assert [cell.value for cell in sheet[2]] == [None] * 5


def test_wrong_values_are_refused() -> None:
    book = Workbook("Plan", language="da")
    with pytest.raises(ValueError, match="columns exactly"):
        book.sheet("A", COLUMNS, [["for kort"]])
    with pytest.raises(ValueError, match="moment"):
        book.sheet("B", [Column("A", 5)], [[datetime(2026, 5, 12, tzinfo=UTC)]])
    with pytest.raises(ValueError, match="32767"):
        book.sheet("C", [Column("A", 5)], [["x" * 32_768]])
    with pytest.raises(ValueError, match="da or en"):
        Workbook("Plan", language="fr")
    with pytest.raises(ValueError, match="#rrggbb"):
        Workbook("Plan", language="da", brand="red")
