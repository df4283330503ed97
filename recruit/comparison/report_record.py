"""The parts of the comparison report that answer for how the round was run."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from flask_babel import gettext as _

from recruit.candidates.models import Candidate
from recruit.candidates.rules import CLEAR, DOUBT, NOT_RECORDED, OUT, OUT_FOR_CANDIDATE, STANDINGS
from recruit.comparison.presentation import excuse_rows
from recruit.comparison.record import Record
from recruit.comparison.service import RevealedRound
from recruit.documents.word import Cell, Column, Run, WordDocument
from recruit.panel.models import PanelMember
from recruit.panel.rules import ROLES, SIDES
from recruit.profiles.rules import SECTIONS
from recruit.recruitments.documents import badge_of
from recruit.recruitments.models import Amendment, Recruitment, Round
from recruit.recruitments.service import charter_of, criterion_text
from recruit.scoring.rules import DEVIATIONS, came_late
from recruit.web.language import day, listed, localised


def write_panel(document: WordDocument, revealed: RevealedRound, record: Record) -> None:
    """Who sat on the panel, and who was disqualified from what. Reasons are never printed."""
    rows: list[list[Cell | str]] = [
        [
            Cell(member.person.name, bold=True if member.role == "chair" else None),
            _role(member, revealed.round),
            str(SIDES[member.side]),
            standing_in_words(record.standings.get(member.id, {}), revealed.progress.candidates),
        ]
        for member in revealed.progress.members
    ]
    document.table(
        [
            Column(_("Navn"), 5.2),
            Column(_("Rolle"), 2.5),
            Column(_("Side"), 3.9),
            Column(_("Habilitet"), 5.0),
        ],
        rows,
    )


def _role(member: PanelMember, round_: Round) -> str:
    """With a word on those who came when the round was revealed, and so have rated nobody in it."""
    role = str(ROLES[member.role])
    return (
        _("%(role)s, kom til efter afsløringen", role=role) if came_late(member.joined_at, round_.revealed_at) else role
    )


def standing_in_words(own: Mapping[int, str], candidates: list[Candidate]) -> str:
    """A member's impartiality over the round's candidates. `own`: candidate id -> standing.

    What was never declared is *not recorded*, also beside declarations that were made (design, rule 7).
    """
    if OUT in own.values():
        return str(STANDINGS[OUT])
    by_standing = defaultdict(list)
    for candidate in candidates:
        standing = own.get(candidate.id, NOT_RECORDED)
        if candidate.status == "active" or standing == OUT_FOR_CANDIDATE:
            by_standing[standing].append(candidate.ref)
    if set(by_standing) == {NOT_RECORDED}:
        return str(STANDINGS[NOT_RECORDED])
    parts = []
    if OUT_FOR_CANDIDATE in by_standing:
        parts.append(_("Inhabil over for %(refs)s", refs=listed(by_standing[OUT_FOR_CANDIDATE])))
    if DOUBT in by_standing:
        parts.append(_("Tvivl, ikke afgjort: %(refs)s", refs=listed(by_standing[DOUBT])))
    if NOT_RECORDED in by_standing:
        parts.append(_("Ikke registreret: %(refs)s", refs=listed(by_standing[NOT_RECORDED])))
    return "\n".join(parts) or str(STANDINGS[CLEAR])


def write_excuses(document: WordDocument, revealed: RevealedRound) -> None:
    """Scorecards that were not waited for, by code; notes are not printed."""
    found = excuse_rows(revealed)
    if not found:
        document.paragraph(_("Ingen skemaer er undskyldt."))
        return
    document.table(
        [Column(_("Medlem"), 5.2), Column(_("Grund"), 5.4), Column(_("Kandidater"), 6.0)],
        [list(row) for row in found],
    )


def write_dissents(document: WordDocument, record: Record) -> None:
    """What members do not agree with, in their own words, with name and side."""
    if not record.dissents:
        document.paragraph(_("Ingen i udvalget har skrevet en særudtalelse."))
        return
    document.table(
        [Column(_("Medlem"), 4.6), Column(_("Særudtalelse"), 12.0)],
        [
            [Cell([Run(member.person.name, bold=True), Run(f"\n{SIDES[member.side]}", size=8.5)]), row.text]
            for member, row in record.dissents
        ],
    )


def write_deviations(document: WordDocument, record: Record) -> None:
    """What was asked otherwise than in the guide, of the candidates who are compared."""
    if not record.deviations:
        document.paragraph(_("Der er ikke noteret afvigelser. Alle kandidater fik de samme spørgsmål."))
        return
    rows: list[list[Cell | str]] = []
    for noted in record.deviations:
        what = str(DEVIATIONS[noted.row.code])
        who = ", ".join(part for part in (day(noted.row.recorded_at), noted.by) if part)
        text = f"\n{localised(noted.question_text)}" if noted.question_text else ""
        rows.append(
            [
                noted.candidate.ref,
                Cell([Run(what, bold=True), Run(text, size=9), Run(f"\n{who}", size=8.5, colour="#5b646d")]),
                noted.row.reason,
            ]
        )
    document.table([Column(_("Kandidat"), 2.2), Column(_("Hvad skete der"), 7.6), Column(_("Begrundelse"), 6.8)], rows)


def write_amendments(document: WordDocument, recruitment: Recruitment, record: Record) -> None:
    """What was changed after the lock, oldest first."""
    if not record.amendments:
        document.paragraph(_("Kriterier, vægte og guide er ikke ændret, siden de blev låst."))
        return
    document.table(
        [
            Column(_("Ændring"), 4.2),
            Column(_("Før"), 4.0),
            Column(_("Efter"), 4.0),
            Column(_("Begrundelse"), 4.4),
        ],
        [[_subject(recruitment, row, name), row.before, row.after, row.reason] for row, name in record.amendments],
    )


def _subject(recruitment: Recruitment, row: Amendment, name: str) -> Cell:
    who = Run("\n" + ", ".join(part for part in (day(row.at), name) if part), size=8.5, colour="#5b646d")
    if row.part == "criterion":
        charter = charter_of(recruitment)
        criterion = next((item for item in recruitment.criteria if item.key == row.subject), None)
        if criterion is not None:
            text = localised(criterion_text(charter, criterion))
            return Cell([text, who], room=badge_of(charter.area_of(criterion.key)))
    if row.part == "profile":
        heading = next((section.heading for section in SECTIONS if section.key == row.subject), row.subject)
        return Cell([_("Jobprofil, %(section)s", section=heading), who])
    round_number, _colon, _question = row.subject.partition(":")
    round_ = next((item for item in recruitment.rounds if str(item.number) == round_number), None)
    subject = _("Guide, %(round)s", round=round_.name) if round_ else row.subject
    return Cell([subject, who])
