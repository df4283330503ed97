"""Who a person is in a recruitment: what `create_app` gives to the guard, and to those further down who ask."""

from __future__ import annotations

from typing import Any

from flask import abort, g

from recruit.accounts.models import Person
from recruit.candidates.impartiality import load_standings, standings_of
from recruit.candidates.rules import is_disqualified, must_declare
from recruit.panel.service import load_members, membership
from recruit.permissions import DISQUALIFIED, PANELIST, PERSON, PUBLIC, SUBSTITUTE, UNDECLARED
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment


def kinds_of(person: Person | None, values: dict[str, Any]) -> frozenset[str]:
    """What a person is, everywhere and in the recruitment that the URL names (see recruit/permissions.py).

    Puts `recruitment` and `member` (or None) on `g`. Aborts with 404 when a signed-in person asks for a recruitment
    that does not exist.
    """
    if person is None:
        return frozenset({PUBLIC})
    everywhere = {PUBLIC, PERSON, person.role or PANELIST}
    if "recruitment_id" not in values:
        return frozenset(everywhere)
    g.recruitment = load_recruitment(values["recruitment_id"]) or abort(404)
    g.member = membership(g.recruitment.id, person.id)
    if g.member is None:
        return frozenset(everywhere)
    standings = standings_of(g.member)
    if is_disqualified(standings.values()):
        return frozenset({PUBLIC, PERSON, DISQUALIFIED})
    if must_declare(standings.values()):
        return frozenset({PUBLIC, PERSON, UNDECLARED})
    return frozenset(everywhere | {g.member.role})


def askers(recruitment: Recruitment) -> list[tuple[int, str]]:
    """(person id, name) of those on the panel who take part in the interviews, the chair first; two queries."""
    standings = load_standings(recruitment)
    return [
        (member.person_id, member.person.name)
        for member in load_members(recruitment)
        if member.role != SUBSTITUTE and not is_disqualified(standings.get(member.id, {}).values())
    ]
