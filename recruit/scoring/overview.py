"""What the page of a round shows of each member: what they have handed in, when they came, when they were reminded."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.mail.service import is_configured
from recruit.panel.models import PanelMember
from recruit.panel.reminders import local_time
from recruit.panel.rules import ROLES
from recruit.recruitments.models import Recruitment, Round
from recruit.scoring.progress import Progress
from recruit.scoring.rules import EXCUSED, EXCUSES, MISSING, came_late
from recruit.web.language import clock, day, listed


@dataclass(frozen=True)
class MemberRow:
    """`about`: role, when they came, and for those who lead: whether they have practised. `missing`: refs in words, as
    `missed`: those whose interviews were before the member came. `reminded`: when today.
    """

    member: PanelMember
    about: list[str]
    missing: str
    missed: str
    may_be_reminded: bool
    reminded: str


def member_rows(
    round_: Round,
    found: Progress,
    practised: Collection[int] | None,
    missed: Mapping[int, list[Candidate]],
    *,
    reader: PanelMember | None,
    reminds: bool,
) -> list[MemberRow]:
    """One for each on the panel, in its order. `practised`: the ids of those who have; None where it is not shown.

    Whoever `reminds` may do so for everybody but themselves.
    """
    sends = reminds and is_configured() and not round_.revealed_at
    rows = []
    for member in found.members:
        missing = [item.ref for item in found.candidates if found.states[member.id, item.id] == MISSING]
        reminded = _reminded_today(member) if reminds else ""
        rows.append(
            MemberRow(
                member,
                _about(round_, member, practised),
                listed(missing),
                listed([item.ref for item in missed.get(member.id, [])]),
                may_be_reminded=bool(
                    sends and missing and member is not reader and member.person.active and not reminded
                ),
                reminded=reminded if missing else "",
            )
        )
    return rows


def _about(round_: Round, member: PanelMember, practised: Collection[int] | None) -> list[str]:
    parts = [str(ROLES[member.role])]
    if came_late(member.joined_at, round_.revealed_at):
        parts.append(_("kom til efter afsløringen"))
    elif member.joined_at and round_.locked_at and member.joined_at > round_.locked_at and member.role != "substitute":
        parts.append(_("kom til %(day)s", day=day(local_time(member.joined_at))))
    if practised is not None and member.id in practised:
        parts.append(_("har øvet sig"))
    return parts


def _reminded_today(member: PanelMember) -> str:
    if member.reminded_at is None or local_time(member.reminded_at).date() != local_time(now()).date():
        return ""
    return _("Mindet om det kl. %(time)s", time=clock(member.reminded_at))


def excused_rows(found: Progress) -> list[tuple[str, str]]:
    """Whose scorecards on whom are not waited for, and why: one for each member and code. Notes are left out."""
    refs: dict[tuple[str, str], list[str]] = {}
    for member in found.members:
        for candidate in found.candidates:
            card = (member.id, candidate.id)
            if found.states[card] == EXCUSED:
                refs.setdefault((member.person.name, found.codes[card]), []).append(candidate.ref)
    return [(f"{name} · {listed(items)}", str(EXCUSES[code])) for (name, code), items in refs.items()]


def left_out(recruitment: Recruitment, found: Progress) -> list[str]:
    """The refs of the candidates who have not withdrawn and are not in the round; one query."""
    inside = {item.id for item in found.candidates}
    return [item.ref for item in load_candidates(recruitment) if item.id not in inside and item.status == "active"]
