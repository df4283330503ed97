"""When a letter is ready: what stands in its way, who has marked it, and which may leave the house."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import gettext as _

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.mentions import MEMBER, Mention
from recruit.candidates.models import Candidate
from recruit.decisions.hearings import check_may_answer, open_tasks
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.letters.material import Field
from recruit.letters.rules import READY, SHORT, WAITS_FOR
from recruit.letters.service import Letter, load_letters
from recruit.letters.texts import own_answer
from recruit.profiles.ads.checks import unfilled
from recruit.recruitments.models import Recruitment
from recruit.web.language import listed
from recruit.wording.models import Finding
from recruit.wording.service import check


@dataclass(frozen=True)
class Check:
    """What keeps a letter from being ready (`faults`, whole sentences), and what may stay with a reason only: red
    findings and single names that may mean something else. `open_task` is one of the faults."""

    faults: list[str]
    red: list[Finding]
    mentions: list[Mention]

    @property
    def doubtful(self) -> list[Mention]:
        return [item for item in self.mentions if not item.sure]

    @property
    def needs_reason(self) -> bool:
        return bool(self.red or self.doubtful)

    @property
    def rules(self) -> str:
        """The ids of the rules that a reason is about, with spaces between, for the log."""
        return " ".join(sorted({item.rule for item in self.red} | ({"name"} if self.doubtful else set())))


def check_letter(field: Field, letter: Letter, waiting: str = "") -> Check:
    """What stands in the way of a letter; no query. `waiting` says what an open hearing or request waits for."""
    faults, text = [], letter.text
    if letter.waits_for:
        faults.append(str(WAITS_FOR[letter.waits_for]))
    if not text.strip():
        faults.append(_("Der står ikke noget i svaret."))
    gaps = unfilled(text)
    if gaps:
        faults.append(_("Udfyld det, der står i firkantede parenteser: %(gaps)s", gaps=", ".join(gaps)))
    mentions = field.names(letter.candidate).find(text)
    for item in mentions:
        if item.sure:
            faults.append(named_sentence(item))
    if waiting:
        faults.append(waiting)
    findings = check(text, kind="person", language="en" if field.recruitment.language == "en" else "da").findings
    return Check(list(dict.fromkeys(faults)), [item for item in findings if item.severity == "red"], mentions)


def named_sentence(mention: Mention) -> str:
    """Who is named, as a sentence."""
    if not mention.sure:
        return _("”%(text)s” ligner navnet på %(who)s.", text=mention.text, who=mention.who.called)
    if mention.who.kind == MEMBER:
        return _("”%(text)s” er et medlem af udvalget. Skriv om udvalget under ét.", text=mention.text)
    return _("”%(text)s” er en anden ansøger. Et svar handler kun om den, der får det.", text=mention.text)


def waiting_sentence(recruitment: Recruitment, candidate: Candidate) -> str:
    """What an open hearing or request to see the documents waits for; "" when none is open. One query."""
    try:
        check_may_answer(recruitment, candidate)
    except RuleBroken as broken:
        return str(broken)
    return ""


def mark_ready(field: Field, letter: Letter, *, seen: int, kept_because: str = "", actor: Person | None) -> None:
    """The letter is as it is to be sent. `seen` is the version of the text that was read.

    Raises EditedMeanwhile when it is another text now, and RuleBroken with the first thing that stands in its way.
    """
    if seen != letter.version:
        raise EditedMeanwhile(_("Svaret er ændret, siden du læste det. Læs det igen, før du markerer det klar."))
    recruitment, candidate = field.recruitment, letter.candidate
    found = check_letter(field, letter, waiting_sentence(recruitment, candidate))
    if found.faults:
        raise RuleBroken(found.faults[0])
    kept_because = kept_because.strip() if found.needs_reason else ""
    if found.needs_reason and not kept_because:
        words = [*(item.text for item in found.red), *(item.text for item in found.doubtful)]
        named = listed([f"”{text}”" for text in dict.fromkeys(words)][:3])
        raise RuleBroken(_("Skriv, hvorfor %(words)s kan blive stående, eller skriv det om.", words=named))
    row = own_answer(candidate)
    row.ready_as, row.ready_at, row.ready_by_id = letter.stage, now(), actor.id if actor else None
    row.kept_because = kept_because
    actor_id = actor.id if actor else None
    record("letter.ready", actor_id, recruitment.id, candidate=candidate.id, code=letter.stage)
    if kept_because:
        record("wording.kept", actor_id, recruitment.id, document="letter", rules=found.rules)
    db.session.flush()


def mark_short_ready(field: Field, letters: Sequence[Letter], *, actor: Person) -> tuple[int, list[str]]:
    """Marks ready the short letters that nothing stands in the way of; returns how many, and the refs of the others."""
    done, left = 0, []
    for item in letters:
        if item.stage not in SHORT or item.state == READY or not item.text.strip():
            continue
        try:
            mark_ready(field, item, seen=item.version, actor=actor)
            done += 1
        except RuleBroken:
            left.append(item.candidate.ref)
    return done, left


def open_again(recruitment: Recruitment, candidate: Candidate, *, actor: Person) -> None:
    """The letter can be written in again. Raises RuleBroken when it was not ready."""
    row = own_answer(candidate)
    if not row.ready_as:
        raise RuleBroken(_("Svaret er ikke markeret klar."))
    row.ready_as, row.ready_at, row.ready_by_id, row.kept_because = "", None, None, ""
    record("letter.reopened", actor.id, recruitment.id, candidate=candidate.id)
    db.session.flush()


def ready_letters(field: Field) -> list[Letter]:
    """Those that may leave the house. Raises RuleBroken while a hearing or a request of one of them is open, and for
    one that names somebody else, as when a candidate has got another name since."""
    found = [item for item in load_letters(field) if item.state == READY]
    held = {task.candidate_id for task in open_tasks(field.recruitment)}
    for item in found:
        if item.candidate.id in held:
            check_may_answer(field.recruitment, item.candidate)
        named = next((mention for mention in field.names(item.candidate).find(item.text) if mention.sure), None)
        if named is not None:
            raise RuleBroken(f"{item.candidate.ref}: {named_sentence(named)}")
    return found
