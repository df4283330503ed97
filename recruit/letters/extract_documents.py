"""The access extract in Word."""

from __future__ import annotations

from typing import Any

from flask_babel import force_locale
from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.documents.origin import add_origin
from recruit.documents.word import QUIET_COLOUR, Cell, Column, Run, WordDocument
from recruit.letters.documents import find
from recruit.letters.extract import Extract, Passage, left_out_words, load_extract
from recruit.letters.material import Field, load_field
from recruit.letters.texts import load_answers
from recruit.recruitments.documents import origin_of, word_document
from recruit.recruitments.models import Recruitment

KIND = "extract"
LABEL_WIDTH, VALUE_WIDTH = 4.6, 3.4  # centimetres
LONGEST_CELL = 1_200  # characters: no row is split over two pages, so a longer text is written out below its label


def extract_document(field: Field, candidate: Candidate, extract: Extract) -> bytes:
    """The extract as a .docx file in the recruitment's language."""
    recruitment = field.recruitment
    with force_locale(recruitment.language):
        document = word_document(recruitment, _("Dine oplysninger i sagen"))
        document.title(_("Dine oplysninger i sagen"), f"{candidate.name} · {recruitment.title}")
        document.paragraph(
            _(
                "Her er det, vi har om dig i forløbet. Du har ret til at se det efter forvaltningslovens § 9 og "
                "databeskyttelsesforordningens artikel 15."
            ),
            style="Lead",
        )
        document.paragraph(
            _(
                "Andre ansøgeres oplysninger er ikke dine at se (forvaltningslovens § 9, stk. 3). Hvor nogen har "
                "skrevet om andre, står der [udeladt]. %(count)s",
                count=left_out_words(extract.left_out),
            )
        )
        for group in extract.groups:
            document.heading(group.heading, group.level)
            if group.note:
                document.paragraph(group.note, style="Hint", keep_with_next=bool(group.passages))
            if any(sum(len(piece.text) for piece in passage.pieces) > LONGEST_CELL for passage in group.passages):
                _written_out(document, group.passages)
            elif group.passages:
                _table(document, group.passages)
        add_origin(document, origin_of(recruitment, KIND, extract_values(candidate, extract), candidate=candidate.ref))
        return document.to_bytes()


def _table(document: WordDocument, passages: tuple[Passage, ...]) -> None:
    """Two columns, or three where something is said both in a value and in words."""
    both = any(passage.value and passage.pieces for passage in passages)
    width = document.text_width_cm - LABEL_WIDTH
    if not both:
        rows: list[list[Cell | str]] = [
            [Cell(passage.label, bold=True), Cell(_words(passage) or passage.value)] for passage in passages
        ]
        document.table([Column(_("Hvad"), LABEL_WIDTH), Column(_("Hvad der står"), width)], rows)
        return
    columns = [
        Column(_("Hvem"), LABEL_WIDTH),
        Column(_("Vurdering"), VALUE_WIDTH),
        Column(_("Hvad der står"), width - VALUE_WIDTH),
    ]
    document.table(columns, [[Cell(item.label, bold=True), item.value, Cell(_words(item))] for item in passages])


def _written_out(document: WordDocument, passages: tuple[Passage, ...]) -> None:
    """Each under its label, paragraph by paragraph."""
    for passage in passages:
        label = " · ".join(part for part in (passage.label, passage.value if passage.pieces else "") if part)
        document.paragraph(Run(label, bold=True), keep_with_next=True)
        for paragraph in _paragraphs(_words(passage) or [passage.value]):
            lines = str(paragraph[0]).split("\n") if len(paragraph) == 1 and isinstance(paragraph[0], str) else []
            if lines and all(line.startswith("- ") for line in lines):
                document.bullets([line.removeprefix("- ") for line in lines])
            else:
                document.paragraph(*paragraph)


def _paragraphs(words: list[str | Run]) -> list[list[str | Run]]:
    """Words parted where a line is empty; none is empty."""
    found: list[list[str | Run]] = [[]]
    for part in words:
        if isinstance(part, str):
            first, *others = part.split("\n\n")
            found[-1].append(first)
            found += [[other] for other in others]
        else:
            found[-1].append(part)
    return [kept for paragraph in found if (kept := [part for part in paragraph if part != ""])]


def _words(passage: Passage) -> list[str | Run]:
    """What is kept, with a mark for what is not; marks that follow each other are one."""
    found: list[str | Run] = []
    was_left_out = False
    for piece in passage.pieces:
        if not piece.why:
            found.append(piece.text)
            was_left_out = was_left_out and not piece.text.strip()
        elif not was_left_out:
            found.append(Run(_("[udeladt]"), bold=True, colour=QUIET_COLOUR))
            was_left_out = True
    return found


def extract_values(candidate: Candidate, extract: Extract) -> dict[str, Any]:
    """All that the extract shows, as plain values; what is left out is not among them."""
    return {
        "candidate": [candidate.ref, candidate.name],
        "groups": [
            [
                group.heading,
                group.note,
                [
                    [item.label, item.value, ["" if piece.why else piece.text for piece in item.pieces]]
                    for item in group.passages
                ],
            ]
            for group in extract.groups
        ],
    }


def extract_now(recruitment: Recruitment, round_number: int | None, ref: str | None) -> object:
    """For ORIGINS."""
    field = load_field(recruitment)
    candidate = find(field, ref)
    return extract_values(candidate, load_extract(field, candidate, left_out_of(field, candidate)))


def left_out_of(field: Field, candidate: Candidate) -> list[str]:
    """What HR leaves out besides; one query."""
    answer = load_answers(field.recruitment).get(candidate.id)
    return list(answer.left_out) if answer else []
