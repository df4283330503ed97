"""Two worlds that differ only in what Anna and Dan have written blind."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from doors import Ids, ids_of
from support import KEYS, card, case, declared, empty_database, load, make_person

from recruit.audit import AuditEvent
from recruit.candidates.models import Candidate
from recruit.comparison.service import forget_comparisons
from recruit.extensions import Moment, db
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.scoring.models import CalibrationRating, Deviation, Dissent, Rating, Scorecard
from recruit.sifting.models import Sift, SiftRating, SiftSubmission

SECRET = "HEMMELIGT"
# To be seen by the panel and HR, by nobody else.
INNER = "AFVIGELSE"
MOMENT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
CHAIR, ANNA, BO, DAN = "chair@example.org", "anna@example.org", "bo@example.org", "dan@example.org"
SUBSTITUTE, UNDECLARED, OUT = "sub@example.org", "late@example.org", "out@example.org"
HR, AUDITOR, ELSEWHERE = "hr@example.org", "auditor@example.org", "else@example.org"
NOBODY = ""
INSIDE = (CHAIR, BO, HR)
OUTSIDE = (SUBSTITUTE, UNDECLARED, OUT, AUDITOR, ELSEWHERE, NOBODY)


@dataclass(frozen=True)
class World:
    """What Anna has submitted, how much Dan has written so far, and when."""

    anna: tuple[int | None, int | None, int | None]
    dan: int
    words: str
    sift: str
    calibration: tuple[int, int]
    at: datetime


LOW = World((1, 1, 1), 1, f"{SECRET} kort", "not_shown", (1, 5), MOMENT + timedelta(days=1, hours=1, minutes=17))
HIGH = World((5, None, 4), 3, f"{SECRET} {'langt ' * 40}", "shown", (5, 1), MOMENT + timedelta(days=2, minutes=44))


def written(world: World, panelist: str, ref: str, number: int, count: int) -> dict[str, Any]:
    """A card with secrets on its first criteria: whole and submitted, or on the way."""
    found = card(panelist, ref, dict(list(zip(KEYS, world.anna, strict=True))[:count]), number=number)
    for rating in found["ratings"].values():
        if "evidence" in rating:
            rating["evidence"] = world.words
    if count == len(KEYS):
        found["overall"] = world.words
    return found | {"submitted": panelist == ANNA}


def case_of(world: World, *, first_revealed: bool) -> dict[str, Any]:
    """One round that is not revealed; before it, perhaps, one that is, and in which all have said the same."""
    secret = 2 if first_revealed else 1
    writers = (CHAIR, ANNA, BO, DAN)
    cards = [written(world, ANNA, "K1", secret, 3), written(world, DAN, "K1", secret, world.dan)]
    cards += [card(BO, ref, dict.fromkeys(KEYS, 3), number=secret) for ref in ("K1", "K2")]
    cards.append(card(CHAIR, "K1", {KEYS[0]: 3}, submitted=False, number=secret))
    if world is HIGH:  # in the other world nobody has begun on K2 but Bo
        cards.append(written(world, DAN, "K2", secret, 3))
    if first_revealed:
        cards += [card(member, ref, dict.fromkeys(KEYS, 3)) for member in writers for ref in ("K1", "K2")]
    roles = {CHAIR: "chair", SUBSTITUTE: "substitute"}
    panel = [
        {"email": email, "name": email.split("@")[0].title(), "role": roles.get(email, "member"), "side": "peer"}
        for email in (*writers, SUBSTITUTE, UNDECLARED, OUT)
    ]
    excused = [
        {"panelist": UNDECLARED, "candidate": ref, "round": 1, "code": "absent"}
        for ref in ("K1", "K2")
        if first_revealed
    ]
    return case(
        rounds=[{"number": number, "name": f"{number}. samtale", "minutes": 60} for number in range(1, secret + 1)],
        panel=panel,
        impartiality=[
            *declared((*writers, SUBSTITUTE)),
            {"panelist": OUT, "candidate": "K1", "conflict": True},
        ],
        scorecards=cards,
        excused=excused,
        locked=list(range(1, secret + 1)),
        revealed=[1] if first_revealed else [],
    )


def make(world: World, *, first_revealed: bool) -> list[Ids]:
    """The world in an empty database; the ids of its doors: those of what comes first, and those of Dan and of K2."""
    empty_database()
    forget_comparisons()
    recruitment = load(case_of(world, first_revealed=first_revealed))
    other = [{"email": ELSEWHERE, "name": "Else", "role": "chair", "side": "chief"}]
    load(case(panel=other, impartiality=declared((ELSEWHERE,))))
    make_person(HR, "hr")
    make_person(AUDITOR, "auditor")
    members = {row.person.email: row for row in db.session.scalars(db.select(PanelMember))}
    candidates = list(db.session.scalars(db.select(Candidate).order_by(Candidate.id)))[:2]
    plant_sift(world, recruitment, members, candidates)
    plant_calibration(world, members)
    secret = recruitment.rounds[-1]
    db.session.add_all(
        [
            Deviation(
                round_id=secret.id,
                candidate_id=candidates[0].id,
                code="other",
                reason=INNER,
                recorded_by_id=members[ANNA].person_id,
                recorded_at=MOMENT,
            ),
            Dissent(round_id=secret.id, member_id=members[ANNA].id, text=world.words, written_at=world.at),
        ]
    )
    db.session.flush()
    set_clocks(world, secret.id, [members[ANNA].id, members[DAN].id])
    db.session.commit()
    first, last = ids_of(recruitment), ids_of(recruitment)
    last.values |= {
        "number": secret.number,
        "candidate_id": candidates[1].id,
        "criterion_id": recruitment.criteria[-1].id,
        "member_id": members[DAN].id,
        "person_id": members[ANNA].person_id,
    }
    return [first, last]


def plant_sift(
    world: World, recruitment: Recruitment, members: dict[str, PanelMember], candidates: list[Candidate]
) -> None:
    """Anna has submitted; Dan is on the way, and further in one world; Bo has answered the same in both."""
    db.session.add(Sift(recruitment_id=recruitment.id, opened_at=MOMENT))
    cells = [(candidate.id, criterion.id) for criterion in recruitment.criteria for candidate in candidates]
    answers = {ANNA: (world.sift, len(cells)), DAN: (world.sift, world.dan), BO: ("partly", len(cells)), CHAIR: ("", 0)}
    for email, (answer, count) in answers.items():
        members[email].sifts = True
        if email in (ANNA, BO):
            db.session.add(SiftSubmission(member_id=members[email].id, submitted_at=MOMENT))
        for candidate_id, criterion_id in cells[:count]:
            db.session.add(
                SiftRating(
                    member_id=members[email].id,
                    candidate_id=candidate_id,
                    criterion_id=criterion_id,
                    answer=answer,
                    saved_at=MOMENT,
                )
            )


def plant_calibration(world: World, members: dict[str, PanelMember]) -> None:
    """The counts of the panel may be seen, whose they are may not: in the other world Anna's and Dan's are swapped."""
    for email, score in zip((ANNA, DAN, BO), (*world.calibration, 3), strict=True):
        for key in KEYS:
            for answer in (1, 2, 3):
                db.session.add(
                    CalibrationRating(member_id=members[email].id, key=key, answer=answer, score=score, rated_at=MOMENT)
                )


def set_clocks(world: World, secret_round: int, secretive: list[int]) -> None:
    """Everything happened at one moment, but for what Anna and Dan did: when they write is theirs as well.

    The log is a chain, and not to be touched.
    """
    for table in [table for table in db.metadata.sorted_tables if table.name != AuditEvent.__tablename__]:
        for column in table.columns:
            if isinstance(column.type, Moment):
                db.session.execute(table.update().where(column.is_not(None)).values({column.name: MOMENT}))
    cards = db.select(Scorecard.id).where(Scorecard.round_id == secret_round, Scorecard.member_id.in_(secretive))
    for update in (
        db.update(Rating).where(Rating.scorecard_id.in_(cards)).values(saved_at=world.at),
        db.update(Scorecard).where(Scorecard.id.in_(cards), Scorecard.submitted_at.is_not(None)).values(submitted_at=world.at),
        db.update(SiftRating).where(SiftRating.member_id.in_(secretive)).values(saved_at=world.at),
        db.update(SiftSubmission).where(SiftSubmission.member_id.in_(secretive)).values(submitted_at=world.at),
        db.update(CalibrationRating).where(CalibrationRating.member_id.in_(secretive)).values(rated_at=world.at),
    ):  # fmt: skip
        db.session.execute(update, execution_options={"synchronize_session": False})
