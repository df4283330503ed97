"""One round compared: what the design's section 3 says, from plain values to plain values.

`compare` is the whole of it. Nothing here is stored, and nothing depends on the order in which anything was entered:
members, candidates and criteria are taken in the order of e-mail, ref and key, as plain strings.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any, NamedTuple

import numpy as np

from recruit.comparison.agreement import Agreement, Ratings, agreement_of, discuss_first, severity_of
from recruit.comparison.robustness import Standing, simulate
from recruit.comparison.scores import TIE, Cell, cell, competition_ranks, coverage_of, relative_weights, score_of
from recruit.comparison.verdict import Verdict, verdict_of

SEED = 20220111
DRAWS = 10_000
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class CriterionInput:
    key: str
    weight: float
    minimum: int | None = None


class RatingInput(NamedTuple):
    """One criterion on one counting scorecard; `score` is None for *not evidenced*."""

    member: str
    candidate: str
    criterion: str
    score: int | None


@dataclass(frozen=True, slots=True)
class RoundInput:
    """A revealed round.

    `members`: e-mails of those with at least one counting card. `candidates`: refs of the active ones. `criteria`: in
    the recruitment's order. A rating by anybody, of anybody or on anything else counts in nothing.
    `scorecards`: ref to number of counting cards. `consensus`: (ref, key) to score.
    """

    members: tuple[str, ...]
    candidates: tuple[str, ...]
    criteria: tuple[CriterionInput, ...]
    ratings: tuple[RatingInput, ...]
    scorecards: Mapping[str, int]
    consensus: Mapping[tuple[str, str], int]


@dataclass(frozen=True, slots=True)
class CandidateResult:
    """One candidate. `below_minimum` and `cells` are in the recruitment's order of criteria.

    Without any rating the candidate has no rank and no score, and nothing from the draws.
    """

    ref: str
    rank: int | None
    score: float | None
    coverage: float
    scorecards: int
    below_minimum: tuple[str, ...]
    first: float | None
    top_two: float | None
    rank_interval: tuple[int, int] | None
    score_interval: tuple[float, float] | None
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Pair:
    """Share of draws in which `a` is above `b`, ties counted half; None if one of them has no score."""

    a: str
    b: str
    above: float | None


@dataclass(frozen=True, slots=True)
class Comparison:
    """`candidates` by rank, then ref, those without a score last. `discuss`: (ref, key), the widest apart first."""

    seed: int
    draws: int
    numpy: str
    criteria: tuple[CriterionInput, ...]
    candidates: tuple[CandidateResult, ...]
    pairs: tuple[Pair, ...]
    agreement: Agreement
    severity: dict[str, float | None]
    discuss: tuple[tuple[str, str], ...]
    verdict: Verdict

    def as_json(self, recruitment: int, round_number: int) -> dict[str, Any]:
        """What `recruit compare --json` prints, from the design's section 4."""
        return {
            "recruitment": recruitment,
            "round": round_number,
            "seed": self.seed,
            "draws": self.draws,
            "numpy": self.numpy,
            "criteria": [
                {"statement": criterion.key, "weight": float(criterion.weight)} for criterion in self.criteria
            ],
            "candidates": [_candidate_json(candidate) for candidate in self.candidates],
            "pairs": [{"a": pair.a, "b": pair.b, "above": pair.above} for pair in self.pairs],
            "agreement": {"alpha": self.agreement.alpha, "metric": "ordinal", "cells": self.agreement.cells},
            "severity": dict(self.severity),
            "discuss": [{"candidate": ref, "statement": key} for ref, key in self.discuss],
            "verdict": {
                "clear": self.verdict.clear,
                "leader": self.verdict.leader,
                "between": list(self.verdict.between),
                "thin": self.verdict.thin,
            },
        }


def _candidate_json(candidate: CandidateResult) -> dict[str, Any]:
    return {
        "ref": candidate.ref,
        "rank": candidate.rank,
        "score": candidate.score,
        "coverage": candidate.coverage,
        "scorecards": candidate.scorecards,
        "below_minimum": list(candidate.below_minimum),
        "first": candidate.first,
        "top_two": candidate.top_two,
        "rank_interval": None if candidate.rank_interval is None else list(candidate.rank_interval),
        "score_interval": None if candidate.score_interval is None else list(candidate.score_interval),
        "criteria": {key: one.as_json() for key, one in candidate.cells.items()},
    }


