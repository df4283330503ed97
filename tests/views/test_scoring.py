"""Scorecards: saved as typed, submitted whole, revealed together, frozen afterwards."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from table import Table

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.extensions import db


def test_rating_is_saved_as_typed(app: Flask) -> None:
    table = Table(app)
    answer = table.put(table.criteria[0], evidence="hun ringede", version=0)
    assert answer.status_code == 200
    assert answer.json["rated"] == 0
    answer = table.put(table.criteria[0], score=4, evidence="hun ringede", version=answer.json["version"])
    assert answer.json["rated"] == 1
    stored = table.card()
    assert stored is not None
    assert [(row.score, row.evidence) for row in stored.ratings] == [(4, "hun ringede")]
    page = table.client.get(table.path).get_data(as_text=True)
    assert "hun ringede" in page


def test_older_window_does_not_overwrite_a_newer_text(app: Flask) -> None:
    table = Table(app)
    first = table.put(table.criteria[0], evidence="fra telefonen", version=0).json
    answer = table.put(table.criteria[0], score=2, evidence="fra den bærbare", version=0)
    assert answer.status_code == 409
    assert answer.json["evidence"] == "fra telefonen"
    assert answer.json["version"] == first["version"]
    stored = table.card()
    assert stored is not None
    assert stored.ratings[0].evidence == "fra telefonen"


def test_same_text_again_changes_nothing(app: Flask) -> None:
    table = Table(app)
    first = table.put(table.criteria[0], evidence="en gang", version=0).json
    again = table.put(table.criteria[0], evidence="en gang", version=first["version"]).json
    assert again["version"] == first["version"]


@pytest.mark.parametrize(
    "values",
    [
        {"score": 6},
        {"score": 0},
        {"score": 3.5},
        {"score": "4"},
        {"score": True},
        {"score": 3, "not_evidenced": True},
        {"not_evidenced": "ja"},
        {"evidence": 7},
        {"evidence": "x" * 20_001},
        {"evidence": "a\x00b"},
        {"version": "1"},
    ],
    ids=str,
)
def test_rating_that_cannot_be_is_refused_in_a_sentence(app: Flask, values: dict[str, Any]) -> None:
    table = Table(app)
    answer = table.put(table.criteria[0], **values)
    assert answer.status_code == 400
    assert answer.json["error"].endswith(".")
    assert table.card() is None


def test_card_with_something_missing_is_not_submitted(app: Flask) -> None:
    table = Table(app)
    table.put(table.criteria[0], score=4, evidence="noget", version=0)
    table.put(table.criteria[1], score=4, version=0)
    answer = table.client.post(table.path, data={"action": "submit"})
    assert answer.status_code == 400
    stored = table.card()
    assert stored is not None
    assert stored.submitted_at is None


def test_complete_card_is_submitted_and_then_closed(app: Flask) -> None:
    table = Table(app)
    table.rate_all()
    assert table.client.post(table.path, data={"action": "submit"}).status_code == 302
    answer = table.put(table.criteria[0], score=1, evidence="nej", version=1)
    assert answer.status_code == 400
    assert "afgivet" in answer.json["error"]
    assert table.client.post(table.path, data={"action": "submit"}).status_code == 400


def test_not_evidenced_needs_no_words(app: Flask) -> None:
    table = Table(app)
    for criterion in table.criteria:
        table.put(criterion, not_evidenced=True, version=0)
    assert table.client.post(table.path, data={"action": "submit"}).status_code == 302


def test_own_card_is_reopened_before_the_reveal_and_logged(app: Flask) -> None:
    table = Table(app)
    table.rate_all()
    table.client.post(table.path, data={"action": "submit"})
    assert table.client.post(table.path + "/reopen").status_code == 302
    stored = table.card()
    assert stored is not None
    assert stored.submitted_at is None
    assert "scorecard.reopened" in db.session.scalars(db.select(AuditEvent.event)).all()


def test_card_of_a_candidate_who_has_withdrawn_is_not_reopened(app: Flask) -> None:
    table = Table(app)
    table.rate_all()
    table.client.post(table.path, data={"action": "submit"})
    db.session.execute(db.update(Candidate).values(status="withdrawn"))
    db.session.commit()
    assert table.client.post(table.path + "/reopen").status_code == 400
    stored = table.card()
    assert stored is not None
    assert stored.submitted_at is not None


def test_overall_impression_comes_last(app: Flask) -> None:
    table = Table(app)
    answer = table.client.put(table.path + "/overall", json={"text": "god", "version": 0})
    assert answer.status_code == 400
    table.rate_all()
    stored = table.card()
    assert stored is not None
    answer = table.client.put(table.path + "/overall", json={"text": "god", "version": stored.version})
    assert answer.status_code == 200
    assert table.client.put(table.path + "/overall", json={"text": "ny", "version": 0}).status_code == 409


def test_page_works_without_scripts(app: Flask) -> None:
    table = Table(app)
    values = {"action": "submit"}
    for criterion in table.criteria:
        values |= {f"rating-{criterion}": "3", f"evidence-{criterion}": "sagde\r\nnoget", f"version-{criterion}": "0"}
    assert table.client.post(table.path, data=values).status_code == 302
    stored = table.card()
    assert stored is not None
    assert stored.submitted_at is not None
    assert {row.evidence for row in stored.ratings} == {"sagde\nnoget"}


def test_form_that_comes_too_late_keeps_what_was_typed(app: Flask) -> None:
    table = Table(app)
    table.put(table.criteria[0], evidence="fra telefonen", version=0)
    values = {f"evidence-{table.criteria[0]}": "fra den bærbare", f"version-{table.criteria[0]}": "0", "action": "save"}
    answer = table.client.post(table.path, data=values)
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "fra telefonen" in page
    assert "fra den bærbare" in page


def test_card_is_closed_until_criteria_and_guide_are_locked(app: Flask) -> None:
    table = Table(app, locked=[])
    answer = table.put(table.criteria[0], score=4, evidence="for tidligt", version=0)
    assert answer.status_code == 400
    assert "låst" in answer.json["error"]
    assert table.card() is None
