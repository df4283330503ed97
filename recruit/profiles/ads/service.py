"""An ad's life: composed, edited, composed anew section by section, published, closed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.ads.checks import unfilled
from recruit.profiles.ads.material import Known, gather, organisation_name
from recruit.profiles.ads.models import Ad, AdEarlier, AdPart
from recruit.profiles.ads.rules import FULL, LENGTHS, SECTIONS, Line, Part, whole_text
from recruit.profiles.rules import goes_on
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import check_text
from recruit.recruitments.service import charter_of
from recruit.recruitments.timetable import today

HEADING_LIMIT, PART_LIMIT = 120, 6_000
DRAFT, OPEN, CLOSED, TAKEN_DOWN = "draft", "open", "closed", "taken_down"
FACTS = ("language", "tone", "apply_at", "workplace", "employment", "pay_from", "pay_to")

Parts = dict[str, dict[str, AdPart]]


def load_ad(recruitment: Recruitment) -> Ad | None:
    """The recruitment's ad; one query."""
    return db.session.scalar(select(Ad).where(Ad.recruitment_id == recruitment.id))


def load_parts(ad: Ad) -> Parts:
    """The sections in the ad's language, by length and key, in their order; one query."""
    rows = db.session.scalars(select(AdPart).where(AdPart.ad_id == ad.id, AdPart.language == ad.language)).all()
    found = {(row.length, row.key): row for row in rows}
    return {
        length: {key: found[length, key] for key in SECTIONS[length] if (length, key) in found} for length in LENGTHS
    }


def earlier(part: AdPart) -> Sequence[tuple[AdEarlier, str | None]]:
    """What the section said before, newest first, with the name of who changed it then; one query."""
    rows = db.session.execute(
        select(AdEarlier, Person.name)
        .outerjoin(Person, Person.id == AdEarlier.person_id)
        .where(AdEarlier.part_id == part.id)
        .order_by(AdEarlier.id.desc())
    )
    return [(row, name) for row, name in rows]


def lines_of(part: AdPart) -> list[Line]:
    """The lines that the section was composed of, when it was last composed."""
    return [Line(text, kind, key) for text, kind, key in part.composed["lines"]]


def is_edited(part: AdPart) -> bool:
    """Whether somebody has written in it since it was composed."""
    return (part.heading, part.text) != (part.composed["heading"], part.composed["text"])


def is_outdated(part: AdPart, proposal: Part) -> bool:
    """Whether it would be composed otherwise now: something that it is made of has changed."""
    return (proposal.heading, proposal.text) != (part.composed["heading"], part.composed["text"])


def create_ad(recruitment: Recruitment, facts: Mapping[str, Any], *, actor: Person | None) -> Ad:
    """Composes both lengths. Raises RuleBroken when there is an ad, or nothing to say of the leader."""
    if load_ad(recruitment):
        raise RuleBroken(_("Opslaget er allerede skrevet. Genindlæs siden."))
    if not recruitment.criteria:
        raise RuleBroken(_("Vælg først de kriterier, lederen skal vurderes på."))
    ad = Ad(recruitment_id=recruitment.id, said=[], **facts)
    db.session.add(ad)
    db.session.flush()
    _add_parts(ad, gather(recruitment, ad), {})
    record("ad.composed", _id(actor), recruitment.id)
    return ad


def change_facts(recruitment: Recruitment, ad: Ad, facts: Mapping[str, Any], *, actor: Person | None) -> None:
    """What the ad is composed with. Sections that nobody has written in follow at once; the others keep their words."""
    if all(getattr(ad, name) == value for name, value in facts.items()):
        return
    for name, value in facts.items():
        setattr(ad, name, value)
    record("ad.changed", _id(actor), recruitment.id, what="facts")
    db.session.flush()
    take_untouched(recruitment, ad, actor=actor)


