"""Makes base.docx, the document that every Word file of the project starts from.

Run `python -m recruit.documents.base` after a change here and commit the file. It is written whole rather than
cleaned from another program's template, so that it holds no date, name, picture or style that is not the project's.
"""

import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO

from recruit.documents.markup import LANGUAGE_TAGS, NAMESPACES

BASE_FILE = Path(__file__).with_name("base.docx")
BRAND = "0B5560"  # word.py finds this colour in styles and numbering and puts the organisation's in its place
QUIET = "5B646D"
RULE = "C9D0D4"
PAGE_WIDTH, PAGE_HEIGHT, MARGIN = 11906, 16838, 1247  # A4 and 2.2 cm, in twentieths of a point

FONTS = '<w:rFonts w:ascii="Calibri" w:hAnsi="Calibri" w:eastAsia="Calibri" w:cs="Calibri"/>'
SIZE = '<w:sz w:val="22"/><w:szCs w:val="22"/>'
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
FORMATS = "http://schemas.openxmlformats.org"
RELATION = f"{FORMATS}/officeDocument/2006/relationships"
MAIN_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"


def _text(size: float, *, bold: bool = False, colour: str | None = None) -> str:
    """Run properties; `size` in points."""
    weight = "<w:b/><w:bCs/>" if bold else ""
    ink = f'<w:color w:val="{colour}"/>' if colour else ""
    return f'{weight}{ink}<w:sz w:val="{round(size * 2)}"/><w:szCs w:val="{round(size * 2)}"/>'


def _space(before: float = 0, after: float = 0, line: float | None = None, rule: str = "auto") -> str:
    """Spacing in points; `line` is a multiple of the font's own height when `rule` is auto, else points."""
    lines = "" if line is None else f' w:line="{round(line * (240 if rule == "auto" else 20))}" w:lineRule="{rule}"'
    return f'<w:spacing w:before="{round(before * 20)}" w:after="{round(after * 20)}"{lines}/>'


def _style(
    name: str,
    paragraph: str = "",
    text: str = "",
    *,
    based_on: str = "Normal",
    following: str | None = None,
    built_in: bool = True,
    priority: int = 10,
) -> str:
    custom = "" if built_in else ' w:customStyle="1"'
    after = f'<w:next w:val="{following}"/>' if following else ""
    return (
        f'<w:style w:type="paragraph"{custom} w:styleId="{name.title().replace(" ", "")}"><w:name w:val="{name}"/>'
        f'<w:basedOn w:val="{based_on}"/>{after}<w:uiPriority w:val="{priority}"/><w:qFormat/>'
        f"<w:pPr>{paragraph}</w:pPr><w:rPr>{text}</w:rPr></w:style>"
    )


def _heading(level: int, before: float, after: float, size: float) -> str:
    paragraph = (
        f"<w:keepNext/><w:keepLines/><w:suppressAutoHyphens/>{_space(before, after, 1.0)}"
        f'<w:outlineLvl w:val="{level - 1}"/>'
    )
    text = _text(size, bold=True, colour=BRAND)
    return _style(f"heading {level}", paragraph, text, following="Normal", priority=9)


def _edge(side: str, size: int, colour: str, space: int = 0) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="{space}" w:color="{colour}"/>'


