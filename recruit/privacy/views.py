"""The log, for the auditor."""

from __future__ import annotations

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue

from recruit.privacy.rules import EVENT_WORDS
from recruit.privacy.service import PAGE, read_log
from recruit.web.forms import whole
from recruit.web.guard import needs

blueprint = Blueprint("privacy", __name__)


def _asked(name: str) -> int | None:
    """An id from the address; None for what cannot be one."""
    return whole(request.args.get(name)) or None


@blueprint.get("/log")
@needs("log.see")
def log() -> ResponseReturnValue:
    before, recruitment_id = _asked("before"), _asked("recruitment")
    events = read_log(before=before, recruitment_id=recruitment_id)
    older = events[-1].id if len(events) == PAGE else None
    return render_template(
        "privacy/log.html",
        events=events,
        words=EVENT_WORDS,
        older=older,
        is_older=before is not None,
        recruitment_id=recruitment_id,
    )
