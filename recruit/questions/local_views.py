"""HR's own questions: on the pages of the bank, never in its files."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_login import current_user

from recruit.charter.models import Charter
from recruit.charter.service import charters
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.bank import Question
from recruit.questions.local import (
    add_local,
    all_local,
    change_local,
    copy_in_use,
    find_local,
    restore,
    retire,
)
from recruit.questions.local_forms import ROUNDS, LocalQuestionForm, form_values, left_behind
from recruit.questions.models import LocalQuestion
from recruit.questions.offer import offered
from recruit.questions.rules import KIND_NAMES
from recruit.questions.service import as_question, bank_of
from recruit.questions.views import anchor_of
from recruit.web.guard import needs
from recruit.web.language import listed, localised

blueprint = Blueprint("local_questions", __name__)

SAVED = {"added": _l("Spørgsmålet er gemt og står nu i banken."), "changed": _l("Spørgsmålet er gemt.")}


def _charter(charter_id: str) -> Charter:
    return charters().get(charter_id) or abort(404)


def _find(charter: Charter, local_id: int) -> LocalQuestion:
    return find_local(charter, local_id) or abort(404)


def _place_of(charter: Charter, row: LocalQuestion) -> str:
    """Where a question stands: on the page of its entry, else on the list of HR's own."""
    if row.retired_at or charter.find(row.key) is None:
        return url_for("local_questions.index", charter_id=charter.id)
    return url_for("questions.entry", charter_id=charter.id, key=row.key, _anchor=anchor_of(row.source))


@blueprint.get("/charters/<charter_id>/own-questions")
@needs("bank.edit")
def index(charter_id: str) -> ResponseReturnValue:
    charter = _charter(charter_id)
    rows = [(row, as_question(row), charter.find(row.key)) for row in all_local(charter)]
    return render_template(
        "questions/local.html",
        charter=charter,
        in_use=[part for part in rows if part[0].retired_at is None],
        out_of_use=[part for part in rows if part[0].retired_at],
        kind_names=KIND_NAMES,
    )


@blueprint.route("/charters/<charter_id>/questions/<key>/new", methods=["GET", "POST"])
@needs("bank.edit")
def new(charter_id: str, key: str) -> ResponseReturnValue:
    charter = _charter(charter_id)
    if charter.find(key) is None:
        abort(404)
    everybody = [role.id for role in charter.roles]
    return _add(charter, key, {"kind": "behavioural", "minutes": 6, "rounds": list(ROUNDS), "roles": everybody})


@blueprint.route("/charters/<charter_id>/questions/<key>/<source>/copy", methods=["GET", "POST"])
@needs("bank.edit")
def copy(charter_id: str, key: str, source: str) -> ResponseReturnValue:
    """HR's own version of a shipped question, which then stands in its place."""
    charter = _charter(charter_id)
    original = bank_of(charter_id).question(source)
    if original is None or source.rpartition(".")[0] != key:
        abort(404)
    return _add(charter, key, form_values(original), original)


def _add(charter: Charter, key: str, values: dict[str, Any], original: Question | None = None) -> ResponseReturnValue:
    form = LocalQuestionForm(data=values)
    form.of_charter(charter)
    existing = copy_in_use(charter, original.id) if original else None
    if form.validate_on_submit():
        try:
            row = add_local(
                charter, key, form.content(), copied_from=original.id if original else None, actor=current_user
            )
            db.session.commit()
            return _saved(charter, row, form, values if original else {}, "added")
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors = [str(broken)]
    elif existing and not form.is_submitted():
        return redirect(url_for("local_questions.edit", charter_id=charter.id, local_id=existing.id))
    return _form_page(charter, key, form, original=original, existing=existing)


@blueprint.route("/charters/<charter_id>/own-questions/<int:local_id>", methods=["GET", "POST"])
@needs("bank.edit")
def edit(charter_id: str, local_id: int) -> ResponseReturnValue:
    charter = _charter(charter_id)
    row = _find(charter, local_id)
    stored = form_values(as_question(row), row.kept_because)
    form = LocalQuestionForm(data=stored)
    form.of_charter(charter)
    newer = form.newer(row.version, stored)
    if form.validate_on_submit() and not newer:
        change_local(row, form.content(), actor=current_user)
        db.session.commit()
        return _saved(charter, row, form, stored, "changed")
    original = bank_of(charter_id).question(row.copied_from) if row.copied_from else None
    return _form_page(charter, row.key, form, row=row, original=original, newer=newer)


def _saved(
    charter: Charter, row: LocalQuestion, form: LocalQuestionForm, before: dict[str, Any], what: str
) -> ResponseReturnValue:
    flash(SAVED[what], "success")
    if before and left_behind(before, {field.name: field.data or "" for field in form}):
        flash(
            _("Den danske tekst er rettet, men ikke den engelske. Se efter, om de stadig siger det samme."), "warning"
        )
    return redirect(_place_of(charter, row))


def _form_page(
    charter: Charter,
    key: str,
    form: LocalQuestionForm,
    *,
    row: LocalQuestion | None = None,
    original: Question | None = None,
    existing: LocalQuestion | None = None,
    newer: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    page = render_template(
        "questions/local_form.html",
        charter=charter,
        key=key,
        found=charter.find(key),
        form=form,
        row=row,
        original=original,
        existing=existing,
        newer={name: _in_words(charter, name, value) for name, value in (newer or {}).items()},
        advice=form.advice(),
    )
    return page, 409 if newer or (existing and form.errors) else 400 if form.errors else 200


def _in_words(charter: Charter, name: str, value: Any) -> Any:
    """What another has saved in a field, as a person reads it."""
    if name == "kind":
        return KIND_NAMES[value]
    if name == "rounds":
        return listed([str(ROUNDS[number]) for number in value])
    if name == "roles":
        return listed([localised(role.name) for role in charter.roles if role.id in value])
    return value


@blueprint.post("/charters/<charter_id>/own-questions/<int:local_id>/retire")
@needs("bank.edit")
def out_of_use(charter_id: str, local_id: int) -> ResponseReturnValue:
    row = _find(_charter(charter_id), local_id)
    retire(row, actor=current_user)
    db.session.commit()
    flash(_("Spørgsmålet er taget ud af brug. Guider, der har det, beholder det."), "success")
    return redirect(url_for("local_questions.index", charter_id=charter_id))


@blueprint.post("/charters/<charter_id>/own-questions/<int:local_id>/restore")
@needs("bank.edit")
def into_use(charter_id: str, local_id: int) -> ResponseReturnValue:
    charter = _charter(charter_id)
    row = _find(charter, local_id)
    restore(charter, row, actor=current_user)
    db.session.commit()
    flash(_("Spørgsmålet er i brug igen."), "success")
    return redirect(_place_of(charter, row))


@blueprint.get("/charters/<charter_id>/own-questions/<int:local_id>/question.yaml")
@needs("bank.edit")
def offer(charter_id: str, local_id: int) -> ResponseReturnValue:
    """The question as a part of the bank's file. 404 when the charter no longer has what it asks about."""
    charter = _charter(charter_id)
    row = _find(charter, local_id)
    if charter.find(row.key) is None:
        abort(404)
    new_id, content = offered(bank_of(charter_id).entries[row.key], as_question(row))
    return send_file(
        io.BytesIO(content.encode()),
        mimetype="application/yaml",
        as_attachment=True,
        download_name=f"{new_id}.yaml",
    )
