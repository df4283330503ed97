"""The plan on its way out: Word, Excel, calendar files, and by mail to the panel."""

from __future__ import annotations

from flask import flash, g, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.extensions import db
from recruit.interviews.bookings import my_interviews
from recruit.interviews.calendars import my_calendar, plan_calendar
from recruit.interviews.documents import door_document, plan_workbook, table_document
from recruit.interviews.plans import last_events, load_plan
from recruit.interviews.sending import send_plan
from recruit.interviews.slot_views import blueprint
from recruit.interviews.views import ROUND, shows_names
from recruit.recruitments.views import find_round
from recruit.web.downloads import calendar_download, excel_download, word_download
from recruit.web.guard import needs


@blueprint.get(f"{ROUND}/plan.docx")
@needs("interviews.see")
def word(recruitment_id: int, number: int) -> ResponseReturnValue:
    """For the table: names for those who may see them."""
    round_ = find_round(g.recruitment, number)
    plan, events = load_plan(g.recruitment, round_), last_events(g.recruitment, round_)
    content = table_document(g.recruitment, plan, events, names=shows_names())
    return word_download(content, g.recruitment.title, _("samtaleplan"), round_.name)


@blueprint.get(f"{ROUND}/door.docx")
@needs("interviews.see")
def door(recruitment_id: int, number: int) -> ResponseReturnValue:
    """For the door: nobody's name."""
    round_ = find_round(g.recruitment, number)
    content = door_document(g.recruitment, load_plan(g.recruitment, round_))
    return word_download(content, g.recruitment.title, _("dørskilt"), round_.name)


@blueprint.get(f"{ROUND}/plan.xlsx")
@needs("interviews.see")
def excel(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_ = find_round(g.recruitment, number)
    content = plan_workbook(g.recruitment, load_plan(g.recruitment, round_), names=shows_names())
    return excel_download(content, g.recruitment.title, _("samtaleplan"), round_.name)


@blueprint.get(f"{ROUND}/plan.ics")
@needs("interviews.see")
def calendar(recruitment_id: int, number: int) -> ResponseReturnValue:
    """The whole plan."""
    round_ = find_round(g.recruitment, number)
    content = plan_calendar(g.recruitment, load_plan(g.recruitment, round_))
    return calendar_download(content, g.recruitment.title, round_.name)


@blueprint.get("/my-interviews.ics")
@needs("overview.see")
def mine() -> ResponseReturnValue:
    """The person's own interviews, in every recruitment that is open to them."""
    return calendar_download(my_calendar(my_interviews(current_user)), _("mine samtaler"))


@blueprint.post(f"{ROUND}/send")
@needs("interviews.edit")
def send(recruitment_id: int, number: int) -> ResponseReturnValue:
    count = send_plan(g.recruitment, find_round(g.recruitment, number), actor=current_user)
    db.session.commit()
    flash(
        ngettext("Planen er på vej til %(num)s i udvalget.", "Planen er på vej til %(num)s i udvalget.", count),
        "success",
    )
    return redirect(url_for("interviews.plan", recruitment_id=recruitment_id, number=number))
