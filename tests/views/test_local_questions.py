"""HR's own questions: added, made from shipped ones, changed in two windows, taken out of use and into use again."""

from __future__ import annotations

import threading
import time
from html import unescape

import pytest
from flask import Flask
from own_questions import COPY, ENTRY, NEW, OWN, ROLES, VALUES, events, only, page_of, rows, send, sent_back
from support import Client, case, declared, load, make_person, signed_in
from werkzeug.datastructures import MultiDict

from recruit.accounts.service import find_person
from recruit.charter.service import charters
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.questions.local import Content, add_local
from recruit.questions.service import bank_of


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def test_question_is_added_and_stands_in_the_bank(hr: Client) -> None:
    answer = send(hr, NEW)
    row = only()
    assert answer.status_code == 302
    assert answer.location == f"{ENTRY}#performance-2-own{row.id}"
    assert (row.kind, row.minutes, row.rounds, row.roles, row.copied_from) == ("behavioural", 7, [1, 2], ROLES, None)
    assert row.wording["probes"] == [{"da": text, "en": text} for text in ("Hvem hørte du?", "Hvad lærte du?")]
    page = unescape(page_of(hr, ENTRY))
    assert f'id="performance-2-own{row.id}"' in page
    assert "Jeres eget spørgsmål" in page
    for text in (*VALUES["probes_da"].split("\n"), *VALUES["listen_for_da"].split("\n")):
        assert text in page
    assert events()[-1] == "question.added"


def test_everybody_who_sees_the_bank_sees_it_and_guides_can_have_it(app: Flask, hr: Client) -> None:
    send(hr, NEW)
    source = only().source
    recruitment = load(
        case(rounds=[{"number": 1, "name": "1.", "minutes": 60, "questions": []}], impartiality=declared())
    )
    criterion = next(item for item in recruitment.criteria if item.key == "performance.2")
    path = f"/recruitments/{recruitment.id}/rounds/1/guide/add"
    assert hr.post(path, data={"criterion": str(criterion.id), "question": source}).status_code == 302
    assert [row.source for row in load_guide(recruitment.rounds[0])] == [source]
    assert "måtte ændre kurs" in page_of(signed_in(app, "anna@example.org"), ENTRY)
    assert "Brugt i 1 guide" in page_of(hr, ENTRY)


def test_version_is_prefilled_and_stands_in_the_place_of_its_original(hr: Client) -> None:
    original = bank_of("odder").question("performance.2.b1")
    assert original
    values = sent_back(page_of(hr, COPY))
    assert values["text_da"] == original.text.da
    assert values["text_en"] == original.text.en
    assert values["probes_en"].split("\n") == [probe.en for probe in original.probes]
    assert values["roles"] == original.roles
    answer = hr.post(COPY, data=MultiDict(values | {"text_da": "Fortæl om en retning, du har sat i vores hus."}))
    row = only()
    assert answer.location == f"{ENTRY}#performance-2-own{row.id}"
    assert row.copied_from == "performance.2.b1"
    assert row.wording["probes"] == [probe.model_dump() for probe in original.probes]
    page = page_of(hr, ENTRY)
    assert 'id="performance-2-b1"' not in page
    assert page.index(f'id="performance-2-own{row.id}"') < page.index('id="performance-2-b2"')
    assert "Jeres udgave af dette spørgsmål i banken" in page
    assert original.text.da in unescape(page)
    assert "ikke den engelske" in page  # the Danish was changed, the English not
    assert len(bank_of("odder").entries["performance.2"].questions) == page.count("bank-question")


def test_one_version_of_an_original_at_a_time(hr: Client) -> None:
    assert send(hr, COPY).status_code == 302
    first = only()
    answer = hr.get(COPY)
    assert answer.location == f"{OWN}/{first.id}"
    late = send(hr, COPY, text_da="Skrevet i et andet vindue.")
    assert late.status_code == 409
    page = late.get_data(as_text=True)
    assert "Skrevet i et andet vindue." in page
    assert f'href="{OWN}/{first.id}"' in page
    assert len(rows()) == 1
    hr.post(f"{OWN}/{first.id}/retire")
    assert send(hr, COPY, text_da="Nu er der plads.").status_code == 302
    assert hr.post(f"{OWN}/{first.id}/restore").status_code == 400
    assert [row.retired_at is None for row in rows()] == [False, True]


def test_second_click_adds_nothing(hr: Client) -> None:
    assert send(hr, NEW).status_code == 302
    again = send(hr, NEW)
    assert again.status_code == 400
    assert "allerede gemt" in again.get_data(as_text=True)
    assert len(rows()) == 1


