"""Recommendation and decision: chosen, reasoned from the evidence, final, decided, and no sooner than they may be."""

from __future__ import annotations

import re

from deciders import Deciding
from flask import Flask
from support import full_case, load, signed_in
from wordfile import WordFile

from recruit.audit import AuditEvent
from recruit.decisions.service import load_decision, load_recommendation
from recruit.extensions import db
from recruit.recruitments.models import Recruitment


def test_recommendation_from_choice_to_final_note(app: Flask) -> None:
    """The chair chooses, picks evidence, writes, makes final; the panel reads it only then."""
    room = Deciding(app, dissents=[{"panelist": "bo@example.org", "round": 1, "text": "Jeg hørte <noget> andet."}])
    assert "Ingen indstilling endnu" in room.text("chair", "/recommendation")
    assert room.choose("K1").status_code == 302
    evidence = f"/recommendation/evidence/{room.criteria['performance.2']}"
    page = room.text("chair", evidence)
    offered = re.findall(r'value="(\d+-\d+-\d+)"', page)
    assert len(offered) == 3  # one sentence of each member, on the chosen one only
    assert "om K2" not in page
    assert room.post("chair", evidence, sentence=[offered[1]], shown="").status_code == 302
    assert room.write("performance.2", "Kan holde retningen, <også> når det blæser.").status_code == 200
    for path, status in (("/recommendation", 200), ("/recommendation.docx", 404)):
        shown = room.text("anna", path, status)
        assert "når det blæser" not in shown and "Åse" not in shown
    assert room.finish().status_code == 302
    read = room.text("anna", "/recommendation")
    for words in (
        "Kan holde retningen, &lt;også&gt;",
        "anna om K1, performance.2: sagde noget konkret",
        "Jeg hørte &lt;noget&gt; andet.",
    ):
        assert words in read
    note = WordFile(room.as_("anna").get(room.base + "/recommendation.docx").data)
    for words in (
        "Udvalget indstiller K1 Åse Ørsted",
        "”anna om K1, performance.2: sagde noget konkret”",
        "Jeg hørte <noget> andet.",
        "Ordret",
    ):
        assert words in note.text
    assert "bo om K1" not in note.text
    assert {"recommendation.chosen", "recommendation.quoted", "recommendation.final"} <= set(
        db.session.scalars(db.select(AuditEvent.event))
    )


def test_choice_against_the_numbers_waits_for_its_reason(app: Flask) -> None:
    room = Deciding(app)
    room.choose("K2")
    room.write("summary", "Bedst egnet.")
    assert "Skriv, hvad der vejer tungere end tallet" in room.text("chair", "/recommendation")
    version = room.hidden("chair", "/recommendation/choice", "version")
    assert room.post("chair", "/recommendation/final", version=version).status_code == 302
    row = load_recommendation(room.recruitment)
    assert row is not None and row.final_at is None
    room.write("against", "Har ledet en fusion.")
    room.finish()
    db.session.expire_all()
    assert row.final_at is not None


