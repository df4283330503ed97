from __future__ import annotations

import hashlib
import shutil
from pathlib import Path

import pytest

from recruit.charter.service import read_charter, read_charters
from recruit.config import settings
from recruit.errors import FaultyFile

ROOT = Path(__file__).parents[3]
ODDER = ROOT / "question_bank" / "odder"


def test_charter_has_the_statements_of_the_charter_in_its_order() -> None:
    charter = read_charter(ODDER)
    statements = [statement for area in charter.areas for statement in area.statements]
    assert [area.id for area in charter.areas] == ["performance", "compliance", "emergence", "resilience"]
    assert [statement.id for statement in statements] == [
        f"{area}.{number}"
        for area in ("performance", "compliance", "emergence", "resilience")
        for number in range(1, 7)
    ]
    # The Danish words were compared with the charter of 11 January 2022 letter by letter; this holds them there.
    words = "\n".join([area.heading.da for area in charter.areas] + [statement.text.da for statement in statements])
    assert hashlib.sha256(words.encode()).hexdigest() == EXPECTED


EXPECTED = "ed39c2454091e39308c4dda010d42a251f1074f70662ddfc9243ac7c6633be0f"


def test_charter_has_roles_values_and_uses() -> None:
    charter = read_charter(ODDER)
    assert [role.name.da for role in charter.roles] == [
        "Direktør",
        "Stabschef",
        "Virksomhedsleder",
        "Leder af medarbejdere",
    ]
    assert [value.name.da for value in charter.values] == ["Tillid", "Samarbejde", "Dialog"]
    assert len(charter.practice) == 4
    assert "Én lederprofil" in charter.one_profile.da


def test_second_charter_of_another_shape_is_read() -> None:
    charter = read_charter(ROOT / "tests" / "charters" / "strandby")
    assert [len(area.statements) for area in charter.areas] == [2, 1, 3]


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("charter: odder", "charter: other", "line 5, charter: must be the name of its folder, odder"),
        ("letter: C", "letter: P", "two areas have the same letter"),
        ("id: performance.2", "id: performance.9", "statement 2 of performance must have the id performance.2"),
        ('colour: "#1f5f99"', "colour: blue", "areas[1].colour: must match ^#"),
        ('colour: "#1f5f99"', 'colour: "#ffcc00"', "the colour #ffcc00 of performance is too light"),
        ("roles:", "rolls:", "rolls: the field is unknown"),
        ("adopted: 2022-01-11", "adopted: soon", "adopted: must be a date"),
    ],
)
def test_broken_charter_is_refused_with_file_line_and_fault(tmp_path: Path, old: str, new: str, said: str) -> None:
    folder = tmp_path / "odder"
    folder.mkdir()
    source = (ODDER / "charter.yaml").read_text(encoding="utf-8")
    assert old in source
    (folder / "charter.yaml").write_text(source.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFile) as caught:
        read_charter(folder)
    assert "odder/charter.yaml" in str(caught.value)
    assert said in str(caught.value)


def test_folder_without_charters_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FaultyFile, match=r"no folder with a charter\.yaml"):
        read_charters(tmp_path)


def test_application_does_not_start_with_a_broken_bank(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from recruit import create_app

    shutil.copytree(ODDER, tmp_path / "odder")
    file = tmp_path / "odder" / "questions" / "performance" / "performance.1.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("kind: behavioural", "kind: behaviour", 1), encoding="utf-8"
    )
    monkeypatch.setenv("RECRUIT_QUESTION_BANK", str(tmp_path))
    monkeypatch.setenv("RECRUIT_INSTANCE", str(tmp_path / "instance"))
    assert settings()["QUESTION_BANK"] == tmp_path
    with pytest.raises(FaultyFile, match=r"performance\.1\.yaml, line \d+, questions\[1\]\.kind: must be"):
        create_app()
