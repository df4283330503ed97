"""The check of the log's chain on both databases: what somebody does past the application is found."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import text
from support import case, full_case, load
from whole.logs import events, faults, log, run, tamper

from recruit.extensions import db
from recruit.privacy import service
from recruit.privacy.chain import (
    BEYOND,
    CHANGED,
    CUT_OFF,
    EMPTIED,
    HEAD,
    INSERTED,
    MISSING,
    Report,
    Row,
    check,
)
from recruit.privacy.service import check_log


def test_whole_case_makes_an_unbroken_chain(app: Flask) -> None:
    load(full_case(revealed=[1]))
    count = len(events())
    result = run("check-log")
    assert (result.exit_code, result.output) == (0, f"{count} events, unbroken\n")


def test_empty_log_is_unbroken(app: Flask) -> None:
    assert run("check-log").output == "0 events, unbroken\n"


TAMPERINGS: dict[str, tuple[str, list[tuple[str, int, int]], str]] = {
    "at": ("UPDATE audit_event SET at = '2020-01-01 00:00:00.000000' WHERE number = 4", [(CHANGED, 4, 4)], "event 4 changed"),
    "event": ("UPDATE audit_event SET event = 'x' WHERE number = 1", [(CHANGED, 1, 1)], "event 1 changed"),
    "actor": ("UPDATE audit_event SET actor_id = 1 WHERE number = 5", [(CHANGED, 5, 5)], "event 5 changed"),
    "recruitment": ("UPDATE audit_event SET recruitment_id = 1 WHERE number = 5", [(CHANGED, 5, 5)], "event 5 changed"),
    "subject": ("UPDATE audit_event SET subject = '{\"member\": 9}' WHERE number = 5", [(CHANGED, 5, 5)], "event 5 changed"),
    "salt": ("UPDATE audit_event SET salt = 'ab' WHERE number = 10", [(CHANGED, 10, 10)], "event 10 changed"),
    "subject_hash": ("UPDATE audit_event SET subject_hash = 'ab' WHERE number = 9", [(CHANGED, 9, 9)], "event 9 changed"),
    "hash": ("UPDATE audit_event SET hash = 'ab' WHERE number = 10", [(CHANGED, 10, 10)], "event 10 changed"),
    "number": ("UPDATE audit_event SET number = NULL WHERE number = 2", [(INSERTED, 2, 2), (MISSING, 2, 2)], "event 2 missing"),
    "deleted": ("DELETE FROM audit_event WHERE number IN (3, 4, 7)", [(MISSING, 3, 4), (MISSING, 7, 7)], "event 3 to 4 missing"),
    "cut off": ("DELETE FROM audit_event WHERE number > 8", [(CUT_OFF, 9, 10)], "the end is cut off: event 9 to 10 missing"),
    "emptied": ("UPDATE audit_event SET subject = '{}', salt = '' WHERE number = 6", [(EMPTIED, 1, 0)], "1 events are emptied, the log tells of 0"),
    "head moved back": ("UPDATE audit_head SET number = 9", [(BEYOND, 10, 10), (HEAD, 9, 9)], "event 10 inserted after the end"),
    "head changed": ("UPDATE audit_head SET hash = 'ab'", [(HEAD, 10, 10)], "event 10 is not the end"),
    "head deleted": ("DELETE FROM audit_head", [(HEAD, 10, 10)], "event 10 is not the end"),
    "forged": (
        "INSERT INTO audit_event (at, event, subject, salt, subject_hash, hash, number) "
        "SELECT at, event, subject, salt, subject_hash, hash, 11 FROM audit_event WHERE number = 10",
        [(BEYOND, 11, 11)],
        "event 11 inserted after the end",
    ),
    "forged without a place": (
        "INSERT INTO audit_event (at, event, subject, salt, subject_hash, hash) "
        "SELECT at, event, subject, salt, subject_hash, hash FROM audit_event WHERE number = 10",
        [(INSERTED, 11, 11)],
        "inserted outside the chain: row 11",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", TAMPERINGS)
def test_tampering_with_the_database_is_found(app: Flask, name: str) -> None:
    statement, expected, sentence = TAMPERINGS[name]
    load(case())
    db.session.execute(text("DELETE FROM audit_event"))
    db.session.execute(text("DELETE FROM audit_head"))
    log(10)
    # The same row ids on both databases, however many events there were before.
    db.session.execute(text("UPDATE audit_event SET id = number + 1000"))
    db.session.execute(text("UPDATE audit_event SET id = number"))
    if db.engine.dialect.name == "postgresql":
        db.session.execute(text("SELECT setval('audit_event_id_seq', 10)"))
    db.session.commit()
    assert faults() == []
    tamper(statement)
    assert sorted(faults()) == sorted(expected)
    result = run("check-log")
    assert result.exit_code == 2
    assert sentence in result.output
    assert result.output.endswith("is broken.\n")


def test_events_go_on_after_a_fault_and_the_fault_stays(app: Flask) -> None:
    log(5)
    tamper("UPDATE audit_event SET event = 'x' WHERE number = 2")
    log(3)
    assert faults() == [(CHANGED, 2, 2)]
    assert len(events()) == 8


def test_newest_events_are_checked_from_the_one_before_them(app: Flask) -> None:
    log(10)
    tamper("UPDATE audit_event SET event = 'x' WHERE number = 2")
    assert faults(check_log(8)) == []
    assert check_log(8).start == 2
    assert faults(check_log(9)) == [(CHANGED, 2, 2)]
    tamper("DELETE FROM audit_event WHERE number = 2")
    assert faults(check_log(8)) == []  # taken on trust
    tamper("UPDATE audit_event SET event = 'x' WHERE number = 4")
    assert faults(check_log(8)) == [(CHANGED, 4, 4)]
    assert check_log(8).events == 8
    assert check_log(50).events == 9


def test_check_reads_in_batches_and_keeps_nobody_from_writing(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "BATCH", 7)
    log(30)
    seen = 0

    def writes_in_the_middle(rows: Iterator[Row], *rest: Any) -> Report:
        def one_by_one() -> Iterator[Row]:
            nonlocal seen
            for seen, row in enumerate(rows, 1):
                if seen == 9:
                    log(1)
                yield row

        return check(one_by_one(), *rest)

    monkeypatch.setattr(service, "check", writes_in_the_middle)
    assert faults(check_log()) == []
    assert seen == 30
    assert len(events()) == 31
