"""What the page of members shows: everybody with their access and invitation in words, the sides, mails that wait."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from flask_babel import gettext as _

from recruit.mail.rules import FAILURES, SENDING
from recruit.mail.service import Standing
from recruit.panel.invitations import INVITATION
from recruit.panel.models import PanelMember
from recruit.panel.reminders import SCORECARD
from recruit.panel.rules import SIDES
from recruit.web.language import moment


@dataclass(frozen=True)
class Seat:
    """A member, and for those who may invite: where the invitation stands. `kind` is that of a badge."""

    member: PanelMember
    standing: str
    kind: str | None = None
    detail: str = ""
    invited: bool = False
    may_invite: bool = True
    out: bool = False


@dataclass(frozen=True)
class Stuck:
    """A mail that did not get through: to whom, about what, why, and what happens or is to be done."""

    name: str
    about: str
    sentence: str


def seats(
    members: Sequence[PanelMember],
    signed_in: Mapping[int, datetime],
    messages: Sequence[Standing],
    *,
    out: Collection[int],
    asks_hr: bool,
) -> list[Seat]:
    """`signed_in` by person id; `messages` the recruitment's, oldest first; `out` the ids of the disqualified.

    `asks_hr`: the reader can invite nobody.
    """
    last = {message.recipient: message for message in messages if message.kind == INVITATION}
    return [
        Seat(member, _("Inhabil i hele forløbet"), "warning", may_invite=False, out=True)
        if member.id in out
        else _seat(member, signed_in.get(member.person_id), last.get(member.person.email), asks_hr=asks_hr)
        for member in members
    ]


def _seat(member: PanelMember, signed_in: datetime | None, invitation: Standing | None, *, asks_hr: bool) -> Seat:
    if not member.person.active:
        detail = _("HR kan slå det til under Brugere.")
        return Seat(member, _("Kan ikke logge ind"), "warning", detail, may_invite=False)
    if invitation and invitation.given_up:
        return Seat(member, _("Ikke inviteret"), "error", explain(invitation))
    if invitation and not invitation.sent_at and _is_stuck(invitation):
        return Seat(member, _("Invitationen venter"), "warning", explain(invitation), may_invite=False)
    if invitation and not invitation.sent_at:
        return Seat(member, _("Invitationen bliver sendt"), "info", may_invite=False)
    sent_at = invitation.sent_at if invitation else None
    sent = _("Inviteret %(when)s.", when=moment(sent_at)) if sent_at else ""
    if signed_in:
        return Seat(member, _("Har logget ind"), "success", sent, invited=bool(sent))
    if sent:
        return Seat(member, _("Har ikke logget ind endnu"), None, sent, invited=True)
    return Seat(
        member,
        _("Har ikke logget ind endnu"),
        detail=_("HR kan lave et link.") if asks_hr and not member.person.password_hash else "",
    )


def _is_stuck(message: Standing) -> bool:
    return message.failure not in ("", SENDING) or message.given_up


def explain(message: Standing) -> str:
    """Why a mail did not get through, and what happens or is to be done now."""
    what, advice = FAILURES.get(message.failure, FAILURES[SENDING])
    again = "" if message.given_up else _("Vi prøver igen %(when)s.", when=moment(message.due_at))
    return " ".join(str(part) for part in (what, again, advice) if part)


def stuck(members: Sequence[PanelMember], messages: Sequence[Standing]) -> list[Stuck]:
    """The mails other than invitations (their rows say so themselves) that did not get through; the last of a kind."""
    names = {member.person.email: member.person.name for member in members}
    abouts = {SCORECARD: _("Påmindelse om skemaer"), "interview": _("Påmindelse om samtaler"), "plan": _("Samtaleplan")}
    last = {(message.kind, message.recipient): message for message in messages if message.kind != INVITATION}
    return [
        Stuck(names.get(recipient, recipient), abouts.get(kind, _("Mail")), explain(message))
        for (kind, recipient), message in last.items()
        if message.sent_at is None and _is_stuck(message)
    ]


def sides(rating: Sequence[PanelMember]) -> list[tuple[str, int]]:
    """How many of those who rate come from each side; sides that nobody comes from are counted as none."""
    found = [member.side for member in rating]
    return [(str(label), found.count(side)) for side, label in SIDES.items()]
