"""The reveal: it waits for every card, it is the chair's, and after it the first ratings lie fast."""

from __future__ import annotations

from doors import ids_of
from flask import Flask
from support import KEYS, MEMBERS, card, full_case, signed_in
from table import Table

from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.service import load_recruitment
from recruit.scoring.models import Consensus, Rating


def test_reveal_waits_for_every_card(app: Flask) -> None:
    cards = full_case()["scorecards"]
    table = Table(app, "chair@example.org", scorecards=cards[:-1])
    assert table.client.post(table.base + "/reveal").status_code == 400
    recruitment = load_recruitment(table.recruitment.id)
    assert recruitment is not None
    assert recruitment.rounds[0].revealed_at is None


def test_missing_card_is_excused_by_code_and_then_revealed(app: Flask) -> None:
    cards = full_case()["scorecards"]
    table = Table(app, "chair@example.org", scorecards=cards[:-1])
    bo = next(item for item in load_members(table.recruitment) if item.person.email == "bo@example.org")
    card_id = f"{bo.id}-{ids_of(table.recruitment).values['candidate_id']}"
    assert table.client.post(table.base + "/excuses", data={"card": card_id, "code": "absent"}).status_code == 400
    second = db.session.scalar(db.text("SELECT id FROM candidate WHERE ref = 'K2'"))
    answer = table.client.post(table.base + "/excuses", data={"card": f"{bo.id}-{second}", "code": "absent"})
    assert answer.status_code == 302
    assert table.client.post(table.base + "/reveal").status_code == 302
    assert table.client.get(table.base + "/comparison").status_code == 200


def test_reveal_is_the_chairs_alone(app: Flask) -> None:
    from support import make_person

    table = Table(app, "anna@example.org", scorecards=full_case()["scorecards"])
    make_person("hr@example.org", "hr")
    assert table.client.post(table.base + "/reveal").status_code == 403
    assert signed_in(app, "hr@example.org").post(table.base + "/reveal").status_code == 403


def test_empty_round_is_not_revealed(app: Flask) -> None:
    table = Table(app, "chair@example.org", candidates=[], impartiality=[])
    assert table.client.post(table.base + "/reveal").status_code == 400


def test_ratings_are_frozen_after_the_reveal(app: Flask) -> None:
    table = Table(app, scorecards=full_case()["scorecards"], revealed=[1])
    for answer in (
        table.put(table.criteria[0], score=1, evidence="ny", version=1),
        table.client.post(table.path, data={"action": "submit"}),
        table.client.post(table.path + "/reopen"),
        table.client.put(table.path + "/overall", json={"text": "x", "version": 1}),
    ):
        assert answer.status_code == 400
    assert set(db.session.scalars(db.select(Rating.score))) == {2, 3, 4, 5}


def test_consensus_stands_beside_the_first_ratings(app: Flask) -> None:
    table = Table(app, "chair@example.org", scorecards=full_case()["scorecards"], revealed=[1])
    criterion = table.criteria[0]
    path = f"{table.base}/comparison/candidates/{table.ids['candidate_id']}/consensus/{criterion}"
    assert table.client.post(path, data={f"{criterion}-score": "5", f"{criterion}-reason": ""}).status_code == 400
    assert db.session.scalar(db.select(Consensus.score)) is None
    table.client.post(path, data={f"{criterion}-score": "5", f"{criterion}-reason": "alle hørte det samme"})
    assert db.session.scalar(db.select(Consensus.score)) == 5
    page = table.client.get(f"{table.base}/comparison").get_data(as_text=True)
    assert "4,50" in page  # (2·5 + 3 + 5) / 4, by hand; 4,00 without the consensus
    assert signed_in(app, "anna@example.org").post(path, data={}).status_code == 403


def test_consensus_before_the_reveal_is_refused(app: Flask) -> None:
    table = Table(app, "chair@example.org", scorecards=full_case()["scorecards"])
    criterion = table.criteria[0]
    path = f"{table.base}/comparison/candidates/{table.ids['candidate_id']}/consensus/{criterion}"
    answer = table.client.post(path, data={f"{criterion}-score": "5", f"{criterion}-reason": "x"})
    assert answer.status_code == 400
    assert db.session.scalar(db.select(Consensus.score)) is None


