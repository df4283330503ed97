"""The bank's pages: by room, searched and filtered, and for HR alone what each question has been used for."""

from __future__ import annotations

import re
from html import unescape
from typing import Any

import pytest
from flask import Flask
from own_questions import BANK, ENTRY, own, page_of
from support import Client, make_person, signed_in

from recruit.charter.service import charters
from recruit.questions.bank import Question
from recruit.questions.service import bank_of


@pytest.fixture
def hr(app: Flask) -> Client:
    make_person("hr@example.org", "hr")
    return signed_in(app, "hr@example.org")


@pytest.fixture
def member(app: Flask) -> Client:
    make_person("member@example.org")
    return signed_in(app, "member@example.org")


def found(client: Client, **values: Any) -> list[str]:
    """The ids of the questions that are found, in their order."""
    page = page_of(client, **values)
    return [
        re.sub(r"-(?=\w+$)", ".", place).replace("-", ".") for place in re.findall(r'questions/[^"#]+#([^"]+)"', page)
    ]


def everything() -> list[Question]:
    """The shipped questions in the charter's order."""
    entries = bank_of("odder").entries
    return [question for _area, item in charters()["odder"].criteria() for question in entries[item.id].questions]


def test_bank_without_a_search_is_shown_room_by_room(member: Client) -> None:
    page = page_of(member)
    assert "Vi sætter en tydelig retning og opnår følgeskab." in page
    assert 'class="bank rows-2"' in page
    assert 'id="hits"' not in page
    assert 'class="bank rows-2"' in page_of(member, query=" ", kind="", minutes="")


def test_search_finds_forms_and_compounds_and_every_hit_leads_to_its_place(member: Client) -> None:
    ids = found(member, query="ledelse")
    assert ids == found(member, query="LEDELSEN")
    entries = bank_of("odder").entries
    said = {
        item.id: " ".join(
            text.da for text in [item.text, *item.probes, *item.listen_for, *filter(None, [item.material])]
        )
        for item in everything()
    }
    statements = {
        item.id: charters()["odder"].find(key)[1].text.da for key in entries for item in entries[key].questions
    }  # type: ignore[index]
    assert set(ids) == {key for key in said if "ledelse" in f"{said[key]} {statements[key]}".casefold()}
    assert set(found(member, query="sygefravær")) < set(found(member, query="fravær"))
    for place in ids[:3]:
        anchor = place.replace(".", "-")
        assert f'id="{anchor}"' in page_of(member, f"{BANK}/{place.rpartition('.')[0]}")


def test_danish_letters_are_letters_of_their_own(member: Client) -> None:
    for query in ("aeoe", "maal", "følgeskåb"):
        assert found(member, query=query) == []
    assert found(member, query="følgeskab")
    assert found(member, query="folgeskab") == []


def test_search_is_in_the_language_of_the_page(member: Client) -> None:
    assert found(member, query="followership") == []
    member.post("/language", data={"language": "en"})
    assert found(member, query="followership")
    assert found(member, query="følgeskab") == []


def test_several_words_must_all_be_there(member: Client) -> None:
    both = set(found(member, query="retning tirsdag"))
    assert "performance.2.b1" in both
    assert both == set(found(member, query="retning")) & set(found(member, query="tirsdag"))


def test_question_that_says_the_words_itself_comes_first(member: Client) -> None:
    ids = found(member, query="retning")
    texts = {item.id: item.text.da for item in everything()}
    itself = ["retning" in texts[key].casefold() for key in ids]
    assert itself == sorted(itself, reverse=True)
    assert not all(itself)


def test_hits_are_marked_and_what_was_typed_is_escaped(member: Client) -> None:
    page = page_of(member, query="retning")
    assert "<mark>retning</mark>" in page
    page = page_of(member, query="<b>retning</b>\"'&")
    assert "<b>" not in page
    assert "&lt;b&gt;retning&lt;/b&gt;" in page
    assert 'value="&lt;b&gt;retning&lt;/b&gt;&#34;&#39;&amp;"' in page


def test_word_outside_the_text_is_shown_where_it_stands(member: Client) -> None:
    text = re.sub(r"<[^>]+>", "", unescape(page_of(member, query="plenum")))
    assert "Lyt efter:" in text
    assert "ikke kun noget sagt i plenum" in text


