"""What a recommendation and a decision said before: each text as it was left, and the steps of the whole."""

from __future__ import annotations

from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now
from recruit.decisions.models import RecommendationEarlier
from recruit.decisions.rules import WHOLE, WRITTEN_BY_HAND
from recruit.extensions import db
from recruit.profiles.rules import goes_on
from recruit.recruitments.models import Recruitment


def remember(recruitment: Recruitment, key: str, text: str, *, what: str, actor: Person | None) -> bool:
    """Puts a text into the history. False where it goes on with what the same person is writing."""
    moment = now()
    last = db.session.scalar(
        select(RecommendationEarlier)
        .where(RecommendationEarlier.recruitment_id == recruitment.id, RecommendationEarlier.key == key)
        .order_by(RecommendationEarlier.id.desc())
        .limit(1)
    )
    if (
        last is not None
        and what == last.what == WRITTEN_BY_HAND
        and goes_on(
            last.text,
            text,
            same_person=actor is not None and last.person_id == actor.id,
            begun=last.begun_at,
            last=last.at,
            now=moment,
        )
    ):
        last.text, last.at = text, moment
        return False
    db.session.add(
        RecommendationEarlier(
            recruitment_id=recruitment.id,
            key=key,
            text=text,
            begun_at=moment,
            at=moment,
            person_id=actor.id if actor else None,
            what=what,
        )
    )
    return True


def load_history(recruitment: Recruitment, key: str = WHOLE) -> list[tuple[RecommendationEarlier, str]]:
    """A text as it was left each time, or the steps of the whole, newest first, each with who; one query."""
    rows = db.session.execute(
        select(RecommendationEarlier, Person.name)
        .outerjoin(Person, Person.id == RecommendationEarlier.person_id)
        .where(RecommendationEarlier.recruitment_id == recruitment.id, RecommendationEarlier.key == key)
        .order_by(RecommendationEarlier.id.desc())
    )
    return [(row, name or "") for row, name in rows]
