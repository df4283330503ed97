"""What the documents to and about candidates are made of: how far each came, and what was rated and noted of them.

Nothing of a round that is not revealed is read (rule 1). What is gathered for one candidate holds no other's words; a
note that names another candidate or a member is left out of everything that is composed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from flask import current_app
from flask_babel import force_locale
from sqlalchemy import select

from recruit.candidates.mentions import CANDIDATE, MEMBER, Names, Someone
from recruit.candidates.models import Candidate
from recruit.candidates.service import chosen_candidates, load_candidates
from recruit.charter.models import Charter
from recruit.comparison.scores import cell
from recruit.decisions.models import HiringDecision
from recruit.decisions.service import load_decision
from recruit.extensions import db
from recruit.letters.compose import Ground, Known
from recruit.letters.rules import Ended, Way, stage_of
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.profiles.suggestions import in_a_sentence
from recruit.recruitments.models import Criterion, Recruitment, Round, TimetableStep
from recruit.recruitments.rules import CANCELLED, NOBODY
from recruit.recruitments.service import charter_of, criterion_text, round_criteria
from recruit.recruitments.timetable import load_choices, load_timetable, step_date
from recruit.scoring.consensus import load_consensus
from recruit.scoring.models import Consensus, Rating, Scorecard
from recruit.scoring.progress import progress
from recruit.scoring.rules import SUBMITTED, WITHDRAWN
from recruit.sifting.models import Sift
from recruit.sifting.piles import Result, load_result
from recruit.sifting.rules import NOT_EVIDENCED, NOT_SHOWN
from recruit.web.language import day, localised

LONGEST_NOTE = 320  # letters: what is longer is for the chair to draw on, not for a draft
FAR = 1.5  # steps of the scale from the cell
# Words by which a note says that something was missing: they choose which note a draft begins with, and nothing else.
SHORTFALL = re.compile(
    r"\b(?:ikke|uden|kun|ingen|intet|aldrig|manglede|not|without|only|no|nothing|never|lacked)\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Noted:
    """One member's first rating of a candidate on a criterion, with its evidence. `score` None is *not evidenced*."""

    round: Round
    member: PanelMember
    criterion: Criterion
    score: int | None
    evidence: str


@dataclass(frozen=True)
class Impression:
    """What a member wrote last, of the candidate as a whole."""

    round: Round
    member: PanelMember
    text: str


@dataclass(frozen=True)
class Heard:
    """All that counts of the revealed rounds, by candidate id."""

    noted: Mapping[int, Sequence[Noted]]
    impressions: Mapping[int, Sequence[Impression]]
    agreed: Mapping[int, Sequence[tuple[Round, Consensus]]]


@dataclass(frozen=True)
class Field:
    """Everybody in one recruitment: who is in it, how far each came, and how it ended."""

    recruitment: Recruitment
    charter: Charter
    candidates: Sequence[Candidate]
    members: Sequence[PanelMember]
    decision: HiringDecision | None
    # The rounds each candidate is in, by candidate id.
    rounds: Mapping[int, Sequence[Round]]
    # The answer each gets, and what it waits for.
    stages: Mapping[int, tuple[str, str]]

    def stage(self, candidate: Candidate) -> str:
        return self.stages[candidate.id][0]

    def interviews(self, candidate: Candidate) -> int:
        return sum(bool(round_.revealed_at) for round_ in self.rounds[candidate.id])

    def names(self, candidate: Candidate, *, with_members: bool = True) -> Names:
        """Everybody whom a text to or about the candidate must not name."""
        others = [
            Someone(CANDIDATE, item.ref, item.name, item.email) for item in self.candidates if item.id != candidate.id
        ]
        if with_members:
            others += [Someone(MEMBER, "", member.person.name, member.person.email) for member in self.members]
        return Names(others, candidate.name, candidate.ref)


