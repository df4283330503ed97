from __future__ import annotations

import pytest

from recruit.candidates.rules import is_disqualified, must_declare, standing


@pytest.mark.parametrize(
    ("answer", "decision", "expected"),
    [
        (None, None, "not_recorded"),
        ("none", None, "clear"),
        ("conflict", None, "out"),
        ("doubt", None, "doubt"),
        ("conflict", "candidate", "out_for_candidate"),
        ("conflict", "none", "clear"),
        ("doubt", "none", "clear"),
        ("doubt", "recruitment", "out"),
        ("doubt", "candidate", "out_for_candidate"),
    ],
)
def test_standing_follows_answer_and_decision(answer: str | None, decision: str | None, expected: str) -> None:
    assert standing(answer, decision) == expected


def test_one_conflict_disqualifies_from_the_whole_recruitment() -> None:
    assert is_disqualified(["clear", "out"])
    assert not is_disqualified(["clear", "out_for_candidate"])


def test_declaration_never_made_and_doubt_wait() -> None:
    assert must_declare(["clear", "not_recorded"])
    assert must_declare(["doubt"])
    assert not must_declare(["clear", "out_for_candidate"])
    assert not must_declare([])
