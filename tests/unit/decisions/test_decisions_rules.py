"""When a choice goes against the numbers, and what a sentence is."""

from __future__ import annotations

import pytest

from recruit.decisions.rules import NOBODY, ONE, RANKING, Numbers, against, check_choice, sentences

CLEAR = Numbers({"K1": 1, "K2": 2, "K3": 3}, clear=True, leader="K1")
CLOSE = Numbers({"K1": 1, "K2": 2, "K3": 3}, clear=False, leader="K1", between=("K1", "K2"))
TIED = Numbers({"K1": 1, "K2": 1, "K3": 3}, clear=True, leader="K1")
SILENT = Numbers({"K1": None}, clear=False, leader=None)


@pytest.mark.parametrize(
    ("choice", "refs", "numbers", "code"),
    [
        (ONE, ["K1"], CLEAR, None),
        (ONE, ["K2"], CLEAR, "rank"),
        (ONE, ["K1"], CLOSE, "close"),
        (ONE, ["K2"], TIED, None),
        (RANKING, ["K1", "K2", "K3"], CLEAR, None),
        (RANKING, ["K1", "K3", "K2"], CLEAR, "order"),
        (RANKING, ["K1", "K3"], CLEAR, "order"),
        (RANKING, ["K2", "K1"], TIED, None),
        (NOBODY, [], CLEAR, "empty"),
        (ONE, ["K1"], SILENT, "no_numbers"),
    ],
)
def test_choice_needs_a_reason_when_it_is_not_what_the_numbers_say(
    choice: str, refs: list[str], numbers: Numbers, code: str | None
) -> None:
    assert against(choice, refs, numbers) == code


def test_sentences_are_the_text_word_for_word() -> None:
    text = (
        "Hun sagde: ”Vi stopper.” Derefter ringede hun til bl.a. Odder og de 3. klasser. Det tog 2 dage!\n- Fulgte op"
    )
    assert sentences(text) == [
        "Hun sagde: ”Vi stopper.”",
        "Derefter ringede hun til bl.a. Odder og de 3. klasser.",
        "Det tog 2 dage!",
        "- Fulgte op",
    ]
    assert sentences(" \n ") == []


def test_choice_of_nobody_with_somebody_is_no_choice(app: object) -> None:
    assert check_choice(NOBODY, ["K1"])
    assert check_choice(RANKING, ["K1"])
    assert check_choice(ONE, ["K1"]) is None
