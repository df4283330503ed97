"""Applicants from a spreadsheet in three steps: the file, its columns, the result. Part of the blueprint in views.py.

Between the steps the rows travel in the page, signed, so that nothing of a file is stored before somebody has seen what
it will come to, and nothing has to be cleaned up afterwards.
"""

from __future__ import annotations

from typing import Any

from flask import current_app, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from itsdangerous import BadData, URLSafeTimedSerializer

from recruit.audit import now
from recruit.candidates.columns import WHY_LEFT_OUT, Columns, guess
from recruit.candidates.forms import ColumnsForm, SpreadsheetForm
from recruit.candidates.importing import (
    Table,
    add_applicants,
    as_table,
    check_columns,
    check_rows,
    taken_emails,
)
from recruit.candidates.service import load_candidates
from recruit.candidates.spreadsheets import read_spreadsheet
from recruit.candidates.views import blueprint
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.web.forms import options
from recruit.web.guard import needs

__all__ = ["blueprint"]

IMPORT = "/recruitments/<int:recruitment_id>/candidates/import"
MOST_CARRIED = 1_500_000  # characters, packed; a form's fields together may have 2,000,000
LIFETIME = 7_200  # seconds
PREVIEW = 5  # rows


@blueprint.route(IMPORT, methods=["GET", "POST"])
@needs("candidates.edit")
def upload(recruitment_id: int) -> ResponseReturnValue:
    form = SpreadsheetForm()
    if form.validate_on_submit():
        try:
            table = as_table(read_spreadsheet(form.file.data.read()), now().date())
            columns = guess(table.headings)
            chosen = {name: _written(getattr(columns, name)) for name in ("name", "surname", "email")}
            page = ColumnsForm(formdata=None, carried=_pack(table), **chosen)
            return _columns_page(page, table)
        except RuleBroken as broken:
            form.file.errors = [str(broken)]
    return render_template("candidates/import.html", form=form), 400 if form.errors else 200


@blueprint.post(IMPORT + "/rows")
@needs("candidates.edit")
def import_rows(recruitment_id: int) -> ResponseReturnValue:
    """What the page of columns sends: all rows are added, or the good ones when that was asked for, or none."""
    form = ColumnsForm()
    existing = load_candidates(g.recruitment)
    try:
        table = _unpack(form.carried.data or "", len(existing))
    except RuleBroken as broken:
        flash(str(broken), "error")
        return redirect(url_for("candidates.upload", recruitment_id=recruitment_id))
    _offer(form, table)
    if not form.validate_on_submit():
        return _columns_page(form, table), 400
    columns = Columns(*(_place(form[name].data) for name in ("name", "surname", "email")))
    try:
        check_columns(columns, len(table.headings))
        good, bad = check_rows(table.rows, columns, taken_emails(existing))
        if bad and (not good or not form.partly.data):
            return _columns_page(form, table, bad=bad, good=len(good)), 400
        added = add_applicants(g.recruitment, good, actor=current_user)
        db.session.commit()
    except RuleBroken as broken:
        db.session.rollback()
        form.name.errors = [str(broken)]
        return _columns_page(form, table), 400
    return render_template("candidates/imported.html", added=added, bad=bad)


def _columns_page(form: ColumnsForm, table: Table, bad: list[tuple[int, str]] | None = None, good: int = 0) -> str:
    _offer(form, table)
    return render_template(
        "candidates/import_columns.html",
        form=form,
        table=table,
        preview=table.rows[:PREVIEW],
        why=WHY_LEFT_OUT,
        bad=bad or [],
        good=good,
    )


def _offer(form: ColumnsForm, table: Table) -> None:
    """Gives the fields their choices."""
    places = {str(place): heading for place, heading in enumerate(table.headings)}
    form.name.choices = options({"": _("Vælg en kolonne"), **places})
    form.surname.choices = options({"": _("Står sammen med fornavnet"), **places})
    form.email.choices = options({"": _("Ingen e-mail i filen"), **places})


def _written(place: int | None) -> str:
    return "" if place is None else str(place)


def _place(value: Any) -> int | None:
    return int(value) if value else None


def _signer() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="candidates.import")


def _pack(table: Table) -> str:
    """The rows as the page carries them, with whose they are and how many candidates there were."""
    count = len(load_candidates(g.recruitment))
    packed = _signer().dumps(
        [current_user.id, g.recruitment.id, count, table.headings, table.rows, table.dropped, table.other_sheets]
    )
    carried = packed if isinstance(packed, str) else packed.decode()
    if len(carried) > MOST_CARRIED:
        raise RuleBroken(_("Filen har for meget tekst. Slet de kolonner, der ikke skal bruges, og prøv igen."))
    return carried


def _unpack(carried: str, count: int) -> Table:
    """The rows again. Raises RuleBroken when they are old or somebody else's, or the list has changed meanwhile.

    The latter also keeps a page that is sent twice from adding everybody twice.
    """
    try:
        person, recruitment, had, headings, rows, dropped, others = _signer().loads(carried, max_age=LIFETIME)
    except BadData as error:
        raise RuleBroken(_("Siden har været åben for længe. Vælg filen igen.")) from error
    if (person, recruitment) != (current_user.id, g.recruitment.id):
        raise RuleBroken(_("Siden har været åben for længe. Vælg filen igen."))
    if had != count:
        raise RuleBroken(
            _(
                "Listen er ændret, siden filen blev læst, måske fordi den allerede er læst ind. "
                "Se listen, før du vælger filen igen."
            )
        )
    return Table(headings, [(number, cells) for number, cells in rows], dropped, others)
