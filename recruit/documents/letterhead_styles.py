"""The styles of a letterhead: its own text, title and headings, and from our base what documents need besides."""

from __future__ import annotations

import re
from functools import cache

from docx.oxml.ns import qn
from lxml import etree

from recruit.documents.base import BRAND, numbering, styles
from recruit.documents.package import Element, R, W, remove

# What a letterhead decides. Captions, quotes, lists and tables are always ours, in its font and colour: hardly any
# letterhead has made those its own, and every program puts some into the file.
TAKEN = ("Normal", "Title", "Subtitle", "heading 1", "heading 2", "heading 3", "header", "footer")
DEFAULTS = ("Default Paragraph Font", "Normal Table", "No List")
EXPECTED = ("Title", "heading 1", "heading 2", "heading 3")  # a letterhead without them is told so
# Less room than this below a paragraph, in twentieths of a point, and two of them run together.
LEAST_ROOM, OWN_ROOM = 60, 140
SMALLEST = 16  # half points
DEEPEST = 40  # styles based on one another: Word itself stops at eleven
TEXT_STYLE, LINE_STYLE = "DocumentText", "DocumentLine"
AFTER_PARAGRAPH = ("rPr", "tblPr", "trPr", "tcPr", "tblStylePr")  # what the schema puts after a style's paragraph
BEFORE_OUTLINE = ("divId", "cnfStyle", "rPr", "sectPr", "pPrChange")  # what the schema puts after an outline level
BEFORE_LINES = (
    *("pageBreakBefore", "framePr", "widowControl", "numPr", "suppressLineNumbers", "pBdr", "shd", "tabs"),
    *("suppressAutoHyphens", "kinsoku", "wordWrap", "overflowPunct", "topLinePunct", "autoSpaceDE", "autoSpaceDN"),
    *("bidi", "adjustRightInd", "snapToGrid", "spacing", "ind", "contextualSpacing", "mirrorIndents"),
    *("suppressOverlap", "jc", "textDirection", "textAlignment", "textboxTightWrap", "outlineLvl", *BEFORE_OUTLINE),
)


@cache
def _ours() -> bytes:
    return styles().encode()


def merged(theirs: Element) -> tuple[Element, dict[str, str], list[str]]:
    """A letterhead's styles with ours, the ids that were changed (old -> new), and what of `EXPECTED` it lacked."""
    for element in [*theirs.iter(qn("w:numPr"), qn("w:rPrChange"), qn("w:pPrChange"), qn("w:rsid"))]:
        remove(element)
    for element in theirs.iter():
        for name in [name for name in element.attrib if name.startswith(f"{{{R}}}")]:
            del element.attrib[name]
    ours = etree.fromstring(_ours())
    _complete_defaults(theirs, ours)
    _name_the_normal(theirs)
    by_name = {_key(style): style for style in theirs.findall(qn("w:style"))}
    renamed: dict[str, str] = {}
    missing = []
    accent = _accent(by_name.get(("paragraph", "heading 1")))
    kept: set[Element] = set()
    added = []
    for style in ours.findall(qn("w:style")):
        key, name = _key(style), _name(style)
        match = by_name.get(key)
        if match is not None and name in (*TAKEN, *DEFAULTS):
            renamed[_id(match)] = _id(style)
            kept.add(match)
            continue
        if match is not None:
            renamed[_id(match)] = _id(style)
            remove(match)
        if name in EXPECTED:
            missing.append(name)
        added.append(style)
    taken_ids = {_id(style) for style in ours.findall(qn("w:style"))}
    for style in theirs.findall(qn("w:style")):
        if style not in kept and _id(style) in taken_ids and _id(style) not in renamed:
            renamed[_id(style)] = f"{_id(style)}0"
    for style in theirs.findall(qn("w:style")):
        style.set(qn("w:styleId"), renamed.get(_id(style), _id(style)))
    rename(theirs, renamed)
    # In an order that is the same when what comes of it is gone through again.
    for style in sorted(added, key=lambda style: _name(style) not in (*TAKEN, *DEFAULTS)):
        _dress(style, accent)
        theirs.append(style)
    _settle_defaults(theirs)
    _settle_bases(theirs)
    _steady_headings(theirs)
    _add_frame_styles(theirs)
    return theirs, renamed, missing


