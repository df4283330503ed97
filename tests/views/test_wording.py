"""Checking a text while it is written, and the reason that an unlawful wording asks for."""

from __future__ import annotations

import html
import json
import logging
import re
from typing import Any

import pytest
from flask import Flask
from support import Client, counted_queries, full_case, load, make_person, signed_in

from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.web.forms import SharedForm, TextField
from recruit.wording.forms import KeptWording
from recruit.wording.views import LIMIT, as_answer, report_on

UNLAWFUL, LAWFUL = "Er du gravid?", "Fortæl om en beslutning, du måtte stå alene med."


def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


def ask(client: Client, text: str, kind: str = "question", language: str = "da", **more: Any) -> Any:
    return client.post("/wording/check", json={"text": text, "kind": kind, "language": language}, **more)


# --- who may ask


def test_hr_and_panelists_may_ask_and_nobody_else(app: Flask) -> None:
    make_person("auditor@example.org", "auditor")
    make_person("member@example.org")
    assert ask(hr(app), UNLAWFUL).status_code == 200
    assert ask(signed_in(app, "member@example.org"), UNLAWFUL).status_code == 200
    assert ask(signed_in(app, "auditor@example.org"), UNLAWFUL).status_code == 403


def test_nobody_is_told_to_sign_in(app: Flask, client: Client) -> None:
    answer = ask(client, UNLAWFUL)
    assert answer.status_code == 401
    assert answer.json["error"].startswith("Du er blevet logget ud.")


def test_request_without_the_token_is_refused(app: Flask) -> None:
    answer = ask(hr(app), UNLAWFUL, forged=True)
    assert (answer.status_code, answer.mimetype) == (400, "application/json")
    assert "findings" not in answer.json


def test_door_is_only_for_writing(app: Flask) -> None:
    assert hr(app).get("/wording/check").status_code == 405


# --- what the answer holds


def test_finding_says_what_where_why_and_what_instead(app: Flask) -> None:
    text = f"{LAWFUL} 👩‍🏫 {UNLAWFUL}"
    answer = ask(hr(app), text)
    assert set(answer.json) == {"findings", "summary"}
    [finding] = [finding for finding in answer.json["findings"] if finding["severity"] == "red"]
    assert set(finding) == {
        *("rule", "severity", "start", "end", "text", "basis", "why", "instead", "replace_start", "replace_end")
    }
    assert finding["rule"] == "family"
    assert text[finding["start"] : finding["end"]] == finding["text"]
    assert "gravid" in finding["text"]
    assert text[finding["replace_start"] : finding["replace_end"]].strip() == UNLAWFUL
    assert "Ligebehandlingsloven" in finding["basis"]
    assert finding["why"].endswith(".")
    assert finding["instead"].endswith("?")


def test_lawful_text_has_no_findings_and_nothing_to_say(app: Flask) -> None:
    assert ask(hr(app), LAWFUL).json == {"findings": [], "summary": ""}


def test_summary_counts_and_names_the_serious(app: Flask) -> None:
    client = hr(app)
    findings = ask(client, f"{UNLAWFUL}\n{LAWFUL}\nHvor gammel er du?").json["findings"]
    assert sum(finding["severity"] == "red" for finding in findings) == 2
    answer = ask(client, f"{UNLAWFUL}\n{LAWFUL}\nHvor gammel er du?").json
    assert answer["summary"] == f"{len(findings)} bemærkninger, 2 alvorlige"


def test_every_line_is_a_question_of_its_own(app: Flask) -> None:
    client = hr(app)
    together = ask(client, f"{LAWFUL}\n{UNLAWFUL}").json["findings"]
    alone = ask(client, UNLAWFUL).json["findings"]
    offset = len(LAWFUL) + 1
    assert [finding["start"] - offset for finding in together] == [finding["start"] for finding in alone]
    assert [finding["rule"] for finding in together] == [finding["rule"] for finding in alone]


def test_ad_has_its_figures_beside_the_findings(app: Flask) -> None:
    answer = ask(hr(app), "Vi søger en leder. Kontakt os.", kind="ad").json
    assert set(answer) == {"findings", "summary", "lix", "words", "gender_coded"}
    assert answer["words"] == 6
    assert set(answer["gender_coded"]) == {"masculine", "feminine"}


