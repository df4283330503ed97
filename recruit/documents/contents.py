"""A contents list for Word: a field that Word can make anew, with its entries already in it.

ECMA-376 part 1, 17.16.5.68 (TOC). Without page numbers (\\n): they would be wrong until somebody updates the field, and
every entry leads to its heading.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml
from docx.oxml.ns import qn

from recruit.documents.markup import NAMESPACES, escape, paragraph

INDENT, ROOM = 340, 60  # twentieths of a point: what lies in from the edge at each level, what is below an entry
LEVELS = 3


@dataclass(frozen=True, slots=True)
class Entry:
    """A heading that the list leads to: its level, its words, and the name of its bookmark."""

    level: int
    text: str
    bookmark: str


def bookmarked(content: str, number: int, name: str) -> str:
    """A heading's runs with a bookmark around them."""
    return f'<w:bookmarkStart w:id="{number}" w:name="{name}"/>{content}<w:bookmarkEnd w:id="{number}"/>'


def contents(entries: Sequence[Entry], levels: int, *, new_page: bool = False) -> str:
    """The list as paragraphs."""
    mark = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
    instruction = f'<w:r><w:instrText xml:space="preserve"> TOC \\o "1-{levels}" \\h \\z \\n </w:instrText></w:r>'
    begin = mark.format("begin") + instruction + mark.format("separate")
    blocks = []
    for place, entry in enumerate(entries):
        link = (
            f'<w:hyperlink w:anchor="{entry.bookmark}" w:history="1"><w:r>'
            f'<w:t xml:space="preserve">{escape(entry.text)}</w:t></w:r></w:hyperlink>'
        )
        first = place == 0
        blocks.append(paragraph((begin if first else "") + link, f"TOC{entry.level}", new_page=new_page and first))
    blocks.append(paragraph(("" if entries else begin) + mark.format("end"), "TOC1"))
    return "".join(blocks)


def add_styles(root: Any) -> None:
    """The styles of the entries, where a document's styles have none of their own."""
    known = {style.get(qn("w:styleId")) for style in root.findall(qn("w:style"))}
    for level in range(1, LEVELS + 1):
        if f"TOC{level}" in known:
            continue
        look = "<w:rPr><w:b/><w:bCs/></w:rPr>" if level == 1 else ""
        before = 120 if level == 1 else 0
        root.append(
            parse_xml(
                f'<w:style {NAMESPACES} w:type="paragraph" w:styleId="TOC{level}"><w:name w:val="toc {level}"/>'
                f'<w:basedOn w:val="Normal"/><w:next w:val="Normal"/><w:uiPriority w:val="39"/><w:pPr>'
                f'<w:spacing w:before="{before}" w:after="{ROOM}"/><w:ind w:left="{INDENT * (level - 1)}"/></w:pPr>'
                f"{look}</w:style>"
            )
        )
