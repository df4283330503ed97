from __future__ import annotations

import pytest
from flask import Flask
from mailserver import nowhere


@pytest.fixture
def with_mail(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """A mail server is configured, and nothing listens at it: what is queued stays queued."""
    for name, value in nowhere().items():
        monkeypatch.setitem(app.config, name, value)
