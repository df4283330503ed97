"""The texts to and about candidates as they stand and stood: the letters, and the parts of the brief."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.letters.models import Answer, AnswerEarlier, AnswerText
from recruit.letters.rules import LETTER, RESTORED, TEXT_LIMIT, WRITTEN_BY_HAND
from recruit.profiles.rules import goes_on
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import check_text


def load_answers(recruitment: Recruitment) -> dict[int, Answer]:
    """By candidate id; one query."""
    rows = db.session.scalars(
        select(Answer)
        .join(Candidate, Candidate.id == Answer.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
    )
    return {row.candidate_id: row for row in rows}


def load_texts(recruitment: Recruitment, candidate: Candidate | None = None) -> dict[tuple[int, str], AnswerText]:
    """Every text by (candidate id, key), those that were emptied too; one query."""
    query = select(AnswerText).join(Candidate, Candidate.id == AnswerText.candidate_id)
    query = query.where(Candidate.recruitment_id == recruitment.id)
    if candidate is not None:
        query = query.where(AnswerText.candidate_id == candidate.id)
    return {(row.candidate_id, row.key): row for row in db.session.scalars(query)}


def texts_of(texts: Mapping[tuple[int, str], AnswerText], candidate: Candidate) -> dict[str, AnswerText]:
    """One candidate's, by key."""
    return {key: row for (owner, key), row in texts.items() if owner == candidate.id}


def own_answer(candidate: Candidate) -> Answer:
    """The candidate's row, made if there is none yet; one query."""
    row = db.session.scalar(select(Answer).where(Answer.candidate_id == candidate.id))
    if row is None:
        row = Answer(candidate_id=candidate.id, ready_as="", kept_because="", left_out=[])
        db.session.add(row)
    return row


def write_text(
    recruitment: Recruitment,
    candidate: Candidate,
    key: str,
    text: str,
    *,
    version: int | None = None,
    what: str = WRITTEN_BY_HAND,
    actor: Person | None,
) -> None:
    """Writes a text where it changed, and its history. An empty one empties it.

    `version` is the one the writer saw, 0 for none. Raises EditedMeanwhile when another has saved since, and RuleBroken
    for a text that is too long or cannot be kept, and for a letter that is ready.
    """
    row = _find(candidate, key)
    if text == (row.text if row else "") and (row is not None or key == LETTER):
        return  # a part of the brief that is emptied differs from one that nobody has touched
    if key == LETTER:
        answer = db.session.scalar(select(Answer).where(Answer.candidate_id == candidate.id))
        if answer is not None and answer.ready_as:
            raise RuleBroken(_("Svaret er markeret klar. Åbn det igen, før du retter i det."))
    if version is not None and version != (row.version if row else 0):
        raise EditedMeanwhile(_("En anden har rettet teksten, mens du skrev."))
    check_text(text, TEXT_LIMIT)
    _remember(candidate, key, row, text, what=what, actor=actor)
    moment = now()
    if row is None:
        db.session.add(AnswerText(candidate_id=candidate.id, key=key, text=text, changed_at=moment))
    else:
        row.text, row.changed_at = text, moment
    event = "letter.changed" if key == LETTER else "brief.changed"
    record(event, actor.id if actor else None, recruitment.id, candidate=candidate.id, section=key)
    db.session.flush()


def _find(candidate: Candidate, key: str) -> AnswerText | None:
    query = select(AnswerText).where(AnswerText.candidate_id == candidate.id, AnswerText.key == key)
    return db.session.scalar(query.execution_options(populate_existing=True))


def _remember(
    candidate: Candidate, key: str, row: AnswerText | None, text: str, *, what: str, actor: Person | None
) -> None:
    moment = now()
    last = db.session.scalar(
        select(AnswerEarlier)
        .where(AnswerEarlier.candidate_id == candidate.id, AnswerEarlier.key == key)
        .order_by(AnswerEarlier.id.desc())
        .limit(1)
    )
    same_person = last is not None and actor is not None and last.person_id == actor.id
    if (
        last is not None
        and what == last.what == WRITTEN_BY_HAND
        and goes_on(last.text, text, same_person=same_person, begun=last.begun_at, last=last.at, now=moment)
    ):
        last.text, last.at = text, moment
        return
    values = {"begun_at": moment, "at": moment, "person_id": actor.id if actor else None, "what": what}
    db.session.add(AnswerEarlier(candidate_id=candidate.id, key=key, text=text, **values))


def load_history(candidate: Candidate, key: str) -> list[tuple[AnswerEarlier, str]]:
    """A text as it was left each time, newest first, each with the name of who wrote it; one query."""
    rows = db.session.execute(
        select(AnswerEarlier, Person.name)
        .outerjoin(Person, Person.id == AnswerEarlier.person_id)
        .where(AnswerEarlier.candidate_id == candidate.id, AnswerEarlier.key == key)
        .order_by(AnswerEarlier.id.desc())
    )
    return [(row, name or "") for row, name in rows]


def restore(
    recruitment: Recruitment, candidate: Candidate, earlier: AnswerEarlier, *, version: int, actor: Person
) -> None:
    """Puts an earlier text back as the newest one: what stands there now stays in the history."""
    write_text(recruitment, candidate, earlier.key, earlier.text, version=version, what=RESTORED, actor=actor)
