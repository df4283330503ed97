from __future__ import annotations

import dataclasses
import json
import math

import numpy as np
import pytest

from recruit.comparison.rules import DRAWS, SEED, CriterionInput, RatingInput, RoundInput, compare
from recruit.comparison.verdict import Verdict

EMPTY = RoundInput(members=(), candidates=(), criteria=(), ratings=(), scorecards={}, consensus={})


def by_ref(comparison):
    return {candidate.ref: candidate for candidate in comparison.candidates}


def test_compare_as_json_is_the_whole_documented_shape(make_round):
    data = make_round({"a@example.org": {"K1": "4", "K2": "2", "K3": "-"}}, weights=[2], minimums={"c1": 3})
    assert compare(data).as_json(recruitment=17, round_number=2) == {
        "recruitment": 17,
        "round": 2,
        "seed": 20220111,
        "draws": 10000,
        "numpy": np.__version__,
        "criteria": [{"statement": "c1", "weight": 2.0}],
        "candidates": [
            {
                "ref": "K1",
                "rank": 1,
                "score": 4.0,
                "coverage": 1.0,
                "scorecards": 1,
                "below_minimum": [],
                "first": 1.0,
                "top_two": 1.0,
                "rank_interval": [1, 1],
                "score_interval": [4.0, 4.0],
                "criteria": {"c1": {"mean": 4.0, "median": 4.0, "sd": None, "spread": 0, "n": 1, "consensus": None}},
            },
            {
                "ref": "K2",
                "rank": 2,
                "score": 2.0,
                "coverage": 1.0,
                "scorecards": 1,
                "below_minimum": ["c1"],
                "first": 0.0,
                "top_two": 1.0,
                "rank_interval": [2, 2],
                "score_interval": [2.0, 2.0],
                "criteria": {"c1": {"mean": 2.0, "median": 2.0, "sd": None, "spread": 0, "n": 1, "consensus": None}},
            },
            {
                "ref": "K3",
                "rank": None,
                "score": None,
                "coverage": 0.0,
                "scorecards": 1,
                "below_minimum": [],
                "first": None,
                "top_two": None,
                "rank_interval": None,
                "score_interval": None,
                "criteria": {
                    "c1": {"mean": None, "median": None, "sd": None, "spread": None, "n": 0, "consensus": None}
                },
            },
        ],
        "pairs": [
            {"a": "K1", "b": "K2", "above": 1.0},
            {"a": "K1", "b": "K3", "above": None},
            {"a": "K2", "b": "K3", "above": None},
        ],
        "agreement": {"alpha": None, "metric": "ordinal", "cells": 0},
        "severity": {"a@example.org": None},
        "discuss": [],
        "verdict": {"clear": True, "leader": "K1", "between": [], "thin": True},
    }


def test_compare_as_json_keeps_the_documented_order_of_keys(make_round):
    printed = compare(make_round({"a": {"K1": "43", "K2": "24"}}), draws=1).as_json(1, 1)
    assert " ".join(printed) == (
        "recruitment round seed draws numpy criteria candidates pairs agreement severity discuss verdict"
    )
    assert " ".join(printed["candidates"][0]) == (
        "ref rank score coverage scorecards below_minimum first top_two rank_interval score_interval criteria"
    )
    assert " ".join(printed["candidates"][0]["criteria"]["c1"]) == "mean median sd spread n consensus"
    assert " ".join(printed["agreement"]) == "alpha metric cells"
    assert " ".join(printed["verdict"]) == "clear leader between thin"


