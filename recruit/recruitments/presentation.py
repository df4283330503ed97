"""The values that the house is shown from."""

from __future__ import annotations

from typing import Any

from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import MANY_CRITERIA, charter_of


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
        "doubled": [area for area, count in balance if area.id in chosen and count > 1],
        "empty_areas": [area for area, count in balance if count == 0],
        "many": len(chosen) > MANY_CRITERIA,
        "most": MANY_CRITERIA,
        "locked": recruitment.criteria_locked_at is not None,
    }
