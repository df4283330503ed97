"""Dissent: a member's own words after the reveal, seen by the panel and HR, printed in the report."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from support import CASE, Client, case, declared, full_case, load, make_person, signed_in
from wordfile import WordFile

from recruit.audit import AuditEvent
from recruit.candidates.models import Declaration
from recruit.casefile.export import export_case
from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring.models import Dissent

WORDS = "Jeg hørte noget andet om vagtplanen & <ro>."


class Round:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.recruitment: Recruitment = load(full_case(**({"revealed": [1]} | changes)))
        make_person("hr@example.org", "hr")
        self.path = f"/recruitments/{self.recruitment.id}/rounds/1/dissents"

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def write(self, name: str, text: str, **fields: str) -> Any:
        """As a form that was opened just now; `fields` are those of an older one."""
        if not fields:
            fields = self.opened(name)
        return self.as_(name).post(self.path, data={"text": text, **fields})

    def opened(self, name: str) -> dict[str, str]:
        """The hidden fields of a page that is opened now."""
        page = self.as_(name).get(self.path).get_data(as_text=True)
        return {field: re.search(rf'name="{field}"[^>]*value="([^"]*)"', page)[1] for field in ("version", "shown")}  # type: ignore[index]

    def page(self, name: str, path: str | None = None) -> str:
        answer = self.as_(name).get(path or self.path)
        assert answer.status_code == 200
        return str(answer.get_data(as_text=True))

    def stored(self) -> list[str]:
        db.session.rollback()
        return list(db.session.scalars(db.select(Dissent.text).order_by(Dissent.id)))

    def report(self) -> WordFile:
        db.session.rollback()
        recruitment = load_recruitment(self.recruitment.id)
        assert recruitment is not None
        return WordFile(comparison_document(load_revealed(recruitment, recruitment.rounds[0])))


def test_dissent_is_seen_by_panel_and_hr_with_name_and_side(app: Flask) -> None:
    round_ = Round(app)
    assert round_.write("anna", WORDS).status_code == 302
    for name in ("anna", "bo", "chair", "hr"):
        for path in (None, round_.path.replace("dissents", "comparison")):
            page = round_.page(name, path)
            assert "Jeg hørte noget andet om vagtplanen &amp; &lt;ro&gt;." in page
            assert "Anna Andersen" in page
    assert "<textarea" not in round_.page("hr")


def test_dissent_is_printed_in_the_report_with_name_and_side(app: Flask) -> None:
    round_ = Round(app)
    assert "Ingen i udvalget har skrevet en særudtalelse." in round_.report().text
    round_.write("anna", WORDS)
    report = round_.report()
    assert report.rows("Særudtalelse") == [["Anna Andersen\nMedarbejdere", WORDS]]
    assert "Ingen i udvalget har skrevet" not in report.text


def test_dissent_is_changed_and_taken_back_by_its_owner(app: Flask) -> None:
    round_ = Round(app)
    round_.write("anna", WORDS)
    assert round_.write("anna", "Rettet.").status_code == 302
    assert round_.stored() == ["Rettet."]
    assert round_.write("anna", "").status_code == 302
    assert "Rettet." not in round_.page("bo")
    assert "Ingen i udvalget har skrevet en særudtalelse." in round_.report().text
    assert "dissents" not in export_case(round_.recruitment, actor=None)
    assert round_.write("anna", "Skrevet igen.").status_code == 302
    assert "Skrevet igen." in round_.page("bo")


def test_nobody_writes_in_another_members_place(app: Flask) -> None:
    round_ = Round(app)
    round_.write("anna", WORDS)
    assert round_.write("bo", "Bos egen.").status_code == 302
    assert round_.stored() == [WORDS, "Bos egen."]
    assert "Bos egen.</textarea>" not in round_.page("anna")


@pytest.mark.parametrize("name", ["hr", "out", "late", "sub", "else", "auditor"])
def test_dissent_by_somebody_who_is_no_member_is_refused_with_a_sentence(app: Flask, name: str) -> None:
    """HR, a disqualified, an undeclared member, a substitute, a member of another recruitment, the auditor."""
    panel = [
        *CASE["panel"],
        {"email": "out@example.org", "name": "Ude", "role": "member", "side": "peer"},
        {"email": "late@example.org", "name": "Sen", "role": "substitute", "side": "peer"},
        {"email": "sub@example.org", "name": "Sub", "role": "substitute", "side": "peer"},
    ]
    out = {"panelist": "out@example.org", "candidate": "K1", "conflict": True}
    round_ = Round(app, panel=panel, impartiality=[*declared(), *declared(("sub@example.org",)), out])
    other = [{"email": "else@example.org", "name": "Else", "role": "chair", "side": "chief"}]
    load(case(panel=other, impartiality=declared(("else@example.org",))))
    make_person("auditor@example.org", "auditor")
    answer = round_.as_(name).post(round_.path, data={"text": "x", "version": "1"})
    if name == "late":
        assert answer.location.endswith("/impartiality")
    else:
        assert answer.status_code in (403, 404)
        assert "</h1>" in answer.get_data(as_text=True)
    assert round_.stored() == []


def test_dissent_before_the_reveal_is_refused_with_a_sentence(app: Flask) -> None:
    round_ = Round(app, revealed=[])
    answer = round_.as_("anna").post(round_.path, data={"text": WORDS, "version": "1"})
    assert answer.status_code == 400
    assert "Sammenligningen åbner ved afsløringen" in answer.get_data(as_text=True)
    assert round_.stored() == []
    assert "<textarea" not in round_.page("anna")


def test_second_window_gets_both_texts_and_overwrites_nothing(app: Flask) -> None:
    round_ = Round(app)
    first = round_.opened("anna")
    assert round_.write("anna", "Fra telefonen.", **first).status_code == 302
    answer = round_.write("anna", "Fra den bærbare.", **first)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert '<p class="newer-text">Fra telefonen.</p>' in page
    assert "Fra den bærbare.</textarea>" in page
    assert round_.stored() == ["Fra telefonen."]
    fields = {field: re.search(rf'name="{field}"[^>]*value="([^"]*)"', page)[1] for field in ("version", "shown")}  # type: ignore[index]
    assert round_.write("anna", "Fra den bærbare.", **fields).status_code == 302
    assert round_.stored() == ["Fra den bærbare."]


def test_old_window_does_not_take_back_a_newer_text(app: Flask) -> None:
    round_ = Round(app)
    round_.write("anna", "Den gamle.")
    old = round_.opened("anna")
    round_.write("anna", "Den nye.")
    assert round_.write("anna", "", **old).status_code == 409
    assert round_.stored() == ["Den nye."]


def test_text_without_what_the_page_showed_overwrites_nothing(app: Flask) -> None:
    round_ = Round(app)
    round_.write("anna", "Den første.")
    assert round_.as_("anna").post(round_.path, data={"text": "Uden version."}).status_code == 409
    assert round_.stored() == ["Den første."]


def test_window_that_was_opened_before_a_text_was_taken_back_is_told(app: Flask) -> None:
    round_ = Round(app)
    round_.write("anna", "Den første.")
    old = round_.opened("anna")
    round_.write("anna", "")
    round_.write("anna", "Den anden.")
    assert round_.write("anna", "Fra en gammel fane.", **old).status_code == 409
    assert round_.stored() == ["Den anden."]


def test_double_click_is_one_event(app: Flask) -> None:
    round_ = Round(app)
    opened = round_.opened("anna")
    assert [round_.write("anna", WORDS, **opened).status_code for _click in range(2)] == [302, 302]
    events = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event.like("dissent.%"))).all()
    anna = next(item for item in load_members(round_.recruitment) if item.person.email == "anna@example.org")
    assert [(row.event, row.subject) for row in events] == [("dissent.written", {"round": 1, "member": anna.id})]


@pytest.mark.parametrize("text", ["", "  \n ", "a\x00b", "x" * 20_001])
def test_text_that_cannot_be_is_refused_at_its_field(app: Flask, text: str) -> None:
    round_ = Round(app)
    answer = round_.write("anna", text)
    assert answer.status_code == 400
    assert "data-error-summary" in answer.get_data(as_text=True)
    assert round_.stored() == []


def test_dissent_of_a_disqualified_member_counts_in_nothing(app: Flask) -> None:
    round_ = Round(app)
    round_.write("bo", WORDS)
    bo = next(item for item in load_members(round_.recruitment) if item.person.email == "bo@example.org")
    declaration = db.session.scalars(db.select(Declaration).where(Declaration.member_id == bo.id)).first()
    assert declaration is not None
    declaration.answer = "conflict"
    db.session.commit()
    assert "vagtplanen" not in round_.page("chair")
    assert "vagtplanen" not in round_.page("chair", round_.path.replace("dissents", "comparison"))
    assert "vagtplanen" not in round_.report().text
    assert "vagtplanen" not in export_case(round_.recruitment, actor=None)
