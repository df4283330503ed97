"""Spreadsheets as they come: encodings, delimiters, Excel, and files made to do harm."""

from __future__ import annotations

import contextlib
import io
import zipfile
from datetime import date, datetime

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.candidates.spreadsheets import MOST_COLUMNS, column_name, read_spreadsheet
from recruit.errors import RuleBroken


def workbook(*rows: list[object], **sheets: list[list[object]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    for name, more in sheets.items():
        sheet = book.create_sheet(name)
        for row in more:
            sheet.append(row)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def packed(parts: dict[str, bytes | str], base: bytes | None = None) -> bytes:
    """The archive with more parts, or others, than `base` has."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        if base is not None:
            with zipfile.ZipFile(io.BytesIO(base)) as old:
                for name in old.namelist():
                    if name not in parts:
                        archive.writestr(name, old.read(name))
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("delimiter", [";", ",", "\t"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_csv_as_danish_programs_write_it(encoding: str, delimiter: str, newline: str) -> None:
    lines = [["Navn", "E-mail"], ["Åse Ørsted", "aase@æ.example"], [], [f'"Æbelø{delimiter} Bent"', ""]]
    text = newline.join(delimiter.join(cells) for cells in lines)
    assert (
        read_spreadsheet(text.encode(encoding))
        == [
            [["Navn", "E-mail"], ["Åse Ørsted", "aase@æ.example"], [], [f"Æbelø{delimiter} Bent".replace("\t", ""), ""]]
        ]
        or delimiter == "\t"
    )
    assert read_spreadsheet(text.encode(encoding))[0][1] == ["Åse Ørsted", "aase@æ.example"]


def test_one_column_is_a_spreadsheet_too() -> None:
    assert read_spreadsheet("Navn\nÅse\n".encode()) == [[["Navn"], ["Åse"]]]


def test_excel_gives_text_whatever_the_cells_are() -> None:
    content = workbook(
        ["Navn", "Nummer", "Kommatal", "Dag", "Tid", "Ja"],
        ["  Åse \n Ørsted ", 12345678, 2.5, date(2026, 1, 2), datetime(2026, 1, 2, 3, 4), True],
        [None, 1.0],
    )
    assert read_spreadsheet(content) == [
        [
            ["Navn", "Nummer", "Kommatal", "Dag", "Tid", "Ja"],
            ["Åse Ørsted", "12345678", "2.5", "2026-01-02T00:00:00", "2026-01-02T03:04:00", ""],
            ["", "1", "", "", "", ""],
        ]
    ]


def test_every_sheet_is_read() -> None:
    assert read_spreadsheet(workbook(["a"], Andet=[["b"]])) == [[["a"]], [["b"]]]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x81\x8d\x8f",
        "Navn\nÅse".encode("utf-16"),
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1 old Excel",
        b"PK\x03\x04 broken",
        b"%PDF-1.4\x00",
        b"\x00\x01",
        b'"' + b"x" * 200_000,
    ],
)
def test_file_that_is_no_spreadsheet_is_refused_or_empty(content: bytes) -> None:
    if content == b"":
        assert read_spreadsheet(content) == [[]]
    else:
        with pytest.raises(RuleBroken):
            read_spreadsheet(content)


@pytest.mark.parametrize(
    "parts",
    [
        {"xl/vbaProject.bin": b"macro"},
        {"xl/macrosheets/sheet1.xml": "<x/>"},
        {"xl/externalLinks/externalLink1.xml": "<x/>"},
        {"xl/connections.xml": "<x/>"},
        {"xl/queryTables/queryTable1.xml": "<x/>"},
        {"xl/worksheets/_rels/sheet1.xml.rels": '<Relationships><Relationship Id="r" Type="x/externalLinkPath" Target="http://evil.example" TargetMode="External"/></Relationships>'},
        {"xl/worksheets/sheet1.xml": '<!DOCTYPE x [<!ENTITY a "aaaa">]><worksheet/>'},
        {"xl/media/bomb.bin": b"\0" * 6_000_000},
        {"xl/worksheets/sheet1.xml": "<worksheet"},
        {"[Content_Types].xml": '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>'},
    ],
    ids=lambda parts: next(iter(parts)),
)  # fmt: skip
def test_excel_file_that_could_do_harm_is_refused(parts: dict[str, bytes | str]) -> None:
    good = workbook(["Navn"], ["Åse"])
    assert read_spreadsheet(good) == [[["Navn"], ["Åse"]]]
    with pytest.raises(RuleBroken):
        read_spreadsheet(packed(parts, good))


def sheet_of(rows: str) -> bytes:
    xml = (
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
        f"<sheetData>{rows}</sheetData></worksheet>"
    )
    return packed({"xl/worksheets/sheet1.xml": xml}, workbook(["a"]))


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1048576"><c r="A1048576"><v>1</v></c></row>',
        '<row r="1"><c r="XFD1"><v>1</v></c></row>' * 3,
        "".join(f'<row r="{row}"/>' for row in range(1, 6_000)),
    ],
    ids=["far down", "far out", "many"],
)
def test_small_file_that_grows_is_stopped(rows: str) -> None:
    with pytest.raises(RuleBroken):
        read_spreadsheet(sheet_of(rows))


def test_one_long_text_in_many_cells_is_stopped() -> None:
    cells = "".join(f'<row r="{row}"><c r="A{row}" t="s"><v>0</v></c></row>' for row in range(1, 1_000))
    names = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    strings = f'<sst {names} count="1" uniqueCount="1"><si><t>{"x" * 30_000}</t></si></sst>'
    with pytest.raises(RuleBroken):
        read_spreadsheet(packed({"xl/sharedStrings.xml": strings}, sheet_of(cells)))


def test_csv_that_is_too_large_is_refused() -> None:
    with pytest.raises(RuleBroken):
        read_spreadsheet(b"a\n" * 5_001)
    with pytest.raises(RuleBroken):
        read_spreadsheet(b"a;" * (MOST_COLUMNS + 1))
    with pytest.raises(RuleBroken):
        read_spreadsheet(b"a" * 5_000_001)


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_nothing_else(content: bytes) -> None:
    with contextlib.suppress(RuleBroken):
        read_spreadsheet(content)


@pytest.mark.parametrize(
    ("place", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (51, "AZ"), (52, "BA"), (701, "ZZ"), (702, "AAA")]
)
def test_columns_are_called_as_in_a_spreadsheet(place: int, name: str) -> None:
    assert column_name(place) == name
