"""The profile in Word, as an applicant downloads it."""

from __future__ import annotations

from typing import Any

import pytest
from docx.oxml.ns import qn
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support import case, load, make_person, signed_in
from wordfile import WordFile

from recruit.charter.service import charters
from recruit.profiles.house_picture import TEXT_SIZE, WIDTH, house_picture, wrapped
from recruit.recruitments.presentation import picture_bars

STEPS = [
    {"code": "deadline", "title": "Ansøgningsfrist", "starts": "2027-03-01", "responsible": "HR"},
    {"code": "interviews_1", "title": "1. samtaler", "starts": "2027-03-10", "ends": "2027-03-12"},
    {"code": "negotiation", "title": "Lønforhandling med organisationen", "starts": "2027-03-20"},
    {"code": "start", "title": "Tiltrædelse", "starts": "2027-05-01"},
]


def profile_of(app: Flask, **changes: Any) -> WordFile:
    recruitment = load(case(**changes))
    make_person("hr@example.org", "hr")
    answer = signed_in(app, "hr@example.org").get(f"/recruitments/{recruitment.id}/profile.docx")
    assert answer.status_code == 200
    return WordFile(answer.data)


def test_sections_stand_in_the_order_they_were_given(app: Flask) -> None:
    texts = {"background": "Bag", "contact": "Ring", "tasks": "Opgaver her"}
    word = profile_of(app, profile=texts, profile_state={"order": ["contact", "tasks"]})
    headings = word.styled("Heading 1")
    assert headings == ["Kontakt", "Opgaver og ansvar", "Indledning og baggrund", "Lederprofil"]
    links = ["".join(part.text for part in link.iter(qn("w:t"))) for link in word.body.iter(qn("w:hyperlink"))]
    assert [text for text in links if text in headings] == headings
    assert word.faults() == []


def test_timetable_tells_an_applicant_what_concerns_them_and_no_more(app: Flask) -> None:
    word = profile_of(app, timetable={"steps": STEPS})
    assert "Proces og tidsplan" in word.styled("Heading 1")
    for words in ("Ansøgningsfrist", "mandag 1. marts 2027", "10. til 12. marts 2027", "lørdag 1. maj 2027"):
        assert words in word.text
    assert "Lønforhandling" not in word.text
    assert word.text.index("1. marts 2027") < word.text.index("Indhold")  # on the front page too


def test_house_is_a_picture_with_the_chosen_statements_in_words(app: Flask) -> None:
    word = profile_of(app)
    described = [mark.get("descr") for mark in word.body.iter(qn("wp:docPr"))]
    assert len(described) == 2
    for statement in (
        "Vi sætter en tydelig retning og opnår følgeskab.",
        "Vi træffer beslutninger på et oplyst grundlag.",
    ):
        assert statement in described[0]
    assert "Performance: 1 kriterium, Compliance: 1 kriterium, Emergens: 0 kriterier" in described[1]
    assert "vægt" not in " ".join(described).lower()


def test_profile_without_criteria_has_no_picture_and_still_opens(app: Flask) -> None:
    word = profile_of(app, criteria=[])
    assert list(word.body.iter(qn("wp:docPr"))) == []
    assert "Lederprofil" in word.styled("Heading 1")


def test_picture_for_applicants_does_not_tell_the_weights(app: Flask) -> None:
    heavy = load(case(criteria=[{"statement": "performance.1", "weight": 9}, {"statement": "compliance.1"}]))
    shares = {bar.area.id: bar.share for bar in picture_bars(heavy, by_count=True)}
    assert shares == {"performance": 0.5, "compliance": 0.5, "emergence": 0.0, "resilience": 0.0}
    assert [bar.share for bar in picture_bars(heavy)][:2] == [0.9, 0.1]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=30)
@given(st.data())
def test_rooms_never_overlap_and_every_statement_is_inside_its_room(app: Flask, data: st.DataObject) -> None:
    charter = charters()[data.draw(st.sampled_from(["odder", "strandby"]))]
    keys = [item.id for _area, item in charter.criteria()]
    chosen = data.draw(st.sets(st.sampled_from(keys)))
    house = house_picture(charter, chosen)
    assert [room.area.id for room in house.rooms if room.whole] == [
        room.area.id for room in house.rooms if room.area.id in chosen
    ]
    assert {room.area.id for room in house.rooms} == {area.id for area in charter.areas}
    for room in house.rooms:
        assert 0 <= room.x < room.x + room.width <= WIDTH + 0.01
        assert room.y + room.height <= house.ground
        for line in room.statements:
            assert room.y < line.y
            assert line.y + line.height <= room.y + room.height
        for other in house.rooms:
            apart = room.x + room.width <= other.x or other.x + other.width <= room.x
            assert other is room or apart or room.y + room.height <= other.y or other.y + other.height <= room.y
    marked = sum(line.chosen for room in house.rooms for line in room.statements)
    assert marked == len([key for key in chosen if "." in key])


@pytest.mark.parametrize("width", [60, 200, 480])
@given(text=st.text(alphabet="abcæøå MW,.", max_size=120))
def test_wrapping_loses_no_word(width: int, text: str) -> None:
    assert " ".join(wrapped(text, width, TEXT_SIZE)).split() == text.split()
