"""Case files of many odd shapes, made by lot: what a panel may leave behind, and what few panels do."""

from __future__ import annotations

import random
from typing import Any

AREAS = ("performance", "compliance", "emergence", "resilience")
SIDES = ("chief", "hr", "employee", "union", "peer", "user")
# What a case is made to have, beside what the lot gives it.
SHAPES = (
    "plain",
    "one member",
    "one candidate",
    "nothing evidenced",
    "all equal",
    "everybody out for one candidate",
    "far apart weights",
    "ties",
    "consensus everywhere",
    "many withdrawn",
    "members out",
    "areas only",
)


def odd_case(seed: int) -> dict[str, Any]:
    """A case with one or two revealed rounds. The shape follows from the seed, the rest is drawn with it."""
    chance, shape = random.Random(seed), SHAPES[seed % len(SHAPES)]
    emails = [
        f"{name}{seed}@example.org"
        for name in chance.sample("edcba", 1 if shape == "one member" else chance.randint(2, 4))
    ]
    refs = chance.sample(["K1", "K2", "K10", "Å", "k3"], 1 if shape == "one candidate" else chance.randint(2, 4))
    areas = list(AREAS) if shape == "areas only" else [area for area in AREAS if chance.random() < 0.3]
    keys = areas + [f"{area}.{chance.randint(1, 6)}" for area in AREAS if area not in areas]
    keys = chance.sample(keys, chance.randint(1 if shape != "ties" else 2, 4))
    case: dict[str, Any] = {
        "case": 1,
        "charter": "odder",
        "recruitment": {"title": f"Prøve {seed}", "role": "director", "language": chance.choice(["da", "en"])},
        "criteria": [criterion(key, chance, shape) for key in keys],
        "rounds": [{"number": 1, "minutes": 480}],
        "panel": [
            {"email": email, "name": email, "role": "member" if seat else "chair", "side": chance.choice(SIDES)}
            for seat, email in enumerate(emails)
        ],
        "candidates": [{"ref": ref, "name": f"Navn {ref}"} for ref in refs],
        "scorecards": [],
        "impartiality": [],
        "excused": [],
        "consensus": [],
        "revealed": [1],
    }
    if chance.random() < 0.4:
        case["rounds"].append(
            {"number": 2, "minutes": 480, "candidates": refs[: max(1, len(refs) - 1)], "criteria": keys[:2]}
        )
        case["revealed"].append(2)
    if shape == "many withdrawn":
        for candidate in case["candidates"][1:]:
            candidate["status"] = "withdrawn"
    out = {emails[-1]: "recruitment"} if shape == "members out" and len(emails) > 1 else {}
    for email in emails:
        for ref in refs:
            limited = shape == "everybody out for one candidate" and ref == refs[0] and len(refs) > 1
            entry: dict[str, Any] = {
                "panelist": email,
                "candidate": ref,
                "conflict": limited or (email in out and ref == refs[0]),
            }
            if limited:
                entry |= {"scope": "candidate", "reason": "Har arbejdet sammen"}
            case["impartiality"].append(entry)
    for round_ in case["rounds"]:
        play(case, round_, [email for email in emails if email not in out], chance, shape)
    return case


def criterion(key: str, chance: random.Random, shape: str) -> dict[str, Any]:
    found: dict[str, Any] = {"statement" if "." in key else "area": key}
    if shape == "far apart weights":
        found["weight"] = chance.choice([1e-6, 1e6, 1, 3.7])
    elif shape != "ties" and chance.random() < 0.5:
        found["weight"] = chance.choice([0.5, 2, 3])
    if chance.random() < 0.4:
        found["minimum"] = chance.randint(1, 5)
    return found


def play(case: dict[str, Any], round_: dict[str, Any], members: list[str], chance: random.Random, shape: str) -> None:
    """The cards, the excuses and the consensus of a round that can be revealed."""
    number = round_["number"]
    keys = round_.get("criteria") or [item.get("statement") or item["area"] for item in case["criteria"]]
    conflicts = {(item["panelist"], item["candidate"]) for item in case["impartiality"] if item["conflict"]}
    status = {item["ref"]: item.get("status", "active") for item in case["candidates"]}
    inside = round_.get("candidates") or list(status)
    rated: set[tuple[str, str]] = set()
    for place, (email, ref) in enumerate(
        [(email, ref) for email in members for ref in inside if (email, ref) not in conflicts]
    ):
        if chance.random() < 0.2 and place:  # somebody must have rated before a round can be revealed
            if status[ref] == "active":
                case["excused"].append(
                    {"panelist": email, "candidate": ref, "round": number, "code": chance.choice(["absent", "left"])}
                )
            continue
        ratings = {key: rating(ref, chance, shape) for key in keys}
        rated |= {(ref, key) for key, given in ratings.items() if "score" in given and status[ref] == "active"}
        case["scorecards"].append(
            {"panelist": email, "candidate": ref, "round": number, "submitted": True, "ratings": ratings}
        )
    for ref, key in sorted(rated):
        if chance.random() < (1.0 if shape == "consensus everywhere" else 0.15):
            score = chance.randint(1, 5)
            case["consensus"].append(
                {"candidate": ref, "round": number, "statement": key, "score": score, "reason": "Drøftet"}
            )


def rating(ref: str, chance: random.Random, shape: str) -> dict[str, Any]:
    if shape == "nothing evidenced" or (shape not in ("all equal", "ties") and chance.random() < 0.2):
        return {"not_evidenced": True}
    score = 3 if shape == "all equal" else chance.choice([2, 3]) if shape == "ties" else chance.randint(1, 5)
    return {"score": score, "evidence": f"Sagt om {ref}"}
