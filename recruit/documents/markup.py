"""Text as WordprocessingML: cleaned, escaped, written as runs and paragraphs. Strings in, strings out."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

LANGUAGE_TAGS = {"da": "da-DK", "en": "en-GB"}
NAMESPACES = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
    ' xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    ' xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"'
)

PROPERTIES = "http://schemas.openxmlformats.org/officeDocument/2006"
# The format id of properties that a program gives a document itself (Office Open XML part 1, section 22.3).
OWN_PROPERTY = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"

DRAWING = "http://schemas.openxmlformats.org/drawingml/2006"

# Everything outside the Char production of XML 1.0 (https://www.w3.org/TR/xml/#charsets).
_NOT_IN_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_LINE_ENDS = re.compile("\r\n?")
_BREAKS = re.compile("([\t\n])")
_COLOUR = re.compile("#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True)
class Run:
    """A stretch of text with one appearance. None leaves what the paragraph's style says.

    `colour` is #rrggbb, `size` in points.
    """

    text: str
    bold: bool | None = None
    italic: bool | None = None
    colour: str | None = None
    size: float | None = None


Text: TypeAlias = str | Run | Sequence[str | Run]


def clean(text: str) -> str:
    """`text` with one kind of line end and without the characters that XML 1.0 cannot hold."""
    if "\r" in text:
        text = _LINE_ENDS.sub("\n", text)
    return _NOT_IN_XML.sub("", text)


def escape(text: str) -> str:
    """Cleaned text, safe between tags."""
    return clean(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_attribute(text: str) -> str:
    """Cleaned text, safe between double quotes."""
    return escape(text).replace('"', "&quot;").replace("\n", "&#10;").replace("\t", "&#9;")


@lru_cache(maxsize=256)
def colour_value(colour: str) -> str:
    """RRGGBB of #rrggbb. Raises ValueError for anything else, colour names included."""
    if not _COLOUR.fullmatch(colour):
        raise ValueError(f"a colour is written #rrggbb, not {colour!r}")
    return colour[1:].upper()


def _content(text: str) -> str:
    text = escape(text)
    if "\n" not in text and "\t" not in text:
        return f'<w:t xml:space="preserve">{text}</w:t>'
    pieces = []
    for piece in _BREAKS.split(text):
        if piece == "\n":
            pieces.append("<w:br/>")
        elif piece == "\t":
            pieces.append("<w:tab/>")
        elif piece:
            pieces.append(f'<w:t xml:space="preserve">{piece}</w:t>')
    return "".join(pieces)


def _switch(name: str, value: bool | None) -> str:
    if value is None:
        return ""
    state = "" if value else ' w:val="0"'
    return f"<w:{name}{state}/><w:{name}Cs{state}/>"


def _run(run: Run, bold: bool | None, colour: str | None) -> str:
    ink = run.colour or colour
    look = _switch("b", bold if run.bold is None else run.bold) + _switch("i", run.italic)
    if ink is not None:
        look += f'<w:color w:val="{colour_value(ink)}"/>'
    if run.size is not None:
        look += f'<w:sz w:val="{round(run.size * 2)}"/><w:szCs w:val="{round(run.size * 2)}"/>'
    return f"<w:r><w:rPr>{look}</w:rPr>{_content(run.text)}</w:r>" if look else f"<w:r>{_content(run.text)}</w:r>"


def runs(text: Text, *, bold: bool | None = None, colour: str | None = None) -> str:
    """`text` as runs. `bold` and `colour` hold where a run says nothing itself."""
    if isinstance(text, str):
        if bold is None and colour is None:
            return f"<w:r>{_content(text)}</w:r>" if text else ""
        text = Run(text)
    if isinstance(text, Run):
        return _run(text, bold, colour)
    return "".join(_run(Run(part) if isinstance(part, str) else part, bold, colour) for part in text)


def properties(values: Mapping[str, str]) -> bytes:
    """docProps/custom.xml with texts by name. Their numbers begin at 2."""
    items = "".join(
        f'<property fmtid="{OWN_PROPERTY}" pid="{number}" name="{escape_attribute(name)}">'
        f"<vt:lpwstr>{escape(value)}</vt:lpwstr></property>"
        for number, (name, value) in enumerate(values.items(), start=2)
    )
    return (
        '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
        f'<Properties xmlns="{PROPERTIES}/custom-properties" xmlns:vt="{PROPERTIES}/docPropsVTypes">'
        f"{items}</Properties>"
    ).encode()


