"""The answers to candidates and the development brief in a case file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from recruit.audit import now
from recruit.candidates.models import Candidate
from recruit.candidates.service import load_candidates
from recruit.casefile.fields import as_datetime
from recruit.casefile.models import Case
from recruit.charter.models import Charter
from recruit.extensions import db
from recruit.letters.models import Answer, AnswerEarlier, AnswerText
from recruit.letters.rules import GOALS, LETTER, OPENING, WRITTEN_BY_HAND
from recruit.letters.texts import load_answers, load_texts, texts_of
from recruit.recruitments.models import Recruitment


def letter_values(recruitment: Recruitment) -> dict[str, Any]:
    """`letters` and `brief` of a case file; three queries."""
    answers, texts = load_answers(recruitment), load_texts(recruitment)
    letters, briefs = [], []
    for candidate in load_candidates(recruitment):
        answer, own = answers.get(candidate.id), texts_of(texts, candidate)
        written = own.pop(LETTER, None)
        letter = {
            "candidate": candidate.ref,
            "text": written.text if written else "",
            "ready_as": answer.ready_as if answer else None,
            "ready_at": answer.ready_at.isoformat() if answer and answer.ready_at else None,
            "kept_because": answer.kept_because if answer else "",
            "receipt_at": answer.receipt_at.isoformat() if answer and answer.receipt_at else None,
            "left_out": list(answer.left_out) if answer else [],
        }
        if any(value for key, value in letter.items() if key != "candidate"):
            letters.append(letter)
        told_on = answer.told_on if answer else None
        if own or told_on:
            parts = {key: row.text for key, row in own.items()}
            briefs.append({"candidate": candidate.ref, "told_on": told_on, "texts": parts})
    return {"letters": letters, "brief": briefs}


def write_letters(recruitment: Recruitment, case: Case, candidates: Mapping[str, Candidate]) -> None:
    """What the file says of answers and brief, of a case that is known to hold together."""
    answers: dict[str, Answer] = {}

    def answer(ref: str) -> Answer:
        if ref not in answers:
            answers[ref] = Answer(candidate_id=candidates[ref].id, ready_as="", kept_because="", left_out=[])
            db.session.add(answers[ref])
        return answers[ref]

    def text(ref: str, key: str, words: str) -> None:
        moment, owner = now(), candidates[ref].id
        db.session.add(AnswerText(candidate_id=owner, key=key, text=words, changed_at=moment))
        earlier = {"begun_at": moment, "at": moment, "what": WRITTEN_BY_HAND}
        db.session.add(AnswerEarlier(candidate_id=owner, key=key, text=words, **earlier))

    for part in case.letters:
        if part.text:
            text(part.candidate, LETTER, part.text.strip())
        if part.ready_as or part.receipt_at or part.left_out:
            row = answer(part.candidate)
            row.ready_as, row.kept_because = part.ready_as or "", part.kept_because
            row.ready_at = as_datetime(part.ready_at) if part.ready_at else now() if part.ready_as else None
            row.receipt_at = as_datetime(part.receipt_at) if part.receipt_at else None
            row.left_out = list(part.left_out)
    for brief in case.brief:
        for key, words in brief.texts.items():
            text(brief.candidate, key, words.strip())
        if brief.told_on:
            answer(brief.candidate).told_on = brief.told_on
    db.session.flush()


def letter_faults(case: Case, charter: Charter) -> Iterator[tuple[tuple[str | int, ...], str]]:
    """What does not hold together in `letters` and `brief`: the place and the sentence."""
    refs = {candidate.ref for candidate in case.candidates}
    hired = set(case.decision.hired) if case.decision else set()
    keys = {OPENING, GOALS, *(area.id for area in charter.areas)}
    seen: set[tuple[str, str]] = set()
    named = {"letters": [part.candidate for part in case.letters], "brief": [part.candidate for part in case.brief]}
    for kind, whom in named.items():
        for place, ref in enumerate(whom):
            if ref not in refs:
                yield (kind, place, "candidate"), f"there is no candidate {ref!r}"
            elif (kind, ref) in seen:
                yield (kind, place, "candidate"), f"{ref} stands here twice"
            seen.add((kind, ref))
    for place, letter in enumerate(case.letters):
        if letter.ready_as and not letter.text.strip():
            yield ("letters", place, "ready_as"), "a letter without text is not ready"
    for place, brief in enumerate(case.brief):
        if brief.candidate in refs and brief.candidate not in hired:
            yield ("brief", place, "candidate"), f"the decision does not hire {brief.candidate}"
        for key in brief.texts:
            if key not in keys:
                yield ("brief", place, "texts", key), f"a brief has no part {key!r}"
