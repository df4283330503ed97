from __future__ import annotations

from datetime import UTC, datetime, timedelta

from recruit.mail.rules import FAILURES, FOR_GOOD, LEASE, MOST_ATTEMPTS, OF_THE_SERVER, is_given_up, next_attempt
from recruit.mail.smtp import PATIENCE

AT = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def test_a_failed_message_waits_longer_each_time_and_is_given_up_after_ten_attempts() -> None:
    waits = [next_attempt(attempts, AT) - AT for attempts in range(1, MOST_ATTEMPTS)]
    assert waits == [
        timedelta(minutes=1),
        timedelta(minutes=5),
        timedelta(minutes=30),
        timedelta(hours=2),
        *[timedelta(days=1)] * 5,
    ]
    assert sum(waits, timedelta()) < timedelta(days=7)  # the link inside still works
    assert [is_given_up(attempts, "connection") for attempts in (1, 9, 10)] == [False, False, True]


def test_what_is_wrong_with_the_recipient_is_given_up_at_once() -> None:
    assert {code for code in FAILURES if is_given_up(1, code)} == FOR_GOOD
    assert not FOR_GOOD & OF_THE_SERVER


def test_a_claim_outlasts_a_server_that_takes_its_time_at_every_answer() -> None:
    answers = 12  # greeting, EHLO, STARTTLS, EHLO, AUTH in three, MAIL, RCPT, DATA, text, QUIT
    assert timedelta(seconds=answers * PATIENCE) < LEASE
