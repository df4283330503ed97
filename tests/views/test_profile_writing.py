"""Writing a profile together: saved as typed, with its history, approved, locked, amended."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import MEMBERS, Client, case, declared, full_case, load, make_person, signed_in
from wordfile import WordFile

from recruit.audit import AuditEvent
from recruit.extensions import db
from recruit.profiles.models import ProfileEarlier
from recruit.profiles.rules import SECTION_LIMIT, SECTIONS, WRITTEN
from recruit.profiles.service import load_history, load_profile, load_rows, load_sections, section_order
from recruit.recruitments.models import Amendment, Recruitment
from recruit.recruitments.service import load_recruitment

CHAIR = MEMBERS[0]


class Desk:
    """HR and the chair at one profile."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.id = load(case(**({"impartiality": declared(), "profile": {"background": "Før"}} | changes))).id
        self.path = f"/recruitments/{self.id}/profile"
        make_person("hr@example.org", "hr")
        self.hr, self.chair = signed_in(app, "hr@example.org"), signed_in(app, CHAIR)

    @property
    def now(self) -> Recruitment:
        db.session.expire_all()
        found = load_recruitment(self.id)
        assert found is not None
        return found

    def save(self, who: Client, key: str, text: Any, version: Any) -> Any:
        return who.put(f"{self.path}/edit/sections/{key}", json={"text": text, "version": version})

    def text(self, key: str) -> str:
        rows = load_sections(self.now)
        return rows[key].text if key in rows else ""

    def hidden(self, who: Client, path: str, name: str) -> str:
        page = who.get(path).get_data(as_text=True)
        return page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0]

    def approve(self, **more: str) -> Any:
        seen = self.hidden(self.chair, self.path, "seen")
        return self.chair.post(self.path + "/approve", data={"seen": seen} | more)


def test_section_is_saved_as_typed_and_the_answer_says_so(app: Flask) -> None:
    desk = Desk(app)
    answer = desk.save(desk.hr, "purpose", "Et formål\r\nmed <b>æøå</b> 🎈", 0)
    assert answer.status_code == 200
    assert answer.json["version"] == 1
    assert answer.json["saved"]
    assert desk.text("purpose") == "Et formål\nmed <b>æøå</b> 🎈"
    assert desk.save(desk.hr, "purpose", "Mere", 1).json["version"] == 2


def test_second_who_saves_gets_the_others_text_and_overwrites_nothing(app: Flask) -> None:
    desk = Desk(app)
    desk.save(desk.hr, "background", "HR skrev", 1)
    answer = desk.save(desk.chair, "background", "Forpersonen skrev", 1)
    assert answer.status_code == 409
    assert (answer.json["text"], answer.json["version"]) == ("HR skrev", 2)
    assert desk.text("background") == "HR skrev"
    assert desk.save(desk.chair, "background", "Begge dele", 2).status_code == 200


def test_section_emptied_and_written_anew_is_not_taken_for_the_old_one(app: Flask) -> None:
    desk = Desk(app)
    desk.save(desk.hr, "background", "", 1)
    assert desk.save(desk.hr, "background", "Ny", 2).status_code == 200
    assert desk.save(desk.chair, "background", "Bygger på den gamle", 1).status_code == 409
    assert desk.text("background") == "Ny"


@pytest.mark.parametrize(
    ("key", "body", "status"),
    [
        ("leader_profile", {"text": "x", "version": 0}, 404),
        ("made_up", {"text": "x", "version": 0}, 404),
        ("tasks", {"text": "x" * (SECTION_LIMIT + 1), "version": 0}, 400),
        ("tasks", {"text": "skjult\x07", "version": 0}, 400),
        ("tasks", {"text": 3, "version": 0}, 400),
        ("tasks", {"text": "x", "version": "0"}, 400),
        ("tasks", {"text": "x", "version": True}, 400),
        ("tasks", ["x"], 400),
    ],
    ids=str,
)
def test_what_cannot_be_saved_is_refused_in_words(app: Flask, key: str, body: Any, status: int) -> None:
    desk = Desk(app)
    answer = desk.hr.put(f"{desk.path}/edit/sections/{key}", json=body, headers={"Accept": "application/json"})
    assert answer.status_code == status
    assert answer.json["error"]
    assert desk.text("tasks") == ""


