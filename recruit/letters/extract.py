"""What an access extract (partsaktindsigt) holds: everything about one candidate, and nothing that identifies or ranks
another.

Forvaltningsloven sections 9(3) and 10, and the General Data Protection Regulation's article 15. What people wrote is
gone through sentence by sentence: one that names another candidate, or sets the applicants against each other, is left
out with a mark, and HR can leave out more. Texts about the whole field keep only the sentences that name this one.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from flask_babel import force_locale, ngettext
from flask_babel import gettext as _
from sqlalchemy import select

from recruit.candidates.attachments import load_attachments
from recruit.candidates.mentions import CANDIDATE, Names, Piece, Someone, blanked
from recruit.candidates.models import Candidate
from recruit.candidates.rules import WITHDRAWALS
from recruit.decisions.hearings import load_tasks
from recruit.decisions.references import load_references, noted_answers
from recruit.decisions.rules import ENDINGS, RELATIONS, TASKS, sentences
from recruit.decisions.service import load_recommendation
from recruit.decisions.service import load_texts as load_recommendation_texts
from recruit.extensions import db
from recruit.interviews.models import InterviewSlot
from recruit.letters.material import Field, Heard, load_heard, load_sifted
from recruit.letters.rules import READY
from recruit.letters.service import letter_of
from recruit.panel.models import PanelMember
from recruit.panel.rules import SIDES
from recruit.questions.scale import SCALE
from recruit.recruitments.models import Criterion
from recruit.recruitments.service import criterion_text
from recruit.scoring.deviations import load_deviations
from recruit.scoring.dissents import load_dissents
from recruit.scoring.rules import DEVIATIONS
from recruit.sifting.rules import ANSWERS, PILES
from recruit.web.language import day, listed, localised, moment


@dataclass(frozen=True)
class Passage:
    """One thing that is told: who wrote it or what it is, a value in words where there is one, and the text."""

    label: str
    value: str = ""
    pieces: tuple[Piece, ...] = ()

    @property
    def left_out(self) -> int:
        return sum(bool(piece.why) for piece in self.pieces)


@dataclass(frozen=True)
class Group:
    """Passages under one heading. `level` is that of the heading, 1 or 2."""

    heading: str
    passages: tuple[Passage, ...] = ()
    level: int = 1
    note: str = ""


@dataclass(frozen=True)
class Extract:
    groups: tuple[Group, ...]

    @property
    def left_out(self) -> int:
        """How many stretches are left out."""
        return sum(passage.left_out for group in self.groups for passage in group.passages)


def load_extract(field: Field, candidate: Candidate, phrases: Sequence[str]) -> Extract:
    """What the extract says, in the recruitment's language. The same number of queries whoever it is about."""
    with force_locale(field.recruitment.language):
        return Extract(tuple(group for group in _Writer(field, candidate, phrases).groups() if group is not None))


