"""People: creating, changing, a link to choose a password with, signing in."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import delete, func, select

from recruit.accounts.models import ROLES, Person, SignInLink
from recruit.accounts.rules import LINK_LIFETIME, check_email, check_password, same_email
from recruit.audit import AuditEvent, now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import cancel

hasher = PasswordHasher()
# Verified against when there is no account, so that the time of an answer does not tell.
NOBODY = hasher.hash(secrets.token_hex(8))


def find_person(email: str) -> Person | None:
    return db.session.scalar(select(Person).where(Person.email == same_email(email)))


def load_person(session_id: str) -> Person | None:
    """Flask-Login's look-up. A session from before the last change of password finds nobody."""
    number, _dot, key = session_id.partition(".")
    person = db.session.get(Person, int(number)) if number.isdigit() else None
    return person if person and person.active and secrets.compare_digest(person.session_key, key) else None


def create_person(email: str, name: str, *, role: str | None = None, actor: Person | None) -> Person:
    """Raises RuleBroken when the address is faulty or has a person already."""
    address = check_email(email)
    if role is not None and role not in ROLES:
        raise RuleBroken(_("Rollen ”%(role)s” findes ikke.", role=role))
    if find_person(address) is not None:
        raise RuleBroken(_("%(email)s findes allerede.", email=address))
    person = Person(email=address, name=name, role=role, session_key=secrets.token_hex(16), created_at=now())
    db.session.add(person)
    db.session.flush()
    record("person.created", actor.id if actor else None, person=person.id)
    return person


def find_or_create_person(email: str, name: str, *, actor: Person | None) -> Person:
    """For panels: somebody known keeps the name they have."""
    return find_person(check_email(email)) or create_person(email, name, actor=actor)


def change_person(person: Person, *, name: str, role: str | None, active: bool, actor: Person) -> None:
    """Raises RuleBroken when HR would shut itself out."""
    if person.id == actor.id and (role != actor.role or not active):
        raise RuleBroken(_("Du kan ikke ændre din egen rolle. Bed en anden i HR om det."))
    if role != person.role:
        forget_links(person)  # they were made for what the person was
    person.name, person.role, person.active = name, role, active
    record("person.changed", actor.id, person=person.id)


def change_name(person: Person, name: str, *, actor: Person) -> None:
    if person.name != name:
        person.name = name
        record("person.changed", actor.id, person=person.id)


def change_email(person: Person, email: str, *, actor: Person) -> None:
    """Another address for somebody who never signed in. What went to the old one opens nothing any more.

    Raises RuleBroken for a faulty or taken address, and once the account is in use: a link sent to the new address
    would open what its owner has written.
    """
    address = check_email(email)
    if address == person.email:
        return
    if person.role is not None or person.password_hash is not None or signed_in_at([person.id]):
        raise RuleBroken(_("%(name)s bruger allerede sin konto. Så kan e-mailadressen ikke ændres.", name=person.name))
    check_no_hidden_ratings(person)
    if find_person(address) is not None:
        raise RuleBroken(_("%(email)s hører til en anden bruger.", email=address))
    cancel(person.email)
    forget_links(person)
    person.email, person.session_key = address, secrets.token_hex(16)
    record("person.changed", actor.id, person=person.id)


def signed_in_at(person_ids: Collection[int]) -> dict[int, datetime]:
    """When people last signed in, by id; whoever never did is left out. One query."""
    rows = db.session.execute(
        select(AuditEvent.actor_id, func.max(AuditEvent.at))
        .where(AuditEvent.event == "person.signed_in", AuditEvent.actor_id.in_(person_ids))
        .group_by(AuditEvent.actor_id)
    )
    return {person: at for person, at in rows if person is not None}


def forget_links(person: Person) -> None:
    """The sign-in links that the person has not used open nothing any more."""
    db.session.execute(delete(SignInLink).where(SignInLink.person_id == person.id, SignInLink.used_at.is_(None)))


def _links() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="welcome")


def invite(person: Person, *, actor: Person | None) -> str:
    """A token for the link with which a person chooses a password. Works once, for seven days.

    Whoever holds the link can sign in as the person. While a person has ratings that are not revealed only the command
    line, and a mail to the person, make one (`actor` None), so that HR cannot read what a member has written (rule 1):
    RuleBroken.
    """
    if actor is not None:
        check_no_hidden_ratings(person)
    record("person.invited", actor.id if actor else None, person=person.id)
    return _links().dumps([person.id, person.session_key, actor.id if actor else None])


def check_active(person: Person) -> None:
    """Raises RuleBroken for somebody shut out: a link would open nothing."""
    if not person.active:
        raise RuleBroken(_("%(name)s kan ikke logge ind. HR kan slå det til under Brugere.", name=person.name))


def check_no_hidden_ratings(person: Person) -> None:
    """Raises RuleBroken when a link in HR's hands would open what nobody else may see."""
    if has_hidden_ratings(person):
        raise RuleBroken(
            _(
                "%(name)s har vurderinger, der ikke er afsløret. Derfor kan HR ikke lave et link. "
                "It kan gøre det på serveren med: recruit invite %(email)s",
                name=person.name,
                email=person.email,
            )
        )


def has_hidden_ratings(person: Person) -> bool:
    """Whether the person has written on a scorecard, or rated an application, that is not revealed.

    By table names: scoring and sifting stand above accounts.
    """
    tables = db.metadata.tables
    member, card, round_ = tables["panel_member"], tables["scorecard"], tables["interview_round"]
    rating, sift = tables["sift_rating"], tables["sift"]
    cards = (
        select(member.c.id)
        .join(card, card.c.member_id == member.c.id)
        .join(round_, round_.c.id == card.c.round_id)
        .where(member.c.person_id == person.id, round_.c.revealed_at.is_(None))
    )
    ratings = (
        select(member.c.id)
        .join(rating, rating.c.member_id == member.c.id)
        .join(sift, sift.c.recruitment_id == member.c.recruitment_id)
        .where(member.c.person_id == person.id, sift.c.revealed_at.is_(None))
    )
    return db.session.execute(cards.union_all(ratings).limit(1)).first() is not None


def invited_person(token: str) -> Person:
    """The person of an unused link. Raises RuleBroken."""
    try:
        person_id, key, made_by = _links().loads(token, max_age=int(LINK_LIFETIME.total_seconds()))
    except (BadSignature, ValueError) as error:
        raise RuleBroken(_("Linket er udløbet eller ikke helt. Bed HR om et nyt.")) from error
    person = db.session.get(Person, person_id)
    if person is None or not person.active or not secrets.compare_digest(person.session_key, key):
        raise RuleBroken(_("Linket er allerede brugt. Log ind, eller bed HR om et nyt."))
    if made_by is not None:
        check_no_hidden_ratings(person)
    return person


def set_password(person: Person, password: str, *, actor: Person | None) -> None:
    """Ends every session and link of the person. Raises RuleBroken when the password is too weak."""
    check_password(password, person.email)
    person.password_hash = hasher.hash(password)
    person.session_key = secrets.token_hex(16)
    forget_links(person)
    record("person.password_set", actor.id if actor else None, person=person.id)


def check_sign_in(email: str, password: str) -> Person | None:
    """The person, when the password is right. The time is the same when there is nobody."""
    person = find_person(email)
    stored = person.password_hash if person and person.active and person.password_hash else None
    try:
        hasher.verify(stored or NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return None
    return person if stored else None
