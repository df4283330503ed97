"""The first sift: who reads, one criterion at a time, submitted alone, opened when nothing is missing."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from sieve import EMAILS, REFS, Sieve
from support import declared

from recruit.audit import now
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment


def order_on(page: str) -> list[str]:
    return re.findall(r"<legend>(K\d+)</legend>", page)


# Beginning


def test_chair_begins_and_the_criteria_are_locked(app: Flask) -> None:
    sieve = Sieve(app)
    assert "Begynd grovsorteringen" in sieve.page("hr")
    assert "ikke begyndt" in sieve.page("anna")
    assert sieve.open() == 302
    assert db.session.get_one(Recruitment, sieve.id).criteria_locked_at is not None
    assert all(row.frozen for row in db.session.scalars(db.select(Criterion)))
    readers = db.session.scalars(db.select(PanelMember.id).where(PanelMember.sifts)).all()
    assert sorted(readers) == sorted(sieve.members[name] for name in ("chair", "anna", "bo"))
    picked = sieve.as_("hr").post(f"/recruitments/{sieve.id}/house", data={"criteria": ["performance.1"]})
    assert picked.status_code in (400, 404, 405) or len(db.session.scalars(db.select(Criterion)).all()) == 3
    assert sieve.open() == 400


@pytest.mark.parametrize("who", ["anna", "dan"])
def test_member_begins_nothing(app: Flask, who: str) -> None:
    sieve = Sieve(app)
    assert sieve.open(who=who) == 403
    assert sieve.sift() is None


def test_only_declared_and_impartial_members_can_be_chosen(app: Flask) -> None:
    rows = [row for row in declared(EMAILS, REFS) if row["panelist"] not in ("bo@example.org", "dan@example.org")]
    out = {"panelist": "dan@example.org", "candidate": "K2", "conflict": True}
    sieve = Sieve(app, impartiality=[*rows, out])
    page = sieve.page("hr")
    assert "Bo Berg (mangler at svare om habilitet)" in page
    assert "Dan Dal (inhabil)" in page
    for name in ("bo", "dan"):
        assert sieve.open("chair", name) == 400
    assert sieve.sift() is None
    assert not db.session.scalars(db.select(PanelMember.id).where(PanelMember.sifts)).all()
    assert sieve.open("chair", "anna") == 302


@pytest.mark.parametrize(
    "changes", [{"criteria": []}, {"candidates": [], "impartiality": []}, {"locked": [1]}], ids=["criteria", "nobody", "locked"]
)  # fmt: skip
def test_sift_begins_with_criteria_and_applicants_and_before_the_interviews(
    app: Flask, changes: dict[str, Any]
) -> None:
    if "criteria" in changes:
        changes = changes | {"rounds": []}
    sieve = Sieve(app, **changes)
    assert sieve.as_("chair").get(sieve.base).status_code == 200
    assert sieve.open() == 400
    assert sieve.sift() is None


def test_nobody_chosen_is_asked_for(app: Flask) -> None:
    sieve = Sieve(app)
    assert sieve.as_("chair").post(sieve.base + "/open", data={}).status_code == 400


# Answering


def test_answer_is_saved_as_chosen_and_counted(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    answer = sieve.save("anna", "K1", 0, "shown")
    assert answer.status_code == 200
    assert answer.json["answered"] == 1
    assert re.fullmatch(r"\d\d[.:]\d\d", answer.json["saved"])
    assert sieve.save("anna", "K1", 0, "shown").status_code == 200  # sent twice
    assert sieve.save("anna", "K1", 0, "partly", shown="shown").status_code == 200
    assert sieve.ratings("anna") == ["partly"]
    assert "1 af 9 svar" in sieve.page("anna")


def test_older_window_never_wins_unseen(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    sieve.save("anna", "K1", 0, "shown")
    late = sieve.save("anna", "K1", 0, "not_shown", shown="")
    assert late.status_code == 409
    assert late.json["answer"] == "shown"
    candidate = sieve.candidates["K1"]
    form = sieve.as_("anna").post(
        f"{sieve.base}/criteria/{sieve.criteria[0]}",
        data={f"answer-{candidate}": "partly", f"shown-{candidate}": "not_shown"},
    )
    assert form.status_code == 409
    assert "Det gælder K1" in form.get_data(as_text=True)
    assert sieve.ratings("anna") == ["shown"]


def test_page_works_without_scripts_and_leads_on(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    anna = sieve.as_("anna")
    for place, criterion in enumerate(sieve.criteria):
        data = {f"answer-{candidate}": "shown" for candidate in sieve.candidates.values()}
        answer = anna.post(f"{sieve.base}/criteria/{criterion}", data=data | {"action": "next"})
        last = place == len(sieve.criteria) - 1
        assert answer.location.endswith("/sift" if last else f"/criteria/{sieve.criteria[place + 1]}")
    assert sieve.ratings("anna") == ["shown"] * 9


def test_form_changes_only_what_was_changed_on_it(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    sieve.save("anna", "K1", 0, "shown")
    one, two = sieve.candidates["K1"], sieve.candidates["K2"]
    sieve.save("anna", "K1", 0, "partly", shown="shown")  # in another window
    answer = sieve.as_("anna").post(
        f"{sieve.base}/criteria/{sieve.criteria[0]}",
        data={f"answer-{one}": "shown", f"shown-{one}": "shown", f"answer-{two}": "not_evidenced", f"shown-{two}": ""},
    )
    assert answer.status_code == 302
    assert sieve.ratings("anna") == ["partly", "not_evidenced"]


@pytest.mark.parametrize(
    "body", [{}, {"answer": "good", "shown": ""}, {"answer": 1, "shown": ""}, {"answer": "shown"}, [], "x"]
)
def test_what_is_no_answer_is_refused(app: Flask, body: Any) -> None:
    sieve = Sieve(app)
    sieve.open()
    path = f"{sieve.base}/criteria/{sieve.criteria[0]}/candidates/{sieve.candidates['K1']}"
    assert sieve.as_("anna").put(path, json=body).status_code == 400
    assert sieve.ratings("anna") == []


def test_names_are_hidden_and_every_member_has_an_order_of_their_own(app: Flask) -> None:
    refs = tuple(f"K{number}" for number in range(1, 13))
    sieve = Sieve(
        app,
        candidates=[{"ref": ref, "name": f"Navn{ref}Nej"} for ref in refs],
        impartiality=declared(EMAILS, refs),
    )
    sieve.open("chair", "anna", "bo", "dan")
    orders = []
    for name in ("chair", "anna", "bo", "dan"):
        pages = [sieve.page(name, f"/criteria/{criterion}") for criterion in sieve.criteria]
        assert not any("Nej" in page for page in pages)
        assert len({tuple(order_on(page)) for page in pages}) == 1
        orders.append(order_on(pages[0]))
        assert sorted(orders[-1]) == sorted(refs)
        assert order_on(sieve.page(name, f"/criteria/{sieve.criteria[0]}")) == orders[-1]
    assert len({tuple(order) for order in orders}) == 4


def test_list_of_candidates_parts_names_from_refs_until_the_sift_is_over(app: Flask) -> None:
    """Whoever reads has declared on the names before the sift begins: then, too, they must not stand beside the refs."""
    sieve = Sieve(app)
    path = f"/recruitments/{sieve.id}/candidates"
    documents = f"{path}/{sieve.candidates['K1']}/documents"

    def check_parted(*names: str) -> None:
        for name in names:
            page = sieve.as_(name).get(path).get_data(as_text=True)
            assert ">K1<" not in page
            assert page.index("Bent Æbelø") < page.index("Cai Dam") < page.index("Åse Ørsted")
            assert "Åse" not in sieve.as_(name).get(documents).get_data(as_text=True)
        for name in ("hr", "chair"):
            assert ">K1<" in sieve.as_(name).get(path).get_data(as_text=True)

    check_parted("anna", "dan")
    sieve.open()
    check_parted("anna", "dan")  # dan may still be asked to read
    for name in ("chair", "anna", "bo"):
        sieve.answer(name)
        sieve.submit(name)
    assert sieve.reveal() == 302
    for name in ("anna", "dan"):
        assert "K1" in sieve.as_(name).get(path).get_data(as_text=True)


def test_list_of_candidates_shows_refs_when_the_interviews_begin_without_a_sift(app: Flask) -> None:
    sieve = Sieve(app, locked=[1])
    assert "K1" in sieve.as_("anna").get(f"/recruitments/{sieve.id}/candidates").get_data(as_text=True)


def test_scorecard_hides_the_name_from_a_member_who_reads_though_the_guide_is_locked(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    sieve.recruitment.rounds[0].locked_at = now()
    db.session.commit()
    path = f"/recruitments/{sieve.id}/rounds/1/scorecards/{sieve.candidates['K1']}"
    page = sieve.as_("anna").get(path).get_data(as_text=True)
    assert "K1" in page
    assert "Åse" not in page
    for name in ("chair", "dan"):
        assert "Åse Ørsted" in sieve.as_(name).get(path).get_data(as_text=True)


def test_member_who_does_not_read_gets_no_sheet(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    for name in ("dan", "hr"):
        answer = sieve.as_(name).get(f"{sieve.base}/criteria/{sieve.criteria[0]}")
        assert answer.status_code in (302, 403)
    assert sieve.save("dan", "K1", 0, "shown").status_code == 400
    assert sieve.save("hr", "K1", 0, "shown").status_code == 403
    assert sieve.submit("dan").status_code == 400
    assert sieve.as_("dan").post(f"{sieve.base}/criteria/{sieve.criteria[0]}", data={}).status_code == 404


def test_member_out_for_one_applicant_reads_the_others(app: Flask) -> None:
    rows = [row for row in declared(EMAILS, REFS) if (row["panelist"], row["candidate"]) != ("anna@example.org", "K2")]
    out = {"panelist": "anna@example.org", "candidate": "K2", "conflict": True, "scope": "candidate", "reason": "x"}
    sieve = Sieve(app, impartiality=[*rows, out])
    sieve.open()
    assert sorted(order_on(sieve.page("anna", f"/criteria/{sieve.criteria[0]}"))) == ["K1", "K3"]
    assert sieve.save("anna", "K2", 0, "shown").status_code == 400
    for place in range(3):
        for ref in ("K1", "K3"):
            sieve.save("anna", ref, place, "shown")
    assert sieve.submit("anna").status_code == 302


# Submitting and opening
