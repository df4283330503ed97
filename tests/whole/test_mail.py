"""Mail through a real server: secure or not, refused, dead, by several processes at once."""

from __future__ import annotations

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from flask import Flask
from mailserver import CERTIFICATE, PASSWORD, Post, nowhere, post
from sqlalchemy import select

from recruit.audit import now
from recruit.config import mail_settings
from recruit.extensions import db
from recruit.mail.models import Message
from recruit.mail.rules import MOST_ATTEMPTS, REQUEST
from recruit.mail.service import Delivery, cancel, deliver_due, queue

Configured = Callable[[dict[str, object]], None]


@pytest.fixture
def configured(app: Flask, monkeypatch: pytest.MonkeyPatch) -> Configured:
    """Gives the application these settings for the length of a test."""

    def use(settings: dict[str, object]) -> None:
        for name, value in settings.items():
            monkeypatch.setitem(app.config, name, value)

    return use


@pytest.fixture
def letterbox(configured: Configured) -> Iterator[Post]:
    with post() as server:
        configured(mail_settings(server.settings()))
        yield server


def write(*recipients: str, body: str = "Kære alle", **more: object) -> None:
    for recipient in recipients:
        queue("link", recipient, "Hej", body, **more)  # type: ignore[arg-type]
    db.session.commit()


def stored() -> list[Message]:
    db.session.rollback()
    db.session.expire_all()
    found = list(db.session.scalars(select(Message).order_by(Message.id)))
    db.session.expunge_all()
    db.session.rollback()
    return found


def make_due() -> None:
    db.session.execute(db.update(Message).values(due_at=now() - timedelta(seconds=1)))
    db.session.commit()


def test_what_is_queued_is_sent_once_and_its_text_is_forgotten(letterbox: Post) -> None:
    write("a@mail.example", "b@mail.example", body="Et link: http://x.example/link/abc")
    assert deliver_due() == Delivery(2, 0)
    assert deliver_due() == Delivery(0, 0)
    assert letterbox.letters.recipients() == ["a@mail.example", "b@mail.example"]
    letter = letterbox.letters.letters[0]
    assert "http://x.example/link/abc" in letter.get_content()
    assert letter["From"] == "Odder Kommune <rekruttering@odder.example>"
    assert letter["Auto-Submitted"] == "auto-generated"
    for message in stored():
        assert message.sent_at is not None
        assert (message.body, message.calendar, message.failure, message.attempts) == ("", "", "", 1)


def test_nothing_is_sent_of_what_was_not_committed(letterbox: Post) -> None:
    queue("link", "a@mail.example", "Hej", "tekst")
    db.session.rollback()
    assert deliver_due() == Delivery(0, 0)
    assert letterbox.letters.letters == []


def test_nothing_is_written_where_no_server_is_configured(app: Flask) -> None:
    assert queue("link", "a@mail.example", "Hej", "tekst") is None
    db.session.commit()
    assert stored() == []
    assert deliver_due() == Delivery(0, 0)


def test_message_waits_for_its_time_and_a_request_is_no_message(letterbox: Post) -> None:
    write("later@mail.example", due_at=now() + timedelta(hours=1))
    queue(REQUEST, "asked@mail.example", "", "/")
    db.session.commit()
    assert deliver_due() == Delivery(0, 0)
    assert letterbox.letters.letters == []


