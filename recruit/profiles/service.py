"""Reading and writing a job profile."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.models import ProfileSection
from recruit.profiles.rules import WRITTEN
from recruit.recruitments.models import Recruitment


def load_sections(recruitment: Recruitment) -> dict[str, ProfileSection]:
    """The sections that have text, by key; one query."""
    rows = db.session.scalars(select(ProfileSection).where(ProfileSection.recruitment_id == recruitment.id))
    return {row.key: row for row in rows}


def write_sections(
    recruitment: Recruitment,
    texts: Mapping[str, str],
    *,
    versions: Mapping[str, int] | None = None,
    actor: Person | None,
) -> None:
    """Writes the sections that changed; an empty text removes its section.

    `versions` are those the writer saw (0 for none). Raises EditedMeanwhile when another has saved a section since,
    and RuleBroken for an unknown section.
    """
    stored = load_sections(recruitment)
    for key, text in texts.items():
        if key not in WRITTEN:
            raise RuleBroken(_("Afsnittet ”%(key)s” findes ikke.", key=key))
        row = stored.get(key)
        if text == (row.text if row else ""):
            continue
        if versions is not None and versions.get(key, 0) != (row.version if row else 0):
            raise EditedMeanwhile(_("En anden har ændret et afsnit, mens du skrev."))
        if row is None:
            db.session.add(ProfileSection(recruitment_id=recruitment.id, key=key, text=text, changed_at=now()))
        elif text:
            row.text, row.changed_at = text, now()
        else:
            db.session.delete(row)
        record("profile.changed", actor.id if actor else None, recruitment.id, section=key)
