"""Builds a Word document: headings, text, lists, tables, pictures, lines to write on. Values in, bytes out."""

import io
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from functools import cache

import docx
from docx.enum.section import WD_ORIENTATION
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError
from docx.oxml import parse_xml
from docx.oxml.ns import qn
from docx.oxml.xmlchemy import BaseOxmlElement
from docx.shared import Twips
from docx.text.paragraph import Paragraph

from recruit.documents.base import BASE_FILE, BRAND, PAGE_HEIGHT, PAGE_WIDTH, QUIET
from recruit.documents.markup import (
    LANGUAGE_TAGS,
    NAMESPACES,
    Run,
    Text,
    badge,
    clean,
    colour_value,
    drawing,
    paragraph,
    runs,
)
from recruit.documents.measure import height
from recruit.documents.tables import TWIPS_PER_CM, Cell, Column, Rows, column_widths, table

__all__ = ["QUIET_COLOUR", "Cell", "Column", "Run", "Text", "WordDocument"]

# Between "page", its number, "of" and the number of pages. The package knows no request, so no gettext either.
PAGE_WORDS = {"da": ("Side", "af"), "en": ("Page", "of")}
PARAGRAPH_STYLES = frozenset({"Normal", "Lead", "Question", "Hint", "Quote", "Caption"})
NUMBERED_DEFINITION = 2  # the abstractNumId of numbers in base.docx, whose own lists are 1 and 2
QUIET_COLOUR = f"#{QUIET.lower()}"
AFTER_NOTES = 8  # points below the last ruled line
EMU_PER_CM = 360_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"
# Margins of a document with little room, in twentieths of a point: sides, top and bottom, header and footer.
CLOSE_SIDES, CLOSE_ENDS, CLOSE_EDGE = 1134, 1077, 482


@cache
def _base() -> bytes:
    return BASE_FILE.read_bytes()