def compare(data: RoundInput, seed: int = SEED, draws: int = DRAWS) -> Comparison:
    """Cells, scores, ranks, agreement, robustness and verdict of one round.

    ValueError for what no stored round can hold: a repeated member, candidate, criterion or rating, a score outside the
    scale, a weight that is not finite and positive, fewer than one draw.
    """
    _refuse_faults(data, draws)
    refs = sorted(data.candidates)
    keys = sorted(criterion.key for criterion in data.criteria)
    weights = relative_weights({criterion.key: criterion.weight for criterion in data.criteria})
    ratings = _ratings(data)
    cells = {
        (ref, key): cell(list(ratings.get((ref, key), {}).values()), data.consensus.get((ref, key)))
        for ref in refs
        for key in keys
    }
    means = {ref: {key: cells[ref, key].mean for key in keys} for ref in refs}
    values = {ref: {key: cells[ref, key].value for key in keys} for ref in refs}
    scores = {ref: score_of(values[ref], weights) for ref in refs}
    ranks = competition_ranks(scores)
    standings, above = _robustness(data, ratings, weights, sorted(ranks), seed, draws)

    candidates = [
        CandidateResult(
            ref=ref,
            rank=ranks.get(ref),
            score=scores[ref],
            coverage=coverage_of(values[ref], weights),
            scorecards=data.scorecards.get(ref, 0),
            below_minimum=tuple(
                criterion.key for criterion in data.criteria if _is_below(values[ref][criterion.key], criterion.minimum)
            ),
            first=standings[ref].first,
            top_two=standings[ref].top_two,
            rank_interval=standings[ref].rank_interval,
            score_interval=standings[ref].score_interval,
            cells={criterion.key: cells[ref, criterion.key] for criterion in data.criteria},
        )
        for ref in refs
    ]
    return Comparison(
        seed=seed,
        draws=draws,
        numpy=np.__version__,
        criteria=data.criteria,
        candidates=tuple(sorted(candidates, key=lambda one: (one.rank or math.inf, one.ref))),
        pairs=tuple(Pair(a, b, above.get((a, b))) for a, b in combinations(refs, 2)),
        agreement=agreement_of(ratings),
        severity=severity_of(ratings, sorted(data.members)),
        discuss=discuss_first(cells),
        verdict=verdict_of(
            shares={ref: standing.first for ref, standing in standings.items() if standing.first is not None},
            ranks=competition_ranks({ref: score_of(means[ref], weights) for ref in refs}),
            rated_on={ref: frozenset(key for key in keys if means[ref][key] is not None) for ref in refs},
            scorecards=data.scorecards,
        ),
    )


def _refuse_faults(data: RoundInput, draws: int) -> None:
    for name, entries in (
        ("member", data.members),
        ("candidate", data.candidates),
        ("criterion", [criterion.key for criterion in data.criteria]),
        ("rating", [(rating.member, rating.candidate, rating.criterion) for rating in data.ratings]),
    ):
        if len(set(entries)) < len(entries):
            raise ValueError(f"a {name} is repeated")
    for score in (*(rating.score for rating in data.ratings), *data.consensus.values()):
        if score is not None and not LOWEST <= score <= HIGHEST:
            raise ValueError(f"the score {score} is outside the scale")
    for criterion in data.criteria:
        if not (math.isfinite(criterion.weight) and criterion.weight > 0):
            raise ValueError(f"the weight of {criterion.key} is not finite and positive")
    if draws < 1:
        raise ValueError("at least one draw is needed")


def _ratings(data: RoundInput) -> Ratings:
    """The scores by (ref, key) and member; cells without a score are left out."""
    members, refs = set(data.members), set(data.candidates)
    keys = {criterion.key for criterion in data.criteria}
    ratings: dict[tuple[str, str], dict[str, int]] = {}
    for rating in data.ratings:
        if (
            rating.score is not None
            and rating.member in members
            and rating.candidate in refs
            and rating.criterion in keys
        ):
            ratings.setdefault((rating.candidate, rating.criterion), {})[rating.member] = rating.score
    return ratings


def _robustness(
    data: RoundInput, ratings: Ratings, weights: Mapping[str, float], scored: Sequence[str], seed: int, draws: int
) -> tuple[dict[str, Standing], dict[tuple[str, str], float]]:
    """Each candidate's standing by ref, and the share of draws in which a is above b by (a, b).

    Only candidates with a score take part: in a draw where nobody has a cell the others share the first place.
    """
    standings = {ref: Standing() for ref in data.candidates}
    if not scored:
        return standings, {}
    keys = sorted(weights)
    row = {key: place for place, key in enumerate(keys)}
    column = {ref: place for place, ref in enumerate(scored)}
    layer = {member: place for place, member in enumerate(sorted(data.members))}
    table = np.zeros((len(row), len(column), len(layer)))
    for (ref, key), by_member in ratings.items():
        for member, score in by_member.items():
            table[row[key], column[ref], layer[member]] = score
    drawn, above = simulate(table, [weights[key] for key in keys], seed, draws)
    standings.update(zip(scored, drawn, strict=True))
    return standings, {(a, b): float(above[column[a], column[b]]) for a, b in combinations(scored, 2)}


def _is_below(value: float | None, minimum: int | None) -> bool:
    return value is not None and minimum is not None and value < minimum - TIE
