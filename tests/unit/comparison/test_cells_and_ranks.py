from __future__ import annotations

import itertools
import math

import pytest

from recruit.comparison.scores import Cell, cell, competition_ranks, coverage_of, relative_weights, score_of


def test_cell_of_three_ratings():
    # 2, 4, 5: mean 11/3, squared deviations 25/9 + 1/9 + 16/9 = 42/9, over n - 1 = 2: 7/3
    one = cell([5, 2, 4], None)
    assert (one.mean, one.median, one.spread, one.n, one.consensus) == (11 / 3, 4.0, 3, 3, None)
    assert one.sd == pytest.approx(math.sqrt(7 / 3), abs=1e-15)
    assert one.value == 11 / 3


def test_cell_of_an_even_number_of_ratings_takes_the_middle_of_the_two():
    assert cell([1, 2, 3, 5], None).median == 2.5


def test_cell_of_one_rating_has_no_deviation():
    assert cell([4], None) == Cell(mean=4.0, median=4.0, sd=None, spread=0, n=1, consensus=None)


def test_cell_of_equal_ratings_has_exactly_no_deviation():
    assert cell([3] * 7, None).sd == 0.0


def test_cell_without_ratings_is_empty_and_takes_no_consensus():
    one = cell([], 4)
    assert one == Cell(mean=None, median=None, sd=None, spread=None, n=0, consensus=None)
    assert one.value is None


def test_cell_with_consensus_keeps_the_first_ratings():
    one = cell([2, 4], 4)
    assert (one.value, one.mean, one.sd, one.n) == (4, 3.0, math.sqrt(2), 2)


def test_score_is_the_weighted_mean():
    assert score_of({"a": 4.0, "b": 1.0}, {"a": 2.0, "b": 1.0}) == 3.0


def test_score_with_a_missing_cell_is_not_lowered_but_coverage_is():
    values, weights = {"a": 4.0, "b": None, "c": 2.0}, {"a": 2.0, "b": 3.0, "c": 1.0}
    assert score_of(values, weights) == pytest.approx(10 / 3, abs=1e-15)
    assert coverage_of(values, weights) == 0.5


def test_score_is_the_same_to_the_last_digit_in_any_order():
    cells = [("a", 0.1, 11 / 3), ("b", 0.7, 7 / 3), ("c", 1.3, 14 / 3), ("d", 0.3, 4 / 3), ("e", 0.9, 8 / 3)]
    scores = {
        score_of({key: value for key, _, value in order}, {key: weight for key, weight, _ in order})
        for order in itertools.permutations(cells)
    }
    assert len(scores) == 1


def test_score_without_any_cell_is_none():
    assert score_of({"a": None}, {"a": 1.0}) is None
    assert coverage_of({"a": None}, {"a": 1.0}) == 0.0
    assert score_of({}, {}) is None
    assert coverage_of({}, {}) == 0.0


def test_weights_at_the_edges_of_what_a_float_holds_still_weigh():
    weights = relative_weights({"a": 1.7e308, "b": 1.7e308, "c": 5e-324})
    assert score_of({"a": 5.0, "b": 2.0, "c": 1.0}, weights) == pytest.approx(3.5, abs=1e-12)
    assert score_of({"c": 2.0}, weights) == 2.0
    assert coverage_of({"a": 5.0, "b": None, "c": 1.0}, weights) == 0.5


def test_weights_keep_their_proportions():
    weights = relative_weights({"a": 3.0, "b": 0.75, "c": 1.5})
    assert (weights["a"] / weights["b"], weights["a"] / weights["c"]) == (4.0, 2.0)


def test_ranks_of_ties_skip_the_places_taken():
    assert competition_ranks({"d": 1.0, "c": 3.0, "b": 3.0, "a": 4.0}) == {"a": 1, "b": 2, "c": 2, "d": 4}


def test_ranks_of_a_shared_first_place():
    assert competition_ranks({"a": 4.0, "b": 4.0, "c": 3.0}) == {"a": 1, "b": 1, "c": 3}


def test_ranks_tie_within_a_billionth_only():
    assert competition_ranks({"a": 3.0 + 0.9e-9, "b": 3.0}) == {"a": 1, "b": 1}
    assert competition_ranks({"a": 3.0 + 1.1e-9, "b": 3.0}) == {"a": 1, "b": 2}


def test_ranks_tie_with_the_first_of_the_group_not_with_its_last():
    assert competition_ranks({"a": 3.0, "b": 3.0 - 0.6e-9, "c": 3.0 - 1.2e-9}) == {"a": 1, "b": 1, "c": 3}


def test_ranks_leave_out_whoever_has_no_score():
    assert competition_ranks({"a": None, "b": 2.0}) == {"b": 1}
    assert competition_ranks({}) == {}
