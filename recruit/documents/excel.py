"""Builds an Excel workbook: sheets of rows with real numbers, dates and times. Values in, bytes out."""

import io
import math
import re
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any, Literal, TypeAlias

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from recruit.documents.base import BRAND, RULE
from recruit.documents.markup import LANGUAGE_TAGS, clean, colour_value

__all__ = ["Column", "Value", "Workbook"]

Value: TypeAlias = str | int | float | date | time | None
Kind: TypeAlias = Literal["text", "number", "decimal", "percent", "date", "time"]

MOST_LETTERS = 32_767  # in a cell: Excel's own limit
MOST_IN_NAME = 31
NOT_IN_NAME = re.compile(r"[\[\]:*?/\\]+")
# With the language in front, so that months and days are written in the document's, not the reader's.
DATE_FORMATS = {"da": "[$-406]ddd d. mmm yyyy", "en": "[$-809]ddd d mmm yyyy"}
NUMBER_FORMATS = {"number": "0", "decimal": "0.00", "percent": "0.0%", "time": "hh:mm"}
NUMBERS = frozenset({"number", "decimal", "percent"})
# A text keeps clear of the number on its left.
LEFT: dict[str, Any] = {"align": "left", "indent": 1}
RIGHT: dict[str, Any] = {"align": "right"}
LINE_POINTS, MOST_POINTS = 15, 405  # of a row; Excel takes no more than 409
WORKBOOK = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


@dataclass(frozen=True, slots=True)
class Column:
    """A column. `width` is in letters; `kind` says how its numbers and dates are shown, and on which side."""

    heading: str
    width: float
    kind: Kind = "text"


class Workbook:
    """A workbook, written sheet by sheet. `language` is "da" or "en", `brand` a colour #rrggbb.

    A text stays a text, whatever it begins with: none becomes a formula, a link or a number. Characters that XML cannot
    hold are left out. Raises ValueError for an unknown language and a colour that is not #rrggbb.
    """

    def __init__(self, title: str, *, language: str, author: str = "", brand: str = f"#{BRAND.lower()}") -> None:
        if language not in LANGUAGE_TAGS:
            raise ValueError(f"documents are written in {' or '.join(LANGUAGE_TAGS)}, not {language!r}")
        self._language = language
        self._target = io.BytesIO()
        self._book = xlsxwriter.Workbook(self._target, WORKBOOK)
        self._names: set[str] = set()
        made = datetime.now(UTC).replace(tzinfo=None, microsecond=0)
        self._book.set_properties({"title": clean(title), "author": clean(author), "created": made})
        heading = {"bold": True, "font_color": f"#{colour_value(brand)}", "text_wrap": True, "valign": "bottom"}
        heading |= {"bottom": 2, "bottom_color": f"#{colour_value(brand)}"}
        self._headings = [self._book.add_format(heading | side) for side in (LEFT, RIGHT)]
        self._formats: dict[tuple[str, bool], Format] = {}

    def sheet(self, name: str, columns: Sequence[Column], rows: Iterable[Sequence[Value]]) -> None:
        """A sheet with a header row that stays in sight, can be filtered by, and is repeated on every printed page.

        A `date` and a `time` become real ones. None is an empty cell. Names are shortened, and numbered when two are
        the same. Raises ValueError for a row that does not fill the columns, a text longer than a cell, and a moment:
        Excel knows no time zones, so give the local date and time.
        """
        sheet: Worksheet = self._book.add_worksheet(self._name(name))
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width)
            sheet.write_string(0, place, clean(column.heading), self._headings[column.kind in NUMBERS])
        count = 0
        for count, row in enumerate(rows, start=1):
            if len(row) != len(columns):
                raise ValueError(f"a row must fill {len(columns)} columns exactly, not {len(row)}")
            for place, (value, column) in enumerate(zip(row, columns, strict=True)):
                self._write(sheet, count, place, value, column.kind)
            # Excel finds the height of wrapped text itself when it opens the file; LibreOffice does not.
            lines = max((_lines(value, column.width) for value, column in zip(row, columns, strict=True)), default=1)
            if lines > 1:
                sheet.set_row(count, min(lines * LINE_POINTS, MOST_POINTS))
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, count, len(columns) - 1)
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&R&P / &N")

    def keep(self, values: Mapping[str, str]) -> None:
        """Keeps values in the file by name, for programs: they are not shown. What XML cannot hold is lost."""
        for name, value in values.items():
            self._book.set_custom_property(clean(name), clean(value), "text")

    def to_bytes(self) -> bytes:
        """The workbook as an .xlsx file, once: nothing can be written afterwards."""
        self._book.close()
        return _with_language(self._target.getvalue(), LANGUAGE_TAGS[self._language])

    def _name(self, name: str) -> str:
        """What Excel takes as a sheet's name, and no other sheet has."""
        words = " ".join(NOT_IN_NAME.sub(" ", clean(name)).split())
        plain = words.strip(" '")[:MOST_IN_NAME].strip(" '") or "1"
        found, number = plain, 1
        while found.casefold() in self._names or found.casefold() == "history":  # the name of Excel's own log
            number += 1
            ending = f" {number}"
            found = plain[: MOST_IN_NAME - len(ending)] + ending
        self._names.add(found.casefold())
        return found

    def _write(self, sheet: Worksheet, row: int, place: int, value: Value, kind: Kind) -> None:
        if isinstance(value, datetime):
            raise ValueError("a cell holds a local date or time, not a moment")
        is_text = isinstance(value, str)
        look = self._format(kind, is_text)
        if value is None or value == "":
            sheet.write_blank(row, place, None, look)
        elif isinstance(value, str):
            text = clean(value)
            if len(text) > MOST_LETTERS:
                raise ValueError(f"a cell holds at most {MOST_LETTERS} letters")
            sheet.write_string(row, place, text, look)
        elif isinstance(value, (date, time)):
            sheet.write_datetime(row, place, value, look)
        else:
            sheet.write_number(row, place, value, look)

    def _format(self, kind: Kind, is_text: bool) -> Format:
        """How a cell looks. A workbook has few kinds of cells and many cells of each: each is made once."""
        known = self._formats.get((kind, is_text))
        if known is None:
            look: dict[str, Any] = {"valign": "top", "bottom": 1, "bottom_color": f"#{RULE}", "text_wrap": is_text}
            if kind != "text" and not is_text:
                look["num_format"] = DATE_FORMATS[self._language] if kind == "date" else NUMBER_FORMATS[kind]
                look["align"] = "right" if kind in NUMBERS else "left"
            else:
                look |= LEFT
            known = self._formats[kind, is_text] = self._book.add_format(look)
        return known


def _lines(value: Value, width: float) -> int:
    """How many lines a text takes in a column of `width` letters, rather too many than too few."""
    if not isinstance(value, str) or (len(value) < width - 2 and "\n" not in value):
        return 1
    return sum(math.ceil((len(part) + 1) / max(width - 2, 1)) for part in value.split("\n"))


def _with_language(content: bytes, tag: str) -> bytes:
    """The file with its language among its properties (dc:language), which XlsxWriter cannot set."""
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as result:
        for item in source.infolist():
            part = source.read(item)
            if item.filename == "docProps/core.xml":
                part = part.replace(
                    b"</cp:coreProperties>", f"<dc:language>{tag}</dc:language></cp:coreProperties>".encode()
                )
            result.writestr(item, part)
    return target.getvalue()
