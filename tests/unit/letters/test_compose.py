"""The drafts: of the candidate's own cells, in the charter's words, the heaviest first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from recruit.letters.compose import Ground, Known, goals, letter, room, strong_and_weak
from recruit.letters.rules import APPLICATION, CANCELLED, HIRED, INTERVIEW, WITHDRAWN, Ended, Way, stage_of, state_of


@pytest.fixture(autouse=True)
def context(session_app: Flask) -> Iterator[None]:
    with session_app.test_request_context():
        yield


def ground(key: str, value: float | None, *notes: str, minimum: int | None = None) -> Ground:
    return Ground(key, key.split(".")[0], f"Udsagn {key}.", f"Her {key}.", value, minimum, notes)


GROUNDS = [
    ground("p.1", 4.5, "gjorde det godt"),
    ground("p.2", 2.0, "gjorde det ikke"),
    ground("c.1", 2.8, "så ikke efter", minimum=3),
    ground("e.1", None),
]


def test_what_is_below_its_minimum_weighs_first_and_nothing_is_told_twice() -> None:
    strong, weak = strong_and_weak(GROUNDS)
    assert ([item.key for item in strong], [item.key for item in weak]) == (["p.1"], ["c.1", "p.2"])


def test_without_anything_strong_the_best_is_told_as_what_carried() -> None:
    strong, weak = strong_and_weak([ground("p.1", 3.2, "ikke nok", "noget"), ground("p.2", 2.0)])
    assert ([item.key for item in strong], [item.key for item in weak]) == (["p.1"], ["p.2"])
    assert strong[0].notes[0] == "noget"


def test_rejection_quotes_statements_and_notes_and_names_no_number() -> None:
    text = letter(INTERVIEW, Known("leder af Havhuset", "Odder", 1, tuple(GROUNDS)))
    assert "- ”Udsagn p.1.” Vi noterede: ”gjorde det godt”" in text
    assert "- ”Udsagn c.1.” I stillingen betyder det: Her c.1. Vi noterede: ”så ikke efter”" in text
    assert text.index("Udsagn c.1") < text.index("Udsagn p.2")
    assert "Udsagn e.1" not in text and "2,8" not in text and "[" not in text


def test_all_strong_leaves_the_reason_to_the_chair() -> None:
    text = letter(INTERVIEW, Known("leder", "Odder", 2, (ground("p.1", 5.0),)))
    assert "[skriv hovedgrunden]" in text and "samtalerne" in text


@pytest.mark.parametrize("stage", [APPLICATION, INTERVIEW, HIRED, WITHDRAWN, CANCELLED])
def test_every_answer_can_be_written_of_nothing_at_all(stage: str) -> None:
    assert len(letter(stage, Known("leder af Havhuset", "Odder"))) > 100


def test_application_is_answered_with_what_it_told_least_of() -> None:
    text = letter(APPLICATION, Known("leder", "Odder", unseen=["Et.", "To.", "Tre.", "Fire."]))
    assert "- ”Tre.”" in text and "Fire" not in text and "[" not in text


def test_brief_tells_each_room_and_goals_come_of_what_is_weakest() -> None:
    assert "Det står stærkt:" in room(GROUNDS[:1]) and "støtte" not in room(GROUNDS[:1])
    assert "Det blev ikke belyst" in room(GROUNDS[3:])
    assert "ikke et af kriterierne" in room([])
    assert goals(GROUNDS, ["budgettet holder"]).splitlines()[-1] == "- Budgettet holder"
    assert goals([], []) == ""


WAYS = [
    (Way(True, 1, True, True), Ended(True, False, False, 1), "withdrawn"),
    (Way(False, None, False, True), Ended(False, False, False, 1), "application"),
    (Way(False, 1, True, True), Ended(False, False, False, 2), "interview"),
    (Way(False, 2, True, True), Ended(False, False, False, 2), "waiting"),
    (Way(False, 2, True, True), Ended(True, True, False, 2), "hired"),
    (Way(False, 2, True, True), Ended(True, False, False, 2), "interview"),
    (Way(False, 1, False, True), Ended(False, False, False, 2), "waiting"),
    (Way(False, 1, False, False), Ended(False, False, False, 1), "waiting"),
    (Way(False, 1, False, False), Ended(True, False, False, 1), "application"),
    (Way(False, 1, True, True), Ended(True, True, True, 1), "cancelled"),
]


@pytest.mark.parametrize(("way", "ended", "stage"), WAYS)
def test_answer_follows_how_far_a_candidate_came(way: Way, ended: Ended, stage: str) -> None:
    found, waits_for = stage_of(way, ended)
    assert found == stage
    assert bool(waits_for) is (stage == "waiting")


def test_letter_that_was_ready_as_another_answer_is_out_of_date() -> None:
    assert state_of(INTERVIEW, "tekst", INTERVIEW) == "ready"
    assert state_of(HIRED, "tekst", INTERVIEW) == "outdated"
    assert state_of(HIRED, " ", "") == "none"
