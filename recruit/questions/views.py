"""Browsing the bank."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, url_for
from flask.typing import ResponseReturnValue

from recruit.charter.service import charters
from recruit.questions.rules import KIND_NAMES
from recruit.questions.scale import SCALE
from recruit.questions.service import bank_at_hand
from recruit.web.guard import needs

blueprint = Blueprint("questions", __name__)


@blueprint.get("/questions")
@needs("bank.see")
def bank() -> ResponseReturnValue:
    """The first charter's bank: most installations have one."""
    return redirect(url_for("questions.browse", charter_id=next(iter(charters()))))


@blueprint.get("/charters/<charter_id>/questions")
@needs("bank.see")
def browse(charter_id: str) -> ResponseReturnValue:
    charter = charters().get(charter_id) or abort(404)
    entries = bank_at_hand(charter_id).entries
    return render_template(
        "questions/bank.html",
        charter=charter,
        rooms=[
            (area, [(item, entries[item.id]) for found, item in charter.criteria() if found.id == area.id])
            for area in charter.areas
        ],
        total=sum(len(entry.questions) for entry in entries.values()),
        charters=charters(),
    )


@blueprint.get("/charters/<charter_id>/questions/<key>")
@needs("bank.see")
def entry(charter_id: str, key: str) -> ResponseReturnValue:
    charter = charters().get(charter_id) or abort(404)
    area, item = charter.find(key) or abort(404)
    return render_template(
        "questions/entry.html",
        charter=charter,
        area=area,
        item=item,
        entry=bank_at_hand(charter_id).entries[key],
        role_names={role.id: role.name for role in charter.roles},
        kind_names=KIND_NAMES,
        scale=SCALE,
    )
