"""What was asked otherwise than in the guide, and why (rule 5): recorded during the round, fixed by its reveal."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.conflicts import barred_from
from recruit.candidates.impartiality import load_standings
from recruit.candidates.models import Candidate
from recruit.candidates.rules import is_disqualified
from recruit.candidates.service import by_ref, round_candidates
from recruit.datafiles import Localised
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.questions.guide import load_guide
from recruit.questions.models import GuideQuestion
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.scoring.models import Deviation
from recruit.scoring.rules import DEVIATIONS
from recruit.web.forms import digest


@dataclass(frozen=True)
class NotedDeviation:
    """A deviation with what it is about. `question` None is none in particular, `by` "" somebody who has left."""

    row: Deviation
    candidate: Candidate
    question: GuideQuestion | None
    by: str

    @property
    def question_text(self) -> Localised | None:
        return Localised.model_validate(self.question.wording["text"]) if self.question else None


@dataclass(frozen=True)
class DeviationValues:
    """What a person writes about a deviation; the reason without space at its ends."""

    candidate_id: int
    question_id: int | None
    code: str
    reason: str


def values_of(row: Deviation) -> DeviationValues:
    return DeviationValues(row.candidate_id, row.guide_question_id, row.code, row.reason)


def version_of(row: Deviation) -> int:
    """What a page remembers of the deviation that it showed: another number for every change of it."""
    return int(digest(values_of(row))[:7], 16) or 1


def load_deviations(
    recruitment: Recruitment, round_: Round, standings: Mapping[int, Mapping[int, str]] | None = None
) -> list[NotedDeviation]:
    """Those of a round by candidate, the oldest first; one query, and one for the standings where they are not known.

    What a disqualified member wrote counts in nothing (rule 7).
    """
    rows = db.session.execute(
        select(Deviation, Candidate, GuideQuestion, Person.name, PanelMember.id)
        .join(Candidate, Candidate.id == Deviation.candidate_id)
        .outerjoin(GuideQuestion, GuideQuestion.id == Deviation.guide_question_id)
        .outerjoin(Person, Person.id == Deviation.recorded_by_id)
        .outerjoin(
            PanelMember,
            (PanelMember.person_id == Deviation.recorded_by_id) & (PanelMember.recruitment_id == recruitment.id),
        )
        .where(Deviation.round_id == round_.id)
        .order_by(Deviation.recorded_at, Deviation.id)
    )
    standings = load_standings(recruitment) if standings is None else standings
    found = [
        NotedDeviation(row, candidate, question, name or "")
        for row, candidate, question, name, member in rows
        if not is_disqualified(standings.get(member, {}).values())
    ]
    return sorted(found, key=lambda item: by_ref(item.candidate))


def find_deviation(round_: Round, deviation_id: int) -> Deviation | None:
    """As it stands in the database now."""
    return db.session.scalar(
        select(Deviation)
        .where(Deviation.round_id == round_.id, Deviation.id == deviation_id)
        .execution_options(populate_existing=True)
    )


def record_deviation(
    recruitment: Recruitment, round_: Round, values: DeviationValues, *, member: PanelMember | None, actor: Person
) -> None:
    """`member` is what the actor is on the panel, None for HR. Raises RuleBroken."""
    _check(recruitment, round_, values, member)
    own = select(Deviation).where(Deviation.round_id == round_.id, Deviation.recorded_by_id == actor.id)
    if values in [values_of(row) for row in db.session.scalars(own)]:
        return  # a double click, or a request whose answer was lost, sent again
    row = Deviation(round_id=round_.id, recorded_by_id=actor.id, recorded_at=now())
    _write(row, values)
    db.session.add(row)
    db.session.flush()
    _record("deviation.recorded", recruitment, round_, row, actor)


def change_deviation(
    recruitment: Recruitment,
    round_: Round,
    row: Deviation,
    values: DeviationValues,
    *,
    version: int,
    member: PanelMember | None,
    actor: Person,
) -> None:
    """By who wrote it, before the reveal. Raises EditedMeanwhile when another window has saved since."""
    _check(recruitment, round_, values, member)
    check_owner(row, actor)
    if find_deviation(round_, row.id) is None:
        raise EditedMeanwhile(_("Du har slettet afvigelsen i et andet vindue."))
    if values == values_of(row):
        return
    if version != version_of(row):
        raise EditedMeanwhile(_("Du har rettet dette i et andet vindue."))
    _write(row, values)
    _record("deviation.changed", recruitment, round_, row, actor)


def remove_deviation(recruitment: Recruitment, round_: Round, row: Deviation, *, actor: Person) -> None:
    _check_round(round_)
    check_owner(row, actor)
    _record("deviation.removed", recruitment, round_, row, actor)
    db.session.delete(row)


def check_owner(row: Deviation, actor: Person) -> None:
    """Raises RuleBroken for anybody but who wrote it."""
    if row.recorded_by_id != actor.id:
        raise RuleBroken(_("Kun den, der har noteret afvigelsen, kan rette eller slette den."))


def _check_round(round_: Round) -> None:
    hold(round_)
    if not round_.locked_at:
        raise RuleBroken(_("Guiden er ikke låst endnu. Ret den i stedet."))
    if round_.revealed_at:
        raise RuleBroken(_("Runden er afsløret. Afvigelserne ligger fast."))


def _check(recruitment: Recruitment, round_: Round, values: DeviationValues, member: PanelMember | None) -> None:
    _check_round(round_)
    if values.candidate_id not in {item.id for item in round_candidates(recruitment, round_)}:
        raise RuleBroken(_("Vælg en kandidat i runden."))
    if values.candidate_id in barred_from(member):
        raise RuleBroken(_("Du er inhabil over for kandidaten."))
    if values.question_id is not None and values.question_id not in {row.id for row in load_guide(round_)}:
        raise RuleBroken(_("Vælg et spørgsmål i rundens guide."))
    if values.code not in DEVIATIONS:
        raise RuleBroken(_("Vælg, hvad der skete."))
    if not values.reason:
        raise RuleBroken(_("Skriv, hvorfor der blev spurgt anderledes."))


def _write(row: Deviation, values: DeviationValues) -> None:
    row.candidate_id, row.guide_question_id = values.candidate_id, values.question_id
    row.code, row.reason = values.code, values.reason


def _record(event: str, recruitment: Recruitment, round_: Round, row: Deviation, actor: Person) -> None:
    record(
        event,
        actor.id,
        recruitment.id,
        round=round_.number,
        candidate=row.candidate_id,
        deviation=row.id,
        code=row.code,
    )