class _Writer:
    """Goes through the case in its order."""

    def __init__(self, field: Field, candidate: Candidate, phrases: Sequence[str]) -> None:
        self.field, self.candidate, self.phrases = field, candidate, phrases
        self.recruitment = field.recruitment
        self.names = field.names(candidate, with_members=False)
        self.own = Names([Someone(CANDIDATE, candidate.ref, candidate.name, candidate.email)])
        self.criteria = {item.id: item for item in self.recruitment.criteria}

    def groups(self) -> list[Group | None]:
        heard = load_heard(self.recruitment, self.candidate)
        return [
            self.facts(),
            self.application(),
            *self.sift(),
            *self.rounds(heard),
            self.deviations(),
            self.whole_field(),
            *self.references(),
            self.tasks(),
            self.letter(),
        ]

    def kept(self, text: str) -> tuple[Piece, ...]:
        return tuple(blanked(text, self.names, self.phrases, sentences(text)))

    def line(self, text: str) -> str:
        """A heading or a value, with the mark where it names another candidate."""
        for mention in reversed(self.names.find(text)):
            text = text[: mention.start] + _("[udeladt]") + text[mention.end :]
        return text

    def about(self, text: str) -> tuple[Piece, ...]:
        """What a text about the whole field says of this one; empty when it says nothing."""
        pieces = tuple(blanked(text, self.names, self.phrases, sentences(text), self.own))
        return pieces if any(piece.text.strip() and not piece.why for piece in pieces) else ()

    def statement(self, criterion: Criterion) -> str:
        return localised(criterion_text(self.field.charter, criterion))

    def facts(self) -> Group:
        item = self.candidate
        status = _("Søger stillingen") if item.status == "active" else str(WITHDRAWALS[item.withdrawal or "withdrew"])
        passages = [
            Passage(_("Navn"), item.name),
            Passage(_("Reference i forløbet"), item.ref),
            Passage(_("E-mail"), item.email or _("Ikke registreret")),
            Passage(_("Status"), status),
        ]
        rounds = [self.line(round_.name) for round_ in self.field.rounds[item.id] if round_.locked_at]
        if rounds:
            passages.append(Passage(_("Samtaler"), listed(rounds)))
        slots = db.session.scalars(
            select(InterviewSlot).where(InterviewSlot.candidate_id == item.id).order_by(InterviewSlot.starts_at)
        )
        passages += [
            Passage(
                _("Tid og sted"), ", ".join(part for part in (moment(slot.starts_at), self.line(slot.room)) if part)
            )
            for slot in slots
        ]
        return Group(_("Oplysninger om dig"), tuple(passages))

    def application(self) -> Group | None:
        found = load_attachments(self.recruitment).get(self.candidate.id, [])
        if not found:
            return None
        note = _("Dokumenterne udleveres sammen med dette udtræk.")
        passages = [Passage(day(row.added_at), "", self.kept(row.name)) for row in found]
        return Group(_("Dokumenter i din ansøgning"), tuple(passages), note=note)

    def sift(self) -> list[Group | None]:
        found = load_sifted(self.recruitment)
        own = (
            next((item for item in found.applicants if item.candidate.id == self.candidate.id), None) if found else None
        )
        if own is None:
            return []
        passages = []
        for criterion in self.recruitment.criteria:
            given = Counter(own.answers.get(criterion.id, {}).values())
            if given:
                words = "; ".join(f"{ANSWERS[answer]}: {given[answer]}" for answer in ANSWERS if given[answer])
                passages.append(Passage(self.statement(criterion), words))
        if own.pile is not None:
            passages.append(Passage(_("Afgjort"), str(PILES[own.pile.letter]), self.kept(own.pile.reason)))
        note = _("Tallene siger, hvor mange medlemmer der svarede sådan, da de læste din ansøgning.")
        return [Group(_("Grovsortering af ansøgningen"), tuple(passages), note=note)]

    def rounds(self, heard: Heard) -> list[Group | None]:
        mine = self.candidate.id
        found: list[Group | None] = []
        for round_ in self.field.rounds[mine]:
            if not round_.locked_at:
                continue
            heading = _("Vurderinger, %(round)s", round=self.line(round_.name))
            if not round_.revealed_at:
                note = _("Vurderingerne er ikke afsløret endnu. Indtil da kan ingen andre end medlemmet selv se dem.")
                found.append(Group(heading, (), note=note))
                continue
            note = _("Hvert medlem vurderede for sig, fra 1 til 5 og med belæg. Ordene er medlemmernes egne.")
            found.append(Group(heading, (), note=note))
            by_criterion: defaultdict[int, list[Passage]] = defaultdict(list)
            for item in heard.noted.get(mine, ()):
                if item.round.id == round_.id:
                    passage = Passage(_who(item.member), _given(item.score), self.kept(item.evidence))
                    by_criterion[item.criterion.id].append(passage)
            for where, row in heard.agreed.get(mine, ()):
                if where.id == round_.id:
                    agreed = Passage(_("Udvalgets konsensus"), _given(row.score), self.kept(row.reason))
                    by_criterion[row.criterion_id].append(agreed)
            found += [
                Group(self.statement(self.criteria[key]), tuple(by_criterion[key]), 2)
                for key in self.criteria
                if by_criterion[key]
            ]
            impressions = [
                Passage(_who(item.member), "", self.kept(item.text))
                for item in heard.impressions.get(mine, ())
                if item.round.id == round_.id
            ]
            if impressions:
                found.append(Group(_("Samlet indtryk, indgår ikke i scoren"), tuple(impressions), 2))
        return found

    def deviations(self) -> Group | None:
        passages = [
            Passage(self.line(round_.name), str(DEVIATIONS[noted.row.code]), self.kept(noted.row.reason))
            for round_ in self.recruitment.rounds
            for noted in load_deviations(self.recruitment, round_)
            if noted.candidate.id == self.candidate.id and round_.revealed_at
        ]
        return Group(_("Afvigelser fra guiden i din samtale"), tuple(passages)) if passages else None

    def whole_field(self) -> Group | None:
        """What was written about all of them: dissents, the final recommendation, the decision."""
        texts: list[tuple[str, str]] = []
        for round_ in self.recruitment.rounds:
            for member, row in load_dissents(self.recruitment, round_):
                texts.append((_("Særudtalelse, %(who)s", who=_who(member)), row.text))
        recommendation = load_recommendation(self.recruitment)
        if recommendation is not None and recommendation.final_at:
            written = load_recommendation_texts(self.recruitment)
            texts += [(_("Indstillingen"), written[key].text) for key in sorted(written) if written[key].text.strip()]
        if self.field.decision is not None:
            reasons = (self.field.decision.reason, self.field.decision.differs_because)
            texts += [(_("Afgørelsen"), text) for text in reasons if text.strip()]
        passages = [Passage(label, "", pieces) for label, text in texts if (pieces := self.about(text))]
        if not passages:
            return None
        note = _("Teksterne handler om flere. Her står kun de sætninger, der nævner dig.")
        return Group(_("Særudtalelser, indstilling og afgørelse"), tuple(passages), note=note)

    def references(self) -> list[Group | None]:
        found: list[Group | None] = []
        mine = [row for row, candidate in load_references(self.recruitment) if candidate.id == self.candidate.id]
        answers = noted_answers(self.recruitment) if mine else {}
        for reference in mine:
            consent = _("Du gav samtykke %(day)s", day=day(reference.consent_on))
            passages = [Passage(str(RELATIONS[reference.relation]), consent)]
            if reference.called_on:
                passages.append(Passage(_("Samtalen"), day(reference.called_on)))
            passages += [Passage(_("Noteret"), "", self.kept(text)) for text in answers.get(reference.id, {}).values()]
            found.append(Group(_("Reference: %(who)s", who=self.line(reference.referee)), tuple(passages)))
        return found

    def tasks(self) -> Group | None:
        passages = []
        for task, candidate in load_tasks(self.recruitment):
            if candidate.id == self.candidate.id:
                ending = str(ENDINGS[task.ending].label) if task.ending else _("åben til %(day)s", day=day(task.due_on))
                label = f"{TASKS[task.kind]}, {day(task.opened_on)}"
                passages.append(Passage(label, ending, self.kept(task.what)))
                if task.answer.strip():
                    passages.append(Passage(_("Svar"), "", self.kept(task.answer)))
        return Group(_("Partshøring og aktindsigt"), tuple(passages)) if passages else None

    def letter(self) -> Group | None:
        found = letter_of(self.field, self.candidate)
        if found.state != READY or found.answer is None or found.answer.ready_at is None:
            return None
        return Group(_("Svaret til dig"), (Passage(day(found.answer.ready_at), "", self.kept(found.text)),))


def _who(member: PanelMember) -> str:
    return f"{member.person.name}, {SIDES[member.side]}"


def _given(score: int | None) -> str:
    return _("Ikke belyst") if score is None else f"{score} · {SCALE[score]}"


def left_out_words(count: int) -> str:
    """How much is left out, in words."""
    if not count:
        return _("Intet er udeladt.")
    return ngettext(
        "%(num)s sted er udeladt, fordi det handler om andre.",
        "%(num)s steder er udeladt, fordi de handler om andre.",
        count,
    )
