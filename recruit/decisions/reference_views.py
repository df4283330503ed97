"""References: consent, the call with the questions of the bank, and what was said."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.candidates.conflicts import barred_from
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.decisions.decision_views import blueprint
from recruit.decisions.forms import CallForm, ConsentForm, answer_labels, answers_form
from recruit.decisions.hearings import load_tasks
from recruit.decisions.models import Reference, ReferenceAnswer
from recruit.decisions.references import (
    Consent,
    add_reference,
    change_consent,
    load_answers,
    load_references,
    note_call,
    noted_answers,
    questions_of,
    remove_reference,
    write_answers,
)
from recruit.decisions.rules import CONSENTS, ENDINGS, OTHER, RELATIONS, SPEAKS_AGAINST, TASKS
from recruit.decisions.service import last_revealed, load_recommendation
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.service import bank_of
from recruit.recruitments.timetable import today
from recruit.web.forms import BaseForm, catch_up, options, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import clock, localised

__all__ = ["blueprint"]

REFERENCES = "/recruitments/<int:recruitment_id>/references"


def find_reference(reference_id: int) -> tuple[Reference, Candidate]:
    """A reference of this recruitment with its candidate; 404 for others, and 403 for whoever must not judge the
    candidate (rule 7): HR or another takes it."""
    found = next((pair for pair in load_references(g.recruitment) if pair[0].id == reference_id), None) or abort(404)
    if found[1].id in barred_from(g.member):
        abort(403)
    return found


@blueprint.get(REFERENCES)
@needs("references.see")
def references(recruitment_id: int) -> ResponseReturnValue:
    """References, hearings and requests to see the documents: what must be in place before the decision."""
    noted = noted_answers(g.recruitment)
    return render_template(
        "decisions/references.html",
        revealed=last_revealed(g.recruitment) is not None,
        references=[(row, candidate, noted.get(row.id, {})) for row, candidate in load_references(g.recruitment)],
        tasks=load_tasks(g.recruitment),
        relations=RELATIONS,
        consents=CONSENTS,
        kinds=TASKS,
        endings=ENDINGS,
        speaks_against=SPEAKS_AGAINST,
        today=today(),
    )


def _consent_form(row: Reference | None) -> tuple[ConsentForm, dict[str, Any]]:
    stored: dict[str, Any] = (
        {
            "candidate": str(row.candidate_id),
            "referee": row.referee,
            "relation": row.relation,
            "consent_on": row.consent_on,
            "consent_how": row.consent_how,
        }
        if row
        else {"consent_on": today(), "candidate": _finalist()}
    )
    form = ConsentForm(data=stored)
    choices = {
        str(item.id): f"{item.ref} {item.name}"
        for item in load_candidates(g.recruitment)
        if item.status == "active" or (row and row.candidate_id == item.id)
    }
    form.candidate.choices = options({"": _("Vælg")} | choices)
    return form, stored


def _finalist() -> str:
    """The first of those who are recommended."""
    row = load_recommendation(g.recruitment)
    return str(row.places[0].candidate_id) if row and row.places else ""


@blueprint.route(REFERENCES + "/new", methods=["GET", "POST"])
@needs("consent.write")
def new_reference(recruitment_id: int) -> ResponseReturnValue:
    form, _stored = _consent_form(None)
    if form.validate_on_submit():
        try:
            candidate = next(item for item in load_candidates(g.recruitment) if str(item.id) == form.candidate.data)
            row = add_reference(g.recruitment, candidate, _consent(form), actor=current_user)
            db.session.commit()
            flash(_("Samtykket er noteret."), "success")
            return redirect(url_for("decisions.reference", recruitment_id=recruitment_id, reference_id=row.id))
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
    page = render_template("decisions/consent.html", form=form, reference=None, newer={})
    return page, 400 if form.errors else 200


def _consent(form: ConsentForm) -> Consent:
    return Consent(form.referee.data, form.relation.data, form.consent_on.data, form.consent_how.data)


@blueprint.route(REFERENCES + "/<int:reference_id>/consent", methods=["GET", "POST"])
@needs("consent.write")
def consent(recruitment_id: int, reference_id: int) -> ResponseReturnValue:
    row, _candidate = find_reference(reference_id)
    form, stored = _consent_form(row)
    form.candidate.render_kw = {"disabled": True}
    form.candidate.data = str(row.candidate_id)
    newer = form.newer(row.version, {name: stored[name] for name in stored if name != "candidate"})
    if form.is_submitted():
        form.candidate.data = str(row.candidate_id)
    if form.validate_on_submit() and not newer:
        try:
            change_consent(g.recruitment, row, _consent(form), actor=current_user)
            db.session.commit()
            flash(_("Oplysningerne er rettet."), "success")
            return redirect(url_for("decisions.reference", recruitment_id=recruitment_id, reference_id=reference_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
    page = render_template("decisions/consent.html", form=form, reference=row, newer=newer)
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.post(REFERENCES + "/<int:reference_id>/remove")
@needs("consent.write")
def drop_reference(recruitment_id: int, reference_id: int) -> ResponseReturnValue:
    row, _candidate = find_reference(reference_id)
    remove_reference(g.recruitment, row, actor=current_user)
    db.session.commit()
    flash(_("Referencen er slettet."), "success")
    return redirect(url_for("decisions.references", recruitment_id=recruitment_id))


# The call


@blueprint.route(REFERENCES + "/<int:reference_id>", methods=["GET", "POST"])
@needs("references.write")
def reference(recruitment_id: int, reference_id: int) -> ResponseReturnValue:
    """The note of one call. A script saves each answer as it is typed; the form saves them all."""
    row, candidate = find_reference(reference_id)
    answers = load_answers(row)
    labels = _labels(answers)
    form = answers_form(labels)
    newer = catch_up(form, labels, {key: (item.text, item.version) for key, item in answers.items()})
    if form.validate_on_submit() and not newer:
        versions = {key: whole(form[f"{key}_version"].data) for key in labels}
        texts = {key: form[f"{key}_text"].data or "" for key in labels}
        write_answers(g.recruitment, row, texts, versions=versions, actor=current_user)
        db.session.commit()
        flash(_("Notatet er gemt."), "success")
        return redirect(url_for("decisions.references", recruitment_id=recruitment_id))
    page = _note_page(row, candidate, form, _call_form(row)[0], newer=newer)
    return page, 409 if newer else 400 if form.errors else 200


def _labels(answers: Mapping[str, ReferenceAnswer]) -> dict[str, str]:
    """The questions in the recruitment's language, with those that were answered before the bank left them out."""
    language = g.recruitment.language
    labels = answer_labels(g.recruitment, language)
    return {key: item.wording[language] for key, item in answers.items() if key not in labels and item.wording} | labels


