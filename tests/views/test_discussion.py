"""The discussion after the reveal: what stands on the screen, in which order, and for whom."""

from __future__ import annotations

import re

from flask import Flask
from room import SCORES, Room, cards
from support import KEYS, full_case, mentions

from recruit.extensions import db
from recruit.scoring.models import Rating


def test_points_stand_widest_first_and_lead_from_one_to_the_next(app: Flask) -> None:
    room = Room(app)
    page = room.text("bo", room.point())
    seen = []
    for _step in range(6):
        seen.append(re.search(r"(\d) af 6", page)[1])  # type: ignore[index]
        found = re.search(r'href="([^"#]+)#discussion" data-next', page)
        if found is None:
            break
        page = room.text("bo", found[1])
    assert seen == list("123456")
    order = re.findall(
        r'href="[^"]*/discussion/(\d+)/(\d+)#discussion" data-point', room.text("bo", f"{room.base}/discussion")
    )
    ids = room.candidates["K1"], room.candidates["K2"]
    assert order[:2] == [(str(ids[0]), str(room.criteria[KEYS[0]])), (str(ids[1]), str(room.criteria[KEYS[2]]))]
    assert "data-previous" not in room.text("bo", room.point())
    assert f"{room.point('K2', KEYS[2])}#discussion" in room.text("bo", room.point())


def test_point_shows_every_rating_with_its_evidence_from_low_to_high(app: Flask) -> None:
    room = Room(app)
    page = room.text("bo", room.point())
    given = re.findall(r'class="discuss-score heat-(\d)', page)
    assert given == ["1", "5", "5"]
    for name in ("chair", "anna", "bo"):
        assert f"{name} om K1, {KEYS[0]}: sagde noget konkret" in page
    assert page.count("sagde noget konkret") == 3
    for side in ("Ledelse", "Medarbejdere", "Brugere eller forældre"):
        assert side in page
    assert "4 trin fra lavest til højest" in page


def test_not_evidenced_stands_last_outside_the_scale(app: Flask) -> None:
    room = Room(app, scorecards=cards(SCORES | {"K1": ((None, 3, 4), (5, 3, 4), (4, 3, 4))}))
    page = room.text("anna", room.point())
    assert re.findall(r'class="discuss-score heat-(\w+)', page) == ["4", "5", "none"]
    assert "Ikke belyst" in page


def test_names_are_only_on_the_page_of_whoever_leads(app: Flask) -> None:
    room = Room(app)
    for name, led in (("chair", True), ("anna", False), ("hr", False)):
        page = room.text(name, room.point()).partition("<main")[2]
        for member in ("Carla Chef", "Anna Andersen", "Bo Berg"):
            assert (f'<span class="discuss-member">{member}</span>' in page) is led
            assert (member in page) is led
        assert ("data-names" in page) is led
        assert ("data-agree" in page) is led


def test_point_hides_nothing_of_the_first_ratings_after_a_consensus(app: Flask) -> None:
    room = Room(app)
    answer = room.agree(5, "Eksemplet om vagtplanen afgjorde det.")
    assert answer.status_code == 302
    assert answer.location == f"{room.point()}#discussion"
    for name in ("chair", "anna", "hr"):
        page = room.text(name, room.point())
        assert "Udvalget blev enigt om 5." in page
        assert "Eksemplet om vagtplanen afgjorde det." in page
        assert re.findall(r'class="discuss-score heat-(\d)', page) == ["1", "5", "5"]
        assert "Gennemsnittet af de første vurderinger er 3,7." in page
    db.session.rollback()
    assert sorted(db.session.scalars(db.select(Rating.score).where(Rating.criterion_id == room.criteria[KEYS[0]]))) == [
        1, 3, 3, 3, 5, 5,
    ]  # fmt: skip
    assert "Konsensus 5" in room.text("anna", f"{room.base}/discussion")
    assert "1 med konsensus" in room.text("anna", room.point("K2", KEYS[2]))


def test_withdrawn_candidate_is_not_discussed(app: Flask) -> None:
    room = Room(app)
    path = f"/recruitments/{room.recruitment.id}/candidates/{room.candidates['K1']}/status"
    room.as_("chair").post(path, data={"status": "withdrawn"})
    assert room.as_("chair").get(room.point()).status_code == 404
    assert room.agree().status_code == 404
    assert not mentions(room.text("chair", f"{room.base}/discussion").partition("discuss-lists")[2], "K1")


def test_awkward_words_stand_as_they_were_written(app: Flask) -> None:
    words = "<script>alert(1)</script> \"&' æøå 😀 " + "langtordudenmellemrum" * 10
    scorecards = full_case()["scorecards"]
    scorecards[0]["ratings"][KEYS[0]]["evidence"] = words
    room = Room(app, scorecards=scorecards)
    room.agree(4, words)
    page = room.text("chair", room.point())
    assert "<script>alert" not in page
    assert page.count("&lt;script&gt;alert(1)&lt;/script&gt;") >= 2
