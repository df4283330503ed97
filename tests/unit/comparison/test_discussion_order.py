"""In which order the cells of a round are talked about."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from recruit.comparison.agreement import discuss_first
from recruit.comparison.discussion import discussion_order
from recruit.comparison.scores import cell

scores = st.lists(st.integers(1, 5), max_size=4)
tables = st.dictionaries(st.tuples(st.sampled_from(["K1", "K2", "K3"]), st.sampled_from("abcd")), scores)


def test_widest_come_first_then_by_deviation_then_the_rest_as_they_stand():
    cells = {
        "agreed": cell([4, 4, 4], None),
        "near": cell([3, 4, 4], None),
        "alone": cell([2], None),
        "widest": cell([1, 5, 5], None),
        "nobody": cell([], None),
        "wide": cell([2, 4, 4], None),
        "even": cell([3, 4, 3, 4], None),
    }
    assert discussion_order(["widest", "wide"], cells) == [
        "widest",
        "wide",
        "near",  # sd .577 and .577: as they stand
        "even",
        "agreed",
        "alone",
        "nobody",
    ]


@given(tables)
def test_every_cell_stands_once_and_deviation_never_rises_again(table):
    cells = {place: cell(given, None) for place, given in table.items()}
    first = discuss_first(cells)
    order = discussion_order(first, cells)
    assert sorted(order) == sorted(cells)
    assert order[: len(first)] == list(first)
    deviations = [cells[place].sd or 0 for place in order[len(first) :]]
    assert deviations == sorted(deviations, reverse=True)


@given(tables, st.integers(1, 5))
def test_consensus_moves_nothing(table, score):
    plain = {place: cell(given, None) for place, given in table.items()}
    agreed = {place: cell(given, score) for place, given in table.items()}
    assert discussion_order(discuss_first(plain), plain) == discussion_order(discuss_first(agreed), agreed)
