"""The answers of a recruitment: who gets which, how far they are, and all of them at once."""

from __future__ import annotations

import io

from flask import Blueprint, abort, flash, g, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.audit import record
from recruit.candidates.conflicts import barred_from
from recruit.candidates.models import Candidate
from recruit.decisions.hearings import open_tasks
from recruit.extensions import db
from recruit.letters.documents import letters_zip
from recruit.letters.material import Field, load_field
from recruit.letters.ready import mark_short_ready
from recruit.letters.receipts import send_receipts, without_receipt
from recruit.letters.rules import HIRED, INTERVIEW, NONE, READY, SHORT, STAGES, STATES, WAITS_FOR
from recruit.letters.service import Letter, left_to_do, load_letters, write_drafts
from recruit.letters.texts import load_answers
from recruit.mail.service import is_configured
from recruit.web.downloads import file_name
from recruit.web.guard import needs

blueprint = Blueprint("letters", __name__)

LETTERS = "/recruitments/<int:recruitment_id>/letters"
ONE = LETTERS + "/<int:candidate_id>"


def find_here(field: Field, candidate_id: int) -> Candidate:
    """The candidate in the recruitment of this request; 404 otherwise."""
    return next((item for item in field.candidates if item.id == candidate_id), None) or abort(404)


def may_write_to(candidate: Candidate) -> bool:
    """Whether this person may judge the candidate (rule 7): the chair's conflict with one of them leaves it to HR."""
    return candidate.id not in barred_from(g.member)


def check_may_write_to(candidate: Candidate) -> None:
    if not may_write_to(candidate):
        abort(403)


@blueprint.get(LETTERS)
@needs("letters.see")
def letters(recruitment_id: int) -> ResponseReturnValue:
    field = load_field(g.recruitment)
    found = load_letters(field)
    barred = barred_from(g.member)
    mine = [item for item in found if item.candidate.id not in barred]
    answers = load_answers(g.recruitment)
    return render_template(
        "letters/letters.html",
        groups=[(stage, label, [item for item in found if item.stage == stage]) for stage, label in STAGES.items()],
        letters=found,
        barred=barred,
        states=STATES,
        waits_for=WAITS_FOR,
        held={task.candidate_id for task in open_tasks(g.recruitment)},
        empty=[item for item in mine if item.state == NONE and not item.waits_for],
        short=[item for item in mine if item.stage in SHORT and item.state == "draft"],
        ready=[item for item in found if item.state == READY],
        left=left_to_do(found),
        receipts=without_receipt(field.candidates, answers) if is_configured() else [],
        hired=HIRED,
        rejected=INTERVIEW,
    )


def _mine(letters: list[Letter]) -> list[Letter]:
    barred = barred_from(g.member)
    return [item for item in letters if item.candidate.id not in barred]


@blueprint.post(LETTERS + "/drafts")
@needs("letters.write")
def draft_all(recruitment_id: int) -> ResponseReturnValue:
    """A draft for each who has none."""
    field = load_field(g.recruitment)
    count = write_drafts(field, _mine(load_letters(field)), actor=current_user)
    db.session.commit()
    if count:
        text = ngettext(
            "%(num)s udkast er lavet. Læs det, og ret det til.",
            "%(num)s udkast er lavet. Læs dem, og ret dem til.",
            count,
        )
        flash(text, "success")
    else:
        flash(_("Der er ikke flere udkast at lave lige nu."), "info")
    return redirect(url_for("letters.letters", recruitment_id=recruitment_id))


@blueprint.post(LETTERS + "/ready")
@needs("letters.write")
def short_ready(recruitment_id: int) -> ResponseReturnValue:
    """The short letters that nothing stands in the way of, all at once."""
    field = load_field(g.recruitment)
    count, left = mark_short_ready(field, _mine(load_letters(field)), actor=current_user)
    db.session.commit()
    flash(
        ngettext("%(num)s svar er markeret klar.", "%(num)s svar er markeret klar.", count),
        "success" if count else "info",
    )
    if left:
        flash(_("Se selv på %(refs)s: der mangler noget, før svaret er klar.", refs=", ".join(left)), "warning")
    return redirect(url_for("letters.letters", recruitment_id=recruitment_id))


@blueprint.post(LETTERS + "/receipts")
@needs("letters.write")
def receipts(recruitment_id: int) -> ResponseReturnValue:
    field = load_field(g.recruitment)
    count = send_receipts(g.recruitment, field.candidates, actor=current_user)
    db.session.commit()
    flash(
        ngettext(
            "Kvitteringen bliver sendt til %(num)s ansøger.", "Kvitteringen bliver sendt til %(num)s ansøgere.", count
        ),
        "success",
    )
    return redirect(url_for("letters.letters", recruitment_id=recruitment_id))


@blueprint.get(LETTERS + ".zip")
@needs("letters.see")
def batch(recruitment_id: int) -> ResponseReturnValue:
    """Every letter that is ready, as Word files named by ref."""
    content = letters_zip(load_field(g.recruitment))
    name = f"{file_name(g.recruitment.title, _('svar'))}.zip"
    return send_file(io.BytesIO(content), mimetype="application/zip", as_attachment=True, download_name=name)


def made(document: str, candidate: Candidate) -> None:
    """The log tells that a document about somebody was made; in a request that writes."""
    record("document.made", current_user.id, g.recruitment.id, document=document, candidate=candidate.id)
