"""Browsing the bank, searching it, and what it holds on one statement."""

from __future__ import annotations

from flask import Blueprint, abort, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_login import current_user

from recruit.charter.service import charters
from recruit.questions.browse import choices, hits, in_words, read_filters, roles_in_words, rounds_of
from recruit.questions.local import all_local, usage
from recruit.questions.rules import KIND_NAMES
from recruit.questions.scale import SCALE
from recruit.questions.service import bank_of, local_questions, with_local
from recruit.web.guard import may, needs
from recruit.web.language import language

blueprint = Blueprint("questions", __name__)


@blueprint.app_template_filter("anchor")
def anchor_of(source: str) -> str:
    """A question's place on the page of its entry: performance.2.b1 is at #performance-2-b1."""
    return source.replace(".", "-")


@blueprint.get("/questions")
@needs("bank.see")
def bank() -> ResponseReturnValue:
    """The first charter's bank: most installations have one."""
    return redirect(url_for("questions.browse", charter_id=next(iter(charters()))))


@blueprint.get("/charters/<charter_id>/questions")
@needs("bank.see")
def browse(charter_id: str) -> ResponseReturnValue:
    """The bank room by room, or what fits the filters in the address."""
    charter = charters().get(charter_id) or abort(404)
    rows = local_questions(charter_id)
    at_hand = with_local(bank_of(charter_id), rows)
    rounds = rounds_of(at_hand)
    filters = read_filters(request.args, charter, rounds)
    return render_template(
        "questions/bank.html",
        charter=charter,
        charters=charters(),
        rooms=[
            (area, [(item, at_hand.entries[item.id]) for found, item in charter.criteria() if found.id == area.id])
            for area in charter.areas
        ],
        total=sum(len(entry.questions) for entry in at_hand.entries.values()),
        filters=filters,
        choices=choices(charter, rounds),
        chosen_labels=in_words(filters, charter),
        hits=hits(charter, at_hand, filters, language()) if filters.values else [],
        own={row.source: row for row in rows},
        kind_names=KIND_NAMES,
    )


@blueprint.get("/charters/<charter_id>/questions/<key>")
@needs("bank.see")
def entry(charter_id: str, key: str) -> ResponseReturnValue:
    charter = charters().get(charter_id) or abort(404)
    area, item = charter.find(key) or abort(404)
    shipped = bank_of(charter_id)
    rows = all_local(charter)
    in_use = [row for row in rows if row.retired_at is None]
    at_hand = with_local(shipped, in_use).entries[key]
    own = {row.source: row for row in in_use}
    # Whoever may not edit the bank is not told what it has been used for.
    sources = {question.id for question in (*shipped.entries[key].questions, *at_hand.questions)}
    used = usage(charter, sources, current_user) if may("bank.edit") else None
    return render_template(
        "questions/entry.html",
        charter=charter,
        area=area,
        item=item,
        entry=at_hand,
        own=own,
        originals={question.id: question for question in shipped.entries[key].questions},
        used=used,
        roles={item.id: roles_in_words(charter, item) for item in at_hand.questions},
        retired=sum(1 for row in rows if row.key == key and row.retired_at),
        kind_names=KIND_NAMES,
        scale=SCALE,
    )
