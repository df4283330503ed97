"""The timetable: seen, proposed, changed, in Word and as a calendar file."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.extensions import db
from recruit.recruitments.criteria_views import blueprint
from recruit.recruitments.models import Recruitment, TimetableStep
from recruit.recruitments.timetable import (
    add_step,
    change_step,
    compare,
    fingerprint,
    frame_of,
    load_choices,
    load_timetable,
    propose_timetable,
    remove_step,
    today,
    undo_proposal,
)
from recruit.recruitments.timetable_checks import (
    GONE,
    MOVED,
    SAME,
    Change,
)
from recruit.recruitments.timetable_documents import timetable_calendar, timetable_document
from recruit.recruitments.timetable_forms import STEP_FIELDS, StepForm, TimetableForm
from recruit.recruitments.timetable_presentation import days_in_words, line, milestones, months, rows
from recruit.recruitments.timetable_rules import (
    STEPS,
    Frame,
    begins,
    earliest_start,
)
from recruit.web.downloads import calendar_download, word_download
from recruit.web.forms import digest
from recruit.web.guard import may, needs

__all__ = ["blueprint"]

TIMETABLE = "/recruitments/<int:recruitment_id>/timetable"


def find_step(recruitment: Recruitment, step_id: int) -> TimetableStep:
    """A step of this recruitment's timetable; aborts with 404."""
    step = db.session.get(TimetableStep, step_id)
    if step is None or step.recruitment_id != recruitment.id:
        abort(404)
    return step


def back_to_timetable(recruitment_id: int, step: TimetableStep | None = None) -> ResponseReturnValue:
    anchor = f"step-{step.id}" if step else None
    return redirect(url_for("recruitments.timetable", recruitment_id=recruitment_id, _anchor=anchor))


@blueprint.get(TIMETABLE)
@needs("timetable.see")
def timetable(recruitment_id: int) -> ResponseReturnValue:
    steps, chosen = load_timetable(g.recruitment), load_choices(g.recruitment)
    found = rows(steps, chosen, today())
    return render_template(
        "recruitments/timetable.html",
        months=months(found),
        warned=[row for row in found if row.warnings],
        line=line(steps, today()),
        milestones=milestones(steps).values(),
        days_in_words=days_in_words,
        next=next((row for row in found if row.step.starts_on >= today()), None),
        may_edit=may("timetable.edit"),
        may_undo=chosen is not None and chosen.before is not None,
    )


@blueprint.route(f"{TIMETABLE}/propose", methods=["GET", "POST"])
@needs("timetable.edit")
def propose_steps(recruitment_id: int) -> ResponseReturnValue:
    """Puts a first timetable at once; in place of one that is there it first shows what would change."""
    recruitment = g.recruitment
    steps = load_timetable(recruitment)
    usual = frame_of(recruitment, load_choices(recruitment))
    form = TimetableForm(obj=usual)
    shown, overtaken, status = None, False, 200
    if form.validate_on_submit():
        frame = form.frame()
        same = form.shown.data == digest(frame) and form.seen.data == fingerprint(steps)
        if not steps or (same and request.form.get("part") == "apply"):
            propose_timetable(
                recruitment, frame, keep=request.form.getlist("keep"), seen=fingerprint(steps), actor=current_user
            )
            db.session.commit()
            flash(_("Tidsplanen er lagt. Ret den, som I vil have den."), "success")
            return back_to_timetable(recruitment_id)
        overtaken = request.form.get("part") == "apply" and form.seen.data != fingerprint(steps)
        status = 409 if overtaken else 200
        shown = [change for change in compare(steps, frame) if change.kind != SAME]
        form.seen.data, form.shown.data = fingerprint(steps), digest(frame)
    titles = {step.code: step.title for step in steps}
    page = render_template(
        "recruitments/propose_timetable.html",
        form=form,
        has_steps=bool(steps),
        shown=[(change, titles.get(change.code) or STEPS[change.code].title, *_days(change)) for change in shown]
        if shown is not None
        else None,
        keepable=(MOVED, GONE),
        overtaken=overtaken,
        too_late=_too_late(form.frame() if form.is_submitted() and not form.errors else usual),
    )
    return page, 400 if form.errors else status


