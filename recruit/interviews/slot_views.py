"""One entry of a plan: its time and room, changing places with another, leaving the plan."""

from __future__ import annotations

from typing import Any

from flask import flash, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.interviews.forms import SlotForm
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import Plan, load_plan, local_zone
from recruit.interviews.presentation import day_name, local_day, short_day, slot_name
from recruit.interviews.service import change_slot, move_slot, remove_slot, swap_slots
from recruit.interviews.views import ROUND, back_to_plan, blueprint, find_slot
from recruit.recruitments.views import find_round
from recruit.web.forms import whole
from recruit.web.guard import needs
from recruit.web.language import clock

__all__ = ["blueprint"]


def _version() -> int:
    """The version of the entry that the page showed."""
    return whole(request.form.get("version"))


@blueprint.route(f"{ROUND}/<int:slot_id>", methods=["GET", "POST"])
@needs("interviews.edit")
def slot(recruitment_id: int, number: int, slot_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row = find_slot(round_, slot_id)
    plan = load_plan(g.recruitment, round_)
    local = row.starts_at.astimezone(local_zone())
    stored = {"day": local.date(), "starts": local.time(), "minutes": row.minutes, "room": row.room}
    form = SlotForm(data=stored)
    form.limit_minutes(is_break=row.candidate_id is None)
    if row.candidate_id is None:
        del form.room
        del stored["room"]
    version = row.version
    newer = form.newer(version, stored)
    if form.validate_on_submit() and not newer:
        try:
            change_slot(
                g.recruitment,
                round_,
                row,
                day=form.day.data,
                starts=form.starts.data,
                minutes=form.minutes.data,
                room=(form.room.data or "") if form.room else "",
                shifts=form.shifts.data,
                version=version,
                actor=current_user,
            )
            flash(_("Gemt."), "success")
            return back_to_plan(slot_id)
        except EditedMeanwhile:
            raise
        except RuleBroken as broken:
            db.session.rollback()
            form.starts.errors = [str(broken)]
    others = [item for item in plan.slots if item.candidate_id and item.id != slot_id]
    page = render_template(
        "interviews/slot.html",
        form=form,
        newer=_in_words(newer),
        round=round_,
        slot=row,
        candidate=plan.candidates[row.candidate_id] if row.candidate_id else None,
        name=slot_name(plan, row),
        others=[(item.id, _choice(plan, item)) for item in others] if row.candidate_id else [],
    )
    return page, 409 if newer else 400 if form.errors else 200


def _choice(plan: Plan, slot: InterviewSlot) -> str:
    candidate = plan.candidates[slot.candidate_id or 0]
    return f"{short_day(local_day(slot.starts_at))} {clock(slot.starts_at)} · {candidate.ref} {candidate.name}"


def _in_words(newer: dict[str, Any]) -> dict[str, Any]:
    """What another has saved, as a person would write it."""
    words: dict[str, Any] = dict(newer)
    if "day" in newer:
        words["day"] = day_name(newer["day"])
    if "starts" in newer:
        words["starts"] = newer["starts"].strftime("%H.%M")
    return words


@blueprint.post(f"{ROUND}/<int:slot_id>/move")
@needs("interviews.edit")
def move(recruitment_id: int, number: int, slot_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    step = 1 if request.form.get("step") == "down" else -1
    move_slot(g.recruitment, round_, find_slot(round_, slot_id), step, version=_version(), actor=current_user)
    return back_to_plan(slot_id)


@blueprint.post(f"{ROUND}/<int:slot_id>/swap")
@needs("interviews.edit")
def swap(recruitment_id: int, number: int, slot_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    row, other = find_slot(round_, slot_id), find_slot(round_, whole(request.form.get("other")))
    swap_slots(g.recruitment, round_, row, other, version=_version(), actor=current_user)
    flash(_("De to kandidater har byttet plads."), "success")
    return back_to_plan(slot_id)


@blueprint.post(f"{ROUND}/<int:slot_id>/remove")
@needs("interviews.edit")
def remove(recruitment_id: int, number: int, slot_id: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    remove_slot(g.recruitment, round_, find_slot(round_, slot_id), version=_version(), actor=current_user)
    return back_to_plan()