def test_member_can_read_and_neither_write_nor_order_nor_approve(app: Flask) -> None:
    desk = Desk(app)
    anna = signed_in(app, "anna@example.org")
    assert anna.get(desk.path).status_code == 200
    assert desk.save(anna, "background", "Mit", 1).status_code == 403
    assert anna.put(desk.path + "/edit/order", json={"order": [], "seen": []}).status_code == 403
    for path in ("/approve", "/lock", "/sections/background/history", "/sections/background/amend"):
        assert anna.post(desk.path + path, data={}).status_code == 403, path
    assert desk.hr.post(desk.path + "/approve", data={}).status_code == 403  # the chair's alone
    assert desk.text("background") == "Før"


# History


def test_history_tells_who_wrote_what_and_any_of_it_can_be_taken_up(app: Flask) -> None:
    desk = Desk(app)
    desk.save(desk.hr, "background", "HR skrev", 1)
    desk.save(desk.chair, "background", "Forpersonen skrev", 2)
    page = desk.hr.get(desk.path + "/sections/background/history").get_data(as_text=True)
    for words in ("Før", "HR skrev", "Forpersonen skrev", "Carla Chef", "Hr"):
        assert words in page
    oldest = load_history(desk.now, "background")[-1][0]
    assert oldest.text == "Før"
    sent = {"entry": str(oldest.id), "version": "3"}
    assert desk.hr.post(desk.path + "/sections/background/history", data=sent).status_code == 302
    assert desk.text("background") == "Før"
    texts = [row.text for row, _name in load_history(desk.now, "background")]
    assert texts == ["Før", "Forpersonen skrev", "HR skrev", "Før"]
    assert db.session.scalar(db.select(AuditEvent.id).where(AuditEvent.event == "profile.restored"))


def test_earlier_text_is_not_put_over_what_another_has_written_since(app: Flask) -> None:
    desk = Desk(app)
    desk.save(desk.hr, "background", "HR skrev", 1)
    oldest = load_history(desk.now, "background")[-1][0]
    desk.save(desk.chair, "background", "Skrevet imens", 2)
    sent = {"entry": str(oldest.id), "version": "2"}
    assert desk.hr.post(desk.path + "/sections/background/history", data=sent).status_code == 409
    assert desk.text("background") == "Skrevet imens"


def test_what_one_person_types_in_one_go_is_one_entry_but_a_deletion_keeps_what_was_there(app: Flask) -> None:
    desk = Desk(app)
    for version, text in enumerate(["En", "En tekst", "En tekst, der vokser"]):
        assert desk.save(desk.hr, "tasks", text, version).status_code == 200
    assert [row.text for row, _name in load_history(desk.now, "tasks")] == ["En tekst, der vokser"]
    desk.save(desk.hr, "tasks", "", 3)
    assert [row.text for row, _name in load_history(desk.now, "tasks")] == ["", "En tekst, der vokser"]
    assert "tasks" not in load_sections(desk.now)


def test_another_sections_or_recruitments_history_is_no_way_in(app: Flask) -> None:
    desk = Desk(app)
    other = load(case(profile={"background": "En anden sags ord"}))
    foreign = db.session.scalars(db.select(ProfileEarlier).where(ProfileEarlier.recruitment_id == other.id)).one()
    sent = {"entry": str(foreign.id), "version": "1"}
    assert desk.hr.post(desk.path + "/sections/background/history", data=sent).status_code == 400
    assert desk.text("background") == "Før"


# Suggestions and order, without a script


def test_suggestion_is_shown_taken_in_with_one_click_and_never_over_a_text(app: Flask) -> None:
    desk = Desk(app)
    page = desk.hr.get(desk.path + "/edit").get_data(as_text=True)
    assert "Du skal lede hele stedet" in page
    fields = form_fields(page) | {"take": "purpose", "contact": "Ring til Karl"}
    assert desk.hr.post(desk.path + "/edit", data=fields).status_code == 302
    assert desk.text("purpose").startswith("Du skal lede hele stedet")
    assert desk.text("contact") == "Ring til Karl"
    again = form_fields(desk.hr.get(desk.path + "/edit").get_data(as_text=True)) | {"take": "background"}
    again |= {"purpose": desk.text("purpose"), "contact": "Ring til Karl", "background": "Før"}
    desk.hr.post(desk.path + "/edit", data=again)
    assert desk.text("background") == "Før"