def _days(change: Change) -> tuple[str, str]:
    """The days before and after, in words."""
    before, after = (days_in_words(*days, year=True) if days else "" for days in (change.before, change.after))
    return before, after


def _too_late(frame: Frame) -> dict[str, Any] | None:
    """When the steps do not fit between today and the first day at work: when they would begin, and the earliest
    first day at work that leaves time for them."""
    first = begins(frame)
    return {"begins": first, "earliest": earliest_start(frame, today())} if first < today() else None


@blueprint.post(f"{TIMETABLE}/undo")
@needs("timetable.edit")
def undo(recruitment_id: int) -> ResponseReturnValue:
    undo_proposal(g.recruitment, actor=current_user)
    db.session.commit()
    flash(_("Forslaget er fortrudt. Tidsplanen er, som den var før."), "success")
    return back_to_timetable(recruitment_id)


@blueprint.route(f"{TIMETABLE}/steps/new", methods=["GET", "POST"])
@needs("timetable.edit")
def new_step(recruitment_id: int) -> ResponseReturnValue:
    form = StepForm()
    if form.validate_on_submit():
        step = add_step(g.recruitment, **_values(form), actor=current_user)
        db.session.commit()
        return back_to_timetable(recruitment_id, step)
    page = render_template("recruitments/step.html", form=form, step=None, kind=None, newer={})
    return page, 400 if form.errors else 200


@blueprint.route(f"{TIMETABLE}/steps/<int:step_id>", methods=["GET", "POST"])
@needs("timetable.edit")
def edit_step(recruitment_id: int, step_id: int) -> ResponseReturnValue:
    step = find_step(g.recruitment, step_id)
    form = StepForm(obj=step)
    newer = form.newer(step.version, {name: getattr(step, name) for name in STEP_FIELDS})
    if form.validate_on_submit() and not newer:
        change_step(g.recruitment, step, **_values(form), actor=current_user)
        db.session.commit()
        return back_to_timetable(recruitment_id, step)
    page = render_template("recruitments/step.html", form=form, step=step, kind=STEPS.get(step.code), newer=newer)
    return page, 409 if newer else 400 if form.errors else 200


def _values(form: StepForm) -> dict[str, Any]:
    return {name: form[name].data or ("" if name in ("responsible", "note") else None) for name in STEP_FIELDS}


@blueprint.post(f"{TIMETABLE}/steps/<int:step_id>/remove")
@needs("timetable.edit")
def drop_step(recruitment_id: int, step_id: int) -> ResponseReturnValue:
    step = find_step(g.recruitment, step_id)
    title = step.title
    remove_step(g.recruitment, step, actor=current_user)
    db.session.commit()
    flash(_("”%(title)s” er taget af tidsplanen.", title=title), "success")
    return back_to_timetable(recruitment_id)


@blueprint.get("/recruitments/<int:recruitment_id>/timetable.docx")
@needs("timetable.see")
def timetable_word(recruitment_id: int) -> ResponseReturnValue:
    steps = load_timetable(g.recruitment)
    if not steps:
        abort(404)
    content = timetable_document(g.recruitment, steps, load_choices(g.recruitment))
    return word_download(content, g.recruitment.title, _("tidsplan"))


@blueprint.get("/recruitments/<int:recruitment_id>/timetable.ics")
@needs("timetable.see")
def timetable_file(recruitment_id: int) -> ResponseReturnValue:
    steps = load_timetable(g.recruitment)
    if not steps:
        abort(404)
    return calendar_download(timetable_calendar(g.recruitment, steps), g.recruitment.title, _("tidsplan"))
