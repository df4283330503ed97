"""Rule 7, through the pages: declared before anything else opens; a conflict takes the member out of the whole."""

from __future__ import annotations

from typing import Any

from flask import Flask
from support import CASE, Client, case, declared, full_case, load, make_person, mentions, signed_in

from recruit.candidates.models import Candidate, Declaration
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment


class Panel:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.recruitment: Recruitment = load(case(**({"locked": [1]} | changes)))
        self.base = f"/recruitments/{self.recruitment.id}"
        make_person("hr@example.org", "hr")
        self.ids = {row.ref: row.id for row in db.session.scalars(db.select(Candidate))}

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def declare(self, name: str, **answers: str) -> Any:
        """`K1="none"`, `K2="doubt:work"`"""
        values = {}
        for ref, answer in answers.items():
            said, _colon, kind = answer.partition(":")
            values |= {f"answer-{self.ids[ref]}": said, f"kind-{self.ids[ref]}": kind}
        return self.as_(name).post(self.base + "/impartiality", data=values)

    def declaration(self, name: str, ref: str) -> int:
        found = db.session.execute(
            db.text(
                "SELECT d.id FROM declaration d JOIN panel_member m ON m.id = d.member_id JOIN person p ON p.id = m.person_id "
                "WHERE p.email = :email AND d.candidate_id = :candidate"
            ),
            {"email": f"{name}@example.org", "candidate": self.ids[ref]},
        ).scalar()
        assert found is not None
        return int(found)


def test_nothing_opens_before_the_declaration(app: Flask) -> None:
    panel = Panel(app)
    for page in ("", "/panel", "/candidates", "/guide", "/rounds/1/scorecards", "/profile", "/rounds/1/guide.docx"):
        answer = panel.as_("anna").get(panel.base + page)
        assert answer.status_code == 302
        assert answer.location.endswith("/impartiality")
    panel.declare("anna", K1="none", K2="none")
    assert panel.as_("anna").get(panel.base).status_code == 200


def test_names_stand_in_alphabetical_order_without_refs(app: Flask) -> None:
    names = ["Østen Aa", "anders And", "Bente B"]
    candidates = [{"ref": f"K{number}", "name": name} for number, name in enumerate(names, 1)]
    page = Panel(app, candidates=candidates).as_("anna").get("/recruitments/1/impartiality").get_data(as_text=True)
    places = [page.index(name) for name in ("anders And", "Bente B", "Østen Aa")]
    assert places == sorted(places)
    assert not mentions(page, "K1")


def test_every_candidate_needs_an_answer(app: Flask) -> None:
    panel = Panel(app)
    assert panel.declare("anna", K1="none").status_code == 400
    assert panel.declare("anna", K1="none", K2="conflict").status_code == 400
    assert db.session.scalar(db.select(Declaration.id)) is None


