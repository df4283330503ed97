"""What a criterion can mean in a post of a given role: examples that help to write it, never put in by themselves."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app

from recruit import datafiles
from recruit.charter.models import Charter, Id
from recruit.charter.service import charters
from recruit.datafiles import Frozen, Localised
from recruit.errors import FaultyFile

EXTENSION = "recruit_examples"
FILE = "examples.yaml"

# By criterion, then by role.
Examples = dict[str, dict[str, Localised]]


class ExamplesFile(Frozen):
    charter: Id
    examples: dict[str, dict[str, Localised]]


def read_examples(folder: Path, charter: Charter) -> Examples:
    """The examples of a charter, which are in `folder`; empty when there are none. Raises FaultyFile."""
    file = folder / FILE
    if not file.exists():
        return {}
    document = datafiles.read(file, f"{folder.name}/{FILE}")
    found = datafiles.fit(ExamplesFile, document)
    faults = []
    if found.charter != charter.id:
        faults.append(document.fault(("charter",), f"must be {charter.id}"))
    for key, by_role in found.examples.items():
        if charter.find(key) is None:
            faults.append(document.fault(("examples", key), f"the charter has no {key!r}"))
        for role in by_role:
            if charter.role(role) is None:
                faults.append(document.fault(("examples", key, role), f"the charter has no role {role!r}"))
    if faults:
        raise FaultyFile(faults)
    return found.examples


def install(app: Flask) -> None:
    with app.app_context():
        app.extensions[EXTENSION] = {
            charter.id: read_examples(app.config["QUESTION_BANK"] / charter.id, charter)
            for charter in charters().values()
        }


def examples(charter_id: str) -> Examples:
    return current_app.extensions[EXTENSION].get(charter_id, {})
