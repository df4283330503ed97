"""When a message that failed is tried again, and why it may fail, in words."""

from __future__ import annotations

from datetime import datetime, timedelta

from flask_babel import lazy_gettext as _l

WAITS = (timedelta(minutes=1), timedelta(minutes=5), timedelta(minutes=30), timedelta(hours=2))
LATER = timedelta(days=1)
MOST_ATTEMPTS = 10

# A message that a process is sending at this moment is nobody else's for this long: more than any server takes.
LEASE = timedelta(minutes=10)

# Not a message yet: somebody asked for one at this address, and a job decides whether it is written.
REQUEST = "request"

SENDING, CONNECTION, SECURITY, SIGN_IN, SENDER, BUSY, RECIPIENT, ADDRESS, REFUSED = (
    "sending",
    "connection",
    "security",
    "sign_in",
    "sender",
    "busy",
    "recipient",
    "address",
    "refused",
)
TELL_IT = _l("Sig det til it, hvis det varer ved.")
MEND_ADDRESS = _l("Se efter, om adressen er rigtig, og ret den.")
# code -> (what happened, what to do)
FAILURES = {
    SENDING: (_l("Mailen er ved at blive sendt."), ""),
    CONNECTION: (_l("Mailserveren svarer ikke."), TELL_IT),
    SECURITY: (_l("Forbindelsen til mailserveren er ikke sikker."), TELL_IT),
    SIGN_IN: (_l("Mailserveren tager ikke imod brugernavn og adgangskode."), TELL_IT),
    SENDER: (_l("Mailserveren tager ikke imod afsenderen."), TELL_IT),
    BUSY: (_l("Modtagerens mailserver vil have, at vi venter."), TELL_IT),
    RECIPIENT: (_l("Mailserveren kender ikke modtageren."), MEND_ADDRESS),
    ADDRESS: (_l("Mailserveren kan ikke sende til en adresse med de bogstaver."), MEND_ADDRESS),
    REFUSED: (_l("Mailserveren tog ikke imod mailen."), TELL_IT),
}
# What is wrong with the server is wrong for every message; what is wrong with the recipient is wrong for good.
OF_THE_SERVER = frozenset({CONNECTION, SECURITY, SIGN_IN, SENDER})
FOR_GOOD = frozenset({RECIPIENT, ADDRESS})


def next_attempt(attempts: int, at: datetime) -> datetime:
    """When to try again after the given number of failed attempts (at least one), the last of them at `at`."""
    return at + (WAITS[attempts - 1] if attempts <= len(WAITS) else LATER)


def is_given_up(attempts: int, failure: str) -> bool:
    """Whether the message is not tried again."""
    return failure in FOR_GOOD or attempts >= MOST_ATTEMPTS
