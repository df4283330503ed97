"""The rules say in words what is wrong: they need a language."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from flask import Flask

from recruit.extensions import babel

APP = Flask(__name__)
babel.init_app(APP, locale_selector=lambda: "da")


@pytest.fixture(autouse=True)
def in_danish() -> Iterator[None]:
    with APP.app_context():
        yield
