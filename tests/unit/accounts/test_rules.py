from __future__ import annotations

import pytest

from recruit.accounts.rules import is_email, same_email


@pytest.mark.parametrize("email", ["a@b.dk", "mette.kjær@odder.dk", "x+y@sub.domain.example"])
def test_address_is_taken(email: str) -> None:
    assert is_email(email)


@pytest.mark.parametrize(
    "email", ["", "a", "a@b", "a b@c.dk", "a@b@c.dk", "a@b.dk\nBcc: x@y.dk", "<a@b.dk>", "a" * 250 + "@b.dk"]
)
def test_address_that_cannot_be_one_is_refused(email: str) -> None:
    assert not is_email(email)


def test_same_address_in_other_letters_is_the_same() -> None:
    assert same_email(" Karen@ODDER.dk ") == "karen@odder.dk"