class WordDocument:
    """An A4 document in the project's styles, written from top to bottom.

    `language` is "da" or "en", `brand` a colour #rrggbb. `header` stands on every page, `footer` too, followed by the
    page's number and the number of pages. `close` margins leave more of the page for writing by hand. Texts may hold
    anything: what XML cannot hold is left out, a newline is a line break and a tab a tab. Raises ValueError for an
    unknown language and a colour that is not #rrggbb.
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
        close: bool = False,
    ) -> None:
        if language not in LANGUAGE_TAGS:
            raise ValueError(f"documents are written in {' or '.join(LANGUAGE_TAGS)}, not {language!r}")
        self._document = docx.Document(io.BytesIO(_base()))
        self._blocks: list[str] = []
        self._pictures = 0
        self._lists = NUMBERED_DEFINITION
        self._break_before_next = False
        self._sheet_begins = False
        self._lay_out(landscape, close)
        self._describe(clean(title), LANGUAGE_TAGS[language])
        self._paint(colour_value(brand))
        self._frame(header, footer, PAGE_WORDS[language])

    @property
    def text_width_cm(self) -> float:
        """The room between the margins, in centimetres."""
        return self._text_width / TWIPS_PER_CM

    @property
    def text_height_cm(self) -> float:
        """The room on a page between header and footer, in centimetres."""
        return self._text_height / TWIPS_PER_CM

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

    def paragraph(
        self,
        *text: str | Run,
        style: str = "Normal",
        keep_with_next: bool = False,
        room: tuple[str, str] | None = None,
    ) -> None:
        """A paragraph. `style` is Normal, Lead (the sentence that matters), Question (large enough to be read at arm's
        length), Hint (quiet), Quote or Caption. `room` is (letter, #rrggbb): a square before the text."""
        if style not in PARAGRAPH_STYLES:
            raise ValueError(f"paragraphs are {', '.join(sorted(PARAGRAPH_STYLES))}, not {style!r}")
        self._write((badge(room) if room else "") + runs(text), style, keep_next=keep_with_next)

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

    def table(
        self,
        columns: Sequence[Column],
        rows: Rows,
        *,
        header: bool = True,
        caption: str | None = None,
        alt: str | None = None,
        together: bool = False,
        close: bool = False,
    ) -> None:
        """A table with its caption above it. The header row is repeated on every page, no row is split.

        A row of one cell across the whole table is kept with the row after it, with `together` every row is; `close`
        rows have little room above and below. `alt` says what the table holds to somebody who cannot see it. Columns
        wider than the page are narrowed in proportion. Raises ValueError when a row's cells and spans do not fill the
        columns exactly.
        """
        widths = column_widths(columns, self._text_width)
        xml = table(columns, rows, widths, header=header, caption=caption, alt=alt, together=together, close=close)
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
        highest = (self.text_height_cm - 4) * image.px_width / image.px_height
        width = int(min(width_cm, self.text_width_cm, highest) * EMU_PER_CM)
        self._pictures += 1
        xml = drawing(relation, self._pictures, width, width * image.px_height // image.px_width, alt)
        self._write(xml, "Picture", keep_next=bool(caption))
        if caption:
            self._write(runs(caption), "Caption")

    def note_lines(self, count: int, label: str = "") -> None:
        """`count` ruled lines to write on by hand. `label` stands at the beginning of the first."""
        rule = f'<w:tabs><w:tab w:val="right" w:leader="underscore" w:pos="{self._text_width}"/></w:tabs>'
        for number in range(count):
            name = runs(Run(f"{label} ", bold=True, colour=QUIET_COLOUR, size=9.5)) if label and not number else ""
            after = AFTER_NOTES if number == count - 1 else None
            self._write(f"{name}<w:r><w:tab/></w:r>", "NoteLine", tabs=rule, after=after)

    def page_break(self) -> None:
        """What comes next begins a new page. At the top or the end of a document nothing happens."""
        self._break_before_next = bool(self._blocks)

    def new_sheet(self) -> None:
        """What comes next begins on a sheet of paper of its own, also where both sides are printed on."""
        self._break_before_next = False
        if self._blocks:
            self._blocks.append(paragraph("", "TableEnd", section=self._section()))
            self._sheet_begins = True

    def height_of(self, write: Callable[[], None]) -> float:
        """Centimetres that what `write` writes here takes, roughly, pictures aside. It is not written."""
        before = len(self._blocks), self._lists, self._break_before_next
        numbers = self._document.part.numbering_part.element
        definitions = len(numbers)
        write()
        written = self._blocks[before[0] :]
        del self._blocks[before[0] :], numbers[definitions:]
        _blocks, self._lists, self._break_before_next = before
        return height(written, self._text_width)

    def to_bytes(self) -> bytes:
        """The document as a .docx file. More can be written afterwards."""
        section = self._section()
        # Parsed as a whole: moving a parsed body into another tree takes longer than parsing it.
        self._document.part._element = parse_xml(
            f"<w:document {NAMESPACES}><w:body>{''.join(self._blocks)}{section}</w:body></w:document>"
        )
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _lay_out(self, landscape: bool, close: bool) -> None:
        section = self._document.sections[0]
        if landscape:
            section.orientation = WD_ORIENTATION.LANDSCAPE
            section.page_width, section.page_height = Twips(PAGE_HEIGHT), Twips(PAGE_WIDTH)
        if close:
            section.left_margin = section.right_margin = Twips(CLOSE_SIDES)
            section.top_margin = section.bottom_margin = Twips(CLOSE_ENDS)
            section.header_distance = section.footer_distance = Twips(CLOSE_EDGE)
        margins = {side: getattr(section, f"{side}_margin").twips for side in ("left", "right", "top", "bottom")}
        width, height = (PAGE_HEIGHT, PAGE_WIDTH) if landscape else (PAGE_WIDTH, PAGE_HEIGHT)
        self._page: str = self._document.element.body.sectPr.xml
        self._text_width = width - margins["left"] - margins["right"]
        self._text_height = height - margins["top"] - margins["bottom"]

    def _section(self) -> str:
        """The XML of the section that ends here; they all look alike."""
        begins = '<w:type w:val="oddPage"/>' if self._sheet_begins else ""
        return self._page.replace("<w:pgSz", f"{begins}<w:pgSz")

    def _write(
        self,
        content: str,
        style: str,
        *,
        keep_next: bool = False,
        numbering: int | None = None,
        tabs: str = "",
        after: float | None = None,
    ) -> None:
        new_page, self._break_before_next = self._break_before_next, False
        self._blocks.append(
            paragraph(
                content, style, keep_next=keep_next, new_page=new_page, numbering=numbering, tabs=tabs, after=after
            )
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

    def _frame(self, header: str, footer: str, words: tuple[str, str]) -> None:
        section = self._document.sections[0]
        page, of = words
        before = f"{footer} · {page} " if footer else f"{page} "
        _fill(section.header.paragraphs[0], runs(header))
        _fill(section.footer.paragraphs[0], runs(before) + _field("PAGE") + runs(f" {of} ") + _field("NUMPAGES"))


def _fill(target: Paragraph, content: str) -> None:
    parsed: BaseOxmlElement = parse_xml(f"<w:p {NAMESPACES}>{content}</w:p>")
    target._p.extend(list(parsed))


def _field(name: str) -> str:
    return f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
