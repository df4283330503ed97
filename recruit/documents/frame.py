"""What stands on the edge of every page: our own header and footer, or our lines on those of a letterhead."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Length

from recruit.documents.letterhead_edges import has_page_number, is_blank
from recruit.documents.letterhead_styles import LINE_STYLE
from recruit.documents.markup import NAMESPACES, runs
from recruit.documents.measure import Look
from recruit.documents.package import Element
from recruit.documents.space import LINE

EMU_PER_TWIP = 635
NO_BREAK = "\u00a0"


def frame(document: Document, header: str, footer: str, words: tuple[str, str]) -> None:
    """Fills the header and the footer of our base. `words` stand around the number of the page."""
    section = document.sections[0]
    for target, content in (
        (section.header, runs(header)),
        (section.footer, runs(f"{footer} · " if footer else "") + _numbers(words)),
    ):
        parsed: BaseOxmlElement = parse_xml(f"<w:p {NAMESPACES}>{content}</w:p>")
        target.paragraphs[0]._p.extend(list(parsed))


def frame_letterhead(
    document: Document, header: str, footer: str, words: tuple[str, str], width: int, looks: Mapping[str, Look]
) -> int:
    """Writes our lines without moving what the letterhead has on its edges; its own page number is enough.

    Returns how much of the page's text its header and footer take beyond the margins, roughly, in twentieths of a
    point; `width` of the text is too.
    """
    section = document.sections[0]
    heads, feet = [], []
    for head, foot, is_first in _edges(document):
        line = [part for part in (header, footer) if part]
        if is_blank(head) and not is_first:
            _write(head, runs(header))
            line = line[1:] if header else line
        content = runs(" · ".join(line))
        if not (has_page_number(head) or has_page_number(foot)):
            content = (content and runs(" · ".join([*line, ""]))) + _numbers(words, NO_BREAK)
        _write(foot, content)
        heads.append(_height(head, width, looks))
        feet.append(_height(foot, width, looks))
    top = twips(section.header_distance) + max(heads) - abs(twips(section.top_margin))
    bottom = twips(section.footer_distance) + max(feet) - abs(twips(section.bottom_margin))
    return max(0, top) + max(0, bottom)


def _edges(document: Document) -> Iterator[tuple[Element, Element, bool]]:
    """The headers and footers that pages have: (header, footer, whether they are the first page's)."""
    section = document.sections[0]
    yield section.header._element, section.footer._element, False
    if section.different_first_page_header_footer:
        yield section.first_page_header._element, section.first_page_footer._element, True
    if document.settings.odd_and_even_pages_header_footer:
        yield section.even_page_header._element, section.even_page_footer._element, False


def _write(edge: Element, content: str) -> None:
    """Puts a line above what stands there; in the place of what shows nothing."""
    if not content:
        return
    for empty in list(edge) if is_blank(edge) else ():
        edge.remove(empty)
    line = f'<w:p {NAMESPACES}><w:pPr><w:pStyle w:val="{LINE_STYLE}"/></w:pPr>{content}</w:p>'
    edge.insert(0, parse_xml(line))


def _height(edge: Element, width: int, looks: Mapping[str, Look]) -> int:
    """Twentieths of a point that a header or footer takes, roughly. What floats beside its text takes none."""
    total = 0.0
    for block in edge:
        if block.tag == qn("w:tbl"):
            for row in block.iter(qn("w:tr")):
                total += max((_paragraphs(cell, width // 2, looks) for cell in row.iter(qn("w:tc"))), default=0.0)
        else:
            total += _paragraphs(block, width, looks)
    return round(total)


def _paragraphs(block: Element, width: int, looks: Mapping[str, Look]) -> float:
    """The paragraphs in a block, but for those of text boxes: lines by the number of their letters, and pictures."""
    total = 0.0
    for paragraph in block.iter(qn("w:p")):
        if next(paragraph.iterancestors(qn("w:txbxContent")), None) is not None:
            continue
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        look = looks.get(style.get(qn("w:val"), "") if style is not None else "Normal", looks["Normal"])
        letters = sum(len(part.text or "") for part in paragraph.findall(f"{qn('w:r')}/{qn('w:t')}"))
        lines = 1 + int(letters * look.points * 10 * look.breadth // max(width, 1))  # half a letter's height each
        sizes = paragraph.findall(f".//{qn('wp:inline')}/{qn('wp:extent')}")
        pictures = [int(size.get("cy", 0)) / EMU_PER_TWIP for size in sizes]
        total += max([lines * look.points * 20 * LINE, *pictures]) + look.before + look.after
    return total


def _numbers(words: tuple[str, str], space: str = " ") -> str:
    page, of = words
    return runs(f"{page}{space}") + _field("PAGE") + runs(f"{space}{of}{space}") + _field("NUMPAGES")


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def twips(length: Length | None) -> int:
    """A length in twentieths of a point; 0 for none."""
    return 0 if length is None else round(length.twips)
