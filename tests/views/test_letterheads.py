"""The organisation's letterhead: added, refused, changed, and on every document of the product."""

from __future__ import annotations

import io
from collections.abc import Iterator

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn
from flask import Flask
from letterheads.files import NAMES, letterhead_file, word_file
from planning import prepared, propose
from sieve import Sieve
from sqlalchemy import select
from support import ROOT, Client, counted_queries, full_case, load, make_person, signed_in
from uploads import upload

from recruit.audit import AuditEvent
from recruit.documents import package
from recruit.documents.letterhead import BODY, EMPTY, FIELDS, FONTS, LINKS, STYLES, prepare
from recruit.extensions import db
from recruit.organisation.letterheads import FAULT_WORDS, REPAIR_WORDS
from recruit.organisation.models import Letterhead
from recruit.organisation.service import letterhead

DOCUMENTS = (
    "profile.docx",
    "rounds/1/guide.docx",
    "rounds/1/scorecard.docx",
    "rounds/1/comparison.docx",
    "timetable.docx",
    "ad/full/word",
    "ad/short/word",
)
STEP = {"code": "deadline", "title": "Ansøgningsfrist", "starts": "2027-03-01", "responsible": "HR"}
AD = {"tone": "direct", "language": "da", "apply_at": "https://odder.example/job", "workplace": "Havvej 1, 8300 Odder"}
FOOTERS = {"strandby": "Strandby Kommune · Havnegade 1", "skovby": "Skovby Kommune, Rådhuspladsen 2"}


def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def add(client: Client, name: str, content: bytes) -> tuple[int, str]:
    answer = client.post("/organisation/letterheads", **upload("file", (name, content)))
    return answer.status_code, answer.get_data(as_text=True)


def footers(document: Document) -> Iterator[str]:
    for section in document.sections:
        for footer in (
            section.footer,
            *([section.first_page_footer] if section.different_first_page_header_footer else []),
        ):
            yield "".join(element.text or "" for element in footer._element.iter(qn("w:t")))


def events() -> list[str]:
    rows = db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))
    return [row.event.removeprefix("letterhead.") for row in rows if row.event.startswith("letterhead.")]


