"""The proposed guide: what holds for every proposal from the shipped bank, and what a proposal says of itself."""

from __future__ import annotations

import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st
from unit.questions.small_banks import BANK, CHARTER, FRAME, bank_of, question

from recruit.questions.bank import Bank
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.rules import REASONS, Proposal, compose, fitting, leaving, share_out

KEYS = sorted(BANK.entries)
STATEMENTS = [key for key in KEYS if "." in key]
ROLES = [role.id for role in CHARTER.roles]
WEIGHTS = st.sampled_from([0.1, 0.5, 1.0, 1.5, 2.0, 3.0, 100.0])


def proposed(keys: Sequence[str], weights: Sequence[float], *, bank: Bank = BANK, **more: object) -> Proposal:
    values = {"role": "institution_manager", "round_number": 1, "minutes": 60} | more
    criteria = [WeighedCriterion(key, weight) for key, weight in zip(keys, weights, strict=True)]
    return compose(bank, criteria, **values)  # type: ignore[arg-type]


def asked(found: Proposal) -> dict[str, list[str]]:
    """Question ids by criterion."""
    answer: dict[str, list[str]] = {}
    for item in found.questions:
        answer.setdefault(item.key, []).append(item.question.id)
    return answer


def spent(found: Proposal) -> int:
    return sum(item.question.minutes for item in found.questions)


cases = st.lists(st.tuples(st.sampled_from(KEYS), WEIGHTS), min_size=1, max_size=24, unique_by=lambda pair: pair[0])


@given(cases, st.sampled_from(ROLES), st.integers(1, 3), st.integers(10, 480))
def test_proposal_keeps_its_promises(pairs: list[tuple[str, float]], role: str, number: int, minutes: int) -> None:
    keys, weights = [key for key, _ in pairs], [weight for _, weight in pairs]
    found = proposed(keys, weights, role=role, round_number=number, minutes=minutes)
    counts = {key: len(own) for key, own in asked(found).items()}
    with_question = [key for key in keys if fitting(BANK, key, role, number, ())]
    # every criterion that the bank has a question for is covered, in the order of the criteria
    assert list(counts) == with_question
    assert found.uncovered == [key for key in keys if key not in with_question]
    # equally many for equal weights, never fewer for a heavier, as far as the bank has them
    there = {key: len(fitting(BANK, key, role, number, ())) for key in counts}
    for key, weight in pairs:
        for other, other_weight in pairs:
            if key in counts and other in counts and weight >= other_weight:
                assert counts[key] >= min(counts[other], there[key])
    assert set(counts.values()) <= {1, 2, 3}
    # within the time, or exactly so much missing with the shortest of each
    shortest = sum(min(item.minutes for item in fitting(BANK, key, role, number, ())) for key in with_question)
    assert found.missing_minutes == max(0, shortest - (minutes - FRAME.minutes))
    assert spent(found) + FRAME.minutes <= minutes + found.missing_minutes
    if found.missing_minutes:
        assert spent(found) == shortest
    else:
        assert found.not_fitting == []
    # never a case task, one question twice, or without a reason
    ids = [item.question.id for item in found.questions]
    assert len(set(ids)) == len(ids)
    assert all(item.question.kind != "case" for item in found.questions)
    assert all(item.because and set(item.because) <= set(REASONS) for item in found.questions)
    assert all(len(" ".join(item.because)) <= 80 for item in found.questions)
    assert found == proposed(keys, weights, role=role, round_number=number, minutes=minutes)


@given(cases, st.integers(10, 300), st.randoms(use_true_random=False))
def test_another_order_of_the_criteria_only_moves_their_questions(
    pairs: list[tuple[str, float]], minutes: int, random: object
) -> None:
    mixed = list(pairs)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    one = proposed([key for key, _ in pairs], [weight for _, weight in pairs], minutes=minutes)
    other = proposed([key for key, _ in mixed], [weight for _, weight in mixed], minutes=minutes)
    assert asked(one) == asked(other)
    reasons = [{item.question.id: item.because for item in found.questions} for found in (one, other)]
    assert reasons[0] == reasons[1]
    assert one.missing_minutes == other.missing_minutes


