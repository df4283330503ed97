"""Candidates of a recruitment, who is in which round, and the panel's impartiality."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import ngettext
from flask_login import current_user

from recruit.candidates.attachments import load_attachments
from recruit.candidates.conflicts import later_answers, tell_later
from recruit.candidates.forms import CandidateForm, DecisionForm, RoundCandidatesForm
from recruit.candidates.impartiality import decide, declare, load_declarations, load_standings, may_decide, standings_of
from recruit.candidates.models import Candidate
from recruit.candidates.names import hides_names
from recruit.candidates.rules import ANSWERS, CLEAR, DOUBT, KINDS, NOT_RECORDED, STANDINGS, WITHDRAWALS
from recruit.candidates.service import (
    add_candidate,
    change_candidate,
    choose_candidates,
    chosen_candidates,
    load_candidates,
    take_back,
    withdraw,
)
from recruit.errors import RuleBroken
from recruit.extensions import db
from recruit.panel.rules import ROLES
from recruit.panel.service import load_members
from recruit.recruitments.models import Round
from recruit.recruitments.views import find_round
from recruit.web.forms import options
from recruit.web.guard import may, needs
from recruit.web.language import alphabetical

blueprint = Blueprint("candidates", __name__)


def find_candidate(candidate_id: int) -> Candidate:
    """The candidate in the recruitment of this request; 404 otherwise."""
    candidate = db.session.get(Candidate, candidate_id)
    if candidate is None or candidate.recruitment_id != g.recruitment.id:
        abort(404)
    return candidate


def _page(form: CandidateForm) -> str:
    candidates = load_candidates(g.recruitment)
    chosen = chosen_candidates(g.recruitment)
    rounds = {
        candidate.id: [
            round_ for round_ in g.recruitment.rounds if round_.id not in chosen or candidate.id in chosen[round_.id]
        ]
        for candidate in candidates
    }
    return render_template(
        "candidates/candidates.html",
        form=form,
        candidates=candidates,
        alphabetical=sorted(candidates, key=lambda item: alphabetical(item.name)),
        nameless=hides_names(ahead=True),
        documents={candidate: len(rows) for candidate, rows in load_attachments(g.recruitment).items()},
        withdrawals=WITHDRAWALS,
        rounds=rounds,
        counts={round_.id: sum(round_ in found for found in rounds.values()) for round_ in g.recruitment.rounds},
        may_edit=may("candidates.edit"),
        locked=any(round_.locked_at for round_ in g.recruitment.rounds),
        revealed=any(round_.revealed_at for round_ in g.recruitment.rounds),
    )


@blueprint.get("/recruitments/<int:recruitment_id>/candidates")
@needs("candidates.see")
def candidates(recruitment_id: int) -> ResponseReturnValue:
    return _page(CandidateForm(formdata=None))


@blueprint.post("/recruitments/<int:recruitment_id>/candidates")
@needs("candidates.edit")
def add(recruitment_id: int) -> ResponseReturnValue:
    form = CandidateForm()
    if form.validate_on_submit():
        try:
            candidate = add_candidate(g.recruitment, name=form.name.data, email=form.email.data, actor=current_user)
            db.session.commit()
            flash(_("%(name)s er tilføjet som %(ref)s.", name=candidate.name, ref=candidate.ref), "success")
            return redirect(url_for("candidates.candidates", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.email.errors = [str(broken)]
    return _page(form), 400


@blueprint.route("/recruitments/<int:recruitment_id>/candidates/<int:candidate_id>", methods=["GET", "POST"])
@needs("candidates.edit")
def edit(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    candidate = find_candidate(candidate_id)
    form = CandidateForm(obj=candidate)
    if form.validate_on_submit():
        try:
            change_candidate(g.recruitment, candidate, name=form.name.data, email=form.email.data, actor=current_user)
            db.session.commit()
            flash(_("Gemt."), "success")
            return redirect(url_for("candidates.candidates", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.email.errors = [str(broken)]
    return render_template("candidates/edit.html", form=form, candidate=candidate), 400 if form.errors else 200


@blueprint.post("/recruitments/<int:recruitment_id>/candidates/<int:candidate_id>/status")
@needs("candidates.edit")
def status(recruitment_id: int, candidate_id: int) -> ResponseReturnValue:
    candidate = find_candidate(candidate_id)
    if request.form.get("status") == "withdrawn":
        withdraw(g.recruitment, candidate, code=request.form.get("code", "withdrew"), actor=current_user)
        flash(_("%(ref)s er ude og skal ikke vurderes.", ref=candidate.ref), "success")
    else:
        take_back(g.recruitment, candidate, actor=current_user)
        flash(_("%(ref)s er med igen.", ref=candidate.ref), "success")
    db.session.commit()
    return redirect(url_for("candidates.candidates", recruitment_id=recruitment_id))


@blueprint.route("/recruitments/<int:recruitment_id>/rounds/<int:number>/candidates", methods=["GET", "POST"])
@needs("candidates.edit")
def choose(recruitment_id: int, number: int) -> ResponseReturnValue:
    round_: Round = find_round(g.recruitment, number)
    everybody = load_candidates(g.recruitment)
    form = RoundCandidatesForm()
    form.candidates.choices = options({item.id: f"{item.ref} · {item.name}" for item in everybody})
    if request.method == "GET":
        chosen = chosen_candidates(g.recruitment).get(round_.id)
        form.candidates.data = [item.id for item in everybody if chosen is None or item.id in chosen]
    if form.validate_on_submit():
        try:
            choose_candidates(g.recruitment, round_, form.candidates.data or [], actor=current_user)
            db.session.commit()
            flash(_("Gemt."), "success")
            return redirect(url_for("candidates.candidates", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.candidates.errors = [str(broken)]
    return render_template("candidates/choose.html", form=form, round=round_), 400 if form.errors else 200


# Impartiality


@blueprint.route("/recruitments/<int:recruitment_id>/impartiality", methods=["GET", "POST"])
@needs("impartiality.declare")
def impartiality(recruitment_id: int) -> ResponseReturnValue:
    """A member's own declaration: names in alphabetical order, without refs (rule 7)."""
    names = sorted(
        (item for item in load_candidates(g.recruitment) if item.status == "active"),
        key=lambda item: alphabetical(item.name),
    )
    own = standings_of(g.member)
    waiting = [item for item in names if own.get(item.id, NOT_RECORDED) == NOT_RECORDED]
    answers: dict[int, tuple[str, str | None]] = {}
    problems: dict[int, str] = {}
    if request.method == "POST" and "later" in request.form:
        tell_later(
            g.recruitment,
            g.member,
            request.form.get("later", 0, int),
            request.form.get("answer", ""),
            request.form.get("kind"),
            actor=current_user,
        )
        db.session.commit()
        return redirect(_after_declaring(recruitment_id))
    if request.method == "POST":
        for item in waiting:
            answer, kind = request.form.get(f"answer-{item.id}"), request.form.get(f"kind-{item.id}") or None
            if answer not in ANSWERS:
                problems[item.id] = _("Vælg et svar.")
            elif answer != "none" and kind not in KINDS:
                problems[item.id] = _("Vælg, hvad det handler om.")
            if answer in ANSWERS:
                answers[item.id] = (answer, kind)
        if not problems:
            declare(g.recruitment, g.member, answers, actor=current_user)
            db.session.commit()
            return redirect(_after_declaring(recruitment_id))
    page = render_template(
        "candidates/impartiality.html",
        waiting=waiting,
        answered=[item for item in names if item not in waiting],
        own=own,
        is_chair=g.member.role == "chair",
        answers=answers,
        problems=problems,
        faults=[
            (f"{item.name}: {problems[item.id]}", _place(item, answers)) for item in waiting if item.id in problems
        ],
        answer_labels=ANSWERS,
        later_answers={answer: ANSWERS[answer] for answer in later_answers(g.recruitment)},
        clear_names={item.id: item.name for item in names if own.get(item.id) == CLEAR},
        kind_labels=KINDS,
        standing_labels=STANDINGS,
    )
    return page, 400 if problems else 200


