"""One criterion across all applicants, for a member who reads. Part of the blueprint in views.py."""

from __future__ import annotations

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.candidates.attachments import load_attachments
from recruit.candidates.views import find_candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Criterion
from recruit.recruitments.views import find_criterion
from recruit.sifting.presentation import shown_criteria
from recruit.sifting.rules import ANSWERS, MEANINGS
from recruit.sifting.service import is_open, load_sheet, load_sift, save_answer
from recruit.sifting.views import SIFT, blueprint, to_overview
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]

PAGE = SIFT + "/criteria/<int:criterion_id>"


def _page(criterion: Criterion, conflicts: list[str] | None = None) -> str:
    sheet = load_sheet(g.recruitment, g.member)
    criteria = shown_criteria(g.recruitment, sheet.criteria)
    place = next(place for place, item in enumerate(criteria) if item.id == criterion.id)
    return render_template(
        "sifting/criterion.html",
        sheet=sheet,
        criterion=criteria[place],
        criteria=criteria,
        place=place,
        done={item.id: sheet.answered_on(item) == len(sheet.candidates) for item in sheet.criteria},
        following=criteria[place + 1] if place + 1 < len(criteria) else None,
        documents=load_attachments(g.recruitment),
        answers=ANSWERS,
        meanings=MEANINGS,
        conflicts=conflicts or [],
        member_id=g.member.id,
    )


@blueprint.get(PAGE)
@needs("sift.write")
def rate(recruitment_id: int, criterion_id: int) -> ResponseReturnValue:
    criterion = find_criterion(g.recruitment, criterion_id)
    if not is_open(load_sift(g.recruitment)) or not g.member.sifts:
        return to_overview()
    return _page(criterion)


@blueprint.post(PAGE)
@needs("sift.write")
def save_page(recruitment_id: int, criterion_id: int) -> ResponseReturnValue:
    """The form of the page: everything that was changed on it. Works without scripts."""
    criterion = find_criterion(g.recruitment, criterion_id)
    if not is_open(load_sift(g.recruitment)) or not g.member.sifts:
        abort(404)
    conflicts = []
    for candidate in load_sheet(g.recruitment, g.member).candidates:
        answer, shown = request.form.get(f"answer-{candidate.id}", ""), request.form.get(f"shown-{candidate.id}", "")
        if answer and answer != shown:
            try:
                save_answer(g.recruitment, g.member, candidate, criterion, answer, shown=shown, actor=current_user)
            except EditedMeanwhile:
                conflicts.append(candidate.ref)
    db.session.commit()
    if conflicts:
        return _page(criterion, conflicts), 409
    order = [item.id for item in g.recruitment.criteria]
    following = order[order.index(criterion.id) + 1 :]
    if request.form.get("action") == "next" and following:
        return redirect(url_for("sifting.rate", recruitment_id=recruitment_id, criterion_id=following[0]))
    flash(_("Gemt."), "success")
    return to_overview()


@blueprint.put(PAGE + "/candidates/<int:candidate_id>")
@needs("sift.write")
def save(recruitment_id: int, criterion_id: int, candidate_id: int) -> ResponseReturnValue:
    """Saves one answer as chosen. JSON in: answer, and shown, the one that the page stood with.

    JSON out, once it is on the disk: saved (a clock), answered (how many of all). 409 with the stored answer when
    another window answered otherwise.
    """
    criterion, candidate = find_criterion(g.recruitment, criterion_id), find_candidate(candidate_id)
    try:
        values = request.get_json()
    except RecursionError:
        values = None
    answer, shown = (values.get("answer"), values.get("shown")) if isinstance(values, dict) else (None, None)
    if not isinstance(answer, str) or not isinstance(shown, str):
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden."))
    try:
        row = save_answer(g.recruitment, g.member, candidate, criterion, answer, shown=shown, actor=current_user)
        saved = {"saved": clock(row.saved_at), "answered": load_sheet(g.recruitment, g.member).answered}
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        stored = load_sheet(g.recruitment, g.member).answers.get((criterion.id, candidate.id), "")
        return jsonify(error=str(meanwhile), answer=stored), 409
    return jsonify(saved)
