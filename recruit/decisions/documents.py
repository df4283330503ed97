"""The recommendation note and the decision note in Word."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.candidates.service import load_candidates
from recruit.comparison.origin import comparison_values
from recruit.comparison.report_record import write_amendments, write_deviations, write_dissents, write_excuses
from recruit.decisions.deciding import differs
from recruit.decisions.hearings import load_tasks
from recruit.decisions.material import Chosen, Material, Reasons, load_material
from recruit.decisions.models import HiringDecision
from recruit.decisions.rules import AGAINST, NOBODY, RANKING, SUMMARY, TASKS
from recruit.decisions.service import load_decision, load_standing
from recruit.documents.origin import add_origin
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.errors import RuleBroken
from recruit.panel.rules import SIDES
from recruit.profiles.documents import write_prose
from recruit.recruitments.documents import badge_of, origin_of, word_document
from recruit.recruitments.models import Recruitment
from recruit.recruitments.rules import HIRED
from recruit.web.language import day, listed, moment, number, percent

LABEL_WIDTH = 4.6  # centimetres
NAMED = 3  # more of them stand with their names in the table only


# The recommendation


def recommendation_values(material: Material) -> dict[str, Any]:
    """What the recommendation note is made from."""
    row = material.standing.recommendation
    return {
        "comparison": comparison_values(material.revealed, material.record),
        "choice": row.choice if row else None,
        "final_at": row.final_at if row else None,
        "verdict": row.verdict if row else None,
        "kept_because": row.kept_because if row else "",
        "chosen": [[item.candidate.ref, item.candidate.name] for item in material.chosen],
        "texts": sorted([key, text] for key, text in material.texts.items() if text.strip()),
        "quotes": [
            [item.criterion.key, quote.candidate.ref, quote.member.person.email, quote.position, quote.text]
            for item in material.reasons
            for quote in item.quotes
        ],
    }


def recommendation_now(recruitment: Recruitment, round_number: int | None, candidate: str | None) -> object:
    """For ORIGINS. Raises RuleBroken before the reveal, and while nothing is recommended."""
    material = load_material(recruitment)
    if material.standing.recommendation is None:
        raise RuleBroken(_("Der er ikke skrevet en indstilling."))
    return recommendation_values(material)


def choice_sentence(material: Material) -> str:
    """What is recommended, in one sentence."""
    full = len(material.chosen) <= NAMED
    names = [f"{item.candidate.ref} {item.candidate.name}" if full else item.candidate.ref for item in material.chosen]
    if material.standing.choice == NOBODY or not names:
        return _("Udvalget indstiller ingen af kandidaterne.")
    if material.standing.choice == RANKING:
        return _("Udvalget indstiller i denne rækkefølge: %(names)s.", names=listed(names))
    return _("Udvalget indstiller %(name)s til ansættelse.", name=names[0])


def recommendation_document(recruitment: Recruitment, material: Material) -> bytes:
    """The recommendation as a .docx file in the recruitment's language; no query."""
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Indstilling"))
        document.title(_("Indstilling"), f"{recruitment.title} · {material.revealed.round.name}")
        row = material.standing.recommendation
        if row is None or row.final_at is None:
            document.paragraph(Run(_("Udkast"), bold=True), style="Hint", keep_with_next=True)
        document.paragraph(choice_sentence(material), style="Lead")
        document.paragraph(_("Udvalget indstiller, og lederen beslutter."))
        if material.chosen:
            _write_chosen(document, material.chosen)
        _write_text(document, _("Begrundelse"), material.texts.get(SUMMARY, ""))
        if material.standing.against:
            _write_text(document, _("Hvorfor andet end tallet afgør det"), material.texts.get(AGAINST, ""))
        reasons = [item for item in material.reasons if item.text or item.quotes]
        if reasons:
            document.heading(_("Kriterierne, ét for ét"))
        for item in reasons:
            _write_reasons(document, material, item)
        _write_verdict(document, material)
        document.heading(_("Særudtalelser"))
        write_dissents(document, material.record)
        document.heading(_("Undskyldt og ændret"))
        document.heading(_("Undskyldte skemaer"), 2)
        write_excuses(document, material.revealed)
        document.heading(_("Afvigelser fra guiden"), 2)
        write_deviations(document, material.record)
        document.heading(_("Ændringer efter låsen"), 2)
        write_amendments(document, recruitment, material.record)
        if row is not None and row.kept_because:
            document.paragraph(_("Ordlyden er beholdt, fordi: %(text)s", text=row.kept_because), style="Hint")
        if row is not None and row.final_at:
            document.paragraph(_("Gjort endelig %(moment)s.", moment=moment(row.final_at)), style="Hint")
        values = recommendation_values(material)
        add_origin(
            document,
            origin_of(
                recruitment,
                "recommendation",
                values,
                round_number=material.revealed.round.number,
                seed=material.revealed.comparison.seed,
            ),
        )
        return document.to_bytes()


