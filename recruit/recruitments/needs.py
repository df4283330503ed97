"""The answers of the needs clarification: read, and saved as they are typed."""

from __future__ import annotations

from collections.abc import Mapping

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import NeedAnswer, Recruitment
from recruit.recruitments.needs_rules import ANSWER_LIMIT, KEYS
from recruit.web.forms import unwritable


def load_needs(recruitment: Recruitment) -> dict[str, NeedAnswer]:
    """The answers by question, those that were emptied too; one query."""
    rows = db.session.scalars(select(NeedAnswer).where(NeedAnswer.recruitment_id == recruitment.id))
    return {row.key: row for row in rows}


def needs_texts(recruitment: Recruitment) -> dict[str, str]:
    """What is answered, by question, in the questions' order; one query."""
    stored = load_needs(recruitment)
    return {key: stored[key].text for key in KEYS if key in stored and stored[key].text}


def write_needs(
    recruitment: Recruitment,
    texts: Mapping[str, str],
    *,
    versions: Mapping[str, int] | None = None,
    actor: Person | None,
) -> None:
    """Writes the answers that changed. `versions` are those the writer saw (0 for none).

    Raises EditedMeanwhile when another has saved an answer since, and RuleBroken for an unknown question, and for a
    text that is too long or holds what no document can.
    """
    stored = load_needs(recruitment)
    for key, text in texts.items():
        if key not in KEYS:
            raise RuleBroken(_("Spørgsmålet ”%(key)s” findes ikke.", key=key))
        row = stored.get(key)
        if text == (row.text if row else ""):
            continue
        if versions is not None and versions.get(key, 0) != (row.version if row else 0):
            raise EditedMeanwhile(_("En anden har ændret et svar, mens du skrev."))
        check_text(text, ANSWER_LIMIT)
        if row is None:
            row = NeedAnswer(recruitment_id=recruitment.id, key=key, text=text, changed_at=now())
            db.session.add(row)
            record("needs.answered", actor.id if actor else None, recruitment.id, what=key)
        else:
            row.text, row.changed_at = text, now()
    db.session.flush()


def check_text(text: str, limit: int) -> None:
    """What a form would refuse, where a script sends the text."""
    if len(text) > limit:
        raise RuleBroken(_("Teksten må højst have %(limit)s tegn.", limit=limit))
    if unwritable(text):
        raise RuleBroken(_("Teksten har et skjult styretegn, som ikke kan gemmes. Skriv den igen, og prøv."))
