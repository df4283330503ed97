"""What a case file says of the post, its timetable and its rounds, into the database."""

from __future__ import annotations

from datetime import UTC
from typing import Any

from recruit.accounts.models import Person
from recruit.accounts.rules import same_email
from recruit.accounts.service import find_person
from recruit.candidates.models import Candidate
from recruit.candidates.service import choose_candidates
from recruit.casefile.fields import as_datetime
from recruit.casefile.models import Case
from recruit.casefile.prepared_parts import QuestionPart, RoundPart
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import local_zone
from recruit.panel.models import PanelMember
from recruit.profiles.models import Profile
from recruit.profiles.service import load_rows, print_of
from recruit.questions.guide import compose_guide, guide_question, seal, wording_of
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import is_own
from recruit.questions.service import bank_at_hand, bank_of
from recruit.recruitments.models import Amendment, Criterion, Recruitment, Round, Timetable, TimetableStep
from recruit.recruitments.rules import round_name
from recruit.recruitments.service import add_round
from recruit.recruitments.timetable import CHOICES
from recruit.recruitments.timetable_rules import ORDER


class PreparedWriter:
    """Writes a checked case. Ids of what was made are kept by the names the file uses."""

    def __init__(self, case: Case, actor: Person | None) -> None:
        self.case, self.actor = case, actor
        self.criteria: dict[str, Criterion] = {}
        self.members: dict[str, PanelMember] = {}
        self.candidates: dict[str, Candidate] = {}
        self.rounds: dict[int, Round] = {}

    def add_timetable(self, recruitment: Recruitment) -> None:
        part = self.case.timetable
        if part is None:
            return
        db.session.add(Timetable(recruitment_id=recruitment.id, **{name: getattr(part, name) for name in CHOICES}))
        for step in part.steps:
            db.session.add(
                TimetableStep(
                    recruitment_id=recruitment.id,
                    code=step.code,
                    position=ORDER.get(step.code, len(ORDER)),
                    title=step.title,
                    starts_on=step.starts,
                    ends_on=step.ends,
                    responsible=step.responsible,
                    note=step.note,
                    edited=step.edited,
                )
            )
            if step.code == "start":
                recruitment.starts_on = step.starts

    def add_ending(self, recruitment: Recruitment) -> None:
        closed = self.case.closed
        if closed is not None:
            recruitment.outcome, recruitment.hired = closed.outcome, closed.hired
            recruitment.closing_reason, recruitment.closed_at = closed.reason.strip(), as_datetime(closed.at)

    def add_round(self, recruitment: Recruitment, part: RoundPart) -> None:
        everything = part.criteria is None or set(part.criteria) == set(self.criteria)
        chosen = [] if everything else [self.criteria[key] for key in part.criteria or []]
        name = part.name or round_name(recruitment.language, part.number)
        round_ = add_round(
            recruitment, name=name, minutes=part.minutes, criteria=chosen, number=part.number, actor=self.actor
        )
        self.rounds[part.number] = round_
        if part.candidates:
            choose_candidates(
                recruitment, round_, [self.candidates[ref].id for ref in part.candidates], actor=self.actor
            )
        for slot in part.plan:
            candidate_id = self.candidates[slot.candidate].id if slot.candidate else None
            starts_at = as_datetime(slot.starts, local_zone()).astimezone(
                UTC
            )  # as people write it: the clock on the wall
            values = {"candidate_id": candidate_id, "starts_at": starts_at, "minutes": slot.minutes, "room": slot.room}
            db.session.add(InterviewSlot(round_id=round_.id, **values))
        if part.questions is None:
            if recruitment.criteria:
                compose_guide(recruitment, round_, actor=self.actor)
        else:
            for position, question in enumerate(part.questions):
                db.session.add(self.question(recruitment, round_, question, position))
        started = any(card.round == part.number for card in self.case.scorecards)
        if started or part.number in self.case.revealed or part.number in self.case.locked:
            seal(recruitment, round_, actor=self.actor)

    def question(
        self, recruitment: Recruitment, round_: Round, part: str | QuestionPart, position: int
    ) -> GuideQuestion:
        if isinstance(part, str):
            part = QuestionPart(source=part)
        if part.from_bank:
            question = bank_of(recruitment.charter).question(part.from_bank)
            if question is None:
                raise KeyError(part.from_bank)
            row = guide_question(round_, self.criteria[part.from_bank.rpartition(".")[0]], question, position)
        else:
            wording = part.model_dump(include={"text", "material", "probes", "listen_for", "warning_signs"})
            same = self.own_question(recruitment, part, wording)
            row = GuideQuestion(
                round_id=round_.id,
                criterion_id=self.criteria[part.criterion or ""].id,
                position=position,
                source=part.source if same or not is_own(part.source or "") else None,
                kind=part.kind or "behavioural",
                minutes=part.minutes,
                edited=not same,
                wording=wording,
            )
        row.asker_id = self.members[same_email(part.asker)].person_id if part.asker else None
        row.kept_because = part.kept_because
        return row

    def own_question(self, recruitment: Recruitment, part: QuestionPart, wording: dict[str, Any]) -> bool:
        """Whether this is one of HR's own here, word for word. The same id elsewhere is another question."""
        if part.source is None or not is_own(part.source):
            return False
        own = bank_at_hand(recruitment.charter).question(part.source)
        return own is not None and wording_of(own) == wording and own.minutes == part.minutes

    def add_profile_state(self, recruitment: Recruitment) -> None:
        part = self.case.profile_state
        if part is None:
            return
        person = find_person(part.approved_by) if part.approved_by else None
        profile = Profile(
            recruitment_id=recruitment.id,
            section_order=" ".join(part.order),
            approved_at=as_datetime(part.approved_at) if part.approved_at else None,
            approved_by_id=person.id if person else None,
            kept_because=part.kept_because,
            locked_at=as_datetime(part.locked_at) if part.locked_at else None,
        )
        if part.approved_at:
            profile.approved_print = print_of(recruitment, profile, load_rows(recruitment))
        db.session.add(profile)

    def add_amendments(self, recruitment: Recruitment) -> None:
        for item in self.case.amendments:
            person = find_person(item.by) if item.by else None
            db.session.add(
                Amendment(
                    recruitment_id=recruitment.id,
                    at=as_datetime(item.at),
                    person_id=person.id if person else None,
                    **item.model_dump(exclude={"at", "by"}),
                )
            )
