from __future__ import annotations

import dataclasses
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from recruit.comparison.rules import CriterionInput, RatingInput, RoundInput, compare

DRAWS = 40
MEMBERS, REFS, KEYS = ["d", "b", "c", "a"], ["K2", "K10", "K1", "K3", "K4"], ["c2", "c1", "c4", "c3"]
SCORES = st.integers(1, 5)
SCORES_AND_GAPS = st.none() | SCORES
WEIGHTS = st.floats(0.1, 10)
MOSTLY = st.sampled_from([True, True, False])
ALWAYS = st.just(True)


@st.composite
def rounds(draw, ratings=SCORES_AND_GAPS, weights=WEIGHTS, least=0, done=MOSTLY):
    """A round of any shape: members who rated little or nothing, cards never written, a consensus here and there."""
    members = MEMBERS[: draw(st.integers(least, len(MEMBERS)))]
    refs = REFS[: draw(st.integers(least, len(REFS)))]
    keys = KEYS[: draw(st.integers(least, len(KEYS)))]
    cards = [card for card in itertools.product(members, refs) if draw(done)]
    return RoundInput(
        members=tuple(members),
        candidates=tuple(refs),
        criteria=tuple(CriterionInput(key, draw(weights), draw(SCORES_AND_GAPS)) for key in keys),
        ratings=tuple(RatingInput(member, ref, key, draw(ratings)) for member, ref in cards for key in keys),
        scorecards={ref: sum(card[1] == ref for card in cards) for ref in refs},
        consensus={cell: draw(SCORES) for cell in itertools.product(refs, keys) if draw(st.integers(0, 3)) == 0},
    )


def full_rounds():
    return rounds(ratings=SCORES, least=1, done=ALWAYS)


quickly = settings(deadline=None, max_examples=100)


@quickly
@given(rounds(), st.data())
def test_order_of_entry_changes_nothing_to_the_last_digit(data, choice):
    def mixed(entries):
        return tuple(choice.draw(st.permutations(entries)))

    criteria = mixed(data.criteria)
    other = RoundInput(
        members=mixed(data.members),
        candidates=mixed(data.candidates),
        criteria=criteria,
        ratings=mixed(data.ratings),
        scorecards=dict(mixed(list(data.scorecards.items()))),
        consensus=dict(mixed(list(data.consensus.items()))),
    )
    expected, found = compare(data, draws=DRAWS), compare(other, draws=DRAWS)
    # only what is shown in the recruitment's order of criteria may, and must, follow it
    place = {criterion.key: number for number, criterion in enumerate(criteria)}
    assert found == dataclasses.replace(
        expected,
        criteria=criteria,
        candidates=tuple(
            dataclasses.replace(one, below_minimum=tuple(sorted(one.below_minimum, key=place.__getitem__)))
            for one in expected.candidates
        ),
    )
    assert list(found.severity) == list(expected.severity)


@quickly
@given(rounds(), st.floats(1e-3, 1e3))
def test_scaling_all_weights_changes_no_score(data, factor):
    scaled = dataclasses.replace(
        data, criteria=tuple(dataclasses.replace(one, weight=one.weight * factor) for one in data.criteria)
    )
    found = {one.ref: one for one in compare(scaled, draws=1).candidates}
    for one in compare(data, draws=1).candidates:
        assert found[one.ref].score == pytest.approx(one.score, abs=1e-12)
        assert found[one.ref].coverage == pytest.approx(one.coverage, abs=1e-12)


@quickly
@given(rounds(), st.integers(-20, 20))
def test_doubling_all_weights_changes_no_digit_of_anything_else(data, times):
    scaled = dataclasses.replace(
        data, criteria=tuple(dataclasses.replace(one, weight=one.weight * 2.0**times) for one in data.criteria)
    )
    assert dataclasses.replace(compare(scaled, draws=DRAWS), criteria=()) == dataclasses.replace(
        compare(data, draws=DRAWS), criteria=()
    )


@quickly
@given(full_rounds(), st.data())
def test_a_dominated_candidate_never_ranks_above_its_dominator(data, choice):
    lowered = tuple(
        RatingInput(rating.member, "lower", rating.criterion, max(1, rating.score - choice.draw(st.integers(0, 2))))
        for rating in data.ratings
        if rating.candidate == data.candidates[0]
    )
    comparison = compare(
        dataclasses.replace(data, candidates=(*data.candidates, "lower"), ratings=data.ratings + lowered, consensus={}),
        draws=DRAWS,
    )
    candidates = {one.ref: one for one in comparison.candidates}
    dominator, dominated = candidates[data.candidates[0]], candidates["lower"]
    assert dominator.score >= dominated.score
    assert dominator.rank <= dominated.rank
    assert dominator.first >= dominated.first
    above = next(pair.above for pair in comparison.pairs if (pair.a, pair.b) == (dominator.ref, "lower"))
    assert above >= 0.5


@quickly
@given(rounds())
def test_consensus_touches_neither_draws_nor_agreement_nor_verdict(data):
    def untouched(comparison):
        return (
            {one.ref: (one.first, one.top_two, one.rank_interval, one.score_interval) for one in comparison.candidates},
            comparison.pairs,
            comparison.agreement,
            comparison.severity,
            comparison.discuss,
            comparison.verdict,
        )

    without = dataclasses.replace(data, consensus={})
    assert untouched(compare(data, draws=DRAWS)) == untouched(compare(without, draws=DRAWS))


@quickly
@given(rounds())
def test_shares_ranked_first_add_up_to_one(data):
    shares = [one.first for one in compare(data, draws=DRAWS).candidates if one.first is not None]
    assert sum(shares) == pytest.approx(1.0 if shares else 0.0, abs=1e-12)


@quickly
@given(rounds())
def test_a_pair_named_the_other_way_round_has_the_rest_of_the_draws(data):
    # refs have no part in the draws, so giving them in the opposite order turns every pair round
    opposite = dict(zip(sorted(data.candidates), sorted(data.candidates, reverse=True), strict=True))
    turned = dataclasses.replace(
        data,
        candidates=tuple(opposite[ref] for ref in data.candidates),
        ratings=tuple(rating._replace(candidate=opposite[rating.candidate]) for rating in data.ratings),
    )
    found = {(pair.a, pair.b): pair.above for pair in compare(turned, draws=DRAWS).pairs}
    for pair in compare(data, draws=DRAWS).pairs:
        reverse = found[opposite[pair.b], opposite[pair.a]]
        assert reverse is None if pair.above is None else reverse + pair.above == pytest.approx(1.0, abs=1e-12)


@quickly
@given(rounds(weights=st.floats(min_value=5e-324, max_value=1.7e308)))
def test_no_number_is_ever_infinite_or_missing_from_the_json(data):
    comparison = compare(data, draws=DRAWS)
    printed = comparison.as_json(1, 1)
    assert json.loads(json.dumps(printed, allow_nan=False)) == printed
    for one in comparison.candidates:
        known = [one.rank, one.score, one.first, one.top_two, one.rank_interval]
        assert all(value is None for value in known) or all(value is not None for value in known)
        assert (one.score is None) == all(cell.n == 0 for cell in one.cells.values())
        assert one.score is None or 1 - 1e-9 <= one.score <= 5 + 1e-9
        assert 0 <= one.coverage <= 1 + 1e-9
