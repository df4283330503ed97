"""The access extract of one candidate: previewed by HR, with more left out, then made.

Part of the blueprint in views.py.
"""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import record
from recruit.extensions import db
from recruit.letters.extract import left_out_words, load_extract
from recruit.letters.extract_documents import extract_document, left_out_of
from recruit.letters.forms import LeaveOutForm
from recruit.letters.material import load_field
from recruit.letters.rules import cleaned_phrases
from recruit.letters.texts import load_answers, own_answer
from recruit.letters.views import ONE, blueprint, check_may_write_to, find_here, made
from recruit.web.downloads import word_download
from recruit.web.guard import needs

__all__ = ["blueprint"]


@blueprint.route(ONE + "/extract", methods=["GET", "POST"])
@needs("extract.make")
def extract(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """What the extract would say, with what is left out still to be read by HR."""
    field = load_field(g.recruitment)
    candidate = find_here(field, candidate_id)
    check_may_write_to(candidate)
    row = load_answers(g.recruitment).get(candidate_id)
    phrases = list(row.left_out) if row else []
    stored = {"phrases": "\n".join(phrases)}
    form = LeaveOutForm(data=stored)
    # One more than the version: a candidate without a row has one too, so that two first saves meet.
    newer = form.newer(row.version + 1 if row else 1, stored)
    if form.validate_on_submit() and not newer:
        own_answer(candidate).left_out = cleaned_phrases(form.phrases.data or "")
        record("extract.changed", current_user.id, g.recruitment.id, candidate=candidate.id)
        db.session.commit()
        flash(_("Gemt. Se, om det er det rigtige, der er udeladt."), "success")
        return redirect(url_for("letters.extract", recruitment_id=recruitment_id, candidate_id=candidate_id))
    found = load_extract(field, candidate, phrases)
    page = render_template(
        "letters/extract.html",
        candidate=candidate,
        extract=found,
        left_out=left_out_words(found.left_out),
        form=form,
        newer=newer,
    )
    return page, 409 if newer else 400 if form.errors else 200


@blueprint.post(ONE + "/extract.docx")
@needs("extract.make")
def extract_word(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    """The extract in Word; the log says that it was made."""
    field = load_field(g.recruitment)
    candidate = find_here(field, candidate_id)
    check_may_write_to(candidate)
    content = extract_document(field, candidate, load_extract(field, candidate, left_out_of(field, candidate)))
    made("extract", candidate)
    db.session.commit()
    return word_download(content, g.recruitment.title, _("egne oplysninger"), candidate.ref)
