"""The comparison page: what it shows of an odd round, and what it would show with other weights."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from room import SCORES, Room, cards
from support import KEYS, MEMBERS, case, declared, empty_database

from recruit.comparison import page_views
from recruit.comparison.service import load_revealed
from recruit.comparison.whatif import Gate

NO_NUMBER = re.compile(r"\b(nan|inf|None|NaN)\b")
NAMED = """Åse <b>&"'</b> 🎉"""


def odd_rounds() -> dict[str, tuple[dict[str, Any], str]]:
    """What differs from the small round, and the sentence that the page says it in."""
    nothing = ((None, None, None),) * 3
    conflict = [
        *declared(refs=("K2",)),
        *(
            {"panelist": member, "candidate": "K1", "conflict": True, "scope": "candidate", "reason": "Nævnt"}
            for member in MEMBERS
        ),
    ]
    only = [{"ref": "K1", "name": NAMED, "email": ""}]
    alone = {"panel": case()["panel"][:1], "impartiality": declared(MEMBERS[:1])}
    return {
        "empty": ({"candidates": [], "impartiality": [], "scorecards": []}, "Der er ingen kandidater i runden"),
        "all withdrawn": (
            {"candidates": [row | {"status": "withdrawn"} for row in case()["candidates"]], "scorecards": []},
            "Alle kandidater i runden har trukket sig",
        ),
        "one candidate": (
            {"candidates": only, "impartiality": declared(refs=("K1",)), "scorecards": cards({"K1": SCORES["K1"]})},
            "Der er kun én kandidat.",
        ),
        "one member": (
            {**alone, "scorecards": [card for card in cards(SCORES) if card["panelist"] == MEMBERS[0]]},
            "Kun ét medlem har vurderet.",
        ),
        "all equal": ({"scorecards": cards(dict.fromkeys(SCORES, ((3, 3, 3),) * 3))}, "Alle vurderinger er 3"),
        "nothing evidenced": ({"scorecards": cards(dict.fromkeys(SCORES, nothing))}, "Ingen kandidat har fået"),
        "all in conflict with one": (
            {"impartiality": conflict, "scorecards": cards({"K2": SCORES["K2"]})},
            "Alle i udvalget er inhabile over for",
        ),
    }


def test_odd_round_gives_every_page_with_a_sentence_and_no_number_that_is_none(app: Flask) -> None:
    for name, (changes, sentence) in odd_rounds().items():
        room = Room(app, **changes)
        base, chair = f"{room.base}/comparison", room.as_("chair")
        page = room.text("chair", base)
        assert sentence in page, name
        paths = [f"{base}/screen", f"{base}/criteria/{room.criteria[KEYS[0]]}", f"{base}?w{room.criteria[KEYS[0]]}=5"]
        paths += [f"{base}/candidates/{one}" for one in room.candidates.values() if name != "all withdrawn"]
        answers = [chair.get(path) for path in paths]
        assert {answer.status_code for answer in answers} == {200}, name
        for each in [page, *(answer.get_data(as_text=True) for answer in answers)]:
            found = NO_NUMBER.search(re.sub(r"<[^>]*>", " ", each))
            assert found is None, (name, found)
            assert "<b>&" not in each
        empty_database()


# Other weights


def weights(room: Room, *values: str) -> str:
    return "&".join(f"w{room.criteria[key]}={value}" for key, value in zip(KEYS, values, strict=True))


def ranks_shown(page: str) -> dict[str, str]:
    """The score in the foot of the matrix by ref."""
    return dict(re.findall(r'data-score="(K\d)">([^<]*)<', page))


def without_token(page: str) -> str:
    return re.sub(r'(content|value)="[^"]{80,}"', "", page)


