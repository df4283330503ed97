"""A spreadsheet as rows of text: CSV as Danish programs write it, or Excel. Bytes in, values out."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any, TypeAlias

import openpyxl
from flask_babel import gettext as _

from recruit.candidates.office_files import open_office_file, read_part, unreadable
from recruit.errors import RuleBroken

# The rows of a sheet as they stand in the file, empty ones too, so that the first has the number 1.
Grid: TypeAlias = list[list[str]]

MOST_BYTES = 5_000_000  # of a file, unpacked
MOST_LINES = 5_000  # empty ones counted
MOST_COLUMNS = 100
DELIMITERS = ";,\t"


def read_spreadsheet(content: bytes) -> list[Grid]:
    """The sheets of an Excel file, or the one of a CSV file. Raises RuleBroken when it cannot be used."""
    if len(content) > MOST_BYTES:
        raise _too_large()
    if content.startswith(b"PK\x03\x04"):
        return _excel(content)
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise RuleBroken(
            _("Filen er et gammelt Excel-ark eller har en adgangskode. Gem den som .xlsx uden adgangskode.")
        )
    return [_csv(_decoded(content))]


def column_name(place: int) -> str:
    """A, B, … Z, AA: what a spreadsheet calls its columns. `place` counts from 0."""
    name = ""
    place += 1
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(ord("A") + letter) + name
    return name


def _decoded(content: bytes) -> str:
    """UTF-8 with or without a mark, else Windows-1252."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        try:
            text = content.decode("cp1252")
        except UnicodeDecodeError as error:
            raise unreadable() from error
    if "\0" in text:
        raise RuleBroken(_("Filen er hverken CSV eller Excel (.xlsx)."))
    return text


def _csv(text: str) -> Grid:
    first = next((line for line in text.splitlines() if line.strip()), "")
    try:
        delimiter = max(DELIMITERS, key=lambda sign: len(next(csv.reader([first], delimiter=sign), [])))
        return _bounded(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error as error:  # a cell of more than 131,072 characters, for instance
        raise unreadable() from error


def _excel(content: bytes) -> list[Grid]:
    archive = open_office_file(content, most_unpacked=MOST_BYTES)
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            read_part(archive, name)
    if any(
        name.startswith(("xl/externalLinks/", "xl/connections.xml", "xl/queryTables/")) for name in archive.namelist()
    ):
        raise RuleBroken(_("Arket henter data udefra. Kopiér værdierne til et nyt ark, og brug det."))
    try:
        workbook = openpyxl.load_workbook(io.BytesIO(content), read_only=True, data_only=True, keep_links=False)
        return [
            _bounded([_written(value) for value in row] for row in sheet.iter_rows(values_only=True))
            for sheet in workbook.worksheets
        ]
    except RuleBroken:
        raise
    except Exception as error:  # openpyxl raises whatever its XML makes it raise
        raise unreadable() from error


def _written(value: Any) -> str:
    """A cell's value as text; a number without decimals as a whole one."""
    if value is None or isinstance(value, bool):
        return ""
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    return str(value)


def _bounded(rows: Iterable[Sequence[str]]) -> Grid:
    """The rows, trimmed. One short text may be repeated a million times in a small file: all is counted."""
    grid: Grid = []
    size = 0
    for row in rows:
        size += sum(map(len, row))
        if len(grid) == MOST_LINES or len(row) > MOST_COLUMNS or size > MOST_BYTES:
            raise _too_large()
        grid.append([" ".join(cell.split()) for cell in row])
    return grid


def _too_large() -> RuleBroken:
    return RuleBroken(
        _(
            "Filen er for stor: højst 5 MB, %(lines)s rækker og %(columns)s kolonner. "
            "Kopiér det, der skal bruges, til et nyt ark.",
            lines=MOST_LINES,
            columns=MOST_COLUMNS,
        )
    )
