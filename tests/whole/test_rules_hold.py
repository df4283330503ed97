"""Any order of steps by any person keeps rules 1 to 8. `make proof` goes on for longer: tests/proof/test_rules.py."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from whole.rulebook import Step, leaked
from whole.rules_machine import RulesMachine
from whole.rules_world import CHAIR, KEYS, quick_draws
from whole.snapshot import take_as_it_stands

from recruit.extensions import db

BOUNDED = settings(
    max_examples=8,
    stateful_step_count=35,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_any_order_of_steps_by_any_person_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_draws(monkeypatch)
    reached: Counter[str] = Counter()
    run_state_machine_as_test(lambda: RulesMachine(app, reached), settings=BOUNDED)
    assert reached["revealed"], reached
    assert reached["ratings"], reached


def machine_at(app: Flask, stage: str) -> RulesMachine:
    machine = RulesMachine(app, Counter())
    machine.begin(stage, [1], ("chair", "anna", "bo"))
    return machine


def test_every_kind_of_step_can_be_taken(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """What happens by chance above happens here in order: no rule holds only because nothing ever came to it."""
    quick_draws(monkeypatch)
    machine = machine_at(app, "open")
    machine.save("anna", 0, 0, KEYS[0], 4, False, "ord", True)
    machine.hand_in("bo", 0, 0, (2, None), "ord")
    machine.impression("bo", 0, 0)
    machine.reopen("bo", 0, 0)
    machine.hand_in("bo", 0, 0, (2, None), "ord")
    machine.impression("bo", 0, 0)
    machine.change_the_ground(CHAIR, "weight", 3, "ord")
    machine.change_the_ground(CHAIR, "lock", 1, "ord")
    machine.excuse(CHAIR, "anna", 0, 1, "absent")
    machine.excuse(CHAIR, "anna", 0, 1, "")
    machine.change_seats(CHAIR, "step in", "sub")
    machine.declare("sub", ["none", "doubt", "none"])
    machine.decide(CHAIR, 0, "candidate", "ord")
    machine.change_seats("hr", "join", "new")
    machine.withdraw("hr", 1, "withdrawn")
    machine.withdraw("hr", 1, "active")
    machine.finish(0, True)
    machine.change_seats(CHAIR, "hand over", "bo")
    machine.agree(CHAIR, 0, 0, KEYS[0], 5, "ord", True)
    machine.agree(CHAIR, 0, 0, KEYS[0], 3, "ord", False)
    machine.dissent("chair", 0, "ord", True)
    machine.dissent("chair", 0, "", True)
    machine.disagree(CHAIR, 0, 0, KEYS[0], True)
    machine.look("hr", 0, 0, "/rounds/{n}/comparison")
    machine.take_out()
    assert machine.now.member("new@example.org")
    for part in (
        "ratings",
        "cards",
        "excuses",
        "declarations",
        "decisions",
        "seats",
        "candidates",
        "criteria",
        "revealed",
    ):
        assert machine.reached[part], part
    assert machine.reached["consensus taken back"] == 1
    assert machine.reached["dissents"] == 2


# Somebody, what happens behind the application's back, and what the rulebook says to it.
BROKEN = {
    "a reveal before the last card": ("chair", "open", "UPDATE interview_round SET revealed_at = locked_at WHERE number = 1", "every expected card"),
    "a reveal by a member": ("anna", "ready", "UPDATE interview_round SET revealed_at = locked_at WHERE number = 1", "the chair reveals"),
    "a reveal undone": ("chair", "revealed", "UPDATE interview_round SET revealed_at = NULL WHERE number = 1", "a reveal is for good"),
    "a rating after the reveal": ("anna", "revealed", "UPDATE rating SET score = 5 WHERE id = 1", "ratings after the reveal"),
    "a card opened after the reveal": ("anna", "revealed", "UPDATE scorecard SET submitted_at = NULL WHERE id = 1", "cards after the reveal"),
    "a consensus before the reveal": ("chair", "ready", "INSERT INTO consensus (round_id, candidate_id, criterion_id, score, reason, version) VALUES (1, 1, 1, 3, 'x', 1)", "a consensus before the reveal"),
    "a consensus by HR": ("hr", "revealed", "INSERT INTO consensus (round_id, candidate_id, criterion_id, score, reason, version) VALUES (1, 1, 1, 3, 'x', 1)", "the chair writes"),
    "a consensus where nobody rated": ("chair", "revealed", "INSERT INTO consensus (round_id, candidate_id, criterion_id, score, reason, version) VALUES (1, 2, 2, 3, 'x', 1)", "where nobody rated"),
    "a card in a round that is not locked": ("anna", "open", "INSERT INTO scorecard (round_id, member_id, candidate_id, overall, version) VALUES (2, 2, 1, '', 1)", "a round that is not locked"),
    "a weight without a reason": ("chair", "open", "UPDATE criterion SET weight = 7 WHERE id = 1", "a change after the lock"),
    "a question after the lock": ("chair", "open", "UPDATE guide_question SET source = 'another' WHERE id = 1", "the guide of a locked round"),
    "a card without evidence": ("anna", "ready", "UPDATE rating SET evidence = ' ' WHERE evidence LIKE 'anna om K1%'", "without evidence"),
    "a card of somebody else": ("bo", "ready", "UPDATE rating SET score = 3 WHERE evidence LIKE 'anna om K1%'", "the card of somebody else"),
    "a declaration changed": ("anna", "open", "UPDATE declaration SET answer = 'conflict' WHERE id = 3", "what was declared stays"),
    "a decision on oneself": ("chair", "open", "UPDATE declaration SET decision = 'none', reason = 'x' WHERE id = 1", "the one in doubt never decides"),
    "two chairs": ("chair", "open", "UPDATE panel_member SET role = 'chair' WHERE id = 2", "2 chairs"),
    "an overall impression too early": ("anna", "open", "INSERT INTO scorecard (round_id, member_id, candidate_id, overall, version) VALUES (1, 2, 1, 'god', 1)", "the overall impression comes last"),
    "a dissent before the reveal": ("anna", "ready", "INSERT INTO dissent (round_id, member_id, text, written_at, version) VALUES (1, 2, 'x', '2026-01-01', 1)", "dissent before the reveal"),
    "anything by somebody outside": ("else", "open", "UPDATE candidate SET status = 'withdrawn' WHERE id = 1", "somebody outside"),
}  # fmt: skip


@pytest.mark.parametrize("stage", ["open", "ready", "revealed"])
def test_the_rulebook_notices(app: Flask, stage: str) -> None:
    """Each rule can fail: what breaks it is done past the application, one after another."""
    machine = machine_at(app, stage)
    for email, of, statement, sentence in BROKEN.values():
        if of == stage:
            db.session.execute(db.text(statement))
            step = Step(f"{email}@example.org", machine.now, take_as_it_stands())
            with pytest.raises(AssertionError, match=sentence):
                step.check()
            db.session.rollback()


def test_the_rulebook_notices_words_that_leak(app: Flask) -> None:
    machine = machine_at(app, "ready")
    own = next(words for words, (email, _round) in machine.owners.items() if email == "anna@example.org")
    assert leaked("bo@example.org", f"… {own} …", machine.owners, machine.now) == [own]
    assert leaked("anna@example.org", f"… {own} …", machine.owners, machine.now) == []
    revealed = machine_at(app, "revealed")
    assert leaked("bo@example.org", f"… {own} …", revealed.owners, revealed.now) == []
