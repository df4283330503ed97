"""Whether a case file holds together: everything that the design's section 4 refuses, each with its place."""

from __future__ import annotations

from recruit.accounts.rules import same_email
from recruit.candidates.rules import NOT_RECORDED, OUT, OUT_FOR_CANDIDATE
from recruit.casefile.decision_rules import decision_faults
from recruit.casefile.letters import letter_faults
from recruit.casefile.prepared_rules import PreparedChecker
from recruit.errors import Fault
from recruit.scoring.rules import card_state, missing


class Checker(PreparedChecker):
    """All of it, what was rated and said of people included."""

    def check(self) -> list[Fault]:
        self.check_profile()
        self.check_criteria()
        self.check_timetable()
        self.check_closed()
        if self.case.ad and not self.case.criteria:
            self.refuse("ad", sentence="an ad needs criteria")
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
        for path, sentence in decision_faults(self.case):
            self.refuse(*path, sentence=sentence)
        for place, words in letter_faults(self.case, self.charter):
            self.refuse(*place, sentence=words)
        return self.faults

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
