"""Which answers a panel practises on, how their spread is counted, and who came too late to rate."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.scoring.rules import came_late, practice_answers, shown_spread

levels = st.lists(st.integers(1, 5), max_size=4)
criteria = st.lists(levels, max_size=6).map(
    lambda found: [(f"k{place}", answers) for place, answers in enumerate(found)]
)
REVEALED = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("given_levels", "chosen"),
    [
        ([], []),
        ([[]], []),
        ([[1, 3], [1, 4], [3, 4]], [("k0", 1), ("k1", 2), ("k2", 1)]),
        ([[2, 4], [2, 4], [2, 4], [1, 5]], [("k0", 1), ("k1", 2), ("k3", 1)]),
        ([[2, 4]], [("k0", 1), ("k0", 2)]),
        ([[1, 3, 5]], [("k0", 1), ("k0", 3), ("k0", 2)]),
        ([[3], [], [3]], [("k0", 1)]),
        ([[3, 5], [3, 5]], [("k0", 1), ("k1", 2)]),
    ],
)
def test_answers_are_of_the_heaviest_criteria_and_of_different_levels(
    given_levels: list[list[int]], chosen: list[tuple[str, int]]
) -> None:
    assert practice_answers([(f"k{place}", found) for place, found in enumerate(given_levels)]) == chosen


@given(criteria)
def test_answers_are_at_most_three_of_levels_that_all_differ(found: list[tuple[str, list[int]]]) -> None:
    chosen = practice_answers(found)
    level = [dict(found)[key][number - 1] for key, number in chosen]
    assert len(set(level)) == len(level) == min(3, len({one for _key, answers in found for one in answers}))


@given(st.lists(st.integers(1, 5), max_size=9))
def test_spread_is_counted_two_by_two_in_the_order_of_rating(others: list[int]) -> None:
    counts = shown_spread(others)
    assert list(counts) == [1, 2, 3, 4, 5]
    assert sum(counts.values()) == len(others) - len(others) % 2
    assert shown_spread([*others, 1]) == counts or len(others) % 2


@pytest.mark.parametrize(
    ("joined", "revealed", "late"),
    [
        (None, REVEALED, False),
        (REVEALED, None, False),
        (REVEALED - timedelta(seconds=1), REVEALED, False),
        (REVEALED, REVEALED, True),
        (REVEALED + timedelta(days=1), REVEALED, True),
    ],
)
def test_only_who_comes_after_the_reveal_is_late(
    joined: datetime | None, revealed: datetime | None, late: bool
) -> None:
    assert came_late(joined, revealed) is late
