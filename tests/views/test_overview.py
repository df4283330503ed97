"""Where people land: what waits for whom, the whole chain of a recruitment, and the auditor's log."""

from __future__ import annotations

from typing import Any

from flask import Flask
from support import CASE, KEYS, MEMBERS, card, case, declared, full_case, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.extensions import db

NOTHING = "Intet venter på dig lige nu."


def home(app: Flask, name: str, path: str = "/") -> str:
    return str(signed_in(app, f"{name}@example.org").get(path).get_data(as_text=True))


def doubt(candidate: str = "K1", member: str = "anna@example.org") -> None:
    """A declared doubt that nobody has decided; the case file has no such thing."""
    db.session.execute(
        db.text(
            "UPDATE declaration SET answer = 'doubt', kind = 'work' WHERE candidate_id = (SELECT id FROM candidate "
            "WHERE ref = :ref) AND member_id = (SELECT m.id FROM panel_member m JOIN person p ON p.id = m.person_id "
            "WHERE p.email = :email)"
        ),
        {"ref": candidate, "email": member},
    )
    db.session.commit()


def test_empty_overview_says_what_comes_next(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    make_person("new@example.org")
    page = home(app, "hr")
    assert "Ingen rekrutteringer endnu" in page
    assert "/recruitments/new" in page
    page = home(app, "new")
    assert "Du sidder ikke i noget udvalg lige nu" in page
    assert "/recruitments/new" not in page


def test_declaration_waits_before_anything_else(app: Flask) -> None:
    load(case(locked=[1]))
    page = home(app, "anna")
    assert "Tag stilling til din habilitet over for 2 kandidater" in page
    assert "Vurdér 2 kandidater" not in page
    assert "Åbner, når du har svaret" in page


def test_scorecards_wait_for_each_member_on_their_own(app: Flask) -> None:
    cards = [
        card("anna@example.org", "K1", dict.fromkeys(KEYS, 3)),
        card("bo@example.org", "K1", dict.fromkeys(KEYS, 3)),
    ]
    cards.append(card("bo@example.org", "K2", dict.fromkeys(KEYS, 3)))
    load(case(impartiality=declared(), scorecards=cards))
    assert "Vurdér 1 kandidat fra 1. samtale" in home(app, "anna")
    assert "Vurdér 2 kandidater fra 1. samtale" in home(app, "chair")
    assert NOTHING in home(app, "bo")


def test_nothing_waits_while_the_round_is_not_locked(app: Flask) -> None:
    load(case(impartiality=declared()))
    page = home(app, "anna")
    assert NOTHING in page
    assert "Forberedes" in page


def test_reveal_waits_for_the_chair_and_only_until_it_is_done(app: Flask) -> None:
    recruitment = load(full_case())
    assert "afslør, når alle har afgivet" in home(app, "chair")
    assert NOTHING in home(app, "anna")
    signed_in(app, "chair@example.org").post(f"/recruitments/{recruitment.id}/rounds/1/reveal")
    for name, waits in (("chair", "Skriv udvalgets indstilling"), ("anna", NOTHING)):
        page = home(app, name)
        assert waits in page
        assert "afslør, når alle har afgivet" not in page
        assert "1. samtale er afsløret" in page


def test_doubt_waits_for_the_chair_and_holds_up_the_member(app: Flask) -> None:
    load(case(impartiality=declared(), locked=[1]))
    doubt()
    make_person("hr@example.org", "hr")
    assert "Afgør 1 tvivl om habilitet" in home(app, "chair")
    assert "Afgør 1 tvivl" not in home(app, "hr")
    page = home(app, "anna")
    assert "Din tvivl venter på en afgørelse" in page
    assert "Vurdér 2 kandidater" not in page


def test_chairs_own_doubt_waits_for_hr(app: Flask) -> None:
    load(case(impartiality=declared(), locked=[1]))
    doubt(member="chair@example.org")
    make_person("hr@example.org", "hr")
    assert "Afgør 1 tvivl om habilitet" in home(app, "hr")
    assert "Afgør 1 tvivl" not in home(app, "chair")


def test_disqualified_member_sees_nothing_of_the_recruitment(app: Flask) -> None:
    load(case(impartiality=[{"panelist": "anna@example.org", "candidate": "K1", "conflict": True}], locked=[1]))
    page = home(app, "anna")
    assert "Du er ude af ”Leder af Havhuset” på grund af inhabilitet" in page
    assert page.count("Havhuset") == 1
    assert "/recruitments/" not in page
    assert "Du sidder ikke i noget udvalg lige nu" in page


def test_everybody_sees_only_their_own_recruitments_and_hr_all(app: Flask) -> None:
    load(case(impartiality=declared()))
    panel = [{"email": "else@example.org", "name": "Else", "role": "chair", "side": "chief"}]
    load(case(panel=panel, recruitment=CASE["recruitment"] | {"title": "Chef for Vejen"}))
    make_person("hr@example.org", "hr")
    assert "Havhuset" not in home(app, "else")
    assert "Chef for Vejen" not in home(app, "anna")
    page = home(app, "hr")
    assert page.index("Chef for Vejen") < page.index("Havhuset")  # newest first


def test_recruitment_shows_the_whole_chain_and_the_next_step(app: Flask) -> None:
    recruitment = load(case(criteria=[], candidates=[], rounds=[{"number": 1, "name": "1. samtale", "minutes": 60}]))
    make_person("hr@example.org", "hr")
    page = home(app, "hr", f"/recruitments/{recruitment.id}")
    assert "Næste skridt" in page
    for path in ("house", "guide", "panel", "candidates", "scorecards", "comparison"):
        assert f'href="/recruitments/{recruitment.id}/{path}"' in page, path


def everything() -> dict[str, Any]:
    """A case whose words of every kind must not be in the log."""
    consensus = [{"candidate": "K1", "round": 1, "statement": KEYS[0], "score": 5, "reason": "Alle hørte det"}]
    return full_case(revealed=[1], consensus=consensus, profile={"background": "Profilens ord"})


def test_log_is_the_auditors_alone_and_names_nobody(app: Flask) -> None:
    recruitment = load(everything())
    for name, role in (("auditor", "auditor"), ("hr", "hr")):
        make_person(f"{name}@example.org", role)
    for name in ("hr", "chair", "anna"):
        assert signed_in(app, f"{name}@example.org").get("/log").status_code == 403
    auditor = signed_in(app, "auditor@example.org")
    assert auditor.get("/").location == "/log"
    page = auditor.get("/log").get_data(as_text=True)
    assert "Sag indlæst" in page
    words = [person["name"] for person in CASE["panel"]] + [item["name"] for item in CASE["candidates"]]
    words += [*MEMBERS, "Havhuset", "sagde noget konkret", "Alle hørte det", "Profilens ord", "At kunne stå ved"]
    assert [word for word in words if word in page] == []
    rows = " ".join(f"{row.event} {row.subject}" for row in db.session.scalars(db.select(AuditEvent)))
    assert [word for word in words if word in rows] == []
    assert auditor.get(f"/recruitments/{recruitment.id}").status_code == 404
    assert auditor.get("/people").status_code == 403


def test_log_is_filtered_and_leafed_through(app: Flask) -> None:
    first, second = load(case()), load(case())
    make_person("auditor@example.org", "auditor")
    auditor = signed_in(app, "auditor@example.org")
    numbers = {row.recruitment_id for row in db.session.scalars(db.select(AuditEvent))}
    assert {first.id, second.id} <= numbers
    only = auditor.get(f"/log?recruitment={second.id}").get_data(as_text=True)
    everything = auditor.get("/log").get_data(as_text=True)
    assert only.count("<tr") < everything.count("<tr")
    oldest = min(db.session.scalars(db.select(AuditEvent.id)))
    assert auditor.get(f"/log?before={oldest}").get_data(as_text=True).count("<tr") == 0
    assert auditor.get("/log?before=abc&recruitment=x").status_code == 200
