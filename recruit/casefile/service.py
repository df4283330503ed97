"""A case file into the database, and a recruitment out as a case file."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from recruit import datafiles
from recruit.accounts.models import Person
from recruit.accounts.rules import same_email
from recruit.accounts.service import find_person
from recruit.audit import now, record
from recruit.candidates.models import Candidate, Declaration
from recruit.candidates.rules import CLEAR, OUT, OUT_FOR_CANDIDATE, standing
from recruit.candidates.service import (
    add_candidate,
    choose_candidates,
    chosen_candidates,
    fix_candidates,
    load_candidates,
    load_declarations,
    withdraw,
)
from recruit.casefile.models import Case, QuestionPart, RatingPart, RoundPart
from recruit.casefile.rules import Checker
from recruit.charter.service import charters
from recruit.datafiles import Document
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import add_member, load_members
from recruit.profiles.service import load_sections, write_sections
from recruit.questions.models import GuideQuestion
from recruit.questions.service import bank_of, compose_guide, guide_question, load_guide, seal, wording_of
from recruit.recruitments.models import Amendment, Criterion, Recruitment, Round
from recruit.recruitments.rules import round_name
from recruit.recruitments.service import add_round, amendments, create_recruitment
from recruit.scoring.consensus import load_consensus
from recruit.scoring.models import Consensus, Excuse, Rating, Scorecard
from recruit.scoring.progress import load_excuses, progress
from recruit.scoring.rules import CONFLICT

# In


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
                withdraw(recruitment, candidate, actor=None)
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
        for number in case.revealed:
            fix_candidates(recruitment, self.rounds[number])
            self.rounds[number].revealed_at = now()
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
            question = bank_of(recruitment.charter).question(part)
            if question is None:
                raise KeyError(part)
            return guide_question(round_, self.criteria[part.rpartition(".")[0]], question, position)
        wording = part.model_dump(include={"text", "material", "probes", "listen_for", "warning_signs"})
        return GuideQuestion(
            round_id=round_.id,
            criterion_id=self.criteria[part.criterion].id,
            position=position,
            source=part.source,
            kind=part.kind,
            minutes=part.minutes,
            edited=True,
            wording=wording,
        )

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

    def add_amendments(self, recruitment: Recruitment) -> None:
        for item in self.case.amendments:
            person = find_person(item.by) if item.by else None
            db.session.add(
                Amendment(
                    recruitment_id=recruitment.id,
                    at=datetime.fromisoformat(item.at),
                    person_id=person.id if person else None,
                    **item.model_dump(exclude={"at", "by"}),
                )
            )


# Out


def export_case(recruitment: Recruitment, *, actor: Person | None) -> str:
    """The recruitment as YAML. Scorecards of a round that is not revealed are left out (rule 1)."""
    members = {member.id: member for member in load_members(recruitment)}
    candidates = {candidate.id: candidate for candidate in load_candidates(recruitment)}
    emails = {member_id: member.person.email for member_id, member in members.items()}
    refs = {candidate_id: candidate.ref for candidate_id, candidate in candidates.items()}
    keys = {criterion.id: criterion.key for criterion in recruitment.criteria}
    chosen = chosen_candidates(recruitment)
    case: dict[str, Any] = {
        "case": 1,
        "charter": recruitment.charter,
        "recruitment": {
            "title": recruitment.title,
            "role": recruitment.role,
            "department": recruitment.department,
            "case_number": recruitment.case_number,
            "language": recruitment.language,
            "superior": recruitment.superior,
        },
        "profile": {key: row.text for key, row in load_sections(recruitment).items()},
        "criteria": [_criterion(criterion) for criterion in recruitment.criteria],
        "rounds": [
            {
                "number": round_.number,
                "name": round_.name,
                "minutes": round_.minutes,
                "candidates": [refs[item] for item in refs if item in chosen[round_.id]]
                if round_.id in chosen
                else None,
                "criteria": [criterion.key for criterion in round_.chosen_criteria] or None,
                "questions": [_question(recruitment, row, keys) for row in load_guide(round_)],
            }
            for round_ in recruitment.rounds
        ],
        "panel": [
            {"email": member.person.email, "name": member.person.name, "role": member.role, "side": member.side}
            for member in members.values()
        ],
        "candidates": [
            {"ref": item.ref, "name": item.name, "email": item.email, "status": item.status}
            for item in candidates.values()
        ],
        "scorecards": [],
        "impartiality": _impartiality(recruitment, emails, refs),
        "excused": [],
        "consensus": [],
        "locked": [round_.number for round_ in recruitment.rounds if round_.locked_at],
        "revealed": [round_.number for round_ in recruitment.rounds if round_.revealed_at],
        "amendments": [
            {
                "at": row.at.isoformat(),
                "by": db.session.get_one(Person, row.person_id).email if row.person_id else None,
                "part": row.part,
                "subject": row.subject,
                "before": row.before,
                "after": row.after,
                "reason": row.reason,
            }
            for row, _name in amendments(recruitment)
        ],
    }
    for round_ in recruitment.rounds:
        case["excused"] += [
            {
                "panelist": emails[row.member_id],
                "candidate": refs[row.candidate_id],
                "round": round_.number,
                "code": row.code,
                "note": row.note,
            }
            for row in load_excuses(round_)
        ]
        if round_.revealed_at:
            case["scorecards"] += _scorecards(recruitment, round_, emails, refs, keys)
            case["consensus"] += [
                {
                    "candidate": refs[row.candidate_id],
                    "round": round_.number,
                    "statement": keys[row.criterion_id],
                    "score": row.score,
                    "reason": row.reason,
                }
                for row in load_consensus(round_)
            ]
    record("case.exported", actor.id if actor else None, recruitment.id)
    return yaml.dump(_without_empty(case), Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=110)


def _without_empty(value: Any) -> Any:
    """Optional keys that say nothing are left out, as a person would leave them out."""
    if isinstance(value, dict):
        kept = {key: _without_empty(item) for key, item in value.items()}
        return {key: item for key, item in kept.items() if item not in (None, "", [], {})}
    return [_without_empty(item) for item in value] if isinstance(value, list) else value


def _criterion(criterion: Criterion) -> dict[str, Any]:
    return {
        "statement" if "." in criterion.key else "area": criterion.key,
        "weight": criterion.weight,
        "minimum": criterion.minimum,
        "here": criterion.here,
    }


def _question(recruitment: Recruitment, row: GuideQuestion, keys: dict[int, str]) -> Any:
    """The question's id while its wording is the bank's, else the wording itself."""
    question = bank_of(recruitment.charter).question(row.source) if row.source else None
    if question is not None and wording_of(question) == row.wording and question.minutes == row.minutes:
        return row.source
    wording = {key: value for key, value in row.wording.items() if value}
    return {
        "source": row.source,
        "criterion": keys[row.criterion_id],
        "kind": row.kind,
        "minutes": row.minutes,
        **wording,
    }


def _impartiality(recruitment: Recruitment, emails: dict[int, str], refs: dict[int, str]) -> list[dict[str, Any]]:
    """What is settled. A doubt that nobody has decided is not recorded yet, and so left out."""
    rows = load_declarations(recruitment)
    found = []
    for row in rows:
        settled = standing(row.answer, row.decision)
        if settled not in (CLEAR, OUT, OUT_FOR_CANDIDATE):
            continue
        found.append(
            {
                "panelist": emails[row.member_id],
                "candidate": refs[row.candidate_id],
                "conflict": settled != CLEAR,
                "scope": {OUT: "recruitment", OUT_FOR_CANDIDATE: "candidate"}.get(settled),
                "kind": row.kind,
                "reason": row.reason,
            }
        )
    return found


def _scorecards(
    recruitment: Recruitment, round_: Round, emails: dict[int, str], refs: dict[int, str], keys: dict[int, str]
) -> list[dict[str, Any]]:
    """The submitted cards of a revealed round; those of disqualified members count in nothing and stay behind."""
    states = progress(recruitment, round_).states
    rows = db.session.execute(
        db.select(Scorecard, Rating)
        .join(Rating, Rating.scorecard_id == Scorecard.id)
        .where(Scorecard.round_id == round_.id, Scorecard.submitted_at.is_not(None))
        .order_by(Scorecard.id, Rating.id)
    )
    cards: dict[int, dict[str, Any]] = {}
    for card, rating in rows:
        if states[card.member_id, card.candidate_id] == CONFLICT:
            continue
        entry = cards.setdefault(
            card.id,
            {
                "panelist": emails[card.member_id],
                "candidate": refs[card.candidate_id],
                "round": round_.number,
                "submitted": True,
                "overall": card.overall,
                "ratings": {},
            },
        )
        entry["ratings"][keys[rating.criterion_id]] = {
            "score": rating.score,
            "not_evidenced": True if rating.not_evidenced else None,
            "evidence": rating.evidence if rating.evidence.strip() else None,
        }
    return list(cards.values())
