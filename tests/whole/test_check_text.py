"""`recruit check-text`, as other programs use it: no database, findings never change the exit status."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from support import CHARTERS

from recruit.cli import main
from recruit.wording.service import check


def run(*arguments: str, text: bytes | None = None, env: dict[str, str] | None = None) -> Result:
    return CliRunner().invoke(main, ["check-text", *arguments], input=text, env=env)


def findings(text: bytes, kind: str = "question", language: str = "da") -> list[dict[str, Any]]:
    result = run("-", "--kind", kind, "--lang", language, "--json", text=text)
    assert result.exit_code == 0, result.output
    return json.loads(result.output)["findings"]


def test_json_holds_the_promised_keys_and_places(tmp_path: Path) -> None:
    file = tmp_path / "questions.txt"
    text = "Hvordan leder du forandringer?\nEr du gravid?\n"
    file.write_text(text, encoding="utf-8")
    result = run(str(file), "--kind", "question", "--lang", "da", "--json")
    assert result.exit_code == 0
    found = json.loads(result.output)
    assert list(found) == ["findings"]
    family = next(finding for finding in found["findings"] if finding["rule"] == "family")
    assert list(family) == ["rule", "severity", "start", "end", "text", "basis", "why", "instead"]
    assert family["severity"] == "red"
    assert text[family["start"] : family["end"]] == family["text"]
    assert "gravid" in family["text"]
    assert "Ligebehandlingsloven" in family["basis"]


def test_json_of_an_ad_holds_its_figures() -> None:
    result = run("-", "--kind", "ad", "--lang", "en", "--json", text=b"You lead twelve employees. You are analytical.")
    found = json.loads(result.output)
    assert list(found) == ["findings", "lix", "words", "gender_coded"]
    assert found["words"] == 7
    assert found["lix"] == pytest.approx(7 / 2 + 100 * 2 / 7)  # employees, analytical
    assert list(found["gender_coded"]) == ["masculine", "feminine"]
    assert found["gender_coded"]["masculine"] == ["analytical"]


def test_lines_name_place_severity_words_reason_basis_and_alternative() -> None:
    result = run("-", "--kind", "question", "--lang", "da", text=b"Hej.\r\n\r\nEr du gravid?\r\n")
    family = next(
        item for item in check("Er du gravid?", kind="question", language="da").findings if item.rule == "family"
    )
    line = next(line for line in result.output.splitlines() if "skal rettes" in line)
    for part in (
        "Linje 3, skal rettes:",
        f"«{family.text}»",
        family.why,
        family.basis,
        f"I stedet: «{family.instead}»",
    ):
        assert part in line
    number = len(result.output.splitlines()) - 1
    assert result.output.splitlines()[-1] == ("1 bemærkning." if number == 1 else f"{number} bemærkninger.")
    assert result.exit_code == 0


@pytest.mark.parametrize(("language", "closing"), [("da", "Ingen bemærkninger."), ("en", "No remarks.")])
def test_text_without_findings_says_so(language: str, closing: str) -> None:
    result = run("-", "--kind", "question", "--lang", language, text=b"")
    assert (result.exit_code, result.output) == (0, closing + "\n")


def test_ad_in_lines_ends_with_its_figures() -> None:
    danish = run("-", "--kind", "ad", "--lang", "da", text=b"Du leder et hus.").output.splitlines()
    assert danish[0].startswith("Hele teksten, ")
    assert danish[-2].startswith("LIX 4,0, 4 ord.")
    english = run("-", "--kind", "ad", "--lang", "en", text=b"You lead a house.").output.splitlines()
    assert english[0].startswith("The whole text, ")
    assert english[-2].startswith("LIX 4.0, 4 words.")
    assert run("-", "--kind", "ad", "--lang", "da", text=b"").output.splitlines()[-2].startswith("LIX –, 0 ord.")


def test_byte_order_mark_is_no_part_of_the_text() -> None:
    assert findings(b"\xef\xbb\xbfEr du gravid?") == findings(b"Er du gravid?")


def test_line_ends_of_two_characters_count_as_two() -> None:
    text = "Goddag.\r\nEr du gravid?\r\n"
    for finding in findings(text.encode()):
        assert text[finding["start"] : finding["end"]] == finding["text"]


def test_characters_are_counted_not_bytes() -> None:
    text = "😀 Æøå: er du gravid?"
    for finding in findings(text.encode()):
        assert text[finding["start"] : finding["end"]] == finding["text"]


def test_control_characters_do_not_reach_the_screen() -> None:
    result = run("-", "--kind", "question", "--lang", "da", text=b"Er du \x1b[31m gravid?\x07")
    assert "\x1b" not in result.output
    assert "\x07" not in result.output


@pytest.mark.parametrize("kind", ["question", "ad"])
def test_file_that_cannot_be_read_is_refused_in_one_sentence(tmp_path: Path, kind: str) -> None:
    latin = tmp_path / "latin.txt"
    latin.write_bytes("Er du gravid?\nFår du børn?".encode("latin-1"))
    for file, sentence in (
        (tmp_path / "nothing.txt", "No such file or directory."),
        (tmp_path, "Is a directory."),
        (latin, "line 2: the file is not UTF-8 text."),
    ):
        result = run(str(file), "--kind", kind, "--lang", "da")
        assert result.exit_code == 2
        assert len(result.output.strip().splitlines()) == 1
        assert result.output.startswith(str(file)) and sentence in result.output


def test_standard_input_that_is_not_utf_8_is_refused() -> None:
    result = run("-", "--kind", "ad", "--lang", "en", "--json", text=b"a\n\xff")
    assert (result.exit_code, result.output) == (2, "standard input, line 2: the file is not UTF-8 text.\n")


@pytest.mark.parametrize(
    "arguments", [[], ["--kind", "ad"], ["--kind", "letter", "--lang", "da"], ["--kind", "ad", "--lang", "de"]]
)
def test_kind_and_language_must_be_known(arguments: list[str]) -> None:
    assert run("-", *arguments, text=b"Hej").exit_code == 2


def test_ad_may_cite_any_installed_charter() -> None:
    """The title in the bank at hand counts, in either language."""

    def rules(text: str) -> set[str]:
        result = run(
            "-",
            "--kind",
            "ad",
            "--lang",
            "da",
            "--json",
            text=text.encode(),
            env={"RECRUIT_QUESTION_BANK": str(CHARTERS)},
        )
        return {finding["rule"] for finding in json.loads(result.output)["findings"]}

    from recruit.charter.service import read_charter

    title = read_charter(CHARTERS / "strandby").title
    assert "charter_missing" in rules("Du leder et hus.")
    assert "charter_missing" not in rules(f"Vi leder efter {title.da.upper()}.")
    assert "charter_missing" not in rules(f"Vi leder efter »{title.en}«.")


@pytest.mark.parametrize("kind", ["question", "ad"])
def test_command_needs_no_database_and_writes_nothing(tmp_path: Path, kind: str) -> None:
    """As a program of its own, from an empty folder, with the database out of reach."""
    result = subprocess.run(
        [sys.executable, "-m", "recruit.cli", "check-text", "-", "--kind", kind, "--lang", "da", "--json"],
        input="Har du børn?".encode(),
        capture_output=True,
        cwd=tmp_path,
        env={"RECRUIT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing", "PATH": ""},
        timeout=60,
        check=False,
    )
    assert (result.returncode, result.stderr) == (0, b"")
    assert json.loads(result.stdout)["findings"]
    assert list(tmp_path.iterdir()) == []
