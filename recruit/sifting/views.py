"""The first sift: begun, who reads, who has submitted, and opening the result. Nothing of what anybody answered."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from werkzeug.wrappers import Response

from recruit.candidates.service import count_active
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.rules import ROLES
from recruit.sifting.forms import AddReaderForm, ExcuseReaderForm, OpenForm
from recruit.sifting.presentation import shown_criteria
from recruit.sifting.progress import (
    Progress,
    add_reader,
    excuse_reader,
    first_round,
    load_progress,
    open_sift,
    reveal_sift,
)
from recruit.sifting.rules import EXCUSES, FEW_READERS
from recruit.sifting.service import Sheet, is_open, load_sheet, load_sift, reopen, submit
from recruit.web.forms import options
from recruit.web.guard import may, needs

blueprint = Blueprint("sifting", __name__)

SIFT = "/recruitments/<int:recruitment_id>/sift"


def sees_result() -> bool:
    """HR, the chair, and those who read. Others meet the applicants in the interview without knowing the sift."""
    return may("sift.open") or (g.member is not None and g.member.sifts)


def to_overview() -> Response:
    return redirect(url_for("sifting.overview", recruitment_id=g.recruitment.id))


def _overview(
    opening: OpenForm | None = None,
    excusing: ExcuseReaderForm | None = None,
    faults: list[tuple[str, str]] | None = None,
) -> str:
    sift = load_sift(g.recruitment)
    progress = load_progress(g.recruitment, revealed=sift is not None and not is_open(sift))
    reads = is_open(sift) and g.member is not None and g.member.sifts
    first = first_round(g.recruitment)
    return render_template(
        "sifting/overview.html",
        sift=sift,
        progress=progress,
        sheet=load_sheet(g.recruitment, g.member) if reads else None,
        criteria=shown_criteria(g.recruitment, g.recruitment.criteria),
        active=count_active(g.recruitment),
        is_late=first is not None and first.locked_at is not None,
        opening=_offer_opening(opening or OpenForm(formdata=None), progress),
        adding=_offer_adding(AddReaderForm(formdata=None), progress),
        excusing=_offer_excusing(excusing or ExcuseReaderForm(formdata=None), progress),
        faults=faults or [],
        roles=ROLES,
        excuse_labels=EXCUSES,
        few=FEW_READERS,
        sees_result=sees_result(),
        may_open=may("sift.open"),
        may_reveal=may("sift.decide"),
    )


def _names(progress: Progress, ids: list[int]) -> dict[int, str]:
    return {item: progress.members[item].person.name for item in ids}


def _free(progress: Progress) -> list[int]:
    return [item for item, obstacle in progress.obstacles.items() if obstacle is None]


def _offer_opening(form: OpenForm, progress: Progress) -> OpenForm:
    form.members.choices = options(_names(progress, _free(progress)))
    return form


def _offer_adding(form: AddReaderForm, progress: Progress) -> AddReaderForm:
    form.member.choices = options(_names(progress, _free(progress)))
    return form


def _offer_excusing(form: ExcuseReaderForm, progress: Progress) -> ExcuseReaderForm:
    form.absent.choices = options(_names(progress, [member.id for member in progress.missing]))
    return form


@blueprint.get(SIFT)
@needs("sift.see")
def overview(recruitment_id: int) -> ResponseReturnValue:
    return _overview()


@blueprint.post(SIFT + "/open")
@needs("sift.open")
def begin(recruitment_id: int) -> ResponseReturnValue:
    form = _offer_opening(OpenForm(), load_progress(g.recruitment))
    if form.validate_on_submit():
        try:
            open_sift(g.recruitment, form.members.data or [], actor=current_user)
            db.session.commit()
            flash(_("Grovsorteringen er begyndt."), "success")
            return to_overview()
        except RuleBroken as broken:
            db.session.rollback()
            form.members.errors = [str(broken)]
    return _overview(opening=form), 400


@blueprint.post(SIFT + "/readers")
@needs("sift.open")
def let_read(recruitment_id: int) -> ResponseReturnValue:
    form = _offer_adding(AddReaderForm(), load_progress(g.recruitment))
    if not form.validate_on_submit():
        return _overview(), 400
    add_reader(g.recruitment, form.member.data, actor=current_user)
    db.session.commit()
    flash(_("Medlemmet er med i grovsorteringen."), "success")
    return to_overview()


@blueprint.post(SIFT + "/readers/excuse")
@needs("sift.open")
def excuse(recruitment_id: int) -> ResponseReturnValue:
    form = _offer_excusing(ExcuseReaderForm(), load_progress(g.recruitment))
    if form.validate_on_submit():
        excuse_reader(g.recruitment, form.absent.data, code=form.code.data, actor=current_user)
        db.session.commit()
        flash(_("Der ventes ikke længere på medlemmet. Grunden står på siden."), "success")
        return to_overview()
    return _overview(excusing=form), 400


@blueprint.post(SIFT + "/reveal")
@needs("sift.decide")
def reveal(recruitment_id: int) -> ResponseReturnValue:
    reveal_sift(g.recruitment, actor=current_user)
    db.session.commit()
    flash(_("Resultatet er åbnet. Svarene kan ikke længere ændres."), "success")
    return redirect(url_for("sifting.result", recruitment_id=recruitment_id))


@blueprint.post(SIFT + "/submit")
@needs("sift.write")
def hand_in(recruitment_id: int) -> ResponseReturnValue:
    """Submits a member's own sift, or says what is missing, with a link to each place."""
    sheet = submit(g.recruitment, g.member, actor=current_user)
    db.session.commit()
    if sheet.missing:
        return _overview(faults=_faults(sheet)), 400
    flash(_("Din sortering er afgivet."), "success")
    return to_overview()


def _faults(sheet: Sheet) -> list[tuple[str, str]]:
    texts = {item.id: item.text.rstrip(".") for item in shown_criteria(g.recruitment, sheet.criteria)}
    return [
        (
            _("%(criterion)s: %(refs)s mangler", criterion=texts[criterion.id], refs=_some(candidates)),
            url_for(
                "sifting.rate",
                recruitment_id=g.recruitment.id,
                criterion_id=criterion.id,
                _anchor=f"answer-{candidates[0].id}-shown",
            ),
        )
        for criterion, candidates in sheet.missing
    ]


def _some(candidates: list, most: int = 4) -> str:  # type: ignore[type-arg]
    refs = ", ".join(item.ref for item in candidates[:most])
    return refs if len(candidates) <= most else _("%(refs)s og %(more)s flere", refs=refs, more=len(candidates) - most)


@blueprint.post(SIFT + "/reopen")
@needs("sift.write")
def open_again(recruitment_id: int) -> ResponseReturnValue:
    reopen(g.recruitment, g.member, actor=current_user)
    db.session.commit()
    flash(_("Din sortering er åbnet igen. Husk at afgive den, når du er færdig."), "success")
    return to_overview()
