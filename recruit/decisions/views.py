"""The recommendation as it is read, and its steps: final, reopened, its history, Word."""

from __future__ import annotations

from flask import Blueprint, abort, flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.audit import record
from recruit.candidates.conflicts import barred_from
from recruit.comparison.presentation import criterion_label, excuse_rows, standing_rows
from recruit.comparison.service import RevealedRound
from recruit.decisions.documents import recommendation_document
from recruit.decisions.forms import FinalForm, ReopenForm
from recruit.decisions.hearings import open_tasks
from recruit.decisions.history import load_history
from recruit.decisions.material import Material, load_material
from recruit.decisions.models import RecommendationEarlier
from recruit.decisions.rules import AGAINST, DECISION, SUMMARY, WHAT, WHOLE
from recruit.decisions.service import (
    last_revealed,
    load_texts,
    make_final,
    reopen,
    text_keys,
    unfinished,
    write_texts,
)
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.rules import SIDES
from recruit.profiles.rules import blocks
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import charter_of
from recruit.scoring.rules import DEVIATIONS
from recruit.web.downloads import word_download
from recruit.web.forms import whole
from recruit.web.guard import may, needs

blueprint = Blueprint("decisions", __name__)

RECOMMENDATION = "/recruitments/<int:recruitment_id>/recommendation"


def not_open() -> str:
    """The page that says when the recommendation opens."""
    return render_template("decisions/not_open.html")


def may_read(material: Material) -> bool:
    """HR and the chair read drafts; the panel reads what is final."""
    return material.standing.is_final or may("recommendation.write") or may("decision.write")


def check_impartial(revealed: RevealedRound) -> None:
    """Raises RuleBroken for a chair who must not judge one of those who are compared (rule 7)."""
    barred = barred_from(g.member)
    names = [f"{item.ref} {item.name}" for item in revealed.candidates if item.id in barred]
    if names:
        raise RuleBroken(
            _(
                "Du er inhabil over for %(name)s og kan ikke skrive indstillingen. En anden må være forperson for den.",
                name=names[0],
            )
        )


@blueprint.get(RECOMMENDATION)
@needs("recommendation.see")
def recommendation(recruitment_id: int) -> ResponseReturnValue:
    if last_revealed(g.recruitment) is None:
        return not_open()
    return _page(load_material(g.recruitment), FinalForm(), ReopenForm())


def _page(material: Material, final: FinalForm, again: ReopenForm) -> str:
    if not may_read(material):
        return render_template("decisions/not_final.html")
    standing = material.standing
    row = standing.recommendation
    final.of_texts(list(material.texts.values()), g.recruitment.language)
    final.version.data = str(row.version if row else 0)
    numbers = {item["ref"]: item for item in standing_rows(material.revealed)}
    return render_template(
        "decisions/recommendation.html",
        material=material,
        standing=standing,
        numbers=numbers,
        reasons=[item for item in material.reasons if item.text or item.quotes],
        missing=[] if standing.is_final else unfinished(standing, material.texts),
        final=final,
        again=again,
        steps=load_history(g.recruitment),
        what=WHAT,
        sides=SIDES,
        charter=charter_of(g.recruitment),
        excuses=excuse_rows(material.revealed),
        deviation_labels=DEVIATIONS,
        tasks=open_tasks(g.recruitment) if may("references.see") else [],
    )


@blueprint.post(RECOMMENDATION + "/final")
@needs("recommendation.write")
def finish(recruitment_id: int) -> ResponseReturnValue:
    material = load_material(g.recruitment)
    check_impartial(material.revealed)
    form = FinalForm()
    form.of_texts(list(material.texts.values()), g.recruitment.language)
    seen = whole(form.version.data)
    if not form.validate_on_submit():
        return _page(material, form, ReopenForm(formdata=None)), 400
    try:
        make_final(
            g.recruitment,
            material.standing,
            material.verdict_now,
            version=seen,
            kept_because=form.kept(),
            kept_rules=form.kept_rules(),
            actor=current_user,
        )
        db.session.commit()
    except EditedMeanwhile as meanwhile:
        db.session.rollback()
        flash(str(meanwhile), "warning")
    except RuleBroken as broken:
        db.session.rollback()
        flash(str(broken), "error")
    else:
        flash(_("Indstillingen er endelig. Udvalget kan læse den."), "success")
    return redirect(url_for("decisions.recommendation", recruitment_id=recruitment_id))


@blueprint.post(RECOMMENDATION + "/reopen")
@needs("recommendation.write")
def open_again(recruitment_id: int) -> ResponseReturnValue:
    form = ReopenForm()
    if not form.validate_on_submit():
        return _page(load_material(g.recruitment), FinalForm(formdata=None), form), 400
    reopen(g.recruitment, form.reason.data, actor=current_user)
    db.session.commit()
    flash(_("Indstillingen er et udkast igen. Begrundelsen står i historikken."), "success")
    return redirect(url_for("decisions.recommendation", recruitment_id=recruitment_id))


@blueprint.get(RECOMMENDATION + ".docx")
@needs("recommendation.see")
def recommendation_word(recruitment_id: int) -> ResponseReturnValue:
    material = load_material(g.recruitment)
    if not may_read(material) or material.standing.recommendation is None:
        abort(404)
    content = recommendation_document(g.recruitment, material)
    record("document.made", current_user.id, g.recruitment.id, document="recommendation")
    db.session.commit()
    return word_download(content, g.recruitment.title, _("indstilling"))


# History


def labels(recruitment: Recruitment) -> dict[str, str]:
    """What the texts of a recommendation are called, by key."""
    charter = charter_of(recruitment)
    found = {SUMMARY: _("Samlet begrundelse"), AGAINST: _("Valg imod tallet")}
    return found | {item.key: criterion_label(charter, item) for item in recruitment.criteria}


@blueprint.get(RECOMMENDATION + "/texts/<part>/history")
@needs("recommendation.write")
def text_history(recruitment_id: int, part: str) -> ResponseReturnValue:
    """A text as it was left each time."""
    if part not in text_keys(g.recruitment):
        abort(404)
    rows = load_texts(g.recruitment)
    return render_template(
        "decisions/history.html",
        part=part,
        label=labels(g.recruitment)[part],
        entries=[(row, name, list(blocks(row.text))) for row, name in load_history(g.recruitment, part)],
        what=WHAT,
        version=rows[part].version if part in rows else 0,
    )


@blueprint.post(RECOMMENDATION + "/texts/<part>/history")
@needs("recommendation.write")
def restore(recruitment_id: int, part: str) -> ResponseReturnValue:
    """Takes an earlier text up again. `entry` names it, `version` is that of the text when the page was made."""
    if part not in text_keys(g.recruitment):
        abort(404)
    wanted = whole(request.form.get("entry"))
    earlier = next((row for row, _name in load_history(g.recruitment, part) if row.id == wanted), None)
    if not isinstance(earlier, RecommendationEarlier) or part in (WHOLE, DECISION):
        raise RuleBroken(_("Den tidligere tekst findes ikke mere."))
    versions = {part: whole(request.form.get("version"))}
    write_texts(g.recruitment, {part: earlier.text}, versions=versions, what="restored", actor=current_user)
    db.session.commit()
    flash(_("Den tidligere tekst er taget frem. Den, der stod før, ligger stadig i historikken."), "success")
    return redirect(url_for("decisions.write", recruitment_id=recruitment_id, _anchor=f"text-{part}"))
