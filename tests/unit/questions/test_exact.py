"""A proposed guide is the best of all there are: against trying everything, on small banks."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from hypothesis import given, settings
from hypothesis import strategies as st
from unit.questions.small_banks import FRAME, bank_of, question

from recruit.questions.bank import Question
from recruit.questions.choosing import WeighedCriterion
from recruit.questions.rules import compose, fitting


def tried(
    criteria: list[WeighedCriterion], options: dict[str, list[Question]], budget: int
) -> dict[str, list[str]] | None:
    """The best set by trying everything; None when nothing fits."""
    weights = sorted({item.weight for item in criteria}, reverse=True)
    best: tuple[object, ...] | None = None
    for numbers in product((1, 2, 3), repeat=len(weights)):
        if list(numbers) != sorted(numbers, reverse=True):
            continue
        number = dict(zip(weights, numbers, strict=True))
        worth = sum(
            (
                Fraction(item.weight) / each
                for item in criteria
                for each in range(1, min(number[item.weight], len(options[item.key])) + 1)
            ),
            Fraction(0),
        )
        for places in sets(criteria, options, number, budget):
            chosen = [
                options[item.key][place] for item, own in zip(ordered(criteria), places, strict=True) for place in own
            ]
            situational = sum(each.kind == "situational" for each in chosen)
            rank = (-worth, tuple(-each for each in numbers), situational, sum(map(sum, places)), places)
            if best is None or rank < best:
                best = rank
    if best is None:
        return None
    places = best[-1]
    return {
        item.key: [options[item.key][place].id for place in own]
        for item, own in zip(ordered(criteria), places, strict=True)  # type: ignore[call-overload]
    }


def ordered(criteria: list[WeighedCriterion]) -> list[WeighedCriterion]:
    return sorted(criteria, key=lambda item: (-item.weight, item.key))


def sets(
    criteria: list[WeighedCriterion], options: dict[str, list[Question]], number: dict[float, int], budget: int
) -> Iterator[tuple[tuple[int, ...], ...]]:
    ways = [
        list(combinations(range(len(own)), min(number[item.weight], len(own))))
        for item in ordered(criteria)
        for own in [options[item.key]]
    ]
    for places in product(*ways):
        minutes = sum(
            options[item.key][place].minutes
            for item, own in zip(ordered(criteria), places, strict=True)
            for place in own
        )
        if minutes <= budget:
            yield places


small = st.lists(
    st.tuples(
        st.sampled_from([1.0, 1.0, 2.0, 3.0, 0.3]),
        st.lists(st.tuples(st.integers(1, 9), st.booleans()), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(small, st.integers(1, 60))
def test_proposal_is_the_best_of_all_there_are(
    entries: list[tuple[float, list[tuple[int, bool]]]], budget: int
) -> None:
    bank = bank_of(
        {
            f"k.{place}": [
                question(f"k.{place}", number, minutes, "situational" if hypothetical else "behavioural")
                for number, (minutes, hypothetical) in enumerate(questions, start=1)
            ]
            for place, (_weight, questions) in enumerate(entries)
        }
    )
    criteria = [WeighedCriterion(f"k.{place}", weight) for place, (weight, _questions) in enumerate(entries)]
    options = {item.key: fitting(bank, item.key, "institution_manager", 1, ()) for item in criteria}
    found = compose(bank, criteria, role="institution_manager", round_number=1, minutes=budget + FRAME.minutes)
    expected = tried(criteria, options, budget)
    assert (expected is None) == bool(found.missing_minutes)
    if expected is not None:
        chosen: dict[str, list[str]] = {}
        for item in found.questions:
            chosen.setdefault(item.key, []).append(item.question.id)
        assert chosen == expected
