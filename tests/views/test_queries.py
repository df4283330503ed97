"""Every page asks the database a fixed number of questions, for one candidate and for thirty."""

from __future__ import annotations

from typing import Any

import pytest
from doors import doors, ids_of
from flask import Flask
from support import (
    KEYS,
    MEMBERS,
    card,
    case,
    counted_queries,
    declared,
    empty_database,
    load,
    make_person,
    signed_in,
)

from recruit.comparison.service import forget_comparisons


def sized(candidates: int, members: int, *, revealed: bool) -> dict[str, Any]:
    refs = tuple(f"K{number}" for number in range(1, candidates + 1))
    extra = tuple(f"m{number}@example.org" for number in range(members - len(MEMBERS)))
    emails = (*MEMBERS, *extra)
    panel = [
        {"email": email, "name": email, "role": "chair" if email == MEMBERS[0] else "member", "side": "peer"}
        for email in emails
    ]
    return case(
        panel=panel,
        candidates=[{"ref": ref, "name": f"Navn {ref}", "email": ""} for ref in refs],
        impartiality=declared(emails, refs),
        scorecards=[card(email, ref, dict.fromkeys(KEYS, 3)) for email in emails for ref in refs],
        consensus=[{"candidate": ref, "round": 1, "statement": KEYS[0], "score": 4, "reason": "talt"} for ref in refs]
        if revealed
        else [],
        revealed=[1] if revealed else [],
    )


def counts(app: Flask, candidates: int, members: int, *, revealed: bool) -> dict[tuple[str, str], int]:
    empty_database()
    recruitment = load(sized(candidates, members, revealed=revealed))
    for _more in range(1 if candidates == 1 else 4):  # other recruitments must not cost either
        load(case(impartiality=declared()))
    make_person("hr@example.org", "hr")
    ids = ids_of(recruitment)
    ids.values["person_id"] = 1
    found = {}
    for email in ("hr@example.org", "chair@example.org", "anna@example.org"):
        browser = signed_in(app, email)
        for endpoint, method, path in doors(app, ids):
            if method == "GET":
                forget_comparisons()
                with counted_queries() as statements:
                    status = browser.get(path).status_code
                if status == 200:
                    found[email, endpoint] = len(statements)
    return found


@pytest.mark.parametrize("revealed", [False, True], ids=["open", "revealed"])
def test_every_page_has_one_query_count_at_every_size(app: Flask, revealed: bool) -> None:
    small, large = counts(app, 1, 3, revealed=revealed), counts(app, 30, 8, revealed=revealed)
    assert len(small) > 50
    grown = {page: (small[page], large.get(page)) for page in small if small[page] != large.get(page)}
    assert grown == {}
    assert max(small.values()) <= 45
