"""Criteria picked in the house, weighed and amended; the recruitment's own facts; its rounds."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from support import KEYS, Client, case, declared, full_case, load, make_person, signed_in

from recruit.extensions import db
from recruit.recruitments.models import Amendment, Criterion, Recruitment
from recruit.recruitments.service import load_recruitment


class Room:
    """A recruitment and HR at the screen."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.id = load(case(**changes)).id
        self.base = f"/recruitments/{self.id}"
        make_person("hr@example.org", "hr")
        self.hr: Client = signed_in(app, "hr@example.org")

    @property
    def now(self) -> Recruitment:
        db.session.expire_all()
        recruitment = load_recruitment(self.id)
        assert recruitment is not None
        return recruitment

    def keys(self) -> list[str]:
        return [criterion.key for criterion in self.now.criteria]

    def criterion(self, key: str) -> Criterion:
        return next(item for item in self.now.criteria if item.key == key)

    def pick(self, *keys: str, **more: str) -> Any:
        return self.hr.post(self.base + "/house", data={"criterion": list(keys), **more})

    def fields(self, key: str, **values: str) -> dict[str, str]:
        """The fields of a criterion as its form sends them, untouched but for `values`."""
        item = self.criterion(key)
        own = {"weight": f"{item.weight:g}", "minimum": str(item.minimum or ""), "here": item.here} | values
        return {f"{item.id}-{name}": value for name, value in own.items()}

    def all_fields(self, **values: str) -> dict[str, str]:
        """As the form sends them; `values` are those of the first criterion."""
        sent = self.fields(KEYS[0], **values)
        for key in KEYS[1:]:
            sent |= self.fields(key)
        return sent


def hidden(page: str, name: str) -> str:
    """The value of a hidden field of a page."""
    field = next(part for part in page.split("<input") if f'name="{name}"' in part)
    return field.split('value="')[1].split('"')[0]


