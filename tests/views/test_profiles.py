"""The job profile: written in sections, by more than one, without anything typed being lost."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import case, load, make_person, signed_in

from recruit.audit import AuditEvent
from recruit.extensions import db
from recruit.profiles.rules import SECTION_LIMIT, WRITTEN
from recruit.profiles.service import load_sections
from recruit.recruitments.models import Recruitment

HARD = "<b>Å & \"Ø\"</b> 'x' 🎈 שלום עולם"


class Desk:
    def __init__(self, app: Flask, **profile: str) -> None:
        self.recruitment: Recruitment = load(case(profile=profile))
        self.path = f"/recruitments/{self.recruitment.id}/profile"
        make_person("hr@example.org", "hr")
        self.hr = signed_in(app, "hr@example.org")

    def open(self) -> dict[str, str]:
        """Every field as the page has it when it is opened."""
        page = self.hr.get(self.path + "/edit").get_data(as_text=True)
        hidden = {
            name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]
            for key in WRITTEN
            for name in (f"{key}_version", f"{key}_shown")
        }
        return hidden | dict(self.texts())

    def save(self, fields: dict[str, str]) -> Any:
        return self.hr.post(self.path + "/edit", data=fields)

    def texts(self) -> dict[str, str]:
        db.session.expire_all()
        return {key: row.text for key, row in load_sections(self.recruitment).items()}


def test_profile_is_saved_and_read_with_the_criteria_in_it(app: Flask) -> None:
    desk = Desk(app)
    assert desk.save(desk.open() | {"background": "Vi åbner.\r\n\r\n- ét\r\n- to", "process": HARD}).status_code == 302
    assert desk.texts() == {"background": "Vi åbner.\n\n- ét\n- to", "process": HARD}
    page = desk.hr.get(desk.path).get_data(as_text=True)
    assert "<li>ét</li>" in page
    assert "&lt;b&gt;Å &amp; " in page
    assert "<b>Å" not in page
    assert "🎈 שלום עולם" in page
    assert "At kunne stå ved sine beslutninger." in page


def test_section_that_is_emptied_is_gone_and_an_unchanged_one_leaves_no_trace(app: Flask) -> None:
    desk = Desk(app, background="Før", contact="Ring")
    before = db.session.scalars(db.select(AuditEvent.event)).all().count("profile.changed")
    desk.save(desk.open() | {"background": " "})
    assert desk.texts() == {"contact": "Ring"}
    after = db.session.scalars(db.select(AuditEvent.event)).all().count("profile.changed")
    assert after == before + 1


def test_two_who_write_one_section_see_both_texts(app: Flask) -> None:
    desk = Desk(app, background="Før")
    mine, theirs = desk.open(), desk.open()
    desk.save(theirs | {"background": "Den andens"})
    answer = desk.save(mine | {"background": "Min egen", "contact": "Også min"})
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    for text in ("Den andens", "Min egen", "Også min"):
        assert text in page
    assert desk.texts() == {"background": "Den andens"}
    assert desk.save(desk.open() | {"background": "Min egen"}).status_code == 302
    assert desk.texts() == {"background": "Min egen"}


def test_two_who_write_different_sections_both_keep_theirs(app: Flask) -> None:
    desk = Desk(app, background="Før", tasks="Gamle opgaver")
    mine, theirs = desk.open(), desk.open()
    desk.save(theirs | {"background": "Den andens", "purpose": "Nyt formål"})
    assert desk.save(mine | {"tasks": "Mine opgaver"}).status_code == 302
    assert desk.texts() == {"background": "Den andens", "purpose": "Nyt formål", "tasks": "Mine opgaver"}


@pytest.mark.parametrize(
    ("faulty", "words"),
    [("x" * (SECTION_LIMIT + 1), "højst have"), ("skjult\x07tegn", "styretegn"), ("\x00", "styretegn")],
    ids=["too long", "bell", "nul"],
)
def test_fault_in_one_section_loses_nothing_in_the_others(app: Flask, faulty: str, words: str) -> None:
    desk = Desk(app, tasks="Før")
    answer = desk.save(desk.open() | {"background": f"begyndelsen {faulty}", "tasks": "Skrevet nu", "contact": HARD})
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert words in page
    assert "begyndelsen" in page
    assert "Skrevet nu" in page
    assert "🎈 שלום עולם" in page
    assert desk.texts() == {"tasks": "Før"}


def test_section_as_long_as_its_limit_is_kept_to_the_last_letter(app: Flask) -> None:
    desk = Desk(app)
    text = (HARD * 400)[: SECTION_LIMIT - 1] + "Å"
    assert desk.save(desk.open() | {"background": text}).status_code == 302
    assert desk.texts()["background"] == text


def test_member_reads_the_profile_and_does_not_write_it(app: Flask) -> None:
    desk = Desk(app, background="Læs mig")
    desk.hr.post(f"/recruitments/{desk.recruitment.id}/candidates/1/status", data={"status": "withdrawn"})
    desk.hr.post(f"/recruitments/{desk.recruitment.id}/candidates/2/status", data={"status": "withdrawn"})
    anna = signed_in(app, "anna@example.org")
    assert "Læs mig" in anna.get(desk.path).get_data(as_text=True)
    assert anna.post(desk.path + "/edit", data={"background": "Mit"}).status_code == 403
    assert desk.texts() == {"background": "Læs mig"}