def form_fields(page: str) -> dict[str, str]:
    """The hidden fields and the one text of `Desk`."""
    names = [f"{key}_{part}" for key in WRITTEN for part in ("version", "shown")]
    hidden = {name: page.split(f'name="{name}"')[1].split('value="')[1].split('"')[0] for name in names}
    return hidden | {"background": "Før"}


def test_sections_are_moved_by_button_and_by_script_and_stand_so_everywhere(app: Flask) -> None:
    desk = Desk(app)
    usual = [section.key for section in SECTIONS]
    page = desk.hr.get(desk.path + "/edit").get_data(as_text=True)
    assert desk.hr.post(desk.path + "/edit", data=form_fields(page) | {"move": "contact:up"}).status_code == 302
    wanted = [*usual[:-2], "contact", "process"]
    assert [section.key for section in section_order(desk.now)] == wanted
    answer = desk.hr.put(desk.path + "/edit/order", json={"order": usual[::-1], "seen": wanted})
    assert answer.status_code == 200
    late = desk.chair.put(desk.path + "/edit/order", json={"order": usual, "seen": wanted})
    assert late.status_code == 409
    read = desk.hr.get(desk.path).get_data(as_text=True)
    assert read.index('id="contact"') < read.index('id="background"')
    for order in (usual[:-1], [*usual, "contact"], ["made_up"], "contact", [1]):
        assert desk.hr.put(desk.path + "/edit/order", json={"order": order, "seen": usual[::-1]}).status_code == 400
    assert [section.key for section in section_order(desk.now)] == usual[::-1]


# Approval, lock, amendment


def test_approval_falls_away_visibly_when_the_text_is_changed_afterwards(app: Flask) -> None:
    desk = Desk(app)
    assert "Udkast" in desk.hr.get(desk.path).get_data(as_text=True)
    assert desk.approve().status_code == 302
    page = desk.hr.get(desk.path).get_data(as_text=True)
    assert "Godkendt" in page
    assert "Carla Chef" in page
    desk.save(desk.hr, "background", "Efter godkendelsen", 1)
    page = desk.hr.get(desk.path).get_data(as_text=True)
    assert "Ændret efter godkendelsen" in page
    assert desk.chair.post(desk.path + "/lock").status_code == 400  # not what was approved
    desk.approve()
    assert "Ændret efter godkendelsen" not in desk.hr.get(desk.path).get_data(as_text=True)


@pytest.mark.parametrize("what", ["here", "picked", "order"])
def test_approval_covers_the_leader_profile_and_the_order_too(app: Flask, what: str) -> None:
    desk = Desk(app)
    desk.approve()
    criterion = desk.now.criteria[0]
    base = f"/recruitments/{desk.id}"
    if what == "here":
        prefix = f"{criterion.id}-"
        sent = {prefix + "weight": "2", prefix + "minimum": "", prefix + "here": "Noget andet"}
        assert desk.hr.post(base + "/criteria", data=sent).status_code == 302
    elif what == "picked":
        desk.hr.post(base + "/house", data={"criterion": [criterion.key, "emergence.1"], "part": "side"})
    else:
        usual = [section.key for section in SECTIONS]
        desk.hr.put(desk.path + "/edit/order", json={"order": usual[::-1], "seen": usual})
    assert "Ændret efter godkendelsen" in desk.hr.get(desk.path).get_data(as_text=True)


def test_what_the_chair_has_not_read_is_not_approved(app: Flask) -> None:
    desk = Desk(app)
    seen = desk.hidden(desk.chair, desk.path, "seen")
    desk.save(desk.hr, "background", "Skrevet imens", 1)
    assert desk.chair.post(desk.path + "/approve", data={"seen": seen}).status_code == 302
    assert "Læs den igen" in desk.chair.get(desk.path).get_data(as_text=True)
    profile = load_profile(desk.now)
    assert profile is None or profile.approved_at is None


def test_unlawful_wording_is_approved_only_with_a_reason(app: Flask) -> None:
    desk = Desk(app, profile={"background": "Vi søger en ung medarbejder med dansk som modersmål."})
    answer = desk.approve()
    assert answer.status_code == 400
    assert "skal blive stående" in answer.get_data(as_text=True)
    assert desk.approve(kept_because="Teksten er citeret fra en lov.").status_code == 302
    assert "Teksten er citeret fra en lov." in desk.hr.get(desk.path).get_data(as_text=True)


