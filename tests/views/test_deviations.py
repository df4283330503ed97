"""Rule 5: same questions for everybody, and what was asked otherwise is recorded with a reason, by ids in the log."""

from __future__ import annotations

import html
import re
from typing import Any

import pytest
from flask import Flask
from support import KEYS, MEMBERS, card, case, declared, full_case, load, make_person, signed_in
from wordfile import WordFile

from recruit import datafiles
from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment
from recruit.scoring.deviations import load_deviations
from recruit.scoring.models import Deviation

REASON = "Tiden løb fra os, og <sidste> spørgsmål blev ikke stillet."


class Round:
    """A locked round of a recruitment."""

    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        make_person("hr@example.org", "hr")
        self.recruitment: Recruitment = load(case(**({"impartiality": declared(), "locked": [1]} | changes)))
        self.base = f"/recruitments/{self.recruitment.id}/rounds/1"
        self.new = f"{self.base}/deviations/new"
        self.overview = f"{self.base}/scorecards"
        self.candidates = {row.ref: row.id for row in db.session.scalars(db.select(Candidate).order_by(Candidate.id))}
        self.questions = [row.id for row in load_guide(self.recruitment.rounds[0])]

    def values(self, **changes: Any) -> dict[str, Any]:
        found = {
            "candidate": self.candidates["K1"],
            "question": self.questions[-1],
            "code": "left_out",
            "reason": REASON,
        }
        return found | changes

    def send(self, name: str, path: str | None = None, **changes: Any) -> Any:
        return signed_in(self.app, f"{name}@example.org").post(path or self.new, data=self.values(**changes))

    def get(self, name: str, path: str | None = None) -> str:
        answer = signed_in(self.app, f"{name}@example.org").get(path or self.overview)
        assert answer.status_code == 200
        return html.unescape(answer.get_data(as_text=True))

    def rows(self) -> list[Deviation]:
        db.session.expire_all()
        return list(db.session.scalars(db.select(Deviation).order_by(Deviation.id)))

    def hidden(self, name: str, path: str) -> dict[str, str]:
        """What a form carries of the state in which it was opened."""
        return dict(re.findall(r'name="(version|shown)"[^>]* value="([^"]*)"', self.get(name, path)))


@pytest.mark.parametrize("name", ["chair", "anna", "hr"])
def test_deviation_is_recorded_and_shown_to_panel_and_hr(app: Flask, name: str) -> None:
    round_ = Round(app)
    assert round_.send(name).status_code == 302
    (row,) = round_.rows()
    assert (row.code, row.reason, row.guide_question_id) == ("left_out", REASON, round_.questions[-1])
    for reader in ("chair", "anna", "bo", "hr"):
        page = round_.get(reader)
        assert "K1 · Et spørgsmål blev ikke stillet" in page
        assert REASON in page
    assert REASON not in signed_in(app, "bo@example.org").get(round_.overview).get_data(as_text=True)  # <sidste>


def test_question_may_be_left_out_and_reason_may_not(app: Flask) -> None:
    round_ = Round(app)
    assert round_.send("anna", question="", code="other").status_code == 302
    assert round_.rows()[0].guide_question_id is None
    answer = round_.send("anna", reason="  ")
    assert answer.status_code == 400
    assert 'href="#reason"' in answer.get_data(as_text=True)
    assert len(round_.rows()) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"candidate": 0},
        {"candidate": ""},
        {"question": 0},
        {"code": "x"},
        {"code": ""},
        {"reason": "x" * 2001},
        {"reason": "a\x07b"},
    ],
)
def test_what_is_not_on_the_lists_is_refused_and_the_text_kept(app: Flask, changes: dict[str, Any]) -> None:
    round_ = Round(app)
    answer = round_.send("anna", **changes)
    assert answer.status_code == 400
    assert str(changes.get("reason", "Tiden løb fra os"))[:10] in answer.get_data(as_text=True)
    assert round_.rows() == []


def test_form_says_to_write_nothing_about_the_answer(app: Flask) -> None:
    round_ = Round(app)
    assert "Skriv intet om, hvad kandidaten svarede" in round_.get("anna", round_.new)


def test_double_click_records_once(app: Flask) -> None:
    round_ = Round(app)
    assert [round_.send("anna").status_code for _click in range(2)] == [302, 302]
    assert len(round_.rows()) == 1
    assert round_.send("bo").status_code == 302  # somebody else's of the same words is another
    assert len(round_.rows()) == 2


