"""Two talks in Word: the brief that begins the work with the new leader, and the sheet for one who asks why not."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.documents.origin import add_origin
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.errors import RuleBroken
from recruit.letters.brief import Brief, check_may_share, load_brief
from recruit.letters.compose import Ground, quoted, strong_and_weak
from recruit.letters.documents import find, write_prose
from recruit.letters.material import Field, grounds_of, load_field, load_heard
from recruit.letters.rules import GOALS, INTERVIEW, OPENING
from recruit.profiles.rules import blocks
from recruit.recruitments.documents import badge_of, origin_of, word_document
from recruit.recruitments.models import Recruitment
from recruit.web.language import day, localised

BRIEF, FEEDBACK = "brief", "feedback"
EMPTY_GOALS, ROOM = 2, "\n"  # rows to fill in by hand, of two lines
NOTES_OF_TALK, NOTES_OF_ROOM = 4, 2  # ruled lines


def brief_document(field: Field, brief: Brief) -> bytes:
    """The brief as a .docx file in the recruitment's language. Raises RuleBroken until it may be shared."""
    check_may_share(brief)
    recruitment = field.recruitment
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Udviklingsbrief"))
        document.title(_("En god begyndelse"), f"{brief.candidate.name} · {recruitment.title}")
        opening = brief.part(OPENING)
        write_prose(document, opening.text if opening else "")
        if brief.told_on:
            document.paragraph(_("Talt igennem %(day)s.", day=day(brief.told_on)), style="Hint")
        for part in brief.parts:
            if part.area is not None and part.text.strip():
                document.heading(localised(part.area.heading), 1, badge_of(part.area))
                write_prose(document, part.text)
        _goals(document, brief)
        document.heading(_("Til den første LUS-samtale"))
        for question in (
            _("Hvad genkender du, og hvad ser du anderledes?"),
            _("Hvor vil du begynde, og hvorfor dér?"),
            _("Hvad har du brug for fra mig og fra dine lederkolleger?"),
        ):
            document.paragraph(Run(question, bold=True), keep_with_next=True)
            document.note_lines(NOTES_OF_ROOM)
        values = brief_values(field, brief)
        add_origin(document, origin_of(recruitment, BRIEF, values, candidate=brief.candidate.ref))
        return document.to_bytes()


def _goals(document: WordDocument, brief: Brief) -> None:
    document.heading(_("Mål at aftale for de første 100 dage"))
    goals = brief.part(GOALS)
    lines: list[str] = []
    for is_list, found in blocks(goals.text if goals else ""):
        lines += found if is_list else [" ".join(found)]
    rows: list[list[Cell | str]] = [[line, "", "", ""] for line in [*lines, *[ROOM] * EMPTY_GOALS]]
    width = document.text_width_cm
    document.table(
        [
            Column(_("Mål"), width * 0.46),
            Column(_("Første skridt"), width * 0.24),
            Column(_("Hvornår"), width * 0.13),
            Column(_("Hvem hjælper"), width * 0.17),
        ],
        rows,
        alt=_("Mål at aftale, med plads til første skridt, hvornår, og hvem der hjælper."),
    )


def brief_values(field: Field, brief: Brief) -> dict[str, Any]:
    return {
        "title": field.recruitment.title,
        "candidate": [brief.candidate.ref, brief.candidate.name],
        "told_on": brief.told_on,
        "parts": [[part.key, part.text] for part in brief.parts],
    }


def brief_now(recruitment: Recruitment, round_number: int | None, ref: str | None) -> object:
    """For ORIGINS. Raises RuleBroken until it may be shared."""
    field = load_field(recruitment)
    brief = load_brief(field, find(field, ref))
    check_may_share(brief)
    return brief_values(field, brief)


# The talk with somebody who was not hired


def talk_grounds(field: Field, candidate: Candidate) -> list[Ground]:
    """What the talk is about, in the language that is forced. Raises RuleBroken for whoever was not at an interview, or
    is not rejected."""
    if field.stage(candidate) != INTERVIEW:
        raise RuleBroken(_("Samtalearket er til en ansøger, der har været til samtale og har fået afslag."))
    return grounds_of(field, load_heard(field.recruitment, candidate), candidate)


def talk_document(field: Field, candidate: Candidate) -> bytes:
    """The sheet as a .docx file in the recruitment's language: for whoever holds the talk, not to hand over."""
    recruitment = field.recruitment
    with force_locale(recruitment.language):
        grounds = talk_grounds(field, candidate)
        strong, weak = strong_and_weak(grounds)
        document = word_document(recruitment, _("Samtaleark"), close=True)
        document.title(_("Samtale om et afslag"), f"{candidate.ref} {candidate.name} · {recruitment.title}")
        document.paragraph(_("Arket er til dig, der holder samtalen. Det bliver ikke udleveret."), style="Lead")
        document.heading(_("Sådan griber du den an"))
        document.numbered(
            [
                _("Spørg først, hvad ansøgeren selv tænker om samtalen, og hvad de gerne vil vide."),
                _("Begynd med det, der stod stærkt. Brug eksemplerne."),
                _("Sig derefter det, der vejede tungest imod, og hvad det betyder i stillingen."),
                _("Spørg, hvad de kan bruge, og slut med tak."),
            ]
        )
        if not strong and not weak:
            document.paragraph(_("Ingen af kriterierne blev belyst ved samtalen. Tag udgangspunkt i svaret."))
        _told(document, _("Det stod stærkt"), strong)
        _told(document, _("Det vejede tungest imod"), weak, with_here=True)
        document.heading(_("Det taler vi ikke om"))
        document.bullets(
            [
                _("De andre ansøgere: hvem de er, hvor mange, hvad de kunne, og hvem der blev ansat."),
                _("Hvem i udvalget der mente hvad."),
                _("Tal og placeringer. Tal om det, ansøgeren sagde og gjorde."),
                _("Alder, helbred, familie, tro, politik, fagforening og andet, der ikke må have betydning."),
            ]
        )
        document.heading(_("Noter fra samtalen"))
        document.paragraph(_("Skriver du noget af betydning for sagen ned, hører det til i sagen."), style="Hint")
        document.note_lines(NOTES_OF_TALK)
        values = talk_values(field, candidate, grounds)
        add_origin(document, origin_of(recruitment, FEEDBACK, values, candidate=candidate.ref))
        return document.to_bytes()


def _told(document: WordDocument, heading: str, grounds: list[Ground], *, with_here: bool = False) -> None:
    if not grounds:
        return
    document.heading(heading)
    for ground in grounds:
        document.paragraph(Run(quoted(ground.statement), bold=True), keep_with_next=True)
        if with_here and ground.here:
            document.paragraph(
                _("I stillingen betyder det: %(here)s", here=" ".join(ground.here.split())),
                keep_with_next=bool(ground.notes),
            )
        if ground.notes:
            document.bullets([quoted(note) for note in ground.notes[:3]])
        document.note_lines(1)


def talk_values(field: Field, candidate: Candidate, grounds: list[Ground]) -> dict[str, Any]:
    return {
        "title": field.recruitment.title,
        "candidate": [candidate.ref, candidate.name],
        "grounds": [[item.key, item.statement, item.here, list(item.notes)] for item in grounds],
    }


def talk_now(recruitment: Recruitment, round_number: int | None, ref: str | None) -> object:
    """For ORIGINS."""
    field = load_field(recruitment)
    candidate = find(field, ref)
    with force_locale(recruitment.language):
        return talk_values(field, candidate, talk_grounds(field, candidate))
