"""Seating a panel: members, those who come in later, substitutes who step in, the chair handed over."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import func, select

from recruit.accounts.models import Person
from recruit.accounts.rules import same_email
from recruit.accounts.service import change_email, change_name, check_active, find_or_create_person, signed_in_at
from recruit.audit import now, record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.mail.service import cancel
from recruit.panel.models import PanelMember
from recruit.panel.rules import ROLES, SIDES, may_join
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import hold, hold_list


def load_members(recruitment: Recruitment) -> list[PanelMember]:
    """The panel with its people, chair first, then members, then substitutes, each by name; one query."""
    rows = db.session.scalars(select(PanelMember).where(PanelMember.recruitment_id == recruitment.id))
    order = list(ROLES)
    return sorted(rows, key=lambda member: (order.index(member.role), member.person.name.casefold(), member.id))


def load_sides(recruitment: Recruitment) -> list[object]:
    """Whom each of those who take part represents, in words, in the order of the sides; one query."""
    rows = db.session.scalars(
        select(PanelMember.side).where(PanelMember.recruitment_id == recruitment.id, PanelMember.role != "substitute")
    )
    order = list(SIDES)
    return [SIDES[side] for side in sorted(rows, key=order.index)]


def membership(recruitment_id: int, person_id: int) -> PanelMember | None:
    """What a person is on the panel of a recruitment; one query."""
    return db.session.scalar(
        select(PanelMember).where(PanelMember.recruitment_id == recruitment_id, PanelMember.person_id == person_id)
    )


def add_member(
    recruitment: Recruitment, *, email: str, name: str, role: str, side: str, actor: Person | None
) -> PanelMember:
    """Somebody new is also made a person who can sign in. Raises RuleBroken.

    Whoever is seated when a round is revealed rates from then on. A case file (`actor` None) does not say when.
    """
    if role not in ROLES or side not in SIDES:
        raise RuleBroken(_("Vælg rolle og side på listen."))
    check_may_join(recruitment)
    hold_list(recruitment)  # so that two who seat a chair at once seat one
    members = load_members(recruitment)
    if role == "chair" and any(member.role == "chair" for member in members):
        raise RuleBroken(_("Udvalget har allerede en forperson. Overdrag rollen i stedet."))
    person = find_or_create_person(email, name, actor=actor)
    if any(member.person_id == person.id for member in members):
        raise RuleBroken(_("%(email)s sidder allerede i udvalget.", email=person.email))
    joined_at = now() if actor else None
    member = PanelMember(recruitment_id=recruitment.id, person=person, role=role, side=side, joined_at=joined_at)
    db.session.add(member)
    db.session.flush()
    record("member.added", actor.id if actor else None, recruitment.id, member=member.id, role=role)
    return member


def step_in(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """A substitute becomes a member, expected to rate like the others from here on."""
    if member.role != "substitute":
        raise RuleBroken(_("Kun en suppleant kan træde ind."))
    check_not_out(recruitment, member)
    check_may_join(recruitment)
    member.role, member.joined_at = "member", now()
    record("substitute.stepped_in", actor.id, recruitment.id, member=member.id)


def check_may_join(recruitment: Recruitment) -> None:
    """Raises RuleBroken when nobody can come in any more (see `rules.may_join`)."""
    hold(*recruitment.rounds)
    if not may_join([round_.revealed_at is not None for round_ in recruitment.rounds]):
        raise RuleBroken(_("Alle runder er afsløret. Tilføj en ny runde først, hvis der skal flere med i udvalget."))


def change_member(
    recruitment: Recruitment, member: PanelMember, *, name: str, email: str, side: str, actor: Person
) -> None:
    """Name and address are the person's, on every panel: see `may_change_person`. Raises RuleBroken."""
    if side not in SIDES:
        raise RuleBroken(_("Vælg en side på listen."))
    changes_name, changes_email = may_change_person(member.person, actor=actor)
    if (name != member.person.name and not changes_name) or (
        same_email(email) != member.person.email and not changes_email
    ):
        raise RuleBroken(_("Navn og e-mail kan ikke ændres her for %(name)s.", name=member.person.name))
    change_email(member.person, email, actor=actor)
    change_name(member.person, name, actor=actor)
    if member.side != side:
        member.side = side
        record("member.changed", actor.id, recruitment.id, member=member.id, side=side)


