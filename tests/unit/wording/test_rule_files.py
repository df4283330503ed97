"""Faulty rule files, each named with its line."""

from __future__ import annotations

from pathlib import Path

import pytest

from recruit.errors import FaultyFile
from recruit.wording.service import read_rules

GOOD = """id: family
kind: question
severity: red
basis: {da: Lov, en: Act}
why: {da: Derfor, en: Because}
instead: {da: "", en: ""}
patterns: {da: [gravid], en: [pregnant]}
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "question").mkdir()
    (tmp_path / "question" / "family.yaml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "third_party.yaml").write_text("da: [kollega]\nen: [colleague]\n", encoding="utf-8")
    coded = "da: {masculine: [stærk], feminine: [varm]}\nen: {masculine: [strong], feminine: [warm]}\n"
    (tmp_path / "gender_coded.yaml").write_text(coded, encoding="utf-8")
    return tmp_path


def test_rules_are_read_from_a_folder(folder: Path) -> None:
    assert list(read_rules("question", folder).rules) == ["family"]


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        ("question/family.yaml", "severity: red", "severity: pink", "rules/question/family.yaml, line 3, severity: must be"),
        ("question/family.yaml", "severity: red\n", "", "rules/question/family.yaml, line 1, severity: the field is missing"),
        ("question/family.yaml", "basis:", "bases:", "line 4, bases: the field is unknown"),
        ("question/family.yaml", "id: family", "id: kin", "line 1, id: must be family, as the file's place says"),
        ("question/family.yaml", "kind: question", "kind: ad", "line 2, kind: must be question, as the file's place says"),
        ("question/family.yaml", "[gravid]", "[er du, 'gravid,']", "line 7, patterns.da[2]: 'gravid,' in 'gravid,' is not a word"),
        ("question/family.yaml", "[gravid]", "[{pattern: .., instead: nej}]", "line 7, patterns.da[1]: the pattern '..' must hold"),
        ("question/family.yaml", "{da: [gravid], en: [pregnant]}", "{da: [], en: []}", "give either patterns or needs"),
        ("question/family.yaml", "patterns:", "needs: {da: [gravid], en: []}\npatterns:", "give either patterns or needs"),
        ("question/family.yaml", "id: family", "id: [", "rules/question/family.yaml, line"),
        ("third_party.yaml", "[kollega]", "[kollega, '']", "rules/third_party.yaml, line 1, da[2]: must not be empty"),
        ("third_party.yaml", "[kollega]", "['kol lega*', '..']", "rules/third_party.yaml, line 1, da[2]: the pattern '..' must hold"),
        ("gender_coded.yaml", "[strong]", "['st*ong']", "rules/gender_coded.yaml, line 2, en.masculine[1]: 'st*ong' in 'st*ong' is not a"),
    ],
)  # fmt: skip
def test_faulty_file_is_named_with_its_line(folder: Path, file: str, old: str, new: str, expected: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(FaultyFile) as refused:
        read_rules("question", folder)
    assert expected in str(refused.value)


def test_every_faulty_file_is_named_and_a_missing_one_too(folder: Path) -> None:
    (folder / "question" / "family.yaml").write_text("id: 7\n", encoding="utf-8")
    (folder / "gender_coded.yaml").unlink()
    with pytest.raises(FaultyFile) as refused:
        read_rules("question", folder)
    assert {fault.file for fault in refused.value.faults} == {"rules/question/family.yaml", "rules/gender_coded.yaml"}
