"""Rules 1 to 8 for longer than `make test` has time for: other people, other orders at every run."""

from __future__ import annotations

from collections import Counter

import pytest
from flask import Flask
from hypothesis import HealthCheck, Phase, settings
from hypothesis.stateful import run_state_machine_as_test
from whole.rules_machine import RulesMachine
from whole.rules_world import quick_draws

LONG = settings(
    max_examples=100,
    stateful_step_count=60,
    derandomize=False,  # other orders at every run
    print_blob=True,
    database=None,
    deadline=None,
    phases=[Phase.generate, Phase.shrink],
    suppress_health_check=list(HealthCheck),
)


def test_any_order_of_steps_by_any_person_keeps_the_rules(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    quick_draws(monkeypatch)
    reached: Counter[str] = Counter()
    run_state_machine_as_test(lambda: RulesMachine(app, reached), settings=LONG)
    print(f"rules 1 to 8 held; what changed how often: {dict(reached)}")
    for part in (
        "ratings",
        "cards",
        "excuses",
        "declarations",
        "decisions",
        "seats",
        "revealed",
        "consensus",
        "dissents",
    ):
        assert reached[part], f"no step came to {part}: {dict(reached)}"
