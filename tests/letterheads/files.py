"""Word files for the tests of letterheads: the two that ship, and small ones put together part by part."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

HERE = Path(__file__).parent
NAMES = ("strandby", "skovby")
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
RELATION = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PNG = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x01\0\0\0\x01" + bytes(40)
TEXT = "<w:p><w:r><w:t>Brevby Kommune</w:t></w:r></w:p>"


def letterhead_file(name: str) -> bytes:
    return (HERE / f"{name}.docx").read_bytes()


def relation(id_: str, kind: str, target: str, *, external: bool = False) -> str:
    mode = ' TargetMode="External"' if external else ""
    return f'<Relationship Id="{id_}" Type="{RELATION}/{kind}" Target="{target}"{mode}/>'


def relations(*rows: str) -> str:
    return f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{"".join(rows)}</Relationships>'


def edge(content: str, tag: str = "hdr") -> str:
    return (
        f'<w:{tag} {W} {R} xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office" '
        'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
        'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing">'
        f"{content}</w:{tag}>"
    )


def word_file(
    header: str = TEXT,
    *,
    body: str = "",
    section: str = "",
    header_relations: tuple[str, ...] = (),
    document_relations: tuple[str, ...] = (),
    types: str = "",
    main: str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml",
    **parts: str | bytes,
) -> bytes:
    """A file with one header. `parts` are more of them by their names, a dot for a slash's `__`: `word__styles` is
    word/styles.xml; a name with an ending of its own is written `word__media__a_png`."""
    page = section or '<w:pgSz w:w="11906" w:h="16838"/>'
    files: dict[str, str | bytes] = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Default Extension="png" ContentType="image/png"/>'
        f'<Override PartName="/word/document.xml" ContentType="{main}"/>{types}</Types>',
        "_rels/.rels": relations(relation("rId1", "officeDocument", "word/document.xml")),
        "word/document.xml": f'<w:document {W} {R}><w:body>{body}<w:sectPr><w:headerReference w:type="default" r:id="rId1"/>'
        f"{page}</w:sectPr></w:body></w:document>",
        "word/_rels/document.xml.rels": relations(relation("rId1", "header", "header1.xml"), *document_relations),
        "word/header1.xml": edge(header),
        "word/_rels/header1.xml.rels": relations(*header_relations),
    }
    for name, content in parts.items():
        path = name.replace("__", "/")
        files[f"{path[:-4]}.{path[-3:]}" if path[-4] == "_" else f"{path}.xml"] = content
    return zipped(files)


def zipped(files: dict[str, str | bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
