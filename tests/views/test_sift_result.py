"""The opened sift: what the rule proposes, what the chair decides, whom the first round sees, and the file."""

from __future__ import annotations

from typing import Any

import pytest
from flask import Flask
from sieve import EMAILS, LEVELS, REFS, Sieve, by_ref
from support import case, declared, load
from wordfile import WordFile

from recruit import datafiles
from recruit.audit import AuditEvent
from recruit.candidates.service import load_candidates, round_candidates
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.recruitments.service import load_recruitment


def called(sieve: Sieve) -> list[str]:
    db.session.expire_all()
    recruitment = load_recruitment(sieve.id)
    assert recruitment is not None
    return [item.ref for item in round_candidates(recruitment, recruitment.rounds[0])]


def pile_of(page: str, letter: str) -> str:
    """What stands in the card of a pile."""
    start = page.index(f"<h2>{letter} · ")
    return page[start : page.index("</section>", start)]


def test_result_proposes_by_the_rule_and_says_why(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    page = sieve.page("chair", "/result")
    for letter, ref in (("A", "K1"), ("B", "K2"), ("C", "K3")):
        assert f">{ref}</a>" in pile_of(page, letter)
    assert "Alle kriterier er belyst, og 50 % fremgår." in pile_of(page, "B").replace("\u00a0", " ")
    assert "Mindst to tredjedele giver A" in page
    assert "Ingen får afslag herfra" in page
    assert "fortrinsadgang" in page
    assert sieve.piles() == {}


def test_weights_of_the_criteria_count(app: Flask) -> None:
    """performance.2 weighs 2, the two others 1: shown there and nowhere else is a half."""
    sieve = Sieve(app)
    sieve.whole(lambda ref, place: "shown" if place == 0 or ref == "K1" else "not_shown")
    page = sieve.page("chair", "/result").replace("\u00a0", " ")
    assert "og 50 % fremgår" in pile_of(page, "B")


def test_chair_decides_with_a_reason_where_it_is_owed(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    assert sieve.decide("K1", "A").status_code == 302
    for letter in ("B", "C"):
        refused = sieve.decide("K1" if letter == "B" else "K3", letter)
        assert refused.status_code == 400
    assert sieve.decide("K3", "C", "Ingen erfaring med mål.").status_code == 302
    assert sieve.decide("K2", "A", "Stærkt eksempel.").status_code == 302
    assert sieve.decide("K2", "D", "x").status_code == 400
    assert sieve.piles() == {"K1": ("A", ""), "K2": ("A", "Stærkt eksempel."), "K3": ("C", "Ingen erfaring med mål.")}
    page = sieve.page("anna", "/result")
    assert "Ingen erfaring med mål." in page
    assert "Fraveget" in pile_of(page, "A")


def test_history_of_a_pile_stays_in_the_log_by_letter(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.decide("K1", "A")
    sieve.decide("K1", "A")  # a double click
    page = sieve.page("chair", f"/candidates/{sieve.candidates['K1']}")
    version = page.split('name="version"')[1].split('value="')[1].split('"')[0]
    sieve.decide("K1", "B", "HEMMELIG GRUND", version=version)
    rows = db.session.scalars(db.select(AuditEvent).where(AuditEvent.event == "pile.decided").order_by(AuditEvent.id))
    assert [(row.subject["was"], row.subject["pile"]) for row in rows] == [(None, "A"), ("A", "B")]
    assert "HEMMELIG" not in str([row.subject for row in db.session.scalars(db.select(AuditEvent))])


@pytest.mark.parametrize("who", ["hr", "anna", "dan"])
def test_nobody_but_the_chair_decides(app: Flask, who: str) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    assert sieve.decide("K1", "A", who=who).status_code == 403
    assert sieve.as_(who).post(sieve.base + "/accept").status_code == 403
    assert sieve.piles() == {}


def test_decision_made_in_another_window_is_shown_and_not_overwritten(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    opened = {"version": "1", "shown": ""}
    assert sieve.decide("K2", "A", "Først.", **opened).status_code == 302
    late = sieve.decide("K2", "C", "Sidst.", **opened)
    page = late.get_data(as_text=True)
    assert late.status_code == 409
    assert "Først." in page and "Sidst." in page
    assert sieve.piles()["K2"] == ("A", "Først.")


def test_proposals_are_followed_for_a_and_b_never_for_c(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.decide("K2", "A", "Stærkt eksempel.")
    assert sieve.as_("chair").post(sieve.base + "/accept").status_code == 302
    assert sieve.piles() == {"K1": ("A", ""), "K2": ("A", "Stærkt eksempel.")}


def test_chair_who_must_not_judge_an_applicant_decides_on_the_others(app: Flask) -> None:
    rows = [row for row in declared(EMAILS, REFS) if (row["panelist"], row["candidate"]) != ("chair@example.org", "K1")]
    out = {"panelist": "chair@example.org", "candidate": "K1", "conflict": True, "scope": "candidate", "reason": "x"}
    sieve = Sieve(app, impartiality=[*rows, out])
    sieve.whole(LEVELS)
    refused = sieve.decide("K1", "C", "Ikke egnet.")
    assert refused.status_code == 400
    assert "Du er inhabil over for kandidaten." in refused.get_data(as_text=True)
    assert "Gem beslutningen" not in sieve.page("chair", f"/candidates/{sieve.candidates['K1']}")
    assert "Følg forslaget for 1" in sieve.page("chair", "/result")
    sieve.as_("chair").post(sieve.base + "/accept")
    assert sieve.piles() == {"K2": ("B", "")}


def test_applicant_nobody_could_say_anything_about_has_no_proposal(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(by_ref(K1="shown", K2="partly", K3="not_evidenced"))
    assert "Uden forslag" in sieve.page("chair", "/result")
    assert sieve.decide("K3", "B").status_code == 400
    assert sieve.decide("K3", "B", "Bedes uddybe.").status_code == 302


def test_a_pile_is_called_to_the_first_round(app: Flask) -> None:
    sieve = Sieve(app, rounds=[{"number": number, "name": f"{number}. samtale", "minutes": 60} for number in (1, 2)])
    sieve.whole(LEVELS)
    assert sieve.as_("hr").post(sieve.base + "/call").status_code == 400  # nobody is decided on
    sieve.decide("K1", "A")
    sieve.decide("K3", "A", "Skal høres.")
    assert sieve.as_("anna").post(sieve.base + "/call").status_code == 403
    assert sieve.as_("hr").post(sieve.base + "/call").status_code == 302
    assert called(sieve) == ["K1", "K3"]
    assert "A-bunken er kaldt" in sieve.page("chair", "/result")


def test_piles_are_fixed_when_the_first_round_is_locked(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.decide("K1", "A")
    sieve.as_("chair").post(f"/recruitments/{sieve.id}/rounds/1/guide/compose")
    locked = sieve.as_("chair").post(f"/recruitments/{sieve.id}/rounds/1/lock")
    assert locked.status_code == 302
    recruitment = load_recruitment(sieve.id)
    assert recruitment is not None and recruitment.rounds[0].locked_at
    assert sieve.decide("K1", "B", "Alligevel ikke.", version="2").status_code == 400
    assert sieve.decide("K3", "C", "Ikke belæg nok.").status_code == 302  # who lies nowhere can be decided on
    assert sieve.piles() == {"K1": ("A", ""), "K3": ("C", "Ikke belæg nok.")}
    assert sieve.as_("chair").get(f"{sieve.base}/candidates/{sieve.candidates['K1']}").status_code == 200


def test_conflict_that_comes_later_counts_the_member_out(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open("chair", "anna")
    sieve.answer("chair", lambda _ref, _place: "not_shown")
    sieve.answer("anna", lambda _ref, _place: "shown")
    for name in ("chair", "anna"):
        sieve.submit(name)
    sieve.reveal()
    assert "og 50 % fremgår" in sieve.page("chair", "/result").replace("\u00a0", " ")
    sieve.as_("hr").post(f"/recruitments/{sieve.id}/candidates", data={"name": "Sen", "email": ""})
    late = db.session.execute(db.text("SELECT id FROM candidate WHERE ref = 'K4'")).scalar_one()
    path = f"/recruitments/{sieve.id}/impartiality"
    sieve.as_("chair").post(path, data={f"answer-{late}": "none"})
    sieve.as_("anna").post(path, data={f"answer-{late}": "conflict", f"kind-{late}": "family"})
    page = sieve.page("chair", "/result").replace("\u00a0", " ")
    assert "og 0 % fremgår" in page
    assert "Anna" not in page
    assert sieve.as_("anna").get(sieve.base + "/result").status_code == 403


@pytest.mark.parametrize(("who", "status"), [("hr", 200), ("chair", 200), ("anna", 403), ("dan", 403)])
def test_word_list_for_the_file(app: Flask, who: str, status: int) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.decide("K1", "A")
    sieve.decide("K3", "C", "Ingen erfaring med mål.")
    answer = sieve.as_(who).get(sieve.base + "/result.docx")
    assert answer.status_code == status
    if status == 200:
        text = WordFile(answer.get_data()).text
        for part in ("K1", "K2", "K3", "A · Til samtale", "Ikke afgjort", "Ingen erfaring med mål.", "Fremgår delvist"):
            assert part in text
        for name in ("Åse", "Bent", "Cai"):
            assert name not in text


def test_word_list_is_not_found_before_the_result_is_opened(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.open()
    assert sieve.as_("chair").get(sieve.base + "/result.docx").status_code == 404


def test_case_file_and_back_hold_nothing_of_the_sift(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.whole(LEVELS)
    sieve.decide("K3", "C", "Ingen erfaring med mål.")
    recruitment = load_recruitment(sieve.id)
    assert recruitment is not None
    text = export_case(recruitment, actor=None)
    assert "Ingen erfaring" not in text
    assert "sift" not in text


def test_no_show_is_another_reason_than_withdrawal(app: Flask) -> None:
    sieve = Sieve(app, locked=[1], impartiality=declared(("chair@example.org",), ("K1", "K2", "K3")))
    path = f"/recruitments/{sieve.id}/candidates"
    chair = sieve.as_("chair")

    def mark(ref: str, **values: str) -> Any:
        return chair.post(f"{path}/{sieve.candidates[ref]}/status", data=values)

    assert mark("K1", status="withdrawn", code="no_show").status_code == 302
    assert mark("K2", status="withdrawn").status_code == 302
    assert mark("K3", status="withdrawn", code="lazy").status_code == 400
    page = chair.get(path).get_data(as_text=True)
    assert page.count("badge-warning") == 2
    assert 'badge-warning">Mødte ikke op' in page
    assert 'badge-warning">Har trukket sig' in page
    assert mark("K1", status="active").status_code == 302
    rows = db.session.execute(db.text("SELECT ref, status, withdrawal FROM candidate ORDER BY id")).all()
    assert [tuple(row) for row in rows] == [
        ("K1", "active", None),
        ("K2", "withdrawn", "withdrew"),
        ("K3", "active", None),
    ]


def test_case_file_keeps_why_a_candidate_is_out(app: Flask) -> None:
    sieve = Sieve(app)
    sieve.as_("hr").post(
        f"/recruitments/{sieve.id}/candidates/{sieve.candidates['K2']}/status",
        data={"status": "withdrawn", "code": "no_show"},
    )
    recruitment = load_recruitment(sieve.id)
    assert recruitment is not None
    again = import_case(datafiles.parse(export_case(recruitment, actor=None).encode(), "again.yaml"))
    assert [(item.ref, item.withdrawal) for item in load_candidates(again)] == [
        ("K1", None),
        ("K2", "no_show"),
        ("K3", None),
    ]
    with pytest.raises(FaultyFile, match="withdrawal belongs to a withdrawn candidate"):
        load(case(candidates=[{"ref": "K1", "name": "Åse", "withdrawal": "no_show"}]))