def test_locked_profile_changes_only_by_an_amendment_with_a_reason(app: Flask) -> None:
    desk = Desk(app)
    assert "et udkast, som ikke er godkendt" in WordFile(desk.hr.get(desk.path + ".docx").data).text
    desk.approve()
    assert desk.chair.post(desk.path + "/lock").status_code == 302
    assert desk.save(desk.hr, "background", "Uden om", 1).status_code == 400
    assert desk.hr.get(desk.path + "/edit").status_code == 302
    usual = [section.key for section in SECTIONS]
    assert desk.hr.put(desk.path + "/edit/order", json={"order": usual[::-1], "seen": usual}).status_code == 400
    entry = load_history(desk.now, "background")[-1][0].id
    restored = desk.hr.post(desk.path + "/sections/background/history", data={"entry": str(entry), "version": "1"})
    assert restored.status_code in (302, 400)
    assert desk.text("background") == "Før"
    amend = desk.path + "/sections/background/amend"
    shown = {name: desk.hidden(desk.hr, amend, name) for name in ("version", "shown")}
    assert desk.hr.post(amend, data=shown | {"text": "Rettet", "reason": " "}).status_code == 400
    assert desk.hr.post(amend, data=shown | {"text": "Før", "reason": "Intet"}).status_code == 400
    assert desk.text("background") == "Før"
    assert desk.hr.post(amend, data=shown | {"text": "Rettet", "reason": "Fristen var forkert"}).status_code == 302
    assert desk.text("background") == "Rettet"
    row = db.session.scalars(db.select(Amendment)).one()
    assert (row.part, row.subject, row.before, row.after) == ("profile", "background", "Før", "Rettet")
    page = desk.hr.get(desk.path).get_data(as_text=True)
    assert "Fristen var forkert" in page
    assert "Ændret efter godkendelsen" in page
    word = WordFile(desk.hr.get(desk.path + ".docx").data)  # for applicants: what is new, and not why
    assert "og ændret siden" in word.text
    assert word.styled("Heading 1")[-1] == "Ændret, siden profilen blev låst"
    assert "Fristen var forkert" not in word.raw


def test_two_who_amend_one_section_see_both_texts(app: Flask) -> None:
    desk = Desk(app, locked=[1])
    for key in ("background", "tasks"):  # one that is there, one that is not yet
        amend = f"{desk.path}/sections/{key}/amend"
        mine = {name: desk.hidden(desk.hr, amend, name) for name in ("version", "shown")}
        desk.chair.post(amend, data=mine | {"text": "Forpersonens", "reason": "x"})
        answer = desk.hr.post(amend, data=mine | {"text": "HR's", "reason": "y"})
        assert answer.status_code == 409, key
        assert "Forpersonens" in answer.get_data(as_text=True)
        assert desk.text(key) == "Forpersonens"


def test_lock_of_the_criteria_locks_the_profile_too(app: Flask) -> None:
    desk = Desk(app, locked=[1])
    assert "sammen med kriterierne" in desk.hr.get(desk.path).get_data(as_text=True)
    answer = desk.save(desk.hr, "background", "Uden om", 1)
    assert answer.status_code == 400
    assert "låst" in answer.json["error"]
    assert desk.text("background") == "Før"


def test_amendment_of_the_profile_is_printed_in_the_report(app: Flask) -> None:
    desk = Desk(app, **full_case(revealed=[1]))
    amend = desk.path + "/sections/contact/amend"
    shown = {name: desk.hidden(desk.chair, amend, name) for name in ("version", "shown")}
    desk.chair.post(amend, data=shown | {"text": "Ring til Karl", "reason": "Ny kontakt"})
    words = WordFile(desk.chair.get(f"/recruitments/{desk.id}/rounds/1/comparison.docx").data).text
    for text in ("Jobprofil, Kontakt", "Ring til Karl", "Ny kontakt"):
        assert text in words


def test_emptied_row_counts_its_versions_on(app: Flask) -> None:
    desk = Desk(app)
    desk.save(desk.hr, "background", "  \n", 1)
    assert load_sections(desk.now) == {}
    assert load_rows(desk.now)["background"].version == 2