def test_new_recruitment_has_a_round_and_leads_to_the_house(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    values = {
        "title": "Chef",
        "role": "institution_manager",
        "department": "Teknik",
        "language": "en",
        "charter": "odder",
    }
    answer = hr.post("/recruitments/new", data=values)
    assert answer.location.endswith("/needs")
    made = db.session.scalars(db.select(Recruitment)).one()
    assert (made.title, made.language, [round_.name for round_ in made.rounds]) == ("Chef", "en", ["Interview 1"])
    assert made.criteria == []


@pytest.mark.parametrize(
    "values", [{"role": "queen"}, {"charter": "atlantis"}, {"title": ""}, {"language": "fr"}], ids=str
)
def test_recruitment_that_cannot_be_keeps_what_was_typed(app: Flask, values: dict[str, str]) -> None:
    make_person("hr@example.org", "hr")
    sent = {
        "title": "Chef",
        "role": "institution_manager",
        "department": "Børn & <Unge>",
        "language": "da",
        "charter": "odder",
    }
    answer = signed_in(app, "hr@example.org").post("/recruitments/new", data=sent | values)
    assert answer.status_code == 400
    assert "Børn &amp; &lt;Unge&gt;" in answer.get_data(as_text=True)
    assert db.session.scalar(db.select(Recruitment.id)) is None


def test_picking_keeps_the_weight_of_what_stays_and_the_charters_order(app: Flask) -> None:
    room = Room(app)
    assert room.pick("resilience.2", "performance.2", "compliance.4").status_code == 302
    assert room.keys() == ["performance.2", "compliance.4", "resilience.2"]
    assert [item.weight for item in room.now.criteria] == [2.0, 1.0, 1.0]
    kept = room.criterion("compliance.4")
    assert (kept.minimum, kept.here) == (3, "At kunne stå ved sine beslutninger.")


def test_whole_area_is_picked_as_one_criterion(app: Flask) -> None:
    room = Room(app, criteria=[])
    room.pick("emergence")
    assert room.keys() == ["emergence"]
    assert "hele fokusområdet" in room.hr.get(room.base + "/criteria").get_data(as_text=True)


def test_unknown_statement_is_refused_and_nothing_is_changed(app: Flask) -> None:
    room = Room(app)
    answer = room.pick("performance.2", "performance.99")
    assert answer.status_code == 400
    assert "”performance.99” findes ikke" in answer.get_data(as_text=True)
    assert room.keys() == list(KEYS)


def test_two_windows_that_pick_do_not_undo_each_other(app: Flask) -> None:
    room = Room(app)
    shown = " ".join(KEYS)
    room.pick(*KEYS, "emergence.1", shown=shown)
    room.pick(*KEYS[:2], "performance.5", shown=shown)  # opened before: takes resilience out, puts performance.5 in
    assert room.keys() == ["performance.2", "performance.5", "compliance.4", "emergence.1"]


def test_text_about_a_criterion_is_not_thrown_away_unasked(app: Flask) -> None:
    room = Room(app)
    shown = " ".join(KEYS)
    answer = room.pick("performance.2", shown=shown)
    assert answer.status_code == 400
    assert "At kunne stå ved sine beslutninger." in answer.get_data(as_text=True)
    assert room.keys() == list(KEYS)
    room.pick("performance.2", shown=shown, confirmed="yes")
    assert room.keys() == ["performance.2"]


def test_script_gets_the_panel_at_the_side(app: Flask) -> None:
    room = Room(app)
    page = room.pick(*KEYS, "emergence.1", shown=" ".join(KEYS), part="side").get_data(as_text=True)
    assert "4 kriterier valgt" in page
    assert "<html" not in page


def test_nothing_is_picked_or_weighed_after_the_lock(app: Flask) -> None:
    room = Room(app, locked=[1])
    for more in ({}, {"part": "side"}, {"shown": " ".join(KEYS)}, {"confirmed": "yes"}):
        answer = room.pick("emergence.1", **more)
        assert answer.status_code == 400
        assert "låst" in answer.get_data(as_text=True)
    assert room.hr.post(room.base + "/criteria", data=room.all_fields(weight="9")).status_code == 400
    assert room.keys() == list(KEYS)
    assert room.criterion(KEYS[0]).weight == 2.0


def test_criteria_are_weighed_with_a_comma(app: Flask) -> None:
    room = Room(app)
    sent = room.all_fields(weight="2,5", weight_reason="Det tungeste", minimum="4", here=" Her\r\nog nu. ")
    assert room.hr.post(room.base + "/criteria", data=sent).status_code == 302
    item = room.criterion(KEYS[0])
    assert (item.weight, item.minimum, item.here) == (2.5, 4, "Her\nog nu.")


@pytest.mark.parametrize(
    "values",
    [
        {"weight": "0"},
        {"weight": "-1"},
        {"weight": "100,1"},
        {"weight": "nan"},
        {"weight": "1e9"},
        {"weight": "to"},
        {"weight": ""},
        {"minimum": "6"},
        {"minimum": "0"},
        {"minimum": "3,5"},
        {"here": "x" * 2_001},
        {"here": "Det her\x07 sker"},
    ],
    ids=lambda values: str(values)[:30],
)
def test_weight_and_minimum_that_cannot_be_are_refused_and_everything_typed_is_kept(
    app: Flask, values: dict[str, str]
) -> None:
    room = Room(app)
    sent = room.all_fields(**({"here": "Lige skrevet <nu>"} | values)) | room.fields("resilience", here="Også dette")
    answer = room.hr.post(room.base + "/criteria", data=sent)
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "Også dette" in page
    if "here" in values:
        assert values["here"][:7] in page
    else:
        assert "Lige skrevet &lt;nu&gt;" in page
        for name, typed in values.items():
            assert name == "minimum" or f'value="{typed}"' in page
    assert room.criterion(KEYS[0]).weight == 2.0
    assert room.criterion("resilience").here == ""


def test_two_who_write_about_one_criterion_see_both_texts(app: Flask) -> None:
    room = Room(app)
    page = room.hr.get(room.base + "/criteria").get_data(as_text=True)
    item = room.criterion("compliance.4")
    mine = {
        f"{item.id}-version": hidden(page, f"{item.id}-version"),
        f"{item.id}-shown": hidden(page, f"{item.id}-shown"),
    }
    other = signed_in(app, "hr@example.org")
    other.post(room.base + "/criteria", data=room.fields("compliance.4", here="Den andens ord"))
    answer = room.hr.post(room.base + "/criteria", data=mine | room.fields("compliance.4", here="Mine ord"))
    assert answer.status_code == 409
    page = answer.get_data(as_text=True)
    assert "Den andens ord" in page
    assert "Mine ord" in page
    assert room.criterion("compliance.4").here == "Den andens ord"
    mine = {
        f"{item.id}-version": hidden(page, f"{item.id}-version"),
        f"{item.id}-shown": hidden(page, f"{item.id}-shown"),
    }
    assert (
        room.hr.post(room.base + "/criteria", data=mine | room.fields("compliance.4", here="Mine ord")).status_code
        == 302
    )
    assert room.criterion("compliance.4").here == "Mine ord"


def test_text_about_a_criterion_is_saved_as_typed_and_overwrites_nobody(app: Flask) -> None:
    room = Room(app)
    path = f"{room.base}/criteria/{room.criterion('compliance.4').id}/texts/"

    def put(name: str, text: object, version: object) -> Any:
        return room.hr.put(path + name, json={"text": text, "version": version})

    page = room.hr.get(room.base + "/criteria").get_data(as_text=True)
    first = put("here", "Først ", int(hidden(page, f"{room.criterion('compliance.4').id}-here_version")))
    assert (first.status_code, room.criterion("compliance.4").here) == (200, "Først ")
    assert put("reason", "Derfor", 0).status_code == 200  # the other text of the criterion is not in its way
    assert put("here", "Den andens", 0).status_code == 409
    assert put("here", "Den andens", 0).json["text"] == "Først "
    then = put("here", "Så", first.json["version"])
    assert then.status_code == 200
    for name, text in (("here", "x" * 2_001), ("here", "\x07")):
        assert put(name, text, then.json["version"]).status_code == 400, text[:9]
    assert put("weight", "2", 0).status_code == 404
    # The form that was open all the while holds what the script has saved.
    item = room.criterion("compliance.4")
    opened = {f"{item.id}-{name}": hidden(page, f"{item.id}-{name}") for name in ("version", "shown")}
    sent = room.fields("compliance.4", here="Så", reason="Derfor", weight="1", minimum="3")
    assert room.hr.post(room.base + "/criteria", data=opened | sent).status_code == 302
    stored = room.criterion("compliance.4")
    assert (stored.here, stored.reason, stored.minimum) == ("Så", "Derfor", 3)


def test_text_about_a_criterion_that_another_took_out_is_given_back(app: Flask) -> None:
    room = Room(app)
    sent = room.all_fields(here="En tekst, der tog en time")
    room.pick("compliance.4", "resilience")
    answer = room.hr.post(room.base + "/criteria", data=sent)
    assert answer.status_code == 409
    assert "En tekst, der tog en time" in answer.get_data(as_text=True)


def test_amendment_needs_a_reason_and_is_kept_with_before_and_after(app: Flask) -> None:
    room = Room(app, locked=[1])
    typed = f"{room.base}/criteria/{room.criterion(KEYS[0]).id}/texts/reason"
    assert "låst" in room.hr.put(typed, json={"text": "For sent", "version": 0}).json["error"]
    assert room.criterion(KEYS[0]).reason == ""
    path = f"{room.base}/criteria/{room.criterion(KEYS[0]).id}/amend"
    values = {"weight": "3", "minimum": "", "here": ""}
    for reason in ("", "   "):
        answer = room.hr.post(path, data=values | {"reason": reason})
        assert answer.status_code == 400
        assert 'value="3"' in answer.get_data(as_text=True)
    assert room.criterion(KEYS[0]).weight == 2.0
    assert room.hr.post(path, data=values | {"reason": "Udvalget var enigt."}).status_code == 302
    assert room.criterion(KEYS[0]).weight == 3.0
    amendment = db.session.scalars(db.select(Amendment)).one()
    assert (amendment.subject, amendment.reason) == (KEYS[0], "Udvalget var enigt.")
    assert "vægt 2" in amendment.before
    assert "vægt 3" in amendment.after
    assert "Udvalget var enigt." in room.hr.get(room.base + "/criteria").get_data(as_text=True)


def test_amendment_is_refused_after_a_reveal_and_before_the_lock(app: Flask) -> None:
    values = {"weight": "3", "minimum": "", "here": "", "reason": "For sent."}
    revealed = Room(app, **{key: full_case()[key] for key in ("impartiality", "scorecards")}, revealed=[1])
    answer = revealed.hr.post(f"{revealed.base}/criteria/{revealed.criterion(KEYS[0]).id}/amend", data=values)
    assert answer.status_code == 400
    assert "afsløret" in answer.get_data(as_text=True)
    assert revealed.criterion(KEYS[0]).weight == 2.0
    unlocked = load(case())
    path = f"/recruitments/{unlocked.id}/criteria"
    answer = revealed.hr.post(f"{path}/{unlocked.criteria[0].id}/amend", data=values)
    assert answer.location.endswith(path)
    assert db.session.scalar(db.select(Amendment.id)) is None


def test_facts_that_two_change_are_merged_field_by_field(app: Flask) -> None:
    room = Room(app)
    page = room.hr.get(room.base + "/edit").get_data(as_text=True)
    opened = {name: hidden(page, name) for name in ("version", "shown")}
    facts = {
        "title": "Leder af Havhuset",
        "role": "institution_manager",
        "department": "Børn og Unge",
        "case_number": "26/1",
        "superior": "",
        "language": "da",
    }
    assert (
        room.hr.post(room.base + "/edit", data=opened | facts | {"superior": "Kommunaldirektøren"}).status_code == 302
    )
    assert room.hr.post(room.base + "/edit", data=opened | facts | {"title": "Leder af Søhuset"}).status_code == 302
    now = room.now
    assert (now.title, now.superior) == ("Leder af Søhuset", "Kommunaldirektøren")
    clash = room.hr.post(room.base + "/edit", data=opened | facts | {"title": "Leder af Åhuset"})
    assert clash.status_code == 409
    assert "Leder af Søhuset" in clash.get_data(as_text=True)
    assert "Leder af Åhuset" in clash.get_data(as_text=True)


def test_round_is_planned_changed_and_removed_until_it_is_locked(app: Flask) -> None:
    room = Room(app, impartiality=declared(), locked=[1])
    new = {"name": "2. samtale", "minutes": "45", "criteria": ["performance.2"]}
    assert room.hr.post(room.base + "/rounds/new", data=new).status_code == 302
    second = room.now.rounds[1]
    assert (second.number, second.minutes, [item.key for item in second.chosen_criteria]) == (2, 45, ["performance.2"])
    for minutes in ("9", "481", "en time", ""):
        answer = room.hr.post(room.base + "/rounds/2/edit", data=new | {"minutes": minutes})
        assert answer.status_code == 400
        assert 'value="2. samtale"' in answer.get_data(as_text=True)
    room.hr.post(room.base + "/rounds/2/edit", data=new | {"minutes": "50", "criteria": list(KEYS)})
    assert (room.now.rounds[1].minutes, room.now.rounds[1].chosen_criteria) == (50, [])
    assert room.hr.post(room.base + "/rounds/1/edit", data=new).status_code == 400
    assert room.hr.post(room.base + "/rounds/1/remove").status_code == 400
    assert room.hr.post(room.base + "/rounds/2/remove").status_code == 302
    assert [(round_.number, round_.minutes) for round_ in room.now.rounds] == [(1, 60)]