def may_change_person(person: Person, *, actor: Person) -> tuple[bool, bool]:
    """Whether the actor may change the name, and the address, of somebody on a panel; two queries.

    The address only until the first sign-in. HR changes any name; a chair those of whoever is nothing but a new member
    of this one panel: who could change the address of somebody on another panel could have that panel's link sent
    elsewhere.
    """
    is_new = person.role is None and person.password_hash is None and not signed_in_at([person.id])
    if actor.role == "hr":
        return True, is_new
    seats = db.session.scalar(select(func.count(PanelMember.id)).where(PanelMember.person_id == person.id)) or 0
    return is_new and seats == 1, is_new and seats == 1


def hand_over_chair(recruitment: Recruitment, successor: PanelMember, *, actor: Person) -> None:
    """The chair becomes a member, a member the chair. Raises RuleBroken for one who could do nothing as the chair."""
    if successor.role != "member":
        raise RuleBroken(_("Kun et medlem af udvalget kan blive forperson."))
    check_not_out(recruitment, successor)
    check_active(successor.person)
    for member in load_members(recruitment):
        if member.role == "chair":
            member.role = "member"
    successor.role = "chair"
    record("chair.handed_over", actor.id, recruitment.id, member=successor.id)


def remove_member(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """Before any round is locked. Later a member's missing scorecards are excused, so that nothing is hidden."""
    if any(round_.locked_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er låst. Undskyld medlemmets skemaer i stedet, så det kan ses i rapporten."))
    # It must not vanish with the seat, or the person could be seated again, or read on as HR (rule 7).
    if has_told(member):
        raise RuleBroken(_("Medlemmet har oplyst om en konflikt eller tvivl. Oplysningen skal blive på sagen."))
    if has_sifted(member):
        raise RuleBroken(_("Medlemmet har afgivet sin grovsortering. Den skal blive på sagen."))
    cancel(member.person.email, recruitment_id=recruitment.id)
    db.session.delete(member)
    record("member.removed", actor.id, recruitment.id, member=member.id)


def members_out(recruitment: Recruitment) -> set[int]:
    """The ids of the members whom a conflict puts out of the whole recruitment (rule 7); one query.

    By its name: impartiality stands above this package. What makes it so is `candidates.rules.standing`.
    """
    declaration = db.metadata.tables["declaration"]
    is_out = func.coalesce(declaration.c.decision, declaration.c.answer).in_(("conflict", "recruitment"))
    query = (
        select(declaration.c.member_id)
        .join(PanelMember, PanelMember.id == declaration.c.member_id)
        .where(PanelMember.recruitment_id == recruitment.id, is_out)
    )
    return set(db.session.scalars(query))


def check_not_out(recruitment: Recruitment, member: PanelMember) -> None:
    """Raises RuleBroken for a member whom a conflict puts out of the whole recruitment."""
    if member.id in members_out(recruitment):
        raise RuleBroken(_("%(name)s er inhabil i hele forløbet.", name=member.person.name))


def has_told(member: PanelMember) -> bool:
    """Whether the member has told of a conflict or a doubt. By its name: candidates stand above this package."""
    declaration = db.metadata.tables["declaration"]
    told = select(declaration.c.id).where(declaration.c.member_id == member.id, declaration.c.answer != "none").limit(1)
    return db.session.execute(told).first() is not None


def has_sifted(member: PanelMember) -> bool:
    """Whether the member has submitted a first sift. By its name: the sift stands above this package."""
    submission = db.metadata.tables["sift_submission"]
    return db.session.execute(select(submission.c.id).where(submission.c.member_id == member.id)).first() is not None
