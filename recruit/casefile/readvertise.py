"""Advertising a post again: a new recruitment with what was prepared for the one before, and nobody's application."""

from __future__ import annotations

from typing import Any

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.casefile.export import case_values
from recruit.casefile.models import Case
from recruit.casefile.service import write_case
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

# The keys of a case file that carry over, and those that belong to the one that ended: whoever applied, and all that
# was said of them.
CARRIED = frozenset(
    {
        "case", "charter", "recruitment", "needs", "profile", "profile_state", "criteria", "rounds", "panel",
        "timetable", "ad",
    }
)  # fmt: skip
LEFT = frozenset(
    {
        "candidates", "scorecards", "impartiality", "excused", "deviations", "consensus", "dissents", "locked",
        "revealed", "amendments", "closed", "letters", "brief",
        "recommendation", "decision", "references", "hearings",
    }
)  # fmt: skip


def readvertise(recruitment: Recruitment, *, title: str, case_number: str, actor: Person) -> Recruitment:
    """The new recruitment, open and unlocked. Of the timetable only what it is proposed from comes along: its days are
    past. Posts that were filled are not advertised again."""
    values = {key: value for key, value in case_values(recruitment).items() if key in CARRIED}
    values["recruitment"] |= {"title": title, "case_number": case_number, "posts": open_posts(recruitment)}
    values["recruitment"].pop("starts_on", None)
    values.setdefault("panel", [])
    for member in values["panel"]:
        member.pop("from_round", None)
    values["rounds"] = [_round(part) for part in values.get("rounds", [])]
    if "profile_state" in values:  # the text is to be read and approved anew
        values["profile_state"] = {"order": values["profile_state"].get("order", [])}
    if "timetable" in values:
        values["timetable"].pop("steps", None)
    made = write_case(Case.model_validate(values), actor=actor)
    made.follows_id = recruitment.id
    db.session.flush()
    record("recruitment.readvertised", actor.id, recruitment.id, recruitment=made.id)
    return made


def open_posts(recruitment: Recruitment) -> int:
    """How many posts there are to fill: those that were not, or all of them again when they were."""
    return recruitment.posts - recruitment.hired or recruitment.posts


def _round(part: dict[str, Any]) -> dict[str, Any]:
    """The round and its questions, without who was in it and when."""
    kept = {key: value for key, value in part.items() if key not in ("candidates", "plan")}
    return kept | {"questions": part.get("questions", [])}
