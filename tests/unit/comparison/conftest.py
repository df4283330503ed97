"""Rounds written as small tables."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import pytest

from recruit.comparison.rules import CriterionInput, RatingInput, RoundInput

MakeRound = Callable[..., RoundInput]


def _make_round(
    table: Mapping[str, Mapping[str, str]],
    *,
    weights: Sequence[float] | None = None,
    minimums: Mapping[str, int] | None = None,
    consensus: Mapping[tuple[str, str], int] | None = None,
) -> RoundInput:
    """`table` holds one text for each member and candidate, one sign for each criterion (`c1`, `c2` …).

    A digit is a score and `-` is *not evidenced*.
    """
    refs = tuple(dict.fromkeys(ref for cards in table.values() for ref in cards))
    width = max((len(signs) for cards in table.values() for signs in cards.values()), default=0)
    weights = weights or [1.0] * width
    return RoundInput(
        members=tuple(table),
        candidates=refs,
        criteria=tuple(
            CriterionInput(f"c{place}", weight, (minimums or {}).get(f"c{place}"))
            for place, weight in enumerate(weights, start=1)
        ),
        ratings=tuple(
            RatingInput(member, ref, f"c{place}", None if sign == "-" else int(sign))
            for member, cards in table.items()
            for ref, signs in cards.items()
            for place, sign in enumerate(signs, start=1)
        ),
        scorecards={ref: sum(ref in cards for cards in table.values()) for ref in refs},
        consensus=consensus or {},
    )


@pytest.fixture(scope="session")
def make_round() -> MakeRound:
    return _make_round