def test_final_recommendation_is_closed_until_it_is_reopened_with_a_reason(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    assert room.write("summary", "Noget andet.", 1).status_code == 400
    assert room.as_("chair").get(room.base + "/recommendation/edit").status_code == 302
    assert room.post("chair", "/recommendation/reopen", reason=" ").status_code == 400
    assert room.post("chair", "/recommendation/reopen", reason="Vi har fået nye oplysninger.").status_code == 302
    assert "Vi har fået nye oplysninger." in room.text("chair", "/recommendation")
    assert room.write("summary", "Noget andet.", 1).status_code == 200
    history = room.text("chair", "/recommendation/texts/summary/history")
    assert "Noget andet." in history
    room.finish()
    room.decide("K1")
    assert room.post("chair", "/recommendation/reopen", reason="Igen.").status_code == 400
    assert "Afgørelsen er noteret" in room.post("chair", "/recommendation/reopen", reason="Igen.").get_data(
        as_text=True
    )


def test_verdict_is_kept_as_it_was_shown(app: Flask) -> None:
    """A consensus after the recommendation moves the ranks; the words that were read stay, and the page says so."""
    room = Deciding(app)
    room.recommend("K1")
    row = load_recommendation(room.recruitment)
    assert row is not None and row.verdict is not None
    kept = row.verdict["headline"]
    row.verdict = row.verdict | {"headline": "Som det stod dengang."}
    db.session.commit()
    page = room.text("anna", "/recommendation")
    assert "Som det stod dengang." in page
    assert f"Tallene siger noget andet i dag: {kept}" in page


def test_two_windows_never_overwrite_each_other(app: Flask) -> None:
    room = Deciding(app)
    room.choose("K1")
    stale = room.hidden("chair", "/recommendation/choice", "version")
    assert room.choose("K2", "K1").status_code == 302
    assert room.choose("K1", version=stale).status_code == 409
    assert room.write("summary", "Først").status_code == 200
    answer = room.write("summary", "Sidst")
    assert (answer.status_code, answer.json["text"]) == (409, "Først")


def test_two_who_decide_at_once_see_both(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    stale = {name: room.hidden("hr", "/decision/edit", name) for name in ("version", "shown")}
    assert room.decide("K1").status_code == 302
    answer = room.decide("K2", differs_because="Ombestemt.", **stale)
    assert answer.status_code == 409 and "K1 Åse Ørsted" in answer.get_data(as_text=True)
    assert [item.candidate_id for item in load_decision(room.recruitment).hired] == [room.candidates["K1"]]  # type: ignore[union-attr]


def test_two_on_one_place_are_told_apart(app: Flask) -> None:
    room = Deciding(app)
    places = {f"place_{item}": "1" for item in room.candidates.values()}
    answer = room.post("chair", "/recommendation/choice", **places, version="0")
    assert answer.status_code == 400
    assert "To kandidater har samme plads" in answer.get_data(as_text=True)


def test_decision_comes_after_the_recommendation_and_feeds_the_ending(app: Flask) -> None:
    room = Deciding(app)
    assert "Afgørelsen kommer efter den" in room.decide("K1").get_data(as_text=True)
    room.recommend("K1")
    answer = room.decide("K2")
    assert answer.status_code == 400
    page = answer.get_data(as_text=True)
    assert "Afgørelsen er en anden end indstillingen. Skriv hvorfor." in page
    assert "Bedst egnet efter en samlet vurdering." in page  # nothing typed is lost
    assert room.decide("K2", differs_because="K1 har trukket sit ja tilbage.", approved_by="Byrådet").status_code == 302
    assert "Afgørelsen er en anden end indstillingen." in room.text("anna", "/decision")
    note = WordFile(room.as_("hr").get(room.base + "/decision.docx").data)
    for words in ("K2 Bent Æbelø er ansat.", "Dorte Direktør", "Byrådet", "K1 har trukket sit ja tilbage."):
        assert words in note.text
    closing = room.post("chair", "/close", outcome="nobody", hired="0", reason="Ingen.")
    assert closing.status_code == 400
    assert "Afgørelsen i sagen siger noget andet" in closing.get_data(as_text=True)
    assert room.post("chair", "/close", outcome="hired", hired="1").status_code == 302
    assert room.decide(differs_because="Ombestemt.").status_code == 400  # it has ended with one hired


def test_decision_can_end_the_recruitment_and_be_taken_back(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    assert room.decide("K1", ends="y").status_code == 302
    ended = db.session.get_one(Recruitment, room.recruitment.id)
    assert (ended.outcome, ended.hired) == ("hired", 1)
    room.post("chair", "/reopen")
    assert room.post("hr", "/decision/back", why="Tallet på brevet var forkert.").status_code == 302
    page = room.text("hr", "/decision")
    assert "Afgørelsen er ikke noteret" in page and "Tallet på brevet var forkert." in page


def test_more_are_not_hired_than_there_are_posts(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1", "K2")
    answer = room.decide("K1", "K2", differs_because="Begge.")
    assert "Der er én stilling i forløbet" in answer.get_data(as_text=True)
    room.recruitment.posts = 2
    db.session.commit()
    assert room.decide("K1", "K2").status_code == 302  # the first two of the ranking: what was recommended


def test_nothing_is_recommended_or_decided_before_the_reveal(app: Flask) -> None:
    room = Deciding(app, revealed=[])
    for path in ("/recommendation", "/recommendation/choice", "/recommendation/edit", "/decision"):
        assert "Åbner ved afsløringen" in room.text("chair", path)
    assert room.write("summary", "For tidligt").status_code == 400
    place = {f"place_{room.candidates['K1']}": "1", "version": "0"}
    room.post("chair", "/recommendation/choice", **place)
    assert load_recommendation(room.recruitment) is None
    assert room.as_("chair").get(room.base + "/recommendation.docx").status_code == 400


def test_words_of_a_member_who_turns_out_disqualified_leave_the_recommendation(app: Flask) -> None:
    from recruit.candidates.models import Declaration
    from recruit.panel.service import load_members

    room = Deciding(app)
    room.choose("K1")
    path = f"/recommendation/evidence/{room.criteria['performance.2']}"
    offered = re.findall(r'value="(\d+-\d+-\d+)"', room.text("chair", path))
    room.post("chair", path, sentence=offered, shown="")
    assert "anna om K1" in room.text("chair", "/recommendation")
    anna = next(row for row in load_members(room.recruitment) if row.person.email == "anna@example.org")
    db.session.execute(db.update(Declaration).where(Declaration.member_id == anna.id).values(answer="conflict"))
    db.session.commit()
    page = room.text("chair", "/recommendation")
    assert "anna om K1" not in page and "bo om K1" in page


def test_member_of_another_recruitment_sees_none_of_it(app: Flask) -> None:
    room = Deciding(app)
    room.recommend("K1")
    other = full_case(panel=[{"email": "else@example.org", "name": "Else", "role": "chair", "side": "chief"}])
    other["scorecards"], other["impartiality"] = [], []
    load(other)
    for path in ("/recommendation", "/recommendation.docx", "/decision", "/references"):
        assert signed_in(app, "else@example.org").get(room.base + path).status_code == 404


def test_what_waits_goes_from_the_chair_to_hr_and_stops(app: Flask) -> None:
    room = Deciding(app)

    def waits(name: str) -> str:
        return str(room.as_(name).get("/").get_data(as_text=True))

    assert "Skriv udvalgets indstilling" in waits("chair")
    room.recommend("K1")
    assert "Skriv udvalgets indstilling" not in waits("chair")
    assert "Notér afgørelsen: indstillingen er endelig" in waits("hr")
    assert "Notér afgørelsen" not in waits("anna")
    room.decide("K1")
    assert "Notér afgørelsen: indstillingen er endelig" not in waits("hr")
    for name in ("chair", "anna", "hr"):
        assert '<p class="quiet">Afgørelsen er noteret' in " ".join(waits(name).split()).replace("> ", ">")


def test_chair_who_must_not_judge_a_candidate_recommends_nobody(app: Flask) -> None:
    limited = {
        "panelist": "chair@example.org",
        "candidate": "K2",
        "conflict": True,
        "scope": "candidate",
        "reason": "Nabo.",
    }
    values = full_case()
    cards = [
        item for item in values["scorecards"] if (item["panelist"], item["candidate"]) != ("chair@example.org", "K2")
    ]
    others = [
        item for item in values["impartiality"] if (item["panelist"], item["candidate"]) != ("chair@example.org", "K2")
    ]
    room = Deciding(app, scorecards=cards, impartiality=[*others, limited])
    answer = room.choose("K1")
    assert answer.status_code == 400
    assert "Du er inhabil over for K2" in answer.get_data(as_text=True)
    assert load_recommendation(room.recruitment) is None
