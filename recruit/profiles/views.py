"""The job profile: reading, writing, and Word."""

from __future__ import annotations

from collections.abc import Mapping

from flask import Blueprint, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.extensions import db
from recruit.profiles.documents import profile_document
from recruit.profiles.forms import ProfileForm
from recruit.profiles.models import ProfileSection
from recruit.profiles.rules import SECTIONS, WRITTEN, blocks
from recruit.profiles.service import load_sections, write_sections
from recruit.recruitments.service import charter_of, criterion_text
from recruit.web.downloads import word_download
from recruit.web.forms import digest, whole
from recruit.web.guard import may, needs

blueprint = Blueprint("profiles", __name__)


@blueprint.get("/recruitments/<int:recruitment_id>/profile")
@needs("profile.see")
def profile(recruitment_id: int) -> ResponseReturnValue:
    charter = charter_of(g.recruitment)
    stored = load_sections(g.recruitment)
    texts = {section.key: list(blocks(stored[section.key].text)) for section in SECTIONS if section.key in stored}
    criteria = [
        (criterion, criterion_text(charter, criterion), list(blocks(criterion.here)))
        for criterion in g.recruitment.criteria
    ]
    rooms = [(area, [item for item in criteria if item[0].area_id == area.id]) for area in charter.areas]
    return render_template(
        "profiles/profile.html",
        sections=SECTIONS,
        texts=texts,
        missing=[section for section in SECTIONS if section.written and section.key not in texts],
        of=len(WRITTEN),
        rooms=[(area, items) for area, items in rooms if items],
        charter=charter,
        may_edit=may("profile.edit"),
    )


@blueprint.route("/recruitments/<int:recruitment_id>/profile/edit", methods=["GET", "POST"])
@needs("profile.edit")
def edit(recruitment_id: int) -> ResponseReturnValue:
    stored = load_sections(g.recruitment)
    form = ProfileForm()
    newer = _catch_up(form, stored)
    if form.validate_on_submit() and not newer:
        texts = {key: form[f"{key}_text"].data or "" for key in WRITTEN}
        versions = {key: whole(form[f"{key}_version"].data) for key in WRITTEN}
        write_sections(g.recruitment, texts, versions=versions, actor=current_user)
        db.session.commit()
        flash(_("Profilen er gemt."), "success")
        return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))
    status = 409 if newer else 400 if form.errors else 200
    return render_template("profiles/edit.html", form=form, sections=SECTIONS, newer=newer), status


def _catch_up(form: ProfileForm, stored: Mapping[str, ProfileSection]) -> dict[str, str]:
    """What another wrote meanwhile, by section, where both have written; as `SharedForm.newer`, section by section."""
    newer = {}
    for key in WRITTEN:
        row = stored.get(key)
        text, version = (row.text, row.version) if row else ("", 0)
        field, opened, shown = form[f"{key}_text"], form[f"{key}_version"], form[f"{key}_shown"]
        if request.method == "GET" or (whole(opened.data) != version and digest(field.data) == shown.data):
            field.data = text
        elif whole(opened.data) != version and field.data != text:
            newer[key] = text
        opened.data, shown.data = str(version), digest(text)
    return newer


@blueprint.get("/recruitments/<int:recruitment_id>/profile.docx")
@needs("profile.see")
def word(recruitment_id: int) -> ResponseReturnValue:
    texts = {key: row.text for key, row in load_sections(g.recruitment).items()}
    return word_download(profile_document(g.recruitment, texts), g.recruitment.title, _("jobprofil"))
