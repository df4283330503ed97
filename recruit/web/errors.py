"""Error pages, in the person's language, for pages and for scripts."""

from __future__ import annotations

from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException

from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db, login
from recruit.web.guard import ask_to_sign_in, wants_json


def _explain(code: int) -> tuple[str, str]:
    """Title and what to do about it."""
    explanations = {
        400: (_("Det kunne vi ikke læse"), _("Gå tilbage, genindlæs siden, og prøv igen.")),
        403: (_("Det har du ikke adgang til"), _("Spørg HR, hvis du mener, at du skal kunne se siden.")),
        404: (_("Siden findes ikke"), _("Linket kan være gammelt, eller også hører siden til et andet forløb.")),
        405: (_("Sådan kan siden ikke bruges"), _("Gå tilbage, og brug knapperne på siden.")),
        409: (_("Nogen har gemt før dig"), _("Intet er overskrevet. Gå tilbage, genindlæs siden, og gem igen.")),
        413: (_("Det er for stort"), _("Filen eller teksten er større, end siden tager imod.")),
        503: (_("Databasen svarer ikke lige nu"), _("Intet er gået tabt. Vent et øjeblik, og prøv igen.")),
    }
    fallback = (_("Noget gik galt hos os"), _("Fejlen er noteret. Prøv igen om lidt, eller skriv til HR."))
    return explanations.get(code, fallback)


def answer(code: int, text: str | None = None, title: str | None = None) -> ResponseReturnValue:
    """The error page, or its JSON, for a status code. `text` and `title` replace what the code alone would say."""
    usual_title, advice = _explain(code)
    if wants_json():
        return jsonify(error=text or f"{usual_title}. {advice}"), code
    page = render_template("errors/error.html", code=code, title=title or usual_title, advice=text or advice)
    return page, code


def install(app: Flask) -> None:
    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> ResponseReturnValue:
        if error.code is not None and 300 <= error.code < 400:
            return error.get_response()
        return answer(error.code or 500)

    @app.errorhandler(CSRFError)
    def forged(error: CSRFError) -> ResponseReturnValue:
        """Also what comes of signing out, or in again, in another window: a script of ours is told which it is."""
        text = _("Siden har været åben for længe. Gå tilbage, genindlæs den, og prøv igen.")
        if not wants_json():
            return answer(400, text)
        if not current_user.is_authenticated:
            return ask_to_sign_in()
        return jsonify(error=text, expired=True), 400

    @app.errorhandler(RuleBroken)
    def broken(error: RuleBroken) -> ResponseReturnValue:
        db.session.rollback()
        if isinstance(error, EditedMeanwhile):
            return answer(409, str(error))
        return answer(400, str(error), _("Det kan ikke lade sig gøre"))

    @app.errorhandler(StaleDataError)
    @app.errorhandler(IntegrityError)
    def edited_meanwhile(error: Exception) -> ResponseReturnValue:
        db.session.rollback()
        return answer(409)

    @app.errorhandler(OperationalError)
    def database_gone(error: OperationalError) -> ResponseReturnValue:
        db.session.rollback()
        app.logger.error("%s %s: the database does not answer", request.method, request.endpoint)
        # The page is shown as to nobody: to ask who is signed in would be to ask the database again.
        g._login_user = login.anonymous_user()
        return answer(503)
