"""The first sift: submitting, and opening the result when all have submitted."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from sieve import EMAILS, LEVELS, Sieve, events
from support import counted_queries, declared, empty_database, mentions

from recruit.extensions import db
from recruit.panel.models import PanelMember


def test_submit_names_what_is_missing_by_link(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    sieve.save("anna", "K1", 0, "shown")
    answer = sieve.submit("anna")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    links = re.findall(rf'href="{sieve.base}/criteria/(\d+)#answer-(\d+)-shown"', page)
    assert [int(criterion) for criterion, _candidate in links] == sieve.criteria
    for criterion, candidate in links:
        assert f'id="answer-{candidate}-shown"' in sieve.page("anna", f"/criteria/{criterion}")
    assert events().count("sift.submitted") == 0


def test_submitted_sheet_is_opened_again_by_its_owner_before_the_result(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    sieve.answer("anna")
    assert sieve.submit("anna").status_code == 302
    assert sieve.submit("anna").status_code == 302  # a double click
    assert sieve.save("anna", "K1", 0, "shown", shown="partly").status_code == 400
    assert sieve.as_("bo").post(sieve.base + "/reopen").status_code == 400
    assert sieve.as_("anna").post(sieve.base + "/reopen").status_code == 302
    assert sieve.save("anna", "K1", 0, "shown", shown="partly").status_code == 200
    assert events().count("sift.submitted") == 1
    assert events().count("sift.reopened") == 1


def test_result_opens_when_all_have_submitted_and_by_the_chair_only(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    for name in ("chair", "anna"):
        sieve.answer(name)
        sieve.submit(name)
    assert sieve.reveal() == 400
    sieve.answer("bo")
    sieve.submit("bo")
    for name in ("hr", "anna", "dan"):
        assert sieve.reveal(name) == 403
    assert sieve.reveal() == 302
    assert sieve.reveal() == 400
    assert sieve.save("anna", "K1", 0, "shown", shown="partly").status_code == 400
    assert sieve.as_("anna").post(sieve.base + "/reopen").status_code == 400
    assert events()[-1] == "sift.revealed"


def test_absent_member_is_taken_out_with_a_code_and_comes_back(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    for name in ("chair", "anna"):
        sieve.answer(name)
        sieve.submit(name)
    sieve.save("bo", "K1", 0, "shown")
    path = sieve.base + "/readers/excuse"
    bo = str(sieve.members["bo"])
    assert sieve.as_("anna").post(path, data={"absent": bo, "code": "absent"}).status_code == 403
    for values in ({"absent": bo, "code": "tired"}, {"absent": str(sieve.members["anna"]), "code": "absent"}, {}):
        assert sieve.as_("hr").post(path, data=values).status_code == 400
    assert sieve.as_("chair").post(path, data={"absent": bo, "code": "absent"}).status_code == 302
    assert "Taget ud: Fraværende" in sieve.page("hr")
    assert "Fraværende" not in sieve.page("anna")
    assert sieve.save("bo", "K2", 0, "shown").status_code == 400
    assert sieve.as_("hr").post(sieve.base + "/readers", data={"member": bo}).status_code == 302
    assert "Taget ud" not in sieve.page("hr")
    assert sieve.save("bo", "K2", 0, "shown").status_code == 200
    assert sieve.reveal() == 400
    sieve.as_("chair").post(path, data={"absent": bo, "code": "left"})
    assert sieve.reveal() == 302
    assert "Bo Berg" not in sieve.page("chair", "/result").split("Ét mærke")[1].split("</p>")[0]


def test_late_applicant_is_read_by_those_who_had_submitted(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open("anna")
    sieve.answer("anna")
    sieve.submit("anna")
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen Ansøger", "email": ""})
    assert sieve.as_("anna").get(sieve.base).status_code == 302  # impartiality first
    late = db.session.execute(db.text("SELECT id FROM candidate WHERE ref = 'K4'")).scalar_one()
    for name in ("anna", "chair"):
        sieve.as_(name).post(f"/recruitments/{sieve.id}/impartiality", data={f"answer-{late}": "none"})
    assert sieve.reveal() == 400
    assert "kommet ansøgere til" in sieve.page("anna")
    sieve.candidates["K4"] = late
    for place in range(3):
        assert sieve.save("anna", "K4", place, "shown").status_code == 200
    assert sieve.submit("anna").status_code == 302
    assert sieve.reveal() == 302


def test_late_applicant_is_waited_for_before_anybody_has_declared_on_them(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open("anna")
    sieve.answer("anna")
    sieve.submit("anna")
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen Ansøger", "email": ""})
    late = db.session.execute(db.text("SELECT id FROM candidate WHERE ref = 'K4'")).scalar_one()
    sieve.as_("chair").post(f"/recruitments/{sieve.id}/impartiality", data={f"answer-{late}": "none"})
    assert "0 af 1 har afgivet" in sieve.page("chair")
    assert sieve.reveal() == 400


def test_applicant_who_comes_after_the_result_changes_nothing_about_who_had_submitted(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen", "email": ""})
    assert "3 af 3 har afgivet" in sieve.page("hr")
    page = sieve.page("hr", "/result")
    assert page.index("Uden forslag") < page.index(">K4</a>")


def test_start_page_says_what_waits(app: Flask) -> None:
    sieve = Sieve(app)
    assert "ansøgningerne" not in sieve.as_("anna").get("/").get_data(as_text=True)
    sieve.open()
    assert "du mangler 9 svar" in sieve.as_("anna").get("/").get_data(as_text=True)
    assert "grovsortering" not in sieve.as_("dan").get("/").get_data(as_text=True)
    for name in ("anna", "chair"):
        sieve.answer(name)
    assert "Afgiv din grovsortering" in sieve.as_("anna").get("/").get_data(as_text=True)
    sieve.submit("anna")
    assert "grovsortering" not in sieve.as_("anna").get("/").get_data(as_text=True)
    sieve.submit("chair")
    assert "åbn resultatet, når alle har afgivet" in sieve.as_("chair").get("/").get_data(as_text=True)
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen", "email": ""})
    late = db.session.execute(db.text("SELECT id FROM candidate WHERE ref = 'K4'")).scalar_one()
    sieve.as_("anna").post(f"/recruitments/{sieve.id}/impartiality", data={f"answer-{late}": "none"})
    assert "du mangler 3 svar" in sieve.as_("anna").get("/").get_data(as_text=True)


def test_withdrawn_applicant_is_not_waited_for(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open("anna")
    for place in range(3):
        for ref in ("K1", "K2"):
            sieve.save("anna", ref, place, "shown")
    assert sieve.submit("anna").status_code == 400
    status = f"/recruitments/{sieve.id}/candidates/{sieve.candidates['K3']}/status"
    sieve.as_("hr").post(status, data={"status": "withdrawn", "code": "withdrew"})
    assert sieve.submit("anna").status_code == 302
    assert sieve.reveal() == 302
    assert not mentions(sieve.page("chair", "/result"), "K3")


def test_member_who_has_read_stays_on_the_panel(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    removed = sieve.as_("hr").post(f"/recruitments/{sieve.id}/panel/{sieve.members['anna']}/remove")
    assert removed.status_code == 400
    assert db.session.get(PanelMember, sieve.members["anna"]) is not None


def pages_of(app: Flask, applicants: int, readers: tuple[str, ...], *, revealed: bool) -> dict[str, int]:
    empty_database()
    refs = tuple(f"K{number}" for number in range(1, applicants + 1))
    sieve = Sieve(app, candidates=[{"ref": ref, "name": ref} for ref in refs], impartiality=declared(EMAILS, refs))
    sieve.open(*readers)
    for name in readers:
        sieve.answer(name)
        sieve.submit(name)
    paths = ["", f"/criteria/{sieve.criteria[0]}"]
    if revealed:
        sieve.reveal()
        paths = ["", "/result", f"/candidates/{sieve.candidates['K1']}"]
    found = {}
    for path in paths:
        for name in ("chair", "anna"):
            browser = sieve.as_(name)
            with counted_queries() as statements:
                assert browser.get(sieve.base + path).status_code == 200
            found[f"{name} {path.rstrip('0123456789')}"] = len(statements)
    return found


@pytest.mark.parametrize("revealed", [False, True])
def test_pages_ask_a_fixed_number_of_questions(app: Flask, revealed: bool) -> None:
    small = pages_of(app, 1, ("chair", "anna"), revealed=revealed)
    large = pages_of(app, 12, ("chair", "anna", "bo", "dan"), revealed=revealed)
    assert small == large
    assert max(small.values()) <= 45
