"""The guide's page: why each question is there, swapped, and moved by script."""

from __future__ import annotations

import re
from typing import Any

import pytest
from flask import Flask
from guides import REASON, UNLAWFUL, Guide, add_local, swap

from recruit.accounts.service import find_person
from recruit.audit import now
from recruit.extensions import db
from recruit.questions.guide import at_hand, load_guide
from recruit.questions.models import LocalQuestion
from recruit.questions.service import bank_of
from recruit.web.forms import digest


def order(guide: Guide, ids: list[int], state: str) -> Any:
    return guide.hr.post(f"{guide.base}/guide/order", json={"order": ids, "state": state})


def state_of(page: str) -> str:
    found = re.search(r'data-state="(\w+)"', page)
    assert found
    return found[1]


# Composing


def test_page_says_why_each_question_is_there(app: Flask) -> None:
    guide = Guide(app, rounds=[{"number": 1, "name": "1. samtale", "minutes": 45, "questions": []}])
    guide.compose()
    assert [row.chosen_because for row in guide.rows()] == ["first", "heavier", "first", "first"]
    page = guide.page()
    assert "Valgt, fordi det er bankens første adfærdsspørgsmål til kriteriet" in page
    assert "Valgt, fordi kriteriet vejer tungere og derfor får flere spørgsmål." in page
    assert "Lagt ind af jer." not in page
    guide.edit(guide.rows()[0], text="Skrevet af os selv, ikke?")
    assert guide.rows()[0].chosen_because == ""
    assert "Rettet af jer." in guide.page()
    spare = at_hand(guide.now, guide.round()).could_be_asked("compliance.4", guide.rows())[0][0]
    criterion = guide.now.criteria[1]
    guide.hr.post(f"{guide.base}/guide/add", data={"criterion": str(criterion.id), "question": spare.id})
    assert "Lagt ind af jer." in guide.page()


def test_own_questions_are_proposed_and_bring_their_reason(app: Flask) -> None:
    guide = Guide(app)
    own = add_local("compliance.4", copied_from="compliance.4.b1", kept_because=REASON, text=UNLAWFUL)
    guide.compose()
    row = guide.row("compliance.4")
    assert (row.source, row.kept_because, row.chosen_because) == (own, REASON, "first own")
    page = guide.page()
    assert "og det er jeres eget." in page
    assert REASON in page
    assert "Ligebehandlingsloven" in page


@pytest.mark.parametrize("first", ["original", "copy"])
def test_copy_and_original_count_as_one_question_across_rounds(app: Flask, first: str) -> None:
    guide = Guide(app)
    original = next(item for item in bank_of("odder").entries["compliance.4"].questions if item.rounds == [1, 2])
    taken = original.id if first == "original" else add_local("compliance.4", copied_from=original.id)
    criterion = guide.now.criteria[1]
    guide.hr.post(f"{guide.base}/guide/add", data={"criterion": str(criterion.id), "question": taken})
    assert guide.sources() == [taken]
    other = original.id
    if first == "original":
        other = add_local("compliance.4", copied_from=original.id)
    else:
        db.session.scalars(db.select(LocalQuestion)).one().retired_at = now()
        db.session.commit()
    guide.compose(2)
    assert other not in guide.sources(2)
    second = guide.round(2)
    own = at_hand(guide.now, second)
    assert other in own.used
    suited, others = own.could_be_asked("compliance.4", load_guide(second))
    assert other not in [item.id for item in (*suited, *others)]
    # nor beside each other in one guide
    assert (
        guide.hr.post(f"{guide.base}/guide/add", data={"criterion": str(criterion.id), "question": other}).status_code
        == 400
    )


def test_interview_that_is_far_too_short_marks_the_criteria_that_could_leave(app: Flask) -> None:
    criteria = [{"statement": f"performance.{number}"} for number in range(1, 7)]
    guide = Guide(app, criteria=criteria, rounds=[{"number": 1, "name": "Kort", "minutes": 30, "questions": []}])
    guide.compose()
    page = guide.page()
    minutes = [row.minutes for row in guide.rows()]
    gone = next(count for count in range(7) if sum(minutes[: 6 - count]) <= 30 - 13)
    assert gone > 3
    assert (
        f"Sæt {sum(minutes) + 13} minutter af, eller tag de {gone} kriterier, der er mærket herunder, ud af runden."
        in page
    )
    assert page.count("Kan tages ud") == gone
    assert "6 kriterier på 30 minutter er mange." in page
    assert "lederweb.dk" in page
    guide.hr.post(
        guide.base + "/edit",
        data={"name": "Kort", "minutes": "120", "criteria": [item["statement"] for item in criteria]},
    )
    assert "kriterier på" not in guide.page()


def test_guide_that_is_too_long_by_hand_says_so_too(app: Flask) -> None:
    guide = Guide(app, rounds=[{"number": 1, "name": "Runde", "minutes": 60, "questions": []}])
    guide.compose()
    guide.edit(guide.rows()[0], minutes="60")
    needed = sum(row.minutes for row in guide.rows()) + 13
    assert f"Sæt {needed} minutter af, eller fjern et spørgsmål." in guide.page()