def test_compare_by_hand(make_round):
    data = make_round(
        {
            "a@x": {"K1": "44-", "K2": "313", "K3": "331"},
            "b@x": {"K1": "54-", "K2": "353", "K3": "331"},
            "c@x": {"K1": "55-", "K2": "3-3"},
        },
        weights=[2, 1, 1],
    )
    comparison = compare(data)
    candidates = by_ref(comparison)
    # K1: (2·14/3 + 13/3) / 3 = 41/9 on three quarters of the weight; K2: (2·3 + 3 + 3) / 4; K3: (2·3 + 3 + 1) / 4
    assert candidates["K1"].score == pytest.approx(41 / 9, abs=1e-15)
    assert (candidates["K1"].coverage, candidates["K1"].cells["c3"].n) == (0.75, 0)
    assert (candidates["K2"].score, candidates["K2"].coverage, candidates["K2"].cells["c2"].n) == (3.0, 1.0, 2)
    assert (candidates["K3"].score, candidates["K3"].scorecards) == (2.5, 2)
    assert [(one.ref, one.rank) for one in comparison.candidates] == [("K1", 1), ("K2", 2), ("K3", 3)]
    assert comparison.discuss == (("K2", "c2"),)
    # cells with two ratings or more: K1 c1 c2, K2 c1 c2 c3, K3 c1 c2 c3
    assert comparison.agreement.cells == 8
    # a against the cell means: K1 -2/3 -1/3, K2 0 -2 0, K3 0 0 0; c: +1/3 +2/3 and 0 0
    assert comparison.severity["a@x"] == pytest.approx(-3 / 8, abs=1e-15)
    assert comparison.severity["c@x"] == pytest.approx(1 / 4, abs=1e-15)
    # K1 is first in every draw, K2 and K3 never: nobody else has a share, so their other criteria do not matter
    assert [one.first for one in comparison.candidates] == [1.0, 0.0, 0.0]
    assert comparison.verdict == Verdict(clear=True, leader="K1", between=(), thin=False)


def test_compare_ranks_ties_one_two_two_four(make_round):
    comparison = compare(make_round({"a": {"K4": "11", "K3": "42", "K2": "24", "K1": "-5"}}), draws=20)
    assert [(one.ref, one.rank) for one in comparison.candidates] == [("K1", 1), ("K2", 2), ("K3", 2), ("K4", 4)]


def test_compare_lists_whoever_has_no_score_last_by_ref(make_round):
    comparison = compare(make_round({"a": {"K0": "-", "K3": "2", "K1": "-", "K2": "5"}}), draws=20)
    assert [(one.ref, one.rank) for one in comparison.candidates] == [("K2", 1), ("K3", 2), ("K0", None), ("K1", None)]


def test_compare_takes_refs_as_plain_strings(make_round):
    comparison = compare(make_round({"a": {"K2": "3", "K10": "3", "k1": "3"}}), draws=20)
    assert [one.ref for one in comparison.candidates] == ["K10", "K2", "k1"]
    assert [(pair.a, pair.b) for pair in comparison.pairs] == [("K10", "K2"), ("K10", "k1"), ("K2", "k1")]


def test_compare_counts_nothing_from_outside_the_round(make_round):
    data = make_round({"a": {"K1": "43", "K2": "34"}, "b": {"K1": "52", "K2": "11"}})
    outsiders = (
        RatingInput("excluded", "K1", "c1", 1),
        RatingInput("a", "withdrawn", "c1", 5),
        RatingInput("a", "K1", "c9", 1),
    )
    more = dataclasses.replace(
        data,
        ratings=data.ratings + outsiders,
        scorecards={**data.scorecards, "withdrawn": 1},
        consensus={("withdrawn", "c1"): 5, ("K1", "c9"): 5},
    )
    assert compare(more, draws=50) == compare(data, draws=50)


def test_compare_marks_below_minimum_in_the_recruitments_order(make_round):
    data = make_round({"a": {"K1": "232"}, "b": {"K1": "332"}}, minimums={"c1": 3, "c2": 3, "c3": 3})
    reordered = dataclasses.replace(data, criteria=data.criteria[::-1])
    assert by_ref(compare(data, draws=5))["K1"].below_minimum == ("c1", "c3")
    assert by_ref(compare(reordered, draws=5))["K1"].below_minimum == ("c3", "c1")
    assert list(by_ref(compare(reordered, draws=5))["K1"].cells) == ["c3", "c2", "c1"]


