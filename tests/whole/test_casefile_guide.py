"""What a case file says of a guide's questions beside their ids."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from flask import Flask
from guides import REASON, UNLAWFUL, Guide, add_local, people
from support import case, empty_database, load

from recruit import datafiles
from recruit.accounts.service import find_person
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.errors import FaultyFile
from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.questions.models import LocalQuestion


def test_asker_and_reason_come_back_from_a_case_file_and_a_plain_id_stays_plain(app: Flask) -> None:
    guide = Guide(app)
    guide.compose()
    guide.compose(2)
    first, second, third = guide.rows()[:3]
    plain, asked_for = third.source, first.source
    guide.hr.post(f"{guide.base}/guide/{first.id}/asker", data={"asker": str(people(guide)["bo@example.org"])})
    guide.edit(second, text=UNLAWFUL, kept_because=REASON)
    written = export_case(guide.now, actor=None)
    db.session.rollback()
    questions = yaml.safe_load(written)["rounds"][0]["questions"]
    assert questions[0] == {"source": asked_for, "asker": "bo@example.org"}
    assert questions[1]["kept_because"] == REASON
    assert questions[2] == plain
    empty_database()
    again = import_case(datafiles.parse(written.encode(), "case.yaml"))
    db.session.commit()
    rows = load_guide(again.rounds[0])
    bo = find_person("bo@example.org")
    assert bo is not None
    assert (rows[0].source, rows[0].asker_id, rows[0].edited) == (asked_for, bo.id, False)
    assert (rows[1].kept_because, rows[1].edited) == (REASON, True)
    assert yaml.safe_load(export_case(again, actor=None)) == yaml.safe_load(written)


def test_own_question_keeps_its_id_only_where_it_is_the_same(app: Flask) -> None:
    guide = Guide(app)
    own = add_local("compliance.4", copied_from="compliance.4.b1")
    guide.compose()
    written = export_case(guide.now, actor=None)
    db.session.commit()
    again = import_case(datafiles.parse(written.encode(), "case.yaml"))
    assert [(row.source, row.edited) for row in load_guide(again.rounds[0]) if row.source == own] == [(own, False)]
    db.session.rollback()
    row = db.session.scalars(db.select(LocalQuestion)).one()
    row.wording = row.wording | {"probes": []}
    db.session.commit()
    other = import_case(datafiles.parse(written.encode(), "case.yaml"))
    assert own not in [row.source for row in load_guide(other.rounds[0])]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            {"source": "performance.2.b1", "asker": "x@example.org"},
            "rounds[1].questions[1].asker: 'x@example.org' is not on the panel",
        ),
        ({"source": "performance.2.b1", "minutes": 9}, "give the source alone"),
        ({"source": "performance.2.b99", "asker": "bo@example.org"}, "the bank has no question 'performance.2.b99'"),
        ({"asker": "bo@example.org"}, "give the source alone"),
        ({"text": {"da": "Hvad?", "en": "What?"}, "criterion": "performance.2"}, "needs criterion and minutes"),
        ({"source": "performance.2.b1", "colour": "red"}, "unknown"),
    ],
)
def test_question_that_a_case_file_gets_wrong_is_refused_with_its_place(
    app: Flask, question: dict[str, Any], said: str
) -> None:
    rounds = [{"number": 1, "minutes": 60, "questions": [question]}]
    with pytest.raises(FaultyFile) as caught:
        load(case(rounds=rounds))
    assert said in str(caught.value)
