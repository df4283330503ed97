"""Making the interview guide of each round."""

from __future__ import annotations

from flask import abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.charter.models import Localised
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.documents import guide_document
from recruit.questions.forms import GuideQuestionForm
from recruit.questions.guide import (
    add_question,
    alternatives,
    compose_guide,
    edit_question,
    load_guide,
    lock_round,
    move_question,
    outside,
    question_counts,
    remove_question,
    used_minutes,
)
from recruit.questions.models import GuideQuestion
from recruit.questions.presentation import coverage, shown_questions, time_parts, verdict
from recruit.questions.rules import KIND_NAMES
from recruit.questions.service import bank_at_hand, frame_of
from recruit.questions.views import blueprint
from recruit.recruitments.models import Round
from recruit.recruitments.service import charter_of, round_criteria
from recruit.recruitments.views import find_criterion, find_round
from recruit.web.downloads import word_download
from recruit.web.guard import may, needs


def _guide_url(recruitment_id: int, number: int, question_id: int) -> str:
    """The guide, at one of its questions."""
    anchor = f"question-{question_id}"
    return url_for("questions.guide", recruitment_id=recruitment_id, number=number, _anchor=anchor)


def _find_question(round_: Round, question_id: int) -> GuideQuestion:
    return next((row for row in load_guide(round_) if row.id == question_id), None) or abort(404)


@blueprint.get("/recruitments/<int:recruitment_id>/guide")
@needs("guide.see")
def guides(recruitment_id: int) -> ResponseReturnValue:
    counts = question_counts(g.recruitment)
    return render_template(
        "questions/guides.html",
        rows=[
            (
                round_,
                len(round_criteria(g.recruitment, round_)),
                *counts.get(round_.id, (0, 0)),
                frame_of(g.recruitment, round_).minutes,
            )
            for round_ in g.recruitment.rounds
        ],
    )


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide")
@needs("guide.see")
def guide(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    rows = load_guide(round_)
    charter = charter_of(g.recruitment)
    questions = shown_questions(g.recruitment, round_, charter, rows)
    covered = coverage(g.recruitment, round_, charter, rows)
    frame = frame_of(g.recruitment, round_)
    is_whole = bool(covered) and all(item.questions for item in covered)
    return render_template(
        "questions/guide.html",
        round=round_,
        questions=questions,
        covered=covered,
        sentence=verdict(g.recruitment, round_, rows, covered),
        can_be_locked=is_whole and not outside(g.recruitment, round_, rows),
        may_edit=may("guide.edit"),
        alternatives={} if round_.locked_at else alternatives(g.recruitment, round_, rows),
        spent=time_parts(frame, questions),
        used=used_minutes(g.recruitment, round_, rows),
        frame=frame,
        charter=charter,
        kind_names=KIND_NAMES,
    )


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/compose")
@needs("guide.edit")
def compose(recruitment_id: int, number: int) -> ResponseReturnValue:
    proposal = compose_guide(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    if proposal.missing_minutes:
        text = ngettext(
            "Samtalen mangler %(num)s minut. Forlæng den, eller tag færre kriterier med i runden.",
            "Samtalen mangler %(num)s minutter. Forlæng den, eller tag færre kriterier med i runden.",
            proposal.missing_minutes,
        )
        flash(text, "warning")
    else:
        flash(_("Guiden er sat sammen. Alle kriterier har et spørgsmål."), "success")
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/add")
@needs("guide.edit")
def add(recruitment_id: int, number: int) -> ResponseReturnValue:
    criterion = find_criterion(g.recruitment, request.form.get("criterion", 0, int))
    round_ = find_round(g.recruitment, number)
    add_question(g.recruitment, round_, criterion, request.form.get("question", ""), actor=current_user)
    db.session.commit()
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/<int:question_id>/move")
@needs("guide.edit")
def move(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    step = 1 if request.form.get("step") == "down" else -1
    move_question(g.recruitment, round_, _find_question(round_, question_id), step, actor=current_user)
    db.session.commit()
    return redirect(_guide_url(recruitment_id, number, question_id))


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/<int:question_id>/remove")
@needs("guide.edit")
def remove(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    remove_question(g.recruitment, round_, _find_question(round_, question_id), actor=current_user)
    db.session.commit()
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.route(
    "/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/<int:question_id>", methods=["GET", "POST"]
)
@needs("guide.edit")
def question(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = _find_question(round_, question_id)
    language = g.recruitment.language
    stored = {
        "text": Localised.model_validate(row.wording["text"]).within(language),
        "probes": "\n".join(Localised.model_validate(probe).within(language) for probe in row.wording["probes"]),
        "minutes": row.minutes,
    }
    form = GuideQuestionForm(data=stored)
    newer = form.newer(row.version, stored)
    if form.validate_on_submit() and not newer:
        try:
            edit_question(
                g.recruitment,
                round_,
                row,
                text=form.text.data,
                probes=[line.strip() for line in (form.probes.data or "").split("\n") if line.strip()],
                minutes=form.minutes.data,
                language=language,
                reason=form.reason.data or "",
                version=row.version,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Spørgsmålet er gemt."), "success")
            return redirect(_guide_url(recruitment_id, number, question_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    charter = charter_of(g.recruitment)
    shown = shown_questions(g.recruitment, round_, charter, [row])[0]
    page = render_template(
        "questions/question.html",
        form=form,
        newer=newer,
        round=round_,
        shown=shown,
        original=bank_at_hand(charter.id).question(row.source) if row.edited and row.source else None,
        charter=charter,
        kind_names=KIND_NAMES,
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/lock")
@needs("guide.lock")
def lock(recruitment_id: int, number: int) -> ResponseReturnValue:
    lock_round(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(_("Kriterier, vægte og guide er låst. Vurderingsskemaerne er åbne for udvalget."), "success")
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide.docx")
@needs("guide.see")
def word(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    content = guide_document(g.recruitment, round_, load_guide(round_))
    return word_download(content, g.recruitment.title, _("interviewguide"), round_.name)