def test_every_document_comes_out_on_the_letterhead(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(lambda _ref, _place: "partly")
    planned = prepared()
    full = load(full_case(revealed=[1], timetable={"steps": [STEP]}))
    chair = signed_in(app, "chair@example.org")
    assert propose(chair, planned).status_code == 302
    client = signed_in(app, "hr@example.org")
    assert client.post(f"/recruitments/{full.id}/ad/facts", data=AD).status_code == 302
    for name in NAMES:
        assert add(client, f"{name}.docx", letterhead_file(name))[0] == 302
        for path in (
            *(f"{full.id}/{document}" for document in DOCUMENTS),
            f"{planned.id}/rounds/1/interviews/plan.docx",
            f"{planned.id}/rounds/1/interviews/door.docx",
            f"{sieve.id}/sift/result.docx",
        ):
            answer = chair.get(f"/recruitments/{path}")
            assert answer.status_code == 200, path
            document = docx.Document(io.BytesIO(answer.data))
            for footer in footers(document):
                assert FOOTERS[name] in footer, path
                assert "Odder Kommune" in footer, path
                assert footer.count("Side") == 1, path
            assert any("/image" in str(part.partname) for part in document.part.package.iter_parts()), path
            assert document.core_properties.title and document.core_properties.language == "da-DK", path


def test_every_document_of_the_product_is_made_by_the_one_function_that_knows_the_letterhead() -> None:
    """Whoever builds a document of their own must take the letterhead along."""
    builders = {
        file.relative_to(ROOT).as_posix()
        for file in (ROOT / "recruit").rglob("*.py")
        if "WordDocument(" in file.read_text(encoding="utf-8").replace("class WordDocument", "")
    }
    assert builders == {"recruit/recruitments/documents.py", "recruit/organisation/documents.py"}


def test_letterhead_costs_one_query_and_none_is_our_own_look(app: Flask) -> None:
    with counted_queries() as statements:
        assert letterhead() is None
    assert len(statements) == 1
    add(hr(app), "skovby.docx", letterhead_file("skovby"))
    with counted_queries() as statements:
        assert letterhead() == prepare(letterhead_file("skovby")).content
    assert len(statements) == 1


def test_new_one_takes_over_and_the_former_comes_back(app: Flask) -> None:
    client = hr(app)
    strandby, skovby = (prepare(letterhead_file(name)).content for name in ("strandby", "skovby"))
    add(client, "breve/Strandby brev.docx", letterhead_file("strandby"))
    first = db.session.scalars(select(Letterhead)).one()
    assert (first.name, letterhead()) == ("Strandby brev", strandby)
    add(client, "skovby.dotx", letterhead_file("skovby"))
    assert letterhead() == skovby
    page = client.get("/organisation").get_data(as_text=True)
    assert "Strandby brev" in page and page.count("i brug</span>") == 1
    assert client.post(f"/organisation/letterheads/{first.id}/use").status_code == 302
    assert letterhead() == strandby
    assert client.post("/organisation/letterheads/none").status_code == 302
    assert letterhead() is None
    assert client.post("/organisation/letterheads/none").status_code == 302
    assert events() == ["added", "used", "added", "used", "used", "unused"]


def test_only_one_that_is_not_in_use_is_deleted(app: Flask) -> None:
    client = hr(app)
    add(client, "a.docx", letterhead_file("skovby"))
    number = db.session.scalars(select(Letterhead.id)).one()
    refused = client.post(f"/organisation/letterheads/{number}/delete")
    assert refused.status_code == 400 and "i brug" in refused.get_data(as_text=True)
    client.post("/organisation/letterheads/none")
    assert client.post(f"/organisation/letterheads/{number}/delete").status_code == 302
    assert db.session.scalars(select(Letterhead)).all() == []
    assert client.post(f"/organisation/letterheads/{number}/use").status_code == 404
    assert events()[-1] == "deleted"


def test_faulty_file_is_refused_in_one_sentence_and_changes_nothing(app: Flask) -> None:
    client = hr(app)
    add(client, "skovby.docx", letterhead_file("skovby"))
    before = letterhead()
    for content, words in (
        (b"hej", "Filen er ikke et Word-dokument (.docx)."),
        (word_file("<w:p><w:r><w:t>{{ navn }}</w:t></w:r></w:p>"), "”{{ navn }}”"),
        (bytes(5_500_000), "større end 5 MB"),
    ):
        status, page = add(client, "a.docx", content)
        assert status == 400
        assert words in page
    assert letterhead() == before
    assert len(db.session.scalars(select(Letterhead)).all()) == 1
    assert client.post("/organisation/letterheads", data={}).status_code == 400


def test_letterhead_that_a_newer_version_refuses_is_told_in_one_sentence(app: Flask) -> None:
    client = hr(app)
    add(client, "skovby.docx", letterhead_file("skovby"))
    db.session.scalars(select(Letterhead)).one().content = word_file("<w:p><w:r><w:object/></w:r></w:p>")
    db.session.commit()
    answer = client.get("/organisation/example.docx")
    assert answer.status_code == 400
    assert "Brevpapiret kan ikke bruges længere." in answer.get_data(as_text=True)
    assert client.get("/organisation").status_code == 200


def test_hundred_megabytes_are_refused_before_they_are_read(app: Flask) -> None:
    status, page = add(hr(app), "a.docx", bytes(100_000_000))
    assert status == 413
    assert "Det er for stort" in page


def test_what_was_mended_is_told_on_the_page(app: Flask) -> None:
    client = hr(app)
    add(client, "a.docx", word_file(body="<w:p><w:r><w:t>Kære borger</w:t></w:r></w:p>"))
    page = client.get("/organisation").get_data(as_text=True)
    assert str(REPAIR_WORDS[BODY]) in page and str(REPAIR_WORDS[STYLES]) in page
    assert str(REPAIR_WORDS[LINKS]) not in page


def test_every_code_has_one_sentence() -> None:
    codes = {
        value
        for name, value in vars(package).items()
        if name.isupper() and isinstance(value, str) and name not in ("W", "R")
    }
    assert set(FAULT_WORDS) == codes
    assert set(REPAIR_WORDS) == {EMPTY, BODY, STYLES, LINKS, FIELDS, FONTS}


@pytest.mark.parametrize("language", ["da", "en"])
def test_example_shows_the_letterhead_in_the_language_of_the_page(app: Flask, language: str) -> None:
    client = hr(app)
    with client.session_transaction() as session:
        session["language"] = language
    plain = docx.Document(io.BytesIO(client.get("/organisation/example.docx").data))
    assert plain.styles["Normal"].font.name == "Calibri"
    add(client, "strandby.docx", letterhead_file("strandby"))
    number = db.session.scalars(select(Letterhead.id)).one()
    for path in ("/organisation/example.docx", f"/organisation/letterheads/{number}/example.docx"):
        document = docx.Document(io.BytesIO(client.get(path).data))
        assert document.styles["Normal"].font.name == "Times New Roman"
        assert document.core_properties.language == ("da-DK" if language == "da" else "en-GB")
        assert {"Title", "Heading 1", "Heading 2", "Heading 3", "Lead", "Quote", "Hint"} <= {
            item.style.name for item in document.paragraphs if item.style
        }


def test_organisation_is_in_the_navigation_of_hr_only(app: Flask) -> None:
    assert 'href="/organisation"' in hr(app).get("/").get_data(as_text=True)
    make_person("a@example.org")
    other = signed_in(app, "a@example.org")
    assert 'href="/organisation"' not in other.get("/").get_data(as_text=True)
    assert other.get("/organisation").status_code == 403
    assert add(other, "a.docx", letterhead_file("skovby"))[0] == 403
