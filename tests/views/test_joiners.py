"""Who comes late, who steps in, who does not show up, rounds with fewer candidates, and a chair handed over midway."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from flask import Flask
from midway import NEW, SUBSTITUTE, TWO_ROUNDS, Panel, full_panel
from support import CASE, KEYS, MEMBERS, card, case, declared, full_case
from wordfile import WordFile

from recruit import datafiles
from recruit.audit import AuditEvent, now
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.panel.service import load_members
from recruit.scoring.models import Excuse
from recruit.scoring.progress import progress

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