def _call_form(row: Reference) -> tuple[CallForm, dict[str, Any]]:
    stored = {"called_on": row.called_on, "called_by": row.called_by}
    form = CallForm(data=stored) if request.endpoint == "decisions.call" else CallForm(formdata=None, data=stored)
    return form, form.newer(row.version, stored)


def _note_page(
    row: Reference,
    candidate: Candidate,
    form: BaseForm,
    call: CallForm,
    *,
    newer: Mapping[str, str],
    newer_call: Mapping[str, Any] | None = None,
) -> str:
    answers = load_answers(row)
    return render_template(
        "decisions/reference.html",
        reference=row,
        candidate=candidate,
        form=form,
        call=call,
        newer=newer,
        newer_call=newer_call or {},
        stored={key: item.text for key, item in answers.items()},
        labels=_labels(answers),
        signs={
            question.id: [localised(sign) for sign in question.listen_for]
            for _criterion, question in questions_of(g.recruitment)
        },
        last=(OTHER, SPEAKS_AGAINST),
        frame=bank_of(g.recruitment.charter).frame.reference_call,
        relations=RELATIONS,
        consents=CONSENTS,
        tasks=[task for task, _candidate in load_tasks(g.recruitment) if task.reference_id == row.id],
        kinds=TASKS,
    )


@blueprint.post(REFERENCES + "/<int:reference_id>/call")
@needs("references.write")
def call(recruitment_id: int, reference_id: int) -> ResponseReturnValue:
    """When the call was made, and by whom."""
    row, candidate = find_reference(reference_id)
    form, newer = _call_form(row)
    if form.validate_on_submit() and not newer:
        try:
            note_call(g.recruitment, row, form.called_on.data, form.called_by.data or "", actor=current_user)
            db.session.commit()
            flash(_("Dagen er gemt."), "success")
            return redirect(url_for("decisions.reference", recruitment_id=recruitment_id, reference_id=reference_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.called_on.errors = [str(broken)]
    answers = load_answers(row)
    labels = _labels(answers)
    texts = answers_form(labels, formdata=None)
    for key, item in answers.items():
        texts[f"{key}_text"].data, texts[f"{key}_version"].data = item.text, str(item.version)
    page = _note_page(row, candidate, texts, form, newer={}, newer_call=newer)
    return page, 409 if newer else 400


@blueprint.put(REFERENCES + "/<int:reference_id>/answers/<part>")
@needs("references.write")
def save_answer(recruitment_id: int, reference_id: int, part: str) -> ResponseReturnValue:
    """Saves one answer as typed. JSON in: text, version. JSON out: version, saved (a clock). 409 with what the server
    has, text and version, when another saved first."""
    row, _candidate = find_reference(reference_id)
    text, version = sent_text()
    try:
        write_answers(g.recruitment, row, {part: text}, versions={part: version}, actor=current_user)
        db.session.commit()
    except (EditedMeanwhile, StaleDataError, IntegrityError):
        db.session.rollback()
        return jsonify(_saved(load_answers(row).get(part))), 409
    return jsonify(_saved(load_answers(row).get(part)))


def _saved(row: ReferenceAnswer | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "version": 0, "saved": clock(now())}
    return {"text": row.text, "version": row.version, "saved": clock(row.changed_at)}