def test_ad_that_names_a_charter_is_not_told_that_it_is_missing(app: Flask) -> None:
    client = hr(app)
    with app.test_request_context():
        [title, *_others] = app.extensions["recruit_wording_cites"]
    rules = [
        {finding["rule"] for finding in ask(client, text, kind="ad").json["findings"]}
        for text in ("Vi søger en leder.", f"Vi søger en leder, der kan sit {title}.")
    ]
    assert "charter_missing" in rules[0] - rules[1]


# --- what is refused


@pytest.mark.parametrize(
    "body",
    [
        *("", "{", "[]", "null", '"x"', "[" * 50_000, '{"text": "\\ud800", "kind": "question", "language": "da"}'),
        '{"text": "x", "kind": "letter", "language": "da"}',
        '{"text": "x", "kind": "question", "language": "sv"}',
        '{"text": 1, "kind": "question", "language": "da"}',
        '{"text": null, "kind": "question", "language": "da"}',
        '{"kind": "question", "language": "da"}',
        '{"text": "x", "kind": "question", "language": "da", "more": 1}',
    ],
    ids=lambda body: body[:60] or "empty",
)
def test_anything_else_is_refused_in_one_sentence(app: Flask, body: str) -> None:
    answer = hr(app).post("/wording/check", data=body, content_type="application/json")
    assert (answer.status_code, answer.json) == (400, {"error": "Det kunne ikke læses. Genindlæs siden."})


def test_text_as_long_as_the_limit_is_checked_and_a_longer_is_refused(app: Flask) -> None:
    client = hr(app)
    assert ask(client, "å" * LIMIT).status_code == 200
    answer = ask(client, "å" * (LIMIT + 1))
    assert answer.status_code == 413
    assert answer.json["error"] == (
        "Teksten er for lang til at blive tjekket, mens du skriver. Gør den kortere end 50.000 tegn."
    )


def test_body_larger_than_the_server_takes_is_refused_in_json(app: Flask) -> None:
    answer = ask(hr(app), "x" * 6_100_000)
    assert (answer.status_code, answer.mimetype) == (413, "application/json")


@pytest.mark.parametrize("text", ["", " \n", "\x00", "<script>&\"'", "👩‍🏫" * 50, "du " * 10_000])
def test_any_text_is_taken(app: Flask, text: str) -> None:
    assert ask(hr(app), text).status_code == 200


def test_text_is_neither_stored_nor_logged(app: Flask, caplog: pytest.LogCaptureFixture) -> None:
    client = hr(app)
    with caplog.at_level(logging.DEBUG), counted_queries() as statements:
        assert ask(client, "Er du gravid, Hemmeligmand?").status_code == 200
    assert [line for line in statements if not line.startswith("SELECT")] == []
    assert "Hemmelig" not in caplog.text


# --- the reason for keeping it


class ExampleForm(KeptWording, SharedForm):
    text = TextField("Spørgsmål")
    probes = TextField("Opfølgende", required=False)


def filled(app: Flask, **data: str) -> ExampleForm:
    """The form as it was sent. Inside a request."""
    form = ExampleForm(meta={"csrf": False})
    form.checks("question", text="da", probes="da")
    return form


@pytest.mark.parametrize(
    ("data", "error"),
    [
        ({"text": LAWFUL}, None),
        ({"text": UNLAWFUL, "kept_because": "Det er afklaret med juristen."}, None),
        ({"text": UNLAWFUL}, "Er du gravid"),
        ({"text": UNLAWFUL, "kept_because": " \r\n "}, "Er du gravid"),
        ({"text": LAWFUL, "probes": f"{LAWFUL}\r\n{UNLAWFUL}"}, "Er du gravid"),
    ],
    ids=["lawful", "with a reason", "no reason", "blank reason", "in a probe"],
)
def test_red_finding_needs_a_reason(app: Flask, data: dict[str, str], error: str | None) -> None:
    with app.test_request_context(method="POST", data=data):
        form = filled(app)
        assert form.validate() is (error is None)
        assert list(form.errors) == ([] if error is None else ["kept_because"])
        if error:
            [sentence] = form.kept_because.errors
            assert sentence == f"Skriv, hvorfor ”{error}” skal blive stående, eller brug forslaget ved teksten."


def test_reason_and_rules_are_given_only_while_something_is_red(app: Flask) -> None:
    data = {"text": UNLAWFUL, "probes": "Hvor gammel er du?", "kept_because": "Fordi."}
    with app.test_request_context(method="POST", data=data):
        form = filled(app)
        assert (form.kept(), form.kept_rules()) == ("Fordi.", "age family")
    with app.test_request_context(method="POST", data=data | {"text": LAWFUL, "probes": ""}):
        form = filled(app)
        assert form.validate()
        assert (form.kept(), form.kept_rules()) == ("", "")