def styles() -> str:
    """word/styles.xml."""
    plain = "<w:suppressAutoHyphens/>"
    tabular = f'<w:suppressAutoHyphens w:val="0"/>{_space(0, 0, 1.05)}'
    list_level = '<w:numPr><w:numId w:val="{}"/></w:numPr>'
    return (
        f"{XML}<w:styles {NAMESPACES}>"
        f"<w:docDefaults><w:rPrDefault><w:rPr>{FONTS}{SIZE}"
        f'<w:lang w:val="{LANGUAGE_TAGS["da"]}"/></w:rPr></w:rPrDefault>'
        "<w:pPrDefault/></w:docDefaults>"
        # Keeps Word's other built-in styles out of the gallery, so that an editor picks among ours.
        '<w:latentStyles w:defLockedState="0" w:defUIPriority="99" w:defSemiHidden="1" w:defUnhideWhenUsed="1"'
        ' w:defQFormat="0" w:count="376"/>'
        '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>'
        f"<w:pPr>{plain}{_space(0, 7, 1.12)}</w:pPr><w:rPr>{FONTS}{SIZE}</w:rPr></w:style>"
        '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
        '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>'
        '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/></w:tblPr></w:style>'
        '<w:style w:type="numbering" w:default="1" w:styleId="NoList"><w:name w:val="No List"/>'
        '<w:uiPriority w:val="99"/><w:semiHidden/></w:style>'
        + _style("Title", f"<w:keepNext/>{_space(0, 2, 1.0)}", _text(26, bold=True, colour=BRAND), following="Subtitle")
        + _style("Subtitle", _space(0, 16, 1.05), _text(12.5, colour=QUIET), following="Normal")
        + _heading(1, 20, 6, 17)
        + _heading(2, 15, 4, 13)
        + _heading(3, 11, 3, 11)
        + _style("List Bullet", f"{list_level.format(1)}{_space(0, 4, 1.12)}")
        + _style("List Number", f"{list_level.format(2)}{_space(0, 4, 1.12)}")
        + _style("caption", _space(4, 6, 1.0), _text(9.5, colour=QUIET), following="Normal")
        + _style(
            "Quote",
            f'<w:pBdr>{_edge("left", 18, RULE, 10)}</w:pBdr>{_space(6, 9, 1.12)}<w:ind w:left="284" w:right="284"/>',
            _text(11, colour="3A4349"),
            following="Normal",
        )
        + _style("header", f"{_space(0, 0, 1.0)}", _text(9, colour=QUIET))
        + _style(
            "footer",
            f"<w:pBdr>{_edge('top', 4, RULE, 6)}</w:pBdr>{_space(0, 0, 1.0)}",
            _text(9, colour=QUIET),
        )
        + _style(
            "Lead", f"<w:keepLines/>{_space(2, 8, 1.08)}", _text(14, bold=True), following="Normal", built_in=False
        )
        + _style(
            "Question", f"<w:keepLines/>{_space(2, 8, 1.05)}", _text(18, bold=True), following="Normal", built_in=False
        )
        + _style("Hint", _space(0, 6, 1.05), _text(9.5, colour=QUIET), built_in=False)
        # What a document was made from, well below its last words: in a letter it stands under the signature.
        + _style(
            "Origin",
            f"<w:keepLines/><w:pBdr>{_edge('top', 4, RULE, 6)}</w:pBdr>{_space(26, 2, 1.05)}",
            _text(9, colour=QUIET),
            following="Hint",
            built_in=False,
        )
        + _style("Picture", _space(6, 4, 1.0), built_in=False)
        + _style("Note Line", _space(9.5, 0, 1.0), _text(11, colour=RULE), built_in=False)
        + _style("Table Text", tabular, _text(10), built_in=False)
        + _style(
            "Table Bullet",
            f'{list_level.format(1)}{_space(0, 2, 1.05)}<w:ind w:left="227" w:hanging="227"/>',
            based_on="TableText",
            built_in=False,
        )
        + _style("Table Heading", tabular, _text(9.5, bold=True, colour=BRAND), based_on="TableText", built_in=False)
        # Word wants a paragraph after a table. One point high, it parts tables and never makes a page of its own.
        + _style("Table End", _space(0, 9, 1, "exact"), _text(1), built_in=False)
        + '<w:style w:type="table" w:customStyle="1" w:styleId="RecruitTable"><w:name w:val="Recruit Table"/>'
        '<w:basedOn w:val="TableNormal"/><w:uiPriority w:val="10"/><w:qFormat/><w:tblPr>'
        f"<w:tblBorders>{_edge('bottom', 4, RULE)}{_edge('insideH', 4, RULE)}</w:tblBorders>"
        '<w:tblCellMar><w:top w:w="68" w:type="dxa"/><w:left w:w="96" w:type="dxa"/>'
        '<w:bottom w:w="68" w:type="dxa"/><w:right w:w="96" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        '<w:tblStylePr w:type="firstRow"><w:tblPr/><w:tcPr><w:tcBorders>'
        f'{_edge("bottom", 12, BRAND)}</w:tcBorders><w:vAlign w:val="bottom"/></w:tcPr></w:tblStylePr></w:style>'
        "</w:styles>"
    )


def numbering() -> str:
    """word/numbering.xml: one definition of bullets, one of numbers, each three levels deep."""

    def definition(number: int, style: str, kinds: list[tuple[str, str]], weight: str) -> str:
        levels = "".join(
            f'<w:lvl w:ilvl="{level}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
            + (f'<w:pStyle w:val="{style}"/>' if level == 0 else "")
            + f'<w:lvlText w:val="{mark}"/><w:lvlJc w:val="left"/>'
            f'<w:pPr><w:ind w:left="{397 * (level + 1)}" w:hanging="397"/></w:pPr>'
            f'<w:rPr>{FONTS}{weight}<w:color w:val="{BRAND}"/></w:rPr></w:lvl>'
            for level, (form, mark) in enumerate(kinds)
        )
        return (
            f'<w:abstractNum w:abstractNumId="{number}"><w:multiLevelType w:val="hybridMultilevel"/>'
            f"{levels}</w:abstractNum>"
        )

    return (
        f"{XML}<w:numbering {NAMESPACES}>"
        + definition(1, "ListBullet", [("bullet", "•"), ("bullet", "–"), ("bullet", "·")], "")
        + definition(2, "ListNumber", [("decimal", "%1."), ("lowerLetter", "%2."), ("lowerRoman", "%3.")], "<w:b/>")
        + '<w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="2"/></w:num></w:numbering>'
    )


