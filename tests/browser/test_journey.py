"""From an empty recruitment to a Word report, by keyboard alone. `make proof` does it by mouse, on PostgreSQL."""

from __future__ import annotations

from pathlib import Path

from browser.hands import Keyboard
from browser.journey import travel
from browser.visitors import Visitors


def test_journey_by_keyboard_alone(visitors: Visitors, tmp_path: Path) -> None:
    travel(visitors, Keyboard, tmp_path)
