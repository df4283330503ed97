"""An entry of the bank, and interview guides: composed, edited, locked."""

from __future__ import annotations

import pytest
from flask import Flask
from guides import Guide
from support import case, full_case, make_person, signed_in

from recruit.extensions import db
from recruit.questions.service import bank_of
from recruit.recruitments.models import Amendment


def test_bank_shows_every_question_in_both_languages(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    entry = bank_of("odder").entries["performance.2"]
    assert hr.get("/questions").location == "/charters/odder/questions"
    assert "/charters/odder/questions/performance.2" in hr.get("/charters/odder/questions").get_data(as_text=True)
    for language in ("da", "en"):
        hr.post("/language", data={"language": language})
        page = hr.get("/charters/odder/questions/performance.2").get_data(as_text=True)
        for text in [entry.meaning, *entry.anchors.values(), *(question.text for question in entry.questions)]:
            assert text.within(language).replace("'", "&#39;").replace('"', "&#34;") in page
    assert hr.get("/charters/odder/questions/performance.99").status_code == 404
    assert hr.get("/charters/atlantis/questions").status_code == 404


def test_composing_covers_every_criterion_and_stays_the_same(app: Flask) -> None:
    guide = Guide(app)
    assert guide.compose().status_code == 302
    first = guide.sources()
    assert {row.criterion_id for row in guide.rows()} == {item.id for item in guide.now.criteria}
    assert sum(row.minutes for row in guide.rows()) <= 60 - 13
    guide.compose()
    assert guide.sources() == first
    page = guide.page()
    for row in guide.rows():
        assert row.wording["text"]["da"] in page


def test_interview_that_is_too_short_still_covers_and_says_what_is_missing(app: Flask) -> None:
    short = [{"number": 1, "name": "Kort", "minutes": 20, "questions": []}]
    guide = Guide(app, rounds=short)
    guide.compose()
    assert {row.criterion_id for row in guide.rows()} == {item.id for item in guide.now.criteria}
    needed = sum(row.minutes for row in guide.rows()) + 13
    page = guide.page()
    assert f"Der mangler {needed - 20} minutter." in page
    assert f"Sæt {needed} minutter af, eller tag ”" in page


def test_second_round_never_repeats_the_first(app: Flask) -> None:
    guide = Guide(app)
    guide.compose(1)
    guide.compose(2)
    assert guide.sources(2)
    assert set(guide.sources(1)) & set(guide.sources(2)) == set()


def test_questions_are_added_moved_and_removed(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    entry = bank_of("odder").entries["compliance.4"]
    spare = next(item.id for item in entry.questions if item.id not in guide.sources())
    criterion = next(item for item in guide.now.criteria if item.key == "compliance.4")
    values = {"criterion": str(criterion.id), "question": spare}
    assert guide.hr.post(guide.base + "/guide/add", data=values).status_code == 302
    places = [place for place, row in enumerate(guide.rows()) if row.criterion_id == criterion.id]
    assert spare == guide.sources()[places[-1]]
    assert guide.hr.post(guide.base + "/guide/add", data=values).status_code == 400  # twice
    assert guide.hr.post(guide.base + "/guide/add", data=values | {"question": "resilience.b1"}).status_code == 400
    before = guide.sources()
    guide.hr.post(f"{guide.base}/guide/{guide.rows()[0].id}/move", data={"step": "down"})
    assert guide.sources() == [before[1], before[0], *before[2:]]
    guide.hr.post(f"{guide.base}/guide/{guide.rows()[0].id}/move", data={"step": "up"})  # already first
    assert guide.sources() == [before[1], before[0], *before[2:]]
    guide.hr.post(f"{guide.base}/guide/{guide.rows()[0].id}/remove")
    assert guide.sources() == [before[0], *before[2:]]
    assert [row.position for row in guide.rows()] == list(range(len(before) - 1))


def test_editing_keeps_the_other_language_of_what_was_not_changed(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.rows()[0]
    english, probes = row.wording["text"]["en"], row.wording["probes"]
    assert english != row.wording["text"]["da"]
    assert guide.edit(row, minutes="9").status_code == 302
    row = guide.rows()[0]
    assert (row.minutes, row.edited, row.wording["text"]["en"], row.wording["probes"]) == (9, True, english, probes)
    guide.edit(row, probes=probes[0]["da"] + "\r\n\r\nOg hvad sagde de?")
    assert guide.rows()[0].wording["probes"] == [probes[0], {"da": "Og hvad sagde de?", "en": "Og hvad sagde de?"}]
    guide.edit(guide.rows()[0], text="Fortæl om en <svær> dag.")
    assert guide.rows()[0].wording["text"] == {"da": "Fortæl om en <svær> dag.", "en": "Fortæl om en <svær> dag."}
    assert "Fortæl om en &lt;svær&gt; dag." in guide.hr.get(guide.base + "/guide").get_data(as_text=True)


@pytest.mark.parametrize(
    "values",
    [{"minutes": "0"}, {"minutes": "61"}, {"text": " "}, {"probes": "x" * 4_001}],
    ids=lambda value: str(value)[:20],
)
def test_question_that_cannot_be_keeps_what_was_typed(app: Flask, values: dict[str, str]) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.rows()[0]
    answer = guide.edit(row, **({"text": "Skrevet lige nu?", "probes": "Og så lige dette?"} | values))
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert ("Skrevet lige nu?" in page) == ("text" not in values)
    assert ("Og så lige dette?" in page) == ("probes" not in values)
    assert guide.rows()[0].edited is False


def test_two_who_edit_one_question_see_both_texts(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.rows()[0]
    page = guide.hr.get(f"{guide.base}/guide/{row.id}").get_data(as_text=True)
    opened = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in ("version", "shown")}
    guide.edit(row, text="Den andens spørgsmål?")
    answer = guide.edit(row, text="Mit eget spørgsmål?", **opened)
    assert answer.status_code == 409
    assert "Den andens spørgsmål?" in answer.get_data(as_text=True)
    assert "Mit eget spørgsmål?" in answer.get_data(as_text=True)
    assert guide.rows()[0].wording["text"]["da"] == "Den andens spørgsmål?"


def test_lock_is_refused_while_a_criterion_has_no_question(app: Flask) -> None:
    guide = Guide(app)
    assert guide.chair.post(guide.base + "/lock").status_code == 400
    guide.compose()
    for row in guide.rows():
        if row.criterion_id == guide.now.criteria[1].id:
            guide.hr.post(f"{guide.base}/guide/{row.id}/remove")
    answer = guide.chair.post(guide.base + "/lock")
    assert answer.status_code == 400
    assert "Der mangler et spørgsmål" in answer.get_data(as_text=True)
    assert guide.now.criteria_locked_at is None
    assert [item.frozen for item in guide.now.criteria] == [None, None, None]


def test_lock_is_refused_while_a_question_has_no_criterion(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    fewer = {"name": "1. samtale", "minutes": "60", "criteria": ["performance.2", "compliance.4"]}
    assert guide.hr.post(guide.base + "/edit", data=fewer).status_code == 302
    assert guide.chair.post(guide.base + "/lock").status_code == 400
    assert guide.round().locked_at is None


def test_lock_is_the_chairs_alone_and_freezes_the_wording(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    assert guide.hr.post(guide.base + "/lock").status_code == 403
    assert signed_in(app, "anna@example.org").post(guide.base + "/lock").status_code == 403
    assert guide.round().locked_at is None
    assert guide.chair.post(guide.base + "/lock").status_code == 302
    locked_at = guide.round().locked_at
    assert locked_at is not None
    assert all(item.frozen and len(item.frozen["anchors"]) == 5 for item in guide.now.criteria)
    guide.chair.post(guide.base + "/lock")  # a double click
    assert guide.round().locked_at == locked_at


def test_locked_guide_is_changed_only_word_by_word_with_a_reason(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    guide.chair.post(guide.base + "/lock")
    before, row = guide.sources(), guide.rows()[0]
    for path, data in (
        ("compose", {}),
        ("add", {"criterion": str(row.criterion_id), "question": "performance.2.s1"}),
        (f"{row.id}/move", {"step": "down"}),
        (f"{row.id}/remove", {}),
    ):
        assert guide.hr.post(f"{guide.base}/guide/{path}", data=data).status_code == 400
    assert guide.sources() == before
    for reason in ("", "  "):
        answer = guide.edit(row, text="Blødere spørgsmål?", reason=reason)
        assert answer.status_code == 400
        assert "Blødere spørgsmål?" in answer.get_data(as_text=True)
    assert guide.edit(row, text="Blødere spørgsmål?", reason="Det første blev misforstået.").status_code == 302
    assert guide.rows()[0].wording["text"]["da"] == "Blødere spørgsmål?"
    amendment = db.session.scalars(db.select(Amendment)).one()
    assert (amendment.part, amendment.reason) == ("guide", "Det første blev misforstået.")
    assert amendment.after.startswith("Blødere spørgsmål? (")
    assert amendment.before != amendment.after


def test_question_stands_as_it_was_asked_after_the_reveal(app: Flask) -> None:
    cards = full_case()["scorecards"]
    guide = Guide(app, rounds=case()["rounds"], scorecards=cards, revealed=[1])
    row = guide.rows()[0]
    assert guide.edit(row, text="Et andet spørgsmål?", reason="For sent.").status_code == 400
    assert guide.rows()[0].wording == row.wording
    assert db.session.scalar(db.select(Amendment.id)) is None
