"""Makes the letterheads that the tests use. `python tests/letterheads/make.py` needs LibreOffice, the tests do not.

strandby.docx is written as Word would: a first page of its own with a coloured band and the coat of arms, an address at
the bottom, Times New Roman throughout. skovby.docx is drawn in LibreOffice's own format and saved by LibreOffice as .docx.
"""

from __future__ import annotations

import base64
import subprocess
import tempfile
from pathlib import Path

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from recruit.documents.pictures import svg_to_png

HERE = Path(__file__).parent
ARMS = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 72" width="60" height="72"><path
 d="M3 3h54v36c0 18-14 26-27 30C17 65 3 57 3 39Z" fill="#7a1f3d"/><path d="M10 44c7-6 13-6 20 0s13 6 20 0v8c-7 6-13 6-20
 0s-13-6-20 0Z" fill="#fff"/><path d="M30 12l6 12h12l-9 9 3 9-12-5-12 5 3-9-9-9h12Z" fill="#e9c46a"/></svg>"""
TREE = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 60" width="60" height="60"><circle cx="30" cy="30"
 r="30" fill="#2d6a3e"/><path d="M30 8 46 34H36l10 12H14l10-12H14Z" fill="#fff"/><path d="M27 44h6v9h-6z" fill="#fff"/></svg>"""


def strandby(target: Path) -> None:
    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin, section.right_margin = Cm(2.8), Cm(2.2)
    section.top_margin, section.bottom_margin = Cm(3.6), Cm(2.8)
    section.header_distance, section.footer_distance = Cm(1.2), Cm(1.0)
    section.different_first_page_header_footer = True
    styles = document.styles
    for name, size, colour in (
        ("Normal", 11, None),
        ("Title", 24, "7A1F3D"),
        ("Subtitle", 12, "5B646D"),
        ("Heading 1", 15, "7A1F3D"),
        ("Heading 2", 12.5, "7A1F3D"),
        ("Heading 3", 10.5, "3A4349"),
    ):
        style = styles[name]
        style.font.name, style.font.size = "Times New Roman", Pt(size)
        style.font.bold = name.startswith("Heading")
        style.font.italic = False
        fonts = style.element.rPr.rFonts
        for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
            fonts.attrib.pop(qn(f"w:{theme}"), None)
        if colour:
            style.font.color.rgb = RGBColor.from_string(colour)
    styles["Normal"].paragraph_format.space_after = Pt(0)
    borders = styles["Title"].element.pPr.find(qn("w:pBdr"))
    if borders is not None:
        styles["Title"].element.pPr.remove(borders)

    with tempfile.TemporaryDirectory() as folder:
        picture = Path(folder) / "arms.png"
        picture.write_bytes(svg_to_png(ARMS, 360))
        first = section.first_page_header.paragraphs[0]
        first.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        first.add_run().add_picture(str(picture), height=Cm(1.9))
    name = section.first_page_header.add_paragraph()
    name.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    run = name.add_run("Strandby Kommune")
    run.bold, run.font.size, run.font.color.rgb = True, Pt(12), RGBColor.from_string("7A1F3D")
    for footer in (section.first_page_footer, section.footer):
        address = footer.paragraphs[0]
        address.alignment = WD_ALIGN_PARAGRAPH.CENTER
        run = address.add_run("Strandby Kommune · Havnegade 1 · 9999 Strandby · strandby.example")
        run.font.size = Pt(8)
        edge = OxmlElement("w:pBdr")
        top = OxmlElement("w:top")
        for key, value in {"val": "single", "sz": "8", "space": "4", "color": "7A1F3D"}.items():
            top.set(qn(f"w:{key}"), value)
        edge.append(top)
        address._p.get_or_add_pPr().append(edge)
    document.save(str(target))


def skovby(target: Path) -> None:
    picture = base64.b64encode(svg_to_png(TREE, 300)).decode()
    office = "urn:oasis:names:tc:opendocument:xmlns"
    flat = f"""<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="{office}:office:1.0" xmlns:style="{office}:style:1.0" xmlns:text="{office}:text:1.0"
 xmlns:fo="{office}:xsl-fo-compatible:1.0" xmlns:draw="{office}:drawing:1.0" xmlns:svg="{office}:svg-compatible:1.0"
 xmlns:xlink="http://www.w3.org/1999/xlink" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls><style:font-face style:name="Liberation Sans" svg:font-family="'Liberation Sans'"/></office:font-face-decls>
