"""The comparison report in Word: what it says of a revealed round, and what it never says."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from flask import Flask
from support import KEYS, MEMBERS, card, case, counted_queries, declared, full_case, load, signed_in
from wordfile import WordFile

from recruit.candidates.models import Declaration
from recruit.comparison.documents import comparison_document
from recruit.comparison.rules import DRAWS, SEED
from recruit.comparison.service import load_revealed
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import charter_of
from recruit.scoring.models import Consensus
from recruit.web.language import number

RATED = {
    # candidate: the scores of chair, anna and bo on KEYS; None is not evidenced
    "K1": ((4, 3, 5), (4, 4, 5), (2, 4, 5)),
    "K2": ((3, None, 2), (2, None, 2), (2, None, 1)),
    "K4": ((None, None, None),) * 3,
}
EXCUSE_NOTE = "ringede fra skadestuen"
DISQUALIFIED_BECAUSE = "har været gift med kandidaten"
CONSENSUS_REASON = "Vi hørte det samme, da vi læste noterne igen."
WITHDRAWN = "Trine Trukket"


def report_case(**changes: Any) -> dict[str, Any]:
    """K1 rated apart, with a consensus; K2 not evidenced on one criterion, anna disqualified and bo excused; K3
    withdrawn; K4 without any score. Bo never declared."""
    candidates = [
        *case()["candidates"],
        {"ref": "K3", "name": WITHDRAWN, "status": "withdrawn"},
        {"ref": "K4", "name": "Dorte Dam"},
    ]
    missing = {("anna@example.org", "K2"), ("bo@example.org", "K2")}
    conflict = {"panelist": "anna@example.org", "candidate": "K2", "conflict": True, "scope": "candidate"}
    impartiality = declared(("chair@example.org",), ("K1", "K2", "K3", "K4"))
    impartiality += declared(("anna@example.org",), ("K1", "K3", "K4"))
    impartiality.append(conflict | {"reason": DISQUALIFIED_BECAUSE})
    cards = [
        card(member, ref, dict(zip(KEYS, scores, strict=True)))
        for ref, given in RATED.items()
        for member, scores in zip(MEMBERS, given, strict=True)
        if (member, ref) not in missing
    ]
    excuse = {"panelist": "bo@example.org", "candidate": "K2", "round": 1, "code": "absent", "note": EXCUSE_NOTE}
    consensus = {"candidate": "K1", "round": 1, "statement": KEYS[0], "score": 5, "reason": CONSENSUS_REASON}
    values = {
        "candidates": candidates,
        "impartiality": impartiality,
        "scorecards": cards,
        "excused": [excuse],
        "consensus": [consensus],
        "revealed": [1],
    }
    return case(**(values | changes))


def report_of(recruitment: Recruitment) -> WordFile:
    return WordFile(comparison_document(load_revealed(recruitment, recruitment.rounds[0])))


@pytest.fixture
def report(app: Flask) -> WordFile:
    return report_of(load(report_case()))


def test_report_is_refused_before_the_reveal(app: Flask) -> None:
    recruitment = load(full_case())
    with pytest.raises(RuleBroken):
        load_revealed(recruitment, recruitment.rounds[0])
    for email in ("chair@example.org", "anna@example.org"):
        answer = signed_in(app, email).get(f"/recruitments/{recruitment.id}/rounds/1/comparison.docx")
        assert answer.status_code in (400, 403)
        assert not answer.data.startswith(b"PK")
        assert b"sagde noget konkret" not in answer.data


def test_verdict_stands_before_the_ranking(report: WordFile) -> None:
    headline = report.styled("Lead")[0]
    assert headline.startswith(("Tallene er klare", "For tæt til at afgøre"))
    assert report.text.index(headline) < report.text.index("Plads")
    assert "Udvalget indstiller, og lederen beslutter." in report.text[: report.text.index("Plads")]


def test_ranking_has_unscored_last_without_place_and_shows_coverage(report: WordFile) -> None:
    first, second, last = report.rows("Plads")
    assert first[:2] == ["1", "K1 Åse Ørsted"]
    assert first[5] == "100 %"
    assert second[:3] == ["2", "K2 Bent Æbelø", "2,67"]  # (2·3 + 2)/3: the missing criterion counts in nothing
    assert second[5:] == ["75 %", "1 af 2"]
    assert last[:6] == ["–", "K4 Dorte Dam", "–", "–", "–", "0 %"]


def test_matrix_writes_not_evidenced_in_words_and_never_as_a_number(app: Flask) -> None:
    recruitment = load(report_case())
    report = report_of(recruitment)
    found = charter_of(recruitment).find("compliance.4")
    assert found is not None
    rows = [row for row in report.rows("Kriterium") if len(row) == 4]
    (compliance,) = [row[1:] for row in rows if row[0].startswith(found[1].text.da)]
    assert compliance[0].startswith("3,7")
    assert compliance[1:] == ["ikke belyst", "ikke belyst"]
    (score,) = [row[1:] for row in rows if row[0].startswith("Score")]
    assert score[1:] == ["2,67\n75 % belyst", "–\n0 % belyst"]
    assert not {"0", "0,0", "0,00"} & set(report.cells())


def test_consensus_stands_beside_what_was_given_first(report: WordFile) -> None:
    cells = [cell for cell in report.cells() if "før 3,3" in cell]
    assert len(cells) == 1
    assert cells[0].startswith("5,0\n")
    (row,) = report.rows("Før", "Konsensus")
    assert row[2:] == ["3,3", "5", CONSENSUS_REASON]


def test_declaration_never_made_is_not_recorded_and_never_no_conflict(report: WordFile) -> None:
    standing = {row[0]: row[3] for row in report.rows("Habilitet")}
    assert standing["Carla Chef"] == "Ingen konflikt"
    assert standing["Anna Andersen"] == "Inhabil over for K2"
    assert standing["Bo Berg"] == "Ikke registreret"


def test_partly_declared_member_is_not_recorded_for_the_rest(app: Flask) -> None:
    changes = {"impartiality": [*declared(("chair@example.org", "anna@example.org")), *declared(MEMBERS[2:], ("K1",))]}
    file = report_of(load(full_case(revealed=[1], **changes)))
    standing = {row[0]: row[3] for row in file.rows("Habilitet")}
    assert standing["Bo Berg"] == "Ikke registreret: K2"


def test_withdrawn_candidate_is_named_but_not_compared(report: WordFile) -> None:
    assert report.text.count(WITHDRAWN) == 1
    assert f"K3 {WITHDRAWN}." in report.text
    assert not any("K3" in row[1] for row in report.rows("Plads"))
    assert not any("K3" in heading for heading in report.styled("Heading 2"))


def test_disqualified_members_ratings_are_absent(app: Flask) -> None:
    recruitment = load(full_case(revealed=[1]))
    before = report_of(recruitment)
    assert "bo om K1" in before.text
    bo = next(item for item in load_members(recruitment) if item.person.email == "bo@example.org")
    declaration = db.session.scalars(db.select(Declaration).where(Declaration.member_id == bo.id)).first()
    assert declaration is not None
    declaration.answer = "conflict"
    db.session.commit()
    after = report_of(recruitment)
    assert "bo om" not in after.raw
    assert "anna om K1" in after.text
    assert {row[6] for row in after.rows("Plads")} == {"2"}
    standing = {row[0]: row[3] for row in after.rows("Habilitet")}
    assert standing["Bo Berg"] == "Inhabil i hele forløbet"


def test_method_says_how_to_reckon_again_and_who_decides(report: WordFile) -> None:
    told = report.after("Sådan regner vi")
    draws = f"{DRAWS:,}".replace(",", ".")
    assert f"Frø {SEED}, {draws} gennemregninger, numpy {np.__version__}." in told
    assert "Tallene vælger ingen og afviser ingen. Udvalget indstiller, og lederen beslutter." in told


def test_report_never_prints_severity_addresses_notes_or_reasons_for_disqualification(app: Flask) -> None:
    recruitment = load(report_case())
    revealed = load_revealed(recruitment, recruitment.rounds[0])
    file = WordFile(comparison_document(revealed))
    known = {value for value in revealed.comparison.severity.values() if value}
    assert len(known) > 1
    for value in known:
        assert number(abs(value)) not in file.text
    for hidden in ("example", EXCUSE_NOTE, DISQUALIFIED_BECAUSE, "streng", "Streng"):
        assert hidden not in file.raw
    assert [row[1:] for row in file.rows("Medlem", "Grund")] == [["Fraværende", "K2"]]


def test_evidence_is_appended_for_every_candidate_in_rank_order(report: WordFile) -> None:
    names = [text for text in report.styled("Heading 2") if text.startswith("K")]
    assert names == ["K1 Åse Ørsted", "K2 Bent Æbelø", "K4 Dorte Dam"]
    rows = report.rows("Medlem", "Belæg")
    assert ["Anna Andersen", "4", "anna om K1, performance.2: sagde noget konkret"] in rows
    assert ["Konsensus", "5", CONSENSUS_REASON] in rows
    assert ["Bo Berg", "ikke belyst", ""] in rows


def test_picture_says_in_words_what_it_shows(report: WordFile) -> None:
    picture, *_others = report.document.inline_shapes
    words = picture._inline.docPr.get("descr")
    assert "K2 Bent Æbelø: 2,67" in words
    assert "K4 Dorte Dam: – (–)" in words


def test_large_report_is_well_made(app: Flask) -> None:
    file = report_of(load(sized(30)))
    assert file.faults() == []
    assert len(file.rows("Plads")) == 30
    matrices = [text for text in file.styled("Caption") if "i rangorden" in text]
    assert len(matrices) == 5
    assert matrices[-1].startswith("Kandidat 25 til 30 af 30")


def sized(candidates: int) -> dict[str, Any]:
    refs = tuple(f"K{place}" for place in range(1, candidates + 1))
    scores: list[dict[str, int | None]] = [
        dict(zip(KEYS, ((a + b) % 5 + 1, a % 5 + 1, b % 5 + 1), strict=True)) for a in range(3) for b in range(5)
    ]
    cards = [
        card(member, ref, scores[(5 * a + b) % len(scores)])
        for a, member in enumerate(MEMBERS)
        for b, ref in enumerate(refs)
    ]
    agreed = [{"candidate": ref, "round": 1, "statement": KEYS[0], "score": 4, "reason": "talt"} for ref in refs]
    return case(
        candidates=[{"ref": ref, "name": f"Navn {ref}"} for ref in refs],
        impartiality=declared(MEMBERS, refs),
        scorecards=cards,
        consensus=agreed,
        revealed=[1],
    )


def test_report_asks_the_database_as_often_for_two_as_for_thirty_candidates(app: Flask) -> None:
    counts = []
    for candidates in (2, 30):
        recruitment = load(sized(candidates))
        path = f"/recruitments/{recruitment.id}/rounds/1/comparison.docx"
        browser = signed_in(app, "chair@example.org")
        with counted_queries() as statements:
            assert browser.get(path).status_code == 200
        counts.append(len(statements))
    assert counts[0] == counts[1]
    assert 0 < counts[0] <= 25


def test_reading_a_report_stores_nothing(app: Flask) -> None:
    recruitment = load(report_case())
    consensus = db.session.scalar(db.select(db.func.count()).select_from(Consensus))
    with counted_queries() as statements:
        report_of(recruitment)
        report_of(recruitment)
    assert not [text for text in statements if not text.lstrip().upper().startswith("SELECT")]
    assert db.session.scalar(db.select(db.func.count()).select_from(Consensus)) == consensus
