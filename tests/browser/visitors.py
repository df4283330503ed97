"""People with a browser of their own. Whatever the browser complains about fails the test, unless the test named it."""

from __future__ import annotations

import re
from typing import Any

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Response, WebError, expect

from recruit.cli import EXAMPLE_PASSWORD

HR, AUDITOR = "hr@odder.example", "revisor@odder.example"
REVEALED_CHAIR, REVEALED_MEMBER = "karen.holm@odder.example", "jonas.brandt@odder.example"
SCORED_CHAIR, SCORED_MEMBER = "henrik.dahl@odder.example", "camilla.riis@odder.example"


class Faults:
    """What went wrong in a context: console messages, errors of scripts, other hosts, answers of 400 and above."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self.url = url
        self.found: list[str] = []
        self.answers: list[tuple[int, re.Pattern[str]]] = []
        self.is_unreachable = False
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("response", self._response)

    def allow(self, status: int, path: str) -> None:
        """An answer that the test means to get. `path` is a regular expression for the whole path."""
        self.answers.append((status, re.compile(path)))

    def allow_unreachable(self) -> None:
        """The network or the server is taken away."""
        self.is_unreachable = True

    def _is_allowed(self, status: int, url: str) -> bool:
        path = url.removeprefix(self.url).partition("?")[0]
        return any(status == allowed and pattern.fullmatch(path) for allowed, pattern in self.answers)

    def _console(self, message: ConsoleMessage) -> None:
        # Chromium reports every failed request on the console too.
        refused = re.match(r"Failed to load resource: the server responded with a status of (\d+)", message.text)
        if refused and self._is_allowed(int(refused[1]), message.location["url"]):
            return
        if self.is_unreachable and message.text.startswith("Failed to load resource: net::ERR_"):
            return
        self.found.append(f"console {message.type}: {message.text} ({message.location['url']})")

    def _error(self, error: WebError) -> None:
        self.found.append(f"script: {error.error}")

    def _request(self, request: Request) -> None:
        if not request.url.startswith((f"{self.url}/", "data:", "blob:")):
            self.found.append(f"another host: {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not self._is_allowed(response.status, response.url):
            self.found.append(f"{response.status} {response.request.method} {response.url}")


class Visitors:
    """Opens browsers for people. Everybody signs in by form once; after that the session is reused."""

    def __init__(self, browser: Browser, url: str, states: dict[tuple[str, str], Any], options: dict[str, Any]) -> None:
        self.browser, self.url, self.states, self.options = browser, url, states, options
        self.contexts: list[BrowserContext] = []
        self.faults: list[Faults] = []

    def open(self, email: str | None = None, **options: Any) -> tuple[Page, Faults]:
        """A page of a new context, nothing loaded yet; `email` is signed in."""
        if email:
            options["storage_state"] = self._signed_in(email)
        context = self.browser.new_context(**{**self.options, "base_url": self.url, **options})
        context.set_default_timeout(10_000)
        self.contexts.append(context)
        faults = Faults(context, self.url)
        self.faults.append(faults)
        return context.new_page(), faults

    def _signed_in(self, email: str) -> Any:
        key = (self.url, email)
        if key not in self.states:
            page, _ = self.open()
            sign_in(page, email)
            self.states[key] = page.context.storage_state()
        return self.states[key]

    def close(self) -> list[str]:
        for context in self.contexts:
            context.close()
        return [found for faults in self.faults for found in faults.found]


def sign_in(page: Page, email: str, password: str = EXAMPLE_PASSWORD) -> None:
    page.goto("/sign-in")
    page.get_by_label("E-mail").fill(email)
    page.get_by_label("Adgangskode", exact=True).fill(password)
    page.get_by_role("button", name="Log ind").click()
    expect(page).not_to_have_url(re.compile(r"/sign-in"))
