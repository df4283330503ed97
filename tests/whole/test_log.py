"""The log is a chain: every event gets its place when its transaction ends, whoever writes at the same time."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, text, update
from sqlalchemy.exc import IntegrityError
from support import case, counted_queries, full_case, load, make_person
from whole.logs import events, faults, log, run, tamper

from recruit.accounts.models import Person
from recruit.audit import AuditEvent, AuditHead, chain_unchained, forget, record
from recruit.extensions import db
from recruit.privacy.chain import CHANGED, CUT_OFF, INSERTED
from recruit.privacy.service import check_log
from recruit.recruitments.models import Recruitment, Round


def test_every_event_gets_its_place_and_its_hash_at_commit(app: Flask) -> None:
    person = make_person("hr@example.org", "hr")
    record("person.changed", person.id, person=person.id)
    record("person.signed_in", person.id, person=person.id)
    db.session.flush()
    assert [row.number for row in db.session.scalars(select(AuditEvent).order_by(AuditEvent.id))] == [1, None, None]
    db.session.commit()
    db.session.expire_all()
    previous = ""
    for number, row in enumerate(events(), 1):
        assert row.number == number
        assert re.fullmatch("[0-9a-f]{32}", row.salt)
        about = sha256((row.salt + json.dumps(row.subject, separators=(",", ":"))).encode()).hexdigest()
        moment = row.at.strftime("%Y-%m-%dT%H:%M:%S.%f+00:00")
        whole = f'["{previous}",{number},"{moment}","{row.event}",{row.actor_id or "null"},null,"{about}"]'
        previous = sha256(whole.encode()).hexdigest()
        assert (row.subject_hash, row.hash) == (about, previous)
    head = db.session.get_one(AuditHead, 1)
    assert (head.number, head.hash) == (3, previous)
    assert len({row.salt for row in events()}) == 3


def test_work_that_is_rolled_back_leaves_no_gap(app: Flask) -> None:
    log(2)
    record("member.added", None, member=7)
    db.session.flush()
    db.session.rollback()
    record("member.added", None, member=8)
    try:
        with db.session.begin_nested():
            record("member.added", None, member=9)
            db.session.flush()
            raise ZeroDivisionError
    except ZeroDivisionError:
        pass
    with db.session.begin_nested():
        record("member.added", None, member=10)
    db.session.commit()
    assert [(row.number, row.subject["member"]) for row in events()] == [(1, 0), (2, 1), (3, 8), (4, 10)]
    assert faults() == []


def test_only_a_transaction_that_records_touches_the_end_of_the_chain(app: Flask) -> None:
    person = make_person("hr@example.org", "hr")
    person.name = "Et andet navn"
    with counted_queries() as statements:
        db.session.commit()
    assert [statement for statement in statements if "audit" in statement or "advisory" in statement] == []


def test_purge_empties_what_events_were_about_and_the_chain_holds(app: Flask) -> None:
    load(full_case(revealed=[1]))
    person = make_person("hr@example.org", "hr")
    rows = events()
    due = [row for row in rows if row.event == "candidate.added"]
    assert forget(due, actor_id=person.id) == len(due) > 0
    db.session.commit()
    assert forget(due, actor_id=person.id) == 0  # again: nothing is left
    db.session.commit()
    after = {row.number: row for row in events()}
    assert all(after[row.number].subject == {} and after[row.number].salt == "" for row in due if row.number)
    assert (after[len(after)].event, after[len(after)].subject) == ("log.emptied", {"count": len(due)})
    assert faults() == []
    assert check_log().emptied == len(due)
    assert forget(events()[-1:], actor_id=None) == 0  # how many were emptied is not forgotten
    tamper("UPDATE audit_event SET subject = '{\"member\": 1}' WHERE number = :number", number=due[0].number)
    assert (CHANGED, due[0].number, due[0].number) in faults()


def test_people_and_cases_of_the_log_cannot_be_deleted_from_under_it(app: Flask) -> None:
    """Their ids are in the chain: a row that loses them, or whose id is given to another, would say something else."""
    recruitment = load(full_case())
    person = make_person("hr@example.org", "hr")
    record("recruitment.changed", person.id, recruitment.id)
    db.session.commit()
    for model, found in ((Person, person.id), (Recruitment, recruitment.id)):
        with pytest.raises(IntegrityError):
            db.session.execute(db.delete(model).where(model.id == found))
        db.session.rollback()


def test_upgrade_chains_what_was_recorded_before_there_was_a_chain(app: Flask) -> None:
    log(9)
    unchained: dict[str, Any] = {"number": None, "salt": "", "subject_hash": "", "hash": ""}
    db.session.execute(update(AuditEvent).values(unchained))
    db.session.delete(db.session.get_one(AuditHead, 1))
    db.session.commit()
    assert faults() == [(INSERTED, row.id, row.id) for row in events()] or faults() == [
        (INSERTED, min(row.id for row in events()), max(row.id for row in events()))
    ]
    result = run("upgrade")
    assert result.exit_code == 0, result.output
    assert [row.subject["member"] for row in events()] == list(range(9))
    assert faults() == []
    log(2)
    assert faults() == []


def test_upgrade_takes_nothing_into_a_chain_that_has_begun(app: Flask) -> None:
    log(3)
    db.session.execute(text("UPDATE audit_event SET number = NULL WHERE number = 3"))
    db.session.commit()
    assert chain_unchained() == 0
    assert {kind for kind, _first, _last in faults()} == {INSERTED, CUT_OFF}


def test_old_events_are_chained_in_batches(app: Flask) -> None:
    log(25)
    db.session.execute(text("UPDATE audit_event SET number = NULL"))
    db.session.execute(text("DELETE FROM audit_head"))
    db.session.commit()
    assert chain_unchained(batch=4) == 25
    assert faults() == []


def test_eight_at_once_leave_one_chain(app: Flask) -> None:
    """Some record first and then wait for a row that others hold: whoever took the end of the chain when an event is
    recorded, and not last, would wait for ever. Others hold nothing in common but the chain."""
    recruitment = load(case())
    row_id, round_id, before = recruitment.id, recruitment.rounds[0].id, len(events())
    db.session.remove()

    def hold() -> None:
        db.session.execute(select(Round.id).where(Round.id == round_id).with_for_update())

    def note() -> None:
        record("round.changed", None, row_id)
        db.session.flush()

    orders: list[list[Callable[[], None]]] = [[note, hold], [hold, note], [note], [note, note]]

    def write(worker: int) -> None:
        for number in range(10):
            with app.app_context():
                for step in orders[worker % 4]:
                    step()
                if number % 5 == 4:
                    db.session.rollback()
                else:
                    db.session.commit()
                db.session.remove()

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(write, range(8)))
    assert faults() == []
    assert len(events()) == before + 2 * 8 * (1 + 1 + 1 + 2)
