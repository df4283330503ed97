"""The data that the documents of a round are made from, as plain values: what `recruit verify` compares by.

E-mails, refs and keys instead of ids, and every list in an order that does not depend on who came first. What is
computed is left out: it follows from the data, and draws may differ between versions of numpy (design, section 3).
"""

from __future__ import annotations

from typing import Any

from flask_babel import gettext as _

from recruit.comparison.record import Record, load_record
from recruit.comparison.service import RevealedRound, Words, load_revealed, load_words
from recruit.errors import RuleBroken
from recruit.recruitments.models import Recruitment
from recruit.scoring.rules import EXCUSED, came_late


def workbook_values(revealed: RevealedRound, words: Words | None) -> dict[str, Any]:
    """What the numbers of a revealed round rest on, with the words when they are given; no query."""
    emails = {member.id: member.person.email for member in revealed.progress.members}
    refs = {item.id: item.ref for item in revealed.progress.candidates}
    keys = {item.id: item.key for item in revealed.criteria}
    recruitment, round_ = revealed.recruitment, revealed.round
    return {
        "recruitment": {
            "charter": recruitment.charter,
            "title": recruitment.title,
            "case_number": recruitment.case_number,
            "outcome": recruitment.outcome,
        },
        "round": {"number": round_.number, "name": round_.name, "revealed_at": round_.revealed_at},
        "criteria": [[item.key, item.weight, item.minimum, item.frozen] for item in revealed.criteria],
        "candidates": sorted([item.ref, item.name] for item in revealed.candidates),
        "members": sorted(
            [member.person.email, member.person.name, member.role, member.side] for member in revealed.progress.members
        ),
        "ratings": sorted(
            [
                emails[row.member_id],
                refs[row.candidate_id],
                keys[row.criterion_id],
                row.score or 0,
                words.evidence[row[:3]] if words else "",
            ]
            for row in revealed.given
        ),
        "overall": sorted(
            [emails[member], refs[item], text] for (member, item), text in (words.overall if words else {}).items()
        ),
        "consensus": sorted(
            [refs[row.candidate_id], keys[row.criterion_id], row.score, row.reason]
            for row in revealed.consensus
            if row.criterion_id in keys
        ),
    }


def comparison_values(revealed: RevealedRound, record: Record) -> dict[str, Any]:
    """What the comparison report shows: the numbers' data, and how the round was run; no query."""
    emails = {member.id: member.person.email for member in revealed.progress.members}
    refs = {item.id: item.ref for item in revealed.progress.candidates}
    return workbook_values(revealed, record.words) | {
        "late": sorted(
            member.person.email
            for member in revealed.progress.members
            if came_late(member.joined_at, revealed.round.revealed_at)
        ),
        "impartiality": sorted(
            [emails[member], refs[candidate], standing]
            for member, own in record.standings.items()
            for candidate, standing in own.items()
            if member in emails and candidate in refs
        ),
        "excused": sorted(
            [emails[member], refs[candidate], revealed.progress.codes[member, candidate]]
            for (member, candidate), state in revealed.progress.states.items()
            if state == EXCUSED
        ),
        "dissents": sorted([member.person.email, row.text] for member, row in record.dissents),
        "deviations": [
            [noted.candidate.ref, noted.row.code, noted.row.reason, noted.row.recorded_at, noted.by]
            + ([noted.question.wording["text"]] if noted.question else [])
            for noted in record.deviations
        ],
        "amendments": [
            [row.at, name, row.part, row.subject, row.before, row.after, row.reason] for row, name in record.amendments
        ],
        "earlier": [workbook_values(before, None) for before in record.earlier],
    }


def comparison_now(recruitment: Recruitment, round_number: int | None, candidate: str | None) -> object:
    """For ORIGINS. Raises RuleBroken before the reveal, and for a round that the recruitment does not have."""
    revealed = _find(recruitment, round_number)
    return comparison_values(revealed, load_record(revealed))


def workbook_now(recruitment: Recruitment, round_number: int | None, candidate: str | None) -> object:
    """For ORIGINS. Raises RuleBroken before the reveal, and for a round that the recruitment does not have."""
    revealed = _find(recruitment, round_number)
    return workbook_values(revealed, load_words(revealed))


def _find(recruitment: Recruitment, round_number: int | None) -> RevealedRound:
    for round_ in recruitment.rounds:
        if round_.number == round_number:
            return load_revealed(recruitment, round_)
    raise RuleBroken(_("Rekrutteringen har ingen runde %(number)s.", number=round_number))
