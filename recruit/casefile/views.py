"""Advertising a post again."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from recruit.casefile.readvertise import open_posts
from recruit.casefile.readvertise import readvertise as readvertise_post
from recruit.extensions import db
from recruit.web.forms import BaseForm, LineField
from recruit.web.guard import needs

blueprint = Blueprint("casefile", __name__)


class ReadvertisingForm(BaseForm):
    title = LineField(_l("Stilling"))
    case_number = LineField(_l("Sagsnummer"), limit=60, required=False)


@blueprint.route("/recruitments/<int:recruitment_id>/readvertise", methods=["GET", "POST"])
@needs("recruitment.create")
def readvertise(recruitment_id: int) -> ResponseReturnValue:
    form = ReadvertisingForm(obj=g.recruitment)
    if form.validate_on_submit():
        made = readvertise_post(
            g.recruitment, title=form.title.data, case_number=form.case_number.data or "", actor=current_user
        )
        db.session.commit()
        flash(_("Det nye forløb er oprettet. Læg en ny tidsplan, og ret de datoer, der står i profilen."), "success")
        return redirect(url_for("overview.recruitment", recruitment_id=made.id))
    page = render_template("casefile/readvertise.html", form=form, posts=open_posts(g.recruitment))
    return page, 400 if request.method == "POST" else 200
