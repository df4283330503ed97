"""Odd rounds: whatever was rated, each page and each report says in a sentence what is odd, and shows no made-up number."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from support import KEYS, MEMBERS, card, case, declared, load, signed_in
from wordfile import WordFile

NO_NUMBER = re.compile(r"\bnan\b|\bNone\b|\binf\b|(?<![\d,.])0,00?(?![\d,])", re.IGNORECASE)


@dataclass(frozen=True)
class Odd:
    """What a case is made of, and a sentence of the page and the report. `zeros` where 0,00 is what was found."""

    changes: dict[str, Any]
    sentence: str
    words: tuple[str, ...] = ()
    zeros: bool = False
    candidates: int = 2


def cards(scores: dict[str, tuple[int | None, ...]], members: tuple[str, ...] = MEMBERS) -> list[dict[str, Any]]:
    return [
        card(member, ref, dict(zip(KEYS, given, strict=True))) for member in members for ref, given in scores.items()
    ]


ONE = [case()["candidates"][0]]
# K1 alone; nobody is as strict as another.
APART = [
    card(member, "K1", dict(zip(KEYS, given, strict=True)))
    for member, given in zip(MEMBERS, ((4, 3, 5), (5, 4, 3), (2, 2, 4)), strict=True)
]
CONFLICTS = [
    {"panelist": member, "candidate": "K2", "conflict": True, "scope": "candidate", "reason": "i familie"}
    for member in MEMBERS
]
CASES = {
    "empty": Odd(
        {"candidates": [item | {"status": "withdrawn"} for item in case()["candidates"]], "scorecards": []},
        "Alle kandidater i runden har trukket sig",
        candidates=0,
    ),
    "one candidate": Odd(
        {"candidates": ONE, "impartiality": declared(MEMBERS, ("K1",)), "scorecards": APART},
        "Der er kun én kandidat.",
        ("Der er ingen rækkefølge at efterprøve: kun én kandidat har en score.",),
        candidates=1,
    ),
    "one member": Odd(
        {
            "panel": case()["panel"][:1],
            "impartiality": declared(MEMBERS[:1]),
            "scorecards": cards({"K1": (4, 3, 5), "K2": (2, 4, 3)}, MEMBERS[:1]),
        },
        "Kun ét medlem har vurderet.",
    ),
    "all equal": Odd(
        {"scorecards": cards({"K1": (3, 3, 3), "K2": (3, 3, 3)})},
        "Alle vurderinger er 3, så tallene skelner ikke mellem noget.",
        ("Enigheden i udvalget kan ikke beregnes: alle vurderinger er ens.",),
        zeros=True,
    ),
    "all not evidenced": Odd(
        {"scorecards": cards({"K1": (None, None, None), "K2": (None, None, None)})},
        "Ingen kandidat har fået noget kriterium belyst",
        ("Der er ingen rækkefølge at efterprøve: ingen kandidat har en score.",),
    ),
    "everyone disqualified for one": Odd(
        {
            "impartiality": [*declared(MEMBERS, ("K1",)), *CONFLICTS],
            "scorecards": APART,
        },
        "Alle i udvalget er inhabile over for K2 Bent Æbelø",
    ),
}


@pytest.mark.parametrize("name", CASES)
def test_odd_round_is_said_in_a_sentence_on_every_page_and_in_the_report(app: Flask, name: str) -> None:
    odd = CASES[name]
    recruitment = load(case(**({"impartiality": declared(), "revealed": [1]} | odd.changes)))
    browser = signed_in(app, MEMBERS[0])
    base = f"/recruitments/{recruitment.id}/rounds/1/comparison"
    answer = browser.get(f"{base}.docx")
    assert answer.status_code == 200
    report = WordFile(answer.data)
    assert report.faults() == []
    for sentence in (odd.sentence, *odd.words):
        assert sentence in report.text
    found = {"report": report.text}
    for place in (base, f"{base}/differences", f"/recruitments/{recruitment.id}/comparison/rounds"):
        page = browser.get(place)
        assert page.status_code == 200
        found[place] = re.sub(r"<[^>]*>", " ", page.get_data(as_text=True).partition("<main")[2])
    assert odd.sentence in found[base]
    sheet = browser.get(f"{base}/differences.docx")
    assert sheet.status_code == (200 if odd.candidates > 1 else 400)
    if odd.candidates > 1:
        found["sheet"] = WordFile(sheet.data).text
    if not odd.zeros:
        shown = {place: NO_NUMBER.findall(text) for place, text in found.items()}
        assert {place: hits for place, hits in shown.items() if hits} == {}
