"""The stylesheet of colours that are settings and data: the brand's and every room's."""

from __future__ import annotations

from flask import Blueprint, Response, current_app
from flask.typing import ResponseReturnValue

from recruit.web.guard import needs

blueprint = Blueprint("web", __name__)


@blueprint.get("/theme.css")
@needs("sign_in")
def theme() -> ResponseReturnValue:
    response = Response(current_app.config["THEME"], mimetype="text/css")
    response.headers["Cache-Control"] = "max-age=300"
    return response
