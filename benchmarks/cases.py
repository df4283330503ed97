"""The cases that are measured: of any size, and the same in every run."""

from __future__ import annotations

from typing import Any

STATEMENTS = [
    f"{area}.{number}" for area in ("performance", "compliance", "emergence", "resilience") for number in range(1, 7)
]


def sized_case(candidates: int, members: int, criteria: int) -> dict[str, Any]:
    """A revealed round; scores and evidence are made by a fixed rule, so that every run measures the same."""
    keys = STATEMENTS[:criteria]
    emails = [f"m{number:02}@example.org" for number in range(members)]
    refs = [f"K{number}" for number in range(1, candidates + 1)]
    return {
        "case": 1,
        "charter": "odder",
        "recruitment": {"title": "Måling", "role": "director", "language": "da"},
        "criteria": [{"statement": key} for key in keys],
        "rounds": [{"number": 1, "minutes": 480}],
        "panel": [
            {"email": email, "name": f"Medlem {email[:3]}", "role": "member" if number else "chair", "side": "peer"}
            for number, email in enumerate(emails)
        ],
        "candidates": [{"ref": ref, "name": f"Kandidat {ref}"} for ref in refs],
        "impartiality": [{"panelist": email, "candidate": ref, "conflict": False} for email in emails for ref in refs],
        "scorecards": [
            {
                "panelist": email,
                "candidate": ref,
                "round": 1,
                "submitted": True,
                "ratings": {
                    key: {"score": 1 + (7 * a + 5 * b + 3 * c + a * b * c) % 5, "evidence": f"Sagde {a}, {b}, {c}."}
                    for c, key in enumerate(keys)
                },
            }
            for a, email in enumerate(emails)
            for b, ref in enumerate(refs)
        ],
        "revealed": [1],
    }