def test_two_at_the_same_moment_make_one_version(app: Flask) -> None:
    """The second waits for the first's commit, and then sees it."""
    make_person("hr@example.org", "hr")
    refused: list[RuleBroken] = []
    charter = charters()["odder"]

    def add(text: str) -> None:
        actor = find_person("hr@example.org")
        assert actor
        both = {"da": text, "en": text}
        wording = {"text": both, "material": None, "probes": [], "listen_for": [], "warning_signs": []}
        content = Content(kind="behavioural", minutes=5, rounds=[1], roles=ROLES, wording=wording)
        add_local(charter, "performance.2", content, copied_from="performance.2.b1", actor=actor)

    def second() -> None:
        with app.app_context():
            try:
                add("Den anden.")
                db.session.commit()
            except RuleBroken as broken:
                refused.append(broken)
            finally:
                db.session.remove()

    add("Den første.")
    other = threading.Thread(target=second)
    other.start()
    time.sleep(0.3)
    assert other.is_alive()
    db.session.commit()
    other.join(20)
    assert len(refused) == 1
    assert only().wording["text"]["da"] == "Den første."


def test_change_is_saved_once_and_guides_keep_their_wording(app: Flask, hr: Client) -> None:
    send(hr, NEW)
    row = only()
    questions = [row.source, "compliance.4.b1"]
    recruitment = load(
        case(rounds=[{"number": 1, "name": "1.", "minutes": 60, "questions": []}], impartiality=declared())
    )
    criterion = next(item for item in recruitment.criteria if item.key == "performance.2")
    hr.post(
        f"/recruitments/{recruitment.id}/rounds/1/guide/add",
        data={"criterion": str(criterion.id), "question": questions[0]},
    )
    path = f"{OWN}/{row.id}"
    values = sent_back(page_of(hr, path))
    assert hr.post(path, data=MultiDict(values)).status_code == 302
    assert "question.changed" not in events()
    assert hr.post(path, data=MultiDict(values | {"minutes": "9", "text_da": "En ny ordlyd?"})).status_code == 302
    assert (only().minutes, only().wording["text"]["da"]) == (9, "En ny ordlyd?")
    assert events().count("question.changed") == 1
    hr.post(f"{path}/retire")
    (kept,) = load_guide(recruitment.rounds[0])
    assert kept.wording["text"]["da"] == VALUES["text_da"]
    guide = page_of(hr, f"/recruitments/{recruitment.id}/rounds/1/guide")
    assert VALUES["text_da"] in guide
    assert "En ny ordlyd?" not in guide


def test_two_windows_keep_both_texts(hr: Client) -> None:
    send(hr, NEW)
    path = f"{OWN}/{only().id}"
    opened = sent_back(page_of(hr, path))
    first = opened | {"text_da": "Den første rettelse?", "rounds": ["1"], "roles": ROLES[:2], "kind": "situational"}
    assert hr.post(path, data=MultiDict(first)).status_code == 302
    mine = opened | {"text_da": "Den anden rettelse?", "roles": ROLES[:1], "kind": "case", "minutes": "11"}
    late = hr.post(path, data=MultiDict(mine))
    assert late.status_code == 409
    page = late.get_data(as_text=True)
    assert "Den første rettelse?" in page
    assert "Den anden rettelse?" in page
    assert "Direktør og Stabschef" in page
    assert "Situationsspørgsmål" in page
    assert only().wording["text"]["da"] == "Den første rettelse?"
    again = sent_back(page)
    assert again["rounds"] == ["1"]  # only the other had changed it
    assert hr.post(path, data=MultiDict(again)).status_code == 302
    row = only()
    assert (row.wording["text"]["da"], row.roles, row.rounds, row.minutes, row.kind) == (
        "Den anden rettelse?", ROLES[:1], [1], 11, "case",
    )  # fmt: skip


def test_question_is_taken_out_of_use_and_into_use_again(hr: Client) -> None:
    send(hr, COPY)
    row = only()
    assert hr.post(f"{OWN}/{row.id}/retire").location == OWN
    page = page_of(hr, ENTRY)
    assert 'id="performance-2-b1"' in page
    assert row.source.replace(".", "-") not in page
    assert f'href="{OWN}#out-of-use"' in page
    listing = page_of(hr, OWN)
    assert "0 i brug" in listing
    assert "1 taget ud af brug" in listing
    assert "måtte ændre kurs" in listing
    hr.post(f"{OWN}/{row.id}/retire")  # already
    assert hr.post(f"{OWN}/{row.id}/restore").location == f"{ENTRY}#performance-2-own{row.id}"
    hr.post(f"{OWN}/{row.id}/restore")
    assert 'id="performance-2-b1"' not in page_of(hr, ENTRY)
    assert [name for name in events() if name.startswith("question.")] == [
        "question.added", "question.retired", "question.restored",
    ]  # fmt: skip
    assert only().id == row.id


def test_retired_question_can_be_changed_and_stays_retired(hr: Client) -> None:
    send(hr, NEW)
    path = f"{OWN}/{only().id}"
    hr.post(f"{path}/retire")
    values = sent_back(page_of(hr, path))
    assert hr.post(path, data=MultiDict(values | {"minutes": "12"})).location == OWN
    assert only().minutes == 12
    assert only().retired_at is not None
