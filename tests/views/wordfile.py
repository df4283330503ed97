"""Reads a Word file back: what it says, in which styles, and what its XML promises."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO
from typing import Any

import docx
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph

HEADINGS = ("Heading 1", "Heading 2", "Heading 3")


def words(element: Any) -> str:
    """The text below an element, one line for each paragraph and break; a space that does not break is a space."""
    lines = []
    for paragraph in element.iter(qn("w:p")):
        parts = (part.text or "" if part.tag == qn("w:t") else "\n" for part in paragraph.iter(qn("w:t"), qn("w:br")))
        lines.append("".join(parts).replace("\u00a0", " "))
    return "\n".join(lines)


class WordFile:
    def __init__(self, content: bytes) -> None:
        self.content = content
        self.document = docx.Document(BytesIO(content))
        self.body = self.document.element.body
        self.text = words(self.body)
        self.tables: list[Table] = self.document.tables

    @property
    def raw(self) -> str:
        """Every XML part of the package, comments and properties included."""
        with zipfile.ZipFile(BytesIO(self.content)) as package:
            names = [name for name in package.namelist() if name.endswith((".xml", ".rels"))]
            return "\n".join(package.read(name).decode() for name in names)

    def styled(self, *styles: str) -> list[str]:
        """The texts of the paragraphs outside tables that have one of these styles, in their order."""
        return [words(item._p) for item in self.document.paragraphs if item.style and item.style.name in styles]

    def rows(self, *headings: str) -> list[list[str]]:
        """The cells of the rows below the header of every table whose header has these headings."""
        found = []
        for table in self.tables:
            first, *others = self._cells(table)
            if set(headings) <= set(first):
                found += others
        return found

    @staticmethod
    def _cells(table: Table) -> list[list[str]]:
        return [[words(cell) for cell in row.iter(qn("w:tc"))] for row in table._tbl.iter(qn("w:tr"))]

    def cells(self) -> Iterator[str]:
        for table in self.tables:
            for row in self._cells(table):
                yield from row

    def after(self, heading: str) -> str:
        """What stands between a heading and the next one, tables included."""
        found: list[str] = []
        inside = False
        for block in self.document.iter_inner_content():
            if isinstance(block, Paragraph) and block.style and block.style.name in HEADINGS:
                inside = words(block._p).endswith(heading)
            elif inside:
                found.append(words(block._p if isinstance(block, Paragraph) else block._tbl))
        return "\n".join(found)

    def faults(self) -> list[str]:
        """What a well-made document never has."""
        found = []
        kept = True
        before: Paragraph | None = None
        for block in self.document.iter_inner_content():
            if isinstance(block, Paragraph):
                if block.style is not None and block.style.name != "Table End":
                    before = block
                    own, inherited = block.paragraph_format.keep_with_next, block.style.paragraph_format.keep_with_next
                    kept = bool(own if own is not None else inherited)
                continue
            named = before is not None and before.style is not None and before.style.name in (*HEADINGS, "Caption")
            if named and before is not None and not kept:
                found.append(f"table parts from {before.text!r}")
            look = block._tbl.find(f"{qn('w:tblPr')}/{qn('w:tblLook')}")
            has_header = look is not None and look.get(qn("w:firstRow")) == "1"
            repeated = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in block._tbl.tr_lst]
            if repeated != [has_header] + [False] * (len(repeated) - 1):
                found.append(f"header rows {repeated}")
            before = None
        found += ["picture without words" for picture in self.body.iter(qn("wp:docPr")) if not picture.get("descr")]
        found += [f"empty {style}" for style in HEADINGS for text in self.styled(style) if not text.strip()]
        if not self.styled("Heading 1", "Heading 2"):
            found.append("no heading")
        return found
