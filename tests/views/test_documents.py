"""The Word documents of a recruitment: the job profile, the interview guide, the blank scorecard, and what all share."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from support import case, full_case, load, signed_in
from wordfile import WordFile

from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.extensions import db
from recruit.profiles.documents import profile_document
from recruit.profiles.service import load_sections
from recruit.questions.documents import guide_document
from recruit.questions.guide import load_guide
from recruit.questions.service import bank_of
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import charter_of
from recruit.scoring.documents import scorecard_document

HOSTILE = "<b>Å & \"Ø\"</b> 'x' 🎈 שלום"
NAMES = {
    "profile": "Job- og kompetenceprofil",
    "guide": "Interviewguide, 1. samtale",
    "scorecard": "Vurderingsskema, 1. samtale",
    "comparison": "Sammenligning, 1. samtale",
}
PATHS = {
    "profile": "/profile.docx",
    "guide": "/rounds/1/guide.docx",
    "scorecard": "/rounds/1/scorecard.docx",
    "comparison": "/rounds/1/comparison.docx",
}
FILE_NAMES = {
    "profile": "Leder-af-Havhuset-jobprofil.docx",
    "guide": "Leder-af-Havhuset-interviewguide-1-samtale.docx",
    "scorecard": "Leder-af-Havhuset-vurderingsskema-1-samtale.docx",
    "comparison": "Leder-af-Havhuset-sammenligning-1-samtale.docx",
}
PROFILE = {
    "contact": "Ring til Carla.",
    "background": "Første afsnit.\n\nAndet afsnit:\n- ét punkt\n- to punkter",
    "tasks": "   \n",
}
AREA = "Hele huset skal kunne holde til en storm."


def recruitment_part(**changes: str) -> dict[str, str]:
    return case()["recruitment"] | changes


def built(recruitment: Recruitment, name: str) -> WordFile:
    round_ = recruitment.rounds[0]
    if name == "profile":
        texts = {key: row.text for key, row in load_sections(recruitment).items()}
        return WordFile(profile_document(recruitment, texts))
    if name == "comparison":
        return WordFile(comparison_document(load_revealed(recruitment, round_)))
    build = guide_document if name == "guide" else scorecard_document
    return WordFile(build(recruitment, round_, load_guide(round_)))


def of(name: str, **changes: Any) -> tuple[Recruitment, WordFile]:
    recruitment = load(full_case(**({"revealed": [1], "profile": PROFILE} | changes)))
    return recruitment, built(recruitment, name)


@pytest.mark.parametrize("name", NAMES)
def test_document_is_well_made_and_names_its_case(app: Flask, name: str) -> None:
    _recruitment, file = of(name)
    assert file.faults() == []
    section = file.document.sections[0]
    assert section.header.paragraphs[0].text == "Leder af Havhuset"
    footer = section.footer.paragraphs[0].text
    assert footer.startswith(f"{app.config['ORGANISATION']} · {NAMES[name]} · sag 26/1 · Side ")
    assert file.document.core_properties.title == f"{NAMES[name]}: Leder af Havhuset"
    assert file.document.core_properties.language == "da-DK"


@pytest.mark.parametrize("name", NAMES)
def test_hostile_names_survive_whole(app: Flask, name: str) -> None:
    title = f"{HOSTILE} leder"
    people = [item | {"name": f"{HOSTILE} {item['name']}"} for item in case()["panel"]]
    candidates = [item | {"name": f"{HOSTILE} {item['name']}"} for item in case()["candidates"]]
    part = recruitment_part(title=title, department=HOSTILE, case_number=HOSTILE)
    _recruitment, file = of(name, recruitment=part, panel=people, candidates=candidates)
    assert file.document.sections[0].header.paragraphs[0].text == title
    assert HOSTILE in file.document.sections[0].footer.paragraphs[0].text
    assert title in file.text
    assert file.faults() == []
    if name == "comparison":
        assert f"{HOSTILE} Åse Ørsted" in file.text
        assert f"{HOSTILE} Bo Berg" in file.text


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(("language", "other"), [("da", "en"), ("en", "da")])
def test_download_is_in_the_recruitments_language_with_a_safe_name(
    app: Flask, name: str, language: str, other: str
) -> None:
    recruitment = load(full_case(revealed=[1], profile=PROFILE, recruitment=recruitment_part(language=language)))
    browser = signed_in(app, "chair@example.org")
    with browser.session_transaction() as session:
        session["language"] = other
    answer = browser.get(f"/recruitments/{recruitment.id}{PATHS[name]}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
    disposition = answer.headers["Content-Disposition"]
    assert re.fullmatch(r"attachment; filename=[A-Za-z0-9-]+\.docx", disposition)
    if other == "da":
        assert disposition.endswith(f"={FILE_NAMES[name]}")
    file = WordFile(answer.data)
    danish = language == "da"
    assert ("Side" if danish else "Page") in file.document.sections[0].footer.paragraphs[0].text
    assert file.document.core_properties.language == ("da-DK" if danish else "en-GB")
    statement = charter_of(recruitment).find("performance.2")
    assert statement is not None
    assert statement[1].text.within(language) in file.text
    assert statement[1].text.within(other) not in file.text


# The job profile


def test_profile_has_its_sections_in_order_and_no_empty_ones(app: Flask) -> None:
    _recruitment, file = of("profile")
    assert file.styled("Heading 1") == ["Indledning og baggrund", "Lederprofil", "Kontakt"]


def test_profile_without_texts_still_has_the_leader_profile(app: Flask) -> None:
    _recruitment, file = of("profile", profile={})
    assert file.styled("Heading 1") == ["Lederprofil"]


def test_profile_writes_hyphen_lines_as_bullets_and_blank_lines_as_paragraphs(app: Flask) -> None:
    _recruitment, file = of("profile")
    assert file.styled("List Bullet") == ["ét punkt", "to punkter"]
    assert [text for text in file.styled("Normal") if "afsnit" in text] == ["Første afsnit.", "Andet afsnit:"]


def test_profile_tells_the_criteria_by_room_without_weights_and_minimums(app: Flask) -> None:
    criteria = [
        {"statement": "performance.2", "weight": 2.75},
        {"statement": "compliance.4", "minimum": 3, "here": "At kunne stå ved sine beslutninger."},
        {"area": "resilience", "here": AREA},
    ]
    recruitment, file = of("profile", criteria=criteria)
    charter = charter_of(recruitment)
    rooms = [area for area in charter.areas if area.id in ("performance", "compliance", "resilience")]
    badges = [f" {area.letter}   {area.heading.da}" for area in rooms]
    assert file.styled("Heading 2") == [*badges, "Værdierne bag"]
    assert charter.one_profile.da in file.styled("Quote")
    assert "tillid, samarbejde og dialog" in file.after("Værdierne bag")
    assert "At kunne stå ved sine beslutninger." in file.text
    assert AREA in file.text
    assert next(area for area in charter.areas if area.id == "resilience").definition.da in file.text
    assert not re.search(r"vægt|mindst 3|mindstekrav|2,75", file.text, re.IGNORECASE)


# The interview guide and the blank scorecard (the guide has tests of its own)


def test_guide_and_scorecard_keep_the_wording_they_were_locked_with(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    recruitment = load(case(locked=[1]))
    before = {name: built(recruitment, name).text for name in ("guide", "scorecard")}
    entry = bank_of("odder").entries["performance.2"]
    changed = type(entry.anchors[5])(da="En ny tekst i banken", en="A new text in the bank")
    monkeypatch.setitem(entry.anchors, 5, changed)
    for question in entry.questions:
        monkeypatch.setitem(question.__dict__, "text", changed)
    open_again = load(case())
    assert changed.da in built(open_again, "guide").text
    db.session.expire_all()
    assert {name: built(recruitment, name).text for name in before} == before


def test_scorecard_names_neither_candidates_nor_members(app: Flask) -> None:
    _recruitment, file = of("scorecard")
    for person in (*case()["panel"], *case()["candidates"]):
        assert person["name"] not in file.raw
        assert person.get("email", "@") not in file.raw
    assert "sagde noget konkret" not in file.raw


def test_scorecard_follows_the_guide_with_six_boxes_for_every_criterion(app: Flask) -> None:
    questions = ["compliance.4.b1", "performance.2.b1"]
    criteria = [{"statement": "performance.2"}, {"statement": "compliance.4"}]
    rounds = [{"number": 1, "name": "1. samtale", "questions": questions}]
    recruitment = load(case(criteria=criteria, rounds=rounds))
    file = built(recruitment, "scorecard")
    charter = charter_of(recruitment)
    found = [charter.find(key) for key in ("compliance.4", "performance.2")]
    texts = [item[1].text.da for item in found if item is not None]
    *headings, overall = file.styled("Heading 1")
    assert [heading.partition("   ")[2] for heading in headings] == texts
    assert overall == "Samlet indtryk"
    boxes = [sum(text == "☐" for text in (row.cells[0].text for row in table.rows)) for table in file.tables]
    assert [count for count in boxes if count] == [6, 6]
    assert file.text.count("☐") == 12
