"""What the tests of HR's own questions share: a question to send, the rows, and a browser's way with a form."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

from support import Client, make_person
from werkzeug.datastructures import MultiDict

from recruit.accounts.service import find_person
from recruit.audit import AuditEvent
from recruit.charter.service import charters
from recruit.extensions import db
from recruit.questions.local import Content, add_local
from recruit.questions.models import LocalQuestion

BANK = "/charters/odder/questions"
ENTRY = f"{BANK}/performance.2"
NEW, COPY = f"{ENTRY}/new", f"{ENTRY}/performance.2.b1/copy"
OWN = "/charters/odder/own-questions"
ROLES = ["director", "head_of_staff", "institution_manager", "manager_of_employees"]
HARD = "Hvad sagde <b>de</b> & \"hun\" på 'mødet' 🎈?"
PARTS = ("text", "probes", "listen_for", "warning_signs", "material")
VALUES: dict[str, Any] = {
    "text_da": "Fortæl om en gang, du måtte ændre kurs. Hvad gjorde du?",
    "probes_da": "Hvem hørte du?\nHvad lærte du?",
    "listen_for_da": "En bestemt dag\nEgen andel\nUdfaldet",
    "warning_signs_da": "Taler i almindelighed\nGiver andre skylden",
    "kind": "behavioural",
    "minutes": "7",
    "rounds": ["1", "2"],
    "roles": ROLES,
} | {f"{part}_en": "" for part in PARTS}
RED = "Er du gravid?"


def send(client: Client, path: str, **changes: Any) -> Any:
    return client.post(path, data=MultiDict(VALUES | changes))


def rows() -> list[LocalQuestion]:
    db.session.rollback()
    db.session.expire_all()
    return list(db.session.scalars(db.select(LocalQuestion).order_by(LocalQuestion.id)))


def only() -> LocalQuestion:
    (row,) = rows()
    return row


def events() -> list[str]:
    return list(db.session.scalars(db.select(AuditEvent.event).order_by(AuditEvent.id)))


def sent_back(page: str) -> dict[str, Any]:
    """What a browser would send of the form on a page."""
    form = page[page.index('class="local-form"') :]
    values: dict[str, Any] = {
        name: unescape(text).removeprefix("\r\n").removeprefix("\n")
        for name, text in re.findall(r'<textarea[^>]* name="([^"]+)"[^>]*>(.*?)</textarea>', form, re.S)
    }
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]+)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (" checked" in tag or ('type="checkbox"' not in tag and 'type="radio"' not in tag)):
            values.setdefault(name[1], []).append(unescape(value[1] if value else ""))
    return values


def page_of(client: Client, path: str = BANK, **values: Any) -> str:
    answer = client.get(path, query_string=values or None)
    assert answer.status_code == 200
    return answer.get_data(as_text=True)


def own(charter_id: str = "odder", key: str = "performance.2", **changes: Any) -> LocalQuestion:
    """One of HR's own questions, put in without the page."""
    both = {"da": "Fortæl om en zebrastribet dag.", "en": "Tell us about a zebra-striped day."}
    copied_from = changes.pop("copied_from", None)
    wording = {"text": both, "material": None, "probes": [], "listen_for": [], "warning_signs": []} | changes
    person = find_person("maker@example.org") or make_person("maker@example.org", "hr")
    roles = [role.id for role in charters()[charter_id].roles]
    content = Content(kind="behavioural", minutes=5, rounds=[1], roles=roles, wording=wording)
    row = add_local(charters()[charter_id], key, content, copied_from=copied_from, actor=person)
    db.session.commit()
    return row