def load_field(recruitment: Recruitment) -> Field:
    """Four queries."""
    candidates, chosen = load_candidates(recruitment), chosen_candidates(recruitment)
    decision = load_decision(recruitment)
    rounds = {
        item.id: [round_ for round_ in recruitment.rounds if round_.id not in chosen or item.id in chosen[round_.id]]
        for item in candidates
    }
    hired = {row.candidate_id for row in decision.hired} if decision else set()
    active = [item for item in candidates if item.status == "active"]
    last = max((round_.number for item in active for round_ in rounds[item.id]), default=None)
    stages = {}
    for item in candidates:
        own = rounds[item.id]
        way = Way(
            withdrawn=item.status == "withdrawn",
            number=own[-1].number if own else None,
            revealed=any(round_.revealed_at for round_ in own),
            chosen=bool(chosen),
        )
        ended = Ended(
            decided=decision is not None or recruitment.outcome == NOBODY,
            hired=item.id in hired,
            cancelled=recruitment.outcome == CANCELLED,
            last=last,
        )
        stages[item.id] = stage_of(way, ended)
    members = load_members(recruitment)
    return Field(recruitment, charter_of(recruitment), candidates, members, decision, rounds, stages)


def load_heard(recruitment: Recruitment, candidate: Candidate | None = None) -> Heard:
    """Of all candidates or of one: withdrawn ones too, members who are disqualified not. Nine queries for each revealed
    round."""
    noted: defaultdict[int, list[Noted]] = defaultdict(list)
    impressions: defaultdict[int, list[Impression]] = defaultdict(list)
    agreed: defaultdict[int, list[tuple[Round, Consensus]]] = defaultdict(list)
    for round_ in recruitment.rounds:
        if not round_.revealed_at:
            continue
        found = progress(recruitment, round_)
        members = {member.id: member for member in found.members}
        # Of a withdrawn candidate as well: what was written stays theirs to see.
        counting = {card for card, state in found.states.items() if state in (SUBMITTED, WITHDRAWN)}
        cards = select(Scorecard).where(Scorecard.round_id == round_.id, Scorecard.submitted_at.is_not(None))
        if candidate is not None:
            cards = cards.where(Scorecard.candidate_id == candidate.id)
        criteria = {item.id: item for item in round_criteria(recruitment, round_)}
        rows = db.session.execute(
            cards.join(Rating, Rating.scorecard_id == Scorecard.id).with_only_columns(
                Scorecard.member_id, Scorecard.candidate_id, Rating.criterion_id, Rating.score, Rating.evidence
            )
        )
        for member, who, criterion, score, evidence in rows:
            if (member, who) in counting and criterion in criteria:
                noted[who].append(Noted(round_, members[member], criteria[criterion], score, evidence))
        written = cards.where(Scorecard.overall != "").with_only_columns(
            Scorecard.member_id, Scorecard.candidate_id, Scorecard.overall
        )
        for member, who, text in db.session.execute(written):
            if (member, who) in counting:
                impressions[who].append(Impression(round_, members[member], text))
        for row in load_consensus(round_):
            if candidate is None or row.candidate_id == candidate.id:
                agreed[row.candidate_id].append((round_, row))
    for own in noted.values():
        own.sort(key=lambda item: (item.round.number, item.criterion.position, item.member.person.email))
    for written_ in impressions.values():
        written_.sort(key=lambda item: (item.round.number, item.member.person.email))
    return Heard(noted, impressions, agreed)


def grounds_of(field: Field, heard: Heard, candidate: Candidate) -> list[Ground]:
    """The candidate's criteria in their order, each by its last revealed round, in the language that is forced.

    A cell is the mean of the first ratings, or the consensus where there is one (design, section 3).
    """
    names = field.names(candidate)
    last: dict[int, Round] = {}
    by_cell: defaultdict[tuple[int, int], list[Noted]] = defaultdict(list)
    for item in heard.noted.get(candidate.id, ()):
        last[item.criterion.id] = item.round
        by_cell[item.criterion.id, item.round.id].append(item)
    agreed = {(row.criterion_id, round_.id): row.score for round_, row in heard.agreed.get(candidate.id, ())}
    grounds = []
    for criterion in field.recruitment.criteria:
        round_ = last.get(criterion.id)
        if round_ is None:
            continue
        place = (criterion.id, round_.id)
        scores = [item.score for item in by_cell[place] if item.score is not None]
        value = cell(scores, agreed.get(place)).value
        ground = Ground(
            key=criterion.key,
            room=criterion.area_id,
            statement=localised(criterion_text(field.charter, criterion)),
            here=criterion.here.strip(),
            value=value,
            minimum=criterion.minimum,
        )
        grounds.append(replace(ground, notes=tuple(_telling(by_cell[place], ground, names))))
    return grounds