def _settings() -> str:
    compatibility = "".join(
        f'<w:compatSetting w:name="{name}" w:uri="http://schemas.microsoft.com/office/word" w:val="{value}"/>'
        for name, value in [
            ("compatibilityMode", 15),
            ("overrideTableStyleFontSizeAndJustification", 1),
            ("enableOpenTypeFeatures", 1),
            ("doNotFlipMirrorIndents", 1),
            ("differentiateMultirowTableHeaders", 1),
        ]
    )
    return (
        f'{XML}<w:settings {NAMESPACES}><w:zoom w:percent="100"/><w:defaultTabStop w:val="567"/><w:autoHyphenation/>'
        '<w:hyphenationZone w:val="142"/><w:characterSpacingControl w:val="doNotCompress"/>'
        f'<w:compat>{compatibility}</w:compat><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
    )


def _document() -> str:
    return (
        f'{XML}<w:document {NAMESPACES}><w:body><w:sectPr><w:headerReference w:type="default" r:id="rId4"/>'
        f'<w:footerReference w:type="default" r:id="rId5"/><w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/>'
        f'<w:pgMar w:top="1417" w:right="{MARGIN}" w:bottom="1304" w:left="{MARGIN}" w:header="652" w:footer="567"'
        ' w:gutter="0"/><w:cols w:space="708"/></w:sectPr></w:body></w:document>'
    )


def _edge_of_page(tag: str, style: str) -> str:
    return f'{XML}<w:{tag} {NAMESPACES}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr></w:p></w:{tag}>'


def _fonts() -> str:
    return (
        f'{XML}<w:fonts {NAMESPACES}><w:font w:name="Calibri"><w:altName w:val="Carlito"/>'
        '<w:family w:val="swiss"/><w:pitch w:val="variable"/></w:font></w:fonts>'
    )


def _relations(targets: list[tuple[str, str]]) -> str:
    rows = "".join(
        f'<Relationship Id="rId{number}" Type="{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(targets, start=1)
    )
    return f'{XML}<Relationships xmlns="{FORMATS}/package/2006/relationships">{rows}</Relationships>'


def parts() -> dict[str, str]:
    """Every part of base.docx: its name in the package and its XML."""
    own = {
        "styles": styles(),
        "numbering": numbering(),
        "settings": _settings(),
        "header": _edge_of_page("hdr", "Header"),
        "footer": _edge_of_page("ftr", "Footer"),
        "fontTable": _fonts(),
    }
    core = f"{FORMATS}/package/2006/metadata/core-properties"
    core_type = "application/vnd.openxmlformats-package.core-properties+xml"
    overrides = [("word/document.xml", f"{MAIN_TYPE}.document.main+xml"), ("docProps/core.xml", core_type)]
    overrides += [(f"word/{name}.xml", f"{MAIN_TYPE}.{name}+xml") for name in own]
    types = "".join(f'<Override PartName="/{name}" ContentType="{kind}"/>' for name, kind in overrides)
    return {
        "[Content_Types].xml": (
            f'{XML}<Types xmlns="{FORMATS}/package/2006/content-types"><Default Extension="rels"'
            ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
            f'<Default Extension="xml" ContentType="application/xml"/>{types}</Types>'
        ),
        "_rels/.rels": _relations(
            [
                (f"{RELATION}/officeDocument", "word/document.xml"),
                (f"{FORMATS}/package/2006/relationships/metadata/core-properties", "docProps/core.xml"),
            ]
        ),
        "docProps/core.xml": (
            f'{XML}<cp:coreProperties xmlns:cp="{core}" xmlns:dc="http://purl.org/dc/elements/1.1/"'
            ' xmlns:dcterms="http://purl.org/dc/terms/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"/>'
        ),
        "word/document.xml": _document(),
        "word/_rels/document.xml.rels": _relations([(f"{RELATION}/{name}", f"{name}.xml") for name in own]),
        **{f"word/{name}.xml": xml for name, xml in own.items()},
    }


def pack(files: Mapping[str, str | bytes], target: Path | IO[bytes]) -> None:
    """Writes a package to `target`. The same bytes every time: the entries carry no clock."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in files.items():
            entry = zipfile.ZipInfo(name, date_time=(1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            package.writestr(entry, content)


def write_base(target: Path = BASE_FILE) -> None:
    """Writes the base document to `target`."""
    pack(parts(), target)


if __name__ == "__main__":
    write_base()
