"""What an ad must have, what still stands in brackets, and where in it a finding stands."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from recruit.profiles.ads.rules import ADDRESS, FULL, REACHED_BY
from recruit.profiles.ads.shortening import BRACKETS

# Words of an ad of each length: the full one as domain section 4 has it.
WORDS = {"full": (400, 700), "short": (120, 320)}
# What an ad must have -> the rule of wording that misses it, and the section where it belongs in a full ad.
MUSTS = {
    "pay": ("pay_missing", "pay"),
    "deadline": ("deadline_missing", "apply"),
    "how": ("", "apply"),
    "contact": ("contact_missing", "apply"),
    "charter": ("charter_missing", "leader"),
    "diversity": ("diversity_missing", "apply"),
}
MISSING_RULES = frozenset(rule for rule, _section in MUSTS.values() if rule)
APPLYING = re.compile(
    r"\b(søg stillingen|send din ansøgning|ansøgning(en)? (sendes|skal sendes)|stillingen søges"
    r"|apply (through|by|at|via|on)|applications are sent|send your application)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Must:
    """Something an ad must have; the section in which it is written, or should be."""

    key: str
    met: bool
    section: str


def musts(text: str, broken: Collection[str], length: str) -> list[Must]:
    """`broken` are the ids of the rules that the checks of wording found broken. A short ad sends to the full one for
    the sentence on diversity."""
    found = []
    for key, (rule, section) in MUSTS.items():
        if key == "diversity" and length != FULL:
            continue
        met = rule not in broken if rule else bool(APPLYING.search(text) and ADDRESS.search(text))
        if key == "contact":  # ”contact us before you apply” is no help without a number or an address
            met = met and REACHED_BY.search(text) is not None
        found.append(Must(key, met, section if length == FULL or section == "leader" else "apply"))
    return found


def unfilled(text: str) -> list[str]:
    """What stands in square brackets for somebody to fill in."""
    return list(dict.fromkeys(BRACKETS.findall(text)))