@given(cases, st.integers(30, 480), st.integers(30, 480))
def test_second_round_never_repeats_the_first(pairs: list[tuple[str, float]], first: int, second: int) -> None:
    keys, weights = [key for key, _ in pairs], [weight for _, weight in pairs]
    used = {item.question.id for item in proposed(keys, weights, minutes=first).questions}
    found = proposed(keys, weights, minutes=second, round_number=2, used=used)
    assert not used & {item.question.id for item in found.questions}


def because(found: Proposal) -> list[tuple[str, ...]]:
    return [item.because for item in found.questions]


def test_reasons_are_true() -> None:
    plain = {"a.1": [question("a.1", 1, 8), question("a.1", 2, 5), question("a.1", 1, 4, "situational")]}
    one = {"weights": [1.0], "bank": bank_of(plain)}

    def reasons(minutes: int, **more: object) -> list[tuple[str, ...]]:
        return because(proposed(["a.1"], **(one | {"minutes": minutes + FRAME.minutes} | more)))  # type: ignore[arg-type]

    assert reasons(8) == [("first",)]
    assert reasons(7) == [("shorter",)]
    assert reasons(4) == [("too_long",)]
    assert reasons(3) == [("shortest",)]
    assert reasons(13) == [("first",), ("room",)]
    assert reasons(17) == [("first",), ("room",), ("room", "situational")]
    assert reasons(60, used={"a.1.b1", "a.1.b2"}) == [("situational",)]
    own = bank_of({"a.1": [question("a.1", 1, 8, own=True)]})
    assert reasons(60, bank=own) == [("first", "own")]
    two = bank_of(plain | {"a.2": [question("a.2", 1, 6), question("a.2", 2, 6)]})
    heavier = proposed(["a.1", "a.2"], [2.0, 1.0], bank=two, minutes=19 + FRAME.minutes)
    assert because(heavier) == [("first",), ("heavier",), ("first",)]


def test_time_left_goes_where_the_weight_is() -> None:
    found = proposed(["performance.2", "compliance.4"], [1.0, 2.0], minutes=35)
    assert [item.key for item in found.questions] == ["performance.2", "compliance.4", "compliance.4"]


def test_second_question_goes_to_all_of_equal_weight_or_to_none() -> None:
    keys = STATEMENTS[:3]
    there = {key: len(fitting(BANK, key, "institution_manager", 1, ())) for key in keys}
    seen = []
    for minutes in range(30, 121):
        counts = {key: len(own) for key, own in asked(proposed(keys, [1.0] * 3, minutes=minutes)).items()}
        most = max(counts.values())
        assert counts == {key: min(most, there[key]) for key in keys}
        seen.append(most)
    assert seen == sorted(seen)
    assert {1, 2} <= set(seen)


def test_criterion_with_one_question_holds_no_other_back() -> None:
    bank = bank_of({"a.1": [question("a.1", 1, 6)], "a.2": [question("a.2", n, 6) for n in (1, 2, 3)]})
    found = proposed(["a.1", "a.2"], [2.0, 2.0], bank=bank, minutes=18 + FRAME.minutes)
    assert {key: len(own) for key, own in asked(found).items()} == {"a.1": 1, "a.2": 2}
    found = proposed(["a.1", "a.2"], [2.0, 1.0], bank=bank, minutes=18 + FRAME.minutes)
    assert {key: len(own) for key, own in asked(found).items()} == {"a.1": 1, "a.2": 2}


def test_past_behaviour_comes_before_hypotheticals() -> None:
    found = proposed(["performance.2", "compliance.4"], [1.0, 1.0], minutes=35)
    assert [item.question.kind for item in found.questions] == ["behavioural", "behavioural"]


