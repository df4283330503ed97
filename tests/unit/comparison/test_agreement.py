from __future__ import annotations

import random

import krippendorff
import numpy as np
import pytest

from recruit.comparison.agreement import agreement_of, discuss_first, ordinal_alpha, severity_of
from recruit.comparison.scores import cell


def units_of(coders: list[str]) -> list[list[int]]:
    """One text for each coder, one sign for each unit; a dot is a missing value."""
    return [[int(sign) for sign in signs if sign != "."] for signs in zip(*coders, strict=True)]


def ratings_of(units: list[list[int]]) -> dict[tuple[str, str], dict[str, int]]:
    return {
        (f"K{place:02}", "c1"): {f"m{number}": score for number, score in enumerate(values)}
        for place, values in enumerate(units)
    }


def test_alpha_of_krippendorff_2011_four_coders_with_missing_data():
    # K. Krippendorff, "Computing Krippendorff's Alpha-Reliability" (2011), section D: ordinal alpha 0.815
    units = units_of(["123321412...", "1233224125.3", ".3332342251.", "12332441251."])
    assert round(ordinal_alpha(units), 3) == 0.815
    agreement = agreement_of(ratings_of(units))
    assert (agreement.cells, agreement.reason) == (11, None)
    assert agreement.alpha == ordinal_alpha(units)


def test_alpha_of_krippendorff_2011_two_observers_of_binary_data():
    # The same paper, section A: alpha 0.095. With two values every metric gives the same.
    assert round(ordinal_alpha(units_of(["0100000010", "1110010000"])), 3) == 0.095


def test_alpha_of_hayes_and_krippendorff_2007_five_observers_of_forty_articles():
    # A. F. Hayes and K. Krippendorff, "Answering the Call for a Standard Reliability Measure for Coding Data",
    # Communication Methods and Measures 1 (2007) 77-89: the data of table 1, ordinal alpha .7598.
    units = units_of(
        [
            "112.001122.01311211000201001111223222221",
            "1130000.21102311121000302102111122222221",
            "203000222100221123001.30.1012202.2232.21",
            ".13....0.10022...31.103021122..122...12.",
            "2..0001.2....3112..0.0..2.0..20.2.2222.1",
        ]
    )
    assert round(ordinal_alpha(units), 4) == 0.7598


def test_alpha_of_nominal_data_that_is_recoded_in_an_order():
    # Krippendorff (2011), section C: two observers, twelve articles, categories a to e, here 1 to 5. As names of equal
    # standing they agree by .692; in the order of the alphabet, where a mistake of many steps weighs more, by less.
    observers = ["112243335441", "212223335444"]
    units = units_of(observers)
    assert round(ordinal_alpha(units), 3) == 0.598
    # Only the order counts: which numbers carry it does not, nor from which end it is read.
    for codes in ("01789", "54321"):
        recoded = [[int(codes[value - 1]) for value in values] for values in units]
        assert ordinal_alpha(recoded) == ordinal_alpha(units)
    other_order = [[int("31254"[value - 1]) for value in values] for values in units]
    assert ordinal_alpha(other_order) != ordinal_alpha(units)
    # With two categories there is one order: the nominal data of section A give their .095 in any coding.
    binary = units_of(["0100000010", "1110010000"])
    assert round(ordinal_alpha([[5 - 4 * value for value in values] for values in binary]), 3) == 0.095


def test_alpha_by_hand():
    # Two coders, units (1,1) (1,2) (3,3): n1 = 3, n2 = 1, n3 = 2, n = 6. Squared distances: 1-2: (4 - 2)² = 4,
    # 1-3: (6 - 2.5)² = 12.25, 2-3: (3 - 1.5)² = 2.25. Observed 4; expected 3·1·4 + 3·2·12.25 + 1·2·2.25 = 90.
    assert ordinal_alpha([[1, 1], [1, 2], [3, 3]]) == float(1 - 5 * 4 / 90)


