from __future__ import annotations

import pytest

from recruit.comparison.verdict import Verdict, verdict_of

SAME = frozenset({"c1", "c2"})


def judge(shares, *, ranks=None, rated_on=None, scorecards=None) -> Verdict:
    return verdict_of(
        shares,
        ranks or dict.fromkeys(shares, 1),
        dict.fromkeys(shares, SAME) | (rated_on or {}),
        dict.fromkeys(shares, 3) | (scorecards or {}),
    )


def test_clear_from_a_share_of_ninety_percent():
    assert judge({"K1": 0.90, "K2": 0.10}) == Verdict(clear=True, leader="K1", between=(), thin=False)
    assert judge({"K1": 0.8999, "K2": 0.1001}) == Verdict(False, "K1", ("K1", "K2"), False)


def test_clear_although_the_share_of_split_draws_lost_its_last_digit():
    assert judge({"K1": 0.8999999999999999, "K2": 0.1}).clear


def test_not_clear_when_a_rival_is_rated_on_other_criteria():
    judged = judge({"K1": 0.93, "K2": 0.07}, rated_on={"K2": frozenset({"c1"})})
    assert judged == Verdict(clear=False, leader="K1", between=("K1", "K2"), thin=False)


def test_clear_when_only_an_outsider_is_rated_on_other_criteria():
    assert judge({"K1": 0.95, "K2": 0.05}, rated_on={"K2": frozenset({"c1"})}).clear


def test_between_names_those_over_ten_percent():
    assert judge({"K3": 0.11, "K1": 0.2, "K2": 0.59, "K4": 0.10}).between == ("K2", "K1", "K3")


def test_between_has_at_least_two_names():
    assert judge({"K1": 0.05, "K2": 0.07, "K3": 0.88}).between == ("K3", "K2")


def test_between_of_many_equals_with_small_shares_still_has_two_names():
    shares = {f"K{number:02}": 0.05 for number in range(20)}
    judged = judge(shares, ranks=dict.fromkeys(shares, 2) | {"K07": 1})
    assert judged.leader == "K07"
    assert judged.between == ("K00", "K07")


def test_between_lists_equal_shares_by_ref():
    assert judge({"K2": 0.5, "K1": 0.5}, ranks={"K2": 1, "K1": 2}).between == ("K1", "K2")


def test_leader_among_equal_shares_is_the_one_with_the_higher_score():
    assert judge({"K1": 0.5, "K2": 0.5}, ranks={"K1": 2, "K2": 1}).leader == "K2"


def test_leader_among_equal_shares_and_scores_goes_by_ref():
    assert judge({"K2": 0.5, "K1": 0.4999999999999999, "K3": 0.5000000000000001}).leader == "K1"


def test_leader_has_the_largest_share_although_another_has_the_higher_score():
    assert judge({"K1": 0.4, "K2": 0.6}, ranks={"K1": 1, "K2": 2}).leader == "K2"


def test_one_candidate_is_neither_clear_nor_close():
    assert judge({"K1": 1.0}) == Verdict(clear=False, leader="K1", between=(), thin=False)
    assert judge({"K1": 1.0}, scorecards={"K1": 2}).thin


def test_no_candidate_gives_no_leader():
    assert judge({}) == Verdict(clear=False, leader=None, between=(), thin=False)


@pytest.mark.parametrize(("few", "thin"), [("K1", True), ("K2", True), ("K3", False)])
def test_thin_looks_at_those_who_are_named(few, thin):
    assert judge({"K1": 0.6, "K2": 0.35, "K3": 0.05}, scorecards={few: 2}).thin is thin


@pytest.mark.parametrize(("few", "thin"), [("K1", True), ("K2", False)])
def test_thin_looks_at_the_leader_alone_when_clear(few, thin):
    assert judge({"K1": 0.95, "K2": 0.05}, scorecards={few: 2}).thin is thin


def test_thin_when_nobody_counted_the_scorecards():
    assert verdict_of({"K1": 1.0}, {"K1": 1}, {"K1": SAME}, {}).thin
