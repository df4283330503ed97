"""Two candidates, and two rounds, beside each other: hand-worked, and what always holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.comparison.differences import differences
from recruit.comparison.rounds import Movement, movements
from recruit.comparison.rules import CandidateResult
from recruit.comparison.scores import Cell, cell, competition_ranks, relative_weights, score_of

KEYS = ("compliance.1", "emergence.2", "performance.3", "resilience")


def cells(*scores: tuple[int, ...]) -> dict[str, Cell]:
    """The cells of `KEYS` from each one's ratings."""
    return {key: cell(given, None) for key, given in zip(KEYS, scores, strict=False)}


def test_what_weighs_most_comes_first_and_what_cannot_be_compared_last() -> None:
    a, b = cells((4, 5), (2,), (), (3,)), cells((3, 3), (4,), (5,), (3,))
    found = differences(a, b, dict(zip(KEYS, (1, 2, 4, 1), strict=True)))
    assert [(one.key, one.by, one.share) for one in found] == [
        ("emergence.2", -2.0, -1.0),  # 2 · −2 / (1 + 2 + 1)
        ("compliance.1", 1.5, 0.375),
        ("resilience", 0.0, 0.0),
        ("performance.3", None, None),
    ]


def test_a_consensus_counts_in_a_difference() -> None:
    a, b = {"x": cell((1, 1), 5)}, {"x": cell((4, 4), None)}
    assert [(one.by, one.share) for one in differences(a, b, {"x": 3})] == [(1.0, 1.0)]


SCORES = st.lists(st.integers(1, 5), min_size=1, max_size=5).map(tuple)
FULL = st.tuples(SCORES, SCORES, SCORES, SCORES)


@given(FULL, FULL, st.lists(st.floats(1e-6, 1e6), min_size=4, max_size=4))
def test_differences_add_up_to_the_difference_of_the_scores(
    first: tuple[tuple[int, ...], ...], second: tuple[tuple[int, ...], ...], raw: list[float]
) -> None:
    a, b, weights = cells(*first), cells(*second), dict(zip(KEYS, raw, strict=True))
    scores = [score_of({key: one.value for key, one in of.items()}, relative_weights(weights)) for of in (a, b)]
    assert scores[0] is not None
    assert scores[1] is not None
    total = sum(one.share or 0 for one in differences(a, b, weights))
    assert total == pytest.approx(scores[0] - scores[1], abs=1e-8)


def results(weights: dict[str, float], **candidates: dict[str, Cell]) -> list[CandidateResult]:
    scores = {
        ref: score_of({key: one.value for key, one in own.items()}, {key: weights[key] for key in own})
        for ref, own in candidates.items()
    }
    ranks = competition_ranks(scores)
    return [
        CandidateResult(ref, ranks.get(ref), scores[ref], 1.0, 3, (), None, None, None, None, own)
        for ref, own in candidates.items()
    ]


def test_places_are_counted_among_those_in_both_and_scores_on_what_is_common() -> None:
    weights = {"compliance.1": 1.0, "emergence.2": 3.0, "performance.3": 1.0}
    before = results(
        weights,
        K1=cells((4,), (2,)),  # 2.5
        K2=cells((5,), (4,)),  # 4.25
        K3=cells((5,), (5,)),  # not in the second round: counts in no place
        K4=cells((3,), ()),  # the second is not evidenced
    )
    after = results(
        weights,
        K1={"emergence.2": cell((4,), None), "performance.3": cell((1,), None)},  # 3.25
        K2={"emergence.2": cell((3,), None), "performance.3": cell((3,), None)},  # 3
        K4={"emergence.2": cell((), None), "performance.3": cell((4,), None)},  # 4
    )
    assert movements(before, after, weights) == {
        "K1": Movement(places=1, score=2.0, common=1, all=3),  # 3rd of K2, K4, K1, then 2nd of K4, K1, K2
        "K2": Movement(places=-2, score=-1.0, common=1, all=3),
        "K4": Movement(places=1, score=None, common=0, all=3),
    }


def test_who_has_no_score_in_a_round_moves_nowhere() -> None:
    weights = {"compliance.1": 1.0}
    before, after = results(weights, K1=cells(()), K2=cells((3,))), results(weights, K1=cells((5,)), K2=cells((3,)))
    assert movements(before, after, weights) == {
        "K1": Movement(places=None, score=None, common=0, all=1),
        "K2": Movement(places=0, score=0.0, common=1, all=1),
    }
