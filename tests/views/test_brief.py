"""The brief of the one who is hired leaves the house when they have been told; the talk sheet is for a rejection."""

from __future__ import annotations

from datetime import timedelta

from answers import Answers
from flask import Flask
from wordfile import WordFile

from recruit.extensions import db
from recruit.letters.models import AnswerText
from recruit.recruitments.timetable import today


def told(answers: Answers, day: str) -> int:
    status: int = answers.chair.post(answers.url("K1", "/brief/told"), data={"told_on": day}).status_code
    return status


def test_brief_begins_with_the_evidence_and_waits_until_the_leader_is_told(app: Flask) -> None:
    answers = Answers(app)
    page = answers.chair.get(answers.url("K1", "/brief")).get_data(as_text=True)
    assert "om K1, performance.2" in page and "om K2" not in page
    assert answers.chair.post(answers.url("K1", "/brief.docx")).status_code == 400
    assert told(answers, (today() + timedelta(days=1)).isoformat()) == 400
    assert told(answers, today().isoformat()) == 302
    assert answers.put("K1", "Du er god til at tælle.", part="performance").status_code == 200
    word = WordFile(answers.chair.post(answers.url("K1", "/brief.docx")).data)
    assert "Du er god til at tælle." in word.text and "om K1, compliance.4" in word.text and "K2" not in word.raw
    assert word.tables[-1].rows[0].cells[0].text == "Mål"


def test_brief_that_names_another_is_not_shared(app: Flask) -> None:
    answers = Answers(app)
    told(answers, today().isoformat())
    answers.put("K1", "Bent Æbelø var nummer to.", part="opening")
    answer = answers.chair.post(answers.url("K1", "/brief.docx"))
    assert answer.status_code == 400 and "Bent" in answer.get_data(as_text=True)


def test_part_that_is_emptied_stays_empty(app: Flask) -> None:
    answers = Answers(app)
    assert answers.put("K1", "", part="opening").status_code == 200
    assert db.session.scalar(db.select(AnswerText.text)) == ""
    assert answers.put("K1", "Ny.", 1, part="opening").json["version"] == 2


def test_form_without_script_saves_only_what_was_changed(app: Flask) -> None:
    answers = Answers(app)
    page = answers.chair.get(answers.url("K1", "/brief")).get_data(as_text=True)
    assert 'name="goals"' in page
    answers.chair.post(answers.url("K1", "/brief"), data={"opening": "Velkommen.", "opening_version": "0"})
    assert "Velkommen." in answers.chair.get(answers.url("K1", "/brief")).get_data(as_text=True)


def test_only_the_hired_have_a_brief_and_only_the_rejected_a_talk_sheet(app: Flask) -> None:
    answers = Answers(app)
    assert answers.chair.get(answers.url("K2", "/brief")).status_code == 404
    assert answers.chair.get(answers.url("K1", "/talk.docx")).status_code == 400
    sheet = WordFile(answers.chair.get(answers.url("K2", "/talk.docx")).data)
    assert "om K2, performance.2" in sheet.text and "Åse" not in sheet.raw and "Anna Andersen" not in sheet.raw
