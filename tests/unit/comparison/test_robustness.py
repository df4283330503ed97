from __future__ import annotations

import math
import random

import numpy as np
import pytest

from recruit.comparison import robustness
from recruit.comparison.robustness import Standing, simulate

DRAWS = 300


def by_the_letter(ratings, weights, seed, draws):
    """The design's section 3 in plain Python: `ratings[criterion][candidate][member]`, 0 for none."""
    candidates, members = len(ratings[0]), len(ratings[0][0])
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn_members = generator.integers(0, members, size=(draws, members)).tolist()
    drawn_weights = generator.dirichlet(
        [20 * len(weights) * weight / sum(weights) for weight in weights], size=draws
    ).tolist()

    scores = [[] for _ in range(candidates)]
    ranks = [[] for _ in range(candidates)]
    first = [0.0] * candidates
    above = [[0.0] * candidates for _ in range(candidates)]
    for panel, importance in zip(drawn_members, drawn_weights, strict=True):
        scored = []
        for candidate in range(candidates):
            total = weight = 0.0
            for criterion, share in enumerate(importance):
                seen = [
                    ratings[criterion][candidate][member] for member in panel if ratings[criterion][candidate][member]
                ]
                if seen:
                    total += share * sum(seen) / len(seen)
                    weight += share
            scored.append(total / weight if weight else None)
        for one, score in enumerate(scored):
            if score is not None:
                scores[one].append(score)
            ranks[one].append(1 + sum(is_above(other, score) for other in scored))
            for two, other in enumerate(scored):
                above[one][two] += 1 if is_above(score, other) else 0 if is_above(other, score) else 0.5
        best = [one for one in range(candidates) if ranks[one][-1] == 1]
        for one in best:
            first[one] += 1 / len(best)
    standings = [
        Standing(
            first[one] / draws,
            sum(rank <= 2 for rank in ranks[one]) / draws,
            (lowest_reaching(ranks[one], 5), lowest_reaching(ranks[one], 95)),
            (interpolated(scores[one], 0.05), interpolated(scores[one], 0.95)) if scores[one] else None,
        )
        for one in range(candidates)
    ]
    return standings, [[share / draws for share in row] for row in above]


def is_above(one, other):
    return one is not None and (other is None or one - other > 1e-9)


def lowest_reaching(ranks, percent):
    """The lowest rank that at least so many percent of the draws do not exceed."""
    return next(rank for rank in sorted(ranks) if 100 * sum(other <= rank for other in ranks) >= percent * len(ranks))


def interpolated(scores, share):
    ordered, place = sorted(scores), (len(scores) - 1) * share
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def assert_same(ours, theirs):
    for one, other in zip(ours[0], theirs[0], strict=True):
        assert one.first == pytest.approx(other.first, abs=1e-12)
        assert one.top_two == pytest.approx(other.top_two, abs=1e-12)
        assert one.rank_interval == other.rank_interval
        if other.score_interval is None:
            assert one.score_interval is None
        else:
            assert one.score_interval == pytest.approx(other.score_interval, abs=1e-12)
    off_diagonal = ~np.eye(len(ours[0]), dtype=bool)
    assert ours[1][off_diagonal] == pytest.approx(np.array(theirs[1])[off_diagonal], abs=1e-12)


@pytest.mark.parametrize("draws", [20, DRAWS])
@pytest.mark.parametrize("seed", range(16))
def test_simulate_equals_the_plain_reading_of_the_design(seed, draws):
    chance = random.Random(seed)
    criteria, candidates, members = chance.randint(1, 4), chance.randint(1, 6), chance.randint(1, 5)
    missing = chance.choice([0.0, 0.15, 0.6])
    ratings = [
        [
            [0 if chance.random() < missing else chance.choice([2, 3, 4]) for _ in range(members)]
            for _ in range(candidates)
        ]
        for _ in range(criteria)
    ]
    weights = [chance.choice([1.0, 2.0, 0.5]) for _ in range(criteria)]
    assert_same(
        simulate(np.array(ratings, dtype=float), weights, seed, draws), by_the_letter(ratings, weights, seed, draws)
    )


