"""HR's own questions: added, changed, taken out of use and into use again, and what the bank's have been used for."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.charter.models import Charter
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.bank import Question
from recruit.questions.models import GuideQuestion, LocalQuestion
from recruit.questions.service import bank_of
from recruit.recruitments.models import Recruitment, Round

# Given by create_app: (person) -> ids of the recruitments that are closed to them, because they sit on the panel and
# are not, or not yet, found impartial.
CLOSED_TO = "recruit_recruitments_closed_to"


@dataclass(frozen=True)
class Content:
    """What a person writes of a question. `wording` {text, material, probes, listen_for, warning_signs}.

    `kept_because` is why a wording stays that breaks `kept_rules` (ids with spaces between); both empty when none does.
    """

    kind: str
    minutes: int
    rounds: Sequence[int]
    roles: Sequence[str]
    wording: Mapping[str, Any]
    kept_because: str = ""
    kept_rules: str = ""

    @property
    def columns(self) -> dict[str, Any]:
        return {
            "kind": self.kind,
            "minutes": self.minutes,
            "rounds": list(self.rounds),
            "roles": list(self.roles),
            "wording": dict(self.wording),
            "kept_because": self.kept_because,
        }


def find_local(charter: Charter, local_id: int) -> LocalQuestion | None:
    """One of HR's questions under this charter, in use or not; one query."""
    return db.session.scalar(
        select(LocalQuestion).where(LocalQuestion.id == local_id, LocalQuestion.charter == charter.id)
    )


def all_local(charter: Charter) -> list[LocalQuestion]:
    """All of HR's questions under this charter, in use or not, oldest first; one query."""
    rows = db.session.scalars(
        select(LocalQuestion).where(LocalQuestion.charter == charter.id).order_by(LocalQuestion.id)
    )
    return list(rows)


def copy_in_use(charter: Charter, source: str) -> LocalQuestion | None:
    """HR's version that stands in the place of a shipped question; one query."""
    return db.session.scalar(
        select(LocalQuestion)
        .where(
            LocalQuestion.charter == charter.id,
            LocalQuestion.copied_from == source,
            LocalQuestion.retired_at.is_(None),
        )
        .limit(1)
    )


def add_local(
    charter: Charter, key: str, content: Content, *, copied_from: str | None = None, actor: Person
) -> LocalQuestion:
    """A new question about a statement or an area, or HR's version of a shipped one. Raises RuleBroken."""
    if charter.find(key) is None or (copied_from and _shipped(charter, key, copied_from) is None):
        raise RuleBroken(_("Spørgsmålet findes ikke i spørgsmålsbanken."))
    _hold(charter)
    if copied_from:
        _check_only_copy(charter, copied_from)
    _check_new(charter, key, content)
    row = LocalQuestion(
        charter=charter.id,
        key=key,
        copied_from=copied_from,
        changed_by_id=actor.id,
        changed_at=now(),
        **content.columns,
    )
    db.session.add(row)
    db.session.flush()
    record("question.added", actor.id, charter=charter.id, question=row.source, copied_from=copied_from)
    _record_kept(row, content, actor)
    return row


def change_local(row: LocalQuestion, content: Content, *, actor: Person) -> None:
    """Guides that have the question keep the wording that they took over. Nothing happens when nothing differs."""
    before = {name: getattr(row, name) for name in content.columns}
    if content.columns == before:
        return
    for name, value in content.columns.items():
        setattr(row, name, value)
    row.changed_by_id, row.changed_at = actor.id, now()
    record("question.changed", actor.id, charter=row.charter, question=row.source)
    if (row.wording, row.kept_because) != (before["wording"], before["kept_because"]):
        _record_kept(row, content, actor)


def retire(row: LocalQuestion, *, actor: Person) -> None:
    """Takes a question out of use: no longer shown or proposed. It is never deleted."""
    if row.retired_at is None:
        row.retired_at = now()
        record("question.retired", actor.id, charter=row.charter, question=row.source)


def restore(charter: Charter, row: LocalQuestion, *, actor: Person) -> None:
    """Takes a question into use again. Raises RuleBroken while another version of the same original is in use."""
    if row.retired_at is None:
        return
    _hold(charter)
    if row.copied_from:
        _check_only_copy(charter, row.copied_from)
    row.retired_at = None
    record("question.restored", actor.id, charter=row.charter, question=row.source)


def _shipped(charter: Charter, key: str, source: str) -> Question | None:
    """The shipped question with this id, when it asks about the criterion."""
    return next((item for item in bank_of(charter.id).entries[key].questions if item.id == source), None)


def _hold(charter: Charter) -> None:
    """One new question at a time until the commit: there is no row yet to hold. SQLite has one writer anyway."""
    if db.session.connection().dialect.name == "postgresql":
        key = func.hashtextextended(f"local_question {charter.id}", 0)
        db.session.execute(select(func.pg_advisory_xact_lock(key)))


def _check_only_copy(charter: Charter, source: str) -> None:
    if copy_in_use(charter, source):
        raise RuleBroken(
            _("I har allerede en udgave af spørgsmålet i brug. Ret i den, eller tag den ud af brug først.")
        )


def _check_new(charter: Charter, key: str, content: Content) -> None:
    """Against the second click on a slow machine."""
    rows = db.session.scalars(
        select(LocalQuestion).where(
            LocalQuestion.charter == charter.id, LocalQuestion.key == key, LocalQuestion.retired_at.is_(None)
        )
    )
    if any(row.wording == content.wording for row in rows):
        raise RuleBroken(_("Spørgsmålet er allerede gemt med præcis denne ordlyd."))


def _record_kept(row: LocalQuestion, content: Content, actor: Person) -> None:
    if content.kept_because:
        record("wording.kept", actor.id, charter=row.charter, question=row.source, rules=content.kept_rules)


@dataclass(frozen=True)
class Usage:
    """How many guides a question stands in, and the recruitments they belong to: (id, title), newest first."""

    guides: int
    recruitments: list[tuple[int, str]]


def usage(charter: Charter, sources: Collection[str], person: Person) -> dict[str, Usage]:
    """What the questions with these ids have been used for, by id; two queries.

    Left out are the recruitments that are closed to the person (rule 7: they see nothing more of them).
    """
    closed = current_app.extensions[CLOSED_TO](person)
    rows = db.session.execute(
        select(GuideQuestion.source, Recruitment.id, Recruitment.title)
        .join(Round, Round.id == GuideQuestion.round_id)
        .join(Recruitment, Recruitment.id == Round.recruitment_id)
        .where(
            Recruitment.charter == charter.id,
            Recruitment.id.not_in(closed),
            GuideQuestion.source.in_(list(sources)),
        )
        .order_by(Recruitment.id.desc(), GuideQuestion.id)
    )
    found: dict[str, list[tuple[int, str]]] = {}
    for source, recruitment_id, title in rows:
        found.setdefault(source or "", []).append((recruitment_id, title))
    return {source: Usage(len(used), list(dict.fromkeys(used))) for source, used in found.items()}
