"""Candidates who leave midway, rounds with fewer of them, and a new chair."""

from __future__ import annotations

import re

import pytest
from flask import Flask
from midway import TWO_ROUNDS, Panel, full_panel
from support import case, declared, full_case

from recruit.audit import AuditEvent, now
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.recruitments.models import Round
from recruit.scoring.models import Scorecard
from recruit.sifting.models import Sift


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