def test_no_more_than_the_limit_is_sent_in_one_run(letterbox: Post) -> None:
    write(*[f"{number}@mail.example" for number in range(5)])
    assert deliver_due(limit=2) == Delivery(2, 0)
    assert deliver_due() == Delivery(3, 0)


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_secure_server_that_asks_for_a_password(
    configured: Configured, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    """The certificate counts: without trust in it nothing is sent; nor with a wrong password."""
    with post(security, signs_in=True) as server:
        configured(mail_settings(server.settings()))
        write("a@mail.example")
        assert deliver_due() == Delivery(0, 1)
        assert stored()[0].failure == "security"
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        configured(mail_settings(server.settings(RECRUIT_SMTP_PASSWORD="et forkert ord")))
        make_due()
        assert deliver_due() == Delivery(0, 1)
        assert stored()[0].failure == "sign_in"
        assert server.letters.letters == []
        configured(mail_settings(server.settings()))
        make_due()
        assert deliver_due() == Delivery(1, 0)
        assert server.letters.recipients() == ["a@mail.example"]


def test_no_password_is_sent_to_a_server_without_tls(configured: Configured) -> None:
    with post() as server:
        told = server.settings(RECRUIT_SMTP_SECURITY="starttls", RECRUIT_SMTP_USER="x", RECRUIT_SMTP_PASSWORD=PASSWORD)
        configured(mail_settings(told))
        write("a@mail.example")
        assert deliver_due() == Delivery(0, 1)
        assert stored()[0].failure == "security"


def test_dead_server_costs_one_message_an_attempt_and_the_rest_wait(configured: Configured) -> None:
    configured(nowhere())
    write("a@mail.example", "b@mail.example")
    before = now()
    assert deliver_due() == Delivery(0, 1)
    first, second = stored()
    assert (first.failure, first.attempts, second.attempts) == ("connection", 1, 0)
    assert timedelta(seconds=50) < first.due_at - before < timedelta(minutes=2)
    assert first.body == "Kære alle"
    assert deliver_due() == Delivery(0, 1)
    assert deliver_due() == Delivery(0, 0)
    assert [message.attempts for message in stored()] == [1, 1]


def test_message_is_given_up_after_ten_attempts_and_forgets_its_link(configured: Configured) -> None:
    configured(nowhere())
    write("a@mail.example", body="et link")
    for _attempt in range(MOST_ATTEMPTS):
        make_due()
        assert deliver_due() == Delivery(0, 1)
    make_due()
    assert deliver_due() == Delivery(0, 0)
    assert (stored()[0].attempts, stored()[0].body) == (MOST_ATTEMPTS, "")


@pytest.mark.parametrize(
    ("answer", "failure", "again"),
    [("550 no such user", "recipient", False), ("450 greylisted", "busy", True), ("553 not now", "recipient", False)],
)
def test_refused_recipient_does_not_hold_up_the_others(letterbox: Post, answer: str, failure: str, again: bool) -> None:
    letterbox.letters.refused["a@mail.example"] = answer
    write("a@mail.example", "b@mail.example")
    assert deliver_due() == Delivery(1, 1)
    assert letterbox.letters.recipients() == ["b@mail.example"]
    assert stored()[0].failure == failure
    letterbox.letters.refused.clear()
    make_due()
    assert deliver_due() == Delivery(int(again), 0)


@pytest.mark.parametrize(("answer", "failure"), [("554 rejected", "refused"), ("451 try later", "busy")])
def test_refused_text_is_tried_again(letterbox: Post, answer: str, failure: str) -> None:
    letterbox.letters.answer = answer
    write("a@mail.example")
    assert deliver_due() == Delivery(0, 1)
    assert stored()[0].failure == failure
    letterbox.letters.answer = "250 OK"
    make_due()
    assert deliver_due() == Delivery(1, 0)


def test_address_beyond_ascii_goes_where_the_server_takes_it_and_is_named_where_not(letterbox: Post) -> None:
    write("mette.kjær@odder.example")
    assert deliver_due() == Delivery(0, 1)  # this server does not speak SMTPUTF8
    assert stored()[0].failure == "address"


def test_what_is_taken_back_is_not_sent(letterbox: Post) -> None:
    write("a@mail.example", "b@mail.example")
    cancel("a@mail.example")
    db.session.commit()
    assert deliver_due() == Delivery(1, 0)
    assert letterbox.letters.recipients() == ["b@mail.example"]


def test_process_that_died_while_sending_leaves_a_message_that_is_tried_again(letterbox: Post) -> None:
    write("a@mail.example")

    class Died(BaseException):
        pass

    def die(*_: object) -> None:
        raise Died

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("recruit.mail.service._settle", die)
        with pytest.raises(Died):
            deliver_due()
    assert deliver_due() == Delivery(0, 0)  # not while the claim lasts
    make_due()
    assert deliver_due() == Delivery(1, 0)
    first, second = (letter["Message-ID"] for letter in letterbox.letters.letters)
    assert first == second  # so that the one who gets it sees it once


def test_two_deliverers_at_once_send_each_message_once(app: Flask, letterbox: Post) -> None:
    recipients = [f"{number:02}@mail.example" for number in range(40)]
    write(*recipients)
    letterbox.letters.delay = 0.01
    start, runs = threading.Barrier(3), []

    def deliver() -> None:
        with app.app_context():
            start.wait()
            runs.append(deliver_due())

    threads = [threading.Thread(target=deliver) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert Counter(letterbox.letters.recipients()) == Counter(recipients)
    assert sum(run.sent for run in runs) == len(recipients)
    assert sum(run.sent > 0 for run in runs) > 1  # they really worked at the same time
    assert all(message.sent_at and message.attempts == 1 for message in stored())


def test_saving_is_not_held_up_by_a_slow_mail_server(app: Flask, letterbox: Post) -> None:
    """On SQLite a lock held while a server is waited for would keep every scorecard from being saved."""
    letterbox.letters.delay = 1.5
    write("slow@mail.example")
    deliverer = threading.Thread(target=lambda: _in_context(app, deliver_due))
    deliverer.start()
    time.sleep(0.5)
    began = time.monotonic()
    queue("link", "other@mail.example", "Hej", "tekst")
    db.session.commit()
    took = time.monotonic() - began
    assert deliverer.is_alive()
    deliverer.join(10)
    assert took < 0.8


def _in_context(app: Flask, work: Callable[[], object]) -> None:
    with app.app_context():
        work()
