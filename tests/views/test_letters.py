"""An answer for every candidate: drafted of their own cells, read by people, ready when nothing stands in its way."""

from __future__ import annotations

import io
import zipfile

import pytest
from answers import Answers, decided_case
from flask import Flask
from support import case, declared, load, make_person, signed_in
from wordfile import WordFile

from recruit.candidates.models import Candidate
from recruit.decisions.models import HiredCandidate, Task
from recruit.documents.origin import digest_of, read_origin
from recruit.extensions import db
from recruit.letters.documents import letter_now
from recruit.letters.models import Answer, AnswerEarlier
from recruit.letters.service import answers_missing, count_ready
from recruit.mail.models import Message
from recruit.recruitments.timetable import today


def hold(answers: Answers, ref: str) -> None:
    values = {"kind": "hearing", "what": "noget", "opened_on": today(), "due_on": today()}
    db.session.add(Task(candidate_id=answers.ids[ref], **values))
    db.session.commit()


def test_every_candidate_gets_a_draft_of_their_own_cells_and_only_those(app: Flask) -> None:
    answers = Answers(app)
    page = answers.page()
    assert page.rpartition("</nav>")[2].count("Ikke skrevet") == 3
    answers.chair.post(f"{answers.base}/drafts")
    rejected, hired, gone = (answers.page(ref) for ref in ("K2", "K1", "K3"))
    text = rejected.split("<textarea")[1].split("</textarea>")[0]
    assert "”Vi sætter en tydelig retning og opnår følgeskab.”" in text
    assert "om K2, performance.2" in text and "K1" not in text and "Åse" not in text
    assert "Tillykke" in hired and "trukket din ansøgning" in gone
    assert db.session.scalar(db.select(db.func.count(AnswerEarlier.id))) == 3


def test_letter_is_ready_when_read_and_then_goes_into_the_zip_by_ref(app: Flask) -> None:
    answers = Answers(app)
    assert answers.put("K2", "Tak for samtalen.\n\n- Et\n- To").json["version"] == 1
    assert "markeret klar" in answers.ready("K2").get_data(as_text=True)
    refused = answers.put("K2", "Noget andet.", 1)
    assert refused.status_code == 400 and "Åbn det igen" in refused.json["error"]
    content = answers.chair.get(f"{answers.base}.zip").data
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["K2.docx"]
        letter = archive.read("K2.docx")
    word = WordFile(letter)
    assert "Kære Bent Æbelø" in word.text and "Med venlig hilsen\nCarla Chef" in word.text and "Udkast" not in word.text
    assert "Åse" not in word.raw and "K1" not in word.raw
    origin = read_origin(letter)
    assert (origin.kind, origin.candidate, origin.seed) == ("letter", "K2", None)
    assert origin.digest == digest_of(letter_now(answers.recruitment, None, "K2"))
    answers.chair.post(answers.url("K2", "/reopen"))
    assert answers.put("K2", "Noget andet.", 1).status_code == 200
    assert digest_of(letter_now(answers.recruitment, None, "K2")) != origin.digest


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("Åse Ørsted var bedre.", "er en anden ansøger"),
        ("k1 var bedre.", "er en anden ansøger"),
        ("Spørg Bo Berg.", "er et medlem af udvalget"),
        ("Fordi [skriv hovedgrunden].", "Udfyld det, der står i firkantede parenteser"),
    ],
)
def test_letter_with_others_or_gaps_in_it_is_never_ready(app: Flask, text: str, sentence: str) -> None:
    answers = Answers(app)
    answers.put("K2", text)
    assert sentence in answers.page("K2")
    answer = answers.ready("K2", kept_because="Det skal stå der.")
    assert answer.status_code == 400 and sentence in answer.get_data(as_text=True)
    assert db.session.scalar(db.select(Answer)) is None
    live = answers.chair.put(answers.url("K2", "/check"), json={"text": text, "version": 0})
    assert len(live.json["faults"]) == 1


def test_doubtful_words_stay_only_with_a_reason(app: Flask) -> None:
    answers = Answers(app)
    answers.put("K2", "Vi søger en yngre leder, sagde Åse.")
    assert "yngre" in answers.ready("K2").get_data(as_text=True)
    assert db.session.scalar(db.select(Answer)) is None
    answers.ready("K2", kept_because="Åse er en kommune.")
    assert db.session.scalar(db.select(Answer.kept_because)) == "Åse er en kommune."


