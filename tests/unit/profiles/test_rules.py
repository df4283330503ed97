"""The rules of a profile: the order of its sections, its history, and what an approval holds for."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from recruit.profiles.rules import (
    APPROVED,
    CHANGED,
    DRAFT,
    LOCKED,
    SECTION_KEYS,
    fingerprint,
    goes_on,
    in_order,
    moved,
    state_of,
)

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


@given(st.lists(st.sampled_from([*SECTION_KEYS, "made_up"])))
def test_every_section_stands_once_whatever_order_is_kept(keys: list[str]) -> None:
    found = [section.key for section in in_order(" ".join(keys))]
    assert sorted(found) == sorted(SECTION_KEYS)
    named = [key for key in dict.fromkeys(keys) if key in SECTION_KEYS]
    assert found[: len(named)] == named


@given(st.permutations(SECTION_KEYS), st.sampled_from(SECTION_KEYS))
def test_section_that_is_moved_up_and_down_is_where_it_was(order: list[str], key: str) -> None:
    assert sorted(moved(order, key, up=True)) == sorted(SECTION_KEYS)
    if order[0] != key:
        assert moved(moved(order, key, up=True), key, up=False) == order
    else:
        assert moved(order, key, up=True) == order


@pytest.mark.parametrize(
    ("after", "same_person", "minutes", "began", "goes"),
    [
        ("En tekst og mere", True, 1, 2, True),
        ("En tekst og mere", False, 1, 2, False),
        ("En tekst og mere", True, 6, 7, False),
        ("En tekst og mere", True, 1, 21, False),
        ("En", True, 1, 2, False),
        ("", True, 1, 2, False),
    ],
    ids=["writes on", "somebody else", "a pause", "for long", "cut", "emptied"],
)
def test_history_begins_anew_where_something_could_be_missed(
    after: str, same_person: bool, minutes: int, began: int, goes: bool
) -> None:
    begun, last = NOW - timedelta(minutes=began), NOW - timedelta(minutes=minutes)
    assert goes_on("En tekst", after, same_person=same_person, begun=begun, last=last, now=NOW) is goes


@given(st.dictionaries(st.sampled_from(SECTION_KEYS), st.text(max_size=20)), st.sampled_from(SECTION_KEYS), st.text())
def test_fingerprint_changes_with_any_words_an_applicant_reads(texts: dict[str, str], key: str, more: str) -> None:
    criteria = [("performance.2", "Her")]
    before = fingerprint(texts, SECTION_KEYS, criteria)
    after = fingerprint(texts | {key: texts.get(key, "") + more}, SECTION_KEYS, criteria)
    same = (texts.get(key, "") + more).strip() == texts.get(key, "").strip()
    assert (before == after) is same
    assert before != fingerprint(texts, SECTION_KEYS[::-1], criteria)
    assert before != fingerprint(texts, SECTION_KEYS, [("performance.2", "Her og nu")])


def test_state_says_locked_first_and_tells_when_an_approval_has_fallen_away() -> None:
    assert state_of(approved=False, holds=False, locked=False) == DRAFT
    assert state_of(approved=True, holds=True, locked=False) == APPROVED
    assert state_of(approved=True, holds=False, locked=False) == CHANGED
    assert {state_of(approved=a, holds=h, locked=True) for a in (True, False) for h in (True, False)} == {LOCKED}
