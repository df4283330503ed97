"""The decision: recorded by HR, read by the panel, in Word."""

from __future__ import annotations

from typing import Any

from flask import abort, flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from recruit.accounts.models import Person
from recruit.audit import record
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.decisions.deciding import Decided, differs, recommended_for, record_decision, take_back
from recruit.decisions.documents import decision_document
from recruit.decisions.forms import DecisionForm, TakeBackForm
from recruit.decisions.hearings import open_tasks
from recruit.decisions.history import load_history
from recruit.decisions.models import HiringDecision
from recruit.decisions.rules import DECISION, WHAT
from recruit.decisions.service import Standing, last_revealed, load_decision, load_standing
from recruit.decisions.views import not_open
from recruit.decisions.writing_views import blueprint
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.profiles.rules import blocks
from recruit.recruitments.rules import HIRED, NOBODY
from recruit.recruitments.timetable import today
from recruit.web.downloads import word_download
from recruit.web.forms import options
from recruit.web.guard import may, needs
from recruit.web.language import listed

__all__ = ["blueprint"]

DECISION_PAGE = "/recruitments/<int:recruitment_id>/decision"


def _candidates() -> dict[int, Candidate]:
    return {item.id: item for item in load_candidates(g.recruitment)}


@blueprint.get(DECISION_PAGE)
@needs("decision.see")
def decision(recruitment_id: int) -> ResponseReturnValue:
    if last_revealed(g.recruitment) is None:
        return not_open()
    return _page(TakeBackForm())


def _page(form: TakeBackForm) -> str:
    row, standing, candidates = load_decision(g.recruitment), load_standing(g.recruitment), _candidates()
    hired = [candidates[item.candidate_id] for item in row.hired] if row else []
    person = db.session.get(Person, row.recorded_by_id) if row and row.recorded_by_id else None
    return render_template(
        "decisions/decision.html",
        decision=row,
        standing=standing,
        names=listed([f"{item.ref} {item.name}" for item in hired]),
        differs=row is not None and differs(standing, hired),
        reason=list(blocks(row.reason)) if row else [],
        differs_because=list(blocks(row.differs_because)) if row else [],
        recorded_by=person.name if person else "",
        tasks=open_tasks(g.recruitment) if may("references.see") else [],
        earlier=load_history(g.recruitment, DECISION) if may("decision.write") else [],
        what=WHAT,
        form=form,
    )


@blueprint.route(DECISION_PAGE + "/edit", methods=["GET", "POST"])
@needs("decision.write")
def decide(recruitment_id: int) -> ResponseReturnValue:
    if last_revealed(g.recruitment) is None:
        return not_open()
    standing, row, candidates = load_standing(g.recruitment), load_decision(g.recruitment), _candidates()
    stored = _stored(row, standing)
    form = DecisionForm(data=stored)
    form.hired.choices = options(
        {
            str(item.id): f"{item.ref} {item.name}"
            for item in candidates.values()
            if item.status == "active" or (row and item.id in [one.candidate_id for one in row.hired])
        }
    )
    # One more than the version: a decision that is not there yet has one too, so that two first ones meet.
    newer = form.newer(row.version + 1 if row else 1, stored if row else {})
    status = 200
    if form.validate_on_submit() and not newer:
        hired = [candidates[int(item)] for item in form.hired.data or []]
        decided = Decided(
            outcome=form.outcome.data,
            decided_on=form.decided_on.data,
            decided_by=form.decided_by.data,
            reason=form.reason.data,
            approved_by=form.approved_by.data or "",
            differs_because=form.differs_because.data or "",
        )
        try:
            version = row.version if row else 0
            record_decision(
                g.recruitment, standing, decided, hired, version=version, ends=form.ends.data, actor=current_user
            )
            db.session.commit()
            flash(_("Afgørelsen er noteret."), "success")
            return redirect(url_for("decisions.decision", recruitment_id=recruitment_id))
        except (StaleDataError, IntegrityError):
            db.session.rollback()
            text = _("En anden har noteret afgørelsen imens. Se den, og ret den, hvis den ikke er rigtig.")
            form.form_errors.append(text)
            status = 409
        except RuleBroken as broken:
            db.session.rollback()
            form.form_errors.append(str(broken))
            status = 409 if isinstance(broken, EditedMeanwhile) else 400
    for name in {"hired", "outcome"} & set(newer):
        names = {item.value: item.label for item in form[name].choices}
        values = newer[name] if isinstance(newer[name], list) else [newer[name]]
        newer[name] = ", ".join(str(names.get(value, value)) for value in values)
    page = render_template(
        "decisions/decide.html",
        form=form,
        newer=newer,
        standing=standing,
        recommended=[item for item in standing.chosen if item.id in recommended_for(standing, g.recruitment.posts)],
        decision=row,
        tasks=open_tasks(g.recruitment),
    )
    return page, 409 if newer else status if status != 200 else 400 if form.errors else 200


def _stored(row: HiringDecision | None, standing: Standing) -> dict[str, Any]:
    """What is recorded; before that, what follows from the recommendation."""
    if row is None:
        expected = recommended_for(standing, g.recruitment.posts) if standing.is_final else set()
        outcome = (NOBODY if standing.choice == NOBODY else HIRED) if standing.is_final else ""
        return {"outcome": outcome, "hired": sorted(str(item) for item in expected), "decided_on": today()}
    return {
        "outcome": row.outcome,
        "hired": sorted(str(item.candidate_id) for item in row.hired),
        "decided_on": row.decided_on,
        "decided_by": row.decided_by,
        "approved_by": row.approved_by,
        "reason": row.reason,
        "differs_because": row.differs_because,
    }


@blueprint.post(DECISION_PAGE + "/back")
@needs("decision.write")
def take_decision_back(recruitment_id: int) -> ResponseReturnValue:
    form = TakeBackForm()
    if not form.validate_on_submit():
        if last_revealed(g.recruitment) is None:
            raise RuleBroken(_("Der er ikke noteret nogen afgørelse."))
        return _page(form), 400
    take_back(g.recruitment, form.why.data, actor=current_user)
    db.session.commit()
    flash(_("Afgørelsen er taget tilbage. Begrundelsen er gemt."), "success")
    return redirect(url_for("decisions.decision", recruitment_id=recruitment_id))


@blueprint.get(DECISION_PAGE + ".docx")
@needs("references.see")  # the note tells of hearings as well
def decision_word(recruitment_id: int) -> ResponseReturnValue:
    row = load_decision(g.recruitment)
    if row is None:
        abort(404)
    content = decision_document(g.recruitment, row)
    record("document.made", current_user.id, g.recruitment.id, document="decision")
    db.session.commit()
    return word_download(content, g.recruitment.title, _("afgørelse"))
