"""The timetable of a recruitment: read, proposed from the first day at work, changed, a proposal undone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from hashlib import sha256
from typing import Any
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Recruitment, Timetable, TimetableStep
from recruit.recruitments.timetable_checks import (
    GONE,
    Change,
    Present,
    changes,
)
from recruit.recruitments.timetable_rules import (
    BY_COUNCIL,
    ORDER,
    OWN,
    STEPS,
    Frame,
    Planned,
    earliest_start,
    notice_months,
    propose,
)

CHOICES = tuple(field.name for field in fields(Frame) if field.name != "starts_on")
KEPT = ("code", "position", "title", "responsible", "note", "edited")


def today() -> date:
    """The day it is where the organisation is."""
    return now().astimezone(ZoneInfo(current_app.config["BABEL_DEFAULT_TIMEZONE"])).date()


def load_timetable(recruitment: Recruitment) -> list[TimetableStep]:
    """The steps in the order of their days; one query."""
    return list(
        db.session.scalars(
            select(TimetableStep)
            .where(TimetableStep.recruitment_id == recruitment.id)
            .order_by(TimetableStep.starts_on, TimetableStep.position, TimetableStep.id)
        )
    )


def step_date(steps: Iterable[TimetableStep], code: str) -> date | None:
    """The first day of a step; None when the timetable has none of this code."""
    return next((step.starts_on for step in steps if step.code == code), None)


def load_choices(recruitment: Recruitment) -> Timetable | None:
    """What the timetable was last proposed from; one query."""
    return db.session.scalar(select(Timetable).where(Timetable.recruitment_id == recruitment.id))


def frame_of(recruitment: Recruitment, chosen: Timetable | None) -> Frame:
    """What the next proposal begins with: what was chosen last, else what is usual for the role."""
    if chosen is None:
        values: dict[str, Any] = {
            "notice_months": notice_months(recruitment.role),
            "council": recruitment.role in BY_COUNCIL,
        }
    else:
        values = {name: getattr(chosen, name) for name in CHOICES}
    frame = Frame(recruitment.starts_on or today(), **values)
    return frame if recruitment.starts_on else Frame(earliest_start(frame, today()), **values)


def fingerprint(steps: Sequence[TimetableStep]) -> str:
    """Changes whenever a step does."""
    return sha256(repr([(step.id, step.version) for step in steps]).encode()).hexdigest()[:16]


def compare(steps: Sequence[TimetableStep], frame: Frame) -> list[Change]:
    """What a proposal from this frame would change."""
    return changes([Present(step.code, step.starts_on, step.ends_on, step.edited) for step in steps], propose(frame))


def propose_timetable(
    recruitment: Recruitment, frame: Frame, *, keep: Collection[str] = (), seen: str | None = None, actor: Person | None
) -> None:
    """Puts every step on the day that follows from the first day at work; those whose code is in `keep`, and own
    steps, stay as they are. What a step's title, responsible and note say stays too.

    `seen` is the fingerprint of the steps that the person was shown. Raises EditedMeanwhile when they have changed.
    """
    steps = load_timetable(recruitment)
    if seen is not None and seen != fingerprint(steps):
        raise EditedMeanwhile(_("En anden har ændret tidsplanen imens. Intet er overskrevet."))
    chosen = load_choices(recruitment)
    if chosen is None:
        chosen = Timetable(recruitment_id=recruitment.id)
        db.session.add(chosen)
        before = None
    else:
        before = snapshot(recruitment, chosen, steps)
    stand = {step.code: step for step in steps if step.code != OWN}
    for planned in propose(frame):
        if planned.code in keep and planned.code in stand:
            continue
        if planned.code in stand:
            step = stand[planned.code]
            if (step.starts_on, step.ends_on) != (planned.starts_on, planned.ends_on):
                step.starts_on, step.ends_on, step.edited = planned.starts_on, planned.ends_on, False
        else:
            db.session.add(_new(recruitment, planned))
    for change in compare(steps, frame):
        if change.kind == GONE and change.code not in keep:
            db.session.delete(stand[change.code])
    for name in CHOICES:
        setattr(chosen, name, getattr(frame, name))
    chosen.before = before if steps else None
    db.session.flush()
    recruitment.starts_on = step_date(load_timetable(recruitment), "start") or frame.starts_on
    record("timetable.proposed", actor.id if actor else None, recruitment.id)


def _new(recruitment: Recruitment, planned: Planned) -> TimetableStep:
    with force_locale(recruitment.language):
        title, responsible = (str(STEPS[planned.code].title), str(STEPS[planned.code].responsible))
    return TimetableStep(
        recruitment_id=recruitment.id,
        code=planned.code,
        position=ORDER[planned.code],
        title=title,
        starts_on=planned.starts_on,
        ends_on=planned.ends_on,
        responsible=responsible,
    )


def snapshot(recruitment: Recruitment, chosen: Timetable, steps: Sequence[TimetableStep]) -> dict[str, Any]:
    """All that a proposal changes, as it can be kept in JSON."""
    return {
        "starts_on": recruitment.starts_on.isoformat() if recruitment.starts_on else None,
        "choices": {name: getattr(chosen, name) for name in CHOICES},
        "steps": [
            {name: getattr(step, name) for name in ("id", *KEPT)}
            | {
                "starts_on": step.starts_on.isoformat(),
                "ends_on": step.ends_on.isoformat() if step.ends_on else None,
            }
            for step in steps
        ],
    }


def undo_proposal(recruitment: Recruitment, *, actor: Person) -> None:
    """Brings back the timetable as it was before the last proposal. Raises RuleBroken when something has been changed
    since: then that would be lost."""
    chosen = load_choices(recruitment)
    if chosen is None or chosen.before is None:
        raise RuleBroken(
            _("Der er ikke et forslag at fortryde. Tidsplanen er ændret siden, eller det er allerede gjort.")
        )
    before, stand = chosen.before, {step.id: step for step in load_timetable(recruitment)}
    for values in before["steps"]:
        # Those that are still there keep their row, and so their event in everybody's calendar.
        step = stand.pop(values["id"], None) or TimetableStep(recruitment_id=recruitment.id)
        for name in KEPT:
            setattr(step, name, values[name])
        step.starts_on, step.ends_on = date.fromisoformat(values["starts_on"]), _day(values["ends_on"])
        db.session.add(step)
    for step in stand.values():
        db.session.delete(step)
    for name, value in before["choices"].items():
        setattr(chosen, name, value)
    recruitment.starts_on = _day(before["starts_on"])
    chosen.before = None
    record("timetable.undone", actor.id, recruitment.id)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def add_step(
    recruitment: Recruitment,
    *,
    title: str,
    starts_on: date,
    ends_on: date | None,
    responsible: str,
    note: str,
    actor: Person,
) -> TimetableStep:
    """A step of one's own."""
    check_days(starts_on, ends_on)
    step = TimetableStep(recruitment_id=recruitment.id, code=OWN, position=len(ORDER), edited=True)
    _write(step, title, starts_on, ends_on, responsible, note)
    db.session.add(step)
    db.session.flush()
    _changed(recruitment, step, "added", actor)
    return step


