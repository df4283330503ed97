"""Practising together before the first interview. Part of the blueprint in views.py."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.extensions import db
from recruit.questions.service import criterion_wording
from recruit.recruitments.service import charter_of
from recruit.scoring.calibration import PracticeAnswer, answers_to_practise, choose_level, own_choices, spread
from recruit.scoring.card_views import blueprint
from recruit.scoring.forms import PracticeForm
from recruit.scoring.views import POSTPONED
from recruit.web.guard import needs
from recruit.web.language import localised

__all__ = ["blueprint"]

PRACTICE = "/recruitments/<int:recruitment_id>/practice"


def _shown(answer: PracticeAnswer) -> dict[str, Any]:
    """An answer as the pages show it, in their language."""
    wording = criterion_wording(g.recruitment, answer.criterion)
    return {
        "area": charter_of(g.recruitment).area_of(answer.criterion.key),
        "criterion": localised(wording.text),
        "anchors": {level: localised(text) for level, text in wording.anchors.items()},
        "text": localised(answer.answer.answer),
        "level": answer.answer.level,
        "why": localised(answer.answer.why),
    }


@blueprint.get(PRACTICE)
@needs("calibration.rate")
def calibration(recruitment_id: int) -> ResponseReturnValue:
    """What it is for, and how far the member has come."""
    answers, chosen = answers_to_practise(g.recruitment), own_choices(g.member)
    left = [place for place, answer in enumerate(answers, 1) if answer.id not in chosen]
    return render_template(
        "scoring/calibration.html",
        answers=[(_shown(answer), chosen.get(answer.id)) for answer in answers],
        next=left[0] if left else None,
    )


@blueprint.route(PRACTICE + "/<int:place>", methods=["GET", "POST"])
@needs("calibration.rate")
def calibration_answer(recruitment_id: int, place: int) -> ResponseReturnValue:
    """One answer, from 1: rated, and from then on shown with what was intended and how the others chose."""
    answers, chosen = answers_to_practise(g.recruitment), own_choices(g.member)
    if not 1 <= place <= len(answers):
        abort(404)
    answer = answers[place - 1]
    form = PracticeForm()
    if form.validate_on_submit():
        choose_level(g.recruitment, g.member, answer, int(form.score.data), actor=current_user)
        db.session.commit()
        return redirect(url_for("scoring.calibration_answer", recruitment_id=recruitment_id, place=place))
    left = [number for number, other in enumerate(answers, 1) if other.id not in chosen and number != place]
    page = render_template(
        "scoring/calibration_answer.html",
        form=form,
        place=place,
        count=len(answers),
        answer=_shown(answer),
        chosen=chosen.get(answer.id),
        spread=spread(g.recruitment, g.member, answer) if answer.id in chosen else None,
        next=left[0] if left else None,
    )
    return page, 400 if form.errors else 200


@blueprint.post(PRACTICE + "/later")
@needs("calibration.rate")
def postpone_calibration(recruitment_id: int) -> ResponseReturnValue:
    """Nobody is reminded any more in this browser, until the next sign-in."""
    session[POSTPONED] = sorted({*session.get(POSTPONED, []), recruitment_id})
    flash(_("Du bliver ikke mindet om øvelsen mere i dag. Den ligger under Vurdering."), "success")
    return redirect(url_for("scoring.rounds", recruitment_id=recruitment_id))