def test_compare_marks_nothing_below_minimum_where_nothing_is_evidenced(make_round):
    assert by_ref(compare(make_round({"a": {"K1": "-5"}}, minimums={"c1": 3}), draws=5))["K1"].below_minimum == ()


def test_compare_uses_consensus_in_score_rank_and_minimum_only(make_round):
    table = {"a": {"K1": "24", "K2": "33"}, "b": {"K1": "24", "K2": "33"}, "c": {"K1": "25", "K2": "33"}}
    plain = compare(make_round(table, minimums={"c1": 3}))
    agreed = compare(make_round(table, minimums={"c1": 3}, consensus={("K1", "c1"): 4, ("K2", "c2"): 1}))
    assert (by_ref(plain)["K1"].below_minimum, by_ref(agreed)["K1"].below_minimum) == (("c1",), ())
    assert by_ref(agreed)["K1"].score == pytest.approx((4 + 13 / 3) / 2, abs=1e-15)
    assert (by_ref(agreed)["K2"].score, by_ref(agreed)["K2"].rank) == (2.0, 2)
    assert by_ref(agreed)["K1"].cells["c1"] == dataclasses.replace(by_ref(plain)["K1"].cells["c1"], consensus=4)
    assert agreed.verdict == plain.verdict
    assert agreed.pairs == plain.pairs


def test_compare_breaks_equal_shares_on_the_first_ratings_not_on_consensus(make_round):
    # alike in the first ratings; K2's consensus must not make it the leader
    data = make_round({"a": {"K1": "33", "K2": "33"}}, consensus={("K2", "c1"): 5})
    comparison = compare(data, draws=50)
    assert comparison.candidates[0].ref == "K2"
    assert comparison.verdict == Verdict(clear=False, leader="K1", between=("K1", "K2"), thin=True)


def test_compare_ignores_consensus_where_nobody_rated(make_round):
    data = make_round({"a": {"K1": "-", "K2": "3"}}, consensus={("K1", "c1"): 5})
    assert by_ref(compare(data, draws=5))["K1"].score is None
    assert by_ref(compare(data, draws=5))["K1"].cells["c1"].consensus is None


@pytest.mark.parametrize(("rival", "clear", "between"), [("44", True, ()), ("4-", False, ("K1", "K2"))])
def test_compare_is_clear_only_against_rivals_rated_on_the_same_criteria(make_round, rival, clear, between):
    # K2 comes first when the strict one is drawn three times or more in seven: in 6.5 % of the draws
    table = {f"m{number}": {"K1": "55", "K2": rival} for number in range(6)} | {"m6": {"K1": "22", "K2": rival}}
    comparison = compare(make_round(table))
    assert by_ref(comparison)["K2"].first == pytest.approx(0.065, abs=0.01)
    assert comparison.verdict == Verdict(clear=clear, leader="K1", between=between, thin=False)


def test_compare_of_an_empty_round():
    comparison = compare(EMPTY)
    assert (comparison.candidates, comparison.pairs, comparison.discuss, comparison.severity) == ((), (), (), {})
    assert (comparison.seed, comparison.draws, comparison.numpy) == (SEED, DRAWS, np.__version__)
    assert comparison.verdict == Verdict(clear=False, leader=None, between=(), thin=False)
    assert comparison.agreement.reason == "few_cells"


def test_compare_of_candidates_without_members():
    data = dataclasses.replace(EMPTY, candidates=("K2", "K1"), criteria=(CriterionInput("c1", 1.0),))
    comparison = compare(data)
    assert [(one.ref, one.rank, one.score, one.coverage) for one in comparison.candidates] == [
        ("K1", None, None, 0.0),
        ("K2", None, None, 0.0),
    ]
    assert [pair.above for pair in comparison.pairs] == [None]


def test_compare_of_candidates_without_criteria():
    data = dataclasses.replace(EMPTY, members=("a",), candidates=("K1",))
    assert compare(data).candidates[0].score is None


