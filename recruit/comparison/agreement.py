"""How far the members agree: Krippendorff's alpha, each member's severity, and what to discuss first.

Everything here looks at the first ratings only. A cell is a candidate and a criterion: `(ref, key)`.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from typing import Literal

from recruit.comparison.scores import Cell

FEWEST_CELLS = 6
WIDE_SPREAD = 2
MOST_TO_DISCUSS = 5

Ratings = Mapping[tuple[str, str], Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Agreement:
    """`cells` counts those with at least two ratings; `reason` says why `alpha` is None."""

    alpha: float | None
    cells: int
    reason: Literal["few_cells", "no_variation"] | None


def agreement_of(ratings: Ratings) -> Agreement:
    """Krippendorff's ordinal alpha over the cells with at least two ratings, members as coders."""
    paired = [list(by_member.values()) for by_member in ratings.values() if len(by_member) > 1]
    if len(paired) < FEWEST_CELLS:
        return Agreement(alpha=None, cells=len(paired), reason="few_cells")
    alpha = ordinal_alpha(paired)
    return Agreement(alpha=alpha, cells=len(paired), reason="no_variation" if alpha is None else None)


def ordinal_alpha(units: Iterable[Collection[int]]) -> float | None:
    """Krippendorff's alpha for ordinal data, None if all values are equal.

    `units` holds the values that each unit was given, by whom does not matter; units with one value are left out.
    Source: K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D with the ordinal metric, and
    "Content Analysis" (4th ed., 2019), chapter 12. Computed in whole numbers and fractions, rounded once.
    """
    coincidences: defaultdict[int, Counter[tuple[int, int]]] = defaultdict(Counter)
    marginals: Counter[int] = Counter()
    for values in units:
        if len(values) > 1:
            counts = Counter(values)
            marginals.update(counts)
            for low, high in combinations(sorted(counts), 2):
                coincidences[len(values)][low, high] += counts[low] * counts[high]

    # four times the squared ordinal distance, which keeps it a whole number
    distance: dict[tuple[int, int], int] = {}
    for low, high in combinations(sorted(marginals), 2):
        between = sum(count for value, count in marginals.items() if low <= value <= high)
        distance[low, high] = (2 * between - marginals[low] - marginals[high]) ** 2
    if not distance:
        return None
    observed = sum(
        (
            Fraction(sum(count * distance[pair] for pair, count in pairs.items()), size - 1)
            for size, pairs in coincidences.items()
        ),
        start=Fraction(0),
    )
    expected = sum(marginals[low] * marginals[high] * squared for (low, high), squared in distance.items())
    return float(1 - (marginals.total() - 1) * observed / expected)


def severity_of(ratings: Ratings, members: Iterable[str]) -> dict[str, float | None]:
    """By member: the own mean minus the mean of the cells, over the own cells with at least two ratings.

    Negative is stricter than the panel, in steps of the scale; None without such a cell.
    """
    differences: dict[str, list[float]] = {member: [] for member in members}
    for by_member in ratings.values():
        n, total = len(by_member), sum(by_member.values())
        if n > 1:
            for member, score in by_member.items():
                differences[member].append((n * score - total) / n)
    return {member: math.fsum(own) / len(own) if own else None for member, own in differences.items()}


def discuss_first(cells: Mapping[tuple[str, str], Cell]) -> tuple[tuple[str, str], ...]:
    """The up to five cells with the largest standard deviation among those with a spread of two or more."""
    wide = [
        (-cell.sd, place)
        for place, cell in cells.items()
        if cell.sd is not None and cell.spread is not None and cell.spread >= WIDE_SPREAD
    ]
    return tuple(place for _, place in sorted(wide)[:MOST_TO_DISCUSS])