def change_step(
    recruitment: Recruitment,
    step: TimetableStep,
    *,
    title: str,
    starts_on: date,
    ends_on: date | None,
    responsible: str,
    note: str,
    actor: Person,
) -> None:
    """The first day at work is that of its step. Raises RuleBroken when a step ends before it begins."""
    check_days(starts_on, ends_on)
    _write(step, title, starts_on, ends_on, responsible, note)
    if not db.session.is_modified(step):
        return
    step.edited = True
    if step.code == "start":
        recruitment.starts_on = starts_on
    _changed(recruitment, step, "changed", actor)


def _write(step: TimetableStep, title: str, starts_on: date, ends_on: date | None, responsible: str, note: str) -> None:
    step.title, step.responsible, step.note = title, responsible, note
    step.starts_on, step.ends_on = starts_on, ends_on if ends_on != starts_on else None


def remove_step(recruitment: Recruitment, step: TimetableStep, *, actor: Person) -> None:
    _changed(recruitment, step, "removed", actor)
    db.session.delete(step)


def _changed(recruitment: Recruitment, step: TimetableStep, what: str, actor: Person) -> None:
    """Records a change by hand; from now on undoing the last proposal would lose it."""
    chosen = load_choices(recruitment)
    if chosen is not None:
        chosen.before = None
    record("timetable.changed", actor.id, recruitment.id, step=step.id, what=what)


def check_days(starts_on: date, ends_on: date | None) -> None:
    if ends_on is not None and ends_on < starts_on:
        raise RuleBroken(_("Trinnet slutter, før det begynder."))


def follow_language(recruitment: Recruitment, former: str) -> None:
    """Puts titles and responsible that nobody has changed into the recruitment's language, which was `former`."""
    if former == recruitment.language:
        return
    for step in load_timetable(recruitment):
        kind = STEPS.get(step.code)
        for name in ("title", "responsible") if kind else ():
            with force_locale(former):
                usual = str(getattr(kind, name))
            if getattr(step, name) == usual:
                with force_locale(recruitment.language):
                    setattr(step, name, str(getattr(kind, name)))
