"""The charter as a house, for reading."""

from __future__ import annotations

from flask import Blueprint, abort, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.charter.models import Charter
from recruit.charter.service import charters
from recruit.web.guard import needs

blueprint = Blueprint("charter", __name__)


@blueprint.get("/charters")
@needs("charter.see")
def index() -> ResponseReturnValue:
    """The only charter at once; a choice when there are several."""
    found = list(charters().values())
    if len(found) == 1:
        return _page(found[0])
    return render_template("charter/index.html", charters=found)


@blueprint.get("/charters/<charter_id>")
@needs("charter.see")
def house(charter_id: str) -> ResponseReturnValue:
    return _page(charters().get(charter_id) or abort(404))


def _page(charter: Charter) -> str:
    links = {
        item.id: url_for("questions.entry", charter_id=charter.id, key=item.id) for _area, item in charter.criteria()
    }
    return render_template("charter/house.html", charter=charter, links=links, several=len(charters()) > 1)