def test_conflict_takes_the_member_out_of_the_whole_recruitment(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("anna", K1="none", K2="conflict:family")
    for page in (
        "",
        "/panel",
        "/candidates",
        "/rounds/1/scorecards",
        f"/rounds/1/scorecards/{panel.ids['K1']}",
        "/impartiality",
    ):
        assert panel.as_("anna").get(panel.base + page).status_code == 403
    overview = panel.as_("anna").get("/").get_data(as_text=True)
    assert "Du er ude af ”Leder af Havhuset”" in overview
    assert panel.base not in overview


def test_doubt_waits_for_the_chair_who_decides_with_a_reason(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("chair", K1="none", K2="none")
    panel.declare("anna", K1="doubt:work", K2="none")
    assert panel.as_("anna").get(panel.base).status_code == 302
    path = f"{panel.base}/impartiality/{panel.declaration('anna', 'K1')}"
    assert panel.as_("chair").post(path, data={"decision": "none", "reason": " "}).status_code == 400
    assert panel.as_("chair").post(path, data={"decision": "none", "reason": "Fem år siden."}).status_code == 302
    assert panel.as_("anna").get(panel.base).status_code == 200


def test_only_a_reasoned_decision_limits_a_conflict_to_one_candidate(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("chair", K1="none", K2="none")
    panel.declare("anna", K1="conflict:work", K2="none")
    path = f"{panel.base}/impartiality/{panel.declaration('anna', 'K1')}"
    panel.as_("chair").post(path, data={"decision": "candidate", "reason": "Kun løst bekendtskab."})
    anna = panel.as_("anna")
    assert anna.get(panel.base).status_code == 200
    saved = anna.put(
        f"{panel.base}/rounds/1/scorecards/{panel.ids['K1']}/ratings/{panel.recruitment.criteria[0].id}",
        json={"score": 1, "evidence": "x", "version": 0},
    )
    assert saved.status_code == 400
    assert anna.get(f"{panel.base}/rounds/1/scorecards/{panel.ids['K2']}").status_code == 200


def test_nobody_decides_on_their_own_doubt(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("chair", K1="doubt:work", K2="none")
    path = f"{panel.base}/impartiality/{panel.declaration('chair', 'K1')}"
    values = {"decision": "none", "reason": "Det går nok."}
    assert panel.as_("chair").post(path, data=values).status_code == 302  # back to the declaration, undecided
    panel.declare("anna", K1="none", K2="none")
    assert panel.as_("anna").post(path, data=values).status_code == 403
    assert panel.as_("chair").get(panel.base).status_code == 302
    assert panel.as_("hr").post(path, data=values).status_code == 302  # HR records what the superior decided
    assert panel.as_("chair").get(panel.base).status_code == 200


def test_hr_does_not_decide_on_a_member_in_the_chairs_place(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("anna", K1="doubt:work", K2="none")
    path = f"{panel.base}/impartiality/{panel.declaration('anna', 'K1')}"
    assert panel.as_("hr").post(path, data={"decision": "none", "reason": "x"}).status_code == 403


def test_declaration_never_made_is_not_recorded_and_never_no_conflict(app: Flask) -> None:
    panel = Panel(app, impartiality=declared(("chair@example.org",)))
    page = panel.as_("hr").get(panel.base + "/impartiality/all").get_data(as_text=True)
    assert page.count("Ikke registreret") >= 4
    assert page.count("Ingen konflikt") == 2


def test_new_candidate_must_be_declared_again(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    assert panel.as_("anna").get(panel.base).status_code == 200
    panel.as_("chair").post(panel.base + "/candidates", data={"name": "Ny Kandidat", "email": ""})
    assert panel.as_("anna").get(panel.base).status_code == 302


def test_declaration_once_made_is_not_changed_by_declaring_again(app: Flask) -> None:
    panel = Panel(app)
    panel.declare("anna", K1="none", K2="conflict:family")
    panel.declare("anna", K1="none", K2="none")
    assert db.session.get_one(Declaration, panel.declaration("anna", "K2")).answer == "conflict"


def tell_later(panel: Panel, name: str, ref: str, answer: str, kind: str = "family") -> Any:
    values = {"later": str(panel.ids[ref]), "answer": answer, "kind": kind}
    return panel.as_(name).post(panel.base + "/impartiality", data=values)


def test_conflict_that_a_member_finds_later_closes_everything_at_once(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    page = panel.as_("anna").get(panel.base + "/impartiality").get_data(as_text=True)
    assert "Noget har ændret sig" in page
    assert ">K1" not in page
    assert tell_later(panel, "anna", "K1", "conflict").status_code == 302
    assert panel.as_("anna").get(panel.base).status_code == 403
    assert "Inhabil i hele forløbet" in panel.as_("hr").get(panel.base + "/impartiality/all").get_data(as_text=True)


def test_doubt_that_a_member_finds_later_waits_for_the_chair(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    assert tell_later(panel, "anna", "K1", "doubt", "work").status_code == 302
    assert panel.as_("anna").get(panel.base).location.endswith("/impartiality")
    path = f"{panel.base}/impartiality/{panel.declaration('anna', 'K1')}"
    assert panel.as_("chair").post(path, data={"decision": "none", "reason": "Fem år siden."}).status_code == 302
    assert panel.as_("anna").get(panel.base).status_code == 200


def test_what_is_told_later_is_a_conflict_or_a_doubt_once_and_of_some_kind(app: Flask) -> None:
    panel = Panel(app, impartiality=declared())
    for answer, kind in (("none", "work"), ("", "work"), ("doubt", ""), ("doubt", "<b>")):
        assert tell_later(panel, "anna", "K1", answer, kind).status_code == 400
    panel.ids["K9"] = 999
    assert tell_later(panel, "anna", "K9", "doubt").status_code == 400
    assert panel.as_("anna").get(panel.base).status_code == 200
    tell_later(panel, "anna", "K1", "doubt")
    assert tell_later(panel, "anna", "K1", "conflict").status_code == 400
    assert db.session.get_one(Declaration, panel.declaration("anna", "K1")).answer == "doubt"


def test_after_a_reveal_only_a_doubt_can_be_told(app: Flask) -> None:
    """Else a member could take the frozen ratings out alone."""
    panel = Panel(app, **full_case(revealed=[1]))
    assert tell_later(panel, "anna", "K1", "conflict").status_code == 400
    assert tell_later(panel, "anna", "K1", "doubt").status_code == 302
    path = f"{panel.base}/impartiality/{panel.declaration('anna', 'K1')}"
    assert panel.as_("chair").post(path, data={"decision": "recruitment", "reason": "Søskende."}).status_code == 302


def test_disqualified_hr_person_on_the_panel_sees_nothing_more(app: Flask) -> None:
    people = [*CASE["panel"], {"email": "hr@odder.example", "name": "Hanne", "role": "member", "side": "hr"}]
    make_person("hr@odder.example", "hr")
    recruitment = load(
        case(panel=people, impartiality=[{"panelist": "hr@odder.example", "candidate": "K1", "conflict": True}])
    )
    hanne = signed_in(app, "hr@odder.example")
    assert hanne.get(f"/recruitments/{recruitment.id}").status_code == 403
    assert hanne.get("/people").status_code == 200


def test_substitute_steps_in_and_chair_is_handed_over(app: Flask) -> None:
    people = [*CASE["panel"], {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"}]
    emails = ("chair@example.org", "anna@example.org", "bo@example.org", "sub@example.org")
    panel = Panel(app, panel=people, impartiality=declared(emails))
    assert panel.as_("sub").get(panel.base + "/rounds/1/scorecards").status_code == 403
    member = {row.person.email: row.id for row in load_members(panel.recruitment)}
    panel.as_("hr").post(f"{panel.base}/panel/{member['sub@example.org']}/step-in")
    assert panel.as_("sub").get(panel.base + "/rounds/1/scorecards").status_code == 200
    panel.as_("hr").post(f"{panel.base}/panel/{member['anna@example.org']}/chair")
    assert panel.as_("anna").post(f"{panel.base}/rounds/1/reveal").status_code == 400  # may, but nothing is submitted
    assert panel.as_("chair").post(f"{panel.base}/rounds/1/reveal").status_code == 403
