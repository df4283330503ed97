"""Applicants from a spreadsheet, through the three pages: all, or the good ones when asked for, or nothing."""

from __future__ import annotations

import io
import logging
import re
from typing import Any

import openpyxl
import pytest
from flask import Flask
from support import case, declared, load, make_person, signed_in
from uploads import upload

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.extensions import db

CSV = "Navn;E-mail;Fødselsdato\nCecilie Dahl;cecilie@mail.example;1980\nDan Eg;;1970\n"


class Desk:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.id = load(case(**({"impartiality": declared()} | changes))).id
        self.path = f"/recruitments/{self.id}/candidates/import"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")

    def upload(self, content: str | bytes = CSV, name: str = "ansøgere.csv", who: Any = None) -> Any:
        data = content.encode() if isinstance(content, str) else content
        return (who or self.hr).post(self.path, **upload("file", (name, data)))

    def rows(self, carried: str, who: Any = None, **values: str) -> Any:
        return (who or self.hr).post(
            self.path + "/rows", data={"carried": carried, "name": "0", "surname": "", "email": "1"} | values
        )

    def names(self) -> dict[str, str]:
        db.session.expire_all()
        return {row.ref: row.name for row in db.session.scalars(db.select(Candidate).order_by(Candidate.id))}


def carried(answer: Any) -> str:
    found = re.search(r'name="carried"[^>]*value="([^"]+)"', answer.get_data(as_text=True))
    assert found
    return found[1]


def chosen(answer: Any, field: str) -> str:
    """The heading that a list of columns stands at."""
    page = answer.get_data(as_text=True)
    part = page[page.index(f'id="{field}"') :]
    found = re.search(r"<option selected[^>]*>([^<]*)<", part[: part.index("</select>")])
    return found[1] if found else ""


def test_file_is_read_seen_and_added(app: Flask) -> None:
    desk = Desk(app)
    seen = desk.upload()
    page = seen.get_data(as_text=True)
    assert seen.status_code == 200
    assert "Cecilie Dahl" in page
    assert (chosen(seen, "name"), chosen(seen, "email")) == ("Navn", "E-mail")
    assert "§ 5, stk. 2" in page
    assert "1980" not in page
    assert desk.names() == {"K1": "Åse Ørsted", "K2": "Bent Æbelø"}  # nothing is stored before it is seen
    answer = desk.rows(carried(seen))
    assert answer.status_code == 200
    names = desk.names()
    assert [names["K1"], names["K2"]] == ["Åse Ørsted", "Bent Æbelø"]
    assert sorted(names.values())[1:] == ["Cecilie Dahl", "Dan Eg", "Åse Ørsted"]
    email = db.session.scalar(db.select(Candidate.email).where(Candidate.name == "Cecilie Dahl"))
    assert email == "cecilie@mail.example"
    events = [row.event for row in db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.id))]
    assert events[-3:] == ["candidate.added", "candidate.added", "candidates.imported"]


def test_refs_do_not_follow_the_order_of_the_file(app: Flask) -> None:
    """Members declare on the names in alphabetical order: a sorted file must not tell whose number is whose."""
    desk = Desk(app)
    file = [f"Person {number:02d}" for number in range(40)]
    page = desk.rows(carried(desk.upload("Navn\n" + "\n".join(file))), email="").get_data(as_text=True)
    names = list(desk.names().values())[2:]
    assert names != file
    assert sorted(names) == file
    assert [int(number) for number in re.findall(r">K(\d+)</span>", page)] == list(range(3, 43))


def test_excel_with_first_and_last_names_apart(app: Flask) -> None:
    desk = Desk(app)
    book = openpyxl.Workbook()
    for row in (["Nr.", "Fornavn", "Efternavn", "Mail"], [1, "Fie", "Gråbøl", "fie@mail.example"]):
        book.active.append(row)
    file = io.BytesIO()
    book.save(file)
    seen = desk.upload(file.getvalue(), "liste.xlsx")
    assert (chosen(seen, "name"), chosen(seen, "surname"), chosen(seen, "email")) == ("Fornavn", "Efternavn", "Mail")
    desk.rows(carried(seen), name="1", surname="2", email="3")
    assert desk.names()["K3"] == "Fie Gråbøl"