def test_only_who_wrote_it_changes_or_removes_it(app: Flask) -> None:
    round_ = Round(app)
    round_.send("anna")
    path = f"{round_.base}/deviations/{round_.rows()[0].id}"
    for name in ("chair", "bo", "hr"):
        client = signed_in(app, f"{name}@example.org")
        assert client.get(path).status_code == 400
        assert client.post(path, data=round_.values(reason="andet")).status_code == 400
        assert client.post(f"{path}/remove").status_code == 400
        assert f'href="{path}"' not in round_.get(name)
    assert round_.rows()[0].reason == REASON
    assert f'href="{path}"' in round_.get("anna")
    changed = round_.send(
        "anna", path, **round_.hidden("anna", path), reason="Vi tog det forkerte ark.", code="reworded"
    )
    assert changed.status_code == 302
    assert (round_.rows()[0].reason, round_.rows()[0].code) == ("Vi tog det forkerte ark.", "reworded")
    assert signed_in(app, "anna@example.org").post(f"{path}/remove").status_code == 302
    assert round_.rows() == []


def test_two_windows_show_both_texts(app: Flask) -> None:
    round_ = Round(app)
    round_.send("anna")
    path = f"{round_.base}/deviations/{round_.rows()[0].id}"
    opened = round_.hidden("anna", path)
    assert round_.send("anna", path, **opened, reason="fra telefonen", code="added").status_code == 302
    answer = round_.send("anna", path, **opened, reason="fra den bærbare")
    page = answer.get_data(as_text=True)
    assert answer.status_code == 409
    assert "fra telefonen" in page
    assert "fra den bærbare" in page
    assert round_.rows()[0].reason == "fra telefonen"
    assert round_.send("anna", path, **opened, reason="fra den bærbare", code="other").status_code == 409
    moved_on = dict(re.findall(r'name="(version|shown)"[^>]* value="([^"]*)"', page))
    assert round_.send("anna", path, **moved_on, reason="fra den bærbare").status_code == 302
    assert round_.rows()[0].reason == "fra den bærbare"


def test_window_that_changed_nothing_takes_the_others_text(app: Flask) -> None:
    round_ = Round(app)
    round_.send("anna")
    path = f"{round_.base}/deviations/{round_.rows()[0].id}"
    opened = round_.hidden("anna", path)
    round_.send("anna", path, **opened, reason="fra telefonen")
    assert round_.send("anna", path, **opened, code="other").status_code == 302
    assert (round_.rows()[0].reason, round_.rows()[0].code) == ("fra telefonen", "other")


def test_before_the_lock_nothing_is_recorded(app: Flask) -> None:
    early = Round(app, locked=[])
    assert early.send("anna").status_code == 400
    assert early.rows() == []
    assert "Guiden er ikke låst endnu" in early.get("anna", early.new)


def test_after_the_reveal_nothing_is_recorded_or_changed(app: Flask) -> None:
    cards = full_case()["scorecards"]
    late = Round(
        app,
        scorecards=cards,
        deviations=[{"candidate": "K1", "round": 1, "code": "other", "reason": REASON, "by": "anna@example.org"}],
    )
    path = f"{late.base}/deviations/{late.rows()[0].id}"
    opened = late.hidden("anna", path)
    assert signed_in(app, "chair@example.org").post(f"{late.base}/reveal").status_code == 302
    assert late.send("anna").status_code == 400
    assert late.send("anna", path, **opened, reason="noget andet").status_code == 400
    assert signed_in(app, "anna@example.org").post(f"{path}/remove").status_code == 400
    assert [row.reason for row in late.rows()] == [REASON]
    page = late.get("bo")
    assert REASON in page
    assert "/deviations/new" not in page
    assert f'href="{path}"' not in late.get("anna")


def test_ids_of_another_recruitment_are_not_found(app: Flask) -> None:
    mine, other = Round(app), load(case(impartiality=declared(), locked=[1]))
    mine.send("anna")
    row = mine.rows()[0].id
    foreign = f"/recruitments/{other.id}/rounds/1/deviations/{row}"
    anna = signed_in(app, "anna@example.org")
    assert [
        anna.get(foreign).status_code,
        anna.post(foreign).status_code,
        anna.post(f"{foreign}/remove").status_code,
    ] == [404] * 3
    assert mine.send("anna", f"/recruitments/{other.id}/rounds/1/deviations/new").status_code == 400
    assert len(mine.rows()) == 1


