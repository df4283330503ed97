"""A case file into the database: a new recruitment, or nothing at all."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from recruit import datafiles
from recruit.accounts.models import Person
from recruit.accounts.rules import same_email
from recruit.accounts.service import find_person
from recruit.audit import now, record
from recruit.candidates.models import Declaration
from recruit.candidates.service import (
    add_candidate,
    fix_candidates,
    withdraw,
)
from recruit.casefile.ads import write_ad
from recruit.casefile.decisions import write_decisions
from recruit.casefile.fields import as_datetime
from recruit.casefile.judged_parts import RatingPart
from recruit.casefile.letters import write_letters
from recruit.casefile.models import Case
from recruit.casefile.prepared_writing import PreparedWriter
from recruit.casefile.rules import Checker
from recruit.charter.service import charters
from recruit.datafiles import Document
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.panel.service import add_member
from recruit.profiles.service import write_sections
from recruit.questions.guide import load_guide
from recruit.questions.service import bank_of
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.needs import write_needs
from recruit.recruitments.service import create_recruitment
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
    recruitment = write_case(case, actor=None)
    record("case.imported", None, recruitment.id)
    return recruitment


def write_case(case: Case, *, actor: Person | None) -> Recruitment:
    """A new recruitment from a case that is known to hold together."""
    return _Importer(case, actor).run()


class _Importer(PreparedWriter):
    """The whole case, what was rated and said of people included."""

    def run(self) -> Recruitment:
        case = self.case
        recruitment = create_recruitment(charter_id=case.charter, **case.recruitment.model_dump(), actor=self.actor)
        for position, part in enumerate(case.criteria):
            self.criteria[part.key] = Criterion(
                position=position,
                key=part.key,
                weight=part.weight,
                minimum=part.minimum,
                here=part.here,
                reason=part.reason,
                weight_reason=part.weight_reason,
            )
        recruitment.criteria[:] = self.criteria.values()
        write_needs(recruitment, case.needs, actor=self.actor)
        write_sections(recruitment, case.profile, actor=self.actor)
        self.add_timetable(recruitment)
        if case.ad:
            write_ad(recruitment, case.ad, actor=self.actor)
        self.add_ending(recruitment)
        for member in case.panel:
            self.members[same_email(member.email)] = add_member(
                recruitment, email=member.email, name=member.name, role=member.role, side=member.side, actor=self.actor
            )
        for item in case.candidates:
            candidate = add_candidate(recruitment, name=item.name, email=item.email, ref=item.ref, actor=self.actor)
            self.candidates[item.ref] = candidate
            if item.status == "withdrawn":
                withdraw(recruitment, candidate, code=item.withdrawal or "withdrew", actor=self.actor)
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
        self.add_profile_state(recruitment)
        db.session.flush()
        write_decisions(recruitment, case, self.rounds, self.candidates, self.members)
        write_letters(recruitment, case, self.candidates)
        db.session.flush()
        return recruitment

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