def test_other_weights_show_the_same_page_marked_and_leave_the_round_as_it_was(app: Flask) -> None:
    room = Room(app)
    path = f"{room.base}/comparison"
    before = room.text("anna", path)
    page = room.text("anna", f"{path}?{weights(room, '1', '0,5', '4')}")
    assert page.count("Hvad nu hvis</span>") >= 5  # the badge, wherever a number depends on the weights
    assert "<title>Hvad nu hvis · Sammenligning" in page
    assert ranks_shown(before) == {"K1": "3,58", "K2": "3,00"}  # weights 2, 1, 1
    assert ranks_shown(page) == {"K1": "3,85", "K2": "3,21"}  # (11/3 + 3/2 + 16) / 5.5, (3 + 4/3 + 40/3) / 5.5
    assert "comparison.docx" not in page
    assert without_token(room.text("anna", path)) == without_token(before)
    assert [criterion.weight for criterion in room.recruitment.criteria] == [2, 1, 1]


def test_script_is_told_what_the_page_says(app: Flask) -> None:
    room = Room(app)
    query = weights(room, "1", "0,5", "4")
    answer = room.as_("bo").get(f"{room.base}/comparison/what-if?{query}")
    found = answer.get_json()["candidates"]
    assert found["K1"]["score"] == pytest.approx((11 / 3 + 1.5 + 16) / 5.5, abs=1e-9)
    assert {ref: one["new_score"] for ref, one in found.items()} == ranks_shown(
        room.text("bo", f"{room.base}/comparison?{query}")
    )
    assert "Udvalget indstiller, og lederen beslutter." in answer.get_json()["verdict"]


def test_weight_that_cannot_be_used_is_refused_in_its_place_and_stays_as_typed(app: Flask) -> None:
    room = Room(app)
    chair, path, name = room.as_("chair"), f"{room.base}/comparison", f"w{room.criteria[KEYS[1]]}"
    for value in ("", "0", "-1", "nan", "1e3", "mange", "9999999999"):
        query = weights(room, "1", value, "4")
        answer, json = chair.get(f"{path}?{query}"), chair.get(f"{path}/what-if?{query}")
        page = answer.get_data(as_text=True)
        assert answer.status_code == 400
        assert re.search(rf'name="{name}" value="{re.escape(value)}"[^>]*aria-invalid="true"', page), value
        assert ranks_shown(page) == {"K1": "3,58", "K2": "3,00"}  # the round's own
        assert (json.status_code, list(json.get_json())) == (400, ["error"])


def test_what_if_is_bounded_by_the_minute_and_says_when_to_come_back(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = Room(app)
    monkeypatch.setattr(page_views, "GATE", Gate(a_minute=1, clock=lambda: 0.0))
    path, query = f"{room.base}/comparison", weights(room, "1", "2", "4")
    chair = room.as_("chair")
    assert chair.get(f"{path}/what-if?{query}").status_code == 200
    for address in (f"{path}/what-if?{query}", f"{path}?{query}"):
        answer = chair.get(address)
        assert (answer.status_code, answer.headers["Retry-After"]) == (429, "61")
        assert "Der bliver regnet meget lige nu." in answer.get_data(as_text=True) or answer.is_json
    assert room.as_("bo").get(f"{path}/what-if?{query}").status_code == 200
    assert chair.get(path).status_code == 200


def test_nothing_of_the_page_opens_before_the_reveal(app: Flask) -> None:
    room = Room(app, revealed=[])
    chair, path = room.as_("chair"), f"{room.base}/comparison"
    for address in ("", "/screen", "/what-if", f"/criteria/{room.criteria[KEYS[0]]}"):
        page = chair.get(f"{path}{address}?{weights(room, '1', '2', '4')}").get_data(as_text=True)
        assert "3,58" not in page
        assert "heat-" not in page


def test_weights_of_what_if_never_reach_the_memory_of_the_round(app: Flask) -> None:
    room = Room(app)
    room.as_("chair").get(f"{room.base}/comparison/what-if?{weights(room, '9', '1', '1')}")
    revealed = load_revealed(room.recruitment, room.recruitment.rounds[0])
    assert [criterion.weight for criterion in revealed.comparison.criteria] == [2, 1, 1]


def test_screen_names_no_member_and_severity_is_the_chairs_alone(app: Flask) -> None:
    room = Room(app)
    assert not re.search("Anna|Berg|Carla", room.text("hr", f"{room.base}/comparison/screen"))
    for name, is_shown in (("chair", True), ("bo", False), ("hr", False)):
        assert ("Kun for forpersonen" in room.text(name, f"{room.base}/comparison")) is is_shown
