"""Recommendation, decision, references and hearings of a case file: out and in."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from recruit.accounts.rules import same_email
from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.casefile.decided_parts import RecommendationPart
from recruit.casefile.fields import as_datetime
from recruit.casefile.models import Case
from recruit.comparison.service import load_revealed, load_words
from recruit.decisions.hearings import load_tasks
from recruit.decisions.models import (
    HiredCandidate,
    HiringDecision,
    Recommendation,
    RecommendationQuote,
    RecommendationText,
    RecommendedCandidate,
    Reference,
    ReferenceAnswer,
    Task,
)
from recruit.decisions.quotes import load_quotes
from recruit.decisions.references import load_answers, load_references, questions_of
from recruit.decisions.rules import sentences
from recruit.decisions.service import load_decision, load_recommendation, load_texts, round_of
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment, Round

# Columns that the file calls by the same name.
DECISION = ("outcome", "decided_on", "decided_by", "approved_by", "reason", "differs_because")
REFERENCE = ("referee", "relation", "consent_on", "consent_how", "called_on", "called_by")
HEARING = ("kind", "what", "opened_on", "due_on", "ending", "closed_on", "answer", "passed_because")


# Out


def decision_values(recruitment: Recruitment) -> dict[str, Any]:
    """The four keys of the case file. Only a revealed round has a recommendation (rule 1)."""
    refs = {item.id: item.ref for item in load_candidates(recruitment)}
    return {
        "recommendation": _recommendation(recruitment, refs),
        "decision": _decision(recruitment, refs),
        "references": [
            {
                "candidate": candidate.ref,
                **{name: getattr(row, name) for name in REFERENCE},
                "answers": _answers(recruitment, row),
            }
            for row, candidate in load_references(recruitment)
        ],
        "hearings": _hearings(recruitment),
    }


def _recommendation(recruitment: Recruitment, refs: Mapping[int, str]) -> dict[str, Any] | None:
    row = load_recommendation(recruitment)
    if row is None:
        return None
    round_ = round_of(recruitment, row)
    revealed = load_revealed(recruitment, round_)
    keys = {criterion.id: criterion.key for criterion in recruitment.criteria}
    return {
        "round": round_.number,
        "choice": row.choice,
        "candidates": [refs[place.candidate_id] for place in row.places],
        "texts": {key: text.text for key, text in load_texts(recruitment).items()},
        "quotes": [
            {
                "candidate": quote.candidate.ref,
                "panelist": quote.member.person.email,
                "statement": keys[criterion_id],
                "text": quote.text,
            }
            for criterion_id, quotes in load_quotes(revealed, load_words(revealed)).items()
            for quote in quotes
        ],
        "final_at": row.final_at.isoformat() if row.final_at else None,
        "verdict": row.verdict,
        "kept_because": row.kept_because,
    }


def _decision(recruitment: Recruitment, refs: Mapping[int, str]) -> dict[str, Any] | None:
    row = load_decision(recruitment)
    if row is None:
        return None
    return {name: getattr(row, name) for name in DECISION} | {"hired": [refs[item.candidate_id] for item in row.hired]}


def _answers(recruitment: Recruitment, row: Reference) -> list[dict[str, Any]]:
    bank = {question.id: question.text.model_dump() for _criterion, question in questions_of(recruitment)}
    return [
        {
            "question": key,
            "text": answer.text,
            "wording": answer.wording if answer.wording and answer.wording != bank.get(key) else None,
        }
        for key, answer in load_answers(row).items()
        if answer.text.strip()
    ]


def _hearings(recruitment: Recruitment) -> list[dict[str, Any]]:
    numbers = {row.id: number for number, (row, _candidate) in enumerate(load_references(recruitment), 1)}
    return [
        {
            "candidate": candidate.ref,
            "reference": numbers.get(task.reference_id or 0),
            **{name: getattr(task, name) for name in HEARING},
        }
        for task, candidate in load_tasks(recruitment)
    ]


# In


def write_decisions(
    recruitment: Recruitment,
    case: Case,
    rounds: Mapping[int, Round],
    candidates: Mapping[str, Candidate],
    members: Mapping[str, PanelMember],
) -> None:
    """Writes what a checked case says; the parts are found by the names that the file uses."""
    if case.recommendation:
        _write_recommendation(recruitment, case, case.recommendation, rounds, candidates, members)
    if case.decision:
        values = case.decision.model_dump(include=set(DECISION))
        row = HiringDecision(recruitment_id=recruitment.id, recorded_at=now(), **values)
        row.hired.extend(HiredCandidate(candidate_id=candidates[ref].id) for ref in case.decision.hired)
        db.session.add(row)
    references = _write_references(recruitment, case, candidates)
    for hearing in case.hearings:
        db.session.add(
            Task(
                candidate_id=candidates[hearing.candidate].id,
                reference_id=references[hearing.reference - 1].id if hearing.reference else None,
                **hearing.model_dump(include=set(HEARING) - {"ending"}),
                ending=hearing.ending or "",
            )
        )


def _write_recommendation(
    recruitment: Recruitment,
    case: Case,
    part: RecommendationPart,
    rounds: Mapping[int, Round],
    candidates: Mapping[str, Candidate],
    members: Mapping[str, PanelMember],
) -> None:
    row = Recommendation(
        recruitment_id=recruitment.id,
        round_id=rounds[part.round].id,
        choice=part.choice,
        changed_at=now(),
        verdict=part.verdict.model_dump() if part.verdict and part.final_at else None,
        kept_because=part.kept_because,
        final_at=as_datetime(part.final_at) if part.final_at else None,
    )
    row.places.extend(
        RecommendedCandidate(candidate_id=candidates[ref].id, place=place)
        for place, ref in enumerate(part.candidates, 1)
    )
    db.session.add(row)
    for key, text in part.texts.items():
        db.session.add(RecommendationText(recruitment_id=recruitment.id, key=key, text=text, changed_at=now()))
    ids = {criterion.key: criterion.id for criterion in recruitment.criteria}
    evidence = {
        (same_email(card.panelist), card.candidate, key): rating.evidence or ""
        for card in case.scorecards
        if card.round == part.round
        for key, rating in card.ratings.items()
    }
    for quote in part.quotes:
        email = same_email(quote.panelist)
        written = sentences(evidence[email, quote.candidate, quote.statement])
        db.session.add(
            RecommendationQuote(
                recruitment_id=recruitment.id,
                criterion_id=ids[quote.statement],
                candidate_id=candidates[quote.candidate].id,
                member_id=members[email].id,
                position=written.index(quote.text),
                text=quote.text,
            )
        )


def _write_references(recruitment: Recruitment, case: Case, candidates: Mapping[str, Candidate]) -> list[Reference]:
    bank = {question.id: question.text.model_dump() for _criterion, question in questions_of(recruitment)}
    rows = []
    for part in case.references:
        row = Reference(candidate_id=candidates[part.candidate].id, **part.model_dump(include=set(REFERENCE)))
        db.session.add(row)
        db.session.flush()
        rows.append(row)
        for answer in part.answers:
            wording = answer.wording.model_dump() if answer.wording else bank.get(answer.question, {})
            db.session.add(
                ReferenceAnswer(
                    reference_id=row.id, key=answer.question, wording=wording, text=answer.text, changed_at=now()
                )
            )
    return rows
