"""Seating a panel: members, substitutes who step in, the chair handed over."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.accounts.service import find_or_create_person
from recruit.audit import record
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.rules import ROLES, SIDES
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import hold


def load_members(recruitment: Recruitment) -> list[PanelMember]:
    """The panel with its people, chair first, then members, then substitutes, each by name; one query."""
    rows = db.session.scalars(select(PanelMember).where(PanelMember.recruitment_id == recruitment.id))
    order = list(ROLES)
    return sorted(rows, key=lambda member: (order.index(member.role), member.person.name.casefold(), member.id))


def load_roles(recruitment: Recruitment) -> list[str]:
    """The role of each on the panel, for counting; one query."""
    return list(db.session.scalars(select(PanelMember.role).where(PanelMember.recruitment_id == recruitment.id)))


def membership(recruitment_id: int, person_id: int) -> PanelMember | None:
    """What a person is on the panel of a recruitment; one query."""
    return db.session.scalar(
        select(PanelMember).where(PanelMember.recruitment_id == recruitment_id, PanelMember.person_id == person_id)
    )


def add_member(
    recruitment: Recruitment, *, email: str, name: str, role: str, side: str, actor: Person | None
) -> PanelMember:
    """Somebody new is also made a person who can sign in. Raises RuleBroken."""
    if role not in ROLES or side not in SIDES:
        raise RuleBroken(_("Vælg rolle og side på listen."))
    check_not_revealed(recruitment)
    members = load_members(recruitment)
    if role == "chair" and any(member.role == "chair" for member in members):
        raise RuleBroken(_("Udvalget har allerede en forperson. Overdrag rollen i stedet."))
    person = find_or_create_person(email, name, actor=actor)
    if any(member.person_id == person.id for member in members):
        raise RuleBroken(_("%(email)s sidder allerede i udvalget.", email=person.email))
    member = PanelMember(recruitment_id=recruitment.id, person=person, role=role, side=side)
    db.session.add(member)
    db.session.flush()
    record("member.added", actor.id if actor else None, recruitment.id, member=member.id, role=role)
    return member


def step_in(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """A substitute becomes a member, expected to rate like the others from here on."""
    if member.role != "substitute":
        raise RuleBroken(_("Kun en suppleant kan træde ind."))
    check_not_revealed(recruitment)
    member.role = "member"
    record("substitute.stepped_in", actor.id, recruitment.id, member=member.id)


def check_not_revealed(recruitment: Recruitment) -> None:
    """Whoever came in now would know the others' ratings before giving their own. Raises RuleBroken."""
    hold(*recruitment.rounds)
    if any(round_.revealed_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er afsløret. Der kan ikke træde nye medlemmer ind."))


def hand_over_chair(recruitment: Recruitment, successor: PanelMember, *, actor: Person) -> None:
    """The chair becomes a member, a member the chair."""
    if successor.role != "member":
        raise RuleBroken(_("Kun et medlem af udvalget kan blive forperson."))
    for member in load_members(recruitment):
        if member.role == "chair":
            member.role = "member"
    successor.role = "chair"
    record("chair.handed_over", actor.id, recruitment.id, member=successor.id)


def remove_member(recruitment: Recruitment, member: PanelMember, *, actor: Person) -> None:
    """Before any round is locked. Later a member's missing scorecards are excused, so that nothing is hidden."""
    if any(round_.locked_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er låst. Undskyld medlemmets skemaer i stedet, så det kan ses i rapporten."))
    # By its name, because candidates stand above this package: a conflict or a doubt must not vanish with the seat, or
    # the person could be seated again, or read on as HR (rule 7).
    declaration = db.metadata.tables["declaration"]
    told = select(declaration.c.id).where(declaration.c.member_id == member.id, declaration.c.answer != "none").limit(1)
    if db.session.execute(told).first() is not None:
        raise RuleBroken(_("Medlemmet har oplyst om en konflikt eller tvivl. Oplysningen skal blive på sagen."))
    db.session.delete(member)
    record("member.removed", actor.id, recruitment.id, member=member.id)