def _telling(rows: Iterable[Noted], ground: Ground, names: Names) -> list[str]:
    """What was noted, the most telling first: of a strength what went well, else what was missing; what only somebody
    far from the rest of the panel saw comes last. Nobody else is named in it."""
    value = ground.value or 0

    def place(item: Noted) -> tuple[bool, bool, int, str]:
        score = item.score or 0
        is_far = abs(score - value) >= FAR
        misses = SHORTFALL.search(item.evidence) is not None
        email = item.member.person.email
        return (is_far, not misses, score, email) if ground.is_weak else (is_far, misses, -score, email)

    scored = sorted((item for item in rows if item.score is not None), key=place)
    texts = (" ".join(item.evidence.split()) for item in scored)
    return [text for text in dict.fromkeys(texts) if text and len(text) <= LONGEST_NOTE and not names.find(text)]


def unseen_statements(field: Field, result: Result | None, candidate: Candidate) -> list[str]:
    """The criteria that an application tells least of, by the answers of the opened first sift; heaviest first."""
    if result is None:
        return []
    own = next((item for item in result.applicants if item.candidate.id == candidate.id), None)
    if own is None:
        return []
    poor = [
        criterion
        for criterion in sorted(field.recruitment.criteria, key=lambda item: (-item.weight, item.position))
        if (given := list(own.answers.get(criterion.id, {}).values()))
        and sum(answer in (NOT_SHOWN, NOT_EVIDENCED) for answer in given) * 2 > len(given)
    ]
    return [localised(criterion_text(field.charter, criterion)) for criterion in poor]


def load_sifted(recruitment: Recruitment) -> Result | None:
    """The first sift when it is opened; None otherwise. At most seven queries."""
    sift = db.session.scalar(select(Sift).where(Sift.recruitment_id == recruitment.id))
    return load_result(recruitment, sift) if sift is not None and sift.revealed_at else None


@dataclass(frozen=True)
class Frame:
    """What all letters of a recruitment share: its timetable, and which certificates are asked for."""

    steps: Sequence[TimetableStep]
    children: bool
    record: bool


def load_frame(recruitment: Recruitment) -> Frame:
    """Two queries."""
    chosen = load_choices(recruitment)
    return Frame(load_timetable(recruitment), bool(chosen and chosen.children), bool(chosen and chosen.record))


def known_of(field: Field, heard: Heard, frame: Frame, sifted: Result | None, candidate: Candidate) -> Known:
    """What a candidate's letter is made of, in the recruitment's language; no query."""
    recruitment = field.recruitment
    start = step_date(frame.steps, "start") or recruitment.starts_on
    deleted = step_date(frame.steps, "deletion")
    with force_locale(recruitment.language):
        return Known(
            title=in_a_sentence(recruitment.title),
            organisation=str(current_app.config["ORGANISATION"]),
            interviews=field.interviews(candidate),
            grounds=tuple(grounds_of(field, heard, candidate)),
            unseen=tuple(unseen_statements(field, sifted, candidate)),
            start=f"{'on' if recruitment.language == 'en' else 'den'} {day(start)}" if start else "",
            deleted=f"{'' if recruitment.language == 'en' else 'den '}{day(deleted)}" if deleted else "",
            no_show=candidate.withdrawal == "no_show",
            is_filled=field.decision is None or field.decision.outcome != NOBODY,
            child_certificate=frame.children,
            criminal_record=frame.record,
        )
