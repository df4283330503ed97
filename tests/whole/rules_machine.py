"""People who do anything in any order through the pages of one recruitment; after every step the rulebook is opened."""

from __future__ import annotations

from hypothesis import strategies as st
from hypothesis.stateful import precondition, rule
from whole.rulebook import leaked
from whole.rules_world import CHAIR, KEYS, PEOPLE, World
from whole.snapshot import DISQUALIFIED, OUTSIDE, UNDECLARED

from recruit.candidates.models import Declaration
from recruit.casefile.export import export_case
from recruit.extensions import db
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import load_recruitment
from recruit.scoring.consensus import fingerprint
from recruit.scoring.models import Consensus, Dissent

people = st.sampled_from(PEOPLE)
leaders = st.sampled_from((CHAIR, CHAIR, CHAIR, CHAIR, CHAIR, "hr", "anna", "bo"))
members = st.sampled_from((CHAIR, "anna", "bo", "anna", "bo", CHAIR, "sub", "new"))
speakers = st.sampled_from(("anna", "bo", CHAIR, "anna", "bo", CHAIR, "sub", "new", "hr", "else"))
scores = st.integers(1, 5)
rounds = st.sampled_from((0, 0, 1))
places = st.sampled_from((0, 1, 0, 1, 2))
words = st.sampled_from(("ord", "ord", "ord", "ord", " ", ""))
mostly = st.sampled_from((True, True, True, True, False))


