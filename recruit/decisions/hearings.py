"""Hearings of a party and requests to see the documents: while one is open, nothing is decided and nobody answered."""

from __future__ import annotations

from datetime import date

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.mentions import CANDIDATE, Mention, Names, Someone
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.decisions.models import Reference, Task
from recruit.decisions.rules import ENDINGS, HEARING, PASS_LIMIT, TASKS, TEXT_LIMIT
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import check_text
from recruit.web.language import day


def load_tasks(recruitment: Recruitment) -> list[tuple[Task, Candidate]]:
    """All tasks with their candidates, oldest first; one query."""
    rows = db.session.execute(
        select(Task, Candidate)
        .join(Candidate, Candidate.id == Task.candidate_id)
        .where(Candidate.recruitment_id == recruitment.id)
        .order_by(Task.opened_on, Task.id)
    )
    return [(task, candidate) for task, candidate in rows]


def holds(task: Task) -> bool:
    """Whether the task keeps decision and letter waiting: it is open, and HR has not recorded why one may go on."""
    return not task.ending and not task.passed_because


def open_tasks(recruitment: Recruitment, candidate: Candidate | None = None) -> list[Task]:
    """The tasks that keep decision and letter waiting, of one candidate or of all; one query."""
    return [
        task
        for task, found in load_tasks(recruitment)
        if holds(task) and (candidate is None or found.id == candidate.id)
    ]


def check_may_answer(recruitment: Recruitment, candidate: Candidate | None = None) -> None:
    """Raises RuleBroken while a hearing or a request to see the documents is open (forvaltningsloven sections 19 and
    21): the candidate's own before a letter, anybody's (`candidate` None) before the decision. One query."""
    waiting = [
        (task, found)
        for task, found in load_tasks(recruitment)
        if holds(task) and (candidate is None or found.id == candidate.id)
    ]
    if not waiting:
        return
    task, found = waiting[0]
    place: dict[str, str] = {"ref": found.ref, "name": found.name}
    if task.kind == HEARING:
        raise RuleBroken(
            _(
                "Partshøringen af %(ref)s %(name)s er åben til %(day)s. Afslut den, eller lad HR skrive, hvorfor I går "
                "videre.",
                day=day(task.due_on),
                **place,
            )
        )
    raise RuleBroken(
        _(
            "%(ref)s %(name)s har bedt om aktindsigt. Afslut anmodningen, eller lad HR skrive, hvorfor I går videre.",
            **place,
        )
    )


def named_others(recruitment: Recruitment, candidate: Candidate, text: str) -> list[Mention]:
    """The other candidates whom a text to this one names; one query."""
    others = [
        Someone(CANDIDATE, item.ref, item.name, item.email)
        for item in load_candidates(recruitment)
        if item.id != candidate.id
    ]
    return Names(others, candidate.name, candidate.ref).find(text)


def open_task(
    recruitment: Recruitment,
    candidate: Candidate,
    *,
    kind: str,
    what: str,
    opened_on: date,
    due_on: date,
    reference: Reference | None = None,
    actor: Person,
) -> Task:
    """A new task. Raises RuleBroken for one without words or with a deadline before it begins, and for a hearing that
    names another candidate: what it says goes to the candidate as it stands."""
    if kind not in TASKS:
        raise RuleBroken(_("Vælg, om det er en partshøring eller en anmodning om aktindsigt."))
    if due_on < opened_on:
        raise RuleBroken(_("Fristen ligger før dagen, hvor opgaven begynder."))
    named = next((item for item in named_others(recruitment, candidate, what) if item.sure), None)
    if kind == HEARING and named is not None:
        raise RuleBroken(_("”%(text)s” er en anden ansøger. Brevet handler kun om den, der får det.", text=named.text))
    task = Task(
        candidate_id=candidate.id,
        kind=kind,
        reference_id=reference.id if reference else None,
        what=checked(what, TEXT_LIMIT),
        opened_on=opened_on,
        due_on=due_on,
        opened_by_id=actor.id,
    )
    db.session.add(task)
    db.session.flush()
    record("hearing.opened", actor.id, recruitment.id, candidate=candidate.id, task=task.id, code=kind)
    return task


def end_task(recruitment: Recruitment, task: Task, *, ending: str, answer: str, closed_on: date, actor: Person) -> None:
    """Ends it. Raises RuleBroken when it has ended, for an ending of another kind of task, and when the answer that
    the ending needs is not written down."""
    if task.ending:
        raise RuleBroken(_("Opgaven er allerede afsluttet."))
    if ending not in ENDINGS or ENDINGS[ending].kind != task.kind:
        raise RuleBroken(_("Vælg, hvordan opgaven endte."))
    if closed_on < task.opened_on:
        raise RuleBroken(_("Opgaven kan ikke slutte, før den er begyndt."))
    if ENDINGS[ending].waits and closed_on <= task.due_on:
        raise RuleBroken(_("Fristen er ikke udløbet endnu. Kandidaten har til og med %(day)s.", day=day(task.due_on)))
    if ENDINGS[ending].needs_words and not answer.strip():
        raise RuleBroken(_("Skriv det, kandidaten svarede. Det indgår i afgørelsen."))
    task.ending, task.closed_on = ending, closed_on
    task.answer = checked(answer, TEXT_LIMIT, may_be_empty=True)
    record("hearing.ended", actor.id, recruitment.id, candidate=task.candidate_id, task=task.id, code=ending)


def pass_task(recruitment: Recruitment, task: Task, reason: str, *, actor: Person) -> None:
    """HR records why decision and letter need not wait for an open task. An empty reason takes that back."""
    if task.ending:
        raise RuleBroken(_("Opgaven er allerede afsluttet."))
    task.passed_because = checked(reason, PASS_LIMIT, may_be_empty=True)
    event = "hearing.passed" if task.passed_because else "hearing.held"
    record(event, actor.id, recruitment.id, candidate=task.candidate_id, task=task.id)


def checked(text: str, limit: int, *, may_be_empty: bool = False) -> str:
    """The text as it is kept. Raises RuleBroken when it is empty, too long, or holds what no document can."""
    text = text.strip()
    if not text and not may_be_empty:
        raise RuleBroken(_("Skriv, hvad det handler om."))
    check_text(text, limit)
    return text
