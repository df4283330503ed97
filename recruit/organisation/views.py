"""The organisation's letterhead and standard texts, for HR."""

from __future__ import annotations

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.organisation.documents import example_document
from recruit.organisation.forms import LANGUAGE_LABELS, LetterheadForm, StandardTextsForm, field_values
from recruit.organisation.letterheads import (
    REPAIR_WORDS,
    add_letterhead,
    all_letterheads,
    delete_letterhead,
    in_use,
    use_letterhead,
    use_none,
)
from recruit.organisation.models import Letterhead
from recruit.organisation.rules import LANGUAGES, STANDARD_TEXTS
from recruit.organisation.service import (
    all_versions,
    current_version,
    letterhead,
    made_ready,
    restore_texts,
    save_texts,
)
from recruit.web.downloads import word_download
from recruit.web.guard import needs

blueprint = Blueprint("organisation", __name__)


@blueprint.get("/organisation")
@needs("organisation.edit")
def index() -> ResponseReturnValue:
    return _page(LetterheadForm(formdata=None))


def _page(form: LetterheadForm) -> str:
    rows = all_letterheads()
    used = in_use(rows)
    version = current_version()
    return render_template(
        "organisation/index.html",
        form=form,
        used=used,
        others=[row for row in rows if row is not used],
        repair_words=REPAIR_WORDS,
        version=version,
        empty=[text for text in STANDARD_TEXTS if not version.texts[text.key]["da"]],
    )


@blueprint.post("/organisation/letterheads")
@needs("organisation.edit")
def add() -> ResponseReturnValue:
    form = LetterheadForm()
    if form.validate_on_submit():
        try:
            add_letterhead(form.file.data.filename or "", form.file.data.read(), actor=current_user)
            db.session.commit()
            flash(_("Brevpapiret er i brug. Hent en prøve, og se den igennem."), "success")
            return redirect(url_for("organisation.index"))
        except RuleBroken as broken:
            db.session.rollback()
            form.file.errors = [str(broken)]
    return _page(form), 400


def _find(letterhead_id: int) -> Letterhead:
    return db.session.get(Letterhead, letterhead_id) or abort(404)


@blueprint.post("/organisation/letterheads/<int:letterhead_id>/use")
@needs("organisation.edit")
def use(letterhead_id: int) -> ResponseReturnValue:
    use_letterhead(_find(letterhead_id), actor=current_user)
    db.session.commit()
    flash(_("Brevpapiret er i brug igen."), "success")
    return redirect(url_for("organisation.index"))


@blueprint.post("/organisation/letterheads/none")
@needs("organisation.edit")
def none() -> ResponseReturnValue:
    use_none(actor=current_user)
    db.session.commit()
    flash(_("Dokumenterne kommer nu ud i vores eget udseende. Brevpapiret er gemt herunder."), "success")
    return redirect(url_for("organisation.index"))


@blueprint.post("/organisation/letterheads/<int:letterhead_id>/delete")
@needs("organisation.edit")
def delete(letterhead_id: int) -> ResponseReturnValue:
    delete_letterhead(_find(letterhead_id), actor=current_user)
    db.session.commit()
    flash(_("Brevpapiret er slettet."), "success")
    return redirect(url_for("organisation.index"))


@blueprint.get("/organisation/letterheads/<int:letterhead_id>/example.docx")
@needs("organisation.edit")
def example(letterhead_id: int) -> ResponseReturnValue:
    row = _find(letterhead_id)
    return word_download(example_document(made_ready(row.content)), _("prøve"), row.name)


@blueprint.get("/organisation/example.docx")
@needs("organisation.edit")
def example_in_use() -> ResponseReturnValue:
    """What documents look like now, with or without a letterhead."""
    return word_download(example_document(letterhead()), _("prøve"))


@blueprint.route("/organisation/texts", methods=["GET", "POST"])
@needs("organisation.edit")
def texts() -> ResponseReturnValue:
    version = current_version()
    stored = field_values(version.texts) | {"kept_because": version.kept_because}
    form = StandardTextsForm(data=stored)
    newer = form.newer(version.number + 1, stored)  # a form's versions begin at 1, and the shipped texts have 0
    if form.validate_on_submit() and not newer:
        save_texts(
            form.texts(),
            version=version.number,
            kept_because=form.kept(),
            kept_rules=form.kept_rules(),
            actor=current_user,
        )
        db.session.commit()
        flash(_("Standardteksterne er gemt."), "success")
        return redirect(url_for("organisation.texts"))
    page = render_template(
        "organisation/texts.html",
        form=form,
        standard_texts=STANDARD_TEXTS,
        languages=LANGUAGES,
        language_labels=LANGUAGE_LABELS,
        newer=newer,
        version=version,
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.get("/organisation/texts/history")
@needs("organisation.edit")
def history() -> ResponseReturnValue:
    return render_template(
        "organisation/history.html",
        versions=all_versions(),
        names={text.key: text.name for text in STANDARD_TEXTS},
        language_labels=LANGUAGE_LABELS,
    )


@blueprint.get("/organisation/texts/history/<int:version_number>")
@needs("organisation.edit")
def version(version_number: int) -> ResponseReturnValue:
    versions = all_versions()
    found = next((item for item in versions if item.number == version_number), None) or abort(404)
    return render_template(
        "organisation/version.html",
        version=found,
        before=next((item for item in versions if item.number == version_number - 1), None),
        newest=versions[0],
        standard_texts=STANDARD_TEXTS,
        languages=LANGUAGES,
        language_labels=LANGUAGE_LABELS,
    )


@blueprint.post("/organisation/texts/history/<int:version_number>/restore")
@needs("organisation.edit")
def restore(version_number: int) -> ResponseReturnValue:
    restore_texts(version_number, version=current_version().number, actor=current_user)
    db.session.commit()
    flash(_("Den tidligere udgave gælder igen. Den, du gik fra, er gemt i historikken."), "success")
    return redirect(url_for("organisation.texts"))
