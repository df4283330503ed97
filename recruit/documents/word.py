"""Builds a Word document: headings, text, lists, tables, pictures, lines to write on. Values in, bytes out."""

import io
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from functools import cache

import docx
from docx.enum.section import WD_ORIENTATION
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.text.paragraph import Paragraph

from recruit.documents.base import BASE_FILE, BRAND, MARGIN, PAGE_HEIGHT, PAGE_WIDTH
from recruit.documents.markup import (
    LANGUAGE_TAGS,
    NAMESPACES,
    Run,
    Text,
    badge,
    clean,
    colour_value,
    escape_attribute,
    paragraph,
    runs,
)
from recruit.documents.tables import TWIPS_PER_CM, Cell, Column, Rows, column_widths, table

__all__ = ["Cell", "Column", "Run", "Text", "WordDocument"]

# Between "page", its number, "of" and the number of pages. The package knows no request, so no gettext either.
PAGE_WORDS = {"da": ("Side", "af"), "en": ("Page", "of")}
PARAGRAPH_STYLES = frozenset({"Normal", "Lead", "Hint", "Quote", "Caption"})
NUMBERED_DEFINITION = 2  # the abstractNumId of numbers in base.docx, whose own lists are 1 and 2
EMU_PER_CM = 360_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"


@cache
def _base() -> bytes:
    return BASE_FILE.read_bytes()


