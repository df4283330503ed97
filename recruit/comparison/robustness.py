"""How far the ranking hangs on who sat in the panel and on the exact weights: ten thousand draws.

In each draw the members are resampled with replacement and the weights are drawn around the chosen ones, and every
candidate is scored and ranked anew. A bootstrap over raters: B. Efron & R. Tibshirani, "An Introduction to the
Bootstrap" (1993); Dirichlet weights: the design's section 3.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from recruit.comparison.scores import SMALLEST_WEIGHT, TIE

CONCENTRATION = 20
PERCENTILES = (0.05, 0.95)
# Numbers worked on at once: small enough for the processor's cache, which is where the time goes.
CHUNK = 40_000

Floats = NDArray[np.float64]
Ranks = NDArray[np.int16]


@dataclass(frozen=True, slots=True)
class Standing:
    """What the draws say of one candidate.

    `first`, `top_two`: share of draws (0 to 1). `rank_interval`, `score_interval`: 5th and 95th percentile, the latter
    None if no draw gave a score. All None for a candidate who has none to begin with.
    """

    first: float | None = None
    top_two: float | None = None
    rank_interval: tuple[int, int] | None = None
    score_interval: tuple[float, float] | None = None


def simulate(ratings: Floats, weights: Sequence[float], seed: int, draws: int) -> tuple[list[Standing], Floats]:
    """Draw, score and rank: each candidate's standing, and the share of draws in which a is above b as `[a, b]`.

    `ratings`: criteria x candidates x members, 0 where there is no rating; none of the three may be empty.
    `weights`: one for each criterion, positive. All in canonical order, which the draws depend on.
    """
    members = ratings.shape[2]
    generator = np.random.Generator(np.random.PCG64(seed))
    drawn_members = generator.integers(0, members, size=(draws, members))
    prior = CONCENTRATION * len(weights) * np.asarray(weights) / np.sum(weights)
    # A tiny weight can be drawn as zero, and a candidate rated on that criterion alone still has a score.
    drawn_weights = np.maximum(generator.dirichlet(prior, size=draws), SMALLEST_WEIGHT).T.copy()
    times_drawn = _times_drawn(drawn_members)

    candidates = ratings.shape[1]
    scores = np.empty((candidates, draws))
    ranks = np.empty((candidates, draws), dtype=np.int16)
    above = np.zeros((candidates, candidates))
    width = max(1, CHUNK // candidates)
    for start in range(0, draws, width):
        chunk = slice(start, start + width)
        scores[:, chunk] = _scores(ratings, times_drawn[:, chunk], drawn_weights[:, chunk])
        ranks[:, chunk] = _rank(scores[:, chunk], above)

    is_first = ranks == 1
    first = (is_first / is_first.sum(axis=0)).mean(axis=1)
    top_two = (ranks <= 2).mean(axis=1)
    standings = [
        Standing(float(first[one]), float(top_two[one]), _rank_interval(ranks[one]), _score_interval(scores[one]))
        for one in range(candidates)
    ]
    return standings, above / draws


def _times_drawn(drawn_members: NDArray[np.int64]) -> Floats:
    """Members x draws: how often each member was drawn."""
    draws, members = drawn_members.shape
    slots = drawn_members + members * np.arange(draws)[:, None]
    return np.bincount(slots.ravel(), minlength=draws * members).reshape(draws, members).T.astype(np.float64, order="C")


def _scores(ratings: Floats, times_drawn: Floats, weights: Floats) -> Floats:
    """Candidates x draws: the score in each draw, minus infinity for a candidate without a cell in it."""
    shape = (ratings.shape[1], times_drawn.shape[1])
    weighted, weight = np.zeros(shape), np.zeros(shape)
    for rated, drawn_weight in zip(ratings, weights, strict=True):
        total = rated @ times_drawn
        if rated.all():
            total /= rated.shape[1]
            weight += drawn_weight
        else:
            n = (rated > 0).astype(np.float64) @ times_drawn
            weight += drawn_weight * (n > 0)
            total /= np.maximum(n, 1, out=n)
        weighted += np.multiply(total, drawn_weight, out=total)
    missing = weight == 0
    weight[missing] = 1
    weighted /= weight
    weighted[missing] = -np.inf
    return weighted


def _rank(scores: Floats, above: Floats) -> Ranks:
    """Candidates x draws: the competition rank in each draw. Adds the pairs' counts, ties as halves, to `above`."""
    candidates, draws = scores.shape
    ranks = np.ones((candidates, draws), dtype=np.int16)
    for one in range(candidates - 1):
        rest = slice(one + 1, candidates)
        lower = scores[rest] < scores[one] - TIE
        higher = scores[rest] > scores[one] + TIE
        ranks[rest] += lower
        ranks[one] += higher.sum(axis=0, dtype=np.int16)
        wins = (draws + np.count_nonzero(lower, axis=1) - np.count_nonzero(higher, axis=1)) / 2
        above[one, rest] += wins
        above[rest, one] += draws - wins
    return ranks


def _rank_interval(ranks: Ranks) -> tuple[int, int]:
    low, high = np.quantile(ranks, PERCENTILES, method="inverted_cdf")
    return int(low), int(high)


def _score_interval(scores: Floats) -> tuple[float, float] | None:
    scored = scores[scores > -np.inf]
    if not scored.size:
        return None
    low, high = np.quantile(scored, PERCENTILES, method="linear")
    return float(low), float(high)
