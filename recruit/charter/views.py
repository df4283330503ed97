"""The charter as a house, for reading; and the colours of every charter's rooms as a stylesheet."""

from __future__ import annotations

from flask import Blueprint, abort, render_template
from flask.typing import ResponseReturnValue

from recruit.charter.service import charters
from recruit.web.guard import needs

blueprint = Blueprint("charter", __name__)


@blueprint.get("/charters")
@needs("charter.see")
def index() -> ResponseReturnValue:
    """The only charter at once; a choice when there are several."""
    found = list(charters().values())
    if len(found) == 1:
        return render_template("charter/house.html", charter=found[0])
    return render_template("charter/index.html", charters=found)


@blueprint.get("/charters/<charter_id>")
@needs("charter.see")
def house(charter_id: str) -> ResponseReturnValue:
    return render_template("charter/house.html", charter=charters().get(charter_id) or abort(404))