class RulesMachine(World):
    """Hypothesis chooses who does what; most of the time somebody who may."""

    # A scorecard

    @rule(name=members, round_=rounds, at=places, key=st.sampled_from(KEYS), score=st.none() | scores,
          silent=st.booleans(), kind=words, knows=mostly)  # fmt: skip
    def save(
        self, name: str, round_: int, at: int, key: str, score: int | None, silent: bool, kind: str, knows: bool
    ) -> None:
        criterion, evidence = self.criteria[key], self.fresh_words(name, round_, kind)
        of = (self.member(name), self.round_ids[round_], self.candidate(at))
        sent = {
            "score": score,
            "not_evidenced": silent,
            "evidence": evidence,
            "version": self.version(of, criterion) if knows else 9,
        }
        place = f"/rounds/{round_ + 1}/scorecards/{self.candidate(at)}/ratings/{criterion}"
        before = self.now.ratings.get((of, criterion))
        answer = self.press(name, place, method="PUT", json=sent)
        stored = self.now.ratings.get((of, criterion))
        assert stored == ((score, silent, evidence) if answer.status_code == 200 else before)

    @rule(name=members, round_=rounds, at=places, given=st.tuples(scores, st.none() | scores), kind=words)
    def hand_in(self, name: str, round_: int, at: int, given: tuple[int, int | None], kind: str) -> None:
        """The whole card by the form of the page, as it works without scripts."""
        of = (self.member(name), self.round_ids[round_], self.candidate(at))
        sent = {"action": "submit"}
        for key, score in zip(KEYS, given, strict=True):
            criterion = self.criteria[key]
            sent[f"rating-{criterion}"] = str(score) if score else "not_evidenced"
            sent[f"evidence-{criterion}"] = self.fresh_words(name, round_, kind)
            sent[f"version-{criterion}"] = str(self.version(of, criterion))
        self.press(name, f"/rounds/{round_ + 1}/scorecards/{self.candidate(at)}", sent, is_kept=True)

    @precondition(lambda self: not all(map(self.now.revealed, self.now.rounds)))
    @rule(round_=rounds, goes_on=mostly)
    def finish(self, round_: int, goes_on: bool) -> None:
        """Everybody who may hands in, the chair excuses the others and reveals: seldom, step by step, all by chance."""
        self.settle()
        for name in PEOPLE:
            for at in range(len(self.candidate_ids)):
                of = (self.member(name), self.round_ids[round_], self.candidate(at))
                if of[0] and not self.now.cards.get(of, (False, ""))[0]:
                    self.hand_in(name, round_, at, (3, 4), "ord")
        if goes_on:
            for member, _round, candidate in self.now.waits_for(self.round_ids[round_]):
                sent = {"card": f"{member}-{candidate}", "code": "absent"}
                self.press(CHAIR, f"/rounds/{round_ + 1}/excuses", sent)
            self.reveal(CHAIR, round_)

    @rule(name=members, round_=rounds, at=places)
    def impression(self, name: str, round_: int, at: int) -> None:
        text = self.fresh_words(name, round_, "ord")
        place = f"/rounds/{round_ + 1}/scorecards/{self.candidate(at)}/overall"
        for version in range(1, 6):
            if self.press(name, place, method="PUT", json={"text": text, "version": version}).status_code != 409:
                return

    @rule(name=people, round_=rounds, at=places)
    def reopen(self, name: str, round_: int, at: int) -> None:
        self.press(name, f"/rounds/{round_ + 1}/scorecards/{self.candidate(at)}/reopen")

    # Before the reveal

    @rule(name=leaders, who=members, round_=rounds, at=places, code=st.sampled_from(("absent", "left", "no code", "")))
    def excuse(self, name: str, who: str, round_: int, at: int, code: str) -> None:
        """Or, without a code, wait again."""
        sent = {"card": f"{self.member(who)}-{self.candidate(at)}", "code": code}
        again = {"member": self.member(who), "candidate": self.candidate(at)}
        self.press(name, f"/rounds/{round_ + 1}/excuses{'' if code else '/remove'}", sent if code else again)

    @rule(name=leaders, at=st.sampled_from((1, 1, 0)), status=st.sampled_from(("withdrawn", "active")))
    def withdraw(self, name: str, at: int, status: str) -> None:
        self.press(name, f"/candidates/{self.candidate(at)}/status", {"status": status})

    @precondition(lambda self: len(self.candidate_ids) < 3)
    @rule(name=leaders, is_spared=mostly)
    def add_candidate(self, name: str, is_spared: bool) -> None:
        """Seldom: everybody has to declare anew."""
        if is_spared:
            return
        self.press(name, "/candidates", {"name": "Sen Ansøger", "email": ""})
        self.candidate_ids = sorted(self.now.candidates)

    @rule(
        name=members,
        answers=st.lists(
            st.sampled_from(("none", "none", "none", "none", "conflict", "doubt")), min_size=3, max_size=3
        ),
    )
    def declare(self, name: str, answers: list[str]) -> None:
        sent: dict[str, str] = {}
        for candidate, answer in zip(self.candidate_ids, answers, strict=False):
            sent |= {f"answer-{candidate}": answer, f"kind-{candidate}": "work"}
        self.press(name, "/impartiality", sent)

    @precondition(lambda self: self.told)
    @rule(name=leaders, at=places, decision=st.sampled_from(("none", "candidate", "recruitment")), kind=words)
    def decide(self, name: str, at: int, decision: str, kind: str) -> None:
        """On somebody's conflict or doubt, the newest first."""
        if not self.told:
            return
        member, candidate = self.told[-1 - at % len(self.told)]
        chosen = db.select(Declaration.id).where(Declaration.member_id == member, Declaration.candidate_id == candidate)
        sent = {"decision": decision, "reason": kind}
        self.press(name, f"/impartiality/{db.session.scalar(chosen)}", sent)

    @rule(at=places, decision=st.sampled_from(("candidate", "none", "recruitment")))
    def doubt(self, at: int, decision: str) -> None:
        """Somebody who has not declared yet is in doubt, and it is decided: seldom, step by step, all by chance."""
        name = next((each for each in PEOPLE if self.now.kind(f"{each}@example.org") == UNDECLARED), None)
        if name:
            self.declare(name, ["doubt"] * len(self.candidate_ids))
            self.decide("hr" if name == self.who(CHAIR) else CHAIR, at, decision, "ord")

    @property
    def told(self) -> list[tuple[int, int]]:
        return [place for place, (answer, _kind) in self.now.declarations.items() if answer != "none"]

    @rule()
    def settle(self) -> None:
        """Whoever has something to declare says that there is nothing, and every doubt is decided so."""
        for name in PEOPLE:
            if self.now.kind(f"{name}@example.org") == UNDECLARED:
                self.declare(name, ["none"] * len(self.candidate_ids))
        for place, (member, _candidate) in enumerate(reversed(self.told)):
            if self.now.kind(self.now.seats[member][0]) == UNDECLARED:
                self.decide("hr" if self.now.seats[member][1] == "chair" else CHAIR, place, "none", "ord")

    @rule(name=leaders, round_=rounds)
    def reveal(self, name: str, round_: int) -> None:
        self.press(name, f"/rounds/{round_ + 1}/reveal")

    @rule(name=leaders, what=st.sampled_from(("join", "step in", "hand over")), who=members)
    def change_seats(self, name: str, what: str, who: str) -> None:
        if what == "join":
            sent = {"name": "Nina Ny", "email": "new@example.org", "role": "member", "side": "peer"}
            self.press(name, "/panel", sent)
        else:
            whose, way = (self.member("sub"), "step-in") if what == "step in" else (self.member(who), "chair")
            self.press(name, f"/panel/{whose}/{way}")

    @rule(
        name=leaders, what=st.sampled_from(("weight", "house", "guide", "lock")), weight=st.integers(1, 3), kind=words
    )
    def change_the_ground(self, name: str, what: str, weight: int, kind: str) -> None:
        if what == "weight":
            sent = {"weight": str(weight), "minimum": "", "here": "", "reason": kind}
            self.press(name, f"/criteria/{self.criteria[KEYS[0]]}/amend", sent)
        elif what == "house":
            self.press(name, "/house", {"criterion": ["emergence.1"]})
        else:
            self.press(name, f"/rounds/2/{'lock' if what == 'lock' else 'guide/compose'}")

    # After the reveal

    @precondition(lambda self: self.is_revealed)
    @rule(
        name=leaders,
        round_=rounds,
        at=places,
        key=st.sampled_from(KEYS),
        score=st.integers(1, 6),
        kind=words,
        knows=mostly,
    )
    def agree(self, name: str, round_: int, at: int, key: str, score: int, kind: str, knows: bool) -> None:
        criterion = self.criteria[key]
        sent = {
            f"{criterion}-score": str(score),
            f"{criterion}-reason": kind,
            f"{criterion}-shown": self.shown(round_, at, key) if knows else "gammel",
        }
        self.press(name, f"/rounds/{round_ + 1}/discussion/{self.candidate(at)}/{criterion}", sent)

    @precondition(lambda self: self.is_revealed)
    @rule(name=leaders, round_=rounds, at=places, key=st.sampled_from(KEYS), knows=mostly)
    def disagree(self, name: str, round_: int, at: int, key: str, knows: bool) -> None:
        criterion = self.criteria[key]
        sent = {"action": "remove", f"{criterion}-shown": self.shown(round_, at, key) if knows else "gammel"}
        self.press(name, f"/rounds/{round_ + 1}/comparison/candidates/{self.candidate(at)}/consensus/{criterion}", sent)

    def shown(self, round_: int, at: int, key: str) -> str:
        return fingerprint(
            db.session.scalar(
                db.select(Consensus).where(
                    Consensus.round_id == self.round_ids[round_],
                    Consensus.candidate_id == self.candidate(at),
                    Consensus.criterion_id == self.criteria[key],
                )
            )
        )

    @precondition(lambda self: not self.is_revealed)
    @rule(name=leaders)
    def come_too_early(self, name: str) -> None:
        self.agree(name, 0, 0, KEYS[0], 3, "ord", True)
        self.disagree(name, 0, 0, KEYS[0], True)
        self.dissent(name, 0, "ord", True)

    @precondition(lambda self: self.is_revealed)
    @rule(name=speakers, round_=rounds, kind=words, knows=mostly)
    def dissent(self, name: str, round_: int, kind: str, knows: bool) -> None:
        name = self.who(name)
        own = (self.round_ids[round_], self.member(name))
        version = db.session.scalar(
            db.select(Dissent.version).where(Dissent.round_id == own[0], Dissent.member_id == own[1])
        )
        text, before = self.fresh_words(name, round_, kind), self.now.dissents.get(own)
        sent = {"text": text, "version": str((version or 0) + 1 if knows else 9), "shown": "text:0"}
        self.press(name, f"/rounds/{round_ + 1}/dissents", sent)
        assert self.now.dissents.get(own) in (before, text.strip())

    # Rule 1, and what opens before a declaration

    @rule(name=people, round_=rounds, at=places, door=st.sampled_from((
        "", "/rounds/{n}/scorecards", "/rounds/{n}/scorecards/{c}", "/rounds/{n}/comparison", "/rounds/{n}/discussion",
        "/rounds/{n}/discussion/{c}/{k}", "/rounds/{n}/comparison/candidates/{c}", "/rounds/{n}/dissents", "/impartiality/all",
    )))  # fmt: skip
    def look(self, name: str, round_: int, at: int, door: str) -> None:
        email = f"{name}@example.org"
        path = door.format(n=round_ + 1, c=self.candidate(at), k=self.criteria[KEYS[0]])
        answer = self.press(name, path, method="GET")
        assert leaked(email, answer.get_data(as_text=True), self.owners, self.now) == []
        kind = self.now.kind(email)
        if kind == DISQUALIFIED:
            assert answer.status_code in (403, 404)
        if kind == UNDECLARED and answer.status_code != 404:
            assert answer.status_code == 302
            assert answer.location.endswith("/impartiality")
        if kind == OUTSIDE:
            assert answer.status_code == 404

    @rule()
    def take_out(self) -> None:
        recruitment: Recruitment | None = load_recruitment(self.recruitment_id)
        assert recruitment is not None
        text = export_case(recruitment, actor=None)
        db.session.rollback()
        assert leaked("nobody", text, self.owners, self.now) == []
