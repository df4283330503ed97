"""Reading and writing a job profile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.models import Profile, ProfileEarlier, ProfileSection
from recruit.profiles.rules import (
    AMENDED,
    RESTORED,
    SECTION_LIMIT,
    WRITTEN,
    WRITTEN_BY_HAND,
    Section,
    fingerprint,
    goes_on,
    in_order,
    state_of,
)
from recruit.recruitments.models import Recruitment
from recruit.recruitments.needs import check_text
from recruit.recruitments.service import amend


@dataclass(frozen=True)
class Standing:
    """Where a profile stands. `state` is one of draft, approved, changed (since it was approved) and locked.

    `approved` says whether somebody has approved it, `holds` whether what was approved is what stands there.
    """

    profile: Profile | None
    sections: list[Section]
    state: str
    approved: bool
    holds: bool

    @property
    def locked(self) -> bool:
        return self.state == "locked"


def load_sections(recruitment: Recruitment) -> dict[str, ProfileSection]:
    """The sections that have text, by key; one query."""
    return {key: row for key, row in load_rows(recruitment).items() if row.text.strip()}


def load_rows(recruitment: Recruitment) -> dict[str, ProfileSection]:
    """The sections that have been written, those that were emptied too; one query."""
    rows = db.session.scalars(select(ProfileSection).where(ProfileSection.recruitment_id == recruitment.id))
    return {row.key: row for row in rows}


def load_profile(recruitment: Recruitment) -> Profile | None:
    """One query."""
    return db.session.scalar(select(Profile).where(Profile.recruitment_id == recruitment.id))


def approved_by(profile: Profile | None) -> str:
    """The name of who approved it; one query, also where nobody has."""
    person_id = profile.approved_by_id if profile else None
    return db.session.scalar(select(Person.name).where(Person.id == person_id)) or ""


def standing_of(recruitment: Recruitment, profile: Profile | None, rows: Mapping[str, ProfileSection]) -> Standing:
    """Where the profile stands; no query."""
    sections = in_order(profile.section_order if profile else "")
    approved = profile is not None and profile.approved_at is not None
    holds = profile is not None and approved and profile.approved_print == print_of(recruitment, profile, rows)
    locked = recruitment.criteria_locked_at is not None or (profile is not None and profile.locked_at is not None)
    return Standing(
        profile, sections, state_of(approved=approved, holds=holds, locked=locked), approved=approved, holds=holds
    )


def is_approved(recruitment: Recruitment) -> bool:
    """Whether the profile may be read by everybody: approved as it stands, or locked and since then amended with a
    reason; two queries."""
    standing = standing_of(recruitment, load_profile(recruitment), load_rows(recruitment))
    return standing.holds or (standing.approved and standing.locked)


def print_of(recruitment: Recruitment, profile: Profile | None, rows: Mapping[str, ProfileSection]) -> str:
    """A fingerprint of what an applicant reads; no query."""
    return fingerprint(
        {key: row.text for key, row in rows.items()},
        [section.key for section in in_order(profile.section_order if profile else "")],
        [(criterion.key, criterion.here) for criterion in recruitment.criteria],
    )


def section_order(recruitment: Recruitment) -> list[Section]:
    """The sections in their order; one query."""
    profile = load_profile(recruitment)
    return in_order(profile.section_order if profile else "")


def write_sections(
    recruitment: Recruitment,
    texts: Mapping[str, str],
    *,
    versions: Mapping[str, int] | None = None,
    what: str = WRITTEN_BY_HAND,
    actor: Person | None,
) -> None:
    """Writes the sections that changed, and their history. An empty text empties its section.

    `versions` are those the writer saw (0 for none). Raises EditedMeanwhile when another has saved a section since, and
    RuleBroken for an unknown section, for a text that is too long or cannot be kept, and when the profile is locked.
    """
    stored = load_rows(recruitment)
    changed = {key: text for key, text in texts.items() if text != (stored[key].text if key in stored else "")}
    for key in texts:
        if key not in WRITTEN:
            raise RuleBroken(_("Afsnittet ”%(key)s” findes ikke.", key=key))
    if not changed:
        return
    check_open(recruitment)
    for key, text in changed.items():
        version = stored[key].version if key in stored else 0
        if versions is not None and versions.get(key, 0) != version:
            raise EditedMeanwhile(_("En anden har ændret et afsnit, mens du skrev."))
        check_text(text, SECTION_LIMIT)
        _write(recruitment, stored.get(key), key, text, what=what, actor=actor)
        if what == WRITTEN_BY_HAND:
            record("profile.changed", actor.id if actor else None, recruitment.id, section=key)
    db.session.flush()


def check_open(recruitment: Recruitment) -> None:
    """Raises RuleBroken when the profile is locked."""
    db.session.refresh(recruitment, ["criteria_locked_at", "version"])
    profile = load_profile(recruitment)
    if recruitment.criteria_locked_at or (profile and profile.locked_at):
        raise RuleBroken(_("Profilen er låst. Ret afsnittene enkeltvis med en begrundelse."))


def _write(
    recruitment: Recruitment, row: ProfileSection | None, key: str, text: str, *, what: str, actor: Person | None
) -> None:
    moment, before = now(), row.text if row else ""
    last = db.session.scalar(
        select(ProfileEarlier)
        .where(ProfileEarlier.recruitment_id == recruitment.id, ProfileEarlier.key == key)
        .order_by(ProfileEarlier.id.desc())
        .limit(1)
    )
    if last is None and row is not None and before.strip():
        # Written before there was a history.
        last = ProfileEarlier(
            recruitment_id=recruitment.id,
            key=key,
            text=before,
            begun_at=row.changed_at,
            at=row.changed_at,
            what=WRITTEN_BY_HAND,
        )
        db.session.add(last)
        db.session.flush()
    if row is None:
        db.session.add(ProfileSection(recruitment_id=recruitment.id, key=key, text=text, changed_at=moment))
    else:
        row.text, row.changed_at = text, moment
    same_person = last is not None and actor is not None and last.person_id == actor.id
    if (
        last is not None
        and what == last.what == WRITTEN_BY_HAND
        and goes_on(last.text, text, same_person=same_person, begun=last.begun_at, last=last.at, now=moment)
    ):
        last.text, last.at = text, moment
        return
    db.session.add(
        ProfileEarlier(
            recruitment_id=recruitment.id,
            key=key,
            text=text,
            begun_at=moment,
            at=moment,
            person_id=actor.id if actor else None,
            what=what,
        )
    )


# History


def load_history(recruitment: Recruitment, key: str) -> list[tuple[ProfileEarlier, str]]:
    """A section as it was left each time, newest first, each with the name of who wrote it; one query."""
    rows = db.session.execute(
        select(ProfileEarlier, Person.name)
        .outerjoin(Person, Person.id == ProfileEarlier.person_id)
        .where(ProfileEarlier.recruitment_id == recruitment.id, ProfileEarlier.key == key)
        .order_by(ProfileEarlier.id.desc())
    )
    return [(row, name or "") for row, name in rows]


def restore_section(
    recruitment: Recruitment, key: str, earlier: ProfileEarlier, *, version: int, actor: Person
) -> None:
    """Puts an earlier text of a section back as the newest one: what stands there now stays in the history."""
    write_sections(recruitment, {key: earlier.text}, versions={key: version}, what=RESTORED, actor=actor)
    record("profile.restored", actor.id, recruitment.id, section=key)


# Order, approval, lock, amendment


def _own_profile(recruitment: Recruitment) -> Profile:
    profile = load_profile(recruitment)
    if profile is None:
        profile = Profile(recruitment_id=recruitment.id, section_order="", approved_print="", kept_because="")
        db.session.add(profile)
    return profile


def order_sections(
    recruitment: Recruitment, keys: Sequence[str], *, seen: Sequence[str] | None = None, actor: Person | None
) -> None:
    """`seen` is the order that the person was shown. Raises EditedMeanwhile when it is another now, and RuleBroken for
    keys that are not all the sections, once each, and when the profile is locked."""
    profile = _own_profile(recruitment)
    current = [section.key for section in in_order(profile.section_order)]
    if sorted(keys) != sorted(current):
        raise RuleBroken(_("Rækkefølgen kunne ikke læses. Genindlæs siden."))
    if list(keys) == current:
        return
    check_open(recruitment)
    if seen is not None and list(seen) != current:
        raise EditedMeanwhile(_("En anden har flyttet afsnittene imens. Genindlæs siden."))
    profile.section_order = " ".join(keys)
    record("profile.ordered", actor.id if actor else None, recruitment.id)
    db.session.flush()


def approve_profile(
    recruitment: Recruitment, *, seen: str, kept_because: str = "", kept_rules: str = "", actor: Person
) -> None:
    """The chair approves what they have read: `seen` is its fingerprint. Raises EditedMeanwhile when it is another text
    now, and RuleBroken when there is nothing to approve."""
    profile, rows = _own_profile(recruitment), load_rows(recruitment)
    found = print_of(recruitment, profile, rows)
    if found != seen:
        raise EditedMeanwhile(_("Profilen er ændret, siden du læste den. Læs den igen, før du godkender."))
    if not recruitment.criteria or not any(row.text.strip() for row in rows.values()):
        raise RuleBroken(_("Der er ikke noget at godkende endnu. Vælg kriterier, og skriv profilen først."))
    profile.approved_at, profile.approved_by_id, profile.approved_print = now(), actor.id, found
    profile.kept_because = kept_because
    record("profile.approved", actor.id, recruitment.id)
    if kept_because:
        record("wording.kept", actor.id, recruitment.id, document="profile", rules=kept_rules)
    db.session.flush()


def lock_profile(recruitment: Recruitment, *, actor: Person) -> None:
    """Raises RuleBroken unless the profile is approved as it stands, and when it is locked."""
    profile = _own_profile(recruitment)
    standing = standing_of(recruitment, profile, load_rows(recruitment))
    if standing.locked:
        raise RuleBroken(_("Profilen er allerede låst."))
    if not standing.holds:
        raise RuleBroken(_("Godkend profilen, som den står, før du låser den."))
    profile.locked_at = now()
    record("profile.locked", actor.id, recruitment.id)


def amend_section(recruitment: Recruitment, key: str, text: str, *, version: int, reason: str, actor: Person) -> None:
    """Changes a section of a locked profile, with a reason that is kept and printed.

    Raises EditedMeanwhile when another has changed it since, and RuleBroken without a change, without a reason, and
    when the profile is not locked.
    """
    rows = load_rows(recruitment)
    row = rows.get(key)
    before = row.text if row else ""
    if key not in WRITTEN:
        raise RuleBroken(_("Afsnittet ”%(key)s” findes ikke.", key=key))
    if not standing_of(recruitment, load_profile(recruitment), rows).locked:
        raise RuleBroken(_("Profilen er ikke låst. Ret den, som den er."))
    if version != (row.version if row else 0):
        raise EditedMeanwhile(_("En anden har ændret et afsnit, mens du skrev."))
    if not reason.strip():
        raise RuleBroken(_("Skriv, hvorfor afsnittet ændres."))
    if text.strip() == before.strip():
        raise RuleBroken(_("Der er ikke ændret noget."))
    check_text(text, SECTION_LIMIT)
    amend(recruitment, part="profile", subject=key, before=before, after=text, reason=reason, actor=actor)
    _write(recruitment, row, key, text, what=AMENDED, actor=actor)
    record("profile.amended", actor.id, recruitment.id, section=key)
    db.session.flush()
