"""The check of the chain, on rows that no database would hold: every change of every event is found, and where it is."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from recruit.audit import EVENTS, AuditEvent, hash_link, hash_subject
from recruit.privacy.chain import (
    BEYOND,
    CHANGED,
    CUT_OFF,
    DOUBLED,
    FAULT_LIMIT,
    INSERTED,
    MISSING,
    End,
    Fault,
    Row,
    check,
)

MOMENT = datetime(2026, 11, 24, 10, 0, 0, 123456, tzinfo=UTC)
# All but `id`, which nothing reads: the order is that of `number`.
COLUMNS = [name for name in Row._fields if name != "id"]


def chain_of(count: int) -> tuple[list[Row], End]:
    """A chain as the database would give it."""
    rows, previous = [], ""
    for number in range(1, count + 1):
        subject, salt = {"member": number, "role": "peer"}, f"{number:032x}"
        about, at = hash_subject(salt, subject), MOMENT + timedelta(seconds=number)
        previous = hash_link(previous, number, at, "member.added", 3, 1, about)
        rows.append(Row(number + 40, number, at, "member.added", 3, 1, subject, salt, about, previous))
    return rows, End(count, previous)


# Something else for every column, of its own type and of none.
OTHERS: dict[str, Any] = {
    "number": st.integers(-3, 40) | st.none() | st.just("x") | st.just(1.5),
    "at": st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC)) | st.just("i går"),
    "event": st.sampled_from(sorted(EVENTS)) | st.just(b"\xff"),
    "actor_id": st.integers(1, 9) | st.none() | st.just("3"),
    "recruitment_id": st.integers(1, 9) | st.none(),
    "subject": st.dictionaries(st.sampled_from(["member", "role"]), st.integers(0, 9)) | st.just("{") | st.none(),
    "salt": st.text("0123456789abcdef", max_size=32),
    "subject_hash": st.text("0123456789abcdef", max_size=64),
    "hash": st.text("0123456789abcdef", max_size=64),
}


def test_the_check_reads_every_column() -> None:
    assert {column.name for column in AuditEvent.__table__.columns} == set(Row._fields)
    assert list(OTHERS) == COLUMNS


def ordered(rows: list[Row]) -> list[Row]:
    """As the database sorts them: by number, then by id; what is no number comes last."""
    return sorted(rows, key=lambda row: (row.number if isinstance(row.number, int | float) else 10**6, row.id))


@given(st.data())
def test_change_of_any_column_of_any_event_is_found(data: st.DataObject) -> None:
    rows, head = chain_of(data.draw(st.integers(1, 12)))
    assert check(rows, head).faults == []
    place, column = data.draw(st.integers(0, len(rows) - 1)), data.draw(st.sampled_from(COLUMNS))
    value = data.draw(OTHERS[column].filter(lambda value: value != getattr(rows[place], column)))
    number = rows[place].number
    rows[place] = rows[place]._replace(**{column: value})
    found = check(ordered(rows), head).faults
    if column == "number":
        assert any(fault.kind in (MISSING, CUT_OFF) and fault.first <= number <= fault.last for fault in found)
    else:
        assert Fault(CHANGED, number, number) in found
        assert len(found) == 1  # and only there


@given(st.data())
def test_removal_of_any_events_is_found(data: st.DataObject) -> None:
    rows, head = chain_of(data.draw(st.integers(1, 12)))
    gone = data.draw(st.sets(st.integers(1, len(rows)), min_size=1))
    found = check([row for row in rows if row.number not in gone], head).faults
    told = {number for fault in found for number in range(fault.first, fault.last + 1)}
    assert told == gone
    assert {fault.kind for fault in found} <= {MISSING, CUT_OFF}
    assert (len(rows) in gone) == (CUT_OFF in {fault.kind for fault in found})


@given(st.data())
def test_two_events_in_each_others_place_are_found(data: st.DataObject) -> None:
    rows, head = chain_of(data.draw(st.integers(2, 12)))
    first, second = sorted(data.draw(st.sets(st.integers(0, len(rows) - 1), min_size=2, max_size=2)))
    rows[first], rows[second] = (
        rows[second]._replace(number=first + 1),
        rows[first]._replace(number=second + 1),
    )
    told = {
        number
        for fault in check(rows, head).faults
        if fault.kind == CHANGED
        for number in range(fault.first, fault.last + 1)
    }
    assert {first + 1, second + 1} <= told <= {first + 1, first + 2, second + 1, second + 2}


@given(st.data())
def test_forged_event_is_found_wherever_it_is_put(data: st.DataObject) -> None:
    rows, head = chain_of(data.draw(st.integers(1, 12)))
    number = data.draw(st.integers(-2, len(rows) + 2) | st.none())
    previous = rows[number - 2].hash if number and number > 1 and number - 2 < len(rows) else ""
    about = hash_subject("0" * 32, {})
    forged = Row(99, number, MOMENT, "round.revealed", 3, 1, {}, "0" * 32, about, "")
    forged = forged._replace(hash=hash_link(previous, number or 0, MOMENT, "round.revealed", 3, 1, about))
    found = check(ordered([*rows, forged]), head).faults
    if number is None or number < 1:
        assert found == [Fault(INSERTED, 99, 99)]
    elif number > len(rows):
        assert Fault(BEYOND, number, number) in found
    else:
        assert Fault(DOUBLED, number, number) in found


def test_log_of_a_million_faults_is_told_shortly() -> None:
    rows, head = chain_of(400)
    report = check((row._replace(event="x") for row in rows), head)
    assert report.faults == [Fault(CHANGED, 1, 400)]
    assert len(check(rows[::3], head).faults) == FAULT_LIMIT
