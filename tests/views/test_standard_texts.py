"""The organisation's standard texts: edited, kept as versions, brought back, never overwritten unseen."""

from __future__ import annotations

import html
import re
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select
from support import Client, case, counted_queries, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.organisation.models import StandardTexts
from recruit.organisation.rules import KEYS, shipped
from recruit.organisation.service import all_versions, restore_texts, save_texts, standard_texts
from recruit.recruitments.timetable import today

PAGE = "/organisation/texts"


def hr(app: Flask, email: str = "hr@example.org") -> Client:
    make_person(email, "hr")
    return signed_in(app, email)


def opened(client: Client) -> dict[str, str]:
    """The form's fields as the page shows them."""
    return opened_page(client.get(PAGE).get_data(as_text=True))


def opened_page(page: str) -> dict[str, str]:
    fields = dict(re.findall(r'<textarea[^>]*? name="(\w+)"[^>]*>\r?\n?(.*?)</textarea>', page, re.DOTALL))
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r' name="(version|shown)"', tag), re.search(r' value="([^"]*)"', tag)
        if name and value:
            fields[name[1]] = value[1]
    return {name: html.unescape(text) for name, text in fields.items()}


def save(client: Client, fields: dict[str, str], **changes: str) -> Any:
    return client.post(PAGE, data=fields | changes)


def test_texts_are_those_that_ship_until_somebody_saves(app: Flask) -> None:
    with app.test_request_context(), counted_queries() as statements:
        found = standard_texts("da")
    assert found == {key: parts["da"] for key, parts in shipped(app.config["ORGANISATION"]).items()}
    assert len(statements) == 1
    fields = opened(hr(app))
    assert fields["offer_da"] == found["offer"]
    assert len([name for name in fields if name.endswith(("_da", "_en"))]) == 2 * len(KEYS)


def test_saved_text_is_used_in_its_language_only(app: Flask) -> None:
    client = hr(app)
    answer = save(client, opened(client), contact_da="Ring til Ib.\r\n\r\nEller skriv.")
    assert answer.status_code == 302
    assert standard_texts("da")["contact"] == "Ring til Ib.\n\nEller skriv."
    assert standard_texts("en")["contact"] == shipped("x")["contact"]["en"]
    assert save(client, opened(client), diversity_da="").status_code == 302
    assert standard_texts("da")["diversity"] == ""


def test_changed_text_alters_no_ad_or_profile_that_is_written(app: Flask) -> None:
    """The ad points out that it would be composed otherwise now; what is out stays as it was published."""
    client = hr(app)
    recruitment = load(
        case(profile={"contact": "Ring til Lise på tlf. 12 34 56 78.", "terms": "Løn efter overenskomst."})
    )
    base = f"/recruitments/{recruitment.id}"
    facts = {
        "tone": "formal",
        "language": "da",
        "apply_at": "https://odder.example",
        "workplace": "Havvej 1, 8300 Odder",
    }
    assert client.post(f"{base}/ad/facts", data=facts).status_code == 302
    closes = (today() + timedelta(20)).isoformat()
    assert client.post(f"{base}/ad/publish", data={"closes_on": closes}).status_code == 302
    nobody = app.test_client()
    address = nobody.get("/jobs/1").headers["Location"]
    pages = [(client, f"{base}/ad/full/text"), (nobody, address)]
    before = [browser.get(path).data for browser, path in pages]
    assert save(client, opened(client), offer_da="En frugtordning.", pay_da="Guld.").status_code == 302
    assert [browser.get(path).data for browser, path in pages] == before
    assert "Guld." not in client.get(f"{base}/profile").get_data(as_text=True)
    assert "afsnit ville blive skrevet anderledes i dag" in client.get(f"{base}/ad").get_data(as_text=True)


def test_saving_without_a_change_makes_no_version(app: Flask) -> None:
    client = hr(app)
    assert save(client, opened(client)).status_code == 302
    assert db.session.scalar(select(func.count(StandardTexts.id))) == 0


def test_two_who_edit_at_once_never_overwrite_each_other(app: Flask) -> None:
    """Also when nobody has saved before: the texts that ship have no row."""
    anna, bo = hr(app), hr(app, "bo@example.org")
    for round_ in ("første", "anden"):
        mine, others = opened(anna), opened(bo)
        assert save(anna, mine, about_da=f"Annas {round_}", pay_da=f"Annas løn {round_}").status_code == 302
        answer = save(bo, others, about_da=f"Bos {round_}", offer_da=f"Bos tilbud {round_}")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 409
        assert f"Annas {round_}" in page and f"Bos {round_}" in page
        assert standard_texts("da")["about"] == f"Annas {round_}"
        merged = opened_page(page)
        assert merged["pay_da"] == f"Annas løn {round_}"  # only Anna has changed it
        assert save(bo, merged).status_code == 302
        found = standard_texts("da")
        assert (found["about"], found["pay"], found["offer"]) == (
            f"Bos {round_}",
            f"Annas løn {round_}",
            f"Bos tilbud {round_}",
        )


