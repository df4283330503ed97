"""A question's own wording is checked, and kept only with a reason."""

from __future__ import annotations

from flask import Flask
from guides import REASON, UNLAWFUL, Guide

from recruit.extensions import db
from recruit.recruitments.models import Amendment


def test_unlawful_wording_needs_a_reason_and_nothing_is_lost(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.rows()[0]
    answer = guide.edit(row, text=UNLAWFUL, probes="Og hvad så?")
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert UNLAWFUL in page
    assert "Og hvad så?" in page
    assert 'id="kept_because-error"' in page
    assert guide.rows()[0].edited is False
    assert guide.edit(row, text=UNLAWFUL, probes="Og hvad så?", kept_because=REASON).status_code == 302
    row = guide.rows()[0]
    assert (row.wording["text"]["da"], row.kept_because) == (UNLAWFUL, REASON)
    assert guide.events("wording.kept") == [{"round": 1, "question": row.source, "rules": "family"}]
    page = guide.page()
    assert REASON in page
    assert "Ordlyden er beholdt trods en alvorlig bemærkning." in page
    # lawful again: the reason goes
    guide.edit(row, text="Fortæl om en svær beslutning.", kept_because=REASON)
    assert guide.rows()[0].kept_because == ""
    assert "Ordlyden er beholdt" not in guide.page()


def test_probe_is_checked_as_a_question_of_its_own(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    assert guide.edit(guide.rows()[0], probes=f"Hvad skete der?\n{UNLAWFUL}").status_code == 400


def test_unlawful_wording_after_the_lock_needs_both_reasons(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    guide.chair.post(guide.base + "/lock")
    row = guide.rows()[0]
    assert guide.edit(row, text=UNLAWFUL, kept_because=REASON).status_code == 400
    assert guide.edit(row, text=UNLAWFUL, reason="Misforstået.").status_code == 400
    assert guide.edit(row, text=UNLAWFUL, reason="Misforstået.", kept_because=REASON).status_code == 302
    assert db.session.scalars(db.select(Amendment)).one().reason == "Misforstået."


def test_unlawful_wording_from_a_case_file_is_shown_until_it_is_settled(app: Flask) -> None:
    words = {"da": UNLAWFUL, "en": "Do you have children?"}
    question = {"criterion": "compliance.4", "minutes": 5, "text": words}
    guide = Guide(app, rounds=[{"number": 1, "minutes": 60, "questions": [question]}])
    assert "Ordlyden har en alvorlig bemærkning." in guide.page()
