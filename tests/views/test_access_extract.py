"""The access extract holds everything about one candidate, and nothing that identifies or ranks another."""

from __future__ import annotations

from typing import Any

from answers import Answers, decided_case
from flask import Flask
from support import KEYS, MEMBERS, card
from wordfile import WordFile

from recruit.audit import AuditEvent
from recruit.documents.origin import digest_of, read_origin
from recruit.extensions import db
from recruit.letters.extract_documents import extract_now
from recruit.letters.models import Answer

PLANTED = "hemmeligt om den anden"
OTHERS = ("Åse", "Ørsted", "åse", "Tage", "Tang", "K1", "k1", "K3", "aase@mail.example", PLANTED)


def planted_case() -> dict[str, Any]:
    """Words about others in everything that is written about K2, and the words that are about K2 beside them."""
    values = decided_case()
    cards = [item for item in values["scorecards"] if item["candidate"] == "K1"]
    for item in cards:
        item["overall"] = f"Samlet {PLANTED}."
        for rating in item["ratings"].values():
            rating["evidence"] = f"Noget {PLANTED}."
    for member in MEMBERS:
        own = card(member, "K2", dict.fromkeys(KEYS, 3))
        for key, rating in own["ratings"].items():
            rating["evidence"] = f"Sagde {key} klart til {member}. Var dårligere end Åse. åse ørsteds svar var kortere."
        own["overall"] = "Rolig og grundig. Næst efter K1. Bedre end TAGE TANG.\nDen anden kandidat var stærkere."
        cards.append(own)
    reason = "Vi hørte det samme hos Bent. K3 sagde mindre."
    return values | {
        "scorecards": cards,
        "consensus": [{"candidate": "K2", "round": 1, "statement": KEYS[0], "score": 3, "reason": reason}],
        "dissents": [
            {
                "panelist": "anna@example.org",
                "round": 1,
                "text": "Bent Æbelø blev hørt for lidt. K2 bør gå foran K1. Hun er god.",
            }
        ],
        "decision": values["decision"] | {"reason": "K1 er bedst. Bent Æbelø manglede erfaring med tal."},
    }


def word(answers: Answers, ref: str = "K2") -> WordFile:
    answer = answers.as_("hr").post(answers.url(ref, "/extract.docx"))
    assert answer.status_code == 200
    return WordFile(answer.data)


def test_extract_tells_everything_about_one_and_nothing_of_others(app: Flask) -> None:
    answers = Answers(app, **planted_case())
    found = word(answers)
    for text in (
        *(f"Sagde {key} klart til {member}." for key in KEYS for member in MEMBERS),
        "Rolig og grundig.",
        "Vi hørte det samme hos Bent.",
        "Bent Æbelø blev hørt for lidt.",
        "Bent Æbelø manglede erfaring med tal.",
        "bent@mail.example",
        "Carla Chef",
        "[udeladt]",
    ):
        assert text in found.text, text
    for text in (*OTHERS, "stærkere", "Næst efter", "Hun er god"):
        assert text not in found.raw, text


def test_headings_of_the_extract_name_nobody_else(app: Flask) -> None:
    values = planted_case()
    answers = Answers(
        app, **values | {"rounds": [{"number": 1, "name": "Samtale med Åse Ørsted og K3", "minutes": 60}]}
    )
    found = word(answers)
    assert "Vurderinger, Samtale med [udeladt] og [udeladt]" in found.text
    assert not [text for text in OTHERS if text in found.raw]


def test_json_sent_to_a_form_changes_nothing(app: Flask) -> None:
    answers = Answers(app)
    hr, place = answers.as_("hr"), answers.url("K2", "/extract")
    hr.post(place, data={"phrases": "rolig", "version": "1", "shown": ""})
    assert hr.post(place, json={"phrases": ["x"], "version": 10**30}).status_code < 500
    assert db.session.scalars(db.select(Answer.left_out)).one() == ["rolig"]


def test_hr_leaves_out_more_before_it_is_made_and_the_log_tells(app: Flask) -> None:
    answers = Answers(app, **planted_case())
    hr = answers.as_("hr")
    page = hr.get(answers.url("K2", "/extract")).get_data(as_text=True)
    assert "nævner en anden ansøger" in page and "Var dårligere end Åse." in page
    shown = {"version": "1", "shown": ""}
    hr.post(answers.url("K2", "/extract"), data={"phrases": "rolig og  GRUNDIG\n\n", **shown})
    found = word(answers)
    assert "Rolig og grundig" not in found.raw and "Vi hørte det samme" in found.text
    assert "extract.changed" in list(db.session.scalars(db.select(AuditEvent.event)))
    origin = read_origin(found.content)
    assert origin.digest == digest_of(extract_now(answers.recruitment, None, "K2"))


def test_two_of_hr_who_leave_out_at_once_see_each_other(app: Flask) -> None:
    answers = Answers(app)
    hr = answers.as_("hr")
    for phrase, status in (("et", 302), ("to", 409)):
        answer = hr.post(
            answers.url("K2", "/extract"), data={"phrases": phrase, "version": "1", "shown": "phrases:e3b0c44298fc1c14"}
        )
        assert answer.status_code == status


def test_extract_of_a_round_that_is_not_revealed_says_so_and_nothing_else(app: Flask) -> None:
    values = planted_case() | {"revealed": [], "consensus": [], "dissents": [], "decision": None}
    found = word(Answers(app, **values))
    assert "ikke afsløret endnu" in found.text and "Sagde" not in found.raw and "Rolig" not in found.raw


def test_chair_and_members_make_no_extract(app: Flask) -> None:
    answers = Answers(app)
    for name in ("chair", "anna"):
        assert answers.as_(name).get(answers.url("K2", "/extract")).status_code == 403
