"""The job profile as it is read: the page, its history, Word; and the chair's approval and lock."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.ads.checks import unfilled
from recruit.profiles.documents import current_profile
from recruit.profiles.forms import ApprovalForm
from recruit.profiles.material import applicant_steps
from recruit.profiles.models import ProfileEarlier
from recruit.profiles.rules import SECTIONS, WHAT, WRITTEN, Section, blocks
from recruit.profiles.service import (
    Standing,
    approve_profile,
    approved_by,
    load_history,
    load_profile,
    load_rows,
    load_sections,
    lock_profile,
    print_of,
    restore_section,
    standing_of,
)
from recruit.recruitments.presentation import picture_bars
from recruit.recruitments.service import amendments, charter_of, criterion_text
from recruit.recruitments.timetable import load_timetable
from recruit.web.downloads import word_download
from recruit.web.forms import whole
from recruit.web.guard import may, needs

blueprint = Blueprint("profiles", __name__)

PROFILE = "/recruitments/<int:recruitment_id>/profile"


def find_section(key: str) -> Section:
    """A section that is written by hand; 404 otherwise."""
    return next((section for section in SECTIONS if section.key == key and section.written), None) or abort(404)


@blueprint.get(PROFILE)
@needs("profile.see")
def profile(recruitment_id: int) -> ResponseReturnValue:
    return _page(ApprovalForm())


def _page(form: ApprovalForm) -> str:
    charter = charter_of(g.recruitment)
    known, rows = load_profile(g.recruitment), load_rows(g.recruitment)
    standing = standing_of(g.recruitment, known, rows)
    texts = {key: list(blocks(row.text)) for key, row in rows.items() if row.text.strip()}
    criteria = [
        (criterion, criterion_text(charter, criterion), list(blocks(criterion.here)))
        for criterion in g.recruitment.criteria
    ]
    rooms = [(area, [item for item in criteria if item[0].area_id == area.id]) for area in charter.areas]
    form.of_texts((row.text for row in rows.values()), g.recruitment.language)
    form.seen.data = print_of(g.recruitment, known, rows)
    return render_template(
        "profiles/profile.html",
        sections=standing.sections,
        texts=texts,
        missing=[section for section in standing.sections if section.written and section.key not in texts],
        of=len(WRITTEN),
        rooms=[(area, items) for area, items in rooms if items],
        charter=charter,
        standing=standing,
        approved_by=approved_by(known),
        dates=applicant_steps(load_timetable(g.recruitment)),
        form=form,
        unfilled=unfilled("\n".join(row.text for row in rows.values())),
        bars=picture_bars(g.recruitment),
        may_edit=may("profile.edit"),
        amendments=_amendments(standing),
    )


def _amendments(standing: Standing) -> list[object]:
    names = {section.key: section.heading for section in SECTIONS}
    return [
        (row, name, names.get(row.subject, row.subject))
        for row, name in amendments(g.recruitment)
        if row.part == "profile"
    ]


@blueprint.post(PROFILE + "/approve")
@needs("profile.approve")
def approve(recruitment_id: int) -> ResponseReturnValue:
    form = ApprovalForm()
    form.of_texts((row.text for row in load_sections(g.recruitment).values()), g.recruitment.language)
    seen = form.seen.data or ""
    if not form.validate_on_submit():
        return _page(form), 400
    try:
        approve_profile(
            g.recruitment, seen=seen, kept_because=form.kept(), kept_rules=form.kept_rules(), actor=current_user
        )
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        flash(str(meanwhile), "warning")
    else:
        flash(_("Profilen er godkendt, som den står."), "success")
    return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))


@blueprint.post(PROFILE + "/lock")
@needs("profile.approve")
def lock(recruitment_id: int) -> ResponseReturnValue:
    lock_profile(g.recruitment, actor=current_user)
    db.session.commit()
    flash(_("Profilen er låst. Fra nu af kræver en ændring en begrundelse."), "success")
    return redirect(url_for("profiles.profile", recruitment_id=recruitment_id))


@blueprint.get(PROFILE + "/sections/<part>/history")
@needs("profile.edit")
def history(recruitment_id: int, part: str) -> ResponseReturnValue:
    """A section as it was left each time."""
    section = find_section(part)
    rows = load_rows(g.recruitment)
    return render_template(
        "profiles/history.html",
        section=section,
        entries=[(row, name, list(blocks(row.text))) for row, name in load_history(g.recruitment, part)],
        what=WHAT,
        version=rows[part].version if part in rows else 0,
        locked=standing_of(g.recruitment, load_profile(g.recruitment), rows).locked,
    )


@blueprint.post(PROFILE + "/sections/<part>/history")
@needs("profile.edit")
def restore(recruitment_id: int, part: str) -> ResponseReturnValue:
    """Takes an earlier text up again. `entry` names it, `version` is that of the section when the page was made."""
    section = find_section(part)
    wanted = whole(request.form.get("entry"))
    earlier = next((row for row, _name in load_history(g.recruitment, part) if row.id == wanted), None)
    if not isinstance(earlier, ProfileEarlier):
        raise RuleBroken(_("Den tidligere tekst findes ikke mere."))
    version = whole(request.form.get("version"))
    restore_section(g.recruitment, part, earlier, version=version, actor=current_user)
    db.session.commit()
    flash(_("Den tidligere tekst er taget frem. Den, der stod før, ligger stadig i historikken."), "success")
    return redirect(url_for("profiles.edit", recruitment_id=recruitment_id, _anchor=f"section-{section.key}"))


@blueprint.get(PROFILE + ".docx")
@needs("profile.see")
def word(recruitment_id: int) -> ResponseReturnValue:
    return word_download(current_profile(g.recruitment), g.recruitment.title, _("jobprofil"))
