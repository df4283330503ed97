"""The real server once a worker, Chromium, and people who visit."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from typing import Any

import pytest
from browser.cards import blank_cards
from browser.server import Server
from browser.visitors import Visitors
from browser.walk import Addresses, addresses
from browser.writing import TITLE as WRITTEN_IN
from playwright.sync_api import Browser

from recruit.extensions import db
from recruit.questions.guide import load_guide
from recruit.recruitments.models import Recruitment

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "/browser/" in item.path.as_posix():
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    return browser_type_launch_args | {"executable_path": shutil.which("chromium-headless-shell"), "args": FLAGS}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args: dict[str, Any]) -> dict[str, Any]:
    return browser_context_args | {
        "locale": "da-DK",
        "timezone_id": "Europe/Copenhagen",
        "viewport": {"width": 1280, "height": 900},
        "color_scheme": "light",
        "reduced_motion": "reduce",
    }


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The server with the worked example."""
    server = Server(tmp_path_factory.mktemp("server"))
    server.run("demo")
    server.start()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def base_url(server: Server) -> str:
    """Stands before every path. The plugin's own fixture of this name warns, which is an error here."""
    return server.url


@pytest.fixture(scope="session")
def every_page(server: Server) -> Addresses:
    return addresses(server)


@pytest.fixture(scope="session")
def cards(server: Server) -> Iterator[str]:
    return iter(blank_cards(server))


@pytest.fixture
def card(cards: Iterator[str]) -> str:
    """The path of a scorecard that nobody has written on; every test has its own."""
    return next(cards)


@pytest.fixture(scope="session")
def states() -> dict[tuple[str, str], Any]:
    """The sessions of those who have signed in: (server, e-mail) -> what the browser keeps."""
    return {}


@pytest.fixture
def visitors(
    browser: Browser, server: Server, states: dict[tuple[str, str], Any], browser_context_args: dict[str, Any]
) -> Iterator[Visitors]:
    visitors = Visitors(browser, server.url, states, browser_context_args)
    yield visitors
    assert visitors.close() == []


@pytest.fixture(scope="module")
def question_path(server: Server) -> str:
    """The address of a guide question."""
    with server.database():
        recruitment = db.session.scalars(db.select(Recruitment).where(Recruitment.title == WRITTEN_IN)).one()
        question = load_guide(recruitment.rounds[0])[0]
        return f"/recruitments/{recruitment.id}/rounds/1/guide/{question.id}"
