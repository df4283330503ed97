"""What the mails of this package say. No candidate is named in any of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.accounts.mails import how_long, letter
from recruit.accounts.models import Person
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.web.language import clock, day


def invitation(
    recruitment: Recruitment,
    member: PanelMember,
    address: str,
    interviews: Sequence[datetime] | None,
    *,
    actor: Person,
) -> tuple[str, str]:
    """Subject and text. `interviews` are the planned ones' beginnings, in order; None says nothing of them."""
    place = {"name": actor.name, "title": recruitment.title, "department": recruitment.department}
    invited = (
        _("%(name)s inviterer dig som suppleant i ansættelsesudvalget for %(title)s, %(department)s.", **place)
        if member.role == "substitute"
        else _("%(name)s inviterer dig til at sidde i ansættelsesudvalget for %(title)s, %(department)s.", **place)
    )
    paragraphs = [
        invited,
        _(
            "Log ind her. Det første, du skal, er at tage stilling til, om du er habil over for kandidaterne. "
            "Derefter åbner resten."
        ),
        address,
    ]
    if member.person.role is None:
        paragraphs.append(how_long())
    if interviews is not None:
        paragraphs.append(_planned(interviews) if interviews else _("Samtalerne er ikke planlagt endnu."))
    paragraphs.append(
        _(
            "Som medlem af udvalget har du tavshedspligt. Du vurderer kandidaterne for dig selv, og ingen kan se dine "
            "vurderinger, før alle har afgivet deres, og forpersonen åbner dem."
        )
    )
    return _("Ansættelsesudvalg: %(title)s", title=recruitment.title), letter(member.person, *paragraphs)


def _planned(interviews: Sequence[datetime]) -> str:
    """The days with interviews, each with when the first begins."""
    firsts: dict[str, datetime] = {}
    for at in interviews:
        firsts.setdefault(day(at), at)
    lines = [_("%(day)s fra kl. %(time)s", day=name, time=clock(at)) for name, at in firsts.items()]
    return "\n".join([_("Samtalerne er planlagt til:"), *lines])


def scorecards_missing(recruitment: Recruitment, member: PanelMember, address: str, count: int) -> tuple[str, str]:
    """Subject and text of the reminder that scorecards are missing: how many, never on whom."""
    subject = ngettext(
        "%(num)s skema mangler: %(title)s", "%(num)s skemaer mangler: %(title)s", count, title=recruitment.title
    )
    paragraphs = [
        ngettext(
            "Ansættelsesudvalget for %(title)s venter på dig: %(num)s skema mangler.",
            "Ansættelsesudvalget for %(title)s venter på dig: %(num)s skemaer mangler.",
            count,
            title=recruitment.title,
        ),
        _(
            "Afgiv dine vurderinger, mens du husker samtalerne. Ingen andre kan se dem, før alle har afgivet deres, "
            "og forpersonen åbner dem."
        ),
        address,
    ]
    if member.person.role is None:
        paragraphs.append(how_long())
    return subject, letter(member.person, *paragraphs)