def test_consensus_where_nobody_rated_is_refused(app: Flask) -> None:
    cards = [card(member, ref, dict.fromkeys(KEYS, None)) for member in MEMBERS for ref in ("K1", "K2")]
    table = Table(app, "chair@example.org", scorecards=cards, revealed=[1])
    criterion = table.criteria[0]
    path = f"{table.base}/comparison/candidates/{table.ids['candidate_id']}/consensus/{criterion}"
    answer = table.client.post(path, data={f"{criterion}-score": "5", f"{criterion}-reason": "x"})
    assert answer.status_code == 400


def test_withdrawn_candidate_is_neither_rated_nor_waited_for(app: Flask) -> None:
    cards = [row for row in full_case()["scorecards"] if row["candidate"] == "K2"]
    table = Table(app, "chair@example.org", scorecards=cards)
    status = f"/recruitments/{table.recruitment.id}/candidates/{table.ids['candidate_id']}/status"
    assert table.client.post(status, data={"status": "withdrawn"}).status_code == 302
    assert table.put(table.criteria[0], score=3, evidence="x", version=0).status_code == 400
    assert table.client.post(table.base + "/reveal").status_code == 302
    page = table.client.get(table.base + "/comparison").get_data(as_text=True)
    assert 'data-score="K2"' in page
    assert 'data-score="K1"' not in page


def test_disqualified_member_counts_in_nothing(app: Flask) -> None:
    """Bo rated 1 everywhere and then turns out to be in conflict with K2: out of the whole recruitment."""
    cards = [row for row in full_case()["scorecards"] if row["panelist"] != "bo@example.org"]
    cards += [card("bo@example.org", ref, dict.fromkeys(KEYS, 1)) for ref in ("K1", "K2")]
    table = Table(app, "chair@example.org", scorecards=cards)
    db.session.execute(db.text("UPDATE declaration SET answer = 'conflict', kind = 'family' WHERE candidate_id = "
                               "(SELECT id FROM candidate WHERE ref = 'K2') AND member_id = (SELECT m.id FROM panel_member m "
                               "JOIN person p ON p.id = m.person_id WHERE p.email = 'bo@example.org')"))  # fmt: skip
    db.session.commit()
    table.client.post(table.base + "/reveal")
    page = table.client.get(table.base + "/comparison").get_data(as_text=True)
    assert "4,00" in page
    assert signed_in(app, "bo@example.org").get(table.base + "/comparison").status_code == 403


def test_weight_moved_after_the_lock_needs_a_reason_and_is_printed(app: Flask) -> None:
    table = Table(app, "chair@example.org", scorecards=full_case()["scorecards"])
    path = f"/recruitments/{table.recruitment.id}/criteria/{table.criteria[0]}/amend"
    assert table.client.post(path, data={"weight": "3", "minimum": "", "here": ""}).status_code == 400
    answer = table.client.post(path, data={"weight": "3", "minimum": "", "here": "", "reason": "Udvalget var enigt."})
    assert answer.status_code == 302
    table.client.post(table.base + "/reveal")
    assert table.client.post(path, data={"weight": "1", "minimum": "", "here": "", "reason": "x"}).status_code == 400


def test_criteria_cannot_be_picked_after_the_lock(app: Flask) -> None:
    table = Table(app, "chair@example.org")
    path = f"/recruitments/{table.recruitment.id}/house"
    assert table.client.post(path, data={"criterion": ["emergence.1"]}).status_code == 400
    recruitment = load_recruitment(table.recruitment.id)
    assert recruitment is not None
    assert [criterion.key for criterion in recruitment.criteria] == list(KEYS)


def test_locked_wording_outlives_a_change_of_the_bank(app: Flask) -> None:
    from recruit.questions.service import criterion_wording

    table = Table(app)
    criterion = table.recruitment.criteria[0]
    criterion.frozen = criterion.frozen | {"text": {"da": "Som det lød dengang.", "en": "As it was worded then."}}
    db.session.commit()
    recruitment = load_recruitment(table.recruitment.id)
    assert recruitment is not None
    assert criterion_wording(recruitment, recruitment.criteria[0]).text.da == "Som det lød dengang."
    assert "Som det lød dengang." in table.client.get(table.path).get_data(as_text=True)
