"""The design's section 3 read once more, slowly and by itself: from a case file's values to what `compare --json` prints.

Nothing here is taken from the product. Means, scores and agreement are fractions; a draw is worked out one at a time.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from itertools import combinations, permutations
from typing import Any

import numpy as np

SEED, DRAWS, TIE = 20220111, 10_000, Fraction(1, 10**9)
SMALLEST = 1e-300  # a weight that is drawn as nothing still weighs where it is the only one

Ratings = dict[tuple[str, str, str], int]  # member, ref, criterion -> score


def expected(case: Mapping[str, Any], number: int) -> dict[str, Any]:
    """What the command prints for the round, but for `recruitment` and `numpy`."""
    round_ = next(item for item in case["rounds"] if item["number"] == number)
    criteria = [
        item
        for item in case["criteria"]
        if key_of(item) in round_.get("criteria", [key_of(one) for one in case["criteria"]])
    ]
    keys = [key_of(item) for item in criteria]
    weights = {key_of(item): Fraction(item.get("weight", 1)) for item in criteria}
    refs = sorted(
        item["ref"]
        for item in case["candidates"]
        if item.get("status", "active") == "active" and item["ref"] in round_.get("candidates", [item["ref"]])
    )
    cards = [
        card
        for card in case["scorecards"]
        if card["round"] == number and card["submitted"] and card["candidate"] in refs
    ]
    ratings: Ratings = {
        (card["panelist"], card["candidate"], key): rating["score"]
        for card in cards
        for key, rating in card["ratings"].items()
        if "score" in rating
    }
    members = sorted({card["panelist"] for card in cards})
    agreed = {
        (item["candidate"], item["statement"]): item["score"]
        for item in case.get("consensus", [])
        if item["round"] == number
    }

    given = {
        (ref, key): [ratings[m, ref, key] for m in members if (m, ref, key) in ratings] for ref in refs for key in keys
    }
    first = {place: mean(scores) for place, scores in given.items() if scores}
    value = {place: Fraction(agreed.get(place, first[place])) for place in first}
    scores, coverage = {}, {}
    for ref in refs:
        seen = [key for key in keys if (ref, key) in value]
        coverage[ref] = sum((weights[key] for key in seen), Fraction(0)) / sum(weights.values())
        if seen:
            scores[ref] = sum(weights[key] * value[ref, key] for key in seen) / sum(weights[key] for key in seen)
    ranks = ranked(scores)
    drawn = robustness(ratings, members, sorted(scores), weights)
    minimums = {key_of(item): item["minimum"] for item in criteria if item.get("minimum")}
    count = {ref: sum(card["candidate"] == ref for card in cards) for ref in refs}
    candidates = [
        {
            "ref": ref,
            "rank": ranks.get(ref),
            "score": as_float(scores.get(ref)),
            "coverage": float(coverage[ref]),
            "scorecards": count[ref],
            "below_minimum": [key for key in keys if (ref, key) in value and value[ref, key] < minimums.get(key, 0)],
            **{
                name: drawn[ref][name] if ref in drawn else None
                for name in ("first", "top_two", "rank_interval", "score_interval")
            },
            "criteria": {key: cell(given[ref, key], agreed.get((ref, key))) for key in keys},
        }
        for ref in sorted(refs, key=lambda ref: (ranks.get(ref, math.inf), ref))
    ]
    return {
        "round": number,
        "seed": SEED,
        "draws": DRAWS,
        "criteria": [{"statement": key, "weight": float(weights[key])} for key in keys],
        "candidates": candidates,
        "pairs": [
            {"a": a, "b": b, "above": drawn[a]["above"][b] if a in drawn and b in drawn else None}
            for a, b in combinations(refs, 2)
        ],
        "agreement": agreement(list(given.values())),
        "severity": {member: severity(member, ratings, first, given) for member in members},
        "discuss": [
            {"candidate": ref, "statement": key}
            for _variance, ref, key in sorted(
                (-variance(scores), ref, key)
                for (ref, key), scores in given.items()
                if len(scores) > 1 and max(scores) - min(scores) >= 2
            )[:5]
        ],
        "verdict": verdict(drawn, ranked(first_scores(first, refs, keys, weights)), first, keys, count),
    }  # fmt: skip


def key_of(criterion: Mapping[str, Any]) -> str:
    return str(criterion.get("statement") or criterion["area"])


def mean(scores: Sequence[int]) -> Fraction:
    return Fraction(sum(scores), len(scores))


def as_float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def variance(scores: Sequence[int]) -> Fraction:
    return sum(((x - mean(scores)) ** 2 for x in scores), Fraction(0)) / (len(scores) - 1)


def cell(scores: Sequence[int], consensus: int | None) -> dict[str, Any]:
    if not scores:
        return {"mean": None, "median": None, "sd": None, "spread": None, "n": 0, "consensus": None}
    ordered, half = sorted(scores), len(scores) // 2
    return {
        "mean": float(mean(scores)),
        "median": float(ordered[half]) if len(scores) % 2 else (ordered[half - 1] + ordered[half]) / 2,
        "sd": math.sqrt(variance(scores)) if len(scores) > 1 else None,
        "spread": ordered[-1] - ordered[0],
        "n": len(scores),
        "consensus": consensus,
    }


def ranked(scores: Mapping[str, Fraction]) -> dict[str, int]:
    """1, 2, 2, 4; whoever is within the tie of the first of a group shares its place."""
    found: dict[str, int] = {}
    leader: tuple[Fraction, int] | None = None
    for place, ref in enumerate(sorted(scores, key=lambda ref: (-scores[ref], ref)), start=1):
        if leader is None or leader[0] - scores[ref] > TIE:
            leader = (scores[ref], place)
        found[ref] = leader[1]
    return found


def first_scores(
    first: Mapping[tuple[str, str], Fraction], refs: Iterable[str], keys: Sequence[str], weights: Mapping[str, Fraction]
) -> dict[str, Fraction]:
    """The scores on the first ratings alone."""
    seen = {ref: [key for key in keys if (ref, key) in first] for ref in refs}
    return {
        ref: sum(weights[key] * first[ref, key] for key in own) / sum(weights[key] for key in own)
        for ref, own in seen.items()
        if own
    }


def agreement(cells: Sequence[Sequence[int]]) -> dict[str, Any]:
    """Alpha from its definition: every ordered pair of ratings of a cell, and of all ratings that can be paired."""
    units = [scores for scores in cells if len(scores) > 1]
    found: dict[str, Any] = {"alpha": None, "metric": "ordinal", "cells": len(units)}
    values = [score for scores in units for score in scores]
    if len(units) < 6 or len(set(values)) < 2:
        return found

    def apart(one: int, other: int) -> Fraction:
        """The squared ordinal distance: the ratings from one value to the other, half of those at either end."""
        low, high = min(one, other), max(one, other)
        between = sum(low <= value <= high for value in values)
        return (between - Fraction(values.count(low) + values.count(high), 2)) ** 2 if low != high else Fraction(0)

    distance = {(one, other): apart(one, other) for one in set(values) for other in set(values)}
    observed = sum(
        sum(distance[pair] for pair in permutations(scores, 2)) / Fraction(len(scores) - 1) for scores in units
    ) / len(values)
    chance = sum(distance[pair] for pair in permutations(values, 2)) / Fraction(len(values) * (len(values) - 1))
    found["alpha"] = float(1 - observed / chance)
    return found


def severity(
    member: str,
    ratings: Ratings,
    first: Mapping[tuple[str, str], Fraction],
    given: Mapping[tuple[str, str], Sequence[int]],
) -> float | None:
    own = [
        score - first[ref, key]
        for (by, ref, key), score in ratings.items()
        if by == member and len(given[ref, key]) > 1
    ]
    return float(sum(own, Fraction(0)) / len(own)) if own else None


def robustness(
    ratings: Ratings, members: Sequence[str], refs: Sequence[str], weights: Mapping[str, Fraction]
) -> dict[str, dict[str, Any]]:
    """What the draws say of each candidate with a score, `above` by the other's ref."""
    if not refs:
        return {}
    keys = sorted(weights)
    generator = np.random.Generator(np.random.PCG64(SEED))
    panels = generator.integers(0, len(members), size=(DRAWS, len(members))).tolist()
    total = sum(weights.values())
    prior = [float(20 * len(keys) * weights[key] / total) for key in keys]
    importance = generator.dirichlet(prior, size=DRAWS).tolist()

    means: dict[tuple[int, ...], dict[tuple[str, int], float]] = {}  # of a panel's cells, once for each panel
    scores: dict[str, list[float | None]] = {ref: [] for ref in refs}
    ranks: dict[str, list[int]] = {ref: [] for ref in refs}
    first = dict.fromkeys(refs, 0.0)
    above = {a: dict.fromkeys(refs, 0.0) for a in refs}
    for drawn, shares in zip(panels, importance, strict=True):
        panel = tuple(sorted(drawn))
        if panel not in means:
            seen = {
                (ref, place): [ratings[members[m], ref, key] for m in panel if (members[m], ref, key) in ratings]
                for ref in refs
                for place, key in enumerate(keys)
            }
            means[panel] = {cell: sum(found) / len(found) for cell, found in seen.items() if found}
        cells = means[panel]
        here: dict[str, float] = {}
        for ref in refs:
            own = [place for place in range(len(keys)) if (ref, place) in cells]
            weight = sum(max(shares[place], SMALLEST) for place in own)
            here[ref] = (
                sum(max(shares[place], SMALLEST) * cells[ref, place] for place in own) / weight if own else -math.inf
            )
            scores[ref].append(here[ref] if own else None)
        for a in refs:
            beats = {b: (here[a] > here[b] + 1e-9) - (here[b] > here[a] + 1e-9) for b in refs}
            ranks[a].append(1 + sum(result < 0 for result in beats.values()))
            for b, result in beats.items():
                above[a][b] += (1 + result) / 2
        leaders = [ref for ref in refs if ranks[ref][-1] == 1]
        for ref in leaders:
            first[ref] += 1 / len(leaders)
    return {
        ref: {
            "first": first[ref] / DRAWS,
            "top_two": sum(rank <= 2 for rank in ranks[ref]) / DRAWS,
            "rank_interval": [sorted(ranks[ref])[DRAWS * share // 100 - 1] for share in (5, 95)],
            "score_interval": interval([score for score in scores[ref] if score is not None]),
            "above": {b: count / DRAWS for b, count in above[ref].items()},
        }
        for ref in refs
    }


def interval(scores: Sequence[float]) -> list[float] | None:
    if not scores:
        return None
    found = []
    for share in (0.05, 0.95):
        place = (len(scores) - 1) * share
        low = sorted(scores)[math.floor(place)]
        high = sorted(scores)[min(math.floor(place) + 1, len(scores) - 1)]
        found.append(low + (high - low) * (place - math.floor(place)))
    return found


def verdict(
    drawn: Mapping[str, Mapping[str, Any]],
    ranks: Mapping[str, int],
    first: Mapping[tuple[str, str], Fraction],
    keys: Sequence[str],
    cards: Mapping[str, int],
) -> dict[str, Any]:
    if not drawn:
        return {"clear": False, "leader": None, "between": [], "thin": False}
    share = {ref: round(drawn[ref]["first"], 9) for ref in drawn}
    leader = min(share, key=lambda ref: (-share[ref], ranks[ref], ref))
    rated = {ref: {key for key in keys if (ref, key) in first} for ref in drawn}
    alike = all(rated[ref] == rated[leader] for ref in drawn if share[ref] > 0.05)
    clear = len(drawn) > 1 and share[leader] >= 0.9 and alike
    between: list[str] = []
    if len(drawn) > 1 and not clear:
        others = sorted(drawn.keys() - {leader}, key=lambda ref: (-share[ref], ranks[ref], ref))
        named = [leader, others[0], *(ref for ref in others[1:] if share[ref] > 0.1)]
        between = sorted(named, key=lambda ref: (-share[ref], ref))
    thin = any(cards[ref] < 3 for ref in {leader, *between})
    return {"clear": clear, "leader": leader, "between": between, "thin": thin}