def test_too_short_an_interview_names_the_criteria_that_would_have_to_leave() -> None:
    entries = {f"a.{number}": [question(f"a.{number}", 1, 7)] for number in range(1, 5)}
    keys, weights = list(entries), [1.0, 2.0, 1.0, 3.0]

    def not_fitting(minutes: int) -> list[str]:
        return proposed(keys, weights, bank=bank_of(entries), minutes=minutes + FRAME.minutes).not_fitting

    assert not_fitting(28) == []
    assert not_fitting(21) == ["a.3"]  # the lightest, and the last of two
    assert not_fitting(20) == ["a.3", "a.1"]
    assert not_fitting(13) == ["a.3", "a.1", "a.2"]
    assert not_fitting(6) == []  # not even one fits: only time helps
    assert proposed(keys, weights, bank=bank_of(entries), minutes=10).missing_minutes == 28 + FRAME.minutes - 10


@given(cases, st.integers(0, 200), st.data())
def test_what_stays_fits_when_the_named_criteria_leave(
    pairs: list[tuple[str, float]], budget: int, data: st.DataObject
) -> None:
    criteria = [WeighedCriterion(key, weight) for key, weight in pairs]
    taken = {key: data.draw(st.integers(1, 30)) for key, _ in pairs}
    gone = leaving(criteria, taken, budget)
    left = sum(minutes for key, minutes in taken.items() if key not in gone)
    if not gone:
        assert left <= budget or taken[max(criteria, key=lambda item: item.weight).key] > budget
    else:
        assert left <= budget
        assert left + taken[gone[-1]] > budget  # no more than needed, in that order
        heaviest = max(item.weight for item in criteria if item.key in gone)
        assert all(item.weight >= heaviest for item in criteria if item.key not in gone)


def test_criterion_without_a_fitting_question_is_named() -> None:
    used = {item.id for item in BANK.entries["performance.1"].questions}
    assert proposed(["performance.1"], [1.0], used=used).uncovered == ["performance.1"]
    assert proposed([], []).questions == []


@pytest.mark.parametrize("minutes", [60, 160, 200, 240, 300, 480])
@pytest.mark.parametrize("spread", ["equal", "three", "all"])
def test_24_criteria_are_composed_within_100_ms(minutes: int, spread: str) -> None:
    weights = {"equal": [1.0] * 24, "three": [1.0 + n % 3 for n in range(24)], "all": [1 + n / 7 for n in range(24)]}
    # three times as many questions as the bank ships, each of another length
    more = {
        key: [
            question(key, number, 4 + (number * 7) % 13, "behavioural" if number < 10 else "situational")
            for number in range(18)
        ]
        for key in STATEMENTS
    }
    for bank in (BANK, bank_of(more)):
        times = []
        for _ in range(3):
            start = time.perf_counter()
            proposed(STATEMENTS, weights[spread], bank=bank, minutes=minutes)
            times.append(time.perf_counter() - start)
        assert min(times) < 0.1


@given(
    st.lists(st.tuples(st.integers(1, 60), st.none() | st.integers(0, 3)), max_size=12),
    st.integers(1, 5),
)
def test_questions_are_shared_out_evenly_and_kept_where_they_are(
    questions: list[tuple[int, int | None]], count: int
) -> None:
    people = list(range(count))
    given_out = [(minutes, who if who in people else None) for minutes, who in questions]
    found = share_out(given_out, people)
    assert [who for (_, who), now in zip(given_out, found, strict=True) if who is not None and who != now] == []
    assert found == share_out(given_out, people)
    if all(who is None for _, who in given_out):
        load = [
            sum(minutes for (minutes, _), who in zip(given_out, found, strict=True) if who == each) for each in people
        ]
        assert max(load) - min(load) <= max((minutes for minutes, _ in given_out), default=0)
        assert not found or found[0] == 0  # the chair begins
