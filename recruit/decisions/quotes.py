"""What members wrote, sentence by sentence, and the sentences that the chair has picked as reasons."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import delete, select

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.comparison.service import RevealedRound, Words
from recruit.decisions.models import RecommendationQuote
from recruit.decisions.rules import QUOTES_LIMIT, sentences
from recruit.decisions.service import check_open, load_recommendation
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment

Place = tuple[int, int, int]  # candidate, member, position


@dataclass(frozen=True)
class Sentence:
    """One sentence of a member's evidence on a candidate. `position` counts from 0."""

    candidate: Candidate
    member: PanelMember
    position: int
    text: str
    score: int | None

    @property
    def place(self) -> Place:
        return self.candidate.id, self.member.id, self.position

    @property
    def key(self) -> str:
        """What a page calls it."""
        return "-".join(str(part) for part in self.place)


def sentences_of(
    revealed: RevealedRound, words: Words, criterion: Criterion, candidates: Iterable[Candidate]
) -> list[Sentence]:
    """What counts and was written on a criterion, by candidate, then in the panel's order; no query."""
    scores = {(row.member_id, row.candidate_id, row.criterion_id): row.score for row in revealed.given}
    return [
        Sentence(candidate, member, position, text, scores.get((member.id, candidate.id, criterion.id)))
        for candidate in candidates
        for member in revealed.progress.members
        for position, text in enumerate(sentences(words.evidence.get((member.id, candidate.id, criterion.id), "")))
    ]


def load_quotes(revealed: RevealedRound, words: Words) -> dict[int, list[Sentence]]:
    """The picked sentences by criterion id, as they stand in the evidence; one query.

    What no longer counts, such as the words of a member who turned out to be disqualified, is left out (rule 7).
    """
    rows = db.session.scalars(
        select(RecommendationQuote)
        .where(RecommendationQuote.recruitment_id == revealed.recruitment.id)
        .order_by(RecommendationQuote.id)
    )
    members = {member.id: member for member in revealed.progress.members}
    candidates = {item.id: item for item in revealed.candidates}
    scores = {(row.member_id, row.candidate_id, row.criterion_id): row.score for row in revealed.given}
    found: dict[int, list[Sentence]] = {}
    for row in rows:
        cell = (row.member_id, row.candidate_id, row.criterion_id)
        if cell in words.evidence:
            found.setdefault(row.criterion_id, []).append(
                Sentence(candidates[row.candidate_id], members[row.member_id], row.position, row.text, scores.get(cell))
            )
    return found


def pick(
    recruitment: Recruitment,
    criterion: Criterion,
    offered: Collection[Sentence],
    wanted: Collection[str],
    *,
    shown: Collection[str],
    actor: Person | None,
) -> None:
    """Picks the sentences of a criterion with these keys. Only what the person changed is changed: `shown` are the keys
    that were picked when the page was opened. Raises RuleBroken for too many, and when the recommendation is final."""
    check_open(load_recommendation(recruitment))
    mine = (RecommendationQuote.recruitment_id == recruitment.id, RecommendationQuote.criterion_id == criterion.id)
    rows = {
        (row.candidate_id, row.member_id, row.position): row
        for row in db.session.scalars(select(RecommendationQuote).where(*mine))
    }
    by_key = {item.key: item for item in offered}
    added = [by_key[key] for key in by_key if key in wanted and key not in shown and by_key[key].place not in rows]
    gone = [
        rows[by_key[key].place].id for key in shown if key in by_key and key not in wanted and by_key[key].place in rows
    ]
    if len(rows) - len(gone) + len(added) > QUOTES_LIMIT:
        raise RuleBroken(_("Vælg højst %(limit)s sætninger til et kriterium: de stærkeste.", limit=QUOTES_LIMIT))
    if not added and not gone:
        return
    db.session.execute(delete(RecommendationQuote).where(RecommendationQuote.id.in_(gone)))
    for item in added:
        db.session.add(
            RecommendationQuote(
                recruitment_id=recruitment.id,
                criterion_id=criterion.id,
                candidate_id=item.candidate.id,
                member_id=item.member.id,
                position=item.position,
                text=item.text,
            )
        )
    record("recommendation.quoted", actor.id if actor else None, recruitment.id, criterion=criterion.id)
    db.session.flush()
