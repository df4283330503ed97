"""The letters in Word, one by one and in one zip for Digital Post, and what they are made from."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app
from flask_babel import force_locale, to_user_timezone
from flask_babel import gettext as _

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.documents.origin import add_origin
from recruit.documents.word import WordDocument
from recruit.errors import RuleBroken
from recruit.letters.material import Field, load_field
from recruit.letters.ready import ready_letters
from recruit.letters.rules import HIRED, READY
from recruit.letters.service import Letter, letter_of
from recruit.panel.models import PanelMember
from recruit.profiles.rules import blocks
from recruit.recruitments.documents import origin_of, word_document
from recruit.recruitments.models import Recruitment
from recruit.web.downloads import file_name
from recruit.web.language import day

KIND = "letter"


def letter_document(field: Field, letter: Letter) -> bytes:
    """A letter as a .docx file in the recruitment's language; one that is not ready says so on top."""
    recruitment, candidate = field.recruitment, letter.candidate
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Svar på ansøgning"))
        ready_at = letter.answer.ready_at if letter.answer and letter.state == READY else None
        if ready_at is None:
            document.paragraph(_("Udkast, ikke sendt"), style="Hint")
        case = _("sag %(number)s", number=recruitment.case_number) if recruitment.case_number else ""
        place = [case, candidate.ref, day(to_user_timezone(ready_at or now()))]
        document.paragraph(candidate.name)
        document.paragraph(" · ".join(part for part in place if part), style="Hint")
        document.heading(_heading(recruitment, letter))
        document.paragraph(_("Kære %(name)s", name=candidate.name))
        write_prose(document, letter.text)
        document.paragraph(_("Med venlig hilsen"), keep_with_next=True)
        document.paragraph("\n".join(part for part in (*_sender(field), current_app.config["ORGANISATION"]) if part))
        add_origin(document, origin_of(recruitment, KIND, letter_values(field, letter), candidate=candidate.ref))
        return document.to_bytes()


def _heading(recruitment: Recruitment, letter: Letter) -> str:
    if letter.stage == HIRED:
        return _("Ansættelse: %(title)s", title=recruitment.title)
    return _("Svar på din ansøgning: %(title)s", title=recruitment.title)


def _sender(field: Field) -> list[str]:
    """Who signs: the chair, who is the hiring leader; with the department."""
    chair = chair_of(field)
    return [chair.person.name if chair else "", field.recruitment.department]


def chair_of(field: Field) -> PanelMember | None:
    return next((member for member in field.members if member.role == "chair"), None)


def write_prose(document: WordDocument, text: str) -> None:
    """Text as people type it: paragraphs, and lists of the lines that begin with a hyphen."""
    parts = list(blocks(text))
    for place, (is_list, lines) in enumerate(parts):
        if is_list:
            document.bullets(lines)
        else:
            before_list = place + 1 < len(parts) and parts[place + 1][0]
            document.paragraph("\n".join(lines), keep_with_next=before_list)


def letter_values(field: Field, letter: Letter) -> dict[str, Any]:
    """All that a letter shows, as plain values."""
    recruitment = field.recruitment
    ready_at = letter.answer.ready_at if letter.answer and letter.state == READY else None
    return {
        "title": recruitment.title,
        "case_number": recruitment.case_number,
        "outcome": recruitment.outcome,
        "candidate": [letter.candidate.ref, letter.candidate.name],
        "stage": letter.stage,
        "text": letter.text,
        "sender": _sender(field),
        "ready_at": ready_at,
    }


def letter_now(recruitment: Recruitment, round_number: int | None, ref: str | None) -> object:
    """For ORIGINS."""
    field = load_field(recruitment)
    return letter_values(field, letter_of(field, find(field, ref)))


def find(field: Field, ref: str | None) -> Candidate:
    """Raises RuleBroken when nobody has the ref."""
    for candidate in field.candidates:
        if candidate.ref == ref:
            return candidate
    raise RuleBroken(_("Kandidaten %(ref)s findes ikke.", ref=ref or ""))


def named(letters: Sequence[Letter]) -> dict[str, Letter]:
    """The letters by file name without its ending: each candidate's ref, and a number behind it where two refs make
    the same name."""
    found: dict[str, Letter] = {}
    for letter in letters:
        stem = name = file_name(letter.candidate.ref)
        number = 1
        while name.lower() in {known.lower() for known in found}:
            number += 1
            name = f"{stem}-{number}"
        found[name] = letter
    return found


def letters_zip(field: Field) -> bytes:
    """Every letter that is ready, for Digital Post. Raises RuleBroken without any, and as `ready_letters` does."""
    letters = ready_letters(field)
    if not letters:
        raise RuleBroken(_("Intet svar er markeret klar endnu."))
    return zipped({f"{name}.docx": letter_document(field, letter) for name, letter in named(letters).items()})


def zipped(files: Mapping[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return target.getvalue()
