"""What weights, minimums and minutes may be."""

from __future__ import annotations

import math
from collections.abc import Collection

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.errors import RuleBroken

MAX_WEIGHT = 100.0
EQUAL_WEIGHT = 1.0  # what every criterion weighs until somebody says why it should weigh otherwise
MANY_CRITERIA = 8  # design, section 7: five to eight are advised
HERE_LIMIT = 2_000  # characters of each text about a criterion
MAX_MINUTES = 480
MAX_POSTS = 9

# How a recruitment ends.
HIRED, NOBODY, CANCELLED = "hired", "nobody", "cancelled"
OUTCOMES = {HIRED: _l("Besat"), NOBODY: _l("Ingen ansat"), CANCELLED: _l("Aflyst")}


def check_weight(weight: float) -> None:
    """Design, section 3: finite and positive."""
    if not (math.isfinite(weight) and 0 < weight <= MAX_WEIGHT):
        raise RuleBroken(_("En vægt skal være et tal over 0 og højst %(most)s.", most=int(MAX_WEIGHT)))


def check_weight_reason(weight: float, reason: str, *, was: float) -> None:
    """Design, rule 4: weights are equal unless someone chose otherwise, and says why. What was there stays."""
    if weight not in (EQUAL_WEIGHT, was) and not reason.strip():
        raise RuleBroken(_("Skriv, hvorfor kriteriet skal veje mere eller mindre end de andre."))


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


def check_outcome(outcome: str, hired: int, posts: int, reason: str) -> None:
    """Somebody is hired, at most one for each post, or it ends without, with a reason."""
    if outcome not in OUTCOMES:
        raise RuleBroken(_("Vælg, hvordan forløbet ender."))
    if outcome == HIRED and not 1 <= hired <= posts:
        raise RuleBroken(
            _("Der er %(posts)s stillinger i forløbet. Skriv, hvor mange af dem der er besat.", posts=posts)
            if posts > 1
            else _("Der er én stilling i forløbet. Flere kan ikke ansættes i den.")
        )
    if outcome != HIRED and not reason.strip():
        raise RuleBroken(_("Skriv en begrundelse. Den hører til i sagen."))


def round_name(language: str, number: int) -> str:
    """What a round is called until somebody names it, in the recruitment's language."""
    return f"Interview {number}" if language == "en" else f"{number}. samtale"
