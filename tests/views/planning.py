"""What the tests of interview plans start from: a panel that has declared, a plan proposed, entries read back."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar
from support import Client, case, declared, load

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.recruitments.models import Recruitment
from recruit.recruitments.workdays import next_working_day

ZONE = ZoneInfo("Europe/Copenhagen")
NASTY = "Åse <b>&\"'</b> 🎉"


def coming_day(weeks: int = 8) -> date:
    """A working day some weeks ahead, with a working day after it."""
    day = next_working_day(date.today() + timedelta(weeks=weeks))
    while next_working_day(day) != day + timedelta(days=1):
        day = next_working_day(day)
    return day


DAY = coming_day()
FORM: dict[str, Any] = {
    "first_day": DAY.isoformat(),
    "starts": "09:00",
    "latest": "16:00",
    "pause": "15",
    "lunch_from": "11:30",
    "lunch_minutes": "30",
    "room": "Lokale 2",
    "order": "ref",
}


def people(count: int) -> list[dict[str, str]]:
    return [{"ref": f"K{number}", "name": f"Navn {number}"} for number in range(1, count + 1)]


def prepared(count: int = 3, **changes: Any) -> Recruitment:
    """A recruitment whose panel has declared."""
    refs = tuple(f"K{number}" for number in range(1, count + 1))
    return load(case(**{"candidates": people(count), "impartiality": declared(refs=refs)} | changes))


def prepared_with_anna_out_for_the_first() -> Recruitment:
    """Two candidates; a decision keeps Anna from the first of them, and from nothing else."""
    anna = {"panelist": "anna@example.org"}
    limited = {"candidate": "K1", "conflict": True, "scope": "candidate", "reason": "aftalt"}
    others = declared(("chair@example.org", "bo@example.org"))
    return prepared(2, impartiality=[*others, anna | {"candidate": "K2", "conflict": False}, anna | limited])


def path(recruitment: Recruitment | int, rest: str = "") -> str:
    number = recruitment if isinstance(recruitment, int) else recruitment.id
    return f"/recruitments/{number}/rounds/1/interviews{rest}"


def seen(browser: Client, where: str) -> str:
    """The fingerprint of the plan that the page of proposals showed."""
    found = re.search(r'name="seen"[^>]*value="([^"]*)"', browser.get(where + "/propose").get_data(as_text=True))
    return found[1] if found else ""


def propose(browser: Client, recruitment: Recruitment | int, **changes: str) -> Any:
    where = path(recruitment)
    return browser.post(where + "/propose", data=FORM | {"seen": seen(browser, where)} | changes)


def planned(number: int | None = None) -> list[tuple[str, str, int, str]]:
    """(ref or a dash, local time, minutes, room) of every entry."""
    db.session.expire_all()
    rows = db.session.execute(
        db.select(InterviewSlot, Candidate.ref)
        .outerjoin(Candidate, Candidate.id == InterviewSlot.candidate_id)
        .order_by(InterviewSlot.starts_at, InterviewSlot.id)
    )
    return [(ref or "-", f"{row.starts_at.astimezone(ZONE):%H:%M}", row.minutes, row.room) for row, ref in rows]


def slot_of(ref: str | None) -> InterviewSlot:
    query = db.select(InterviewSlot)
    query = (
        query.where(InterviewSlot.candidate_id.is_(None))
        if ref is None
        else query.join(Candidate, Candidate.id == InterviewSlot.candidate_id).where(Candidate.ref == ref)
    )
    found = db.session.scalars(query.order_by(InterviewSlot.id)).first()
    assert found is not None
    return found


def edited(slot: InterviewSlot, **changes: str) -> dict[str, str]:
    """What the form of an entry sends; the fingerprints of what it showed are those of the entry as it is."""
    local = slot.starts_at.astimezone(ZONE)
    values = {
        "day": local.date().isoformat(),
        "starts": f"{local:%H:%M}",
        "minutes": str(slot.minutes),
        "room": slot.room,
        "version": str(slot.version),
    }
    return values | changes


PANEL = [
    {"email": "chair@example.org", "name": "Carla Chef", "role": "chair", "side": "chief"},
    {"email": "anna@example.org", "name": "Anna Andersen", "role": "member", "side": "employee"},
    {"email": "sub@example.org", "name": "Sus Suppleant", "role": "substitute", "side": "peer"},
    {"email": "late@example.org", "name": "Lars Langsom", "role": "member", "side": "peer"},
    {"email": "out@example.org", "name": "Oda Ude", "role": "member", "side": "peer"},
]
IMPARTIAL = [
    *declared(("chair@example.org", "anna@example.org", "sub@example.org")),
    {"panelist": "out@example.org", "candidate": "K1", "conflict": True},
]


def mixed(**changes: Any) -> Recruitment:
    return prepared(2, **{"panel": PANEL, "impartiality": IMPARTIAL} | changes)


def events(text: str) -> dict[str, Any]:
    return {str(event["summary"]): event for event in Calendar.from_ical(text).walk("VEVENT")}
