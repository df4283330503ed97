"""Making the interview guide of each round."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import abort, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.datafiles import Localised
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.asking import asker_names
from recruit.questions.documents import guide_document
from recruit.questions.editing import Wording, edit_question, guide_state
from recruit.questions.forms import GuideQuestionForm, lines
from recruit.questions.guide import (
    alternatives,
    askers,
    at_hand,
    compose_guide,
    load_guide,
    lock_round,
    outside,
    question_counts,
    swappable,
    unsuited,
    used_minutes,
)
from recruit.questions.models import GuideQuestion
from recruit.questions.presentation import (
    advice,
    asker_lines,
    coverage,
    red_findings,
    shortage,
    shown_questions,
    time_parts,
    verdict,
)
from recruit.questions.rules import KIND_NAMES, is_own
from recruit.questions.service import bank_at_hand, frame_of
from recruit.questions.views import blueprint
from recruit.recruitments.models import Round
from recruit.recruitments.service import charter_of, round_criteria
from recruit.recruitments.views import find_round
from recruit.web.downloads import word_download
from recruit.web.guard import may, needs

# Where the session keeps what a swap took away, so that it can be put back.
SWAPPED = "swapped_question"


def guide_url(recruitment_id: int, number: int, question_id: int) -> str:
    """The guide, at one of its questions."""
    anchor = f"question-{question_id}"
    return url_for("questions.guide", recruitment_id=recruitment_id, number=number, _anchor=anchor)


def find_question(round_: Round, question_id: int) -> GuideQuestion:
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


def time_values(round_: Round, rows: Sequence[GuideQuestion]) -> dict[str, Any]:
    """What `_guide_time.html` shows."""
    charter = charter_of(g.recruitment)
    questions = shown_questions(g.recruitment, round_, charter, rows)
    return {
        "round": round_,
        "charter": charter,
        "spent": time_parts(frame_of(g.recruitment, round_), questions),
        "used": used_minutes(g.recruitment, round_, rows),
    }


def asker_values(round_: Round, rows: Sequence[GuideQuestion]) -> dict[str, Any]:
    """What `_guide_askers.html` shows."""
    people = askers(g.recruitment)
    return {
        "round": round_,
        "askers": people,
        "asker_lines": asker_lines(rows, people, asker_names(rows)),
        "may_give": may("guide.edit") and not round_.revealed_at,
    }


@blueprint.get("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide")
@needs("guide.see")
def guide(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    rows = load_guide(round_)
    charter = charter_of(g.recruitment)
    covered = coverage(g.recruitment, round_, charter, rows)
    may_change = may("guide.edit") and not round_.locked_at
    own = at_hand(g.recruitment, round_)
    swapped = session.get(SWAPPED, {})
    return render_template(
        "questions/guide.html",
        questions=shown_questions(g.recruitment, round_, charter, rows),
        covered=covered,
        sentence=verdict(g.recruitment, round_, rows, covered),
        shortage=shortage(g.recruitment, round_, rows, covered),
        advice=advice(len(covered), round_.minutes),
        can_be_locked=all(item.questions for item in covered) and not outside(g.recruitment, round_, rows),
        may_edit=may("guide.edit"),
        may_change=may_change,
        alternatives=alternatives(own, rows) if may_change else {},
        can_be_swapped=swappable(own, rows) if may_change else set(),
        unsuited=unsuited(own, rows) if may_change else set(),
        swapped=swapped if may_change else {},
        state=guide_state(rows),
        frame=frame_of(g.recruitment, round_),
        kind_names=KIND_NAMES,
        is_own=is_own,
        red=red_findings(rows, g.recruitment.language),
        **(time_values(round_, rows) | asker_values(round_, rows)),
    )


@blueprint.post("/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/compose")
@needs("guide.edit")
def compose(recruitment_id: int, number: int) -> ResponseReturnValue:
    proposal = compose_guide(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    if proposal.missing_minutes:
        flash(_("Guiden er sat sammen med ét kort spørgsmål til hvert kriterium, men tiden rækker ikke."), "warning")
    elif proposal.uncovered:
        flash(_("Guiden er sat sammen, men banken har ikke ubrugte spørgsmål til alle kriterier."), "warning")
    else:
        flash(_("Guiden er sat sammen. Alle kriterier har et spørgsmål."), "success")
    return redirect(url_for("questions.guide", recruitment_id=recruitment_id, number=number))


@blueprint.route(
    "/recruitments/<int:recruitment_id>/rounds/<int:number>/guide/<int:question_id>", methods=["GET", "POST"]
)
@needs("guide.edit")
def question(recruitment_id: int, number: int, question_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = find_question(round_, question_id)
    language = g.recruitment.language
    stored = {
        "text": Localised.model_validate(row.wording["text"]).within(language),
        "probes": "\n".join(Localised.model_validate(probe).within(language) for probe in row.wording["probes"]),
        "minutes": row.minutes,
        "kept_because": row.kept_because,
    }
    form = GuideQuestionForm(data=stored)
    form.checks("question", text=language, probes=language)
    newer = form.newer(row.version, stored)
    if form.validate_on_submit() and not newer:
        try:
            edit_question(
                g.recruitment,
                round_,
                row,
                Wording(
                    form.text.data,
                    lines(form.probes.data),
                    form.minutes.data,
                    form.kept(),
                    form.kept_rules(),
                ),
                language=language,
                reason=form.reason.data or "",
                version=row.version,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Spørgsmålet er gemt."), "success")
            return redirect(guide_url(recruitment_id, number, question_id))
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
