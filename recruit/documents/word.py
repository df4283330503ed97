"""Builds a Word document: headings, text, lists, tables, pictures, lines to write on. Values in, bytes out."""

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

import docx
from docx.image.exceptions import InvalidImageStreamError, UnexpectedEndOfFileError
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml

from recruit.documents.base import BASE_FILE, BRAND, QUIET
from recruit.documents.clothes import describe, lay_out, paint
from recruit.documents.contents import Entry, add_styles, bookmarked, contents
from recruit.documents.frame import frame, frame_letterhead, twips
from recruit.documents.letterhead_styles import LEAST_ROOM, TEXT_STYLE
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
    plain,
    properties,
    runs,
)
from recruit.documents.measure import base_looks, height, looks
from recruit.documents.tables import TWIPS_PER_CM, Cell, Column, Rows, column_widths, table

__all__ = ["QUIET_COLOUR", "SMALL_HEADING", "Cell", "Column", "Run", "Text", "WordDocument"]

# Between "page", its number, "of" and the number of pages. The package knows no request, so no gettext either.
PAGE_WORDS = {"da": ("Side", "af"), "en": ("Page", "of")}
PARAGRAPH_STYLES = frozenset({"Normal", "Lead", "Question", "Hint", "Quote", "Caption", "Origin"})
NUMBERED_DEFINITION = 2  # the abstractNumId of numbers in base.docx, whose own lists are 1 and 2
QUIET_COLOUR = f"#{QUIET.lower()}"
SMALL_HEADING = 11.0  # points: as large as one of level 3, for one of level 2 where there is little room
AFTER_NOTES = 8  # points below the last ruled line
EMU_PER_CM = 360_000
PNG_SIGNATURE = b"\x89PNG\r\n\x1a\n"


@cache
def _base() -> bytes:
    return BASE_FILE.read_bytes()


