"""People: creating, inviting by a single-use link, signing in."""

from __future__ import annotations

import secrets

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from flask import current_app
from flask_babel import gettext as _
from itsdangerous import BadSignature, URLSafeTimedSerializer
from sqlalchemy import select

from recruit.accounts.models import ROLES, Person
from recruit.accounts.rules import check_email, check_password, same_email
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db

LINK_LIFETIME = 7 * 24 * 3600  # seconds
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
    person.name, person.role, person.active = name, role, active
    record("person.changed", actor.id, person=person.id)


def _links() -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(current_app.secret_key or "", salt="welcome")


def invite(person: Person, *, actor: Person | None) -> str:
    """A token for the link with which a person chooses a password. Works once, for seven days.

    Whoever holds the link can sign in as the person. While a person has scorecards in a round that is not revealed only
    the command line (`actor` None) makes one, so that HR cannot read what a member has written (rule 1): RuleBroken.
    """
    if actor is not None and has_open_scorecards(person):
        raise RuleBroken(
            _(
                "%(name)s har skemaer i en runde, der ikke er afsløret. Derfor kan HR ikke lave et link. "
                "It kan gøre det på serveren med: recruit invite %(email)s",
                name=person.name,
                email=person.email,
            )
        )
    record("person.invited", actor.id if actor else None, person=person.id)
    return _links().dumps([person.id, person.session_key])


def has_open_scorecards(person: Person) -> bool:
    """Whether the person has written in a round that is not revealed. By table names: scoring stands above accounts."""
    tables = db.metadata.tables
    member, card, round_ = tables["panel_member"], tables["scorecard"], tables["interview_round"]
    query = (
        select(card.c.id)
        .join(member, member.c.id == card.c.member_id)
        .join(round_, round_.c.id == card.c.round_id)
        .where(member.c.person_id == person.id, round_.c.revealed_at.is_(None))
        .limit(1)
    )
    return db.session.execute(query).first() is not None


def invited_person(token: str) -> Person:
    """The person of an unused link. Raises RuleBroken."""
    try:
        person_id, key = _links().loads(token, max_age=LINK_LIFETIME)
    except BadSignature as error:
        raise RuleBroken(_("Linket er udløbet eller ikke helt. Bed HR om et nyt.")) from error
    person = db.session.get(Person, person_id)
    if person is None or not person.active or not secrets.compare_digest(person.session_key, key):
        raise RuleBroken(_("Linket er allerede brugt. Log ind, eller bed HR om et nyt."))
    return person


def set_password(person: Person, password: str, *, actor: Person | None) -> None:
    """Ends every session and link of the person. Raises RuleBroken when the password is too weak."""
    check_password(password, person.email)
    person.password_hash = hasher.hash(password)
    person.session_key = secrets.token_hex(16)
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
