"""References for the finalist: the candidate's consent first, then what was said to the questions of the bank."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.decisions.models import Reference, ReferenceAnswer
from recruit.decisions.rules import CONSENTS, OTHER, RELATIONS, SPEAKS_AGAINST, TEXT_LIMIT
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.bank import ReferenceQuestion
from recruit.questions.service import bank_of
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.needs import check_text
from recruit.recruitments.timetable import today


@dataclass(frozen=True)
class Consent:
    """Whom the candidate has agreed that we ask, and when and how they said so."""

    referee: str
    relation: str
    given_on: date
    how: str


def load_references(recruitment: Recruitment) -> list[tuple[Reference, Candidate]]:
    """All of them with their candidates, oldest first; one query."""
    rows = db.session.execute(
        select(Reference, Candidate)
        .join(Candidate, Candidate.id == Reference.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
        .order_by(Reference.id)
    )
    return [(reference, candidate) for reference, candidate in rows]


def load_answers(reference: Reference) -> dict[str, ReferenceAnswer]:
    """What is noted, by question, those that were emptied too; one query."""
    rows = db.session.scalars(select(ReferenceAnswer).where(ReferenceAnswer.reference_id == reference.id))
    return {row.key: row for row in rows}


def noted_answers(recruitment: Recruitment) -> dict[int, dict[str, str]]:
    """What is noted in every reference: reference id -> question -> text; one query."""
    rows = db.session.execute(
        select(ReferenceAnswer.reference_id, ReferenceAnswer.key, ReferenceAnswer.text)
        .join(Reference, Reference.id == ReferenceAnswer.reference_id)
        .join(Candidate, Candidate.id == Reference.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id, ReferenceAnswer.text != "")
        .order_by(ReferenceAnswer.id)
    )
    found: dict[int, dict[str, str]] = {}
    for reference_id, key, text in rows:
        found.setdefault(reference_id, {})[key] = text
    return found


def questions_of(recruitment: Recruitment) -> list[tuple[Criterion, ReferenceQuestion]]:
    """The bank's questions to a reference, for the criteria of this post in their order; no query."""
    entries = bank_of(recruitment.charter).entries
    return [
        (criterion, question)
        for criterion in recruitment.criteria
        if criterion.key in entries
        for question in entries[criterion.key].references
    ]


def add_reference(
    recruitment: Recruitment, candidate: Candidate, consent: Consent, *, actor: Person | None
) -> Reference:
    """Raises RuleBroken before any round is revealed, and for a consent that says too little.

    References are for the finalist: what they say would colour the ratings that are not given yet.
    """
    _check(recruitment, consent)
    row = Reference(candidate_id=candidate.id, recorded_by_id=actor.id if actor else None, **_values(consent))
    db.session.add(row)
    db.session.flush()
    record("reference.consented", actor.id if actor else None, recruitment.id, candidate=candidate.id, reference=row.id)
    return row


def change_consent(recruitment: Recruitment, reference: Reference, consent: Consent, *, actor: Person) -> None:
    _check(recruitment, consent)
    for name, value in _values(consent).items():
        setattr(reference, name, value)
    record("reference.changed", actor.id, recruitment.id, candidate=reference.candidate_id, reference=reference.id)


def note_call(
    recruitment: Recruitment, reference: Reference, called_on: date | None, called_by: str, *, actor: Person
) -> None:
    """When the call was made, and by whom. Raises RuleBroken for a call before the consent, or in the future."""
    if called_on is not None and called_on < reference.consent_on:
        raise RuleBroken(_("Samtalen ligger før samtykket. Uden samtykke må referencen ikke kontaktes."))
    if called_on is not None and called_on > today():
        raise RuleBroken(_("Samtalen kan ikke ligge ude i fremtiden."))
    reference.called_on, reference.called_by = called_on, called_by.strip()
    record("reference.changed", actor.id, recruitment.id, candidate=reference.candidate_id, reference=reference.id)


def write_answers(
    recruitment: Recruitment,
    reference: Reference,
    texts: Mapping[str, str],
    *,
    versions: Mapping[str, int] | None = None,
    actor: Person | None,
) -> None:
    """Writes the answers that changed. `versions` are those the writer saw (0 for none).

    Raises EditedMeanwhile when another has saved an answer since, and RuleBroken for an unknown question and a text
    that cannot be kept.
    """
    stored = load_answers(reference)
    wordings: dict[str, dict[str, Any]] = {OTHER: {}, SPEAKS_AGAINST: {}}
    wordings |= {question.id: question.text.model_dump() for _criterion, question in questions_of(recruitment)}
    for key, text in texts.items():
        row = stored.get(key)
        if key not in wordings and row is None:
            raise RuleBroken(_("Spørgsmålet findes ikke mere."))
        if text == (row.text if row else ""):
            continue
        if versions is not None and versions.get(key, 0) != (row.version if row else 0):
            raise EditedMeanwhile(_("En anden har ændret et svar, mens du skrev."))
        check_text(text, TEXT_LIMIT)
        if row is None:
            row = ReferenceAnswer(
                reference_id=reference.id, key=key, wording=wordings[key], text=text, changed_at=now()
            )
            db.session.add(row)
            record("reference.noted", actor.id if actor else None, recruitment.id, reference=reference.id)
        else:
            row.text, row.changed_at = text, now()
    db.session.flush()


def remove_reference(recruitment: Recruitment, reference: Reference, *, actor: Person) -> None:
    """Raises RuleBroken once something is noted: that belongs to the case (offentlighedsloven section 13)."""
    if any(row.text.strip() for row in load_answers(reference).values()):
        raise RuleBroken(_("Der er noteret noget fra samtalen. Det hører til i sagen og kan ikke slettes."))
    record("reference.removed", actor.id, recruitment.id, candidate=reference.candidate_id, reference=reference.id)
    db.session.delete(reference)
    db.session.flush()


def _check(recruitment: Recruitment, consent: Consent) -> None:
    if not any(round_.revealed_at for round_ in recruitment.rounds):
        raise RuleBroken(_("Referencer tages på finalisten, når en runde er afsløret."))
    if not consent.referee.strip():
        raise RuleBroken(_("Skriv, hvem der må kontaktes."))
    if consent.relation not in RELATIONS or consent.how not in CONSENTS:
        raise RuleBroken(_("Vælg, hvem det er, og hvordan samtykket er givet."))
    if consent.given_on > today():
        raise RuleBroken(_("Samtykket kan ikke ligge ude i fremtiden."))


def _values(consent: Consent) -> dict[str, Any]:
    return {
        "referee": consent.referee.strip(),
        "relation": consent.relation,
        "consent_on": consent.given_on,
        "consent_how": consent.how,
    }
