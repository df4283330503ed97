"""What the log holds: events of a closed catalogue, with ids and codes, and never a name, a rating or words."""

from __future__ import annotations

import ast
import json
from collections.abc import Iterator

import pytest
from flask import Flask
from sqlalchemy import Text, select
from support import ROOT, case, declared, empty_database, load, signed_in
from whole.test_journey import SHAPES, Journey

from recruit.audit import EVENTS, AuditEvent, record
from recruit.extensions import db
from recruit.privacy.rules import ABOUT_WORDS, EVENT_WORDS

# What an event may be about. Whoever adds a word here must be sure that it is an id or a code that may stay in the log.
ABOUT = {
    "answer", "attachment", "candidate", "charter", "code", "copied_from", "count", "criterion", "decision",
    "deviation", "document", "letterhead", "lot", "member", "number", "order", "person", "pile", "question", "recruitment", "reference", "role", "round", "rules",
    "section", "side", "step", "task", "was", "what",
}  # fmt: skip
# Where the events are listed, and put into words.
LISTED = {"recruit/audit.py", "recruit/privacy/rules.py"}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted((ROOT / "recruit").rglob("*.py")):
        yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def recordings() -> Iterator[tuple[str, ast.Call]]:
    """Every call of `record`, and of a package's own short form of it, with its place."""
    for name, module in modules():
        for node in ast.walk(module):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ("record", "_record"):
                yield f"{name}:{node.lineno}", node


def test_every_event_of_the_catalogue_is_recorded_somewhere() -> None:
    named = {
        node.value
        for name, module in modules()
        if name not in LISTED
        for node in ast.walk(module)
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert EVENTS - named == set()


def test_nothing_is_recorded_that_is_not_in_the_catalogue(app: Flask) -> None:
    unknown = [
        (place, part.value)
        for place, call in recordings()
        for argument in call.args[:1]
        for part in ast.walk(argument)
        if isinstance(part, ast.Constant) and part.value not in EVENTS
    ]
    assert unknown == []
    with pytest.raises(ValueError, match="catalogue"):
        record("person.praised", None)


def test_every_event_has_words() -> None:
    assert set(EVENT_WORDS) == EVENTS


def test_events_are_about_ids_and_codes() -> None:
    strange = [
        (place, keyword.arg) for place, call in recordings() for keyword in call.keywords if keyword.arg not in ABOUT
    ]
    assert strange == []


def test_every_part_of_an_event_has_a_word() -> None:
    assert set(ABOUT_WORDS) == ABOUT


# Of the short columns those that a person fills in, or that name one.
PERSONAL = {"name", "email", "title", "department", "case_number", "superior", "recipient", "subject"}


def texts() -> set[str]:
    """Everything that is kept in words, in every table but the log itself."""
    found = set()
    for table in db.metadata.sorted_tables:
        for column in table.columns:
            if isinstance(column.type, Text) or (column.name in PERSONAL and table.name != AuditEvent.__tablename__):
                found |= {str(value) for value in db.session.scalars(select(column)) if value}
    return found


def recorded() -> list[tuple[str, dict[str, object]]]:
    db.session.rollback()
    return [(row.event, row.subject) for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.number))]


def test_log_of_a_whole_journey_holds_no_names_and_no_words(app: Flask) -> None:
    journey = Journey(app, SHAPES[0])
    journey.prepare()
    journey.declare_and_lock()
    journey.score()
    karl, base = journey.as_("karl"), journey.base
    candidate, criterion = journey.candidates()["K1"], journey.recruitment.criteria[0].id
    journey.post(karl, base + "/rounds/1/reveal")
    consensus = {f"{criterion}-score": "4", f"{criterion}-reason": "Vi hørte det samme", f"{criterion}-shown": ""}
    journey.post(karl, f"{base}/rounds/1/comparison/candidates/{candidate}/consensus/{criterion}", consensus)
    journey.post(journey.as_("mie"), base + "/rounds/1/dissents", {"text": "Jeg ser det anderledes", "version": "0"})
    assert journey.hr.get(base + "/rounds/1/comparison.docx").status_code == 200
    log = recorded()
    assert {"scorecard.submitted", "round.revealed", "consensus.set", "dissent.written"} <= {event for event, _ in log}
    kept = texts()
    for word in (
        "Ørsted, Åse",
        "mie@example.org",
        "Leder af Fyrtårnet",
        "Vi hørte det samme",
        "Jeg ser det anderledes",
    ):
        assert word in kept
    values = [str(value) for _event, subject in log for value in subject.values()]
    assert [text for text in kept if any(text in value for value in values if not value.isdigit())] == []
    assert [value for value in values if len(value) > 40 or "@" in value or " " in value] == []


def test_log_is_the_same_whatever_is_rated(app: Flask) -> None:
    logs = []
    for score in (1, 5):
        empty_database()
        recruitment = load(case(impartiality=declared(), locked=[1]))
        anna = signed_in(app, "anna@example.org")
        card = f"/recruitments/{recruitment.id}/rounds/1/scorecards/1"
        for criterion in recruitment.criteria:
            body = {"score": score, "evidence": "sagde det " * score, "version": 0}
            assert anna.put(f"{card}/ratings/{criterion.id}", json=body).status_code == 200
        assert "scorecard.submitted" not in dict(recorded())  # saving what is typed logs nothing
        before = len(recorded())
        assert anna.post(card, data={"action": "submit"}).status_code == 302
        assert len(recorded()) == before + 1
        logs.append(json.dumps(recorded()))
    assert logs[0] == logs[1]