def _place(candidate: Candidate, answers: dict[int, tuple[str, str | None]]) -> str:
    """Where on the page an answer is mended."""
    return f"#kind-{candidate.id}" if candidate.id in answers else f"#answer-{candidate.id}-none"


def _after_declaring(recruitment_id: int) -> str:
    found = set(standings_of(g.member).values())
    if found <= {CLEAR, "out_for_candidate"}:
        flash(_("Tak. Din habilitet er registreret."), "success")
        return url_for("overview.recruitment", recruitment_id=recruitment_id)
    if "out" in found:
        flash(_("Tak. Du er inhabil og deltager ikke i forløbet. HR og forpersonen kan se dit svar."), "info")
        return url_for("overview.home")
    flash(_("Tak. Dine svar er registreret."), "success")
    return url_for("candidates.impartiality", recruitment_id=recruitment_id)


@blueprint.get("/recruitments/<int:recruitment_id>/impartiality/all")
@needs("impartiality.see")
def declarations(recruitment_id: int) -> ResponseReturnValue:
    """Who has declared what, for HR and the chair. Not recorded is shown as just that."""
    members, people = load_members(g.recruitment), load_candidates(g.recruitment)
    rows = load_declarations(g.recruitment)
    hr = current_user.role == "hr"
    found = load_standings(g.recruitment)
    active = [item.id for item in people if item.status == "active"]
    states = [found.get(member.id, {}).get(item, NOT_RECORDED) for member in members for item in active]
    return render_template(
        "candidates/declarations.html",
        members=members,
        roles=ROLES,
        candidates=people,
        standings=found,
        summary=_summary(states.count(NOT_RECORDED), states.count(DOUBT)),
        rows={(row.member_id, row.candidate_id): row for row in rows},
        standing_labels=STANDINGS,
        kind_labels=KINDS,
        decidable={member.id for member in members if may_decide(hr, g.member, member)},
        revealed=any(round_.revealed_at for round_ in g.recruitment.rounds),
    )


