from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ConfigDict

from recruit import datafiles
from recruit.errors import FaultyFile


def refusal(text: str | bytes) -> str:
    with pytest.raises(FaultyFile) as caught:
        datafiles.parse(text.encode() if isinstance(text, str) else text, "f.yaml")
    return str(caught.value)


def test_value_keeps_the_line_it_stands_on() -> None:
    document = datafiles.parse(b"a: 1\nb:\n  - x\n  - {y: 2}\n", "f.yaml")
    assert document.values == {"a": 1, "b": ["x", {"y": 2}]}
    assert document.line(("b", 1, "y")) == 4
    assert document.line(("b", 1, "unknown")) == 4
    assert str(document.fault(("b", 1, "y"), "no")) == "f.yaml, line 4, b[2].y: no"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("a: 1\nb: 2\na: 3\n", "f.yaml, line 3, a: the key is given twice"),
        ("a: &x [1]\nb: *x\n", "f.yaml, line 2, b: aliases are not allowed"),
        ("a: !!python/object:os.system x\n", "line 1, a: tags are not allowed"),
        ("a: !x y\n", "line 1, a: tags are not allowed"),
        ("a: [1,\n", "this is not YAML"),
        ("a: b: c\n", "this is not YAML"),
        ("", "the file is empty"),
        ("a: 1\n---\nb: 2\n", "more than one document"),
        ("? [1, 2]\n: 3\n", "a key must be a single word or number"),
        ("yes: 1\n", "the key 'yes' must be text"),
        ("a: 2026-13-45\n", "line 1, a: '2026-13-45' cannot be read"),
        ('{"a": 1, "a": 2}', "a: the key is given twice"),
        ('{"a": 1,}', "f.yaml, line 1: this is not JSON"),
        (b"\xff\xfe\x00", "the file is not UTF-8 text"),
        (b"a: 1\nb: \xe6\n", "f.yaml, line 2: the file is not UTF-8 text"),
        ("[" * 30 + "]" * 30, "nested too deeply"),
        ('{"a":' * 5000 + "1" + "}" * 5000, "nested too deeply"),
        ("a: " + "x" * 5_000_001, "the file is larger than 5 MB"),
    ],
    ids=lambda value: repr(value[:25]),
)
def test_faulty_file_is_refused_with_its_place(text: str | bytes, said: str) -> None:
    assert said in refusal(text)


def test_alias_bomb_is_refused_at_once() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 30)]
    assert "line 2, a1[1]: aliases are not allowed" in refusal("\n".join(lines))


def test_large_file_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "large.yaml"
    with file.open("wb") as handle:
        handle.truncate(50_000_000)
    with pytest.raises(FaultyFile, match="larger than 5 MB"):
        datafiles.read(file)


def test_missing_file_is_named() -> None:
    with pytest.raises(FaultyFile, match="no-such-file.yaml: the file cannot be read"):
        datafiles.read(Path("no-such-file.yaml"))


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", strict=True)
    name: str
    scores: list[int]


def test_fit_names_every_field_that_does_not_fit() -> None:
    document = datafiles.parse(b"name: 5\nscores:\n  - 1\n  - true\n  - 2.0\nmore: 1\n", "f.yaml")
    with pytest.raises(FaultyFile) as caught:
        datafiles.fit(Shape, document)
    assert [str(fault) for fault in caught.value.faults] == [
        "f.yaml, line 1, name: must be text (put it in quotes)",
        "f.yaml, line 4, scores[2]: must be a whole number",
        "f.yaml, line 5, scores[3]: must be a whole number",
        "f.yaml, line 6, more: the field is unknown",
    ]


plain = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)


@given(st.dictionaries(plain, st.one_of(plain, st.integers(-99, 99), st.lists(plain, max_size=3)), max_size=4))
def test_json_reads_back_as_it_was_written(values: dict[str, object]) -> None:
    assert datafiles.parse(json.dumps(values).encode(), "f.json").values == values
