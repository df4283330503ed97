"""Ending a recruitment, and opening it again."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user
from wtforms import RadioField
from wtforms.validators import InputRequired

from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.recruitments.closing import close, decided, reopen
from recruit.recruitments.rules import CANCELLED, HIRED, NOBODY
from recruit.recruitments.timetable_views import blueprint
from recruit.web.forms import BaseForm, TextField, WholeField, options
from recruit.web.guard import needs

__all__ = ["blueprint"]

REASON_LIMIT = 2_000


class ClosingForm(BaseForm):
    outcome = RadioField(
        _l("Hvordan ender forløbet?"),
        choices=options(
            {
                HIRED: _l("Stillingen er besat"),
                NOBODY: _l("Ingen blev ansat"),
                CANCELLED: _l("Forløbet bliver aflyst"),
            }
        ),
        validators=[InputRequired(_l("Vælg, hvordan forløbet ender."))],
    )
    hired = WholeField(_l("Hvor mange er ansat?"), default=1)
    reason = TextField(
        _l("Begrundelse"),
        limit=REASON_LIMIT,
        required=False,
        description=_l("Når ingen bliver ansat, eller forløbet aflyses. Skriv om stillingen, ikke om ansøgerne."),
    )


@blueprint.route("/recruitments/<int:recruitment_id>/close", methods=["GET", "POST"])
@needs("recruitment.close")
def end(recruitment_id: int) -> ResponseReturnValue:
    recruitment = g.recruitment
    outcome, count = decided(recruitment) or ("", 1)
    form = ClosingForm(data={"outcome": outcome, "hired": count or 1})
    if form.validate_on_submit():
        hired = form.hired.data or 0
        try:
            close(
                recruitment, outcome=form.outcome.data, hired=hired, reason=form.reason.data or "", actor=current_user
            )
            db.session.commit()
            flash(_("Forløbet er afsluttet. Alt i det kan stadig læses."), "success")
            return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            field = form.hired if form.outcome.data == HIRED else form.reason
            field.errors = [str(broken)]
    return render_template("recruitments/close.html", form=form), 400 if form.errors else 200


@blueprint.post("/recruitments/<int:recruitment_id>/reopen")
@needs("recruitment.close")
def open_again(recruitment_id: int) -> ResponseReturnValue:
    reopen(g.recruitment, actor=current_user)
    db.session.commit()
    flash(_("Forløbet er åbent igen."), "success")
    return redirect(url_for("overview.recruitment", recruitment_id=recruitment_id))