<office:styles>
 <style:default-style style:family="paragraph"><style:text-properties style:font-name="Liberation Sans" fo:font-size="10pt"
  fo:language="da" fo:country="DK"/></style:default-style>
 <style:style style:name="Standard" style:family="paragraph" style:class="text"><style:paragraph-properties
  fo:margin-bottom="0.25cm" fo:line-height="120%"/></style:style>
 <style:style style:name="Title" style:family="paragraph" style:parent-style-name="Standard"><style:text-properties
  fo:font-size="22pt" fo:font-weight="bold" fo:color="#2d6a3e"/></style:style>
 <style:style style:name="Heading_20_1" style:display-name="Heading 1" style:family="paragraph"
  style:parent-style-name="Standard" style:default-outline-level="1"><style:paragraph-properties fo:margin-top="0.6cm"
  fo:margin-bottom="0.2cm"/><style:text-properties fo:font-size="14pt" fo:font-weight="bold" fo:color="#2d6a3e"/></style:style>
 <style:style style:name="Heading_20_2" style:display-name="Heading 2" style:family="paragraph"
  style:parent-style-name="Standard" style:default-outline-level="2"><style:paragraph-properties fo:margin-top="0.4cm"/>
  <style:text-properties fo:font-size="12pt" fo:font-weight="bold" fo:color="#2d6a3e"/></style:style>
 <style:style style:name="Header" style:family="paragraph" style:parent-style-name="Standard" style:class="extra"/>
 <style:style style:name="Footer" style:family="paragraph" style:parent-style-name="Standard" style:class="extra">
  <style:text-properties fo:font-size="8pt" fo:color="#5b646d"/></style:style>
</office:styles>
<office:automatic-styles>
 <style:style style:name="Logo" style:family="graphic"><style:graphic-properties style:wrap="run-through"
  style:horizontal-pos="left" style:horizontal-rel="page-content" style:vertical-pos="from-top" style:vertical-rel="page"/>
 </style:style>
 <style:page-layout style:name="Paper"><style:page-layout-properties fo:page-width="21cm" fo:page-height="29.7cm"
  fo:margin-top="1.2cm" fo:margin-bottom="1cm" fo:margin-left="2.5cm" fo:margin-right="4.5cm"/>
  <style:header-style><style:header-footer-properties fo:min-height="2.4cm" fo:margin-bottom="0.5cm"/></style:header-style>
  <style:footer-style><style:header-footer-properties fo:min-height="1.4cm" fo:margin-top="0.5cm"/></style:footer-style>
 </style:page-layout>
</office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Paper">
 <style:header><text:p text:style-name="Header"><draw:frame draw:style-name="Logo" draw:name="Skovby" text:anchor-type="paragraph"
  svg:width="1.8cm" svg:height="1.8cm" svg:x="0cm" svg:y="1.1cm"><draw:image><office:binary-data>{picture}</office:binary-data>
  </draw:image></draw:frame></text:p></style:header>
 <style:footer><text:p text:style-name="Footer">Skovby Kommune, Rådhuspladsen 2, 9998 Skovby</text:p>
  <text:p text:style-name="Footer">Side <text:page-number text:select-page="current">1</text:page-number></text:p></style:footer>
</style:master-page></office:master-styles>
<office:body><office:text><text:p text:style-name="Title">Overskrift</text:p><text:h text:style-name="Heading_20_1"
 text:outline-level="1">Afsnit</text:h><text:h text:style-name="Heading_20_2" text:outline-level="2">Under</text:h>
 <text:p text:style-name="Standard">Her skriver du dit brev.</text:p></office:text></office:body></office:document>
"""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "skovby.fodt"
        source.write_text(flat, encoding="utf-8")
        command = ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless"]
        subprocess.run(
            [*command, "--convert-to", "docx", "--outdir", folder, str(source)], check=True, capture_output=True
        )
        target.write_bytes((Path(folder) / "skovby.docx").read_bytes())


if __name__ == "__main__":
    strandby(HERE / "strandby.docx")
    skovby(HERE / "skovby.docx")
