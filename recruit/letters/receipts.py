"""The mail that says an application has come in (kvittering): by the outbox, to those who have an address.

It is no decision and holds none: those go by Digital Post. It names nobody, and carries what an applicant is to be told
when information is collected from them (General Data Protection Regulation, article 13).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from flask import current_app
from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.models import Candidate
from recruit.errors import RuleBroken
from recruit.letters.models import Answer
from recruit.letters.texts import load_answers, own_answer
from recruit.mail.service import is_configured, queue
from recruit.profiles.material import applicant_steps
from recruit.profiles.suggestions import in_a_sentence
from recruit.recruitments.models import Recruitment, TimetableStep
from recruit.recruitments.timetable import load_timetable

KIND = "receipt"


def without_receipt(candidates: Sequence[Candidate], answers: Mapping[int, Answer]) -> list[Candidate]:
    """Those who apply, have an address, and have not been sent one."""
    return [
        item
        for item in candidates
        if item.status == "active" and item.email and not (item.id in answers and answers[item.id].receipt_at)
    ]


def send_receipts(recruitment: Recruitment, candidates: Sequence[Candidate], *, actor: Person) -> int:
    """Writes the mail to each who has not had it, in the caller's transaction; returns how many.

    Raises RuleBroken where no mail can be sent.
    """
    if not is_configured():
        raise RuleBroken(_("Der er ingen mailserver at sende med."))
    waiting = without_receipt(candidates, load_answers(recruitment))
    subject, body = receipt(recruitment, load_timetable(recruitment))
    for candidate in waiting:
        queue(KIND, candidate.email, subject, body, recruitment_id=recruitment.id)
        own_answer(candidate).receipt_at = now()
        record("receipt.sent", actor.id, recruitment.id, candidate=candidate.id)
    return len(waiting)


def receipt(recruitment: Recruitment, steps: Sequence[TimetableStep]) -> tuple[str, str]:
    """Subject and text, in the recruitment's language."""
    with force_locale(recruitment.language):
        values = {"title": in_a_sentence(recruitment.title), "organisation": current_app.config["ORGANISATION"]}
        dates = "\n".join(f"{title}: {when}" for title, when in applicant_steps(steps))
        paragraphs = [
            _("Kære ansøger"),
            _("Tak for din ansøgning til stillingen som %(title)s. Vi har modtaget den.", **values),
            "\n".join([_("Sådan er tidsplanen:"), dates]) if dates else "",
            _("Alle får svar. Svaret kommer i Digital Post, ikke på mail."),
            _(
                "%(organisation)s er dataansvarlig for dine oplysninger. Vi bruger dem kun til at besætte stillingen "
                "(databeskyttelsesforordningens artikel 6, stk. 1, litra e). Ansættelsesudvalget og HR ser dem, og de "
                "bliver slettet senest seks måneder efter afgørelsen. Du kan bede om at se dem, få dem rettet eller "
                "slettet, og du kan klage til Datatilsynet.",
                **values,
            ),
            _("Venlig hilsen\n%(organisation)s", **values),
        ]
        subject = _("Vi har modtaget din ansøgning: %(title)s", title=recruitment.title)
    return subject, "\n\n".join(part for part in paragraphs if part)
