"""Inviting a member again, a link for HR to hand on where there is no mail, and reminding of scorecards."""

from __future__ import annotations

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.accounts.sign_in_links import handed_address
from recruit.extensions import db
from recruit.panel.invitations import invite_again
from recruit.panel.reminders import remind as remind_member
from recruit.panel.views import blueprint, find_member
from recruit.web.guard import needs


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/invite")
@needs("panel.edit")
def invite(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    member = find_member(member_id)
    invite_again(g.recruitment, member, actor=current_user)
    db.session.commit()
    flash(_("En invitation er på vej til %(email)s.", email=member.person.email), "success")
    return redirect(url_for("panel.members", recruitment_id=recruitment_id))


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/link")
@needs("people.edit")
def make_link(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    """Shows a link once, for HR to hand on. It is kept nowhere."""
    member = find_member(member_id)
    address = handed_address(member.person, actor=current_user)
    db.session.commit()
    return render_template("panel/link.html", person=member.person, link=address)


@blueprint.post("/recruitments/<int:recruitment_id>/panel/<int:member_id>/remind")
@needs("panel.edit")
def remind(recruitment_id: int, member_id: int) -> ResponseReturnValue:
    member = find_member(member_id)
    remind_member(g.recruitment, member, actor=current_user)
    db.session.commit()
    flash(_("En påmindelse er på vej til %(name)s.", name=member.person.name), "success")
    return redirect(url_for("scoring.rounds", recruitment_id=recruitment_id))