def _summary(missing: int, doubts: int) -> str:
    """What waits on the page of declarations, in a sentence."""
    parts = []
    if missing:
        parts.append(ngettext("Der mangler %(num)s svar.", "Der mangler %(num)s svar.", missing))
    if doubts:
        parts.append(ngettext("%(num)s tvivl venter på en afgørelse.", "%(num)s tvivl venter på en afgørelse.", doubts))
    return " ".join(parts) or _("Alle har svaret, og intet venter på en afgørelse.")


@blueprint.route("/recruitments/<int:recruitment_id>/impartiality/<int:declaration_id>", methods=["GET", "POST"])
@needs("impartiality.decide")
def decision(recruitment_id: int, declaration_id: int) -> ResponseReturnValue:
    row = next((item for item in load_declarations(g.recruitment) if item.id == declaration_id), None) or abort(404)
    member = next(item for item in load_members(g.recruitment) if item.id == row.member_id)
    if row.answer == "none" or not may_decide(current_user.role == "hr", g.member, member):
        abort(403)
    form = DecisionForm(decision=row.decision, reason=row.reason)
    if form.validate_on_submit():
        try:
            decide(
                g.recruitment,
                row,
                member,
                decision=form.decision.data,
                reason=form.reason.data,
                actor=current_user,
                actor_member=g.member,
            )
            db.session.commit()
            flash(_("Afgørelsen er gemt."), "success")
            return redirect(url_for("candidates.declarations", recruitment_id=recruitment_id))
        except RuleBroken as broken:
            db.session.rollback()
            form.reason.errors = [str(broken)]
    page = render_template(
        "candidates/decision.html",
        form=form,
        row=row,
        member=member,
        candidate=find_candidate(row.candidate_id),
        kind_labels=KINDS,
        answer_labels=ANSWERS,
    )
    return page, 400 if form.errors else 200
