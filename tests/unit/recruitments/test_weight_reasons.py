"""Weights are equal unless somebody chose otherwise and says why (design, rule 4)."""

from __future__ import annotations

import pytest
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from recruit.errors import RuleBroken
from recruit.recruitments.rules import check_weight_reason

WEIGHTS = st.floats(min_value=0.1, max_value=100)


@given(WEIGHTS, WEIGHTS)
def test_weight_with_a_reason_and_the_weight_of_all_are_always_taken(weight: float, was: float) -> None:
    check_weight_reason(weight, "Det er det tungeste", was=was)
    check_weight_reason(1.0, "", was=was)
    check_weight_reason(was, "", was=was)


@pytest.mark.parametrize(("weight", "was"), [(2.0, 1.0), (0.5, 1.0), (3.0, 2.0)])
@pytest.mark.parametrize("reason", ["", " \n "])
def test_other_weight_without_a_reason_is_refused(app: Flask, weight: float, was: float, reason: str) -> None:
    with pytest.raises(RuleBroken, match="hvorfor"):
        check_weight_reason(weight, reason, was=was)
