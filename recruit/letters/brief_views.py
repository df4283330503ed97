"""The development brief, and the sheet for a talk about a rejection. Part of the blueprint in views.py."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.candidates.models import Candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.letters.brief import Brief, load_brief, part_keys, tell, write_part
from recruit.letters.extract_views import blueprint
from recruit.letters.forms import ToldForm, texts_form
from recruit.letters.letter_views import saved_as_typed
from recruit.letters.material import Field, load_field
from recruit.letters.ready import named_sentence
from recruit.letters.rules import GOALS, HIRED, OPENING
from recruit.letters.talk_documents import brief_document, talk_document
from recruit.letters.views import ONE, check_may_write_to, find_here, made
from recruit.recruitments.timetable import today
from recruit.web.downloads import word_download
from recruit.web.forms import catch_up, sent_text, whole
from recruit.web.guard import needs
from recruit.web.language import localised

__all__ = ["blueprint"]


def _find(field: Field, candidate_id: int) -> Candidate:
    """Somebody who is hired; 404 otherwise."""
    candidate = find_here(field, candidate_id)
    check_may_write_to(candidate)
    if field.stage(candidate) != HIRED:
        abort(404)
    return candidate


def _labels(brief: Brief) -> dict[str, object]:
    names: dict[str, object] = {OPENING: _("Indledning"), GOALS: _("Mål at aftale")}
    return {part.key: localised(part.area.heading) if part.area else names[part.key] for part in brief.parts}


@blueprint.route(ONE + "/brief", methods=["GET", "POST"])
@needs("brief.write")
def brief(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """Every part. A script saves each as it is typed; the form saves them all without one."""
    field = load_field(g.recruitment)
    found = load_brief(field, _find(field, candidate_id))
    form = texts_form(_labels(found))
    newer = catch_up(
        form, part_keys(field), {part.key: (part.text, part.row.version if part.row else 0) for part in found.parts}
    )
    if form.validate_on_submit() and not newer:
        for part in found.parts:
            text = form[f"{part.key}_text"].data or ""
            if text != part.text.strip():
                version = whole(form[f"{part.key}_version"].data)
                write_part(field, found.candidate, part.key, text, version=version, actor=current_user)
        db.session.commit()
        flash(_("Briefen er gemt."), "success")
        return redirect(url_for("letters.brief", recruitment_id=recruitment_id, candidate_id=candidate_id))
    return _page(found, form, newer, None)


def _page(found: Brief, form: Any, newer: dict[str, str], told: ToldForm | None) -> ResponseReturnValue:
    told = told or ToldForm(formdata=None, told_on=found.told_on or today())
    page = render_template(
        "letters/brief.html",
        brief=found,
        form=form,
        told=told,
        newer=newer,
        faults=list(dict.fromkeys(named_sentence(mention) for _part, mention in found.mentions)),
    )
    return page, 409 if newer else 400 if form.errors or told.errors else 200


@blueprint.put(ONE + "/brief/sections/<part>")
@needs("brief.write")
def save_part(recruitment_id: int, candidate_id: int, part: str) -> ResponseReturnValue:
    """Saves one part as typed. JSON as for a letter."""
    field = load_field(g.recruitment)
    candidate = _find(field, candidate_id)
    if part not in part_keys(field):
        abort(404)
    text, version = sent_text()
    return saved_as_typed(
        candidate, part, lambda: write_part(field, candidate, part, text, version=version, actor=current_user)
    )


@blueprint.post(ONE + "/brief/told")
@needs("brief.write")
def told(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """When the new leader was told. Until then there is no Word file."""
    field = load_field(g.recruitment)
    candidate = _find(field, candidate_id)
    form = ToldForm()
    if form.validate_on_submit():
        try:
            tell(g.recruitment, candidate, form.told_on.data, actor=current_user)
            db.session.commit()
            flash(_("Dagen er noteret. Briefen kan hentes og deles."), "success")
            return redirect(url_for("letters.brief", recruitment_id=recruitment_id, candidate_id=candidate_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.told_on.errors = [str(broken)]
    found = load_brief(field, candidate)
    texts = texts_form(_labels(found))
    for part in found.parts:
        texts[f"{part.key}_text"].data = part.text
        texts[f"{part.key}_version"].data = str(part.row.version if part.row else 0)
    return _page(found, texts, {}, form)


@blueprint.post(ONE + "/brief.docx")
@needs("brief.write")
def brief_word(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    field = load_field(g.recruitment)
    found = load_brief(field, _find(field, candidate_id))
    content = brief_document(field, found)
    made("brief", found.candidate)
    db.session.commit()
    return word_download(content, g.recruitment.title, _("udviklingsbrief"), found.candidate.ref)


@blueprint.get(ONE + "/talk.docx")
@needs("letters.see")
def talk(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """For whoever holds the talk."""
    field = load_field(g.recruitment)
    candidate = find_here(field, candidate_id)
    check_may_write_to(candidate)
    return word_download(talk_document(field, candidate), g.recruitment.title, _("samtaleark"), candidate.ref)
