"""The opened result, one applicant in it, the chair's piles, and the call to the first round.

Part of the blueprint in views.py.
"""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.candidates.attachments import load_attachments
from recruit.candidates.conflicts import barred_from
from recruit.candidates.views import find_candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.sifting.documents import sift_document
from recruit.sifting.forms import PileForm
from recruit.sifting.models import Pile
from recruit.sifting.piles import (
    Result,
    Sifted,
    accept_proposals,
    call_pile,
    decide_pile,
    is_fixed,
    load_result,
    plan_call,
)
from recruit.sifting.presentation import explain, given_answers, shown_criteria, summary
from recruit.sifting.rating_views import blueprint
from recruit.sifting.rules import ANSWERS, PILES
from recruit.sifting.service import load_sift
from recruit.sifting.views import SIFT, sees_result, to_overview
from recruit.web.downloads import word_download
from recruit.web.guard import may, needs

__all__ = ["blueprint"]

ONE = SIFT + "/candidates/<int:candidate_id>"


def _opened() -> Result | None:
    """The result for somebody who may see it; None before it is opened, and for others."""
    sift = load_sift(g.recruitment)
    if sift is None or sift.revealed_at is None or not sees_result():
        return None
    return load_result(g.recruitment, sift)


@blueprint.get(SIFT + "/result")
@needs("sift.see")
def result(recruitment_id: int) -> ResponseReturnValue:
    found = _opened()
    if found is None:
        return to_overview()
    barred = barred_from(g.member)
    return render_template(
        "sifting/result.html",
        result=found,
        acceptable=[item for item in found.acceptable if item.candidate.id not in barred],
        summary=summary(found),
        criteria=shown_criteria(g.recruitment, g.recruitment.criteria),
        given=given_answers,
        explain=explain,
        piles=PILES,
        answers=ANSWERS,
        call=plan_call(g.recruitment, found),
        fixed=is_fixed(g.recruitment),
        may_decide=may("sift.decide"),
        may_call=may("candidates.edit"),
    )


def _find(found: Result, candidate_id: int) -> Sifted:
    return next((item for item in found.applicants if item.candidate.id == candidate_id), None) or abort(404)


def _stored(pile: Pile | None) -> dict[str, Any]:
    return {"letter": pile.letter if pile else None, "reason": pile.reason if pile else ""}


def _version(pile: Pile | None) -> int:
    """What a page remembers the decision by; 1 for none, so that a first decision elsewhere is noticed too."""
    return pile.version + 1 if pile else 1


def _candidate_page(found: Result, item: Sifted, form: PileForm, newer: dict[str, Any]) -> str:
    return render_template(
        "sifting/candidate.html",
        result=found,
        item=item,
        form=form,
        newer=newer,
        criteria=shown_criteria(g.recruitment, g.recruitment.criteria),
        given=given_answers,
        why=explain(item.proposal),
        piles=PILES,
        answers=ANSWERS,
        documents=load_attachments(g.recruitment).get(item.candidate.id, []),
        fixed=is_fixed(g.recruitment),
        barred=item.candidate.id in barred_from(g.member),
        may_decide=may("sift.decide") and not (item.pile and is_fixed(g.recruitment)),
    )


@blueprint.get(ONE)
@needs("sift.see")
def candidate(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    find_candidate(candidate_id)
    found = _opened()
    if found is None:
        return to_overview()
    item = _find(found, candidate_id)
    stored = _stored(item.pile)
    form = PileForm(formdata=None, letter=stored["letter"], reason=stored["reason"])
    form.newer(_version(item.pile), stored)
    return _candidate_page(found, item, form, {})


@blueprint.post(ONE)
@needs("sift.decide")
def decide(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """The chair's pile. 409 with both when it was decided elsewhere since the page was opened."""
    found = _opened() or abort(404)
    item = _find(found, candidate_id)
    form = PileForm()
    newer = form.newer(_version(item.pile), _stored(item.pile))
    if form.validate_on_submit() and not newer:
        try:
            decide_pile(g.recruitment, item.candidate, form.letter.data, form.reason.data or "", actor=current_user)
            db.session.commit()
            flash(_("%(ref)s ligger nu i %(letter)s.", ref=item.candidate.ref, letter=form.letter.data), "success")
            return redirect(url_for("sifting.result", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    return _candidate_page(found, item, form, newer), 409 if newer else 400


@blueprint.post(SIFT + "/accept")
@needs("sift.decide")
def accept(recruitment_id: int) -> ResponseReturnValue:
    count = accept_proposals(g.recruitment, actor=current_user)
    db.session.commit()
    flash(ngettext("%(num)s forslag er fulgt.", "%(num)s forslag er fulgt.", count), "success")
    return redirect(url_for("sifting.result", recruitment_id=recruitment_id))


@blueprint.post(SIFT + "/call")
@needs("candidates.edit")
def call(recruitment_id: int) -> ResponseReturnValue:
    done = call_pile(g.recruitment, actor=current_user)
    db.session.commit()
    flash(
        ngettext(
            "%(num)s ansøger er kaldt til %(round)s.",
            "%(num)s ansøgere er kaldt til %(round)s.",
            len(done.candidates),
            round=done.round.name,
        ),
        "success",
    )
    return redirect(url_for("sifting.result", recruitment_id=recruitment_id))


@blueprint.get(SIFT + "/result.docx")
@needs("sift.open")
def word(recruitment_id: int) -> ResponseReturnValue:
    """The word list for the file; not found before the result is opened."""
    found = _opened() or abort(404)
    return word_download(sift_document(g.recruitment, found), g.recruitment.title, _("grovsortering"))