@pytest.mark.parametrize(
    ("values", "fits"),
    [
        ({"kind": "case"}, lambda item: item.kind == "case"),
        ({"role": "director"}, lambda item: "director" in item.roles),
        ({"round": "2"}, lambda item: 2 in item.rounds),
        ({"minutes": "6"}, lambda item: item.minutes <= 6),
        ({"area": "resilience"}, lambda item: item.id.startswith("resilience")),
        (
            {"kind": "situational", "role": "manager_of_employees", "round": "1", "minutes": "6", "area": "performance"},
            lambda item: item.kind == "situational" and "manager_of_employees" in item.roles and 1 in item.rounds
            and item.minutes <= 6 and item.id.startswith("performance"),
        ),
    ],
    ids=lambda value: "-".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_filters_leave_exactly_what_fits(member: Client, values: dict[str, str], fits: Any) -> None:
    ids = found(member, **values)
    assert ids == [item.id for item in everything() if fits(item)]
    assert ids
    assert f"{len(ids)} spørgsmål passer" in page_of(member, **values)


def test_filters_stay_in_view_and_can_be_removed_one_by_one(member: Client) -> None:
    page = page_of(member, query="retning", kind="behavioural", minutes="8")
    assert 'value="retning"' in page
    assert '<option value="behavioural" selected>' in page
    links = [unescape(link) for link in re.findall(r'class="chosen-filter" href="([^"]+)"', page)]
    assert links == [
        f"{BANK}?kind=behavioural&minutes=8",
        f"{BANK}?query=retning&minutes=8",
        f"{BANK}?query=retning&kind=behavioural",
    ]
    assert page.count(f'href="{BANK}"') >= 1


def test_empty_result_says_what_to_do(member: Client) -> None:
    assert "Prøv et andet ord" in page_of(member, query="aeoe")
    assert "Fjern noget af det, du har valgt" in page_of(member, query="aeoe", kind="case")
    assert "Fjern noget af det, du har valgt" in page_of(member, minutes="1")


@pytest.mark.parametrize(
    "values",
    [
        {"kind": "x"}, {"role": "x"}, {"round": "7"}, {"round": "²"}, {"minutes": "-1"}, {"minutes": "61"},
        {"minutes": "9" * 5000}, {"area": "<b>"}, {"query": "\x00"}, {"unknown": "x"},
    ],
    ids=repr,
)  # fmt: skip
def test_unknown_value_is_never_an_error(member: Client, values: dict[str, str]) -> None:
    assert "Traceback" not in page_of(member, **values)


def test_very_long_query_is_answered(member: Client) -> None:
    page_of(member, query="ord " * 400)
    page_of(member, query="æ" * 1500)


def test_own_questions_are_found_with_the_shipped_ones(member: Client) -> None:
    row = own()
    assert found(member, query="zebra") == [row.source]
    assert "Jeres eget spørgsmål" in page_of(member, query="zebra")
    assert found(member, query="zebra", minutes="4") == []
    member.post("/language", data={"language": "en"})
    assert found(member, query="zebra") == [row.source]


def test_version_is_found_instead_of_its_original(member: Client) -> None:
    assert "performance.2.b1" in found(member, query="tirsdag")
    row = own(copied_from="performance.2.b1")
    assert "performance.2.b1" not in found(member, query="tirsdag")
    assert found(member, query="zebrastribet") == [row.source]


def test_question_of_another_charter_is_not_found(member: Client) -> None:
    row = own("strandby", "heart.1")
    assert found(member, query="zebra") == []
    page = page_of(member, "/charters/strandby/questions", query="zebra")
    assert f"heart.1#heart-1-own{row.id}" in page


def test_entry_shows_the_questions_for_a_reference(member: Client) -> None:
    references = bank_of("odder").entries["performance.2"].references
    assert references
    page = unescape(page_of(member, ENTRY))
    for reference in references:
        for text in (reference.text, *reference.listen_for):
            assert text.da in page
    assert "Til en reference" not in page_of(member, "/charters/strandby/questions/heart.1")
