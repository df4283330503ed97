"""From rows to applicants: what is left out, what is wrong, and the CPR number that stops everything."""

from __future__ import annotations

from datetime import date

import pytest

from recruit.candidates.columns import Columns
from recruit.candidates.importing import Applicant, as_table, check_columns, check_rows
from recruit.errors import RuleBroken

TODAY = date(2026, 11, 24)
HEAD = ["Navn", "E-mail"]


def test_rows_keep_their_numbers_and_forbidden_columns_are_gone() -> None:
    grid = [[], ["Navn", "Fødselsdato", "E-mail", "", "Køn"], ["Åse", "1970-01-01", "a@x.dk", "", "K"], [], ["Bo"]]
    table = as_table([grid], TODAY)
    assert table.headings == HEAD
    assert table.rows == [(3, ["Åse", "a@x.dk"]), (5, ["Bo", ""])]
    assert table.dropped == {"Fødselsdato": "age", "Køn": "gender"}
    assert "1970" not in str(table)


def test_column_without_heading_is_named_when_something_stands_in_it() -> None:
    assert as_table([[HEAD, ["Åse", "", "x"]]], TODAY).headings == [*HEAD, "Kolonne C"]


@pytest.mark.parametrize(
    ("grid", "place"),
    [
        ([HEAD, ["Åse", "a@x.dk"], ["Bo 010170-1234", ""]], "række 3, kolonne A"),
        ([[*HEAD, "Bemærkning"], ["Åse", "a@x.dk", "født 0101701234"]], "række 2, kolonne C"),
        ([[*HEAD, "Nr."], ["Åse", "", "101701239"]], "række 2, kolonne C"),
        ([["CPR", *HEAD], ["", "Åse", "a@x.dk"], ["101701234", "Bo", ""]], "række 3, kolonne A"),
        ([["010170-1234"]], "række 1, kolonne A"),
        ([[*HEAD, "Alder"], ["Åse", "", "010170-1234"]], "række 2, kolonne C"),
    ],
)
def test_cpr_number_anywhere_refuses_the_file_and_is_not_repeated(grid: list[list[str]], place: str) -> None:
    with pytest.raises(RuleBroken) as refusal:
        as_table([grid], TODAY)
    assert place in str(refusal.value)
    assert "1701234" not in str(refusal.value)
    assert "170-1234" not in str(refusal.value)


def test_cpr_number_on_another_sheet_is_found() -> None:
    with pytest.raises(RuleBroken) as refusal:
        as_table([[HEAD, ["Åse", ""]], [["x"], ["010170-1234"]]], TODAY)
    assert "ark 2, række 2, kolonne A" in str(refusal.value)


def test_empty_cpr_column_is_only_left_out() -> None:
    assert as_table([[["CPR", *HEAD], ["", "Åse", ""]]], TODAY).dropped == {"CPR": "age"}


@pytest.mark.parametrize(
    "sheets", [[], [[]], [[[]]], [[HEAD]], [[["Åse", "a@x.dk"], ["Bo", "b@x.dk"]]], [[HEAD, *[["Åse", ""]] * 501]]]
)
def test_file_without_applicants_headings_or_measure_is_refused(sheets: list[list[list[str]]]) -> None:
    with pytest.raises(RuleBroken):
        as_table(sheets, TODAY)


def rows(*cells: list[str]) -> list[tuple[int, list[str]]]:
    return list(enumerate(cells, 2))


def test_good_rows_become_applicants_in_order() -> None:
    good, bad = check_rows(rows(["Åse", "Ørsted", "AASE@x.dk"], ["Bo", "", ""]), Columns(0, 1, 2), {})
    assert good == [Applicant(2, "Åse Ørsted", "aase@x.dk"), Applicant(3, "Bo", "")]
    assert bad == []


def test_every_bad_row_is_named_with_its_number_and_why() -> None:
    good, bad = check_rows(
        rows(
            ["Åse", "aase@x.dk"],
            ["", "bo@x.dk"],
            ["Bo", "ikke en adresse"],
            ["Åse igen", "AASE@x.dk"],
            ["Ida", "taget@x.dk"],
            ["x" * 201, ""],
            ["Skjult\x1b", ""],
        ),
        Columns(0, None, 1),
        {"taget@x.dk": "K7"},
    )
    assert [item.row for item in good] == [2]
    assert [number for number, _sentence in bad] == [3, 4, 5, 6, 7, 8]
    assert "mangler" in bad[0][1]
    assert "ikke en adresse" in bad[1][1]
    assert "række 2" in bad[2][1]
    assert "K7" in bad[3][1]


@pytest.mark.parametrize("columns", [Columns(), Columns(None, 0), Columns(0, 0), Columns(0, None, 0), Columns(5)])
def test_columns_that_cannot_be_are_refused(columns: Columns) -> None:
    with pytest.raises(RuleBroken):
        check_columns(columns, 3)


def test_columns_that_can_be_are_taken() -> None:
    check_columns(Columns(0, 1, 2), 3)
    check_columns(Columns(2), 3)
