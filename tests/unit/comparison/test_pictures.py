"""Where everything stands in the pictures of a comparison."""

from __future__ import annotations

from itertools import combinations

import pytest

from recruit.comparison.pictures import (
    DotRow,
    RoomValue,
    dots_picture,
    profile_picture,
)
from recruit.comparison.pictures_order import PlaceRow, pairs_picture, places_picture

SIDES = ("chief", "hr", "employee", "union", "peer", "user")


@pytest.mark.parametrize("wide", [False, True])
def test_dots_of_fifteen_members_stand_apart_and_inside(wide: bool) -> None:
    rows = [
        DotRow(["Alle ens"], {"user": [4] * 15}, 4.0),
        DotRow(["Yderst", "to linjer"], {side: [1, 5] for side in SIDES}, 3.0),
        DotRow(["Ikke belyst"], {}, None),
    ]
    picture = dots_picture(rows, SIDES, wide=wide)
    assert [len(row.dots) for row in picture.rows] == [15, 12, 0]
    every = [(dot.x, dot.y) for row in picture.rows for dot in row.dots]
    assert all(abs(a[0] - b[0]) >= 14 or abs(a[1] - b[1]) >= 14 for a, b in combinations(every, 2))
    assert all(7 <= x <= picture.width - 7 and 7 <= y <= picture.height for x, y in every)
    four, fives = picture.ticks[3].at, [dot for dot in picture.rows[1].dots if dot.x > picture.ticks[3].at]
    assert sum(dot.x for dot in picture.rows[0].dots) / 15 == pytest.approx(four, abs=0.1)
    assert [dot.side for dot in fives] == list(SIDES)
    assert picture.rows[2].value is None


def test_profile_has_a_panel_for_each_room_as_the_house_has_them() -> None:
    values = [RoomValue(5.0, "5,00", True), RoomValue(1.0, "1,00", False), RoomValue(None, "–", False)]
    narrow = profile_picture(3, [("K1", values), ("K2", values)], wide=False)
    first, second, third = narrow.panels
    assert (first.x, first.y) == (0, 0)
    assert second.x == 0  # below the first, as in the house
    assert second.y > first.ground
    assert third.x > first.width
    assert [stem.y for stem in (first.stems[0], second.stems[0], third.stems[0])] == [first.top, second.ground, None]
    assert [stem.partly for stem in (first.stems[1], second.stems[1], third.stems[1])] == [False, True, False]
    wide = profile_picture(3, [("K1", values)], wide=True)
    assert len({panel.y for panel in wide.panels}) == 1


def test_places_reach_from_first_to_last() -> None:
    rows = [
        PlaceRow("K1", "", 1, 1, 3, "1–3"),
        PlaceRow("K2", "", 2, 1, 2, "1–2"),
        PlaceRow("K3", "", None, None, None, "–"),
    ]
    picture = places_picture(rows, wide=True)
    one, two, none = picture.rows
    assert (one.start, one.dot, one.end) == (picture.left, picture.left, picture.right)
    assert picture.left < (two.dot or 0) < picture.right
    assert none.dot is none.start is None


def test_pair_is_read_from_its_row_whichever_way_it_was_counted() -> None:
    picture = pairs_picture(["K2", "K1", "K3"], {("K1", "K2"): 0.25, ("K1", "K3"): 0.999, ("K2", "K3"): 1.0})
    assert [cell.text for cell in picture.cells] == ["75", "100", "99"]
    assert [cell.step for cell in picture.cells] == [4, 5, 5]
    assert [tick.text for tick in picture.rows] == ["K2", "K1"]
    assert [tick.text for tick in picture.columns] == ["K1", "K3"]