def plain(text: Text) -> str:
    """The words of a text, on one line."""
    parts = [text] if isinstance(text, str | Run) else text
    return " ".join("".join(part.text if isinstance(part, Run) else part for part in parts).split())


def badge(room: tuple[str, str]) -> str:
    """A room's letter, white on a square of its colour, and the gap after it. `room` is (letter, #rrggbb).

    Written as text, so that it survives editing and is read aloud. The letter's own spaces are plain ones: LibreOffice
    draws a seam in the colour beside a space that does not break.
    """
    letter, colour = room
    return (
        '<w:r><w:rPr><w:b/><w:bCs/><w:color w:val="FFFFFF"/>'
        f'<w:shd w:val="clear" w:color="auto" w:fill="{colour_value(colour)}"/></w:rPr>'
        f'<w:t xml:space="preserve"> {escape(letter)} </w:t></w:r>'
        '<w:r><w:t xml:space="preserve">\u00a0 </w:t></w:r>'
    )


def paragraph(
    content: str,
    style: str,
    *,
    keep_next: bool = False,
    new_page: bool = False,
    numbering: int | None = None,
    tabs: str = "",
    align: str = "left",
    after: float | None = None,
    section: str = "",
) -> str:
    """One paragraph. `content` is runs as XML, `style` a style's id. The order of properties is the schema's.

    `after` is the room below in points, where it is not the style's; `section` the XML of the section that ends here.
    """
    look = f'<w:pStyle w:val="{style}"/>' if style != "Normal" else ""
    if keep_next:
        look += "<w:keepNext/>"
    if new_page:
        look += "<w:pageBreakBefore/>"
    if numbering is not None:
        look += f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{numbering}"/></w:numPr>'
    look += tabs
    spacing = ' w:before="0"' if new_page else ""
    if after is not None:
        spacing += f' w:after="{round(after * 20)}"'
    if spacing:
        look += f"<w:spacing{spacing}/>"
    if align != "left":
        look += f'<w:jc w:val="{align}"/>'
    look += section
    return f"<w:p><w:pPr>{look}</w:pPr>{content}</w:p>" if look else f"<w:p>{content}</w:p>"


# A picture at the right edge of the text, which runs beside it: what stands before and after its size.
BESIDE = (
    '<wp:anchor distT="0" distB="72000" distL="180000" distR="0" simplePos="0" relativeHeight="1" behindDoc="0" '
    'locked="0" layoutInCell="1" allowOverlap="0"><wp:simplePos x="0" y="0"/>'
    '<wp:positionH relativeFrom="margin"><wp:align>right</wp:align></wp:positionH>'
    '<wp:positionV relativeFrom="paragraph"><wp:posOffset>0</wp:posOffset></wp:positionV>',
    '<wp:effectExtent l="0" t="0" r="0" b="0"/><wp:wrapSquare wrapText="left"/>',
    "</wp:anchor>",
)
INLINE = ('<wp:inline distT="0" distB="0" distL="0" distR="0">', "", "</wp:inline>")


def drawing(relation: str, number: int, width: int, height: int, alt: str, *, beside: bool = False) -> str:
    """A picture as a run. `relation` is its id in the package, `number` counts pictures, sizes are EMU."""
    size = f'cx="{width}" cy="{height}"'
    begin, wrap, end = BESIDE if beside else INLINE
    return (
        f"<w:r><w:drawing>{begin}<wp:extent {size}/>{wrap}"
        f'<wp:docPr id="{number}" name="Picture {number}" descr="{escape_attribute(alt)}"/>'
        f'<wp:cNvGraphicFramePr><a:graphicFrameLocks xmlns:a="{DRAWING}/main" noChangeAspect="1"/>'
        f'</wp:cNvGraphicFramePr><a:graphic xmlns:a="{DRAWING}/main"><a:graphicData uri="{DRAWING}/picture">'
        f'<pic:pic xmlns:pic="{DRAWING}/picture"><pic:nvPicPr><pic:cNvPr id="{number}" name="Picture {number}"/>'
        f'<pic:cNvPicPr/></pic:nvPicPr><pic:blipFill><a:blip r:embed="{relation}"/><a:stretch><a:fillRect/></a:stretch>'
        f'</pic:blipFill><pic:spPr><a:xfrm><a:off x="0" y="0"/><a:ext {size}/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom></pic:spPr></pic:pic></a:graphicData></a:graphic>'
        f"{end}</w:drawing></w:r>"
    )
