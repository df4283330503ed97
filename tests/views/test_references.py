"""References: no call without consent, the bank's questions, and facts that lead to a hearing."""

from __future__ import annotations

from typing import Any

from deciders import Deciding
from flask import Flask
from support import full_case

from recruit.decisions.models import Reference, ReferenceAnswer
from recruit.decisions.references import load_answers, load_references
from recruit.extensions import db

FACT = "Overskred budgettet med <2 mio.> kr. i 2024."


def consent(room: Deciding, **changes: str) -> int:
    values = {
        "candidate": str(room.candidates["K1"]),
        "referee": "Peter Søe, skolechef",
        "relation": "former_chief",
        "consent_on": "2026-11-20",
        "consent_how": "mail",
    }
    return int(room.post("hr", "/references/new", **(values | changes)).status_code)


def only(room: Deciding) -> Reference:
    return load_references(room.recruitment)[0][0]


def test_call_is_noted_after_consent_with_the_questions_of_the_bank(app: Flask) -> None:
    room = Deciding(app)
    assert room.post("chair", "/references/new").status_code == 403
    assert consent(room, consent_how="") == 400
    assert consent(room, consent_on="2999-01-01") == 400
    assert consent(room) == 302
    row = only(room)
    page = room.text("chair", f"/references/{row.id}")
    assert "Samtykke givet 20. november 2026, på mail." in page
    assert 'data-save="' in page and f"answers/{'compliance.4.r1'}" in page
    call = f"/references/{row.id}/call"
    shown = {name: room.hidden("chair", f"/references/{row.id}", name) for name in ("version", "shown")}
    early = room.post("chair", call, called_on="2026-11-19", called_by="Carla", **shown)
    assert early.status_code == 400 and "ligger før samtykket" in early.get_data(as_text=True)
    assert room.post("chair", call, called_on="2026-11-21", called_by="Carla Chef", **shown).status_code == 302
    path = f"{room.base}/references/{row.id}/answers/compliance.4.r1"
    chair = room.as_("chair")
    assert chair.put(path, json={"text": "Sagde fra, da planen skred.", "version": 0}).status_code == 200
    late = room.as_("hr").put(path, json={"text": "Andet.", "version": 0})
    assert (late.status_code, late.json["text"]) == (409, "Sagde fra, da planen skred.")
    kept = db.session.scalars(db.select(ReferenceAnswer)).one()
    assert kept.wording["da"] and kept.wording["en"]
    assert room.as_("anna").get(f"{room.base}/references/{row.id}").status_code == 403


def test_fact_against_the_candidate_opens_a_hearing_with_its_words(app: Flask) -> None:
    room = Deciding(app)
    consent(room)
    row = only(room)
    room.as_("chair").put(f"{room.base}/references/{row.id}/answers/against", json={"text": FACT, "version": 0})
    assert "Begynd en partshøring" in room.text("hr", f"/references/{row.id}")
    form = room.text("hr", f"/hearings/new?reference={row.id}")
    assert "Overskred budgettet med &lt;2 mio.&gt; kr. i 2024." in form
    values = {"kind": "hearing", "candidate": str(room.candidates["K1"]), "what": FACT, "reference": str(row.id)}
    room.post("hr", "/hearings/new", **values, opened_on="2026-11-24", due_on="2026-12-01")
    assert "frist 1. december 2026" in room.text("chair", f"/references/{row.id}")


def test_reference_with_words_stays_in_the_case(app: Flask) -> None:
    room = Deciding(app)
    consent(room)
    row = only(room)
    room.as_("hr").put(f"{room.base}/references/{row.id}/answers/other", json={"text": "Sagt.", "version": 0})
    assert room.post("hr", f"/references/{row.id}/remove").status_code == 400
    room.as_("hr").put(f"{room.base}/references/{row.id}/answers/other", json={"text": "", "version": 1})
    assert room.post("hr", f"/references/{row.id}/remove").status_code == 302
    assert load_references(room.recruitment) == []


def test_form_without_a_script_saves_all_answers_and_loses_none(app: Flask) -> None:
    room = Deciding(app)
    consent(room)
    row = only(room)
    path = f"/references/{row.id}"
    assert room.post("chair", path, other="Det gik godt.", **{"compliance.4.r1": "x" * 9_000}).status_code == 400
    assert room.post("chair", path, other="Det gik godt.").status_code == 302
    assert load_answers(row)["other"].text == "Det gik godt."


def test_chair_with_a_conflict_leaves_the_call_to_hr(app: Flask) -> None:
    def is_kept(item: dict[str, Any]) -> bool:
        return (item["panelist"], item["candidate"]) != ("chair@example.org", "K1")

    values = full_case()
    conflict = {"panelist": "chair@example.org", "candidate": "K1", "conflict": True, "scope": "candidate"}
    room = Deciding(
        app,
        scorecards=[item for item in values["scorecards"] if is_kept(item)],
        impartiality=[*filter(is_kept, values["impartiality"]), conflict | {"reason": "Nabo."}],
    )
    assert consent(room) == 302
    room.text("chair", f"/references/{only(room).id}", status=403)
    room.text("hr", f"/references/{only(room).id}")


def test_references_wait_for_the_reveal(app: Flask) -> None:
    room = Deciding(app, revealed=[])
    assert consent(room) == 400
    assert load_references(room.recruitment) == []
