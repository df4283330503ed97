"""The job profile: reading, writing, and Word."""

from __future__ import annotations

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import EditedMeanwhile
from recruit.extensions import db
from recruit.profiles.documents import profile_document
from recruit.profiles.forms import ProfileForm
from recruit.profiles.rules import SECTIONS, WRITTEN
from recruit.profiles.service import load_sections, write_sections
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.downloads import word_download
from recruit.web.guard import may, needs

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/recruitments/<int:recruitment_id>/profile")
@needs("profile.see")
def profile(recruitment_id: int) -> ResponseReturnValue:
    charter = charter_of(g.recruitment)
    criteria = [
        (criterion, criterion_text(charter, criterion), charter.area_of(criterion.key))
        for criterion in g.recruitment.criteria
    ]
    return render_template(
        "profiles/profile.html",
        sections=SECTIONS,
        texts={key: row.text for key, row in load_sections(g.recruitment).items()},
        criteria=criteria,
        charter=charter,
        may_edit=may("profile.edit"),
    )


@blueprint.route("/recruitments/<int:recruitment_id>/profile/edit", methods=["GET", "POST"])
@needs("profile.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    stored = load_sections(g.recruitment)
    form = ProfileForm()
    if request.method == "GET":
        for key, row in stored.items():
            form[key].data = row.text
            form[f"{key}_version"].data = str(row.version)
    newer: dict[str, str] = {}
    if form.validate_on_submit():
        texts = {key: form[key].data or "" for key in WRITTEN}
        versions = {key: int(form[f"{key}_version"].data or 0) for key in WRITTEN}
        try:
            write_sections(g.recruitment, texts, versions=versions, actor=current_user)
            db.session.commit()
            flash(_("Profilen er gemt."), "success")
            return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))
        except EditedMeanwhile:
            db.session.rollback()
            newer = _newer(form)
    status = 409 if newer else 400 if form.errors else 200
    return render_template("profiles/edit.html", form=form, sections=SECTIONS, newer=newer), status


def _newer(form: ProfileForm) -> dict[str, str]:
    """What another wrote meanwhile, by section; saving again is then a choice made with both texts in view."""
    newer = {}
    stored = load_sections(g.recruitment)
    for key in WRITTEN:
        row = stored.get(key)
        version = row.version if row else 0
        if int(form[f"{key}_version"].data or 0) != version:
            if (row.text if row else "") != form[key].data:
                newer[key] = row.text if row else ""
            form[f"{key}_version"].data = str(version)
    return newer


@blueprint.get("/recruitments/<int:recruitment_id>/profile.docx")
@needs("profile.see")
def word(recruitment_id: int) -> ResponseReturnValue:
    texts = {key: row.text for key, row in load_sections(g.recruitment).items()}
    return word_download(profile_document(g.recruitment, texts), g.recruitment.title, _("jobprofil"))
