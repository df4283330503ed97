"""Writing the job profile: section by section, saved as typed, with suggestions; and amending a locked one."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from flask import flash, g, jsonify, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.audit import now
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.forms import ProfileForm, SectionAmendmentForm
from recruit.profiles.material import gather
from recruit.profiles.models import ProfileSection
from recruit.profiles.rules import WRITTEN, blocks, moved
from recruit.profiles.service import (
    amend_section,
    load_profile,
    load_rows,
    order_sections,
    standing_of,
    write_sections,
)
from recruit.profiles.suggestions import suggest
from recruit.profiles.views import PROFILE, blueprint, find_section
from recruit.web.forms import catch_up, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]


@blueprint.route(PROFILE + "/edit", methods=["GET", "POST"])
@needs("profile.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    """All sections. A script saves each as it is typed; the form saves them all, and its smaller buttons, after that,
    put a suggestion in (`take`) or move a section (`move`)."""
    stored = load_rows(g.recruitment)
    standing = standing_of(g.recruitment, load_profile(g.recruitment), stored)
    if standing.locked:
        flash(_("Profilen er låst. Ret det afsnit, der skal ændres, med en begrundelse."), "info")
        return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))
    suggestions = suggest(gather(g.recruitment))
    form = ProfileForm()
    newer = catch_up(form, WRITTEN, {key: (row.text, row.version) for key, row in stored.items()})
    if form.validate_on_submit() and not newer:
        take, move = request.form.get("take"), request.form.get("move", "")
        texts = {key: form[f"{key}_text"].data or "" for key in WRITTEN}
        if take in WRITTEN and not texts[take]:
            texts[take] = suggestions[take]
        versions = {key: whole(form[f"{key}_version"].data) for key in WRITTEN}
        write_sections(g.recruitment, texts, versions=versions, actor=current_user)
        key, _colon, way = move.partition(":")
        order = [section.key for section in standing.sections]
        if key in order:
            order_sections(g.recruitment, moved(order, key, up=way == "up"), actor=current_user)
        db.session.commit()
        if take or move:
            anchor = f"section-{take or key}"
            return redirect(url_for("profiles.edit", recruitment_id=recruitment_id, _anchor=anchor))
        flash(_("Profilen er gemt."), "success")
        return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))
    page = render_template(
        "profiles/edit.html",
        form=form,
        sections=standing.sections,
        standing=standing,
        newer=newer,
        stored={key: row.text for key, row in stored.items()},
        suggestions={key: (text, list(blocks(text))) for key, text in suggestions.items()},
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.put(PROFILE + "/edit/sections/<part>")
@needs("profile.edit")
def save_section(recruitment_id: int, part: str) -> ResponseReturnValue:
    """Saves one section as typed. JSON in: text, version. JSON out: version, saved (a clock). 409 with what the server
    has, text and version, when another saved first."""
    find_section(part)
    text, version = sent_text()
    try:
        write_sections(g.recruitment, {part: text}, versions={part: version}, actor=current_user)
        db.session.commit()
    except (EditedMeanwhile, StaleDataError, IntegrityError):
        db.session.rollback()
        return jsonify(_saved(load_rows(g.recruitment).get(part))), 409
    return jsonify(_saved(load_rows(g.recruitment).get(part)))


def _saved(row: ProfileSection | None) -> dict[str, Any]:
    if row is None:
        return {"text": "", "version": 0, "saved": clock(now())}
    return {"text": row.text, "version": row.version, "saved": clock(row.changed_at)}


@blueprint.put(PROFILE + "/edit/order")
@needs("profile.edit")
def save_order(recruitment_id: int) -> ResponseReturnValue:
    """JSON in: order, the keys of all sections; seen, the order the page had. 409 when it is another one now."""
    values = request.get_json()
    order, seen = (values.get("order"), values.get("seen")) if isinstance(values, dict) else (None, None)
    for keys in (order, seen):
        if not isinstance(keys, list) or not all(isinstance(key, str) for key in keys):
            raise RuleBroken(_("Rækkefølgen kunne ikke læses. Genindlæs siden."))
    order_sections(g.recruitment, order or [], seen=seen or [], actor=current_user)
    db.session.commit()
    return jsonify(saved=clock(now()))


@blueprint.route(PROFILE + "/sections/<part>/amend", methods=["GET", "POST"])
@needs("profile.edit")
def amend(recruitment_id: int, part: str) -> ResponseReturnValue:
    """One section of a locked profile, with a reason."""
    section = find_section(part)
    rows = load_rows(g.recruitment)
    if not standing_of(g.recruitment, load_profile(g.recruitment), rows).locked:
        return redirect(url_for("profiles.edit", recruitment_id=recruitment_id, _anchor=f"section-{part}"))
    row = rows.get(part)
    stored = {"text": row.text if row else ""}
    form = SectionAmendmentForm(data=stored)
    # One more than the version: a section that is not there yet has one too, so that two first texts meet.
    newer = form.newer(row.version + 1 if row else 1, stored)
    if form.validate_on_submit() and not newer:
        try:
            amend_section(
                g.recruitment,
                part,
                form.text.data or "",
                version=row.version if row else 0,
                reason=form.reason.data,
                actor=current_user,
            )
            db.session.commit()
            flash(_("Ændringen er gemt med sin begrundelse og står i rapporten."), "success")
            return redirect(url_for("profiles.profile", recruitment_id=recruitment_id, _anchor=part))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    page = render_template("profiles/amend.html", form=form, section=section, newer=newer)
    return page, _status(form, newer)


def _status(form: SectionAmendmentForm, newer: Mapping[str, Any]) -> int:
    return 409 if newer else 400 if form.errors else 200
