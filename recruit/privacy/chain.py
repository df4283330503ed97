"""Does the chain of the log hold? Every event is hashed anew and compared with what was written."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from recruit.audit import hash_link, hash_subject

# More of them say nothing new.
FAULT_LIMIT = 100
# Of the hashes that an event may follow, after one that does not fit.
GUESSES = 6

CHANGED = "changed"  # does not fit its hash, or the event before it
MISSING = "missing"
DOUBLED = "doubled"  # a second event with the same number
INSERTED = "inserted"  # without a number, or with one before the first: told by row id
CUT_OFF = "cut_off"  # missing at the end
BEYOND = "beyond"  # after the end
HEAD = "head"  # the head is gone, or tells of another last event
EMPTIED = "emptied"  # more or fewer are empty than the log says were emptied
SENTENCES = {
    CHANGED: "event {numbers} changed, or does not follow the one before",
    MISSING: "event {numbers} missing",
    DOUBLED: "event {numbers} there twice",
    INSERTED: "inserted outside the chain: row {numbers}",
    CUT_OFF: "the end is cut off: event {numbers} missing",
    BEYOND: "event {numbers} inserted after the end",
    HEAD: "event {numbers} is not the end that the chain should have",
    EMPTIED: "{first} events are emptied, the log tells of {last}",
}


class Row(NamedTuple):
    """One event as the database holds it. Somebody may have put anything there."""

    id: int
    number: Any
    at: Any
    event: Any
    actor_id: Any
    recruitment_id: Any
    subject: Any
    salt: Any
    subject_hash: Any
    hash: Any


class End(NamedTuple):
    """The last link of a chain."""

    number: int
    hash: str


@dataclass
class Fault:
    """What is wrong with the events `first` to `last`. Of `emptied`: how many are, and how many should be."""

    kind: str
    first: int
    last: int

    def sentence(self) -> str:
        """For the command line, which is in English."""
        numbers = str(self.first) if self.first == self.last else f"{self.first} to {self.last}"
        return SENTENCES[self.kind].format(numbers=numbers, first=self.first, last=self.last)


@dataclass
class Report:
    """What a check found. `start` is the number of the event before the first that was checked."""

    start: int
    end: End
    events: int = 0
    emptied: int = 0
    faults: list[Fault] = field(default_factory=list)

    def add(self, kind: str, first: int, last: int | None = None) -> None:
        last = first if last is None else last
        if self.faults and (self.faults[-1].kind, self.faults[-1].last) == (kind, first - 1):
            self.faults[-1].last = last
        elif len(self.faults) < FAULT_LIMIT:
            self.faults.append(Fault(kind, first, last))


def check(rows: Iterable[Row], head: End | None, start: int = 0, before: str | None = "") -> Report:
    """Walks a chain whose events come in the order of their numbers; memory does not grow with its length.

    `head` is the end that it should have, None when the head is gone. `start` and `before` are the number and the hash
    of the event before the first; None when that is not there: the first is then taken on trust.
    """
    report = Report(start, End(start, before or ""))
    # What the next event may follow; nothing when that is missing. After a fault the hash that is there, the one that
    # should be, and the one before: the fault is told where it is, and not again at every event after it.
    follows = [] if before is None else [before]
    should_be_empty = 0
    for row in rows:
        if not isinstance(row.number, int) or row.number <= start:
            report.add(INSERTED, row.id)
            continue
        report.events += 1
        if head is not None and row.number > head.number:
            report.add(BEYOND, row.number)
            continue
        if row.number == report.end.number:
            report.add(DOUBLED, row.number)
            follows.append(row.hash)
            continue
        if row.number > report.end.number + 1:
            report.add(MISSING, report.end.number + 1, row.number - 1)
            follows = []
        subject = _subject(row)
        links = [_link(row, previous) for previous in follows]
        if _fits(row, subject) and (row.hash in links or not follows):
            follows = [row.hash]
        else:
            report.add(CHANGED, row.number)
            follows = [row.hash, report.end.hash, *links][:GUESSES]
        report.end = End(row.number, row.hash)
        report.emptied += subject == {} and row.salt == ""
        if row.event == "log.emptied" and isinstance(subject, dict) and isinstance(subject.get("count"), int):
            should_be_empty += subject["count"]
    if head is None:
        if report.events:
            report.add(HEAD, report.end.number)
    elif report.end.number < head.number:
        report.add(CUT_OFF, report.end.number + 1, head.number)
    elif follows and head.hash not in follows:
        report.add(HEAD, head.number)
    if start == 0 and report.emptied != should_be_empty:
        report.add(EMPTIED, report.emptied, should_be_empty)
    return report


def _subject(row: Row) -> Any:
    """What the event was about; None when it cannot be read."""
    try:
        return json.loads(row.subject) if isinstance(row.subject, str) else row.subject
    except ValueError:
        return None


def _fits(row: Row, subject: Any) -> bool:
    """Whether the subject is the one that was hashed, or was emptied together with its salt."""
    if subject == {} and row.salt == "":
        return True
    try:
        return hash_subject(row.salt, subject) == row.subject_hash
    except TypeError:
        return False


def _link(row: Row, previous: str) -> str | None:
    """The hash that the event should have after `previous`; None when its values cannot be hashed."""
    try:
        at = datetime.fromisoformat(row.at) if isinstance(row.at, str) else row.at
        moment = at.replace(tzinfo=UTC) if at.tzinfo is None else at
        return hash_link(previous, row.number, moment, row.event, row.actor_id, row.recruitment_id, row.subject_hash)
    except (ValueError, TypeError, AttributeError):
        return None