def take_untouched(recruitment: Recruitment, ad: Ad, *, actor: Person | None) -> int:
    """Composes every section anew that nobody has written in; returns how many became different."""
    known, parts = gather(recruitment, ad), load_parts(ad)
    taken = _add_parts(ad, known, parts)
    for length, proposals in known.parts().items():
        for key, proposal in proposals.items():
            part = parts[length].get(key)
            if part and not is_edited(part) and is_outdated(part, proposal):
                take_proposal(recruitment, part, proposal, actor=actor)
                taken += 1
    return taken


def take_proposal(recruitment: Recruitment, part: AdPart, proposal: Part, *, actor: Person | None) -> None:
    """Puts what is composed in the place of the section. What it said is kept, and can be had back."""
    _keep(part, "composed", actor)
    part.heading, part.text, part.composed = proposal.heading, proposal.text, _composed(proposal)
    record("ad.composed", _id(actor), recruitment.id, section=part.key)


def write_parts(
    recruitment: Recruitment,
    parts: Mapping[str, AdPart],
    texts: Mapping[str, tuple[str, str]],
    *,
    versions: Mapping[str, int],
    actor: Person | None,
) -> None:
    """Writes (heading, text) of the sections that changed. What one person writes in one go is one step of its history.

    Raises EditedMeanwhile when another has saved since, and RuleBroken for what is too long or cannot be kept.
    """
    for key, (heading, text) in texts.items():
        part = parts[key]
        if (heading, text) == (part.heading, part.text):
            continue
        if versions.get(key) != part.version:
            raise EditedMeanwhile(_("En anden har ændret et afsnit, mens du skrev."))
        check_text(heading, HEADING_LIMIT)
        check_text(text, PART_LIMIT)
        if not _goes_on(part, text, actor):
            _keep(part, "edited", actor)
        part.heading, part.text = heading, text
        record("ad.changed", _id(actor), recruitment.id, section=key)


def _goes_on(part: AdPart, text: str, actor: Person | None) -> bool:
    """Whether this goes on with what the same person has begun to write: the history already has what stood before."""
    last = db.session.scalar(
        select(AdEarlier).where(AdEarlier.part_id == part.id).order_by(AdEarlier.id.desc()).limit(1)
    )
    if last is None or last.what != "edited" or actor is None:
        return False
    moment, same = now(), last.person_id == actor.id
    return goes_on(part.text, text, same_person=same, begun=last.until, last=moment, now=moment)


def restore(recruitment: Recruitment, part: AdPart, row: AdEarlier, *, actor: Person | None) -> None:
    """The section says again what it said. What it says now is kept too."""
    heading, text, composed = row.heading, row.text, row.composed
    _keep(part, "restored", actor)
    part.heading, part.text, part.composed = heading, text, composed
    record("ad.changed", _id(actor), recruitment.id, section=part.key)


def say_otherwise(recruitment: Recruitment, ad: Ad, key: str, said: bool, *, actor: Person | None) -> None:
    """Somebody vouches that the ad names a criterion in words of its own, or takes it back."""
    if key not in {criterion.key for criterion in recruitment.criteria}:
        raise RuleBroken(_("Kriteriet er ikke længere med i forløbet."))
    if said != (key in ad.said):
        ad.said = [*ad.said, key] if said else [each for each in ad.said if each != key]
        record("ad.changed", _id(actor), recruitment.id, criterion=key)


def state(recruitment: Recruitment, ad: Ad | None) -> str:
    """Whether the ad is out. It closes by itself when its last day is over, where the organisation is, and when the
    recruitment ends."""
    if ad is None or ad.published is None or ad.closes_on is None:
        return DRAFT
    if ad.taken_down_at:
        return TAKEN_DOWN
    return CLOSED if recruitment.closed_at or ad.closes_on < today() else OPEN


