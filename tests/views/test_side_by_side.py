"""Two candidates beside each other, and the rounds beside each other: on the page, and on paper."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from room import Room, cards
from support import KEYS, MEMBERS, card, case, declared, load, signed_in
from wordfile import WordFile

from recruit.comparison.documents import comparison_document
from recruit.comparison.service import load_revealed
from recruit.documents.origin import read_origin
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.scoring.progress import reveal

# The first criterion weighs 2. By score K1 is 3.9 and K2 2.4; K3 has none.
SCORES: dict[str, tuple[tuple[int | None, ...], ...]] = {
    "K1": ((5, 3, 4), (4, 3, 4), (3, 4, 5)),
    "K2": ((3, 3, 1), (2, 3, 2), (3, None, 3)),
    "K3": ((None, None, None),) * 3,
}
CANDIDATES = [*case()["candidates"], {"ref": "K3", "name": "Dorte Dam"}]
NAMES = ("Carla Chef", "Anna Andersen", "Bo Berg")
AGREED = {"candidate": "K2", "round": 1, "statement": KEYS[2], "score": 1, "reason": "Vi hørte det samme."}


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]*>", " ", html.partition("<main")[2]).split())


def room_of(app: Flask, **changes: Any) -> Room:
    values = {
        "candidates": CANDIDATES,
        "impartiality": declared(MEMBERS, ("K1", "K2", "K3")),
        "scorecards": cards(SCORES),
        "consensus": [AGREED],
    }
    return Room(app, **(values | changes))


def test_differences_stand_heaviest_first_with_what_each_member_heard_of_both(app: Flask) -> None:
    room = room_of(app)
    html = room.text("anna", f"{room.base}/comparison/differences")
    page = words(html)
    assert "K1 ligger højest på 3 kriterier, K2 på 0." in page
    order = re.findall(r'<section class="card versus" id="criterion-(\d+)"', html)
    # by weight: 2 · 1.33 / 4, then (4.33 − 1) / 4 with the consensus, then 0.33 / 4
    assert order == [str(room.criteria[key]) for key in (KEYS[2], KEYS[0], KEYS[1])]
    assert "+0,83" in page
    assert "før 2,0" in page
    assert "Vi hørte det samme." in page
    for name in ("chair", "anna", "bo"):
        for ref in ("K1", "K2"):
            assert f"{name} om {ref}, {KEYS[0]}: sagde noget konkret" in page
    assert "om K3" not in page


def test_differences_show_sides_in_place_of_names_where_that_is_asked_for(app: Flask) -> None:
    room = room_of(app)
    path = f"{room.base}/comparison/differences"
    for query, named in (("", True), ("?nameless=y", False)):
        page = words(room.text("chair", path + query))
        sheet = WordFile(room.as_("chair").get(f"{path}.docx{query}").data)
        assert sheet.faults() == []
        for text in (page, sheet.text):
            assert all((name in text) is named for name in NAMES)
            assert "Brugere eller forældre" in text
            assert "chair om K2" in text


def test_sheet_says_what_the_page_says_and_what_it_was_made_from(app: Flask) -> None:
    room = room_of(app)
    sheet = room.as_("bo").get(f"{room.base}/comparison/differences.docx?a={room.candidates['K2']}")
    file = WordFile(sheet.data)
    assert file.styled("Lead") == ["K2 ligger højest på 0 kriterier, K1 på 3."]
    assert [row[3:] for row in file.rows("Forskel", "I scoren")] == [
        ["−3,33", "−0,83"],
        ["−1,33", "−0,67"],
        ["−0,33", "−0,08"],
    ]
    assert read_origin(sheet.data).kind == "differences"


def test_candidate_without_a_score_is_not_compared_by_a_number(app: Flask) -> None:
    room = room_of(app)
    path = f"{room.base}/comparison/differences?a={room.candidates['K3']}&b={room.candidates['K1']}"
    page = words(room.text("hr", path))
    assert "K3 og K1 er ikke belyst på noget fælles kriterium." in page
    assert "K3 har ingen score, fordi intet kriterium er belyst." in page


def test_faulty_pair_is_refused_in_a_sentence(app: Flask) -> None:
    room = room_of(app)
    for query in (f"?a={room.candidates['K1']}&b={room.candidates['K1']}", "?a=999&b=x", "?a=%00"):
        page = room.as_("anna").get(f"{room.base}/comparison/differences{query}")
        assert page.status_code == 400
        assert "Vælg" in words(page.get_data(as_text=True))
        sheet = room.as_("anna").get(f"{room.base}/comparison/differences.docx{query}")
        assert sheet.status_code == 400
        assert not sheet.data.startswith(b"PK")


# Rounds


def two_rounds(*, revealed: tuple[int, ...] = (1, 2)) -> Recruitment:
    """K1 and K2 go on, K3 does not; the second round rates two of the three criteria, and Bo is excused from it."""
    first = {"K1": (4, 3, 5), "K2": (2, 3, 3), "K3": (5, 5, 5)}
    second = {"K1": (3, 3), "K2": (5, 4)}
    given = [
        card(member, ref, dict(zip(KEYS, scores, strict=True))) for member in MEMBERS for ref, scores in first.items()
    ]
    given += [
        card(member, ref, dict(zip(KEYS, scores, strict=False)), number=2)
        for member in MEMBERS[:2]
        for ref, scores in second.items()
    ]
    rounds = [
        {"number": 1, "name": "1. samtale", "minutes": 60},
        {
            "number": 2,
            "name": "2. samtale",
            "minutes": 60,
            "candidates": ["K1", "K2"],
            "criteria": list(KEYS[:2]),
        },
    ]
    excused = [{"panelist": MEMBERS[2], "candidate": ref, "round": 2, "code": "absent"} for ref in ("K1", "K2")]
    return load(
        case(
            rounds=rounds,
            candidates=CANDIDATES,
            impartiality=declared(MEMBERS, ("K1", "K2", "K3")),
            scorecards=given,
            excused=excused,
            revealed=list(revealed),
        )
    )


def test_rounds_stand_beside_each_other_and_are_never_mixed(app: Flask) -> None:
    recruitment = two_rounds()
    page = words(
        signed_in(app, "anna@example.org")
        .get(f"/recruitments/{recruitment.id}/comparison/rounds")
        .get_data(as_text=True)
    )
    for sentence in (
        "K3 er med i 1. samtale, ikke i 2. samtale.",
        "Runderne har 2 fælles kriterier; 1. samtale har 3, 2. samtale har 2.",
        "2 medlemmer har vurderet i begge runder, 3 i 1. samtale og 2 i 2. samtale.",
    ):
        assert sentence in page
    # K2 was 3rd of 3 with 2.50, is 1st of 2 with 4.67: up one among the two, and 7/3 on what both rounds rate
    row = page.rpartition("Plads og score")[2].partition("K2 Bent Æbelø")[2].partition("K1 Åse")[0]
    for part in ("nr. 3 af 3", "2,50", "▲ 1 plads op", "+2,33 på 2 af 3 kriterier", "nr. 1 af 2", "4,67"):
        assert part in row


def test_report_tells_of_the_rounds_before_it_and_never_of_a_later_one(app: Flask) -> None:
    recruitment = two_rounds(revealed=(1,))
    first, second = recruitment.rounds
    before = comparison_document(load_revealed(recruitment, first))
    reveal(recruitment, second, actor=None)
    db.session.commit()
    after = comparison_document(load_revealed(recruitment, first))
    assert read_origin(after).digest == read_origin(before).digest
    assert "2. samtale" not in WordFile(after).text
    later = WordFile(comparison_document(load_revealed(recruitment, second)))
    assert later.faults() == []
    rows = {row[0]: row[1:] for row in later.rows("Bevægelse")}
    assert rows["K2 Bent Æbelø"] == ["nr. 3 af 3\n2,50", "▲ 1 plads op\n+2,33 på 2 af 3 kriterier", "nr. 1 af 2\n4,67"]
    assert rows["K3 Dorte Dam"] == ["nr. 1 af 3\n5,00", "–", "ikke med"]


def test_unrevealed_round_is_not_beside_the_others(app: Flask) -> None:
    recruitment = two_rounds(revealed=(1,))
    chair = signed_in(app, "chair@example.org")
    page = words(chair.get(f"/recruitments/{recruitment.id}/comparison/rounds").get_data(as_text=True))
    assert "Kun 1. samtale er vist. Når næste runde er afsløret, står de to side om side her." in page
    assert "2. samtale" not in page
    assert "4,67" not in page
    answer = chair.get(f"/recruitments/{recruitment.id}/comparison/rounds?round=2")
    assert answer.status_code == 400
    assert "4,67" not in words(answer.get_data(as_text=True))
