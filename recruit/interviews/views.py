"""The plan of a round's interviews: seen, proposed, changed. Files and mail are in sending_views.py."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.audit import now
from recruit.candidates.names import hides_names
from recruit.candidates.views import find_candidate
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.interviews.bookings import Seat, plan_clashes, seats
from recruit.interviews.forms import BreakForm, ProposalForm
from recruit.interviews.models import InterviewSlot
from recruit.interviews.plans import PROPOSED, Plan, current_round, last_events, load_plan, local_zone
from recruit.interviews.presentation import (
    days,
    headline,
    local_day,
    order_sentence,
    sending,
    short_day,
    warned_of,
)
from recruit.interviews.rules import BY_LOT, Frame
from recruit.interviews.sending import receivers
from recruit.interviews.service import (
    add_break,
    add_candidate_to_plan,
    propose_plan,
)
from recruit.mail.service import is_configured
from recruit.recruitments.models import Round
from recruit.recruitments.views import find_round
from recruit.recruitments.workdays import next_working_day
from recruit.web.forms import options, whole
from recruit.web.guard import may, needs
from recruit.web.language import listed

blueprint = Blueprint("interviews", __name__)

ROUND = "/recruitments/<int:recruitment_id>/rounds/<int:number>/interviews"


def find_slot(round_: Round, slot_id: int) -> InterviewSlot:
    """The entry of this round's plan; aborts with 404."""
    slot = db.session.get(InterviewSlot, slot_id)
    if slot is None or slot.round_id != round_.id:
        abort(404)
    return slot


def shows_names() -> bool:
    """Whether the person of this request may see the candidates' names here."""
    return may("candidates.see") and not hides_names()


def back_to_plan(slot_id: int | None = None) -> ResponseReturnValue:
    """What was done is kept, and the plan is shown, at one of its entries."""
    db.session.commit()
    values = {name: value for name, value in (request.view_args or {}).items() if name != "slot_id"}
    return redirect(url_for("interviews.plan", **values, _anchor=f"slot-{slot_id}" if slot_id else None))


@blueprint.get("/recruitments/<int:recruitment_id>/interviews")
@needs("interviews.see")
def rounds(recruitment_id: int) -> ResponseReturnValue:
    """The plan of the round that comes next."""
    round_ = current_round(g.recruitment)
    if round_ is None:
        return render_template("interviews/no_round.html")
    return redirect(url_for("interviews.plan", recruitment_id=recruitment_id, number=round_.number))


def _names(found: list[Seat]) -> str:
    return listed([seat.member.person.name for seat in found])


def _page(round_: Round, form: BreakForm) -> str:
    plan = load_plan(g.recruitment, round_)
    may_edit = may("interviews.edit") and not round_.revealed_at
    sitting = seats(g.recruitment, plan.candidates.values()) if may_edit else []
    warned = warned_of(plan, plan_clashes(g.recruitment, plan, sitting)) if may_edit else {}
    found = days(plan, names=shows_names(), warned=warned)
    events = last_events(g.recruitment, round_)
    told, waiting, shut_out = receivers(sitting)
    form.after.choices = options(
        {
            row.slot.id: f"{short_day(day.date)} {row.hours} · {row.ref or row.label}"
            for day in found
            for row in day.rows
            if row.slot
        }
    )
    return render_template(
        "interviews/plan.html",
        round=round_,
        plan=plan,
        days=found,
        form=form,
        may_edit=may_edit,
        warnings=[(slot.id, sentence) for slot in plan.slots for sentence in warned.get(slot.id, ())],
        shows_names=shows_names(),
        order=order_sentence(plan, events),
        sending=sending(events),
        told=_names(told),
        waiting=(len(waiting), _names(waiting)),
        shut_out=(len(shut_out), _names(shut_out)),
        headline=headline(found),
        sends_mail=is_configured(),
        first=plan.slots[0].id if plan.slots else None,
        last=plan.slots[-1].id if plan.slots else None,
    )


@blueprint.get(ROUND)
@needs("interviews.see")
def plan(recruitment_id: int, number: int) -> ResponseReturnValue:
    return _page(find_round(g.recruitment, number), BreakForm(formdata=None))


@blueprint.route(f"{ROUND}/propose", methods=["GET", "POST"])
@needs("interviews.edit")
def propose(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    plan = load_plan(g.recruitment, round_)
    form = ProposalForm()
    changed = False
    if request.method == "GET":
        _fill_in(form, plan)
        proposed = last_events(g.recruitment, round_).get(PROPOSED)
        form.order.data = proposed.subject.get("order", BY_LOT) if proposed else BY_LOT
    if form.validate_on_submit():
        try:
            propose_plan(
                g.recruitment,
                round_,
                Frame(
                    first_day=form.first_day.data,
                    starts=form.starts.data,
                    latest=form.latest.data,
                    minutes=round_.minutes,
                    pause=form.pause.data,
                    lunch_from=form.lunch_from.data,
                    lunch_minutes=form.lunch_minutes.data or 0,
                ),
                order=form.order.data,
                room=form.room.data or "",
                seen=form.seen.data or "",
                actor=current_user,
            )
            flash(_("Planen er lagt. Ret den, som I vil have den."), "success")
            return back_to_plan()
        except EditedMeanwhile:
            db.session.rollback()
            plan, changed = load_plan(g.recruitment, round_), True
            form.seen.data = plan.fingerprint
        except RuleBroken as broken:
            db.session.rollback()
            form.latest.errors = [str(broken)]
    page = render_template(
        "interviews/propose.html",
        form=form,
        round=round_,
        plan=plan,
        changed=changed,
        days=days(plan, names=True) if changed else [],
    )
    return page, 409 if changed else 400 if form.errors else 200


def _fill_in(form: ProposalForm, plan: Plan) -> None:
    """What is proposed: the day and room of the plan that is there, else the next working day."""
    form.seen.data = plan.fingerprint
    today = now().astimezone(local_zone()).date()
    held = [slot for slot in plan.slots if slot.candidate_id and plan.takes_place(slot)]
    first = held[0] if held else None
    form.first_day.data = next_working_day(today)
    if first and local_day(first.starts_at) > today:
        form.first_day.data = local_day(first.starts_at)
        form.starts.data = first.starts_at.astimezone(local_zone()).time()
    form.room.data = first.room if first else ""


@blueprint.post(f"{ROUND}/break")
@needs("interviews.edit")
def insert_break(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    plan = load_plan(g.recruitment, round_)
    form = BreakForm()
    form.after.choices = options({row.id: "" for row in plan.slots})
    if form.validate_on_submit():
        after = find_slot(round_, form.after.data)
        minutes = form.minutes.data
        add_break(g.recruitment, round_, after, minutes=minutes, version=after.version, actor=current_user)
        flash(
            ngettext(
                "Pausen er sat ind, og resten af dagen er rykket %(num)s minut.",
                "Pausen er sat ind, og resten af dagen er rykket %(num)s minutter.",
                minutes,
            ),
            "success",
        )
        return back_to_plan(after.id)
    return _page(round_, form), 400


@blueprint.post(f"{ROUND}/add")
@needs("interviews.edit")
def add(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    candidate = find_candidate(whole(request.form.get("candidate")))
    add_candidate_to_plan(g.recruitment, round_, candidate, actor=current_user)
    flash(_("%(ref)s har fået den første ledige tid efter den sidste samtale.", ref=candidate.ref), "success")
    return back_to_plan()