def test_opening_and_closing_stand_on_the_page(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    page, frame = guide.page(), bank_of("odder").frame
    assert all(point.da in page for point in (*frame.opening.points, *frame.closing.points))


# Swapping


def test_swapping_goes_round_through_all_that_could_be_used_and_keeps_place_and_asker(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.row("compliance.4")
    asker = find_person("anna@example.org")
    assert asker is not None
    guide.hr.post(f"{guide.base}/guide/{row.id}/asker", data={"asker": str(asker.id)})
    place = guide.sources().index(row.source)
    others = {source for source in guide.sources() if source != row.source}
    entry = bank_of("odder").entries["compliance.4"]
    seen = [row.source]
    usable = {item.id for item in entry.questions} - others
    for _ in usable:
        assert swap(guide, guide.row("compliance.4")).status_code == 302
        now_there = guide.rows()[place]
        assert (now_there.id, now_there.asker_id, now_there.chosen_because) == (row.id, asker.id, "")
        assert now_there.wording["text"] == bank_of("odder").question(now_there.source or "").text.model_dump()  # type: ignore[union-attr]
        seen.append(now_there.source)
    assert seen[-1] == seen[0]
    assert set(seen) == usable
    kinds = [bank_of("odder").question(source or "").kind for source in seen[:-1]]  # type: ignore[union-attr]
    assert kinds == sorted(kinds, key=lambda kind: kind == "case")
    assert len(guide.events("guide.changed")) == len(usable)


def test_swap_is_taken_back_with_the_wording_it_had(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    guide.edit(guide.row("compliance.4"), text="Vores helt egen ordlyd, ikke?")
    row = guide.row("compliance.4")
    before = (row.source, row.wording, row.minutes, row.edited)
    assert "Spørgsmålet har jeres egen ordlyd. Skift det ud" in guide.page()
    swap(guide, row)
    assert guide.row("compliance.4").edited is False
    assert "Skiftet ind i stedet for ”Vores helt egen ordlyd, ikke?”" in guide.page()
    assert guide.hr.post(f"{guide.base}/guide/{row.id}/swap-back").status_code == 302
    row = guide.row("compliance.4")
    assert (row.source, row.wording, row.minutes, row.edited) == before
    assert guide.hr.post(f"{guide.base}/guide/{row.id}/swap-back").status_code == 400  # once
    # the chair's browser has swapped nothing
    swap(guide, guide.row("compliance.4"))
    assert guide.chair.post(f"{guide.base}/guide/{row.id}/swap-back").status_code == 400


def test_swap_is_not_taken_back_over_what_was_written_since(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    swap(guide, guide.row("compliance.4"))
    row = guide.row("compliance.4")
    guide.edit(row, text="Skrevet efter skiftet, ikke?")
    assert guide.hr.post(f"{guide.base}/guide/{row.id}/swap-back").status_code == 400
    assert guide.row("compliance.4").wording["text"]["da"] == "Skrevet efter skiftet, ikke?"


def test_swap_of_what_the_page_did_not_show_is_refused(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    row = guide.row("compliance.4")
    shown = digest(row.wording)
    guide.edit(row, text="En anden skriver, ikke?")
    assert swap(guide, guide.row("compliance.4"), shown).status_code == 302
    assert "Spørgsmålet er ændret, siden du åbnede siden." in guide.page()
    assert guide.row("compliance.4").wording["text"]["da"] == "En anden skriver, ikke?"


# The order, saved by script


def test_order_is_saved_whole_and_answers_with_the_new_state(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    ids = [row.id for row in guide.rows()]
    turned = ids[::-1]
    answer = order(guide, turned, state_of(guide.page()))
    assert answer.status_code == 200
    assert [row.id for row in guide.rows()] == turned
    assert "<svg" in answer.json["time"]
    assert answer.json["state"] == state_of(guide.page())
    # an answer that was lost on its way: the same order once more
    assert order(guide, turned, "an old state").status_code == 200
    assert order(guide, ids, answer.json["state"]).status_code == 200


@pytest.mark.parametrize("change", ["order", "removed", "wording", "swapped"])
def test_order_is_refused_when_somebody_has_changed_the_guide_meanwhile(app: Flask, change: str) -> None:
    guide = Guide(app)
    guide.compose()
    state, ids = state_of(guide.page()), [row.id for row in guide.rows()]
    first = guide.rows()[0]
    if change == "order":
        guide.chair.post(f"{guide.base}/guide/{first.id}/move", data={"step": "down"})
    elif change == "removed":
        guide.chair.post(f"{guide.base}/guide/{first.id}/remove")
    elif change == "wording":
        guide.edit(first, text="Rettet imens, ikke?")
    else:
        swap(guide, first)
    standing = [row.id for row in guide.rows()]
    answer = order(guide, ids[::-1], state)
    assert answer.status_code == 409
    assert answer.json["error"].startswith("Guiden er ændret, siden du åbnede siden.")
    assert [row.id for row in guide.rows()] == standing


@pytest.mark.parametrize(
    "sent",
    [
        "x",
        [],
        {"order": "1"},
        {"order": [1.5], "state": "x"},
        {"order": [True], "state": "x"},
        {"order": [2**70], "state": "x"},
        {"order": [], "state": "x"},
    ],
)
def test_order_that_is_none_is_refused_with_a_sentence(app: Flask, sent: Any) -> None:
    guide = Guide(app)
    guide.compose()
    before = guide.sources()
    answer = guide.hr.post(f"{guide.base}/guide/order", json=sent)
    assert answer.status_code in (400, 409)
    assert answer.json["error"]
    assert guide.sources() == before


def test_order_of_twice_the_same_question_is_refused(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    ids = [row.id for row in guide.rows()]
    assert order(guide, [ids[0], *ids[:-1]], state_of(guide.page())).status_code == 409
