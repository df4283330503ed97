"""Mail that goes out by itself: from the server's thread, from `recruit serve`, and by the command."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from browser.server import Server
from click.testing import CliRunner
from flask import Flask
from flask_migrate import upgrade
from mailserver import Post, nowhere, post
from support import make_person

from recruit.accounts.sign_in_links import ask_for_link
from recruit.cli import main
from recruit.config import mail_settings
from recruit.extensions import db
from recruit.mail import worker
from recruit.mail.service import queue


def configure(app: Flask, monkeypatch: pytest.MonkeyPatch, letterbox: Post) -> None:
    for name, value in mail_settings(letterbox.settings()).items():
        monkeypatch.setitem(app.config, name, value)


def write() -> None:
    queue("link", "a@mail.example", "Hej", "Kære alle")
    db.session.commit()


def test_thread_of_the_server_sends_and_outlives_a_fault(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def job(_at: object) -> None:
        calls.append(1)
        if len(calls) == 1:
            raise RuntimeError("the database was away")

    monkeypatch.setitem(app.extensions, worker.EXTENSION, ((job,), (job,)))
    with post() as letterbox:
        configure(app, monkeypatch, letterbox)
        write()
        postman = worker.Postman(app, every=0.02)
        postman.start()
        until = time.monotonic() + 10
        while (not letterbox.letters.letters or len(calls) < 2) and time.monotonic() < until:
            time.sleep(0.02)
        postman.stop()
    assert letterbox.letters.recipients() == ["a@mail.example"]
    assert len(calls) > 1
    assert not postman.is_alive()


def test_faulty_job_holds_up_neither_the_others_nor_the_mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    calls = []

    def faulty(_at: object) -> None:
        raise RuntimeError("one recruitment is broken")

    jobs = (faulty, calls.append)
    monkeypatch.setitem(app.extensions, worker.EXTENSION, ((), jobs))
    with post() as letterbox:
        configure(app, monkeypatch, letterbox)
        write()
        with pytest.raises(RuntimeError):
            worker.run_once()
    assert letterbox.letters.recipients() == ["a@mail.example"]
    assert len(calls) == 1


def test_command_says_why_a_mail_was_not_sent(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in nowhere().items():
        monkeypatch.setitem(app.config, name, value)
        monkeypatch.setenv(f"RECRUIT_{name}", str(value))
    write()
    db.session.remove()
    lines = CliRunner().invoke(main, ["send-mail"]).output.splitlines()
    assert lines == ["0 sent, 1 failed", "connection: The mail server is not answering."]


def test_command_sends_what_is_due_and_says_how_many(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    refused = CliRunner().invoke(main, ["send-mail"])
    assert (refused.exit_code, refused.output) == (2, "RECRUIT_SMTP_HOST names no mail server.\n")
    with post() as letterbox:
        for name, value in letterbox.settings().items():
            monkeypatch.setenv(name, value)
        configure(app, monkeypatch, letterbox)
        make_person("ida@odder.example")
        ask_for_link("ida@odder.example", "/")
        write()
        db.session.remove()
        assert CliRunner().invoke(main, ["send-mail"]).output == "2 sent, 0 failed\n"
        assert CliRunner().invoke(main, ["send-mail"]).output == "0 sent, 0 failed\n"
        assert letterbox.letters.recipients() == ["a@mail.example", "ida@odder.example"]


def test_served_application_sends_by_itself(tmp_path: Path) -> None:
    """`recruit serve` with its two workers: what somebody asked for arrives, once, with an address that leads here."""
    with post() as letterbox, pytest.MonkeyPatch.context() as patch:
        for name, value in letterbox.settings().items():
            patch.setenv(name, value)
        (tmp_path / "instance").mkdir()
        server = Server(tmp_path)
        with server.database():
            upgrade()
            make_person("ida@odder.example", "hr")
            ask_for_link("ida@odder.example", "/")
            db.session.commit()
        server.start()
        try:
            until = time.monotonic() + 40
            while not letterbox.letters.letters and time.monotonic() < until:
                time.sleep(0.2)
            time.sleep(0.5)
        finally:
            server.stop()
    assert letterbox.letters.recipients() == ["ida@odder.example"]
    assert f"{server.url}/welcome/" in letterbox.letters.letters[0].get_content()