def test_bad_rows_are_named_and_nothing_is_added_unless_asked(app: Flask) -> None:
    desk = Desk(app)
    text = "Navn;E-mail\nCecilie;c@mail.example\n;d@mail.example\nEva;ikke-en-adresse\nFie;aase@mail.example\nGry;C@mail.example\n"
    seen = desk.upload(text)
    refused = desk.rows(carried(seen))
    page = refused.get_data(as_text=True)
    assert refused.status_code == 400
    assert "Række 3: Navnet mangler." in page
    assert "Række 4: ”ikke-en-adresse” er ikke en e-mailadresse." in page
    assert "Række 5: E-mailen står allerede på listen, ved K1." in page
    assert "Række 6: E-mailen står også i række 2." in page
    assert set(desk.names()) == {"K1", "K2"}
    taken = desk.rows(carried(refused), partly="y")
    assert taken.status_code == 200
    assert "4 rækker blev liggende" in taken.get_data(as_text=True)
    assert desk.names() == {"K1": "Åse Ørsted", "K2": "Bent Æbelø", "K3": "Cecilie"}


def test_file_without_one_good_row_adds_nothing_even_when_asked(app: Flask) -> None:
    desk = Desk(app)
    answer = desk.rows(carried(desk.upload("Navn;E-mail\n;x\n")), partly="y")
    assert answer.status_code == 400
    assert set(desk.names()) == {"K1", "K2"}


def test_cpr_number_refuses_the_file_and_leaves_no_trace(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    desk = Desk(app)
    with caplog.at_level(logging.DEBUG):
        answer = desk.upload("Navn;E-mail;Bemærkning\nHemmelig Hansen;h@mail.example;født 150280-4321\n")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert "række 2, kolonne C" in page
    for secret in ("150280", "4321", "Hemmelig", "carried"):
        assert secret not in page
        assert secret not in caplog.text
    assert set(desk.names()) == {"K1", "K2"}
    assert not [row for row in db.session.scalars(db.select(AuditEvent)) if row.event == "candidates.imported"]


def test_page_sent_twice_adds_once(app: Flask) -> None:
    desk = Desk(app)
    packed = carried(desk.upload())
    assert desk.rows(packed).status_code == 200
    again = desk.rows(packed)
    assert again.status_code == 302
    assert again.location.endswith("/candidates/import")
    assert len(desk.names()) == 4


def test_rows_of_somebody_else_or_of_another_recruitment_are_refused(app: Flask) -> None:
    desk = Desk(app)
    packed = carried(desk.upload())
    chair = signed_in(app, "chair@example.org")
    other = load(case(impartiality=declared()))
    assert desk.rows(packed, who=chair).status_code == 302
    moved = desk.hr.post(f"/recruitments/{other.id}/candidates/import/rows", data={"carried": packed, "name": "0"})
    assert moved.status_code == 302
    for broken in (packed[:-3] + "abc", "", "x" * 5_000):
        assert desk.rows(broken).status_code == 302
    assert len(desk.names()) == 2


def test_columns_that_cannot_be_are_asked_for_again(app: Flask) -> None:
    desk = Desk(app)
    packed = carried(desk.upload())
    for values in ({"name": ""}, {"email": "0"}, {"surname": "9"}, {"name": "abc"}):
        answer = desk.rows(packed, **values)
        assert answer.status_code == 400
        assert "carried" in answer.get_data(as_text=True)
    assert len(desk.names()) == 2


def test_no_more_than_the_recruitment_holds(app: Flask) -> None:
    desk = Desk(app)
    many = "Navn\n" + "".join(f"Person {number}\n" for number in range(499))
    answer = desk.rows(carried(desk.upload(many)), email="")
    assert answer.status_code == 400
    assert "500" in answer.get_data(as_text=True)
    fits = "Navn\n" + "".join(f"Person {number}\n" for number in range(498))
    assert desk.rows(carried(desk.upload(fits)), email="").status_code == 200
    assert len(desk.names()) == 500


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"PK\x03\x04", b"Navn\n", b"x" * 5_500_000])
def test_file_that_cannot_be_used_is_refused_in_words(app: Flask, content: bytes) -> None:
    desk = Desk(app)
    answer = desk.upload(content)
    assert answer.status_code == 400
    assert "data-error-summary" in answer.get_data(as_text=True)


def test_upload_without_a_file_is_asked_for(app: Flask) -> None:
    desk = Desk(app)
    assert desk.hr.post(desk.path, data={}).status_code == 400


def test_names_are_shown_as_text(app: Flask) -> None:
    desk = Desk(app)
    seen = desk.upload('Navn;E-mail\n"<b>Åse</b> =1+1";\n')
    assert "<b>Åse" not in seen.get_data(as_text=True)
    answer = desk.rows(carried(seen))
    assert "&lt;b&gt;Åse&lt;/b&gt; =1+1" in answer.get_data(as_text=True)


def test_member_reads_no_file_in(app: Flask) -> None:
    desk = Desk(app)
    anna = signed_in(app, "anna@example.org")
    assert anna.get(desk.path).status_code == 403
    assert desk.upload(who=anna).status_code == 403
