"""The standard texts as they are, as they were, and saved anew; and the letterhead that documents come out on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.documents.letterhead import prepare
from recruit.documents.package import FaultyLetterhead
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.organisation.models import Letterhead, StandardTexts
from recruit.organisation.rules import KEYS, Texts, changed, complete, shipped


@dataclass(frozen=True)
class Version:
    """The texts at one moment. Number 0 is what the product ships with: nobody has saved it.

    `changed` are the (key, language) that differ from the version before.
    """

    number: int
    texts: dict[str, dict[str, str]]
    kept_because: str = ""
    saved_at: datetime | None = None
    saved_by: str | None = None
    restored_from: int | None = None
    changed: tuple[tuple[str, str], ...] = ()


def standard_texts(language: str) -> dict[str, str]:
    """The texts in one language by key: about, offer, pay, diversity, contact, application; one query.

    As last saved, else as shipped. A text that was emptied is "".
    """
    return {key: parts[language] for key, parts in current_version().texts.items()}


def letterhead() -> bytes | None:
    """The .docx file that documents are based on, None for our own look; one query.

    Raises RuleBroken when the one in use was taken over by a version that refused less.
    """
    content = db.session.scalar(
        select(Letterhead.content)
        .where(Letterhead.used_since.is_not(None))
        .order_by(Letterhead.used_since.desc(), Letterhead.id.desc())
        .limit(1)
    )
    # Made anew, so that it has the styles that this version of the product writes in; remembered after the first time.
    return made_ready(content) if content is not None else None


def made_ready(content: bytes) -> bytes:
    """A letterhead of ours as this version of the product makes it. Raises RuleBroken."""
    try:
        return prepare(content).content
    except FaultyLetterhead as fault:
        raise RuleBroken(
            _("Brevpapiret kan ikke bruges længere. HR kan skifte det eller tage det ud af brug under Organisation.")
        ) from fault


def current_version() -> Version:
    """The texts in force; one query."""
    row = db.session.scalar(select(StandardTexts).order_by(StandardTexts.number.desc()).limit(1))
    organisation = _organisation()
    if row is None:
        return Version(0, shipped(organisation))
    return Version(row.number, complete(row.texts, organisation), row.kept_because, row.saved_at)


def all_versions() -> list[Version]:
    """Every version, newest first, the shipped one last; one query."""
    rows = db.session.execute(
        select(StandardTexts, Person.name)
        .outerjoin(Person, Person.id == StandardTexts.saved_by_id)
        .order_by(StandardTexts.number)
    ).all()
    organisation = _organisation()
    versions = [Version(0, shipped(organisation))]
    for row, name in rows:
        texts = complete(row.texts, organisation)
        versions.append(
            Version(
                row.number,
                texts,
                row.kept_because,
                row.saved_at,
                name,
                row.restored_from,
                tuple(changed(versions[-1].texts, texts)),
            )
        )
    return versions[::-1]


def save_texts(
    texts: Mapping[str, Mapping[str, str]],
    *,
    version: int,
    kept_because: str = "",
    kept_rules: str = "",
    restored_from: int | None = None,
    actor: Person,
) -> None:
    """Saves the texts as a new version. Nothing happens when nothing differs.

    `version` is the one that the writer saw. Raises EditedMeanwhile when another has saved since, and RuleBroken for an
    unknown text.
    """
    unknown = next((key for key in texts if key not in KEYS), None)
    if unknown is not None:
        raise RuleBroken(_("Teksten ”%(key)s” findes ikke.", key=unknown))
    now_in_force = current_version()
    if now_in_force.number != version:
        raise EditedMeanwhile(_("En anden har gemt standardteksterne, mens du skrev."))
    whole: Texts = {key: dict(texts.get(key, now_in_force.texts[key])) for key in KEYS}
    if not changed(now_in_force.texts, whole) and kept_because == now_in_force.kept_because:
        return
    row = StandardTexts(
        number=version + 1,
        texts={key: dict(parts) for key, parts in whole.items()},
        kept_because=kept_because,
        restored_from=restored_from,
        saved_by_id=actor.id,
        saved_at=now(),
    )
    db.session.add(row)
    db.session.flush()
    if restored_from is None:
        record("standard_texts.changed", actor.id, number=row.number)
    else:
        record("standard_texts.restored", actor.id, number=row.number, was=restored_from)
    if kept_because and restored_from is None:
        record("wording.kept", actor.id, what="standard_texts", number=row.number, rules=kept_rules)


def restore_texts(number: int, *, version: int, actor: Person) -> None:
    """Puts the texts of an earlier version in force again, as a new version. Raises RuleBroken and EditedMeanwhile."""
    earlier = next((item for item in all_versions() if item.number == number), None)
    if earlier is None:
        raise RuleBroken(_("Den udgave findes ikke."))
    save_texts(
        earlier.texts,
        version=version,
        kept_because=earlier.kept_because,
        restored_from=number,
        actor=actor,
    )


def _organisation() -> str:
    return str(current_app.config["ORGANISATION"])
