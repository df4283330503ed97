"""Writing one of HR's own questions: what is kept, what is refused at its field, what needs a reason."""

from __future__ import annotations

from html import unescape
from typing import Any

import pytest
from flask import Flask
from own_questions import ENTRY, HARD, NEW, OWN, RED, VALUES, events, only, page_of, rows, send, sent_back
from support import Client, make_person, signed_in
from werkzeug.datastructures import MultiDict

from recruit.audit import AuditEvent
from recruit.charter.service import charters
from recruit.extensions import db
from recruit.questions.local_forms import LocalQuestionForm, form_values
from recruit.questions.service import bank_of


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def test_blank_english_shows_the_danish_and_stays_blank_in_the_form(hr: Client) -> None:
    send(hr, NEW, text_en="", listen_for_en="A day\nTheir part\nThe outcome")
    row = only()
    assert row.wording["text"] == {"da": VALUES["text_da"], "en": VALUES["text_da"]}
    assert row.wording["listen_for"][0] == {"da": "En bestemt dag", "en": "A day"}
    values = sent_back(page_of(hr, f"{OWN}/{row.id}"))
    assert (values["text_en"], values["probes_en"], values["listen_for_en"]) == (
        "",
        "",
        "A day\nTheir part\nThe outcome",
    )
    hr.post("/language", data={"language": "en"})
    page = page_of(hr, ENTRY)
    assert VALUES["text_da"] in page
    assert "Their part" in page


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"text_da": " "}, "text_da", "Skriv noget her."),
        ({"probes_en": "Whom did you hear?"}, "probes_en", "1 linjer på engelsk og 2 på dansk"),
        ({"probes_da": "", "probes_en": "Whom?"}, "probes_en", "1 linjer på engelsk og 0 på dansk"),
        ({"material_da": "Læs dette."}, "material_da", "hører til en caseopgave"),
        ({"kind": "case", "material_en": "Read this."}, "material_en", "på dansk"),
        ({"kind": "riddle"}, "kind-0", "Vælg"),
        ({"kind": ""}, "kind-0", "Vælg"),
        ({"minutes": "0"}, "minutes", "fra 1 til 60"),
        ({"minutes": "syv"}, "minutes", "helt tal"),
        ({"rounds": []}, "rounds-0", "mindst én runde"),
        ({"rounds": ["3"]}, "rounds-0", "Vælg blandt mulighederne"),
        ({"rounds": ["x"]}, "rounds-0", "Vælg blandt mulighederne"),
        ({"roles": []}, "roles-0", "mindst én lederrolle"),
        ({"roles": ["king"]}, "roles-0", "Vælg blandt mulighederne"),
        ({"text_da": "ord " * 8_000}, "text_da", "højst have 2.000 tegn"),
        ({"probes_da": "ord " * 8_000}, "probes_da", "højst have 4.000 tegn"),
        ({"listen_for_da": "x" * 2_001}, "listen_for_da", "En linje må højst have"),
        ({"text_da": "Et\x07tegn"}, "text_da", "styretegn"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_what_cannot_be_kept_is_refused_at_its_field_and_nothing_is_lost(
    hr: Client, changes: dict[str, Any], field: str, sentence: str
) -> None:
    answer = send(hr, NEW, **changes)
    assert answer.status_code == 400
    page = unescape(answer.get_data(as_text=True))
    assert f'href="#{field}"' in page
    assert sentence.replace("2.000", "2000").replace("4.000", "4000") in page.replace("2.000", "2000").replace(
        "4.000", "4000"
    )
    kept = sent_back(answer.get_data(as_text=True))
    for name, value in (VALUES | changes).items():
        if name.endswith(("_da", "_en")):
            assert kept[name].replace("\r\n", "\n").strip() == value.strip()
    assert rows() == []


def test_advice_is_given_and_refuses_nothing(hr: Client) -> None:
    send(hr, NEW, text_da="ord " * 61 + "her?", probes_da="", listen_for_da="Én ting")
    page = page_of(hr, f"{OWN}/{only().id}")
    assert "Nu 62 ord" in page
    assert page.count("Bankens egne spørgsmål har") == 2
    assert "Nu 0 linjer" in page
    assert "Nu 1 linje." in page
    assert "Bankens egne" not in page_of(hr, NEW)


def test_hard_text_is_kept_letter_by_letter(hr: Client) -> None:
    long = (HARD + "\n") * 40
    send(hr, NEW, kind="case", text_da=HARD, probes_da=HARD + "\n" + HARD, material_da=long, material_en=long + "x")
    row = only()
    assert row.wording["text"]["da"] == HARD
    assert row.wording["material"] == {"da": long.strip(), "en": (long + "x").strip()}
    for path in (ENTRY, f"{OWN}/{row.id}", OWN, "/charters/odder/questions?query=mødet"):
        page = page_of(hr, path)
        assert "<b>de</b>" not in page
        assert "🎈" in page
    assert sent_back(page_of(hr, f"{OWN}/{row.id}"))["text_da"] == HARD


def test_unlawful_wording_needs_a_written_reason(hr: Client) -> None:
    answer = send(hr, NEW, text_da=RED)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert RED in page
    assert 'href="#kept_because"' in page
    assert rows() == []
    probe = send(hr, NEW, probes_da=f"Hvem hørte du?\n{RED}")
    assert probe.status_code == 400
    assert send(hr, NEW, text_da=RED, kept_because="Aftalt med juristen.").status_code == 302
    row = only()
    assert row.kept_because == "Aftalt med juristen."
    kept = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == "wording.kept")).one()
    assert kept.subject["question"] == row.source
    assert kept.subject["rules"] == "family"
    assert "juristen" not in str(kept.subject)
    assert "Aftalt med juristen." in page_of(hr, ENTRY)


def test_reason_goes_when_the_wording_is_mended(app: Flask, hr: Client) -> None:
    send(hr, NEW, text_da=RED, kept_because="Aftalt med juristen.")
    path = f"{OWN}/{only().id}"
    values = sent_back(page_of(hr, path))
    assert values["kept_because"] == "Aftalt med juristen."
    hr.post(path, data=MultiDict(values | {"text_da": VALUES["text_da"]}))
    assert only().kept_because == ""
    assert events().count("wording.kept") == 1
    make_person("member@example.org")
    assert "juristen" not in page_of(signed_in(app, "member@example.org"), ENTRY)


def test_reason_is_for_hr_alone(app: Flask, hr: Client) -> None:
    send(hr, NEW, text_da=RED, kept_because="Aftalt med juristen.")
    make_person("member@example.org")
    page = page_of(signed_in(app, "member@example.org"), ENTRY)
    assert RED in page
    assert "juristen" not in page


@pytest.mark.parametrize("key", ["performance.2", "resilience", "compliance.5"])
def test_form_values_of_shipped_questions_come_back_as_they_were(app: Flask, key: str) -> None:
    for question in bank_of("odder").entries[key].questions:
        with app.test_request_context(method="POST", data=MultiDict(form_values(question))):
            form = LocalQuestionForm(meta={"csrf": False})
            form.of_charter(charters()["odder"])
            assert form.validate(), (question.id, form.errors)
            content = form.content()
        assert content.wording == question.model_dump(include=set(content.wording)), question.id
        assert (content.kind, content.minutes, list(content.rounds)) == (
            question.kind,
            question.minutes,
            question.rounds,
        )
        assert sorted(content.roles) == sorted(question.roles)
