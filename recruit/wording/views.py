"""Checking a text while it is written. Nothing of it is logged or stored."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, current_app, jsonify, request
from flask.typing import ResponseReturnValue
from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _
from pydantic import ValidationError

from recruit.datafiles import Frozen
from recruit.errors import RuleBroken
from recruit.web.guard import needs
from recruit.web.language import language as page_language
from recruit.wording.models import Finding, Kind, Language, Report
from recruit.wording.service import check, explained

blueprint = Blueprint("wording", __name__)

# Set by create_app: the titles of the charters, one of which an ad should name.
CITES = "recruit_wording_cites"
LIMIT = 50_000  # characters: more than any field holds


class Sent(Frozen):
    """What the page's script sends."""

    text: str
    kind: Kind
    language: Language


@blueprint.post("/wording/check")
@needs("wording.check")
def check_text() -> ResponseReturnValue:
    """JSON in: text, kind, language. JSON out: findings with all that Finding holds, and their summary in words."""
    try:
        sent = Sent.model_validate_json(request.get_data())
    except ValidationError:
        raise RuleBroken(_("Det kunne ikke læses. Genindlæs siden.")) from None
    if len(sent.text) > LIMIT:
        limit = format_decimal(LIMIT)
        text = _(
            "Teksten er for lang til at blive tjekket, mens du skriver. Gør den kortere end %(limit)s tegn.",
            limit=limit,
        )
        return jsonify(error=text), 413
    return jsonify(as_answer(report_on(sent.text, sent.kind, sent.language), sent.kind))


@blueprint.app_template_global("wording_report")
def report_on(text: str | None, kind: Kind, language: Language) -> Report:
    """What the checks say of what a field holds, for the page as it is first shown."""
    cites = current_app.extensions[CITES] if kind == "ad" else ()
    report = check((text or "")[:LIMIT], kind=kind, language=language, cites=cites)
    return explained(report, kind=kind, language="en" if page_language() == "en" else "da")


@blueprint.app_template_filter("wording_answer")
def as_answer(report: Report, kind: Kind) -> dict[str, Any]:
    """A report as the script takes it."""
    figures: set[str] = set() if kind == "ad" else {"lix", "words", "gender_coded"}
    return report.model_dump(exclude=figures) | {"summary": summary(report.findings)}


def summary(findings: tuple[Finding, ...]) -> str:
    """2 bemærkninger, 1 alvorlig. Empty when there is nothing to say."""
    if not findings:
        return ""
    red = sum(finding.severity == "red" for finding in findings)
    text = ngettext("%(num)s bemærkning", "%(num)s bemærkninger", len(findings))
    return f"{text}, {ngettext('%(num)s alvorlig', '%(num)s alvorlige', red)}" if red else text