def publish(
    recruitment: Recruitment,
    ad: Ad,
    *,
    closes_on: date,
    kept_because: str = "",
    kept_rules: str = "",
    actor: Person | None,
) -> None:
    """Puts the full ad, as it stands now, on its public page until the end of `closes_on`. Raises RuleBroken."""
    parts = load_parts(ad)[FULL]
    gaps = unfilled(ad_text(parts)[0])
    if not parts or not parts["headline"].text:
        raise RuleBroken(_("Opslaget har ingen overskrift."))
    if gaps:
        raise RuleBroken(_("Udfyld først det, der står i kantede parenteser: %(gaps)s.", gaps=", ".join(gaps)))
    if recruitment.closed_at:
        raise RuleBroken(_("Forløbet er afsluttet. Opslaget kan ikke komme ud."))
    if closes_on < today():
        raise RuleBroken(_("Fristen er overskredet. Vælg en dag, der ikke er gået."))
    if state(recruitment, ad) != OPEN:
        ad.published_at, ad.taken_down_at = now(), None
    ad.published, ad.closes_on, ad.kept_because = snapshot(recruitment, ad, parts), closes_on, kept_because
    record("ad.published", _id(actor), recruitment.id)
    if kept_because:
        record("wording.kept", _id(actor), recruitment.id, rules=kept_rules)


def take_down(recruitment: Recruitment, ad: Ad, *, actor: Person | None) -> None:
    """The public page says from now on that the post is no longer advertised. Raises RuleBroken when it is not out."""
    if state(recruitment, ad) != OPEN:
        raise RuleBroken(_("Opslaget er ikke ude."))
    ad.taken_down_at = now()
    record("ad.taken_down", _id(actor), recruitment.id)


def snapshot(recruitment: Recruitment, ad: Ad, parts: Mapping[str, AdPart]) -> dict[str, Any]:
    """What the public page shows: nothing of panel, candidates or weights is in it."""
    return {
        "title": recruitment.title,
        "department": recruitment.department,
        "organisation": organisation_name(charter_of(recruitment), ad.language),
        "parts": [[part.key, part.heading, part.text] for part in parts.values()],
        **{name: getattr(ad, name) for name in FACTS},
    }


def has_changed(recruitment: Recruitment, ad: Ad, parts: Mapping[str, AdPart]) -> bool:
    """Whether what is on the public page is no longer what the ad says."""
    return ad.published is not None and ad.published != snapshot(recruitment, ad, parts)


def ad_text(parts: Mapping[str, AdPart]) -> tuple[str, list[tuple[int, str]]]:
    """The whole ad as one text, and where its sections begin."""
    return whole_text((part.key, part.heading, part.text) for part in parts.values())


def public_ad(ad_id: int) -> tuple[Ad, Recruitment] | None:
    """An ad that is out or has been, with its recruitment; one query."""
    row = db.session.execute(
        select(Ad, Recruitment).join(Recruitment, Recruitment.id == Ad.recruitment_id).where(Ad.id == ad_id)
    ).one_or_none()
    return (row[0], row[1]) if row and row[0].published else None


def _add_parts(ad: Ad, known: Known, parts: Parts) -> int:
    """Adds the sections that are not there in the ad's language; returns how many."""
    added = 0
    for length, proposals in known.parts().items():
        for key, proposal in proposals.items():
            if key not in parts.get(length, {}):
                place = {"ad_id": ad.id, "language": ad.language, "length": length, "key": key}
                composed = _composed(proposal)
                db.session.add(AdPart(heading=proposal.heading, text=proposal.text, composed=composed, **place))
                added += 1
    db.session.flush()
    return added


def _composed(proposal: Part) -> dict[str, Any]:
    return {
        "heading": proposal.heading,
        "text": proposal.text,
        "lines": [[line.text, line.kind, line.key] for line in proposal.lines],
    }


def _keep(part: AdPart, what: str, actor: Person | None) -> None:
    db.session.add(
        AdEarlier(
            part_id=part.id,
            heading=part.heading,
            text=part.text,
            composed=part.composed,
            until=now(),
            person_id=_id(actor),
            what=what,
        )
    )


def _id(actor: Person | None) -> int | None:
    return actor.id if actor else None
