from __future__ import annotations

import pytest

from recruit.scoring.rules import Entered, card_state, lacking, missing

STANDING = {
    "role": "member",
    "standings": ["clear"],
    "standing": "clear",
    "withdrawn": False,
    "submitted": None,
    "late": False,
    "excused": False,
}


@pytest.mark.parametrize(
    ("changes", "state"),
    [
        ({}, "missing"),
        ({"submitted": False}, "missing"),
        ({"submitted": True}, "submitted"),
        ({"excused": True}, "excused"),
        ({"submitted": True, "excused": True}, "submitted"),
        ({"withdrawn": True}, "withdrawn"),
        ({"withdrawn": True, "submitted": True}, "withdrawn"),
        ({"standings": ["clear", "out"]}, "conflict"),
        ({"standings": ["clear", "out"], "submitted": True}, "conflict"),
        ({"standing": "out_for_candidate"}, "conflict"),
        ({"standings": ["out_for_candidate"]}, "missing"),
        ({"role": "substitute"}, "not_expected"),
        ({"role": "substitute", "submitted": False}, "missing"),
        ({"role": "substitute", "submitted": True}, "submitted"),
        ({"standings": [], "standing": "not_recorded"}, "missing"),
        ({"late": True}, "not_expected"),
        ({"late": True, "excused": True}, "not_expected"),
        ({"late": True, "submitted": True}, "submitted"),
        ({"late": True, "withdrawn": True}, "withdrawn"),
        ({"late": True, "standings": ["out"]}, "conflict"),
    ],
)
def test_card_state_follows_the_rules(changes: dict[str, object], state: str) -> None:
    assert card_state(**(STANDING | changes)) == state  # type: ignore[arg-type]


def test_missing_names_only_the_cards_that_hold_a_reveal_up() -> None:
    states = {("a", "K1"): "submitted", ("a", "K2"): "missing", ("b", "K1"): "excused", ("b", "K2"): "conflict"}
    assert missing(states) == [("a", "K2")]


def test_lacking_tells_rating_from_evidence() -> None:
    entered = {
        1: Entered(score=4, evidence="sagde det"),
        2: Entered(score=3, evidence="  "),
        3: Entered(not_evidenced=True),
    }
    assert lacking([1, 2, 3, 4], entered) == {2: "evidence", 4: "rating"}


def test_evidence_without_a_rating_is_not_a_rating() -> None:
    assert lacking([1], {1: Entered(evidence="noget")}) == {1: "rating"}