class WordDocument:
    """An A4 document in the project's styles, written from top to bottom.

    `language` is "da" or "en", `brand` a colour #rrggbb. `header` stands on every page, `footer` too, followed by the
    page's number and the number of pages. `close` margins leave more of the page for writing by hand. Texts may hold
    anything: what XML cannot hold is left out, a newline is a line break and a tab a tab. Raises ValueError for an
    unknown language and a colour that is not #rrggbb.

    `letterhead` is a file that `recruit.documents.letterhead.prepare` made. Its paper, edges and styles are the
    document's then, whatever `close` says; `header` is written where its header is empty, else before `footer`, and
    `footer` above its own.
    """

    _text_height: int  # twentieths of a point

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
        letterhead: bytes | None = None,
    ) -> None:
        if language not in LANGUAGE_TAGS:
            raise ValueError(f"documents are written in {' or '.join(LANGUAGE_TAGS)}, not {language!r}")
        self._document = docx.Document(io.BytesIO(letterhead or _base()))
        self._looks = looks(self._document.styles.element) if letterhead else base_looks()
        runs_together = letterhead is not None and self._looks["Normal"].after < LEAST_ROOM
        self._plain = TEXT_STYLE if runs_together else "Normal"
        self._blocks: list[str] = []
        self._headings: list[Entry] = []
        self._contents: tuple[int, int, bool] | None = None  # the block, how many levels, whether on a new page
        self._pictures = 0
        self._beside = ""  # pictures that stand beside the paragraph that comes next
        self._lists = NUMBERED_DEFINITION
        self._break_before_next = False
        self._sheet_begins = False
        self._lay_out(landscape, close and letterhead is None)
        describe(self._document, clean(title), LANGUAGE_TAGS[language])
        paint(self._document, colour_value(brand))
        if letterhead:
            used = frame_letterhead(self._document, header, footer, PAGE_WORDS[language], self._text_width, self._looks)
            self._text_height = max(self._text_height - used, self._text_height // 2)
        else:
            frame(self._document, header, footer, PAGE_WORDS[language])

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
        content = (badge(room) if room else "") + runs(text)
        if self._contents and level <= self._contents[1]:
            number = len(self._headings) + 1
            words = plain(text)
            entry = Entry(level, f"{room[0]}   {words}" if room else words, f"_Toc{number:08d}")
            self._headings.append(entry)
            content = bookmarked(content, number, entry.bookmark)
        self._write(content, f"Heading{level}")

    def contents(self, levels: int = 2) -> None:
        """A list of the headings that follow, down to a level: once, and before the first of them."""
        self._contents = (len(self._blocks), levels, self._break_before_next)
        self._break_before_next = False
        self._blocks.append("")
        add_styles(self._document.styles.element)

    def paragraph(
        self,
        *text: str | Run,
        style: str = "Normal",
        keep_with_next: bool = False,
        room: tuple[str, str] | None = None,
    ) -> None:
        """A paragraph. `style` is Normal, Lead (the sentence that matters), Question (large enough to be read at arm's
        length), Hint (quiet), Quote, Caption or Origin (the closing lines). `room` is (letter, #rrggbb): a square
        before the text."""
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

    def picture(
        self, png: bytes, *, width_cm: float, alt: str, caption: str | None = None, beside: bool = False
    ) -> None:
        """A picture, its caption under it. `alt` says what it shows to somebody who cannot see it. `beside`: at the
        right edge of the paragraph that comes next, which runs beside it; without a caption.

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
        height = width * image.px_height // image.px_width
        xml = drawing(relation, self._pictures, width, height, alt, beside=beside)
        if beside:
            self._beside += xml
            return
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
        before, headings = (len(self._blocks), self._lists, self._break_before_next), len(self._headings)
        numbers = self._document.part.numbering_part.element
        definitions = len(numbers)
        write()
        written = self._blocks[before[0] :]
        del self._blocks[before[0] :], numbers[definitions:], self._headings[headings:]
        _blocks, self._lists, self._break_before_next = before
        return height(written, self._text_width, self._looks)

    def keep(self, values: Mapping[str, str]) -> None:
        """Keeps values in the file by name, once, for programs: they are not shown. What XML cannot hold is lost."""
        package = self._document.part.package
        part = Part(PackURI("/docProps/custom.xml"), CONTENT_TYPE.OFC_CUSTOM_PROPERTIES, properties(values), package)
        package.relate_to(part, RELATIONSHIP_TYPE.CUSTOM_PROPERTIES)

    def to_bytes(self) -> bytes:
        """The document as a .docx file. More can be written afterwards."""
        section = self._section()
        if self._contents:
            place, levels, new_page = self._contents
            self._blocks[place] = contents(self._headings, levels, new_page=new_page)
        # Parsed as a whole: moving a parsed body into another tree takes longer than parsing it.
        self._document.part._element = parse_xml(
            f"<w:document {NAMESPACES}><w:body>{''.join(self._blocks)}{section}</w:body></w:document>"
        )
        target = io.BytesIO()
        self._document.save(target)
        return target.getvalue()

    def _lay_out(self, landscape: bool, close: bool) -> None:
        section = self._document.sections[0]
        lay_out(section, landscape=landscape, close=close)
        width, height = twips(section.page_width), twips(section.page_height)
        sides = section.left_margin, section.right_margin, section.gutter
        self._page: str = self._document.element.body.sectPr.xml
        self._text_width = width - sum(map(twips, sides))
        self._text_height = height - abs(twips(section.top_margin)) - abs(twips(section.bottom_margin))

    def _section(self) -> str:
        """The XML of the section that ends here; they all look alike."""
        if not self._sheet_begins:
            return self._page
        # Only the document's first page is the letter's first.
        return self._page.replace("<w:titlePg/>", "").replace("<w:pgSz", '<w:type w:val="oddPage"/><w:pgSz')

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
        content, self._beside = self._beside + content, ""
        style = self._plain if style == "Normal" else style
        self._blocks.append(
            paragraph(
                content, style, keep_next=keep_next, new_page=new_page, numbering=numbering, tabs=tabs, after=after
            )
        )
