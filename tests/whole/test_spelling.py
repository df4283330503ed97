"""Every Danish text of the bank is spelt as the dictionary has it, or with a word that somebody has put in the list."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Collection
from pathlib import Path

import pytest
from banktexts import bank_texts

LIST = Path(__file__).with_name("danish_words.txt")
OWN = LIST.read_text(encoding="utf-8").split()
MAIL = re.compile(r"\S+@\S+")
# Letters, with hyphens and apostrophes inside: numbers and clock times fall away.
WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
INSTALL = "The spelling test needs hunspell and its Danish dictionary: sudo apt-get install hunspell hunspell-da"


def words(text: str) -> list[str]:
    return WORD.findall(MAIL.sub(" ", text))


def unknown(found: Collection[str]) -> set[str]:
    """Those of the words that are not in the Danish dictionary, in one call of hunspell."""
    program = shutil.which("hunspell")
    if program is None:
        pytest.fail(INSTALL)
    command = [program, "-d", "da_DK", "-l", "-i", "utf-8"]
    answer = subprocess.run(command, input="\n".join(sorted(found)).encode(), capture_output=True, check=False)
    if answer.returncode:
        pytest.fail(INSTALL)
    return set(answer.stdout.decode().split())


def test_danish_texts_are_spelt_right() -> None:
    places: dict[str, set[str]] = {}
    for text in bank_texts():
        if text.language == "da":
            for word in words(text.words):
                places.setdefault(word, set()).add(text.file)
    strange = unknown(places)
    own = {word for word in strange if word in OWN or word[0].lower() + word[1:] in OWN}
    assert not {f"{file}: {word}" for word in strange - own for file in places[word]}
    used = own | {word[0].lower() + word[1:] for word in own}
    assert not set(OWN) - used, "the list holds words that no text needs it for"


def test_list_of_own_words_is_sorted() -> None:
    assert sorted(set(OWN)) == OWN


def test_misspelt_word_is_found_among_danish_letters() -> None:
    text = "Kl. 8.30 skrev åbenhjertige naboer til ærøboer@odder.example om en afgørrelse på 14 sider i forældrebestyrelssen."
    assert unknown(words(text)) == {"Kl", "afgørrelse", "forældrebestyrelssen"}