def test_open_hearing_keeps_letter_and_zip_waiting(app: Flask) -> None:
    answers = Answers(app)
    for ref in ("K2", "K3"):
        answers.put(ref, "Tak.")
    answers.ready("K2")
    hold(answers, "K3")
    assert "Partshøringen" in answers.ready("K3").get_data(as_text=True)
    assert answers.chair.get(f"{answers.base}.zip").status_code == 200
    hold(answers, "K2")
    assert answers.chair.get(f"{answers.base}.zip").status_code == 400


def test_ready_letter_leaves_neither_while_a_hearing_is_open_nor_with_another_in_it(app: Flask) -> None:
    answers = Answers(app)
    answers.put("K2", "Tak. Du mødte Zita Zander ved samtalen.")
    answers.ready("K2")
    assert answers.chair.get(answers.url("K2", ".docx")).status_code == 200
    db.session.get_one(Candidate, answers.ids["K3"]).name = "Zita Zander"
    db.session.commit()
    refused = answers.chair.get(f"{answers.base}.zip")
    assert refused.status_code == 400 and "er en anden ansøger" in refused.get_data(as_text=True)
    hold(answers, "K2")
    assert answers.chair.get(answers.url("K2", ".docx")).status_code == 400


def test_answer_that_the_decision_has_overtaken_is_missing_again(app: Flask) -> None:
    answers = Answers(app)
    answers.put("K1", "Tillykke.")
    answers.put("K2", "Tak.")
    answers.ready("K1"), answers.ready("K2")
    assert count_ready(answers.recruitment) == (2, 3, True)
    hired = db.session.scalars(db.select(HiredCandidate)).one()
    hired.candidate_id = answers.ids["K2"]
    db.session.get_one(Candidate, answers.ids["K3"]).status = "active"
    db.session.commit()
    assert count_ready(answers.recruitment) == (0, 3, True)
    assert answers_missing([answers.recruitment.id]) == {answers.recruitment.id: 3}


def test_two_who_write_at_once_overwrite_nothing(app: Flask) -> None:
    answers = Answers(app)
    assert answers.put("K2", "Først.").status_code == 200
    late = answers.put("K2", "Sidst.", 0)
    assert late.status_code == 409 and late.json["text"] == "Først."
    stale = answers.ready("K2", version=7)
    assert "ændret, siden du læste det" in stale.get_data(as_text=True)
    earlier = db.session.scalar(db.select(AnswerEarlier.id))
    answers.put("K2", "", 1)
    answers.chair.post(answers.url("K2", "/history"), data={"entry": str(earlier), "version": "2"})
    assert "Først." in answers.page("K2")


def test_nothing_is_written_before_the_reveal_or_the_decision(app: Flask) -> None:
    answers = Answers(app, decision=None)
    assert answers.page().count("Afgørelsen er ikke registreret endnu.") == 2
    answers.chair.post(f"{answers.base}/drafts")
    assert "om K2" not in answers.page("K2")
    answers.put("K2", "Tak.")
    assert answers.ready("K2").status_code == 400


def test_short_answers_are_ready_all_at_once_and_the_others_are_not(app: Flask) -> None:
    answers = Answers(app)
    answers.chair.post(f"{answers.base}/drafts")
    page = answers.chair.post(f"{answers.base}/ready", follow_redirects=True).get_data(as_text=True)
    assert "1 svar er markeret klar" in page
    assert list(db.session.scalars(db.select(Answer.ready_as))) == ["withdrawn"]


def test_chair_with_a_conflict_leaves_the_letter_to_hr(app: Flask) -> None:
    limited = [
        {"panelist": "chair@example.org", "candidate": "K2", "conflict": True, "scope": "candidate", "reason": "kender"}
    ]
    mine = ("chair@example.org", "K2")
    own = {
        key: [item for item in decided_case()[key] if (item["panelist"], item["candidate"]) != mine]
        for key in ("impartiality", "scorecards")
    }
    answers = Answers(app, **own | {"impartiality": own["impartiality"] + limited})
    assert answers.put("K2", "Tak.").status_code == 403
    assert (
        answers.as_("hr").put(answers.url("K2", "/sections/letter"), json={"text": "Tak.", "version": 0}).status_code
        == 200
    )


def test_receipt_goes_once_to_those_with_an_address_and_names_nobody(app: Flask, with_mail: None) -> None:
    recruitment = load(case(impartiality=declared()))
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    for _again in range(2):
        assert hr.post(f"/recruitments/{recruitment.id}/letters/receipts").status_code == 302
    mails = list(db.session.scalars(db.select(Message)))
    assert [mail.recipient for mail in mails] == ["aase@mail.example"]
    assert "Åse" not in mails[0].body and "Digital Post" in mails[0].body and "artikel 6" in mails[0].body
