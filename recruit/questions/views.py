"""Browsing the bank, and making the interview guide of each round."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.charter.models import Localised
from recruit.charter.service import charters
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.questions.documents import guide_document
from recruit.questions.forms import GuideQuestionForm
from recruit.questions.models import GuideQuestion
from recruit.questions.rules import CLOSING_MINUTES, OPENING_MINUTES
from recruit.questions.service import (
    add_question,
    alternatives,
    bank_of,
    compose_guide,
    criterion_wording,
    edit_question,
    load_guide,
    lock_round,
    move_question,
    question_counts,
    remove_question,
    uncovered,
    used_minutes,
)
from recruit.recruitments.models import Round
from recruit.recruitments.service import charter_of, round_criteria
from recruit.recruitments.views import find_criterion, find_round
from recruit.web.downloads import word_download
from recruit.web.guard import needs

blueprint = Blueprint("questions", __name__)


# The bank


@blueprint.get("/questions")
@needs("bank.see")
def bank() -> ResponseReturnValue:
    """The first charter's bank: most installations have one."""
    return redirect(url_for("questions.browse", charter_id=next(iter(charters()))))


@blueprint.get("/charters/<charter_id>/questions")
@needs("bank.see")
def browse(charter_id: str) -> ResponseReturnValue:
    charter = charters().get(charter_id) or abort(404)
    return render_template(
        "questions/bank.html", charter=charter, entries=bank_of(charter_id).entries, charters=charters()
    )


@blueprint.get("/charters/<charter_id>/questions/<key>")
@needs("bank.see")
def entry(charter_id: str, key: str) -> ResponseReturnValue:
    charter = charters().get(charter_id) or abort(404)
    area, item = charter.find(key) or abort(404)
    return render_template(
        "questions/entry.html", charter=charter, area=area, item=item, entry=bank_of(charter_id).entries[key]
    )


# The guide


def _find_question(round_: Round, question_id: int) -> GuideQuestion:
    return next((row for row in load_guide(round_) if row.id == question_id), None) or abort(404)


@blueprint.get("/recruitments/<int:recruitment_id>/guide")
@needs("guide.see")
def guides(recruitment_id: int) -> ResponseReturnValue:
    return render_template("questions/guides.html", counts=question_counts(g.recruitment))


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide")
@needs("guide.see")
def guide(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    rows = load_guide(round_)
    charter = charter_of(g.recruitment)
    criteria = {
        criterion.id: (criterion_wording(g.recruitment, criterion), charter.area_of(criterion.key))
        for criterion in round_criteria(g.recruitment, round_)
    }
    return render_template(
        "questions/guide.html",
        round=round_,
        rows=[(row, Localised.model_validate(row.wording["text"]), *criteria[row.criterion_id]) for row in rows],
        criteria=criteria,
        alternatives={} if round_.locked_at else alternatives(g.recruitment, round_, rows),
        uncovered={criterion.id for criterion in uncovered(g.recruitment, round_, rows)},
        used=used_minutes(rows),
        opening=OPENING_MINUTES,
        closing=CLOSING_MINUTES,
        charter=charter,
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
    anchor = f"question-{question_id}"
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number, _anchor=anchor))


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
    stored = Localised.model_validate(row.wording["text"]).within(language)
    form = GuideQuestionForm()
    status = 200
    if request.method == "GET":
        form.text.data, form.minutes.data, form.version.data = stored, row.minutes, str(row.version)
        form.probes.data = "\n".join(
            Localised.model_validate(probe).within(language) for probe in row.wording["probes"]
        )
    elif form.validate():
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
                version=int(form.version.data or 0),
                actor=current_user,
            )
            db.session.commit()
            flash(_("Spørgsmålet er gemt."), "success")
            return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))
        except EditedMeanwhile as meanwhile:
            db.session.rollback()
            form.text.errors, status = [f"{meanwhile} ”{stored}”"], 409
            form.version.data = str(row.version)
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors, status = [str(broken)], 400
    else:
        status = 400
    return render_template("questions/question.html", form=form, round=round_, row=row), status


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
