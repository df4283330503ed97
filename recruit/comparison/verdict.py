"""What the numbers say in one sentence: clear, or too close to call. The panel recommends and the leader decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

CLEAR_SHARE = 0.90
RIVAL_SHARE = 0.05
NAMED_SHARE = 0.10
ENOUGH_SCORECARDS = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """`between` names those who are too close to call; it is empty when the numbers are clear or there is no rival."""

    clear: bool
    leader: str | None
    between: tuple[str, ...]
    thin: bool


def verdict_of(
    shares: Mapping[str, float],
    ranks: Mapping[str, int],
    rated_on: Mapping[str, frozenset[str]],
    scorecards: Mapping[str, int],
) -> Verdict:
    """The verdict on the candidates who have a score, all arguments by ref.

    `shares`: share of draws ranked first. `ranks`: on the first ratings, so that no consensus reaches the verdict.
    `rated_on`: the criteria with at least one first rating. `scorecards`: the number that counts.
    """

    def share(ref: str) -> float:
        return round(shares[ref], 9)  # split draws are sums of fractions: equal ones may differ in the last digit

    order = sorted(shares, key=lambda ref: (-share(ref), ranks[ref], ref))
    if not order:
        return Verdict(clear=False, leader=None, between=(), thin=False)
    leader = order[0]
    clear = (
        len(order) > 1
        and share(leader) >= CLEAR_SHARE
        and all(rated_on[ref] == rated_on[leader] for ref in order if share(ref) > RIVAL_SHARE)
    )
    between: tuple[str, ...] = ()
    if len(order) > 1 and not clear:
        named = order[:2] + [ref for ref in order[2:] if share(ref) > NAMED_SHARE]
        between = tuple(sorted(named, key=lambda ref: (-share(ref), ref)))
    thin = any(scorecards.get(ref, 0) < ENOUGH_SCORECARDS for ref in (leader, *between))
    return Verdict(clear=clear, leader=leader, between=between, thin=thin)
