"""What weights, minimums and minutes may be."""

from __future__ import annotations

import math
from collections.abc import Collection

from flask_babel import gettext as _

from recruit.errors import RuleBroken

MAX_WEIGHT = 100.0
MAX_MINUTES = 480


def check_weight(weight: float) -> None:
    """Design, section 3: finite and positive."""
    if not (math.isfinite(weight) and 0 < weight <= MAX_WEIGHT):
        raise RuleBroken(_("En vægt skal være et tal over 0 og højst %(most)s.", most=int(MAX_WEIGHT)))


def merge_picks(current: Collection[str], shown: Collection[str], wanted: Collection[str]) -> set[str]:
    """The criteria after somebody who was shown `shown` chose `wanted`: only what they changed is changed.

    So two people, or two windows, that pick at the same time do not undo each other.
    """
    return set(current) - (set(shown) - set(wanted)) | (set(wanted) - set(shown))


def check_minimum(minimum: int | None) -> None:
    if minimum is not None and minimum not in range(1, 6):
        raise RuleBroken(_("Et mindstekrav er et helt tal fra 1 til 5."))


def check_minutes(minutes: int) -> None:
    if not 10 <= minutes <= MAX_MINUTES:
        raise RuleBroken(_("En samtale varer mellem 10 og %(most)s minutter.", most=MAX_MINUTES))


def round_name(language: str, number: int) -> str:
    """What a round is called until somebody names it, in the recruitment's language."""
    return f"Interview {number}" if language == "en" else f"{number}. samtale"