def test_each_field_is_read_in_its_own_language(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"text": UNLAWFUL, "probes": "Are you pregnant?"}):
        form = ExampleForm(meta={"csrf": False})
        form.checks("question", text="en", probes="en")
        assert [finding.text for finding in form.red_findings()] == ["Are you pregnant"]
        form.checks("question", text="da", probes="da")
        assert [finding.text for finding in form.red_findings()] == ["Er du gravid"]


def test_error_names_three_findings_at_most(app: Flask) -> None:
    lines = ["Er du gravid?", "Hvor gammel er du?", "Er du gift?", "Har du børn?", "Hvem henter børnene?"]
    with app.test_request_context(method="POST", data={"text": "\n".join(lines * 2)}):
        form = filled(app)
        assert not form.validate()
        assert re.match(r"Skriv, hvorfor ”[^”]+”, ”[^”]+”, ”[^”]+” … skal blive", form.kept_because.errors[0])


def test_form_that_never_said_what_is_checked_cannot_be_validated(app: Flask) -> None:
    with app.test_request_context(method="POST", data={"text": LAWFUL}), pytest.raises(AttributeError):
        ExampleForm(meta={"csrf": False}).validate()


# --- the page


def question_page(app: Flask) -> tuple[Client, str, dict[str, str]]:
    """HR's browser, the address of a guide question, and what its form holds."""
    recruitment = load(full_case())
    [question, *_others] = load_guide(recruitment.rounds[0])
    path = f"/recruitments/{recruitment.id}/rounds/1/guide/{question.id}"
    return hr(app), path, {"text": LAWFUL, "probes": "Hvad gjorde du?", "minutes": "5", "reason": "Klarere."}


def test_page_shows_the_findings_of_what_was_sent_and_loses_nothing(app: Flask) -> None:
    client, path, data = question_page(app)
    hard = f"""{UNLAWFUL} <b>"'&amp; 👩‍🏫"""
    answer = client.post(path, data=data | {"text": hard})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 400
    assert html.escape(hard).replace("&#x27;", "&#39;").replace("&quot;", "&#34;") in page
    assert "Ligebehandlingsloven" in re.sub("<template.*?</template>", "", page, flags=re.DOTALL)
    assert "Skriv, hvorfor ”Er du gravid” skal blive stående" in page
    answers = [json.loads(html.unescape(found)) for found in re.findall('data-answer="([^"]*)"', page)]
    with app.test_request_context():
        assert answers[0] == json.loads(json.dumps(as_answer(report_on(hard, "question", "da"), "question")))
    assert answers[1] == {"findings": [], "summary": ""}


def test_page_asks_for_the_reason_only_where_it_is_needed(app: Flask) -> None:
    client, path, data = question_page(app)
    assert re.search("<div data-kept hidden>", client.get(path).get_data(as_text=True))
    refused = client.post(path, data=data | {"text": UNLAWFUL}).get_data(as_text=True)
    assert re.search("<div data-kept>", refused)


def test_reason_is_saved_shown_again_and_logged_without_its_words(app: Flask) -> None:
    client, path, data = question_page(app)
    kept = data | {"text": UNLAWFUL, "kept_because": "Aftalt med juristen."}
    assert client.post(path, data=kept).status_code == 302
    page = client.get(path).get_data(as_text=True)
    assert "Aftalt med juristen." in page
    assert re.search("<div data-kept>", page)
    [subject] = db.session.scalars(db.text("SELECT subject FROM audit_event WHERE event = 'wording.kept'"))
    assert "family" in str(subject)
    assert "juristen" not in str(subject)


def test_reasons_are_in_the_language_of_the_reader_and_the_alternative_in_that_of_the_text(app: Flask) -> None:
    make_person("hr@odder.example", "hr")
    client = signed_in(app, "hr@odder.example")
    client.post("/language", data={"language": "en"})
    sent = {"text": "Er du gravid?", "kind": "question", "language": "da"}
    found = next(
        item for item in client.post("/wording/check", json=sent).get_json()["findings"] if item["rule"] == "family"
    )
    assert found["basis"].startswith("Equal Treatment Act")
    assert found["why"].startswith("The question")
    assert "Stillingen" in found["instead"]