def fit_tables(root: Element, breadth: float) -> None:
    """Makes the text of tables smaller in a font wider than ours, so that their columns still hold the words."""
    for style in root.findall(qn("w:style")):
        if _id(style) in ("TableText", "TableHeading"):
            for size in style.iter(qn("w:sz"), qn("w:szCs")):
                size.set(qn("w:val"), str(max(SMALLEST, round(int(size.get(qn("w:val"))) / breadth))))


def rename(root: Element, renamed: dict[str, str]) -> None:
    """Follows changed ids wherever a part names a style."""
    for element in root.iter(*(qn(f"w:{tag}") for tag in ("basedOn", "next", "link", "pStyle", "rStyle", "tblStyle"))):
        old = element.get(qn("w:val"), "")
        element.set(qn("w:val"), renamed.get(old, old))


def our_numbering(accent: str | None) -> bytes:
    """The lists of our base in the letterhead's own font, and in its colour when it has one."""
    root = etree.fromstring(numbering().encode())
    _dress(root, accent)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def accent_of(root: Element) -> str | None:
    """RRGGBB of the first heading, None where it has none of its own."""
    found = (style for style in root.findall(qn("w:style")) if _key(style) == ("paragraph", "heading 1"))
    return _accent(next(found, None))


def _key(style: Element) -> tuple[str, str]:
    return style.get(qn("w:type"), "paragraph"), _name(style).casefold()


def _name(style: Element) -> str:
    name = style.find(qn("w:name"))
    return "" if name is None else name.get(qn("w:val"), "")


def _id(style: Element) -> str:
    return style.get(qn("w:styleId"), "")


def _accent(heading: Element | None) -> str | None:
    colour = heading.find(f"{qn('w:rPr')}/{qn('w:color')}") if heading is not None else None
    value = "" if colour is None else colour.get(qn("w:val"), "")
    return value.upper() if re.fullmatch("[0-9a-fA-F]{6}", value) and value.upper() != BRAND else None


def _dress(root: Element, accent: str | None) -> None:
    """Takes our font out, so that the letterhead's shows, and puts its colour in the place of the brand's."""
    for fonts in list(root.iter(qn("w:rFonts"))):
        if root.get(qn("w:styleId")) != "Normal":
            remove(fonts)
    for element in root.iter() if accent else ():
        for name in (qn("w:val"), qn("w:color")):
            if element.get(name) == BRAND:
                element.set(name, accent)
    if root.get(qn("w:styleId")) == "TableText":  # justified or indented text does not fit into cells
        properties = root.find(qn("w:pPr"))
        properties.append(
            root.makeelement(qn("w:ind"), {qn("w:left"): "0", qn("w:right"): "0", qn("w:firstLine"): "0"})
        )
        properties.append(root.makeelement(qn("w:jc"), {qn("w:val"): "left"}))


def _complete_defaults(theirs: Element, ours: Element) -> None:
    """Defaults of its own, or else ours; a language in them, for `WordDocument` to set."""
    defaults = theirs.find(qn("w:docDefaults"))
    own = ours.find(qn("w:docDefaults"))
    if defaults is None:
        theirs.insert(0, own)
        return
    text = defaults.find(qn("w:rPrDefault"))
    if text is None:
        defaults.insert(0, own.find(qn("w:rPrDefault")))
        return
    properties = text.find(qn("w:rPr"))
    if properties is None:
        properties = text.makeelement(qn("w:rPr"))
        text.append(properties)
    if properties.find(qn("w:lang")) is None:
        language = own.find(f".//{qn('w:lang')}")
        later = [
            item for item in properties if etree.QName(item).localname in ("eastAsianLayout", "specVanish", "oMath")
        ]
        if later:
            later[0].addprevious(language)
        else:
            properties.append(language)


def _name_the_normal(theirs: Element) -> None:
    """The style of plain text is called Normal, whatever the program that wrote the file calls it."""
    plain = [style for style in theirs.findall(qn("w:style")) if _key(style)[0] == "paragraph"]
    if any(_name(style).casefold() == "normal" for style in plain):
        return
    for style in plain:
        if style.get(qn("w:default")) in ("1", "true", "on") and style.find(qn("w:name")) is not None:
            style.find(qn("w:name")).set(qn("w:val"), "Normal")
            return


