"""One cell, one score, one rank: the arithmetic of a comparison, from the design's section 3.

Ratings are integers, so means and deviations are formed from integer sums with one rounding, and weighted sums with
`math.fsum`: the order in which anything was entered changes no digit.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import median

TIE = 1e-9
SMALLEST_WEIGHT = 1e-300


@dataclass(frozen=True, slots=True)
class Cell:
    """One candidate on one criterion. All but `consensus` and `value` tell of the first ratings; None without them.

    `sd` is the sample standard deviation (n - 1), None for fewer than two ratings; `spread` is max - min.
    """

    mean: float | None
    median: float | None
    sd: float | None
    spread: int | None
    n: int
    consensus: int | None

    @property
    def value(self) -> float | None:
        """What score and minimum use: the consensus where there is one, else the mean."""
        return self.mean if self.consensus is None else self.consensus

    def as_json(self) -> dict[str, float | None]:
        return {
            "mean": self.mean,
            "median": self.median,
            "sd": self.sd,
            "spread": self.spread,
            "n": self.n,
            "consensus": self.consensus,
        }


def cell(scores: Sequence[int], consensus: int | None) -> Cell:
    """The cell of these first ratings. Without any rating there is no consensus either (the design's rule 3)."""
    n = len(scores)
    if n == 0:
        return Cell(mean=None, median=None, sd=None, spread=None, n=0, consensus=None)
    total = sum(scores)
    squares = sum(score * score for score in scores)
    return Cell(
        mean=total / n,
        median=float(median(scores)),
        sd=math.sqrt((n * squares - total * total) / (n * (n - 1))) if n > 1 else None,
        spread=max(scores) - min(scores),
        n=n,
        consensus=consensus,
    )


def relative_weights(weights: Mapping[str, float]) -> dict[str, float]:
    """The weights by criterion, each between `SMALLEST_WEIGHT` and 1, in the same proportions.

    Any finite positive weight is allowed, so the plain sum could overflow and a share could vanish. Scaling by a power
    of two costs no digit.
    """
    if not weights:
        return {}
    exponent = math.frexp(max(weights.values()))[1]
    return {key: max(math.ldexp(weight, -exponent), SMALLEST_WEIGHT) for key, weight in weights.items()}


def score_of(values: Mapping[str, float | None], weights: Mapping[str, float]) -> float | None:
    """The weighted mean over the criteria that have a value, None if none has. Both by criterion."""
    observed = [(weights[key], value) for key, value in values.items() if value is not None]
    if not observed:
        return None
    return math.fsum(weight * value for weight, value in observed) / math.fsum(weight for weight, _ in observed)


def coverage_of(values: Mapping[str, float | None], weights: Mapping[str, float]) -> float:
    """The share (0 to 1) of the weight that lies on criteria with a value; 0 without criteria."""
    if not weights:
        return 0.0
    return math.fsum(weights[key] for key, value in values.items() if value is not None) / math.fsum(weights.values())


def competition_ranks(scores: Mapping[str, float | None]) -> dict[str, int]:
    """Standard competition ranks (1, 2, 2, 4), the highest score first. Whoever has no score has no rank.

    A score is tied with the first of its group if it is within `TIE` of it.
    """
    scored = sorted(((score, ref) for ref, score in scores.items() if score is not None), reverse=True)
    ranks: dict[str, int] = {}
    rank, highest = 0, math.inf
    for place, (score, ref) in enumerate(scored, start=1):
        if highest - score > TIE:
            rank, highest = place, score
        ranks[ref] = rank
    return ranks