def test_simulate_with_draws_in_which_nobody_or_only_some_have_a_cell():
    # member 0 rated the first two, member 1 the third, member 2 nobody
    ratings = [[[4, 0, 0], [4, 0, 0], [0, 3, 0], [0, 0, 0]]]
    ours = simulate(np.array(ratings, dtype=float), [1.0], 7, DRAWS)
    assert_same(ours, by_the_letter(ratings, [1.0], 7, DRAWS))
    assert ours[0][3].score_interval is None
    assert 0 < ours[0][3].first < 0.05


def test_simulate_shares_a_tie_for_first_equally():
    standings, above = simulate(np.array([[[4.0], [4.0], [4.0], [2.0]]]), [1.0], 1, 50)
    assert [standing.first for standing in standings] == pytest.approx([1 / 3, 1 / 3, 1 / 3, 0.0])
    assert [standing.top_two for standing in standings] == [1.0, 1.0, 1.0, 0.0]
    assert [standing.rank_interval for standing in standings] == [(1, 1), (1, 1), (1, 1), (4, 4)]
    assert (above[0, 1], above[0, 3], above[3, 0]) == (0.5, 1.0, 0.0)


def test_simulate_gives_a_pair_and_its_reverse_one_draw_between_them():
    chance = np.random.default_rng(3)
    _, above = simulate(chance.integers(0, 6, size=(3, 7, 4)).astype(float), [1.0, 2.0, 3.0], 5, DRAWS)
    assert np.array_equal((above + above.T)[~np.eye(7, dtype=bool)], np.ones(42))


def test_simulate_ties_scores_within_a_billionth_only():
    # one criterion of overwhelming weight that all share; the other moves the score by far less than a billionth
    near = simulate(np.array([[[4.0], [4.0]], [[5.0], [1.0]]]), [1.0, 1e-15], 1, DRAWS)
    assert near[1][0, 1] == 0.5
    far = simulate(np.array([[[4.0], [4.0]], [[5.0], [1.0]]]), [1.0, 0.1], 1, DRAWS)
    assert far[1][0, 1] == 1.0


def test_simulate_scores_a_candidate_whose_only_criterion_was_drawn_as_weightless():
    standings, above = simulate(np.array([[[4.0], [0.0]], [[5.0], [3.0]]]), [1.0, 1e-300], 1, DRAWS)
    assert standings[1].score_interval == (3.0, 3.0)
    assert above[0, 1] == 1.0


def test_simulate_does_not_depend_on_how_many_draws_are_worked_on_at_once(monkeypatch):
    ratings = np.random.default_rng(1).integers(0, 6, size=(3, 5, 4)).astype(float)
    whole = simulate(ratings, [1.0, 2.0, 0.3], 9, DRAWS)
    monkeypatch.setattr(robustness, "CHUNK", 35)
    pieces = simulate(ratings, [1.0, 2.0, 0.3], 9, DRAWS)
    assert pieces[0] == whole[0]
    assert np.array_equal(pieces[1], whole[1])


def test_simulate_draws_the_same_again_and_something_else_with_another_seed():
    ratings = np.random.default_rng(1).integers(1, 6, size=(3, 5, 4)).astype(float)
    assert simulate(ratings, [1.0, 1.0, 1.0], 4, DRAWS)[0] == simulate(ratings, [1.0, 1.0, 1.0], 4, DRAWS)[0]
    assert simulate(ratings, [1.0, 1.0, 1.0], 4, DRAWS)[0] != simulate(ratings, [1.0, 1.0, 1.0], 5, DRAWS)[0]


def test_simulate_with_one_draw():
    standings, _ = simulate(np.array([[[4.0], [2.0]]]), [1.0], 1, 1)
    assert standings == [Standing(1.0, 1.0, (1, 1), (4.0, 4.0)), Standing(0.0, 1.0, (2, 2), (2.0, 2.0))]
