"""The pile that answers point to, who reads what in which order, and when a reason is owed."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.errors import RuleBroken
from recruit.sifting.rules import ANSWERS, check_decision, propose, reader_state, reads, shuffled

SIGNS = {"+": "shown", "/": "partly", "-": "not_shown", ".": "not_evidenced"}


def said(**signs: str) -> dict[str, list[str]]:
    return {key: [SIGNS[sign] for sign in text] for key, text in signs.items()}


@pytest.mark.parametrize(
    ("weights", "answers", "letter", "share", "coverage"),
    [
        ({"a": 1, "b": 1}, said(a="++", b="++"), "A", 1, 1),
        ({"a": 1, "b": 1}, said(a="//", b="//"), "B", Fraction(1, 2), 1),
        ({"a": 1, "b": 1}, said(a="--", b="--"), "C", 0, 1),
        ({"a": 1, "b": 1, "c": 1}, said(a="+", b="+", c="-"), "A", Fraction(2, 3), 1),  # two thirds are A
        ({"a": 1, "b": 1, "c": 1}, said(a="+", b="-", c="-"), "B", Fraction(1, 3), 1),  # one third is not under it
        ({"a": 2, "b": 1}, said(a="+", b="-"), "A", Fraction(2, 3), 1),  # weights count
        ({"a": 1, "b": 2}, said(a="+", b="-"), "B", Fraction(1, 3), 1),
        ({"a": 1, "b": 1}, said(a="+", b="."), "A", 1, Fraction(1, 2)),  # half is enough
        ({"a": 1, "b": 2}, said(a="+", b="."), "B", 1, Fraction(1, 3)),  # silence does not make an A
        ({"a": 1, "b": 2}, said(a="-", b="."), "B", 0, Fraction(1, 3)),  # nor a C
        ({"a": 1}, said(a="+."), "A", 1, 1),  # what one member found not told of, the other found
        ({"a": 1}, said(a=".."), None, None, 0),
        ({"a": 1}, {}, None, None, 0),
        ({"a": 0.1, "b": 0.2}, said(a="+", b="+"), "A", 1, 1),
    ],
)
def test_pile_follows_from_the_share_and_what_is_told_of(
    weights: dict[str, float], answers: dict[str, list[str]], letter: str | None, share: object, coverage: object
) -> None:
    found = propose(weights, answers)
    assert (found.letter, found.share, found.coverage) == (letter, share, coverage)


WEIGHTS = st.dictionaries(st.sampled_from("abcde"), st.floats(0.01, 100), min_size=1)
GIVEN = st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from(list(ANSWERS)), max_size=4))


@given(WEIGHTS, GIVEN, st.randoms())
def test_proposal_is_the_same_in_every_order(
    weights: dict[str, float], answers: dict[str, list[str]], random: object
) -> None:
    keys = list(weights)
    random.shuffle(keys)  # type: ignore[attr-defined]
    mixed = {key: list(values) for key, values in answers.items()}
    for values in mixed.values():
        random.shuffle(values)  # type: ignore[attr-defined]
    assert propose({key: weights[key] for key in keys}, mixed) == propose(weights, answers)


@given(WEIGHTS, GIVEN, st.sampled_from("abcde"))
def test_better_answer_never_lowers_the_pile(
    weights: dict[str, float], answers: dict[str, list[str]], key: str
) -> None:
    before = propose(weights, answers)
    better = {name: list(values) for name, values in answers.items()}
    better[key] = ["shown" if answer in ("partly", "not_shown") else answer for answer in better.get(key, [])]
    after = propose(weights, better)
    assert (after.letter or "") <= (before.letter or "")
    assert after.coverage == before.coverage


@pytest.mark.parametrize(
    ("letter", "reason", "proposed", "is_taken"),
    [
        ("A", "", "A", True),
        ("B", " ", "B", True),
        ("C", "", "C", False),
        ("C", "Fordi", "C", True),
        ("A", "", "B", False),
        ("A", "Fordi", "C", True),
        ("B", "", None, False),
        ("D", "Fordi", "A", False),
        ("", "Fordi", None, False),
    ],
)
def test_reason_is_owed_for_c_and_for_what_differs(
    letter: str, reason: str, proposed: str | None, is_taken: bool
) -> None:
    if is_taken:
        check_decision(letter, reason, proposed)
    else:
        with pytest.raises(RuleBroken):
            check_decision(letter, reason, proposed)


def test_order_is_each_members_own_and_stays() -> None:
    everybody = list(range(1, 15))
    orders = [shuffled(1, member, everybody) for member in range(1, 9)]
    assert all(sorted(order) == everybody for order in orders)
    assert shuffled(1, 3, reversed(everybody)) == orders[2]  # type: ignore[arg-type]
    assert len({tuple(order) for order in orders}) == 8
    assert len({order[0] for order in orders}) > 3
    assert shuffled(2, 1, everybody) != orders[0]


@given(st.sets(st.integers(1, 1000), max_size=20), st.integers(1, 1000))
def test_late_applicant_does_not_move_the_others(ids: set[int], late: int) -> None:
    order = shuffled(1, 1, ids | {late})
    assert [item for item in order if item in ids - {late}] == shuffled(1, 1, ids - {late})


def test_member_reads_only_whom_they_may_judge() -> None:
    standings = {1: "clear", 2: "out_for_candidate", 3: "not_recorded", 4: "doubt"}
    assert reads(standings, [1, 2, 3, 4, 5]) == [1]
    assert reads({1: "clear", 2: "out"}, [1, 2]) == []


@pytest.mark.parametrize(
    ("standings", "submitted", "complete", "state"),
    [
        (["clear"], True, True, "submitted"),
        (["clear"], True, False, "missing"),  # somebody came in afterwards
        (["clear"], False, True, "missing"),
        (["clear", "out"], True, True, "conflict"),
        (["clear", "doubt"], False, False, "missing"),
    ],
)
def test_member_stands_where_the_answers_and_the_declaration_say(
    standings: list[str], submitted: bool, complete: bool, state: str
) -> None:
    assert reader_state(standings, submitted=submitted, complete=complete) == state