def test_stale_number_is_refused_below_the_page_too(app: Flask) -> None:
    person = make_person("hr@example.org", "hr")
    save_texts({"about": {"da": "a", "en": "b"}}, version=0, actor=person)
    with pytest.raises(EditedMeanwhile):
        save_texts({"about": {"da": "c", "en": "d"}}, version=0, actor=person)
    with pytest.raises(RuleBroken):
        save_texts({"unknown": {"da": "c", "en": "d"}}, version=1, actor=person)
    with pytest.raises(RuleBroken):
        restore_texts(7, version=1, actor=person)
    assert standard_texts("en")["about"] == "b"


def test_history_tells_who_when_and_what_and_every_version_is_readable(app: Flask) -> None:
    anna, bo = hr(app), hr(app, "bo@example.org")
    save(anna, opened(anna), about_da="Udgave et")
    save(bo, opened(bo), about_da="Udgave to", contact_en="Call us")
    page = anna.get(f"{PAGE}/history").get_data(as_text=True)
    assert page.index("Bo") < page.index("Hr")  # the newest first
    assert "Kontakt (en)" in page and "De tekster, der følger med" in page
    first, second, zero = (anna.get(f"{PAGE}/history/{number}").get_data(as_text=True) for number in (1, 2, 0))
    assert "Udgave et" in first and "Udgave to" not in first
    assert "Udgave to" in second and "Udgave et" in second  # what stood there before
    assert html.unescape(zero).count(shipped(app.config["ORGANISATION"])["about"]["da"]) == 1
    assert anna.get(f"{PAGE}/history/3").status_code == 404
    numbers = [(version.number, version.changed) for version in all_versions()]
    assert numbers == [(2, (("about", "da"), ("contact", "en"))), (1, (("about", "da"),)), (0, ())]


@pytest.mark.parametrize("number", [0, 1])
def test_earlier_version_is_brought_back_as_a_new_one(app: Flask, number: int) -> None:
    client = hr(app)
    save(client, opened(client), about_da="Udgave et")
    save(client, opened(client), about_da="Udgave to")
    assert client.post(f"{PAGE}/history/{number}/restore").status_code == 302
    expected = "Udgave et" if number else shipped(app.config["ORGANISATION"])["about"]["da"]
    assert standard_texts("da")["about"] == expected
    newest = all_versions()[0]
    assert (newest.number, newest.restored_from) == (3, number)
    assert "taget i brug igen" in client.get(f"{PAGE}/history").get_data(as_text=True)
    events = [row.event for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))]
    assert events[-3:] == ["standard_texts.changed", "standard_texts.changed", "standard_texts.restored"]


def test_unlawful_wording_is_kept_only_with_a_reason(app: Flask) -> None:
    client = hr(app)
    fields = opened(client)
    refused = save(client, fields, offer_da="Du bliver del af et ungt team.")
    assert refused.status_code == 400
    assert "ungt team" in refused.get_data(as_text=True)
    assert standard_texts("da")["offer"] != "Du bliver del af et ungt team."
    assert save(client, fields, offer_da="Du bliver del af et ungt team.", kept_because="Et citat.").status_code == 302
    assert all_versions()[0].kept_because == "Et citat."
    assert "Et citat." in client.get(f"{PAGE}/history/1").get_data(as_text=True)
    assert "wording.kept" in [row.event for row in db.session.scalars(select(AuditEvent))]


def test_texts_are_checked_as_parts_of_an_ad(app: Flask) -> None:
    page = hr(app).get(PAGE).get_data(as_text=True)
    assert page.count('data-kind="ad_part"') == 2 * len(KEYS)
    assert "Opslaget siger ikke" not in page


def test_version_survives_the_person_who_saved_it(app: Flask) -> None:
    client = hr(app)
    save(client, opened(client), about_da="Udgave et")
    db.session.execute(db.text("UPDATE standard_texts SET saved_by_id = NULL"))
    db.session.commit()
    assert "en tidligere bruger" in client.get(f"{PAGE}/history/1").get_data(as_text=True)
