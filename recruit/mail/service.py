"""The outbox: a message is written in the transaction of what caused it, and delivered afterwards.

queue(…)        writes a message in the caller's transaction
is_configured() whether there is a server to send by; without one nothing is written, and pages offer a link to copy
cancel(…)       takes back what is not sent yet
standings(…)    where the messages of a recruitment stand, for the pages
deliver_due(…)  sends what is due; for the command and the server's thread, in transactions of its own
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime

from flask import current_app
from sqlalchemy import Row, delete, func, select, update

from recruit.audit import now
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.mail.rules import (
    FOR_GOOD,
    LEASE,
    MOST_ATTEMPTS,
    OF_THE_SERVER,
    REQUEST,
    SENDING,
    is_given_up,
    next_attempt,
)
from recruit.mail.smtp import Letter, Mailbox


def is_configured() -> bool:
    """Whether mail can be sent: RECRUIT_SMTP_HOST names a server."""
    return bool(current_app.config["SMTP_HOST"])


def queue(
    kind: str,
    recipient: str,
    subject: str,
    body: str,
    *,
    recruitment_id: int | None = None,
    calendar: str = "",
    due_at: datetime | None = None,
) -> Message | None:
    """Writes a message in the caller's transaction: it is sent when, and only if, the caller commits.

    `kind` is a code of at most 20 letters (invitation, link, scorecard, interview, plan). `recipient` is one address,
    checked by `accounts.rules.check_email`. `subject` is one line, `body` plain text in the recipient's language.
    `calendar` is the text of an .ics file that goes along. `due_at` (UTC) is now when left out.

    No message names a candidate, holds a rating, or anything computed from one: a mailbox is no part of the case.
    Returns None, and writes nothing, where no mail server is configured (see `is_configured`).
    """
    if not is_configured():
        return None
    at = now()
    message = Message(
        recruitment_id=recruitment_id,
        kind=kind,
        recipient=recipient,
        subject=" ".join(subject.split())[:200],
        body=body,
        calendar=calendar,
        created_at=at,
        due_at=due_at or at,
        attempts=0,
        failure="",
    )
    db.session.add(message)
    return message


def cancel(recipient: str, *, recruitment_id: int | None = None) -> None:
    """Takes back what waits to be sent to an address; in one recruitment only, when it is given."""
    waiting = delete(Message).where(Message.recipient == recipient, Message.sent_at.is_(None))
    if recruitment_id is not None:
        waiting = waiting.where(Message.recruitment_id == recruitment_id)
    db.session.execute(waiting)


def count_since(kind: str, recipient: str, since: datetime) -> int:
    """How many messages of a kind were written to an address since a moment; one query."""
    query = select(func.count(Message.id)).where(
        Message.kind == kind, Message.recipient == recipient, Message.created_at > since
    )
    return db.session.scalar(query) or 0


@dataclass(frozen=True)
class Standing:
    """Where a message stands. `failure` is a code of `rules.FAILURES`, or empty."""

    kind: str
    recipient: str
    created_at: datetime
    due_at: datetime
    sent_at: datetime | None
    attempts: int
    failure: str

    @property
    def given_up(self) -> bool:
        return self.sent_at is None and is_given_up(self.attempts, self.failure)


def standings(recruitment_id: int, *, kinds: tuple[str, ...] = ()) -> list[Standing]:
    """The messages of a recruitment that are not sent, and all those of the given kinds; oldest first, one query."""
    columns = (
        Message.kind,
        Message.recipient,
        Message.created_at,
        Message.due_at,
        Message.sent_at,
        Message.attempts,
        Message.failure,
    )
    query = select(*columns).where(
        Message.recruitment_id == recruitment_id, Message.sent_at.is_(None) | Message.kind.in_(kinds)
    )
    return [Standing(*row) for row in db.session.execute(query.order_by(Message.id))]


@dataclass(frozen=True)
class Delivery:
    """How many messages a run sent, and how many it could not. `failures` are the codes why, see `rules.FAILURES`."""

    sent: int
    failed: int
    failures: frozenset[str] = field(default=frozenset(), compare=False)


def deliver_due(limit: int = 100) -> Delivery:
    """Sends at most `limit` messages that are due, each once however many processes do this at the same time.

    A message is claimed in a transaction of its own (PostgreSQL passes over rows that another holds, SQLite has one
    writer at a time), and its result is written in another: no lock is held while the mail server is waited for,
    because on SQLite that would keep every scorecard from being saved. A process that dies in between leaves a message
    that is tried again when the claim has run out. A fault of the server ends the run: the others need not try it.
    """
    if not is_configured():
        return Delivery(0, 0)
    started, sent, failed, failures = now(), 0, 0, set()
    with Mailbox(current_app.config) as mailbox:
        while sent + failed < limit and (claimed := _claim(started)) is not None:
            letter = Letter(claimed.id, claimed.created_at, claimed.recipient, claimed.subject)
            failure = mailbox.send(letter, claimed.body, claimed.calendar)
            _settle(claimed.id, claimed.attempts + 1, failure)
            sent, failed = sent + (not failure), failed + bool(failure)
            if failure:
                failures.add(failure)
            if failure in OF_THE_SERVER:
                break
    return Delivery(sent, failed, frozenset(failures))


def _claim(due: datetime) -> Row[int, datetime, str, str, str, str, int] | None:
    """The next message that is due, from now on this process's alone; `attempts` is the number before this one."""
    first = (
        select(
            Message.id,
            Message.created_at,
            Message.recipient,
            Message.subject,
            Message.body,
            Message.calendar,
            Message.attempts,
        )
        .where(
            Message.sent_at.is_(None),
            Message.due_at <= due,
            Message.attempts < MOST_ATTEMPTS,
            Message.failure.not_in(FOR_GOOD),
            Message.kind != REQUEST,
        )
        .order_by(Message.due_at, Message.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    with db.engine.begin() as connection:
        row = connection.execute(first).first()
        if row is not None:
            values = {"attempts": row.attempts + 1, "due_at": now() + LEASE, "failure": SENDING}
            connection.execute(update(Message).where(Message.id == row.id).values(values))
    return row


def _settle(message_id: int, attempts: int, failure: str) -> None:
    """What came of an attempt. The text goes when it is sent or given up: it may hold a link that signs in."""
    at = now()
    values: dict[str, object] = {"failure": failure}
    if not failure:
        values |= {"sent_at": at, "body": "", "calendar": ""}
    elif is_given_up(attempts, failure):
        values |= {"body": "", "calendar": ""}
    else:
        values["due_at"] = next_attempt(attempts, at)
    mine = (Message.id == message_id, Message.attempts == attempts, Message.sent_at.is_(None))
    with db.engine.begin() as connection:
        connection.execute(update(Message).where(*mine).values(values))
