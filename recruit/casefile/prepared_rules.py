"""Whether what a case file says of the post, the panel and the rounds holds together."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from typing import Any

from recruit.accounts.rules import is_email, same_email
from recruit.candidates.rules import CLEAR, OUT, OUT_FOR_CANDIDATE
from recruit.casefile.models import Case
from recruit.casefile.prepared_parts import QuestionPart, RoundPart
from recruit.charter.models import Charter
from recruit.datafiles import Document
from recruit.errors import Fault
from recruit.profiles.rules import SECTION_KEYS, WRITTEN
from recruit.questions.bank import Bank
from recruit.recruitments.needs_rules import KEYS as NEEDS
from recruit.recruitments.rules import HIRED
from recruit.recruitments.timetable_rules import OWN, STEPS


class PreparedChecker:
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

    def check_profile(self) -> None:
        role = self.case.recruitment.role
        if self.charter.role(role) is None:
            self.refuse("recruitment", "role", sentence=f"the charter has no role {role!r}")
        for key in self.case.profile:
            if key not in WRITTEN:
                self.refuse("profile", key, sentence="there is no such section")
        for key in self.case.needs:
            if key not in NEEDS:
                self.refuse("needs", key, sentence="there is no such question")
        state = self.case.profile_state
        for place, key in enumerate(state.order if state else []):
            if key not in SECTION_KEYS:
                self.refuse("profile_state", "order", place, sentence=f"there is no section {key!r}")

    def check_criteria(self) -> None:
        for place, criterion in enumerate(self.case.criteria):
            field = "statement" if criterion.statement else "area"
            found = self.charter.find(criterion.key)
            if found is None or found[1].kind != field:
                self.refuse("criteria", place, field, sentence=f"the charter has no {field} {criterion.key!r}")
        self.unique("criteria", "", self.keys, "the criterion {} is given twice")

    def check_timetable(self) -> None:
        steps = self.case.timetable.steps if self.case.timetable else []
        for place, step in enumerate(steps):
            path = ("timetable", "steps", place)
            if step.code != OWN and step.code not in STEPS:
                self.refuse(*path, "code", sentence=f"there is no step {step.code!r}; one of your own is {OWN!r}")
            if step.code != OWN and any(step.code == other.code for other in steps[:place]):
                self.refuse(*path, "code", sentence=f"the step {step.code} is given twice")
            if step.ends is not None and step.ends < step.starts:
                self.refuse(*path, "ends", sentence="the step ends before it begins")

    def check_closed(self) -> None:
        closed, posts = self.case.closed, self.case.recruitment.posts
        if closed is None:
            return
        if closed.outcome == HIRED and not 1 <= closed.hired <= posts:
            self.refuse("closed", "hired", sentence=f"must be from 1 to {posts}, the number of posts")
        if closed.outcome != HIRED and closed.hired:
            self.refuse("closed", "hired", sentence="nobody is hired when it ends so")
        if closed.outcome != HIRED and not closed.reason.strip():
            self.refuse("closed", sentence="needs a reason")

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
