"""The log, for the auditor."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import to_utc

from recruit.extensions import db
from recruit.privacy.chain import Report
from recruit.privacy.forms import LogForm
from recruit.privacy.rules import EVENT_WORDS, about, fault_in_words
from recruit.privacy.service import Part, check_log, read_log
from recruit.web.forms import whole
from recruit.web.guard import needs

blueprint = Blueprint("privacy", __name__)

# What is checked while somebody waits for the page; `recruit check-log` checks all.
NEWEST = 100_000


@blueprint.get("/log")
@needs("log.see")
def log() -> ResponseReturnValue:
    return _log()


@blueprint.post("/log")
@needs("log.see")
def check() -> ResponseReturnValue:
    db.session.rollback()  # whoever holds the write lock of SQLite while all is read keeps everybody from saving
    return _log(check_log(NEWEST))


def _log(report: Report | None = None) -> str:
    form = LogForm(formdata=request.args)
    is_valid = form.validate()
    part = Part()
    if is_valid:
        part = Part(
            recruitment_id=form.recruitment.data,
            event=form.event.data,
            since=_midnight(form.since.data),
            until=_midnight(form.until.data, days=1),
        )
    found = read_log(part, before=_asked("before"), after=_asked("after"))
    return render_template(
        "privacy/log.html",
        form=form,
        filters={name: value for name, value in request.args.items() if is_valid and value and name in form},
        found=found,
        is_leafed=bool({"before", "after"} & set(request.args)),
        words=EVENT_WORDS,
        about=about,
        report=report,
        faults=[fault_in_words(fault) for fault in report.faults] if report else [],
    )


def _asked(name: str) -> int | None:
    """A number from the address; None for what cannot be one."""
    return whole(request.args.get(name)) or None


def _midnight(day: date | None, days: int = 0) -> datetime | None:
    """When a day begins where the users are, or a later one."""
    if not isinstance(day, date):
        return None
    return to_utc(datetime.combine(day + timedelta(days=days), time())).replace(tzinfo=UTC)
