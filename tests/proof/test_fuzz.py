"""Case files, broken at random: each is refused with its place or taken; never anything else."""

from __future__ import annotations

import copy
import random
from typing import Any

import yaml
from flask import Flask
from support import empty_database, full_case

from recruit import datafiles
from recruit.casefile.export import export_case
from recruit.casefile.service import import_case
from recruit.errors import FaultyFile
from recruit.extensions import db

FILES = 1_500
VALUES: list[Any] = [
    None,
    "",
    " ",
    "x",
    "K1",
    "æøå",
    "😀",
    0,
    1,
    5,
    6,
    -1,
    3.5,
    1e400,
    True,
    False,
    [],
    {},
    [[]],
    "performance.1",
    "a@b.dk",
    "x" * 300,
]


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    found = [path] if path else []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found += places(item, (*path, key))
    return found


def broken(chance: random.Random) -> str:
    values = copy.deepcopy(full_case(revealed=[1]))
    for _change in range(chance.randint(1, 3)):
        *way, last = chance.choice(places(values))
        target: Any = values
        for key in way:
            target = target[key]
        kind = chance.randrange(3)
        if kind == 0:
            target[last] = copy.deepcopy(chance.choice(VALUES))
        elif kind == 1:
            del target[last]
        elif isinstance(target, list):
            target.append(copy.deepcopy(target[last]))
        else:
            target[f"{last}x"] = target[last]
    text: str = yaml.safe_dump(values, allow_unicode=True)
    if chance.random() < 0.2:  # and sometimes the text itself
        cut = chance.randrange(len(text))
        text = text[:cut] + chance.choice([":", "- ", "\x00", "&a ", "*a", "{", "]", "\t"]) + text[cut:]
    return text


def test_broken_case_files_are_refused_or_taken(app: Flask) -> None:
    chance = random.Random(20220111)
    refused = taken = 0
    for _file in range(FILES):
        text = broken(chance)
        try:
            recruitment = import_case(datafiles.parse(text.encode(), "case.yaml"))
            export_case(recruitment, actor=None)
            db.session.flush()
            taken += 1
        except FaultyFile as faulty:
            assert faulty.faults
            assert all(fault.sentence for fault in faulty.faults)
            refused += 1
        db.session.rollback()
    empty_database()
    print(f"\n{FILES} broken case files: {refused} refused, {taken} taken")
    assert refused > taken