@pytest.mark.parametrize("seed", range(60))
def test_alpha_equals_the_package_on_random_tables_with_gaps(seed):
    chance = random.Random(seed)
    coders, units, missing = chance.randint(2, 9), chance.randint(6, 60), chance.choice([0.0, 0.2, 0.6])
    table = [
        [float("nan") if chance.random() < missing else chance.choice([1, 2, 3, 3, 4, 5]) for _ in range(units)]
        for _ in range(coders)
    ]
    ours = ordinal_alpha([[int(value) for value in column if value == value] for column in zip(*table, strict=True)])
    theirs = krippendorff.alpha(reliability_data=np.array(table), level_of_measurement="ordinal")
    assert ours == pytest.approx(theirs, abs=1e-12)


def test_alpha_of_perfect_agreement_is_one():
    assert agreement_of(ratings_of([[value, value] for value in (1, 2, 3, 4, 5, 1)])).alpha == 1.0


def test_agreement_with_five_cells_is_too_few():
    agreement = agreement_of(ratings_of([[1, 2], [2, 3], [3, 3], [4, 5], [1, 1], [4]]))
    assert (agreement.alpha, agreement.cells, agreement.reason) == (None, 5, "few_cells")


def test_agreement_with_six_cells_is_enough():
    agreement = agreement_of(ratings_of([[1, 2], [2, 3], [3, 3], [4, 5], [1, 1], [4, 4]]))
    assert agreement.alpha is not None
    assert (agreement.cells, agreement.reason) == (6, None)


def test_agreement_without_variation_has_no_alpha():
    agreement = agreement_of(ratings_of([[3, 3]] * 6 + [[5]]))
    assert (agreement.alpha, agreement.cells, agreement.reason) == (None, 6, "no_variation")


def test_severity_by_hand():
    ratings = {
        ("K1", "c1"): {"a": 5, "b": 3, "c": 1},  # mean 3
        ("K1", "c2"): {"a": 4, "b": 2},  # mean 3
        ("K2", "c1"): {"c": 1},  # nobody to compare with
    }
    assert severity_of(ratings, ["a", "b", "c", "d"]) == {"a": 1.5, "b": -0.5, "c": -2.0, "d": None}


def test_severity_of_a_member_who_only_rated_alone_is_none():
    assert severity_of({("K1", "c1"): {"a": 5}, ("K1", "c2"): {"b": 1}}, ["a", "b"]) == {"a": None, "b": None}


def test_discuss_takes_the_widest_apart_first():
    cells = {
        ("K1", "c1"): cell([2, 4], None),  # sd 1.41
        ("K1", "c2"): cell([1, 5], None),  # sd 2.83
        ("K2", "c1"): cell([1, 4, 4], None),  # sd 1.73
    }
    assert discuss_first(cells) == (("K1", "c2"), ("K2", "c1"), ("K1", "c1"))


def test_discuss_goes_by_deviation_not_by_spread():
    cells = {("K1", "c1"): cell([1, 4, 4, 4, 4, 4, 4], None), ("K2", "c1"): cell([2, 4], None)}  # sd 1.13 and 1.41
    assert discuss_first(cells) == (("K2", "c1"), ("K1", "c1"))


def test_discuss_leaves_out_a_spread_of_one():
    cells = {("K1", "c1"): cell([3, 4], None), ("K1", "c2"): cell([3], None), ("K1", "c3"): cell([], None)}
    assert discuss_first(cells) == ()


def test_discuss_takes_five_and_ties_go_by_ref_and_criterion():
    places = [("K2", "c1"), ("K1", "c2"), ("K3", "c1"), ("K1", "c1"), ("K2", "c2"), ("K4", "c1")]
    chosen = discuss_first({place: cell([2, 4], None) for place in places})
    assert chosen == (("K1", "c1"), ("K1", "c2"), ("K2", "c1"), ("K2", "c2"), ("K3", "c1"))
