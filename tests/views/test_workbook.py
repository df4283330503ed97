"""The Excel workbook of a revealed round, read back by another library."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from flask import Flask
from openpyxl.workbook.workbook import Workbook
from support import KEYS, MEMBERS, card, case, counted_queries, declared, load, signed_in

from recruit.comparison.service import load_revealed
from recruit.recruitments.models import Recruitment

TEMPTING = ["=1+1", "+1", "-1", "@SUM(A1)", '=HYPERLINK("http://x")', "Åse <b>&\"'</b> 🎉"]


def workbook(app: Flask, recruitment: Recruitment, email: str = MEMBERS[1]) -> Workbook:
    answer = signed_in(app, email).get(f"/recruitments/{recruitment.id}/rounds/1/comparison.xlsx")
    assert answer.status_code == 200
    return openpyxl.load_workbook(io.BytesIO(answer.data))


def lines(book: Workbook, sheet: int) -> list[dict[str, Any]]:
    """The rows of a sheet by heading; the second of two equal headings with an apostrophe."""
    heading, *rows = book.worksheets[sheet].iter_rows(values_only=True)
    names: list[str] = []
    for name in heading:
        names.append(f"{name}'" if name in names else str(name))
    return [dict(zip(names, row, strict=True)) for row in rows]


def odd_case(language: str) -> dict[str, Any]:
    """K1 rated by all, K2 with gaps and a consensus, K3 by nobody; every text looks like a formula."""
    cards = [card(member, "K1", dict(zip(KEYS, (4, 2, 5), strict=True))) for member in MEMBERS]
    cards += [card(member, "K2", dict(zip(KEYS, (3, None, 2), strict=True))) for member in MEMBERS[:2]]
    for each in cards:
        each["ratings"][KEYS[2]]["evidence"] = "=cmd|' /C calc'!A0"
    found = case(
        candidates=[{"ref": f"K{place}", "name": name} for place, name in enumerate(TEMPTING[:3], start=1)],
        impartiality=declared(MEMBERS, ("K1", "K2", "K3")),
        scorecards=cards,
        excused=[
            {"panelist": member, "candidate": ref, "round": 1, "code": "absent"}
            for ref, members in (("K2", MEMBERS[2:]), ("K3", MEMBERS))
            for member in members
        ],
        consensus=[{"candidate": "K2", "round": 1, "statement": KEYS[0], "score": 5, "reason": "@SUM(A1)"}],
        revealed=[1],
    )
    found["recruitment"] |= {"title": TEMPTING[5], "language": language}
    for member, name in zip(found["panel"], TEMPTING[3:], strict=True):
        member["name"] = name
    return found


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("da", ["Vurderinger", "Felter", "Resultater", "Par", "Oprindelse"]),
        ("en", ["Ratings", "Cells", "Results", "Pairs", "Origin"]),
    ],
)
def test_workbook_holds_numbers_as_numbers_and_texts_as_texts(app: Flask, language: str, names: list[str]) -> None:
    recruitment = load(odd_case(language))
    book = workbook(app, recruitment)
    assert book.sheetnames == names
    types = {cell.data_type for sheet in book.worksheets for row in sheet.iter_rows() for cell in row}
    assert types == {"s", "n"}  # no formula, no link, no error; what is empty counts as a number
    assert all((sheet.freeze_panes, sheet.auto_filter.ref is not None) == ("A2", True) for sheet in book.worksheets)
    assert {row[1].value for row in book.worksheets[2].iter_rows(min_row=2)} == {"K1", "K2", "K3"}
    texts = [cell.value for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert not {*TEMPTING, "=cmd|' /C calc'!A0"} - set(texts)


def test_workbook_says_what_the_comparison_says(app: Flask) -> None:
    recruitment = load(odd_case("da"))
    book = workbook(app, recruitment)
    found = load_revealed(recruitment, recruitment.rounds[0]).comparison.as_json(recruitment.id, 1)
    ratings, cells, results, pairs = (lines(book, sheet) for sheet in range(4))
    rated = [row["Vurdering"] for row in ratings if row["Status"] == "vurderet"]
    assert sorted(rated) == sorted([4, 2, 5] * 3 + [3, 2] * 2)
    assert [row["Vurdering"] for row in ratings if row["Status"] == "ikke belyst"] == [None, None]
    excused = [(row["Kandidat"], row["Vurdering"]) for row in ratings if row["Status"] == "undskyldt: Fraværende"]
    assert excused == [("K2", None), *[("K3", None)] * 3]
    # K1: (2·4 + 2 + 5) / 4 and under the minimum of 3; K2: (2·5 + 2) / 3 by the consensus, a quarter not evidenced.
    by_hand = [(row["Plads"], row["Kandidat"], row["Score"], row["Belyst"], row["Skemaer"]) for row in results]
    assert by_hand == [(1, "K2", 4.0, 0.75, 2), (2, "K1", 3.75, 1.0, 3), (None, "K3", None, 0.0, 0)]
    assert [bool(row["Under mindstekrav"]) for row in results] == [False, True, False]
    for row, one in zip(results, found["candidates"], strict=True):
        assert (row["Score"], row["Først i"], row["Blandt de to første i"]) == (
            one["score"],
            one["first"],
            one["top_two"],
        )
        assert [row["Plads, 5. percentil"], row["Plads, 95. percentil"]] == (one["rank_interval"] or [None, None])
    expected = [
        (one["ref"], cell["n"], cell["mean"], cell["median"], cell["sd"], cell["spread"], cell["consensus"])
        for one in found["candidates"]
        for cell in one["criteria"].values()
    ]
    columns = ("Kandidat", "Antal", "Gennemsnit", "Median", "Standardafvigelse", "Spænd", "Konsensus")
    assert [tuple(row[name] for name in columns) for row in cells] == expected
    assert [row["Andel af gennemregningerne"] for row in pairs] == [pair["above"] for pair in found["pairs"]]


def test_workbook_asks_the_database_as_often_for_two_as_for_thirty_candidates(app: Flask) -> None:
    panel = [
        {"email": f"m{seat}@example.org", "name": "Navn " * 20, "role": "member" if seat else "chair", "side": "peer"}
        for seat in range(15)
    ]
    emails = tuple(member["email"] for member in panel)
    counts = []
    for size in (2, 30):
        refs = tuple(f"K{place}" for place in range(1, size + 1))
        scores = dict(zip(KEYS, (1, None, 5), strict=True))
        recruitment = load(
            case(
                panel=panel,
                candidates=[{"ref": ref, "name": f"Langt navn {ref} " * 8} for ref in refs],
                impartiality=declared(emails, refs),
                scorecards=[card(email, ref, scores) for email in emails for ref in refs],
                revealed=[1],
            )
        )
        browser = signed_in(app, emails[0])
        with counted_queries() as statements:
            answer = browser.get(f"/recruitments/{recruitment.id}/rounds/1/comparison.xlsx")
        counts.append(len(statements))
        book = openpyxl.load_workbook(io.BytesIO(answer.data))
        assert [sheet.max_row - 1 for sheet in book.worksheets[:4]] == [
            45 * size,
            3 * size,
            size,
            size * (size - 1) // 2,
        ]
    assert counts[0] == counts[1] <= 25


def test_workbook_of_a_round_that_is_not_revealed_is_refused(app: Flask) -> None:
    recruitment = load(case(impartiality=declared()))
    assert signed_in(app, MEMBERS[0]).get(f"/recruitments/{recruitment.id}/rounds/1/comparison.xlsx").status_code == 400
