"""Who a person is in the recruitment that a URL names: what `create_app` gives to the guard."""

from __future__ import annotations

from typing import Any

from flask import abort, g

from recruit.accounts.models import Person
from recruit.candidates.rules import is_disqualified, must_declare
from recruit.candidates.service import standings_of
from recruit.panel.service import membership
from recruit.permissions import DISQUALIFIED, PANELIST, PERSON, PUBLIC, UNDECLARED
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