def _write_chosen(document: WordDocument, chosen: list[Chosen]) -> None:
    rows: list[list[Cell | str]] = []
    for item in chosen:
        result = item.result
        name = Cell([Run(item.candidate.ref, bold=True), f" {item.candidate.name}"])
        rank = str(result.rank) if result and result.rank else "–"
        covered = percent(result.coverage) if result else "–"
        rows.append([str(item.place), name, number(result.score if result else None), rank, covered])
    document.table(
        [
            Column(_("Plads"), 1.6, "center"),
            Column(_("Kandidat"), document.text_width_cm - 8.6),
            Column(_("Score"), 2.0, "right"),
            Column(_("Nr. i tallene"), 2.6, "right"),
            Column(_("Belyst"), 2.4, "right"),
        ],
        rows,
        caption=_("De indstillede, og hvad tallene siger om dem"),
        together=len(rows) < 10,
    )


def _write_text(document: WordDocument, heading: str, text: str) -> None:
    if text.strip():
        document.heading(heading)
        write_prose(document, text)


def _write_reasons(document: WordDocument, material: Material, item: Reasons) -> None:
    document.heading(item.label, 2, badge_of(item.area))
    write_prose(document, material.texts.get(item.criterion.key, ""))
    for quote in item.quotes:
        source = f"\n{quote.candidate.ref} · {SIDES[quote.member.side]}"
        document.paragraph(_("”%(words)s”", words=quote.text), Run(source, size=8.5), style="Quote")


def _write_verdict(document: WordDocument, material: Material) -> None:
    document.heading(_("Det sagde tallene"))
    row = material.standing.recommendation
    document.paragraph(Run(material.verdict.headline, bold=True), keep_with_next=True)
    document.paragraph(material.verdict.text, keep_with_next=True)
    if material.verdict.thin:
        document.paragraph(
            _("Grundlaget er tyndt: mindst én af de nævnte kandidater har færre end tre skemaer."), keep_with_next=True
        )
    if row is not None and row.verdict and row.final_at:
        text = _("Ordret, som det stod %(moment)s, da indstillingen blev endelig.", moment=moment(row.final_at))
    else:
        text = _("Som tallene står nu. Når indstillingen bliver endelig, gemmes dommen ordret.")
    document.paragraph(text, style="Hint")


# The decision


def decision_values(recruitment: Recruitment, row: HiringDecision) -> dict[str, Any]:
    """What the decision note is made from; five queries and those of the standing."""
    candidates = {item.id: item for item in load_candidates(recruitment)}
    standing = load_standing(recruitment)
    return {
        "title": recruitment.title,
        "outcome": row.outcome,
        "decided_on": row.decided_on,
        "decided_by": row.decided_by,
        "approved_by": row.approved_by,
        "reason": row.reason,
        "differs_because": row.differs_because,
        "hired": sorted([candidates[item.candidate_id].ref, candidates[item.candidate_id].name] for item in row.hired),
        "recommended": [standing.choice, [[item.ref, item.name] for item in standing.chosen]],
        "passed": [
            [task.kind, candidate.ref, task.passed_because]
            for task, candidate in load_tasks(recruitment)
            if task.passed_because and not task.ending
        ],
    }


def decision_now(recruitment: Recruitment, round_number: int | None, candidate: str | None) -> object:
    """For ORIGINS. Raises RuleBroken before a decision is recorded."""
    row = load_decision(recruitment)
    if row is None:
        raise RuleBroken(_("Der er ikke noteret nogen afgørelse."))
    return decision_values(recruitment, row)


def decision_document(recruitment: Recruitment, row: HiringDecision) -> bytes:
    """The decision as a .docx file in the recruitment's language."""
    candidates = {item.id: item for item in load_candidates(recruitment)}
    standing = load_standing(recruitment)
    hired = [candidates[item.candidate_id] for item in row.hired]
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Afgørelse om ansættelse"))
        document.title(_("Afgørelse om ansættelse"), recruitment.title)
        names = listed([f"{item.ref} {item.name}" for item in hired])
        text = _("%(names)s er ansat.", names=names) if row.outcome == HIRED else _("Ingen af kandidaterne er ansat.")
        document.paragraph(text, style="Lead")
        recommended = listed([f"{item.ref} {item.name}" for item in standing.chosen]) or _("Ingen af kandidaterne")
        facts = [
            (_("Besluttet den"), day(row.decided_on)),
            (_("Besluttet af"), row.decided_by),
            (_("Godkendt af"), row.approved_by),
            (_("Indstillet"), recommended),
            (_("Sagsnummer"), recruitment.case_number),
        ]
        document.table(
            [Column("", LABEL_WIDTH), Column("", document.text_width_cm - LABEL_WIDTH)],
            [[Cell(label, bold=True), value] for label, value in facts if value],
            header=False,
            alt=_("Hvornår og af hvem der er besluttet, og hvad der var indstillet."),
        )
        _write_text(document, _("Begrundelse"), row.reason)
        if differs(standing, hired):
            _write_text(document, _("Hvorfor der er besluttet andet end indstillet"), row.differs_because)
        passed = [
            (task, candidate) for task, candidate in load_tasks(recruitment) if task.passed_because and not task.ending
        ]
        if passed:
            document.heading(_("Åbne opgaver, der ikke er ventet på"))
            for task, candidate in passed:
                head = Run(f"{TASKS[task.kind]}, {candidate.ref}\n", bold=True)
                document.paragraph(head, task.passed_because)
        add_origin(document, origin_of(recruitment, "decision", decision_values(recruitment, row)))
        return document.to_bytes()
