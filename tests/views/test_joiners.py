"""Who comes late, who steps in, who does not show up, rounds with fewer candidates, and a chair handed over midway."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from support import CASE, KEYS, MEMBERS, Client, card, case, declared, full_case, load, make_person, signed_in
from wordfile import WordFile

from recruit import datafiles
from recruit.audit import AuditEvent, now
from recruit.candidates.models import Candidate
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import load_recruitment
from recruit.scoring.models import Excuse, Scorecard
from recruit.scoring.progress import progress
from recruit.sifting.models import Sift

NEW = "ny@example.org"
SUBSTITUTE = {"email": "sub@example.org", "name": "Sus Suppleant", "role": "substitute", "side": "peer"}
TWO_ROUNDS = [CASE["rounds"][0], {"number": 2, "name": "2. samtale", "candidates": ["K1"]}]


class Panel:
    """A recruitment and those who sit in it, by the first part of their addresses."""

    def __init__(self, app: Flask, values: dict[str, Any]) -> None:
        self.app = app
        make_person("hr@example.org", "hr")
        self.id = load(values).id
        self.base = f"/recruitments/{self.id}"

    @property
    def recruitment(self) -> Recruitment:
        db.session.expire_all()
        found = load_recruitment(self.id)
        assert found is not None
        return found

    def as_(self, name: str) -> Client:
        return signed_in(self.app, f"{name}@example.org")

    def member(self, name: str) -> PanelMember:
        return next(row for row in load_members(self.recruitment) if row.person.email == f"{name}@example.org")

    def candidate(self, ref: str) -> int:
        return db.session.scalars(db.select(Candidate.id).where(Candidate.ref == ref)).one()

    def states(self, name: str, number: int = 1) -> dict[str, str]:
        recruitment = self.recruitment
        found = progress(recruitment, recruitment.rounds[number - 1])
        return {item.ref: found.states[self.member(name).id, item.id] for item in found.candidates}

    def overview(self, name: str, number: int = 1) -> str:
        answer = self.as_(name).get(f"{self.base}/rounds/{number}/scorecards")
        assert answer.status_code == 200
        return html.unescape(answer.get_data(as_text=True))

    def add(self, role: str = "member") -> None:
        values = {"name": "Ny Nielsen", "email": NEW, "role": role, "side": "employee"}
        assert self.as_("hr").post(f"{self.base}/panel", data=values).status_code == 302
        self.declare("ny")

    def step_in(self) -> None:
        path = f"{self.base}/panel/{self.member('sub').id}/step-in"
        assert self.as_("hr").post(path).status_code == 302

    def declare(self, name: str) -> None:
        answers = {f"answer-{row}": "none" for row in db.session.scalars(db.select(Candidate.id))}
        assert self.as_(name).post(f"{self.base}/impartiality", data=answers).status_code == 302

    def rate(self, name: str, ref: str, number: int = 1) -> int:
        path = f"{self.base}/rounds/{number}/scorecards/{self.candidate(ref)}"
        values: dict[str, str] = {"action": "submit"}
        for criterion in self.recruitment.criteria:
            values |= {f"rating-{criterion.id}": "3", f"evidence-{criterion.id}": f"{name} hørte noget"}
        return self.as_(name).post(path, data=values).status_code

    def reveal(self, name: str = "chair", number: int = 1) -> int:
        return self.as_(name).post(f"{self.base}/rounds/{number}/reveal").status_code


def full_panel(app: Flask, **changes: Any) -> Panel:
    """Everybody has handed in everything in round 1; nothing is revealed."""
    return Panel(app, full_case(**({"locked": [1]} | changes)))


# Members and substitutes who come late


def test_member_who_comes_after_a_reveal_rates_only_what_follows(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    panel.add()
    assert set(panel.states("ny", 1).values()) == {"not_expected"}
    assert panel.states("ny", 2) == {"K1": "missing"}
    assert "Du kom til, efter at runden var afsløret" in panel.overview("ny", 1)
    assert 'class="own-cards"' not in panel.overview("ny", 1)
    assert "Du mangler at vurdere 1 kandidat" in panel.overview("ny", 2)
    assert re.search(r"Ny Nielsen<br><span[^>]*>Medlem, kom til efter afsløringen", panel.overview("hr", 1))
    before = len(load_revealed(panel.recruitment, panel.recruitment.rounds[0]).given)
    assert panel.rate("ny", "K1", 1) == 400
    assert len(load_revealed(panel.recruitment, panel.recruitment.rounds[0]).given) == before
    assert panel.rate("ny", "K1", 2) == 302
    assert panel.states("ny", 2) == {"K1": "submitted"}


def test_late_member_does_not_hold_up_or_change_a_revealed_round(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    numbers = load_revealed(panel.recruitment, panel.recruitment.rounds[0]).comparison
    panel.add()
    first = panel.recruitment.rounds[0]
    found = progress(panel.recruitment, first)
    assert (found.submitted, found.expected, found.missing) == (6, 6, [])
    assert load_revealed(panel.recruitment, first).comparison == numbers
    report = WordFile(panel.as_("chair").get(f"{panel.base}/rounds/1/comparison.docx").data)
    assert ["Ny Nielsen", "Medlem, kom til efter afsløringen"] in [row[:2] for row in report.rows("Navn", "Rolle")]


def test_member_who_comes_before_the_reveal_is_waited_for(app: Flask) -> None:
    panel = full_panel(app)
    panel.add()
    assert panel.states("ny") == {"K1": "missing", "K2": "missing"}
    assert panel.reveal() == 400
    assert re.search(r"Ny Nielsen<br><span[^>]*>Medlem, kom til \d", panel.overview("chair"))


@pytest.mark.parametrize("how", ["add", "step in"])
def test_interviews_before_somebody_came_are_excused_in_one_click(app: Flask, how: str) -> None:
    values = full_case(locked=[1], panel=[*CASE["panel"], SUBSTITUTE])
    values["impartiality"] += declared(("sub@example.org",))
    panel = Panel(app, values)
    if how == "add":
        panel.add()
    else:
        assert set(panel.states("sub").values()) == {"not_expected"}
        panel.step_in()
    name = "ny" if how == "add" else "sub"
    assert panel.states(name) == {"K1": "missing", "K2": "missing"}
    page = panel.overview("chair")
    assert "var ikke med, da I talte med K1 og K2" in page
    assert "Undskyld alle før" in page
    assert "Undskyld alle før" not in panel.overview("anna")
    path = f"{panel.base}/rounds/1/excuses/missed"
    assert panel.as_("anna").post(path, data={"member": panel.member(name).id}).status_code == 403
    assert panel.as_("chair").post(path, data={"member": panel.member(name).id}).status_code == 302
    assert panel.states(name) == {"K1": "excused", "K2": "excused"}
    assert {row.code for row in db.session.scalars(db.select(Excuse))} == {"absent"}
    logged = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == "scorecard.excused")).all()
    assert sorted(row.subject["candidate"] for row in logged) == sorted([panel.candidate("K1"), panel.candidate("K2")])
    assert panel.as_("chair").post(path, data={"member": panel.member(name).id}).status_code == 400  # nothing left
    assert panel.reveal() == 302


def test_only_interviews_before_the_member_came_are_excused(app: Flask) -> None:
    """The plan says when: K1 was yesterday, K2 is tomorrow, though somebody has handed in both cards."""
    panel = full_panel(app)
    round_id = panel.recruitment.rounds[0].id
    for ref, days in (("K1", -1), ("K2", 1)):
        at = now() + timedelta(days=days)
        db.session.add(InterviewSlot(round_id=round_id, candidate_id=panel.candidate(ref), starts_at=at, minutes=60))
    db.session.commit()
    panel.add()
    assert "var ikke med, da I talte med K1<" in panel.overview("chair")
    path = f"{panel.base}/rounds/1/excuses/missed"
    assert panel.as_("hr").post(path, data={"member": panel.member("ny").id}).status_code == 302
    assert panel.states("ny") == {"K1": "excused", "K2": "missing"}


def test_interview_that_nobody_has_been_at_is_not_excused(app: Flask) -> None:
    cards = [
        card(MEMBERS[0], "K1", dict.fromkeys(KEYS, 3)),
        card(MEMBERS[1], "K2", dict.fromkeys(KEYS, 3), submitted=False),
    ]
    panel = Panel(app, case(impartiality=declared(), scorecards=cards, locked=[1]))
    panel.add()
    assert "var ikke med, da I talte med K1<" in panel.overview("chair")
    path = f"{panel.base}/rounds/1/excuses/missed"
    panel.as_("chair").post(path, data={"member": panel.member("ny").id})
    assert panel.states("ny") == {"K1": "excused", "K2": "missing"}
    # one of those who were there from the beginning cannot be excused that way
    assert panel.as_("chair").post(path, data={"member": panel.member("bo").id}).status_code == 400
    assert panel.as_("chair").post(path, data={"member": 9_999}).status_code == 400


def test_excused_latecomer_may_hand_in_after_all(app: Flask) -> None:
    panel = full_panel(app)
    panel.add()
    panel.as_("chair").post(f"{panel.base}/rounds/1/excuses/missed", data={"member": panel.member("ny").id})
    assert panel.rate("ny", "K1") == 302
    assert panel.states("ny") == {"K1": "submitted", "K2": "excused"}
    events = [row.event for row in db.session.scalars(db.select(AuditEvent).order_by(AuditEvent.number))]
    assert events[-2:] == ["scorecard.submitted", "scorecard.excuse_removed"]


def test_interviews_are_not_excused_after_the_reveal(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    panel.add()
    path = f"{panel.base}/rounds/1/excuses/missed"
    assert panel.as_("chair").post(path, data={"member": panel.member("ny").id}).status_code == 400
    assert db.session.scalar(db.select(db.func.count(Excuse.id))) == 0


def test_substitute_who_steps_in_between_rounds_keeps_what_they_had_handed_in(app: Flask) -> None:
    """A card that counted in a revealed round counts on, though its owner only became a member afterwards."""
    values = full_case(rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1], panel=[*CASE["panel"], SUBSTITUTE])
    values["impartiality"] += declared(("sub@example.org",))
    values["scorecards"].append(card("sub@example.org", "K1", dict.fromkeys(KEYS, 5)))
    panel = Panel(app, values)
    numbers = load_revealed(panel.recruitment, panel.recruitment.rounds[0]).comparison
    panel.step_in()
    assert panel.states("sub", 1) == {"K1": "submitted", "K2": "not_expected"}
    assert panel.states("sub", 2) == {"K1": "missing"}
    assert load_revealed(panel.recruitment, panel.recruitment.rounds[0]).comparison == numbers


def test_case_file_brings_a_latecomer_back_as_one(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    panel.add()
    again = import_case(datafiles.parse(export_case(panel.recruitment, actor=None).encode(), "again.yaml"))
    late = next(row for row in load_members(again) if row.person.email == NEW)
    states = [
        {state for (member, _c), state in progress(again, row).states.items() if member == late.id}
        for row in again.rounds
    ]
    assert states == [{"not_expected"}, {"missing"}]


# Candidates who leave, and rounds with fewer of them


@pytest.mark.parametrize(("code", "words"), [("withdrew", "Har trukket sig"), ("no_show", "Mødte ikke op")])
def test_candidate_who_is_out_midway_holds_nothing_up(app: Flask, code: str, words: str) -> None:
    cards = [
        row for row in full_case()["scorecards"] if (row["panelist"], row["candidate"]) != ("bo@example.org", "K2")
    ]
    panel = full_panel(app, scorecards=cards)
    assert panel.reveal() == 400
    path = f"{panel.base}/candidates/{panel.candidate('K2')}/status"
    assert panel.as_("hr").post(path, data={"status": "withdrawn", "code": code}).status_code == 302
    page = panel.overview("bo")
    assert words in page
    assert "3 af 3 skemaer er afgivet" in page
    assert "Der ventes ikke på flere skemaer fra dig" in page
    assert panel.rate("bo", "K2") == 400
    assert panel.reveal() == 302
    found = load_revealed(panel.recruitment, panel.recruitment.rounds[0])
    assert [item.ref for item in found.candidates] == ["K1"]
    # what was handed in on K2 stays, and counts in nothing
    kept = db.select(db.func.count(Scorecard.id)).where(Scorecard.candidate_id == panel.candidate("K2"))
    assert db.session.scalar(kept) == 2


def test_round_without_anybody_left_cannot_be_revealed(app: Flask) -> None:
    panel = full_panel(app)
    for ref in ("K1", "K2"):
        panel.as_("hr").post(f"{panel.base}/candidates/{panel.candidate(ref)}/status", data={"status": "withdrawn"})
    assert "Ingen kandidater er tilbage i runden" in panel.overview("chair")
    assert panel.reveal() == 400


def test_round_with_fewer_candidates_waits_for_those_alone(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    page = panel.overview("chair", 2)
    assert "0 af 3 skemaer er afgivet" in page
    assert "Ikke med i denne runde: K2." in page
    assert "Ikke med i denne runde" not in panel.overview("chair", 1)
    assert panel.as_("anna").get(f"{panel.base}/rounds/2/scorecards/{panel.candidate('K2')}").status_code == 404
    for name in ("chair", "anna", "bo"):
        assert panel.rate(name, "K1", 2) == 302
    assert panel.reveal(number=2) == 302
    found = load_revealed(panel.recruitment, panel.recruitment.rounds[1])
    assert [item.ref for item in found.comparison.candidates] == ["K1"]
    assert not found.comparison.verdict.clear


def test_candidate_who_leaves_between_rounds_is_out_of_both(app: Flask) -> None:
    panel = full_panel(app, rounds=TWO_ROUNDS, locked=[1, 2], revealed=[1])
    panel.as_("hr").post(f"{panel.base}/candidates/{panel.candidate('K1')}/status", data={"status": "withdrawn"})
    found = load_revealed(panel.recruitment, panel.recruitment.rounds[0])
    assert [item.ref for item in found.comparison.candidates] == ["K2"]
    assert "0 af 0 skemaer er afgivet" in panel.overview("chair", 2)


# The chair


def test_chair_handed_over_between_handing_in_and_the_reveal(app: Flask) -> None:
    panel = full_panel(app)
    assert panel.as_("chair").post(f"{panel.base}/panel/{panel.member('anna').id}/chair").status_code == 302
    assert {*panel.states("chair").values(), *panel.states("anna").values()} == {"submitted"}
    assert 'id="reveal"' not in panel.overview("chair")
    assert panel.reveal("chair") == 403
    assert "Alle skemaer er afgivet eller undskyldt" in panel.overview("anna")
    assert panel.reveal("anna") == 302
    found = load_revealed(panel.recruitment, panel.recruitment.rounds[0])
    assert [item.scorecards for item in found.comparison.candidates] == [3, 3]


def test_chair_handed_over_to_a_latecomer(app: Flask) -> None:
    panel = full_panel(app)
    panel.add()
    assert panel.as_("chair").post(f"{panel.base}/panel/{panel.member('ny').id}/chair").status_code == 302
    panel.as_("ny").post(f"{panel.base}/rounds/1/excuses/missed", data={"member": panel.member("ny").id})
    assert panel.reveal("ny") == 302
    excused = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == "scorecard.excused")).all()
    assert len(excused) == 2


# What the chair sees


def test_reminder_is_offered_for_those_who_are_missing_when_mail_is_set_up(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    cards = [
        row for row in full_case()["scorecards"] if (row["panelist"], row["candidate"]) != ("bo@example.org", "K2")
    ]
    panel = full_panel(app, scorecards=cards)
    path = f"{panel.base}/panel/{panel.member('bo').id}/remind"
    assert path not in panel.overview("chair")
    monkeypatch.setitem(app.config, "SMTP_HOST", "127.0.0.1")
    page = panel.overview("chair")
    assert page.count("Mind om det") == 1
    assert path in page
    assert path not in panel.overview("anna")
    assert panel.as_("chair").post(path).status_code == 302
    page = panel.overview("chair")
    assert path not in page
    assert re.search(r"Mindet om det kl\. \d{2}\.\d{2}", page)


def test_overview_shows_what_is_next_first(app: Flask) -> None:
    cards = [
        row for row in full_case()["scorecards"] if (row["panelist"], row["candidate"]) != ("bo@example.org", "K2")
    ]
    panel = full_panel(app, scorecards=cards)
    page = panel.overview("chair")
    places = [
        page.index(part)
        for part in ('id="own-cards"', 'id="progress"', 'id="deviations"', 'id="excuses"', 'id="reveal"')
    ]
    assert places == sorted(places)
    assert "<dt>Bo Berg</dt><dd>K2</dd>" in page
    page = panel.overview("bo")
    assert "Du mangler at vurdere 1 kandidat" in page
    assert 'id="reveal"' not in page


def test_joined_before_the_round_was_locked_says_nothing(app: Flask) -> None:
    panel = Panel(app, case(impartiality=declared()))
    panel.add()
    db.session.execute(db.update(Round).values(locked_at=now()))
    db.session.commit()
    assert "kom til" not in panel.overview("chair")


def test_member_who_sifts_sees_no_names_on_the_round(app: Flask) -> None:
    """A guide may be locked while the applications are still being read."""
    panel = Panel(app, case(impartiality=declared(), locked=[1]))
    db.session.add(Sift(recruitment_id=panel.id, opened_at=now()))
    panel.member("anna").sifts = True
    db.session.commit()
    for path in ("scorecards", "deviations/new"):
        found = {
            name: panel.as_(name).get(f"{panel.base}/rounds/1/{path}").get_data(as_text=True) for name in ("anna", "bo")
        }
        assert "Ørsted" not in found["anna"]
        assert "Ørsted" in found["bo"]
