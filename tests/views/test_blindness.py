"""Rule 1: before the reveal nobody sees another member's rating, evidence, or anything computed from them.

Two worlds differ only in what Anna and Dan have written blind: scorecards, the first sift, practice, a dissent, and when
they wrote. As everybody else every door must look the same in both, byte by byte, and the words must be nowhere.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from flask import Flask
from lookers import Answer, Key, Looker, contents, keep_nothing, stop_the_clock, without_tokens
from support import full_case, load, make_person, signed_in
from worlds import ANNA, AUDITOR, BO, CHAIR, DAN, HIGH, HR, INNER, INSIDE, LOW, MOMENT, OUTSIDE, SECRET, World, make

from recruit.accounts.service import find_person
from recruit.casefile.export import export_case
from recruit.cli import main
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.panel import reminders
from recruit.panel.models import PanelMember
from recruit.recruitments.models import Criterion, Recruitment, Round
from recruit.sifting.models import Sift

Seen = dict[tuple[str, *Key], Answer]


def everything_seen(
    app: Flask, world: World, *, first_revealed: bool, lookers: tuple[str, ...], only_reading: bool
) -> Seen:
    """What everybody but Anna and Dan gets from every door."""
    seen: Seen = {}
    ids = make(world, first_revealed=first_revealed)
    with pytest.MonkeyPatch.context() as patch:
        keep_nothing(patch)
        for email in lookers:
            looker = Looker(app, email)
            looker.look_around(ids if email in INSIDE else ids[-1:], only_reading=only_reading)
            seen |= {(email, *key): answer for key, answer in looker.seen.items()}
    return seen


def assert_blind(look: functools.partial[Seen]) -> Seen:
    low, high = look(world=LOW), look(world=HIGH)
    assert low.keys() ^ high.keys() == set()
    assert [place for place in low if low[place] != high[place]] == []
    both = [*low.items(), *high.items()]
    assert [place for place, answer in both if SECRET in answer.text] == []
    assert [place for place, answer in both if place[0] not in INSIDE and INNER in answer.text] == []
    assert [place for place, answer in both if answer.status >= 500] == []
    return low


@pytest.mark.parametrize("lookers", [(CHAIR,), (BO, HR), OUTSIDE[:3], OUTSIDE[3:]], ids=" ".join)
def test_nothing_written_blind_shows_anywhere_before_the_reveal(
    app: Flask, monkeypatch: pytest.MonkeyPatch, lookers: tuple[str, ...]
) -> None:
    """An earlier round is revealed: there is a comparison, and it is the same whatever the later round holds."""
    stop_the_clock(monkeypatch)
    look = functools.partial(everything_seen, app, first_revealed=True, lookers=lookers, only_reading=False)
    seen = assert_blind(look)
    for email in {*lookers} & {*INSIDE}:
        opened = {key[2] for key, answer in seen.items() if key[0] == email and answer.status == 200}
        assert len(opened) > 40  # they have looked behind the doors, not at them
        words = [seen[email, "GET", f"/recruitments/1/rounds/{number}/comparison.docx", ""].status for number in (1, 2)]
        assert words == [200, 400]


def test_nothing_written_blind_shows_in_the_first_round(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)
    assert_blind(functools.partial(everything_seen, app, first_revealed=False, lookers=INSIDE, only_reading=True))


def test_the_same_doors_show_it_after_the_reveal(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """The tests above can fail: the words and the numbers are there once they may be."""
    stop_the_clock(monkeypatch)
    seen = {}
    for world in (LOW, HIGH):
        ids = make(world, first_revealed=False)
        db.session.execute(db.update(Round).values(revealed_at=MOMENT))
        db.session.execute(db.update(Sift).values(revealed_at=MOMENT))
        db.session.commit()
        looker = Looker(app, BO)
        looker.look_around(ids, only_reading=True)
        seen[world] = looker.seen
    assert sum(SECRET in answer.text for answer in seen[LOW].values()) >= 3
    both = seen[LOW].keys() & seen[HIGH].keys()
    differing = {path for method, path, body in both if seen[LOW][method, path, body] != seen[HIGH][method, path, body]}
    base = "/recruitments/1/rounds/1"
    assert {f"{base}/comparison", f"{base}/comparison.docx", f"{base}/discussion", f"{base}/dissents"} <= differing
    assert "/recruitments/1/sift/result" in differing


def exports() -> Iterator[list[str]]:
    """Everything in every format that `recruit export` knows."""
    forms = next(item for item in main.commands["export"].params if item.name == "form").type
    assert isinstance(forms, click.Choice)
    return (["export", "1", "--to", "{folder}", "--format", form] for form in forms.choices)


COMMANDS = [
    ["compare", "1"],
    ["compare", "1", "--json"],
    ["compare", "1", "--round", "2"],
    ["compare", "1", "--round", "2", "--json"],
    *exports(),
    ["export", "1", "--to", "{folder}", "--only", "comparison"],
    ["check-log"],
]


def everything_printed(world: World, folder: Path) -> dict[str, Any]:
    """Status, words and files of every command."""
    make(world, first_revealed=True)
    found = {}
    for arguments in COMMANDS:
        place = folder / str(len(found))
        db.session.remove()
        result = CliRunner().invoke(main, [part.format(folder=place) for part in arguments])
        files = {file.name: contents(file.read_bytes()) for file in sorted(place.rglob("*"))} if place.exists() else {}
        words = result.output.replace(str(place), "")
        assert SECRET not in words + repr(files), arguments
        found[" ".join(arguments)] = (result.exit_code, words, files)
    return found


def test_commands_say_and_write_the_same_before_the_reveal(
    app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stop_the_clock(monkeypatch)
    low, high = everything_printed(LOW, tmp_path / "low"), everything_printed(HIGH, tmp_path / "high")
    assert low == high
    refused = {command for command, (status, _words, _files) in low.items() if status != 0}
    assert refused == {"compare 1 --round 2", "compare 1 --round 2 --json"}
    files = low["export 1 --to {folder} --format docx"][2]
    assert {"guide-2.docx", "comparison-1.docx"} <= files.keys()
    assert "comparison-2.docx" not in files


@pytest.mark.parametrize("arguments", [["compare", "1"], ["export", "1", "--to", "{folder}", "--format", "json"]])
def test_command_refuses_results_of_the_first_round(app: Flask, tmp_path: Path, arguments: list[str]) -> None:
    make(LOW, first_revealed=False)
    db.session.remove()
    result = CliRunner().invoke(main, [part.format(folder=tmp_path / "out") for part in arguments])
    assert result.exit_code == 2
    assert "revealed" in result.output
    assert not (tmp_path / "out").exists()


def test_case_file_leaves_out_what_is_blind(app: Flask) -> None:
    found = []
    for world in (LOW, HIGH):
        make(world, first_revealed=True)
        found.append(export_case(db.session.get_one(Recruitment, 1), actor=None))
        db.session.rollback()
    assert found[0] == found[1]
    assert SECRET not in found[0]
    assert found[0].count("round: 1") > found[0].count("round: 2")


def test_mails_say_nothing_of_what_is_blind(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    stop_the_clock(monkeypatch)
    monkeypatch.setitem(app.config, "SMTP_HOST", "mail.example.org")
    monkeypatch.setitem(app.config, "MAIL_FROM", "recruit@example.org")
    found = []
    for world in (LOW, HIGH):
        make(world, first_revealed=True)
        with app.test_request_context():
            reminders.queue_due(MOMENT.replace(day=27))
        rows = db.session.scalars(db.select(Message).where(Message.recipient.not_in([ANNA, DAN])).order_by(Message.id))
        found.append([(row.recipient, row.subject, without_tokens(row.body)) for row in rows])
        db.session.rollback()
    assert found[0] == found[1]
    assert {recipient for recipient, _subject, _body in found[0]} >= {CHAIR}
    assert SECRET not in repr(found)


def test_log_holds_no_names_ratings_or_words(app: Flask) -> None:
    make(LOW, first_revealed=False)
    anna = signed_in(app, ANNA)
    path = "/recruitments/1/rounds/1/scorecards/1"
    criterion = db.session.scalar(db.select(Criterion.id).where(Criterion.recruitment_id == 1).order_by(Criterion.id))
    assert anna.post(path + "/reopen").status_code == 302
    saved = anna.put(f"{path}/ratings/{criterion}", json={"score": 2, "evidence": SECRET, "version": 1})
    assert saved.status_code == 200
    assert anna.post(path, data={"action": "submit"}).status_code == 302
    log = signed_in(app, AUDITOR).get("/log").get_data(as_text=True)
    assert "scorecard.submitted" in log
    assert SECRET not in log
    assert "Ørsted" not in log
    assert "anna" not in log.lower()


def test_hr_cannot_sign_in_as_a_member_with_open_scorecards(app: Flask) -> None:
    """A link opens the account: while Anna's cards are blind only the server's own command line makes one."""
    make(LOW, first_revealed=False)
    anna = find_person(ANNA)
    assert anna is not None
    member = db.session.scalar(db.select(PanelMember.id).where(PanelMember.person_id == anna.id))
    hr = signed_in(app, HR)
    for path in (f"/people/{anna.id}/link", f"/recruitments/1/panel/{member}/link"):
        answer = hr.post(path)
        assert answer.status_code == 400
        assert "/link/" not in answer.get_data(as_text=True).split("<main", 1)[1].replace(path, "")
    db.session.remove()
    assert "/link/" in CliRunner().invoke(main, ["invite", ANNA]).output


def test_hr_makes_a_link_again_after_the_reveal(app: Flask) -> None:
    load(full_case(revealed=[1]))
    make_person(HR, "hr")
    anna = find_person(ANNA)
    assert anna is not None
    assert "/link/" in signed_in(app, HR).post(f"/people/{anna.id}/link").get_data(as_text=True)
