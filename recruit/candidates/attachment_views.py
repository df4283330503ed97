"""The documents of a candidate: listed, added, fetched, removed. Part of the blueprint in views.py."""

from __future__ import annotations

import io
from typing import Any

from flask import abort, flash, g, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.candidates.attachments import (
    KINDS,
    MOST_AT_ONCE,
    MOST_DOCUMENTS,
    attach,
    load_attachments,
    remove_attachment,
)
from recruit.candidates.conflicts import barred_from
from recruit.candidates.forms import AttachmentsForm
from recruit.candidates.import_views import blueprint
from recruit.candidates.models import Attachment, Candidate
from recruit.candidates.names import hides_names
from recruit.candidates.views import find_candidate
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.web.downloads import file_name
from recruit.web.guard import may, needs

__all__ = ["blueprint"]

DOCUMENTS = "/recruitments/<int:recruitment_id>/candidates/<int:candidate_id>/documents"
ONE = DOCUMENTS + "/<int:attachment_id>"


@blueprint.url_value_preprocessor
def make_room(endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Documents may be larger than what any other page takes. Before anything else reads the request."""
    if endpoint == "candidates.add_documents":
        request.max_content_length = MOST_AT_ONCE


def _readable(candidate_id: int) -> Candidate:
    """The candidate, whose documents this person may read: 403 for a member who must not judge them."""
    candidate = find_candidate(candidate_id)
    if candidate.id in barred_from(g.member):
        abort(403)
    return candidate


def _page(candidate: Candidate, form: AttachmentsForm) -> str:
    return render_template(
        "candidates/documents.html",
        candidate=candidate,
        documents=load_attachments(g.recruitment).get(candidate.id, []),
        form=form,
        most=MOST_DOCUMENTS,
        may_edit=may("candidates.edit"),
        nameless=hides_names(ahead=True),
    )


@blueprint.get(DOCUMENTS)
@needs("attachment.see")
def documents(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    return _page(_readable(candidate_id), AttachmentsForm(formdata=None))


@blueprint.post(DOCUMENTS)
@needs("candidates.edit")
def add_documents(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    candidate = _readable(candidate_id)
    form = AttachmentsForm()
    if form.validate_on_submit():
        files = [(file.filename or "", file.read()) for file in form.files.data if file.filename]
        try:
            rows = attach(g.recruitment, candidate, files, actor=current_user)
            db.session.commit()
            flash(ngettext("%(num)s dokument er tilføjet.", "%(num)s dokumenter er tilføjet.", len(rows)), "success")
            return redirect(url_for("candidates.documents", recruitment_id=recruitment_id, candidate_id=candidate_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.files.errors = [str(broken)]
    return _page(candidate, form), 400


def _find(candidate: Candidate, attachment_id: int) -> tuple[int, Attachment]:
    """The document and its number among the candidate's; 404 when it is not theirs."""
    rows = load_attachments(g.recruitment).get(candidate.id, [])
    return next(((number, row) for number, row in enumerate(rows, 1) if row.id == attachment_id), None) or abort(404)


@blueprint.get(ONE)
@needs("attachment.see")
def document(recruitment_id: int, candidate_id: int, attachment_id: int) -> ResponseReturnValue:
    """The file, always as a download. Who does not see names here does not get the file's own name either."""
    candidate = _readable(candidate_id)
    number, row = _find(candidate, attachment_id)
    own = f"{file_name(candidate.ref, _('dokument'), str(number))}.{row.kind}"
    name = own if hides_names(ahead=True) else row.name
    return send_file(io.BytesIO(row.content), mimetype=KINDS[row.kind], as_attachment=True, download_name=name)


@blueprint.post(ONE + "/remove")
@needs("candidates.edit")
def remove_document(recruitment_id: int, candidate_id: int, attachment_id: int) -> ResponseReturnValue:
    candidate = _readable(candidate_id)
    _number, row = _find(candidate, attachment_id)
    remove_attachment(g.recruitment, row, actor=current_user)
    db.session.commit()
    flash(_("Dokumentet er slettet."), "success")
    return redirect(url_for("candidates.documents", recruitment_id=recruitment_id, candidate_id=candidate_id))