def test_member_with_a_limited_conflict_writes_nothing_about_the_candidate(app: Flask) -> None:
    conflict = {
        "panelist": "anna@example.org",
        "candidate": "K1",
        "conflict": True,
        "scope": "candidate",
        "reason": "nabo",
    }
    round_ = Round(
        app, impartiality=[*declared(MEMBERS, ("K2",)), *declared((MEMBERS[0], MEMBERS[2]), ("K1",)), conflict]
    )
    assert "Åse" not in round_.get("anna", round_.new)
    assert round_.send("anna").status_code == 400
    assert round_.send("anna", candidate=round_.candidates["K2"]).status_code == 302


def test_what_a_disqualified_member_wrote_is_not_shown_or_printed(app: Flask) -> None:
    round_ = Round(app)
    round_.send("anna")
    db.session.execute(
        db.text(
            "UPDATE declaration SET answer = 'conflict' WHERE member_id = (SELECT min(member_id) + 1 FROM declaration)"
        )
    )
    db.session.commit()
    assert REASON not in round_.get("chair")
    assert "deviations" not in export_case(round_.recruitment, actor=None)


def test_log_holds_ids_and_codes_only(app: Flask) -> None:
    round_ = Round(app)
    round_.send("anna")
    path = f"{round_.base}/deviations/{round_.rows()[0].id}"
    round_.send("anna", path, **round_.hidden("anna", path), reason="noget andet")
    signed_in(app, "anna@example.org").post(f"{path}/remove")
    events = db.session.scalars(
        db.select(AuditEvent).where(AuditEvent.event.startswith("deviation")).order_by(AuditEvent.id)
    ).all()
    assert [row.event.split(".")[1] for row in events] == ["recorded", "changed", "removed"]
    for row in events:
        assert set(row.subject) == {"round", "candidate", "deviation", "code"}
        assert "Tiden" not in str(row.subject)


def test_scorecard_leads_to_the_form_and_back(app: Flask) -> None:
    round_ = Round(app)
    card_path = f"{round_.overview}/{round_.candidates['K2']}"
    link = re.search(r'href="([^"]*deviations/new[^"]*)"', round_.get("anna", card_path))
    assert link
    form = round_.get("anna", link[1])
    assert f'<option selected value="{round_.candidates["K2"]}"' in form
    assert round_.send("anna", link[1]).location == card_path


def test_report_prints_deviations_beside_excuses_and_amendments(app: Flask) -> None:
    noted = {
        "candidate": "K2",
        "round": 1,
        "question": 1,
        "code": "reworded",
        "reason": REASON,
        "by": "anna@example.org",
        "at": "2026-11-20T10:00:00+01:00",
    }
    rounds = [{"number": 1, "questions": [f"{key}.b1" for key in KEYS]}]
    cards = full_case()["scorecards"]
    round_ = Round(app, rounds=rounds, scorecards=cards, deviations=[noted], revealed=[1])
    report = WordFile(signed_in(app, "bo@example.org").get(f"{round_.base}/comparison.docx").data)
    (row,) = report.rows("Kandidat", "Hvad skete der", "Begrundelse")
    assert row[0] == "K2"
    assert row[1].startswith("Et spørgsmål blev stillet med andre ord")
    assert load_guide(round_.recruitment.rounds[0])[0].wording["text"]["da"] in row[1]
    assert "20. november 2026, Anna Andersen" in row[1]
    assert row[2] == REASON
    assert report.faults() == []
    assert REASON in round_.get("bo", f"{round_.base}/comparison")


def test_report_without_deviations_says_so(app: Flask) -> None:
    round_ = Round(app, scorecards=full_case()["scorecards"], revealed=[1])
    report = WordFile(signed_in(app, "bo@example.org").get(f"{round_.base}/comparison.docx").data)
    assert "Der er ikke noteret afvigelser." in report.after("Afvigelser fra guiden")


def test_case_file_keeps_deviations_before_and_after_the_reveal(app: Flask) -> None:
    round_ = Round(app, scorecards=[card("anna@example.org", "K1", dict.fromkeys(KEYS, 3))])
    round_.send("anna")
    round_.send("hr", candidate=round_.candidates["K2"], question="", code="other", reason="Brandalarm: <&>\næøå")
    text = export_case(round_.recruitment, actor=None)
    assert "scorecards" not in text
    again = import_case(datafiles.parse(text.encode(), "again.yaml"))
    before, after = (
        [
            (
                noted.candidate.ref,
                noted.question_text,
                noted.row.code,
                noted.row.reason,
                noted.by,
                noted.row.recorded_at,
            )
            for noted in load_deviations(recruitment, recruitment.rounds[0])
        ]
        for recruitment in (round_.recruitment, again)
    )
    assert len(before) == 2
    assert before == after
