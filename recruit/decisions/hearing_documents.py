"""The letter of a hearing in Word."""

from __future__ import annotations

from typing import Any

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.decisions.hearings import load_tasks
from recruit.decisions.models import Reference, Task
from recruit.decisions.references import load_references
from recruit.documents.origin import add_origin
from recruit.errors import RuleBroken
from recruit.profiles.documents import write_prose
from recruit.profiles.suggestions import in_a_sentence
from recruit.recruitments.documents import origin_of, word_document
from recruit.recruitments.models import Recruitment
from recruit.web.language import day


def hearing_values(recruitment: Recruitment, candidate: Candidate) -> dict[str, Any]:
    """What the letters of a candidate's hearings are made from; two queries."""
    referees = {row.id: [row.referee, row.called_on] for row, _candidate in load_references(recruitment)}
    return {
        "title": recruitment.title,
        "name": candidate.name,
        "hearings": [
            [task.what, task.opened_on, task.due_on, referees.get(task.reference_id or 0)]
            for task, found in load_tasks(recruitment)
            if found.id == candidate.id
        ],
    }


def hearing_now(recruitment: Recruitment, round_number: int | None, candidate: str | None) -> object:
    """For ORIGINS. Raises RuleBroken for a candidate that the recruitment does not have."""
    found = next((item for item in load_candidates(recruitment) if item.ref == candidate), None)
    if found is None:
        raise RuleBroken(_("Kandidaten findes ikke i forløbet."))
    return hearing_values(recruitment, found)


def hearing_document(recruitment: Recruitment, task: Task, candidate: Candidate) -> bytes:
    """The letter that puts facts to a candidate (forvaltningsloven section 19), as a .docx file."""
    pairs = load_references(recruitment)
    source = next((row for row, _candidate in pairs if row.id == task.reference_id), None)
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Partshøring"))
        document.paragraph(day(task.opened_on), style="Hint")
        document.title(_("Vi har fået oplysninger, du skal kende"), recruitment.title)
        document.paragraph(_("Kære %(name)s", name=candidate.name))
        document.paragraph(_opening(recruitment, source))
        document.heading(_("Oplysningerne"))
        write_prose(document, task.what)
        document.heading(_("Dit svar"))
        document.paragraph(
            _(
                "Skriv eller ring til os, og fortæl, hvad du mener om oplysningerne. Ret det, der ikke er rigtigt. Vi "
                "skal have dit svar senest %(day)s. Har du brug for længere tid, så sig det inden da.",
                day=day(task.due_on),
            )
        )
        document.paragraph(
            _(
                "Du bestemmer selv, om du vil svare. Hører vi ikke fra dig, træffer vi afgørelse på det grundlag, vi "
                "har. Vi træffer ingen afgørelse, før fristen er gået."
            )
        )
        document.heading(_("Dine rettigheder"))
        document.paragraph(
            _(
                "Vi hører dig, fordi oplysningerne er til ugunst for dig og kan få væsentlig betydning for afgørelsen "
                "(forvaltningslovens § 19). Du har ret til at se de dokumenter i sagen, der handler om dig "
                "(forvaltningslovens § 9), og du kan lade en anden bistå dig (forvaltningslovens § 8)."
            )
        )
        document.paragraph(_("Venlig hilsen"), keep_with_next=True)
        place = (recruitment.department, current_app.config["ORGANISATION"])
        document.paragraph("\n".join(part for part in place if part))
        values = hearing_values(recruitment, candidate)
        add_origin(document, origin_of(recruitment, "hearing", values, candidate=candidate.ref))
        return document.to_bytes()


def _opening(recruitment: Recruitment, source: Reference | None) -> str:
    text = _(
        "Du har søgt stillingen som %(title)s. Vi er ved at afgøre, hvem vi ansætter, og har fået oplysninger, som "
        "taler imod dig, og som du måske ikke kender.",
        title=in_a_sentence(recruitment.title),
    )
    if source is None:
        return text
    where = _("Oplysningerne kommer fra %(referee)s, som du har givet os lov til at kontakte.", referee=source.referee)
    return f"{text} {where}"
