"""Before the criteria: what the post needs, and what an earlier recruitment has already found out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import abort, flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.errors import EditedMeanwhile
from recruit.extensions import db
from recruit.recruitments.closing_views import blueprint
from recruit.recruitments.copying import copy_criteria, earlier_recruitments
from recruit.recruitments.forms import NeedsForm
from recruit.recruitments.models import NeedAnswer
from recruit.recruitments.needs import load_needs, write_needs
from recruit.recruitments.needs_rules import KEYS, QUESTIONS
from recruit.recruitments.service import charter_of
from recruit.web.forms import catch_up, sent_text, whole
from recruit.web.guard import needs as needs_permission
from recruit.web.language import clock

__all__ = ["blueprint"]


# Needs clarification


@blueprint.route("/recruitments/<int:recruitment_id>/needs", methods=["GET", "POST"])
@needs_permission("needs.edit")
def needs(recruitment_id: int) -> ResponseReturnValue:
    """The guided form. A script saves each answer as it is typed; the form works without."""
    form = NeedsForm()
    newer = catch_up(form, KEYS, _stored(load_needs(g.recruitment)))
    if form.validate_on_submit() and not newer:
        texts = {key: form[f"{key}_text"].data or "" for key in KEYS}
        versions = {key: whole(form[f"{key}_version"].data) for key in KEYS}
        write_needs(g.recruitment, texts, versions=versions, actor=current_user)
        db.session.commit()
        flash(_("Svarene er gemt."), "success")
        onward = "recruitments.criteria" if g.recruitment.criteria else "recruitments.house"
        return redirect(url_for(onward, recruitment_id=recruitment_id))
    page = render_template(
        "recruitments/needs.html",
        form=form,
        questions=QUESTIONS,
        newer=newer,
        stored={key: text for key, (text, _version) in _stored(load_needs(g.recruitment)).items()},
    )
    return page, 409 if newer else 400 if form.errors else 200


def _stored(rows: Mapping[str, NeedAnswer]) -> dict[str, tuple[str, int]]:
    return {key: (row.text, row.version) for key, row in rows.items()}


@blueprint.put("/recruitments/<int:recruitment_id>/needs/answers/<need>")
@needs_permission("needs.edit")
def save_need(recruitment_id: int, need: str) -> ResponseReturnValue:
    """Saves one answer as typed. JSON in: text, version. JSON out: version, saved (a clock). 409 with what the server
    has, text and version, when another saved first."""
    if need not in KEYS:
        abort(404)
    text, version = sent_text()
    try:
        write_needs(g.recruitment, {need: text}, versions={need: version}, actor=current_user)
        db.session.commit()
    except (EditedMeanwhile, StaleDataError, IntegrityError):
        db.session.rollback()
        return jsonify(_saved(load_needs(g.recruitment).get(need))), 409
    return jsonify(_saved(load_needs(g.recruitment).get(need)))


def _saved(row: NeedAnswer | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "version": 0, "saved": clock(now())}
    return {"text": row.text, "version": row.version, "saved": clock(row.changed_at)}


# Criteria from an earlier recruitment


@blueprint.route("/recruitments/<int:recruitment_id>/criteria/copy", methods=["GET", "POST"])
@needs_permission("criteria.edit")
def copy(recruitment_id: int) -> ResponseReturnValue:
    """Choose a recruitment, then which of its criteria to take over."""
    sources = earlier_recruitments(g.recruitment, current_user)
    wanted = whole(request.values.get("from"))
    source = next((item for item in sources if item.id == wanted), None)
    if wanted and source is None:
        abort(404)
    if source and request.method == "POST":
        count = copy_criteria(g.recruitment, source, request.form.getlist("criterion"), actor=current_user)
        db.session.commit()
        flash(ngettext("%(num)s kriterium er hentet.", "%(num)s kriterier er hentet.", count), "success")
        return redirect(url_for("recruitments.criteria", recruitment_id=recruitment_id))
    charter = charter_of(g.recruitment)
    return render_template(
        "recruitments/copy.html",
        sources=sources,
        source=source,
        charter=charter,
        found={item.id: (area, item) for area, item in charter.criteria()},
        own={criterion.key for criterion in g.recruitment.criteria},
    )
