"""Whether a case file holds together: everything that the design's section 4 refuses, each with its place."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from recruit.accounts.rules import is_email, same_email
from recruit.candidates.rules import CLEAR, NOT_RECORDED, OUT, OUT_FOR_CANDIDATE
from recruit.casefile.models import Case, QuestionPart, RoundPart
from recruit.charter.models import Charter
from recruit.datafiles import Document
from recruit.errors import Fault
from recruit.profiles.rules import WRITTEN
from recruit.questions.bank import Bank
from recruit.scoring.rules import card_state, missing


class Checker:
    """Collects the faults of one case. `case` fits the schema already."""

    def __init__(self, case: Case, document: Document, charter: Charter, bank: Bank) -> None:
        self.case, self.document, self.charter, self.bank = case, document, charter, bank
        self.faults: list[Fault] = []
        self.keys = [criterion.key for criterion in case.criteria]
        self.refs = [candidate.ref for candidate in case.candidates]
        self.withdrawn = {item.ref for item in case.candidates if item.status == "withdrawn"}
        self.panel = {same_email(item.email): item for item in case.panel}
        self.standings: dict[str, dict[str, str]] = {}
        for item in case.impartiality:
            limited = item.scope == "candidate"
            found = CLEAR if not item.conflict else OUT_FOR_CANDIDATE if limited else OUT
            self.standings.setdefault(same_email(item.panelist), {})[item.candidate] = found

    def refuse(self, *path: str | int, sentence: str) -> None:
        self.faults.append(self.document.fault(path, sentence))

    def unique(self, part: str, field: str, values: Iterable[Hashable], sentence: str) -> None:
        seen: set[Any] = set()
        for place, value in enumerate(values):
            if value in seen:
                shown = value if isinstance(value, str | int) else ", ".join(str(item) for item in value)  # type: ignore[attr-defined]
                path = (part, place, field) if field else (part, place)
                self.refuse(*path, sentence=sentence.format(shown))
            seen.add(value)

    def check(self) -> list[Fault]:
        self.check_profile()
        self.check_criteria()
        self.check_panel()
        self.check_candidates()
        self.check_rounds()
        self.check_impartiality()
        self.check_scorecards()
        self.check_excuses()
        self.check_reveals()
        self.check_deviations()
        self.check_consensus()
        self.check_dissents()
        return self.faults

    def check_profile(self) -> None:
        role = self.case.recruitment.role
        if self.charter.role(role) is None:
            self.refuse("recruitment", "role", sentence=f"the charter has no role {role!r}")
        for key in self.case.profile:
            if key not in WRITTEN:
                self.refuse("profile", key, sentence="there is no such section")

    def check_criteria(self) -> None:
        for place, criterion in enumerate(self.case.criteria):
            field = "statement" if criterion.statement else "area"
            found = self.charter.find(criterion.key)
            if found is None or found[1].kind != field:
                self.refuse("criteria", place, field, sentence=f"the charter has no {field} {criterion.key!r}")
        self.unique("criteria", "", self.keys, "the criterion {} is given twice")

    def check_panel(self) -> None:
        for place, item in enumerate(self.case.panel):
            if not is_email(item.email.strip()):
                self.refuse("panel", place, "email", sentence=f"{item.email!r} is not an e-mail address")
        emails = [same_email(item.email) for item in self.case.panel]
        self.unique("panel", "email", emails, "the e-mail {} is on the panel twice")
        chairs = [place for place, item in enumerate(self.case.panel) if item.role == "chair"]
        if not chairs:
            self.refuse("panel", sentence="the panel has no chair")
        for place in chairs[1:]:
            self.refuse("panel", place, "role", sentence="the panel has two chairs")
        earlier: set[int] = set()
        for place, item in sorted(enumerate(self.case.panel), key=lambda entry: len(set(entry[1].came_after))):
            for number in item.came_after:
                if number not in self.case.revealed:
                    self.refuse("panel", place, "came_after", sentence=f"round {number} is not revealed")
            if item.came_after and not earlier <= set(item.came_after):
                sentence = "of two members who came late, one must have come after all that the other came after"
                self.refuse("panel", place, "came_after", sentence=sentence)
            earlier |= set(item.came_after)

    def check_candidates(self) -> None:
        self.unique("candidates", "ref", self.refs, "the ref {} is given twice")
        for place, item in enumerate(self.case.candidates):
            if item.email and not is_email(item.email.strip()):
                self.refuse("candidates", place, "email", sentence=f"{item.email!r} is not an e-mail address")

    def check_rounds(self) -> None:
        self.unique("rounds", "number", (part.number for part in self.case.rounds), "round {} is given twice")
        for place, part in enumerate(self.case.rounds):
            for name, known, given in (
                ("candidates", self.refs, part.candidates),
                ("criteria", self.keys, part.criteria),
            ):
                for index, value in enumerate(given or []):
                    if value not in known:
                        self.refuse("rounds", place, name, index, sentence=f"{value!r} is not among the {name}")
                    elif (given or []).index(value) < index:
                        self.refuse("rounds", place, name, index, sentence=f"{value!r} is given twice")
            planned = [slot.candidate for slot in part.plan]
            for index, ref in enumerate(planned):
                if ref is not None and (ref not in self.refs or ref in planned[:index]):
                    what = f"{ref!r} is given twice" if ref in self.refs else f"there is no candidate {ref!r}"
                    self.refuse("rounds", place, "plan", index, "candidate", sentence=what)
            self.check_questions(place, part)
        for name, numbers in (("locked", self.case.locked), ("revealed", self.case.revealed)):
            for place, number in enumerate(numbers):
                if self.case.round(number) is None:
                    self.refuse(name, place, sentence=f"there is no round {number}")
                elif not self.keys:
                    self.refuse(name, place, sentence="without criteria no round can be locked or revealed")

    def check_questions(self, place: int, part: RoundPart) -> None:
        asked = self.case.round_criteria(part)
        seen: set[str] = set()
        for index, entry in enumerate(part.questions or []):
            question = QuestionPart(source=entry) if isinstance(entry, str) else entry
            source, key = question.from_bank, question.criterion or ""
            path = ("rounds", place, "questions", index)
            if question.asker and same_email(question.asker) not in self.panel:
                self.refuse(*path, "asker", sentence=f"{question.asker!r} is not on the panel")
            if source is not None:
                key = source.rpartition(".")[0]
                if self.bank.question(source) is None:
                    self.refuse(*path, sentence=f"the bank has no question {source!r}")
                    continue
                if source in seen:
                    self.refuse(*path, sentence=f"{source!r} is given twice")
                seen.add(source)
            if key not in asked:
                self.refuse(*path, sentence=f"{key!r} is not a criterion of the round")

    def known(self, part: str, place: int, panelist: str | None, candidate: str, number: int | None) -> bool:
        """Whether an entry names a member, a candidate and a round that exist and belong together."""
        before = len(self.faults)
        if panelist is not None and same_email(panelist) not in self.panel:
            self.refuse(part, place, "panelist", sentence=f"{panelist!r} is not on the panel")
        if candidate not in self.refs:
            self.refuse(part, place, "candidate", sentence=f"there is no candidate {candidate!r}")
        round_ = None if number is None else self.case.round(number)
        if number is not None and round_ is None:
            self.refuse(part, place, "round", sentence=f"there is no round {number}")
        if round_ is not None and candidate in self.refs and candidate not in self.case.round_candidates(round_):
            self.refuse(part, place, "candidate", sentence=f"{candidate} is not in round {number}")
        return len(self.faults) == before

    def check_impartiality(self) -> None:
        pairs = [(same_email(item.panelist), item.candidate) for item in self.case.impartiality]
        self.unique("impartiality", "", pairs, "the declaration {} is given twice")
        for place, item in enumerate(self.case.impartiality):
            self.known("impartiality", place, item.panelist, item.candidate, None)

    def excluded(self, email: str, candidate: str) -> bool:
        own = self.standings.get(email, {})
        return OUT in own.values() or own.get(candidate) == OUT_FOR_CANDIDATE

    def check_scorecards(self) -> None:
        cards = [(same_email(item.panelist), item.candidate, item.round) for item in self.case.scorecards]
        self.unique("scorecards", "", cards, "the scorecard {} is given twice")
        for place, card in enumerate(self.case.scorecards):
            if not self.known("scorecards", place, card.panelist, card.candidate, card.round):
                continue
            if not self.keys:
                self.refuse("scorecards", place, sentence="without criteria there is nothing to rate")
            if self.excluded(same_email(card.panelist), card.candidate):
                sentence = f"{card.panelist} is disqualified and cannot have a scorecard on {card.candidate}"
                self.refuse("scorecards", place, "panelist", sentence=sentence)
            if card.round in self.panel[same_email(card.panelist)].came_after:
                sentence = f"{card.panelist} came after round {card.round} and cannot have a scorecard in it"
                self.refuse("scorecards", place, "panelist", sentence=sentence)
            round_ = self.case.round(card.round)
            expected = self.case.round_criteria(round_) if round_ else []
            for key in card.ratings:
                if key not in expected:
                    self.refuse("scorecards", place, "ratings", key, sentence="is not a criterion of the round")
            lacking = [key for key in expected if key not in card.ratings or not card.ratings[key].rated]
            if card.submitted and lacking:
                sentence = f"a submitted scorecard needs a rating of {lacking[0]}"
                self.refuse("scorecards", place, "ratings", sentence=sentence)
            if card.overall and lacking:
                self.refuse(
                    "scorecards", place, "overall", sentence="the overall impression comes after every criterion"
                )

    def submitted(self, number: int) -> dict[tuple[str, str], bool]:
        return {
            (same_email(card.panelist), card.candidate): card.submitted
            for card in self.case.scorecards
            if card.round == number
        }

    def check_excuses(self) -> None:
        cards = [(same_email(item.panelist), item.candidate, item.round) for item in self.case.excused]
        self.unique("excused", "", cards, "the excuse {} is given twice")
        for place, item in enumerate(self.case.excused):
            known = self.known("excused", place, item.panelist, item.candidate, item.round)
            if known and self.submitted(item.round).get((same_email(item.panelist), item.candidate)):
                self.refuse("excused", place, sentence="the scorecard is submitted and cannot be excused")

    def check_reveals(self) -> None:
        for place, number in enumerate(self.case.revealed):
            round_ = self.case.round(number)
            if round_ is None or self.case.revealed.index(number) < place:
                continue
            begun = self.submitted(number)
            excused = {
                (same_email(item.panelist), item.candidate) for item in self.case.excused if item.round == number
            }
            states = {
                (email, ref): card_state(
                    role=member.role,
                    standings=self.standings.get(email, {}).values(),
                    standing=self.standings.get(email, {}).get(ref, NOT_RECORDED),
                    withdrawn=ref in self.withdrawn,
                    submitted=begun.get((email, ref)),
                    late=number in member.came_after,
                    excused=(email, ref) in excused,
                )
                for email, member in self.panel.items()
                for ref in self.case.round_candidates(round_)
            }
            for email, ref in missing(states)[:1]:
                sentence = f"round {number} cannot be revealed: the scorecard of {email} on {ref} is missing"
                self.refuse("revealed", place, sentence=sentence)

    def check_deviations(self) -> None:
        opened = {*self.case.locked, *self.case.revealed, *(card.round for card in self.case.scorecards)}
        for place, item in enumerate(self.case.deviations):
            if not self.known("deviations", place, None, item.candidate, item.round):
                continue
            round_ = self.case.round(item.round)
            asked = (round_.questions or []) if round_ else []
            if item.round not in opened:
                self.refuse("deviations", place, "round", sentence=f"round {item.round} is not locked")
            if item.question is not None and item.question > len(asked):
                sentence = f"round {item.round} names no question {item.question}"
                self.refuse("deviations", place, "question", sentence=sentence)

    def check_consensus(self) -> None:
        cells = [(item.candidate, item.round, item.statement) for item in self.case.consensus]
        self.unique("consensus", "", cells, "the consensus {} is given twice")
        for place, item in enumerate(self.case.consensus):
            if not self.known("consensus", place, None, item.candidate, item.round):
                continue
            round_ = self.case.round(item.round)
            if round_ is not None and item.statement not in self.case.round_criteria(round_):
                self.refuse(
                    "consensus", place, "statement", sentence=f"{item.statement!r} is not a criterion of the round"
                )
            elif item.round not in self.case.revealed:
                self.refuse("consensus", place, "round", sentence=f"round {item.round} is not revealed")
            elif not self.rated(item.candidate, item.round, item.statement):
                self.refuse("consensus", place, sentence=f"nobody rated {item.candidate} on {item.statement}")

    def check_dissents(self) -> None:
        written = [(same_email(item.panelist), item.round) for item in self.case.dissents]
        self.unique("dissents", "", written, "the dissent {} is given twice")
        for place, item in enumerate(self.case.dissents):
            email = same_email(item.panelist)
            if email not in self.panel:
                self.refuse("dissents", place, "panelist", sentence=f"{item.panelist!r} is not on the panel")
            elif self.panel[email].role == "substitute" or OUT in self.standings.get(email, {}).values():
                self.refuse("dissents", place, "panelist", sentence=f"{item.panelist} has no say in the round")
            if self.case.round(item.round) is None:
                self.refuse("dissents", place, "round", sentence=f"there is no round {item.round}")
            elif item.round not in self.case.revealed:
                self.refuse("dissents", place, "round", sentence=f"round {item.round} is not revealed")

    def rated(self, candidate: str, number: int, key: str) -> bool:
        return any(
            card.submitted
            and (card.candidate, card.round) == (candidate, number)
            and key in card.ratings
            and card.ratings[key].score is not None
            for card in self.case.scorecards
        )
