"""The criteria of a recruitment: picked, weighed, written about as it is typed, and amended after the lock."""

from __future__ import annotations

from collections.abc import Collection

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.recruitments.models import Criterion, Recruitment
from recruit.recruitments.needs import check_text
from recruit.recruitments.rules import (
    EQUAL_WEIGHT,
    HERE_LIMIT,
    check_minimum,
    check_weight,
    check_weight_reason,
)
from recruit.recruitments.service import amend, charter_of, hold
from recruit.web.forms import digest

TEXTS = ("reason", "here")  # the texts of a criterion that are saved as they are typed


def pick_criteria(recruitment: Recruitment, keys: Collection[str], *, actor: Person | None) -> None:
    """Makes exactly these statements and areas the criteria, in the charter's order; kept ones keep their weight.

    Raises RuleBroken after the lock, and for an id that the charter does not have.
    """
    hold(*recruitment.rounds)
    db.session.refresh(recruitment, ["criteria_locked_at", "version"])
    if recruitment.criteria_locked_at:
        raise RuleBroken(_("Kriterierne er låst. De kan ikke længere vælges til eller fra."))
    charter = charter_of(recruitment)
    order = {item.id: place for place, (_area, item) in enumerate(charter.criteria())}
    unknown = sorted(set(keys) - set(order))
    if unknown:
        raise RuleBroken(_("”%(key)s” findes ikke i ledelsesgrundlaget.", key=unknown[0]))
    kept = {criterion.key: criterion for criterion in recruitment.criteria if criterion.key in keys}
    for key in sorted(set(keys) - set(kept), key=order.__getitem__):
        kept[key] = Criterion(key=key, weight=1.0, here="", position=0)
    ordered = sorted(kept.values(), key=lambda criterion: order[criterion.key])
    for position, criterion in enumerate(ordered):
        criterion.position = position
    recruitment.criteria[:] = ordered
    db.session.flush()
    record("criteria.picked", actor.id if actor else None, recruitment.id, count=len(ordered))


def change_criterion(
    recruitment: Recruitment,
    criterion: Criterion,
    *,
    weight: float,
    minimum: int | None,
    here: str,
    reason: str = "",
    weight_reason: str = "",
    actor: Person,
) -> None:
    """Before the lock. Raises RuleBroken after it: then `amend_criterion` is the way; and when a weight becomes another
    than the others' without a reason."""
    hold(*recruitment.rounds)
    db.session.refresh(recruitment, ["criteria_locked_at", "version"])
    if recruitment.criteria_locked_at:
        raise RuleBroken(_("Kriterierne er låst. Ret dem enkeltvis med en begrundelse."))
    check_weight(weight)
    check_minimum(minimum)
    check_weight_reason(weight, weight_reason, was=criterion.weight)
    after = (weight, minimum, here, reason, weight_reason.strip() if weight != EQUAL_WEIGHT else "")
    before = (criterion.weight, criterion.minimum, criterion.here, criterion.reason, criterion.weight_reason)
    if before != after:
        criterion.weight, criterion.minimum, criterion.here, criterion.reason, criterion.weight_reason = after
        record("criterion.changed", actor.id, recruitment.id, criterion=criterion.key)


def text_version(text: str) -> int:
    """What a page that shows this text sends along when it saves another: one number for one text, 0 for none.

    Of the text and not of the row, for the texts of one criterion are saved each for itself.
    """
    return int(digest(text)[:8], 16) if text else 0


def write_text(
    recruitment: Recruitment, criterion: Criterion, name: str, text: str, *, version: int, actor: Person
) -> None:
    """One of TEXTS, before the lock. `version` is that of the text it was written over.

    Raises EditedMeanwhile when another text has come there since, and RuleBroken after the lock, and for a text that is
    too long or cannot be kept.
    """
    hold(*recruitment.rounds)
    db.session.refresh(recruitment, ["criteria_locked_at", "version"])
    db.session.refresh(criterion, with_for_update=True)
    stored = getattr(criterion, name)
    if text == stored:
        return
    if recruitment.criteria_locked_at:
        raise RuleBroken(_("Kriterierne er låst. Ret dem enkeltvis med en begrundelse."))
    if version != text_version(stored):
        raise EditedMeanwhile(_("En anden har ændret en tekst, mens du skrev."))
    check_text(text, HERE_LIMIT)
    setattr(criterion, name, text)
    record("criterion.changed", actor.id, recruitment.id, criterion=criterion.key)


def amend_criterion(
    recruitment: Recruitment,
    criterion: Criterion,
    *,
    weight: float,
    minimum: int | None,
    here: str,
    reason: str,
    actor: Person,
) -> None:
    """After the lock and before any reveal, with a reason that is logged and printed (rule 4).

    After a reveal everybody knows the scores, so that moving a weight would be choosing the result: RuleBroken.
    """
    hold(*recruitment.rounds)
    if any(round_.revealed_at for round_ in recruitment.rounds):
        raise RuleBroken(_("En runde er afsløret. Kriterierne kan ikke længere ændres."))
    check_weight(weight)
    check_minimum(minimum)
    if not reason.strip():
        raise RuleBroken(_("Skriv, hvorfor kriteriet ændres."))
    before, after = (criterion.weight, criterion.minimum, criterion.here), (weight, minimum, here)
    if before == after:
        raise RuleBroken(_("Der er ikke ændret noget."))
    if weight != criterion.weight:
        criterion.weight_reason = reason.strip() if weight != EQUAL_WEIGHT else ""
    amend(
        recruitment,
        part="criterion",
        subject=criterion.key,
        before=describe_criterion(*before),
        after=describe_criterion(*after),
        reason=reason,
        actor=actor,
    )
    criterion.weight, criterion.minimum, criterion.here = after
    record("criterion.amended", actor.id, recruitment.id, criterion=criterion.key)


def describe_criterion(weight: float, minimum: int | None, here: str) -> str:
    return _(
        "vægt %(weight)s, mindst %(minimum)s, her: %(here)s",
        weight=f"{weight:g}",
        minimum=minimum or "–",
        here=here or "–",
    )