class WordDocument:
    """An A4 document in the project's styles, written from top to bottom.

    `language` is "da" or "en", `brand` a colour #rrggbb. `header` stands on every page, `footer` too, followed by the
    page's number and the number of pages. Texts may hold anything: what XML cannot hold is left out, a newline is a
    line break and a tab a tab. Raises ValueError for an unknown language and a colour that is not #rrggbb.
    """

    def __init__(
        self,
        title: str,
        *,
        language: str,
        header: str,
        footer: str,
        brand: str = f"#{BRAND.lower()}",
        landscape: bool = False,
    ) -> None:
        if language not in LANGUAGE_TAGS:
            raise ValueError(f"documents are written in {' or '.join(LANGUAGE_TAGS)}, not {language!r}")
        self._document = docx.Document(io.BytesIO(_base()))
        self._blocks: list[str] = []
        self._pictures = 0
        self._lists = NUMBERED_DEFINITION
        self._break_before_next = False
        self._page_width, self._page_height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        self._describe(clean(title), LANGUAGE_TAGS[language])
        self._paint(colour_value(brand))
        self._frame(header, footer, PAGE_WORDS[language], landscape)

    @property
    def text_width_cm(self) -> float:
        """The room between the margins, in centimetres."""
        return self._text_width / TWIPS_PER_CM

    def title(self, text: Text, subtitle: Text | None = None) -> None:
        """The document's title, once, at its top."""
        self._write(runs(text), "Title")
        if subtitle is not None:
            self._write(runs(subtitle), "Subtitle")

    def heading(self, text: Text, level: int = 1, room: tuple[str, str] | None = None) -> None:
        """A heading of level 1 to 3, kept with what follows. `room` is (letter, #rrggbb): a square before the text."""
        if level not in (1, 2, 3):
            raise ValueError(f"headings have level 1, 2 or 3, not {level!r}")
        self._write((badge(room) if room else "") + runs(text), f"Heading{level}")

    def paragraph(self, *text: str | Run, style: str = "Normal", keep_with_next: bool = False) -> None:
        """A paragraph. `style` is Normal, Lead (the sentence that matters), Hint (quiet), Quote or Caption."""
        if style not in PARAGRAPH_STYLES:
            raise ValueError(f"paragraphs are {', '.join(sorted(PARAGRAPH_STYLES))}, not {style!r}")
        self._write(runs(text), style, keep_next=keep_with_next)

    def bullets(self, items: Iterable[Text]) -> None:
        """A list with bullets."""
        for item in items:
            self._write(runs(item), "ListBullet")

    def numbered(self, items: Iterable[Text]) -> None:
        """A list with numbers. Every list begins at 1."""
        self._lists += 1
        self._document.part.numbering_part.element.append(
            parse_xml(
                f'<w:num {NAMESPACES} w:numId="{self._lists}"><w:abstractNumId w:val="{NUMBERED_DEFINITION}"/>'
                '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride></w:num>'
            )
        )
        for item in items:
            self._write(runs(item), "ListNumber", numbering=self._lists)

    def table(self, columns: Sequence[Column], rows: Rows, *, header: bool = True, caption: str | None = None) -> None:
        """A table with its caption above it. The header row is repeated on every page, no row is split.

        A row of one cell across the whole table is kept with the row after it. Columns wider than the page are narrowed
        in proportion. Raises ValueError when a row's cells and spans do not fill the columns exactly.
        """
        widths = column_widths(columns, self._text_width)
        xml = table(columns, rows, widths, header=header, caption=caption)
        if caption:
            self._write(runs(caption), "Caption", keep_next=True)
        if self._break_before_next:
            self._write("", "TableEnd")
        self._blocks.append(xml)
        self._write("", "TableEnd")

    def picture(self, png: bytes, *, width_cm: float, alt: str, caption: str | None = None) -> None:
        """A picture, its caption under it. `alt` says what it shows to somebody who cannot see it.

        Narrowed, and with it lowered, to what the page holds. Raises ValueError when `png` is not a PNG picture.
        """
        if not png.startswith(PNG_SIGNATURE):
            raise ValueError("a picture must be a PNG")
        try:
            relation, image = self._document.part.get_or_add_image(io.BytesIO(png))
        except (InvalidImageStreamError, UnexpectedEndOfFileError) as error:
            raise ValueError("a picture must be a whole PNG") from error
        # Four centimetres are left for a heading and the caption on the same page.
        highest = (self._text_height / TWIPS_PER_CM - 4) * image.px_width / image.px_height
        width = int(min(width_cm, self.text_width_cm, highest) * EMU_PER_CM)
        self._pictures += 1
        drawing = _drawing(relation, self._pictures, width, width * image.px_height // image.px_width, alt)
        self._write(drawing, "Picture", keep_next=bool(caption))
        if caption:
            self._write(runs(caption), "Caption")

    def note_lines(self, count: int) -> None:
        """`count` ruled lines to write on by hand."""
        rule = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{self._text_width}"/></w:tabs>'
        for _ in range(count):
            self._write("<w:r><w:tab/></w:r>", "NoteLine", tabs=rule)

    def page_break(self) -> None:
        """What comes next begins a new page. At the top or the end of a document nothing happens."""
        self._break_before_next = bool(self._blocks)

    def to_bytes(self) -> bytes:
        """The document as a .docx file. More can be written afterwards."""
        section = self._document.element.body.sectPr.xml
        # Parsed as a whole: moving a parsed body into another tree takes longer than parsing it.
        self._document.part._element = parse_xml(
            f"<w:document {NAMESPACES}><w:body>{''.join(self._blocks)}{section}</w:body></w:document>"
        )
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    @property
    def _text_width(self) -> int:
        return self._page_width - 2 * MARGIN

    @property
    def _text_height(self) -> int:
        return self._page_height - 2 * MARGIN

    def _write(
        self, content: str, style: str, *, keep_next: bool = False, numbering: int | None = None, tabs: str = ""
    ) -> None:
        new_page, self._break_before_next = self._break_before_next, False
        self._blocks.append(
            paragraph(content, style, keep_next=keep_next, new_page=new_page, numbering=numbering, tabs=tabs)
        )

    def _describe(self, title: str, tag: str) -> None:
        about = self._document.core_properties
        about.title = title[:255]  # python-docx refuses more
        about.language = tag
        about.created = about.modified = datetime.now(UTC)
        for default in self._document.styles.element.iter(qn("w:lang")):
            default.set(qn("w:val"), tag)

    def _paint(self, brand: str) -> None:
        if brand == BRAND:
            return
        for root in (self._document.styles.element, self._document.part.numbering_part.element):
            for element in root.iter():
                for name in (qn("w:val"), qn("w:color")):
                    if element.get(name) == BRAND:
                        element.set(name, brand)

    def _frame(self, header: str, footer: str, words: tuple[str, str], landscape: bool) -> None:
        section = self._document.sections[0]
        if landscape:
            section.orientation = WD_ORIENTATION.LANDSCAPE
            section.page_width, section.page_height = section.page_height, section.page_width
        page, of = words
        before = f"{footer} · {page} " if footer else f"{page} "
        _fill(section.header.paragraphs[0], runs(header))
        _fill(section.footer.paragraphs[0], runs(before) + _field("PAGE") + runs(f" {of} ") + _field("NUMPAGES"))


def _fill(target: Paragraph, content: str) -> None:
    parsed: BaseOxmlElement = parse_xml(f"<w:p {NAMESPACES}>{content}</w:p>")
    target._p.extend(list(parsed))


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'


def _drawing(relation: str, number: int, width: int, height: int, alt: str) -> str:
    size = f'cx="{width}" cy="{height}"'
    return (
        f'<w:r><w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent {size}/>'
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{escape_attribute(alt)}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{DRAWING}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        "</wp:inline></w:drawing></w:r>"
    )
