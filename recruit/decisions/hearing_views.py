"""Hearings of a party and requests to see the documents: opened, ended, passed over with a reason; the letter."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.decisions.forms import EndingForm, PassForm, TaskForm
from recruit.decisions.hearing_documents import hearing_document
from recruit.decisions.hearings import end_task, holds, load_tasks, open_task, pass_task
from recruit.decisions.models import Reference, Task
from recruit.decisions.reference_views import blueprint
from recruit.decisions.references import load_answers, load_references
from recruit.decisions.rules import ACCESS_DAYS, ENDINGS, HEARING, HEARING_DAYS, SPEAKS_AGAINST, TASKS
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.timetable import today
from recruit.web.downloads import word_download
from recruit.web.forms import options, whole
from recruit.web.guard import needs

__all__ = ["blueprint"]

HEARINGS = "/recruitments/<int:recruitment_id>/hearings"


def find_task(task_id: int) -> tuple[Task, Candidate]:
    """A task of this recruitment with its candidate; 404 for others."""
    found = next((pair for pair in load_tasks(g.recruitment) if pair[0].id == task_id), None)
    return found or abort(404)


def _source(reference_id: int) -> Reference | None:
    pairs = load_references(g.recruitment) if reference_id else []
    return next((row for row, _candidate in pairs if row.id == reference_id), None)


@blueprint.route(HEARINGS + "/new", methods=["GET", "POST"])
@needs("hearings.write")
def new_task(recruitment_id: int) -> ResponseReturnValue:
    """A new task, on its own or out of what a reference said (`?reference=`)."""
    source = _source(whole(request.values.get("reference")))
    kind = request.args.get("kind", HEARING if source else "")
    days = HEARING_DAYS if kind == HEARING else ACCESS_DAYS
    data: dict[str, Any] = {"kind": kind, "opened_on": today(), "due_on": today() + timedelta(days=days)}
    if source is not None:
        said = load_answers(source).get(SPEAKS_AGAINST)
        data |= {"candidate": str(source.candidate_id), "what": said.text if said else "", "reference": str(source.id)}
    form = TaskForm(data=data)
    candidates = {str(item.id): item for item in load_candidates(g.recruitment)}
    form.candidate.choices = options(
        {"": _("Vælg")} | {key: f"{item.ref} {item.name}" for key, item in candidates.items()}
    )
    if form.validate_on_submit():
        try:
            task = open_task(
                g.recruitment,
                candidates[form.candidate.data],
                kind=form.kind.data,
                what=form.what.data,
                opened_on=form.opened_on.data,
                due_on=form.due_on.data,
                reference=source,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Opgaven er åben. Afgørelse og svar venter på den."), "success")
            return redirect(url_for("decisions.task", recruitment_id=recruitment_id, task_id=task.id))
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
    page = render_template("decisions/new_task.html", form=form, source=source)
    return page, 400 if form.errors else 200


@blueprint.get(HEARINGS + "/<int:task_id>")
@needs("references.see")
def task(recruitment_id: int, task_id: int) -> ResponseReturnValue:
    row, candidate = find_task(task_id)
    return _page(row, candidate, *_forms(row))


def _forms(row: Task) -> tuple[EndingForm, PassForm]:
    ending = EndingForm(formdata=None, prefix="end-", data={"answer": row.answer, "closed_on": today()})
    ending.of_kind(row.kind)
    ending.newer(row.version, {})
    passing = PassForm(formdata=None, prefix="pass-", data={"passed_because": row.passed_because})
    passing.newer(row.version, {"passed_because": row.passed_because})
    return ending, passing


def _page(
    row: Task, candidate: Candidate, ending: EndingForm, passing: PassForm, newer: dict[str, Any] | None = None
) -> str:
    return render_template(
        "decisions/task.html",
        task=row,
        candidate=candidate,
        ending=ending,
        passing=passing,
        newer=newer or {},
        kinds=TASKS,
        endings=ENDINGS,
        holds=holds(row),
        is_late=not row.ending and row.due_on < today(),
        source=_source(row.reference_id or 0),
    )


@blueprint.post(HEARINGS + "/<int:task_id>/end")
@needs("hearings.write")
def end(recruitment_id: int, task_id: int) -> ResponseReturnValue:
    row, candidate = find_task(task_id)
    form = EndingForm(prefix="end-")
    form.of_kind(row.kind)
    if form.validate_on_submit():
        try:
            end_task(
                g.recruitment,
                row,
                ending=form.ending.data,
                answer=form.answer.data or "",
                closed_on=form.closed_on.data,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Opgaven er afsluttet."), "success")
            return redirect(url_for("decisions.references", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
    return _page(row, candidate, form, _forms(row)[1]), 400


@blueprint.post(HEARINGS + "/<int:task_id>/pass")
@needs("hearings.write")
def pass_over(recruitment_id: int, task_id: int) -> ResponseReturnValue:
    row, candidate = find_task(task_id)
    stored = {"passed_because": row.passed_because}
    form = PassForm(prefix="pass-", data=stored)
    newer = form.newer(row.version, stored)
    if newer or not form.validate_on_submit():
        return _page(row, candidate, _forms(row)[0], form, newer), 409 if newer else 400
    pass_task(g.recruitment, row, form.passed_because.data or "", actor=current_user)
    db.session.commit()
    flash(_("Begrundelsen er noteret.") if row.passed_because else _("Der ventes igen på opgaven."), "success")
    return redirect(url_for("decisions.task", recruitment_id=recruitment_id, task_id=task_id))


@blueprint.get(HEARINGS + "/<int:task_id>.docx")
@needs("references.see")
def hearing_word(recruitment_id: int, task_id: int) -> ResponseReturnValue:
    row, candidate = find_task(task_id)
    if row.kind != HEARING:
        abort(404)
    content = hearing_document(g.recruitment, row, candidate)
    record("document.made", current_user.id, g.recruitment.id, document="hearing", candidate=candidate.id)
    db.session.commit()
    return word_download(content, g.recruitment.title, _("partshøring"), candidate.ref)