def test_compare_when_nothing_is_evidenced(make_round):
    comparison = compare(make_round({"a": {"K1": "--", "K2": "--"}, "b": {"K1": "--", "K2": "--"}}))
    for candidate in comparison.candidates:
        assert (candidate.rank, candidate.score, candidate.first, candidate.top_two) == (None, None, None, None)
        assert (candidate.rank_interval, candidate.score_interval) == (None, None)
    assert comparison.verdict == Verdict(clear=False, leader=None, between=(), thin=False)
    assert comparison.severity == {"a": None, "b": None}


def test_compare_of_one_candidate(make_round):
    comparison = compare(make_round({member: {"K1": "43"} for member in "abc"}))
    assert (comparison.candidates[0].first, comparison.candidates[0].rank_interval) == (1.0, (1, 1))
    assert comparison.verdict == Verdict(clear=False, leader="K1", between=(), thin=False)


def test_compare_of_one_scored_candidate_among_several(make_round):
    comparison = compare(make_round({member: {"K1": "--", "K2": "43"} for member in "abc"}))
    assert comparison.verdict == Verdict(clear=False, leader="K2", between=(), thin=False)
    assert [pair.above for pair in comparison.pairs] == [None]


def test_compare_when_all_are_equal(make_round):
    comparison = compare(make_round({member: {"K1": "33", "K2": "33", "K3": "33"} for member in "abc"}))
    assert [one.rank for one in comparison.candidates] == [1, 1, 1]
    assert [one.first for one in comparison.candidates] == pytest.approx([1 / 3] * 3)
    assert [pair.above for pair in comparison.pairs] == [0.5] * 3
    assert comparison.agreement.reason == "no_variation"
    assert comparison.verdict == Verdict(clear=False, leader="K1", between=("K1", "K2", "K3"), thin=False)


def test_compare_shares_draws_without_any_cell_among_those_with_a_score(make_round):
    # b rated nobody: a quarter of the draws have no rating at all
    comparison = compare(make_round({"a": {"K1": "4", "K2": "3", "K3": "-"}, "b": {"K1": "-", "K2": "-", "K3": "-"}}))
    candidates = by_ref(comparison)
    assert candidates["K1"].first + candidates["K2"].first == pytest.approx(1.0, abs=1e-12)
    assert candidates["K2"].first == pytest.approx(1 / 8, abs=0.02)
    assert candidates["K3"].first is None


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"members": ("a", "a")}, "a member is repeated"),
        ({"candidates": ("K1", "K1")}, "a candidate is repeated"),
        ({"criteria": (CriterionInput("c1", 1.0), CriterionInput("c1", 2.0))}, "a criterion is repeated"),
        ({"ratings": (RatingInput("a", "K1", "c1", 3), RatingInput("a", "K1", "c1", None))}, "a rating is repeated"),
        ({"ratings": (RatingInput("a", "K1", "c1", 0),)}, "the score 0 is outside the scale"),
        ({"consensus": {("K1", "c1"): 6}}, "the score 6 is outside the scale"),
        ({"criteria": (CriterionInput("c1", 0.0),)}, "the weight of c1 is not finite and positive"),
        ({"criteria": (CriterionInput("c1", math.nan),)}, "the weight of c1 is not finite and positive"),
        ({"criteria": (CriterionInput("c1", math.inf),)}, "the weight of c1 is not finite and positive"),
    ],
)
def test_compare_refuses_what_no_round_can_hold(make_round, changes, sentence):
    with pytest.raises(ValueError, match=f"^{sentence}$"):
        compare(dataclasses.replace(make_round({"a": {"K1": "3"}}), **changes))


def test_compare_refuses_no_draws(make_round):
    with pytest.raises(ValueError, match="at least one draw"):
        compare(make_round({"a": {"K1": "3"}}), draws=0)


def test_compare_prints_only_plain_json(make_round):
    printed = compare(make_round({"a": {"K1": "43", "K2": "-2"}, "b": {"K1": "15", "K2": "32"}}), draws=50).as_json(
        1, 1
    )
    assert json.loads(json.dumps(printed, allow_nan=False)) == printed
