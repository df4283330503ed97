from __future__ import annotations

import pytest

from recruit.config import FaultySetting, mail_settings

HOST = {"RECRUIT_SMTP_HOST": "mail.odder.example", "RECRUIT_MAIL_FROM": "Odder <hr@odder.example>"}


def test_no_server_is_no_fault() -> None:
    assert mail_settings({})["SMTP_HOST"] == ""


@pytest.mark.parametrize(("security", "port"), [("starttls", 587), ("tls", 465), ("none", 25)])
def test_port_follows_the_security(security: str, port: int) -> None:
    found = mail_settings(HOST | {"RECRUIT_SMTP_SECURITY": security})
    assert (found["SMTP_SECURITY"], found["SMTP_PORT"]) == (security, port)
    assert mail_settings(HOST | {"RECRUIT_SMTP_SECURITY": security, "RECRUIT_SMTP_PORT": "2525"})["SMTP_PORT"] == 2525


def test_connection_is_secure_unless_somebody_chose_otherwise() -> None:
    assert mail_settings(HOST)["SMTP_SECURITY"] == "starttls"


@pytest.mark.parametrize(
    ("values", "named"),
    [
        ({"RECRUIT_SMTP_SECURITY": "ssl"}, "RECRUIT_SMTP_SECURITY"),
        ({"RECRUIT_SMTP_PORT": "smtp"}, "RECRUIT_SMTP_PORT"),
        ({"RECRUIT_SMTP_PORT": "0"}, "RECRUIT_SMTP_PORT"),
        ({"RECRUIT_SMTP_PORT": "65536"}, "RECRUIT_SMTP_PORT"),
        ({"RECRUIT_MAIL_FROM": ""}, "RECRUIT_MAIL_FROM"),
        ({"RECRUIT_MAIL_FROM": "Odder Kommune"}, "RECRUIT_MAIL_FROM"),
        ({"RECRUIT_MAIL_FROM": "hr@odder.example\nBcc: x@y.example"}, "RECRUIT_MAIL_FROM"),
        ({"RECRUIT_SMTP_USER": "hr", "RECRUIT_SMTP_SECURITY": "none"}, "RECRUIT_SMTP_PASSWORD"),
    ],
    ids=str,
)
def test_setting_that_cannot_be_used_is_named_and_no_password_is_printed(values: dict[str, str], named: str) -> None:
    with pytest.raises(FaultySetting, match=named) as refused:
        mail_settings(HOST | {"RECRUIT_SMTP_PASSWORD": "hemmelig"} | values)
    assert "hemmelig" not in str(refused.value)
