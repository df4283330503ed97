"""The values that the house, the picture of the profile and the page of the criteria are shown from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from recruit.charter.models import Area
from recruit.datafiles import Localised
from recruit.recruitments.examples import examples
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.needs import needs_texts
from recruit.recruitments.needs_rules import QUESTIONS
from recruit.recruitments.rules import MANY_CRITERIA
from recruit.recruitments.service import charter_of


def house_values(recruitment: Recruitment) -> dict[str, Any]:
    """What is picked, how it is spread over the rooms (in the charter's order), and what to warn of."""
    charter = charter_of(recruitment)
    chosen = {criterion.key: criterion for criterion in recruitment.criteria}
    balance = [
        (area, sum(1 for key in chosen if charter.find(key) and charter.area_of(key).id == area.id))
        for area in charter.areas
    ]
    return {
        "charter": charter,
        "chosen": chosen,
        "shorts": {item.id: item.short for _area, item in charter.criteria()},
        "balance": balance,
        "bars": picture_bars(recruitment),
        "doubled": [area for area, count in balance if area.id in chosen and count > 1],
        "empty_areas": [area for area, count in balance if count == 0],
        "many": len(chosen) > MANY_CRITERIA,
        "most": MANY_CRITERIA,
        "locked": recruitment.criteria_locked_at is not None,
    }


@dataclass(frozen=True)
class Bar:
    """One focus area in the picture of the profile: how many criteria, and their share of all weight, 0 to 1."""

    area: Area
    count: int
    share: float


def picture_bars(recruitment: Recruitment, *, by_count: bool = False) -> list[Bar]:
    """The profile over the areas, in the charter's order; areas without criteria too. With `by_count` every criterion
    weighs the same: an applicant is not told the weights."""
    total = sum(1.0 if by_count else criterion.weight for criterion in recruitment.criteria) or 1.0
    found = []
    for area in charter_of(recruitment).areas:
        own = [
            1.0 if by_count else criterion.weight for criterion in recruitment.criteria if criterion.area_id == area.id
        ]
        found.append(Bar(area, len(own), sum(own) / total))
    return found


def has_words(criterion: Criterion) -> bool:
    """Whether somebody has written something that goes with the criterion when it goes."""
    return bool(criterion.here or criterion.reason)


def answered(recruitment: Recruitment) -> list[tuple[object, str]]:
    """What the needs clarification says, each answer with its name; one query."""
    texts = needs_texts(recruitment)
    return [(need.name, texts[need.key]) for need in QUESTIONS if need.key in texts]


def examples_of(recruitment: Recruitment) -> dict[str, Localised]:
    """What each criterion can mean in a post of this role, where the charter has an example; by criterion."""
    found = examples(recruitment.charter)
    role = recruitment.role
    return {
        criterion.key: found[criterion.key][role]
        for criterion in recruitment.criteria
        if role in found.get(criterion.key, {})
    }