def _settle_defaults(root: Element) -> None:
    """One default of each kind."""
    defaults = {"Normal", "DefaultParagraphFont", "TableNormal", "NoList"}
    for style in root.findall(qn("w:style")):
        style.attrib.pop(qn("w:default"), None)
        if _id(style) in defaults:
            style.set(qn("w:default"), "1")


def _settle_bases(root: Element) -> None:
    """No style is based on one that is not there, nor, over any others, on itself."""
    found: dict[str, Element] = {}
    for style in root.findall(qn("w:style")):
        if found.setdefault(_id(style), style) is not style:
            remove(style)
    for style in found.values():
        for tag in ("basedOn", "next", "link"):
            other = style.find(qn(f"w:{tag}"))
            if other is not None and other.get(qn("w:val")) not in found:
                remove(other)
        seen, at = {_id(style)}, style
        while (base := at.find(qn("w:basedOn"))) is not None:
            if base.get(qn("w:val")) in seen or len(seen) > DEEPEST:
                remove(base)
                break
            seen.add(base.get(qn("w:val")))
            at = found.get(base.get(qn("w:val")), root)


def _steady_headings(root: Element) -> None:
    """Headings stay with what follows and can be navigated by, whatever the letterhead's say."""
    for style in root.findall(qn("w:style")):
        level = re.fullmatch("Heading([123])", _id(style))
        if not level and _id(style) != "Title":
            continue
        properties = style.find(qn("w:pPr"))
        if properties is None:
            properties = style.makeelement(qn("w:pPr"))
            later = [item for item in style if etree.QName(item).localname in AFTER_PARAGRAPH]
            if later:
                later[0].addprevious(properties)
            else:
                style.append(properties)
        for old in [*properties.findall(qn("w:keepNext")), *properties.findall(qn("w:keepLines"))]:
            remove(old)
        _insert(properties, "keepNext", {}, ("keepLines", *BEFORE_LINES))
        _insert(properties, "keepLines", {}, BEFORE_LINES)
        if level:
            for old in properties.findall(qn("w:outlineLvl")):
                remove(old)
            _insert(properties, "outlineLvl", {qn("w:val"): str(int(level[1]) - 1)}, BEFORE_OUTLINE)


def _insert(properties: Element, tag: str, attributes: dict[str, str], before: tuple[str, ...]) -> None:
    """Puts a property where the schema wants it: before the first of those that come after it."""
    new = properties.makeelement(qn(f"w:{tag}"), attributes)
    later = [item for item in properties if etree.QName(item).localname in before]
    if later:
        later[0].addprevious(new)
    else:
        properties.append(new)


def _add_frame_styles(root: Element) -> None:
    """The line that we add to headers and footers, and plain text for a letterhead whose own runs together."""
    for old in [style for style in root.findall(qn("w:style")) if _id(style) in (TEXT_STYLE, LINE_STYLE)]:
        remove(old)
    for name, ident, paragraph, text in (
        (
            "Document Line",
            LINE_STYLE,
            '<w:spacing w:before="80" w:after="40" w:line="240" w:lineRule="auto"/>'
            '<w:ind w:left="0" w:right="0" w:firstLine="0"/><w:jc w:val="left"/>',
            '<w:color w:val="5B646D"/><w:sz w:val="17"/><w:szCs w:val="17"/>',
        ),
        ("Document Text", TEXT_STYLE, f'<w:spacing w:after="{OWN_ROOM}"/>', ""),
    ):
        root.append(
            etree.fromstring(
                f'<w:style xmlns:w="{W}" w:type="paragraph" w:customStyle="1" w:styleId="{ident}">'
                f'<w:name w:val="{name}"/>'
                f'<w:basedOn w:val="Normal"/><w:uiPriority w:val="10"/><w:qFormat/><w:pPr>{paragraph}</w:pPr>'
                f"<w:rPr>{text}</w:rPr></w:style>"
            )
        )
