"""The exact choice behind a proposed guide: how many questions each weight gets, and which ones."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, combinations_with_replacement

from recruit.questions.bank import Question

MOST_QUESTIONS = 3
# Sixths of 1, 1 + 1/2 and 1 + 1/2 + 1/3: what a criterion's questions are worth for each of its weight.
WORTH = {1: 6, 2: 9, 3: 11}


@dataclass(frozen=True, slots=True)
class WeighedCriterion:
    key: str
    weight: float


def best_numbers(
    criteria: Sequence[WeighedCriterion], options: Mapping[str, Sequence[Question]], budget: int
) -> dict[float, int]:
    """How many questions the criteria of each weight get; a criterion with fewer that fit gets what there is."""
    weights = sorted({item.weight for item in criteria}, reverse=True)
    groups = [[options[item.key] for item in criteria if item.weight == weight] for weight in weights]
    most = [min(MOST_QUESTIONS, max(map(len, group))) for group in groups]
    # Minutes of the shortest questions, and worth, of a whole group for each number of questions. The worth is exact:
    # a weight is a whole number over a power of two, and all are brought to the same one.
    minutes = [[sum(sum(_shortest(own, number)) for own in group) for number in range(top + 1)]
               for group, top in zip(groups, most, strict=True)]  # fmt: skip
    whole = max(weight.as_integer_ratio()[1] for weight in weights) if weights else 1
    parts = [int(weight.as_integer_ratio()[0] * (whole // weight.as_integer_ratio()[1])) for weight in weights]
    worths = [
        [0, *(part * sum(WORTH[min(number, len(own))] for own in group) for number in range(1, top + 1))]
        for part, group, top in zip(parts, groups, most, strict=True)
    ]
    best, best_worth = [1] * len(weights), -1
    # Never rising, and those that give the heavier more first.
    for numbers in combinations_with_replacement(range(MOST_QUESTIONS, 0, -1), len(weights)):
        # Where the heavier have no more, that must not hold the lighter back: more than there is, is what there is.
        taken = [min(number, top) for number, top in zip(numbers, most, strict=True)]
        if sum(own[number] for own, number in zip(minutes, taken, strict=True)) > budget:
            continue
        worth = sum(own[number] for own, number in zip(worths, taken, strict=True))
        if worth > best_worth:
            best, best_worth = list(numbers), worth
    return dict(zip(weights, best, strict=True))


def _shortest(questions: Sequence[Question], number: int) -> list[int]:
    return sorted(question.minutes for question in questions)[:number]


@dataclass(frozen=True, slots=True)
class _Way:
    """One set of questions for a criterion: their places among its options, what they take and what they cost."""

    places: tuple[int, ...]
    minutes: int
    cost: int


def best_places(
    criteria: Sequence[WeighedCriterion],
    options: Mapping[str, Sequence[Question]],
    numbers: Mapping[float, int],
    budget: int,
) -> dict[str, tuple[int, ...]]:
    """The places of the questions by key: the least cost within the budget, by dynamic programming over minutes."""
    # One hypothetical more is worse than any places can be.
    situational = 1 + MOST_QUESTIONS * sum(len(options[item.key]) for item in criteria)
    ordered = sorted(criteria, key=lambda item: (-item.weight, item.key))
    ways = [
        _ways(options[item.key], min(numbers[item.weight], len(options[item.key])), situational) for item in ordered
    ]
    budget = min(budget, sum(max(way.minutes for way in own) for own in ways))
    # least[i][m]: the least cost of the criteria from i on within m minutes.
    least: list[list[float]] = [[0.0] * (budget + 1)]
    for own in reversed(ways):
        rest = least[-1]
        least.append(
            [
                min((way.cost + rest[left - way.minutes] for way in own if way.minutes <= left), default=math.inf)
                for left in range(budget + 1)
            ]
        )
    least.reverse()
    chosen, left = {}, budget
    for place, (item, own) in enumerate(zip(ordered, ways, strict=True)):
        rest = least[place + 1]
        way = next(
            way for way in own if way.minutes <= left and way.cost + rest[left - way.minutes] == least[place][left]
        )
        chosen[item.key] = way.places
        left -= way.minutes
    return chosen


def _ways(options: Sequence[Question], number: int, situational: int) -> list[_Way]:
    """The sets of so many questions that can be part of a best choice, those with the earlier places first."""
    # A question stands back where so many earlier ones are no longer: in any set with it, one of them is missing and
    # would do better (earlier is never more hypothetical: see `fitting`).
    kept: list[int] = []
    for place, question in enumerate(options):
        if sum(options[earlier].minutes <= question.minutes for earlier in kept) < number:
            kept.append(place)
    found = [
        _Way(
            places,
            sum(options[place].minutes for place in places),
            sum(places) + situational * sum(options[place].kind == "situational" for place in places),
        )
        for places in combinations(kept, number)
    ]
    found.sort(key=lambda way: (way.minutes, way.cost, way.places))
    useful: list[_Way] = []
    for way in found:  # longer only where it is better
        if not useful or (way.cost, way.places) < (useful[-1].cost, useful[-1].places):
            useful.append(way)
    return sorted(useful, key=lambda way: way.places)
