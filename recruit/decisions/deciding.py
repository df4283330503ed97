"""The decision on whom to hire: recorded apart from the recommendation, which it may differ from with a reason."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.decisions.hearings import check_may_answer
from recruit.decisions.history import remember
from recruit.decisions.models import HiredCandidate, HiringDecision
from recruit.decisions.rules import DECISION, RANKING, REASON_LIMIT, TAKEN_BACK, WRITTEN_BY_HAND
from recruit.decisions.service import Standing, load_decision
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.closing import close
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import check_text
from recruit.recruitments.rules import HIRED, NOBODY
from recruit.recruitments.timetable import today


@dataclass(frozen=True)
class Decided:
    """What is recorded. `outcome` is HIRED or NOBODY; names come with their titles."""

    outcome: str
    decided_on: date
    decided_by: str
    reason: str
    approved_by: str = ""
    differs_because: str = ""


def recommended_for(standing: Standing, count: int) -> set[int]:
    """Ids of the candidates that the recommendation would have hired, for so many posts taken."""
    taken = max(count, 1) if standing.choice == RANKING else 1
    return {item.id for item in standing.chosen[:taken]}


def differs(standing: Standing, hired: Sequence[Candidate]) -> bool:
    return {item.id for item in hired} != recommended_for(standing, len(hired))


def record_decision(
    recruitment: Recruitment,
    standing: Standing,
    decided: Decided,
    hired: Sequence[Candidate],
    *,
    version: int,
    ends: bool = False,
    actor: Person | None,
) -> None:
    """Records or changes the decision. `version` is that of what was shown, 0 for none. With `ends` the recruitment
    ends with it, and takes the outcome and the number of those hired from here.

    Raises EditedMeanwhile when another has recorded one since, and RuleBroken before the recommendation is final, while
    a hearing or a request to see the documents is open, for what does not fit the posts or how the recruitment has
    ended, and without the reasons it needs.
    """
    if not standing.is_final:
        raise RuleBroken(_("Indstillingen er ikke endelig endnu. Afgørelsen kommer efter den."))
    check_may_answer(recruitment)
    _check(recruitment, standing, decided, hired)
    row = load_decision(recruitment)
    if version != (row.version if row else 0):
        raise EditedMeanwhile(_("En anden har noteret afgørelsen imens. Se den, og ret den, hvis den ikke er rigtig."))
    if row is None:
        row = HiringDecision(recruitment_id=recruitment.id)
        db.session.add(row)
        event = "decision.recorded"
    else:
        remember(recruitment, DECISION, row.reason, what=WRITTEN_BY_HAND, actor=actor)
        event = "decision.changed"
        row.hired.clear()
        db.session.flush()
    row.outcome, row.decided_on = decided.outcome, decided.decided_on
    row.decided_by, row.approved_by = decided.decided_by.strip(), decided.approved_by.strip()
    row.reason, row.differs_because = decided.reason.strip(), decided.differs_because.strip()
    row.recorded_at, row.recorded_by_id = now(), actor.id if actor else None
    row.hired.extend(HiredCandidate(candidate_id=item.id) for item in hired)
    record(event, actor.id if actor else None, recruitment.id, code=decided.outcome, count=len(hired))
    db.session.flush()
    if ends and actor and not recruitment.closed_at:
        reason = "" if decided.outcome == HIRED else _("Afgørelsen i sagen siger hvorfor.")
        close(recruitment, outcome=decided.outcome, hired=len(hired), reason=reason, actor=actor)


def _check(recruitment: Recruitment, standing: Standing, decided: Decided, hired: Sequence[Candidate]) -> None:
    if decided.outcome not in (HIRED, NOBODY):
        raise RuleBroken(_("Vælg, hvad der er besluttet."))
    if decided.outcome == HIRED and not hired:
        raise RuleBroken(_("Vælg den, der er ansat."))
    if decided.outcome == NOBODY and hired:
        raise RuleBroken(_("Vælg enten dem, der er ansat, eller at ingen er ansat."))
    if len(hired) > recruitment.posts:
        raise RuleBroken(
            _("Der er %(posts)s stillinger i forløbet. Flere kan ikke ansættes i det.", posts=recruitment.posts)
            if recruitment.posts > 1
            else _("Der er én stilling i forløbet. Flere kan ikke ansættes i den.")
        )
    gone = next((item for item in hired if item.status != "active"), None)
    if gone is not None:
        raise RuleBroken(_("%(ref)s har trukket sig og kan ikke ansættes.", ref=gone.ref))
    if decided.decided_on > today():
        raise RuleBroken(_("Afgørelsen kan ikke ligge ude i fremtiden."))
    if not decided.decided_by.strip():
        raise RuleBroken(_("Skriv, hvem der har besluttet."))
    if not decided.reason.strip():
        raise RuleBroken(_("Skriv, hvorfor der er besluttet sådan."))
    if differs(standing, hired) and not decided.differs_because.strip():
        raise RuleBroken(_("Afgørelsen er en anden end indstillingen. Skriv hvorfor."))
    for text in (decided.reason, decided.differs_because):
        check_text(text, REASON_LIMIT)
    if recruitment.closed_at and (recruitment.outcome, recruitment.hired) != (decided.outcome, len(hired)):
        raise RuleBroken(_("Forløbet er afsluttet med et andet resultat. Åbn det igen, før afgørelsen noteres."))


def take_back(recruitment: Recruitment, reason: str, *, actor: Person) -> None:
    """Takes the decision off the case, and keeps why. Raises RuleBroken without one or a reason, and when the
    recruitment has ended with it."""
    row = load_decision(recruitment)
    if row is None:
        raise RuleBroken(_("Der er ikke noteret nogen afgørelse."))
    if recruitment.closed_at:
        raise RuleBroken(_("Forløbet er afsluttet. Åbn det igen, før afgørelsen tages tilbage."))
    if not reason.strip():
        raise RuleBroken(_("Skriv, hvorfor afgørelsen tages tilbage."))
    check_text(reason, REASON_LIMIT)
    remember(recruitment, DECISION, reason.strip(), what=TAKEN_BACK, actor=actor)
    db.session.delete(row)
    record("decision.taken_back", actor.id, recruitment.id)
    db.session.flush()


def decided_outcome(recruitment: Recruitment) -> tuple[str, int] | None:
    """How many are hired by the decision, for the ending of the recruitment: (outcome, count); None before it."""
    row = load_decision(recruitment)
    return (row.outcome, len(row.hired)) if row else None
