from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from recruit.charter.service import read_charter
from recruit.questions.rules import Proposal, WeighedCriterion, compose
from recruit.questions.service import read_bank

ODDER = Path(__file__).parents[3] / "question_bank" / "odder"
CHARTER = read_charter(ODDER)
BANK = read_bank(ODDER, CHARTER)
KEYS = sorted(BANK.entries)
ROLES = [role.id for role in CHARTER.roles]


def proposed(keys: list[str], weights: list[float], **more: object) -> Proposal:
    values = {"role": "institution_manager", "round_number": 1, "minutes": 60} | more
    criteria = [WeighedCriterion(key, weight) for key, weight in zip(keys, weights, strict=True)]
    return compose(BANK, criteria, **values)  # type: ignore[arg-type]


criteria = st.lists(st.sampled_from(KEYS), min_size=1, max_size=12, unique=True)


@given(criteria, st.sampled_from(ROLES), st.integers(1, 3), st.integers(10, 240), st.data())
def test_every_criterion_is_covered_and_the_time_is_told(
    keys: list[str], role: str, number: int, minutes: int, data: st.DataObject
) -> None:
    weights = data.draw(st.lists(st.sampled_from([1.0, 2.0, 0.5]), min_size=len(keys), max_size=len(keys)))
    found = proposed(keys, weights, role=role, round_number=number, minutes=minutes)
    assert {key for key, _question in found.questions} == set(keys)
    assert found.uncovered == []
    spent = sum(question.minutes for _key, question in found.questions)
    assert found.missing_minutes == max(0, spent - max(0, minutes - BANK.frame.minutes))
    ids = [question.id for _key, question in found.questions]
    assert len(set(ids)) == len(ids)
    assert [key for key in keys for asked, _question in found.questions if asked == key] == [
        key for key, _question in found.questions
    ]
    assert found == proposed(keys, weights, role=role, round_number=number, minutes=minutes)


def test_second_round_never_repeats_the_first() -> None:
    first = proposed(KEYS[:6], [1.0] * 6, minutes=90)
    used = {question.id for _key, question in first.questions}
    second = proposed(KEYS[:6], [1.0] * 6, minutes=90, round_number=2, used=used)
    assert not used & {question.id for _key, question in second.questions}


def test_past_behaviour_comes_before_hypotheticals() -> None:
    found = proposed(["performance.2", "compliance.4"], [1.0, 1.0])
    assert [question.kind for _key, question in found.questions] == ["behavioural", "behavioural"]


def test_time_left_goes_to_the_heaviest_criterion() -> None:
    found = proposed(["performance.2", "compliance.4"], [1.0, 2.0], minutes=60)
    assert [key for key, _question in found.questions] == ["performance.2", "compliance.4", "compliance.4"]


def test_too_short_an_interview_says_how_many_minutes_are_missing() -> None:
    found = proposed(KEYS[:8], [1.0] * 8, minutes=20)
    shortest = sum(min(question.minutes for question in BANK.entries[key].questions
                       if question.kind != "case" and "institution_manager" in question.roles and 1 in question.rounds)
                   for key in KEYS[:8])  # fmt: skip
    assert found.missing_minutes == shortest - (20 - BANK.frame.minutes)


def test_criterion_without_a_fitting_question_is_named() -> None:
    used = {question.id for question in BANK.entries["performance.1"].questions}
    assert proposed(["performance.1"], [1.0], used=used).uncovered == ["performance.1"]
