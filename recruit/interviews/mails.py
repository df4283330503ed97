"""What the mails of this package say. They name refs and times, never a candidate."""

from __future__ import annotations

from collections.abc import Sequence

from flask_babel import gettext as _

from recruit.accounts.mails import how_long, letter
from recruit.accounts.models import Person
from recruit.interviews.presentation import INTERVIEW, PAUSE, Day, within_sentence
from recruit.recruitments.models import Recruitment


def plan(
    recruitment: Recruitment, person: Person, address: str, days: Sequence[Day], *, changed: bool
) -> tuple[str, str]:
    """Subject and text of the mail that the plan goes along with. `changed`: the panel had another before."""
    values = {"title": recruitment.title}
    opening = (
        _("Samtaleplanen for %(title)s er ændret. Den nye erstatter den, du har fået før.", **values)
        if changed
        else _("Her er samtaleplanen for %(title)s.", **values)
    )
    paragraphs = [
        opening,
        "\n".join(f"{day.title}: {day.summary}" for day in days if day.count)
        or _("Ingen af samtalerne på planen bliver holdt."),
        _("Kalenderfilen er vedhæftet. Åbn den, så står samtalerne i din kalender."),
        _("Se hele planen her:"),
        address,
    ]
    if person.role is None:
        paragraphs.append(how_long())
    return _("Samtaleplan: %(title)s", **values), letter(person, *paragraphs)


def reminder(recruitment: Recruitment, person: Person, address: str, day: Day) -> tuple[str, str]:
    """Subject and text of the reminder of a day with interviews."""
    values = {"day": within_sentence(day.title), "title": recruitment.title}
    lines = [
        ", ".join(part for part in (row.hours, row.ref or row.label, row.room or day.room) if part)
        for row in day.rows
        if row.kind != PAUSE and not row.gone and (row.kind == INTERVIEW or day.count)
    ]
    paragraphs = [_("Der er samtaler %(day)s, %(title)s:", **values), "\n".join(lines), _("Se planen her:"), address]
    if person.role is None:
        paragraphs.append(how_long())
    return _("Samtaler %(day)s: %(title)s", **values), letter(person, *paragraphs)


def declare_first(recruitment: Recruitment, person: Person, address: str, day: Day) -> tuple[str, str]:
    """Subject and text of the reminder to somebody who has impartiality to declare before the plan opens."""
    values = {"day": within_sentence(day.title), "title": recruitment.title}
    paragraphs = [
        _("Der er samtaler %(day)s, %(title)s.", **values),
        _("Du kan ikke se planen endnu. Tag først stilling til, om du er habil over for kandidaterne:"),
        address,
    ]
    if person.role is None:
        paragraphs.append(how_long())
    return _("Din habilitet mangler: %(title)s", **values), letter(person, *paragraphs)
