"""A case file into the database: a new recruitment, or nothing at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from recruit import datafiles
from recruit.accounts.rules import same_email
from recruit.accounts.service import find_person
from recruit.audit import now, record
from recruit.candidates.models import Candidate, Declaration
from recruit.candidates.service import (
    add_candidate,
    choose_candidates,
    fix_candidates,
    withdraw,
)
from recruit.casefile.models import Case, QuestionPart, RatingPart, RoundPart, as_datetime
from recruit.casefile.rules import Checker
from recruit.charter.service import charters
from recruit.datafiles import Document
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import local_zone
from recruit.panel.models import PanelMember
from recruit.panel.service import add_member
from recruit.profiles.service import write_sections
from recruit.questions.guide import compose_guide, guide_question, load_guide, seal, wording_of
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import is_own
from recruit.questions.service import bank_at_hand, bank_of
from recruit.recruitments.models import Amendment, Criterion, Recruitment, Round
from recruit.recruitments.rules import round_name
from recruit.recruitments.service import add_round, create_recruitment
from recruit.scoring.models import Consensus, Deviation, Dissent, Excuse, Rating, Scorecard


def read_case(path: Path) -> Recruitment:
    """A new recruitment from a case file. Raises FaultyFile; then nothing is to be committed."""
    return import_case(datafiles.read(path))


def import_case(document: Document) -> Recruitment:
    case = datafiles.fit(Case, document)
    charter = charters().get(case.charter)
    if charter is None:
        raise FaultyFile([document.fault(("charter",), f"the charter {case.charter!r} is not installed")])
    faults = Checker(case, document, charter, bank_of(charter.id)).check()
    if faults:
        raise FaultyFile(sorted(faults, key=lambda fault: (fault.line or 0, fault.field)))
    return _Importer(case).run()


class _Importer:
    """Writes a checked case. Ids of what was made are kept by the names the file uses."""

    def __init__(self, case: Case) -> None:
        self.case = case
        self.criteria: dict[str, Criterion] = {}
        self.members: dict[str, PanelMember] = {}
        self.candidates: dict[str, Candidate] = {}
        self.rounds: dict[int, Round] = {}

    def run(self) -> Recruitment:
        case = self.case
        recruitment = create_recruitment(charter_id=case.charter, **case.recruitment.model_dump(), actor=None)
        for position, part in enumerate(case.criteria):
            self.criteria[part.key] = Criterion(
                position=position, key=part.key, weight=part.weight, minimum=part.minimum, here=part.here
            )
        recruitment.criteria[:] = self.criteria.values()
        write_sections(recruitment, case.profile, actor=None)
        for member in case.panel:
            self.members[same_email(member.email)] = add_member(
                recruitment, email=member.email, name=member.name, role=member.role, side=member.side, actor=None
            )
        for item in case.candidates:
            candidate = add_candidate(recruitment, name=item.name, email=item.email, ref=item.ref, actor=None)
            self.candidates[item.ref] = candidate
            if item.status == "withdrawn":
                withdraw(recruitment, candidate, code=item.withdrawal or "withdrew", actor=None)
        for round_part in sorted(case.rounds, key=lambda part: part.number):
            self.add_round(recruitment, round_part)
        self.add_declarations()
        self.add_scorecards()
        for excuse in case.excused:
            db.session.add(
                Excuse(
                    round_id=self.rounds[excuse.round].id,
                    member_id=self.members[same_email(excuse.panelist)].id,
                    candidate_id=self.candidates[excuse.candidate].id,
                    code=excuse.code,
                    note=excuse.note,
                )
            )
        for agreed in case.consensus:
            db.session.add(
                Consensus(
                    round_id=self.rounds[agreed.round].id,
                    candidate_id=self.candidates[agreed.candidate].id,
                    criterion_id=self.criteria[agreed.statement].id,
                    score=agreed.score,
                    reason=agreed.reason,
                )
            )
        for dissent in case.dissents:
            db.session.add(
                Dissent(
                    round_id=self.rounds[dissent.round].id,
                    member_id=self.members[same_email(dissent.panelist)].id,
                    text=dissent.text.strip(),
                    written_at=now(),
                )
            )
        self.reveal_rounds(recruitment)
        self.add_deviations()
        self.add_amendments(recruitment)
        db.session.flush()
        record("case.imported", None, recruitment.id)
        return recruitment

    def add_round(self, recruitment: Recruitment, part: RoundPart) -> None:
        everything = part.criteria is None or set(part.criteria) == set(self.criteria)
        chosen = [] if everything else [self.criteria[key] for key in part.criteria or []]
        name = part.name or round_name(recruitment.language, part.number)
        round_ = add_round(
            recruitment, name=name, minutes=part.minutes, criteria=chosen, number=part.number, actor=None
        )
        self.rounds[part.number] = round_
        if part.candidates:
            choose_candidates(recruitment, round_, [self.candidates[ref].id for ref in part.candidates], actor=None)
        for slot in part.plan:
            candidate_id = self.candidates[slot.candidate].id if slot.candidate else None
            starts_at = as_datetime(slot.starts, local_zone()).astimezone(
                UTC
            )  # as people write it: the clock on the wall
            values = {"candidate_id": candidate_id, "starts_at": starts_at, "minutes": slot.minutes, "room": slot.room}
            db.session.add(InterviewSlot(round_id=round_.id, **values))
        if part.questions is None:
            if recruitment.criteria:
                compose_guide(recruitment, round_, actor=None)
        else:
            for position, question in enumerate(part.questions):
                db.session.add(self.question(recruitment, round_, question, position))
        started = any(card.round == part.number for card in self.case.scorecards)
        if started or part.number in self.case.revealed or part.number in self.case.locked:
            seal(recruitment, round_, actor=None)

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

    def add_declarations(self) -> None:
        for item in self.case.impartiality:
            db.session.add(
                Declaration(
                    member_id=self.members[same_email(item.panelist)].id,
                    candidate_id=self.candidates[item.candidate].id,
                    answer="conflict" if item.conflict else "none",
                    kind=item.kind or ("other" if item.conflict else None),
                    declared_at=now(),
                    decision="candidate" if item.scope == "candidate" else None,
                    decided_at=now() if item.scope == "candidate" else None,
                    reason=item.reason,
                )
            )

    def add_scorecards(self) -> None:
        moment = now()
        for part in self.case.scorecards:
            card = Scorecard(
                round_id=self.rounds[part.round].id,
                member_id=self.members[same_email(part.panelist)].id,
                candidate_id=self.candidates[part.candidate].id,
                overall=part.overall,
                submitted_at=moment if part.submitted else None,
                ratings=[self.rating(key, rating, moment) for key, rating in part.ratings.items()],
            )
            db.session.add(card)

    def rating(self, key: str, part: RatingPart, moment: datetime) -> Rating:
        return Rating(
            criterion_id=self.criteria[key].id,
            score=part.score,
            not_evidenced=bool(part.not_evidenced),
            evidence=part.evidence or "",
            saved_at=moment,
        )

    def reveal_rounds(self, recruitment: Recruitment) -> None:
        """With whoever came late in between: the file knows what they came after, and not when."""
        moment = now()
        late = [part for part in self.case.panel if part.came_after]
        for number in self.case.revealed:
            fix_candidates(recruitment, self.rounds[number])
            later = len({len(part.came_after) for part in late if number in part.came_after})
            self.rounds[number].revealed_at = moment - timedelta(seconds=later)
        for part in late:
            last = max(self.rounds[number].revealed_at or moment for number in part.came_after)
            self.members[same_email(part.email)].joined_at = last + timedelta(seconds=0.5)

    def add_deviations(self) -> None:
        for item in self.case.deviations:
            person = find_person(item.by) if item.by else None
            round_ = self.rounds[item.round]
            db.session.add(
                Deviation(
                    round_id=round_.id,
                    candidate_id=self.candidates[item.candidate].id,
                    guide_question_id=load_guide(round_)[item.question - 1].id if item.question else None,
                    code=item.code,
                    reason=item.reason.strip(),
                    recorded_by_id=person.id if person else None,
                    recorded_at=as_datetime(item.at) if item.at else now(),
                )
            )

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
