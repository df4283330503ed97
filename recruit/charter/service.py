"""The charters at hand: read and checked once when the application starts."""

from __future__ import annotations

from pathlib import Path

from flask import Flask, current_app

from recruit import datafiles
from recruit.charter.models import Charter
from recruit.errors import Fault, FaultyFile

EXTENSION = "recruit_charters"


def read_charter(folder: Path) -> Charter:
    """The charter in `folder/charter.yaml`. Raises FaultyFile."""
    file = folder / "charter.yaml"
    document = datafiles.read(file, f"{folder.name}/charter.yaml")
    charter = datafiles.fit(Charter, document)
    if charter.id != folder.name:
        raise FaultyFile([document.fault(("charter",), f"must be the name of its folder, {folder.name}")])
    return charter


def read_charters(folder: Path) -> dict[str, Charter]:
    """Every charter below `folder`, by id. Raises FaultyFile, also when there is none."""
    found = sorted(file.parent for file in folder.glob("*/charter.yaml"))
    if not found:
        raise FaultyFile([Fault(str(folder), None, "", "there is no folder with a charter.yaml here")])
    return {path.name: read_charter(path) for path in found}


def install(app: Flask) -> None:
    app.extensions[EXTENSION] = read_charters(app.config["QUESTION_BANK"])


def charters() -> dict[str, Charter]:
    """The charters of this application, by id."""
    return current_app.extensions[EXTENSION]
