"""Criteria taken over from an earlier recruitment, with what was written of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.criteria import pick_criteria
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.rules import EQUAL_WEIGHT
from recruit.recruitments.service import charter_of, hold

# Given by create_app: (person) -> a query for the ids of the recruitments that they prepare.
OPEN_TO = "recruit_recruitments_open_to"
MOST_SHOWN = 100


@dataclass(frozen=True)
class Earlier:
    """A recruitment that criteria can be taken from."""

    id: int
    title: str
    department: str
    created_at: datetime
    criteria: list[Criterion]


def earlier_recruitments(recruitment: Recruitment, person: Person) -> list[Earlier]:
    """Those with the same charter and with criteria that the person prepares or has prepared, newest first; three
    queries. Rule 7: none that is closed to the person."""
    rows = db.session.scalars(
        select(Recruitment)
        .where(
            Recruitment.charter == recruitment.charter,
            Recruitment.id != recruitment.id,
            Recruitment.id.in_(current_app.extensions[OPEN_TO](person)),
            Recruitment.criteria.any(),
        )
        .options(selectinload(Recruitment.criteria))
        .order_by(Recruitment.id.desc())
        .limit(MOST_SHOWN)
    )
    return [Earlier(row.id, row.title, row.department, row.created_at, list(row.criteria)) for row in rows]


def copy_criteria(recruitment: Recruitment, source: Earlier, keys: Collection[str], *, actor: Person) -> int:
    """Adds the criteria with these keys, as they stand in `source`; returns how many.

    What is a criterion here already keeps its own weight, minimum and words: nothing is overwritten. Raises RuleBroken
    after the lock, and when there is nothing to take.
    """
    hold(*recruitment.rounds)
    here = {criterion.key for criterion in recruitment.criteria}
    charter = charter_of(recruitment)
    taken = [item for item in source.criteria if item.key in keys and item.key not in here and charter.find(item.key)]
    if not taken:
        raise RuleBroken(_("Vælg mindst ét kriterium, som I ikke har i forvejen."))
    pick_criteria(recruitment, here | {item.key for item in taken}, actor=actor)
    own = {criterion.key: criterion for criterion in recruitment.criteria}
    for item in taken:
        criterion = own[item.key]
        criterion.weight, criterion.minimum, criterion.here = item.weight, item.minimum, item.here
        criterion.reason = item.reason
        criterion.weight_reason = item.weight_reason if item.weight != EQUAL_WEIGHT else ""
    record("criteria.copied", actor.id, recruitment.id, copied_from=source.id, count=len(taken))
    return len(taken)
