"""Links that sign in, once: mailed to their person, or handed on by HR where no mail can be sent.

A link that HR hands on has been in HR's hands. So that HR cannot read what a member has written (rule 1), such a link
is not made and does not work while the person has ratings that are not revealed, signing in by it ends every other
session of the person, and whoever has chosen a password gets a link to choose a new one instead, and will notice.
"""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta
from hashlib import sha256

from flask_babel import gettext as _
from sqlalchemy import delete, func, select, update

from recruit.accounts import mails
from recruit.accounts.models import Person, SignInLink
from recruit.accounts.rules import LINK_LIFETIME, MOST_LINKS, same_email
from recruit.accounts.service import (
    check_active,
    check_no_hidden_ratings,
    forget_links,
    has_hidden_ratings,
    invite,
)
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.mail.rules import REQUEST
from recruit.mail.service import count_since, is_configured, queue
from recruit.web.addresses import path_of, whole_address

# A token begins with it when somebody else than its person has seen it. No token of ours has a full stop of its own.
HANDED = "h."
LINK = "link"  # the kind of message
MOST_REQUESTS = 200  # answered in one transaction


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()


def _make(person: Person, *, handed: bool = False) -> str:
    token = (HANDED if handed else "") + secrets.token_urlsafe(32)
    at = now()
    db.session.add(
        SignInLink(person_id=person.id, token_hash=_hash(token), created_at=at, expires_at=at + LINK_LIFETIME)
    )
    return token


def has_many_links(person: Person) -> bool:
    """Whether the person got as many links in the last hour as one gets: unused ones, or mails for a new password."""
    since = now() - timedelta(hours=1)
    if person.role is not None:
        return count_since(LINK, person.email, since) >= MOST_LINKS
    query = select(func.count(SignInLink.id)).where(
        SignInLink.person_id == person.id, SignInLink.used_at.is_(None), SignInLink.created_at > since
    )
    return (db.session.scalar(query) or 0) >= MOST_LINKS


def check_links(person: Person) -> None:
    """Raises RuleBroken for somebody shut out, and when the person has links enough for this hour."""
    check_active(person)
    if has_many_links(person):
        raise RuleBroken(
            _(
                "%(name)s har fået %(count)s links den sidste time, som ikke er brugt. Vent lidt med at lave flere.",
                name=person.name,
                count=MOST_LINKS,
            )
        )


def mailed_address(person: Person, endpoint: str, **values: object) -> str:
    """The address of a page, for a mail to this person only. For a panel member it signs in first, once.

    HR and auditors sign in themselves, and so does whoever has links enough: the page then asks them to.
    """
    if person.role is not None or has_many_links(person):
        return whole_address(endpoint, **values)
    return whole_address("accounts.link", token=_make(person), next=path_of(endpoint, **values))


def handed_address(person: Person, *, actor: Person | None) -> str:
    """A link for HR (or, with `actor` None, the command line) to hand on. It works once, for seven days.

    A panel member signs in by it; HR, auditors, and whoever has a password, choose a new password. Raises RuleBroken
    for somebody shut out, while the person has ratings that are not revealed, and where mail is configured: then the
    link goes to the person alone, by `send_link`.
    """
    check_active(person)
    if actor is not None and is_configured():
        raise RuleBroken(_("Linket sendes på mail til %(name)s selv.", name=person.name))
    if person.role is not None or person.password_hash is not None:
        return whole_address("accounts.welcome", token=invite(person, actor=actor))
    if actor is not None:
        check_no_hidden_ratings(person)
        check_links(person)
    record("person.invited", actor.id if actor else None, person=person.id)
    return whole_address("accounts.link", token=_make(person, handed=actor is not None))


def _find(token: str) -> SignInLink | None:
    return db.session.scalar(select(SignInLink).where(SignInLink.token_hash == _hash(token)))


def open_link(token: str) -> tuple[Person, bool] | None:
    """The person of a link, and whether it works now; nothing is used up. None for a link that was never made."""
    link = _find(token)
    person = db.session.get(Person, link.person_id) if link else None
    if link is None or person is None:
        return None
    works = person.active and link.used_at is None and link.expires_at > now()
    return person, works and not (token.startswith(HANDED) and has_hidden_ratings(person))


def use_link(token: str) -> Person | None:
    """Uses the link up, one caller only however many come at once. None when it does not work."""
    found = open_link(token)
    if found is None or not found[1]:
        return None
    person = found[0]
    unused = (SignInLink.token_hash == _hash(token), SignInLink.used_at.is_(None))
    used = db.session.execute(update(SignInLink).where(*unused).values(used_at=now()).returning(SignInLink.id))
    if used.first() is None:
        return None
    if token.startswith(HANDED):
        forget_links(person)
        person.session_key = secrets.token_hex(16)
    return person


def send_link(person: Person, target: str, *, actor: Person | None) -> None:
    """Mails a link to the person. Sends none, and says nothing, to whoever has links enough or is shut out."""
    if not person.active or has_many_links(person):
        return
    if person.role is None:
        address = whole_address("accounts.link", token=_make(person), next=target)
    else:
        address = whole_address("accounts.welcome", token=invite(person, actor=None))
    record("person.link_sent", actor.id if actor else None, person=person.id)
    queue(LINK, person.email, *mails.link(person, address))


def ask_for_link(email: str, target: str) -> None:
    """Notes that somebody asked for a link. The same is done whether the address belongs to a person or not, so that
    neither the answer nor its time tells; `answer_requests` does the rest."""
    queue(REQUEST, same_email(email), "", target)


def answer_requests(at: datetime) -> None:
    """Mails a link to every active person who asked for one. A job of the server's thread; never commits."""
    asked = db.session.execute(
        select(Message.id, Message.recipient, Message.body)
        .where(Message.kind == REQUEST, Message.due_at <= at)
        .order_by(Message.id)
        .limit(MOST_REQUESTS)
        .with_for_update(skip_locked=True)
    ).all()
    if not asked:
        return
    targets = {email: target for _id, email, target in asked}
    for person in db.session.scalars(select(Person).where(Person.email.in_(targets)).order_by(Person.id)):
        send_link(person, targets[person.email], actor=None)
    db.session.execute(delete(Message).where(Message.id.in_([row.id for row in asked])))
