"""Files that cannot be letterheads, each refused with its own code before anything in it is used."""

from __future__ import annotations

import io
import time
import zipfile

import pytest
from letterheads.files import PNG, W, edge, letterhead_file, relation, word_file, zipped

from recruit.documents import package
from recruit.documents.letterhead import prepare
from recruit.documents.package import MOST_BYTES, MOST_UNPACKED, FaultyLetterhead

MACRO = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
ENTITY = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
PICTURE = '<w:p><w:r><w:drawing><wp:inline><a:blip r:embed="rId1"/></wp:inline></w:drawing></w:r></w:p>'
LINKED = PICTURE.replace("embed", "link")


def field(*instructions: str) -> str:
    written = "".join(f"<w:r><w:instrText>{text}</w:instrText></w:r>" for text in instructions)
    return (
        f'<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r>{written}<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        '<w:r><w:t>vist</w:t></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r></w:p>'
    )


def page(width: str = "11906", left: str = "1000", top: str = "1000") -> str:
    return f'<w:pgSz w:w="{width}" w:h="16838"/><w:pgMar w:left="{left}" w:top="{top}"/>'


def encrypted() -> bytes:
    content = bytearray(letterhead_file("skovby"))
    for signature, place in ((b"PK\x01\x02", 8), (b"PK\x03\x04", 6)):
        at = content.find(signature)
        while at >= 0:
            content[at + place] |= 1
            at = content.find(signature, at + 4)
    return bytes(content)


def twice() -> bytes:
    target = io.BytesIO(word_file())
    with zipfile.ZipFile(target, "a") as archive, pytest.warns(UserWarning, match="Duplicate"):
        archive.writestr("word/header1.xml", edge("<w:p/>"))
    return target.getvalue()


def pictured(content: bytes) -> bytes:
    return word_file(PICTURE, header_relations=(relation("rId1", "image", "media/a.png"),), word__media__a_png=content)


def with_part_before_the_file() -> bytes:
    content = bytearray(word_file())
    at = content.rfind(b"PK\x01\x02")
    content[at + 42 : at + 46] = b"\xff\xff\xff\x7f"  # where the part begins
    end = content.rfind(b"PK\x05\x06")
    content[end + 16 : end + 20] = (int.from_bytes(content[end + 16 : end + 20], "little") + 9_999).to_bytes(
        4, "little"
    )
    return bytes(content)


# Pictures of 30,000 × 30,000 in a few bytes, each kind's size where that kind has it.
SIDE, SHORT = (30_000).to_bytes(4, "big"), (30_000).to_bytes(2, "little")
HUGE = {
    "png": PNG[:16] + SIDE + SIDE,
    "gif": b"GIF89a" + SHORT + SHORT,
    "bmp": b"BM" + bytes(16) + SHORT + bytes(2) + SHORT + bytes(2),
    "jpeg": b"\xff\xd8\xff\xe0\x00\x04ab\xff\xff\xc2\x00\x0b\x08" + SIDE[2:] + SIDE[2:],
    "tiff": b"MM\x00*\x00\x00\x00\x08\x00\x02"
    + b"\x01\x00\x00\x04\x00\x00\x00\x01"
    + SIDE
    + b"\x01\x01\x00\x04\x00\x00\x00\x01"
    + SIDE,
}
BEGUN = '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'

REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": (package.NOT_WORD, b""),
    "text": (package.NOT_WORD, "Kære borger".encode()),
    "pdf": (package.NOT_WORD, b"%PDF-1.7"),
    "another zip": (package.NOT_WORD, zipped({"a.txt": "a"})),
    "a spreadsheet": (package.NOT_WORD, word_file(main="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml")),
    "half a file": (package.UNREADABLE, letterhead_file("skovby")[:6_000]),
    "old Word, or a password": (package.PROTECTED, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
    "a zip with a password": (package.PROTECTED, encrypted()),
    "more than 5 MB": (package.TOO_LARGE, letterhead_file("skovby") + bytes(MOST_BYTES)),
    "zip bomb": (package.BOMB, word_file(word__media__a_png=bytes(30_000_000))),
    "zip bomb of many": (package.BOMB, word_file(**{f"word__{n}": bytes(900_000) for n in range(50)})),
    "too many parts": (package.BOMB, word_file(**{f"word__{n}": b"" for n in range(600)})),
    "packed in another way": (package.UNREADABLE, zipped({"[Content_Types].xml": "x"}, zipfile.ZIP_LZMA)),
    "a part twice": (package.UNREADABLE, twice()),
    "docm": (package.ACTIVE, word_file(main=MACRO)),
    "macro in a docx": (package.ACTIVE, word_file(word__vbaProject_bin=b"x")),
    "ActiveX": (package.ACTIVE, word_file(word__activeX__activeX1="<x/>")),
    "something embedded": (package.ACTIVE, word_file(word__embeddings__a_bin=b"MZ")),
    "OLE in the header": (package.ACTIVE, word_file("<w:p><w:r><w:object/></w:r></w:p>")),
    "OLE in an old drawing": (package.ACTIVE, word_file('<w:p><w:r><w:pict><o:OLEObject Type="Link"/></w:pict></w:r></w:p>')),
    "another file in the header": (package.ACTIVE, word_file('<w:altChunk r:id="rId1"/>')),
    "linked picture": (
        package.EXTERNAL,
        word_file(LINKED, header_relations=(relation("rId1", "image", "https://evil.example/a.png", external=True),)),
    ),
    "tag": (package.TAG, word_file("<w:p><w:r><w:t>Kære {{ navn }}</w:t></w:r></w:p>")),
    "tag in pieces": (package.TAG, word_file("<w:p><w:r><w:t>{</w:t></w:r><w:r><w:t>% for x in y %}</w:t></w:r></w:p>")),
    "tags without end": (package.TAG, word_file(f"<w:p><w:r><w:t>{'{{' * 50_000}\nx</w:t></w:r></w:p>")),
    "merge field": (package.TAG, word_file(field(" MERGE", "FIELD Navn "))),
    "merge field's sign": (package.TAG, word_file("<w:p><w:r><w:t>«Navn»</w:t></w:r></w:p>")),
    "a chart": (
        package.OBJECT,
        word_file(PICTURE, header_relations=(relation("rId1", "chart", "charts/chart1.xml"),), word__charts__chart1="<c/>"),
    ),
    "a picture that is none": (
        package.OBJECT,
        word_file(PICTURE, header_relations=(relation("rId1", "image", "media/a.png"),), word__media__a_png=b"<svg/>"),
    ),
    **{f"a {kind} as large as a house": (package.PICTURE, pictured(content)) for kind, content in HUGE.items()},
    **{f"half a {kind}": (package.OBJECT, pictured(content[: len(content) // 2 + 2])) for kind, content in HUGE.items()},
    "a picture that is not there": (
        package.UNREADABLE,
        word_file(PICTURE, header_relations=(relation("rId1", "image", "../../../etc/passwd"),)),
    ),
    "a part before the file": (package.UNREADABLE, with_part_before_the_file()),
    "fields in fields in fields": (package.UNREADABLE, word_file(f"<w:p>{BEGUN * 20_000}</w:p>")),
    "a header of a million words": (package.BOMB, word_file("".join(f'<w:p w:n="{number}"/>' for number in range(200_000)))),
    "entities": (package.UNREADABLE, word_file(word__header1=ENTITY + edge("<w:p/>"))),
    "entities in UTF-16": (package.UNREADABLE, word_file(word__header1=(ENTITY + edge("<w:p/>")).encode("utf-16"))),
    "entities in UTF-7": (
        package.UNREADABLE,
        word_file(word__header1=b'<?xml version="1.0" encoding="UTF-7"?>' + ENTITY.encode("utf-7")),
    ),
    "broken XML": (package.UNREADABLE, word_file("<w:p>")),
    "very deep XML": (package.UNREADABLE, word_file("<w:p>" * 5_000 + "</w:p>" * 5_000)),
    "a header that is none": (package.UNREADABLE, word_file(word__header1=f"<w:styles {W}/>")),
    "a document without a body": (package.UNREADABLE, word_file(word__document=f"<w:document {W}/>")),
    "numbers that are none": (package.UNREADABLE, word_file(section=page(width="bred"))),
    "no end to the numbers": (package.UNREADABLE, word_file(section=page(width="1e999"))),
    "no room across": (package.NARROW, word_file(section=page(left="7000"))),
    "no room down": (package.NARROW, word_file(section=page(top="12000"))),
    "a sheet as large as a house": (package.NARROW, word_file(section=page(width="9999999"))),
    "strict": (package.STRICT_FORMAT, word_file(word__header1='<hdr xmlns="http://purl.oclc.org/ooxml/wordprocessingml/main"/>')),
}  # fmt: skip


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", REFUSED)
def test_file_is_refused_with_its_reason(name: str) -> None:
    code, content = REFUSED[name]
    start = time.perf_counter()
    with pytest.raises(FaultyLetterhead) as refused:
        prepare(content)
    assert refused.value.code == code
    assert time.perf_counter() - start < 2


def test_tag_is_named() -> None:
    for name, tag in (("tag", "{{ navn }}"), ("tag in pieces", "{% for x in y %}"), ("merge field", "MERGEFIELD Navn")):
        with pytest.raises(FaultyLetterhead) as refused:
            prepare(REFUSED[name][1])
        assert refused.value.detail == tag


def test_bomb_is_refused_by_what_it_says_it_holds() -> None:
    """A list that lies about sizes does not help: Python unpacks no more than it says."""
    content = word_file(word__styles=b"x" * 100)
    assert len(content) < MOST_BYTES
    swollen = content.replace((100).to_bytes(4, "little"), (MOST_UNPACKED + 1).to_bytes(4, "little"))
    assert swollen != content
    with pytest.raises(FaultyLetterhead) as refused:
        prepare(swollen)
    assert refused.value.code == package.BOMB


def test_templates_and_quotation_marks_are_no_fault() -> None:
    assert prepare(word_file(main=TEMPLATE)).content
    assert prepare(word_file("<w:p><w:r><w:t>»Sammen om ledelse« {1} 5 % &lt;3</w:t></w:r></w:p>")).content


def test_what_no_header_shows_is_left_behind() -> None:
    header = (
        '<w:p xmlns:x="http://www.w3.org/1999/xlink" x:href="https://evil.example"><w:r><w:t>Brevby</w:t></w:r></w:p>'
        '<script xmlns="http://www.w3.org/1999/xhtml" src="https://evil.example/a.js"/>'
        + field(" PAGE ").replace("/></w:r>", '><w:ffData><w:entryMacro w:val="evil"/></w:ffData></w:fldChar></w:r>', 1)
    )
    with zipfile.ZipFile(io.BytesIO(prepare(word_file(header)).content)) as archive:
        kept = archive.read("word/header1.xml")
    assert b"Brevby" in kept and b"PAGE" in kept and b"evil" not in kept


def test_fields_that_fetch_become_what_they_showed() -> None:
    for instructions in (
        (" INCLUDEPICTURE ", '"https://evil.example/a.png"'),
        (" DDE", "AUTO c:\\\\windows cmd"),
        ("",),
    ):
        made = prepare(word_file(field(*instructions))).content
        with zipfile.ZipFile(io.BytesIO(made)) as archive:
            header = archive.read("word/header1.xml").decode()
        assert "vist" in header
        assert "evil" not in header and "cmd" not in header and "instrText" not in header and "fldChar" not in header
    kept = prepare(word_file(field(" PAGE "))).content
    with zipfile.ZipFile(io.BytesIO(kept)) as archive:
        assert b"<w:instrText> PAGE </w:instrText>" in archive.read("word/header1.xml")


def test_field_inside_a_field_that_fetches_goes_too() -> None:
    inner = field(" PAGE ").removeprefix("<w:p>").removesuffix("</w:p>")
    outer = field(" INCLUDETEXT ").replace(
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/>',
        f'</w:r>{inner}<w:r><w:fldChar w:fldCharType="separate"/>',
        1,
    )
    made = prepare(word_file(outer)).content
    with zipfile.ZipFile(io.BytesIO(made)) as archive:
        header = archive.read("word/header1.xml").decode()
    assert header.count("vist") == 1 and "PAGE" not in header and "fldChar" not in header


def test_a_picture_used_twice_is_kept_once() -> None:
    content = word_file(
        PICTURE + PICTURE.replace("rId1", "rId2"),
        header_relations=(relation("rId1", "image", "media/a.png"), relation("rId2", "image", "/word/media/a.png")),
        word__media__a_png=PNG,
    )
    with zipfile.ZipFile(io.BytesIO(prepare(content).content)) as archive:
        assert [name for name in archive.namelist() if "media" in name] == ["word/media/image1.png"]
