"""Everything that a person can get: every door of the URL map, every link, and every form of every page.

A form is sent with something in every field. What is sent is never kept: each request meets the same world, at the same
moment.
"""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from types import ModuleType
from typing import Any
from urllib.parse import urlencode, urljoin, urlsplit

import pytest
from doors import Ids, doors
from flask import Flask
from lxml import html
from support import Client, signed_in, some
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect
from werkzeug.test import TestResponse
from worlds import MOMENT, NOBODY

from recruit import audit
from recruit.extensions import db

Key = tuple[str, str, str]
# They end the session that looks, or change its language.
SKIPPED = {"accounts.sign_out", "accounts.choose_language", "static"}
# What every script of ours sends, all at once.
BODY = {"score": 3, "evidence": "ord", "text": "ord", "answer": "shown", "version": 0}
# Tokens of itsdangerous, and of links that sign in: they are drawn by lot.
TOKENS = re.compile(r"[\w=-]{8,}\.[\w-]{6}\.[\w-]{27}(?![\w-])|(?<=/)(h\.)?[\w-]{43}(?![\w-])")
SHA_256, BYTES = re.compile(r'"sha256": "(\w{64})"'), re.compile(r'"bytes": \d+')
MADE = re.compile(rb"<dcterms:(created|modified)[^>]*>[^<]*<")


def stop_the_clock(patch: pytest.MonkeyPatch) -> None:
    """It is the same moment in every world, wherever `now` was imported to."""
    real = audit.now
    for module in list(sys.modules.values()):
        if isinstance(module, ModuleType) and getattr(module, "now", None) is real:
            patch.setattr(module, "now", lambda: MOMENT + timedelta(days=3))


def keep_nothing(patch: pytest.MonkeyPatch) -> None:
    """What a request writes is gone after it."""
    patch.setattr(db.session, "commit", db.session.flush)


def without_tokens(text: str) -> str:
    return TOKENS.sub("token", text)


def contents(body: bytes) -> dict[str, str]:
    """What an answer holds; of a Word or Excel file what is packed into it, without the moment that it was made."""
    if not body.startswith(b"PK"):
        return {"": without_tokens(body.decode("utf-8", "replace"))}
    found: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        for name in archive.namelist():
            part = archive.read(name)
            if part.startswith(b"PK"):
                found |= {f"{name}/{inner}": text for inner, text in contents(part).items()}
            else:
                found[name] = MADE.sub(b"", part).decode("utf-8", "replace")
    for digest in SHA_256.findall(found.get("manifest.json", "")):  # of files that hold the moment they were made
        found = {name: text.replace(digest, "digest") for name, text in found.items()}
    return {name: BYTES.sub("", text) if name == "manifest.json" else text for name, text in found.items()}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: tuple[tuple[str, str], ...]
    flashes: str
    contents: dict[str, str]

    @property
    def text(self) -> str:
        return "\n".join([repr(self.headers), self.flashes, *self.contents.values()])


@dataclass
class Looker:
    """One person, and all that they have seen: (method, path, what was sent) -> the answer."""

    app: Flask
    email: str
    seen: dict[Key, Answer] = field(default_factory=dict)

    def __post_init__(self) -> None:
        client = self.app.test_client() if self.email == NOBODY else signed_in(self.app, self.email)
        assert isinstance(client, Client)
        self.client = client

    def look_around(self, ids: list[Ids], *, only_reading: bool = False) -> None:
        """Reads with each of the ids; sends with the last of them, and whatever the pages say."""
        waiting = [path for each in ids for _endpoint, method, path in doors(self.app, each) if method == "GET"]
        inside = f"/recruitments/{ids[-1].values['recruitment_id']}"
        forms: list[tuple[str, list[tuple[str, str]]]] = []
        while waiting:
            path = waiting.pop()
            page = self.send("GET", path)
            if page is not None:
                waiting += [link for link in links(page, path) if link.startswith((inside, "/log"))]
                forms += filled_forms(page, path)
        if only_reading:
            return
        on_postgresql = db.engine.dialect.name == "postgresql"  # what is read is the same; what is sent costs most
        for action, values in some(forms, 0.12 if on_postgresql else 0.25):
            self.send("POST", action, data=MultiDict(values))
        sent = {path for method, path, _body in self.seen if method == "POST"}
        for _endpoint, method, path in doors(self.app, ids[-1]):
            if method != "GET" and path not in sent:
                self.send(method, path)
            if method == "PUT":
                self.send(method, path, json=BODY)

    def send(self, method: str, path: str, **body: Any) -> Any:
        """Asks, and remembers the answer; the page, if it is a new one."""
        key = (method, path, repr(body) if body else "")
        if key in self.seen or endpoint_of(self.app, method, path) in SKIPPED:
            return None
        response: TestResponse = self.client.open(path, method=method, **body)
        flashes: list[object] = []
        if "Set-Cookie" in response.headers:
            with self.client.session_transaction() as session:
                flashes = session.pop("_flashes", [])
        self.seen[key] = Answer(
            status=response.status_code,
            headers=tuple(
                (name, without_tokens(value))
                for name, value in response.headers
                if name not in ("Set-Cookie", "Content-Length", "Date")
            ),
            flashes=without_tokens(repr(flashes)),
            contents=contents(response.data),
        )
        if method == "GET" and response.status_code == 200 and response.mimetype == "text/html":
            return html.document_fromstring(response.get_data(as_text=True))
        return None


def endpoint_of(app: Flask, method: str, path: str) -> str | None:
    try:
        return str(app.url_map.bind("localhost").match(urlsplit(path).path, method)[0])
    except (HTTPException, RequestRedirect):
        return None


def links(page: Any, path: str) -> Iterator[str]:
    """Every address that the page leads to, those of forms that only ask included."""
    found = [element.get("href") for element in page.xpath("//a[@href]")]
    for form in page.forms:
        if form.method == "GET":
            found.append(f"{form.get('action') or path}?{urlencode(form.form_values())}")
    for address in found:
        yield urljoin(path, address).partition("#")[0]


def filled_forms(page: Any, path: str) -> Iterator[tuple[str, list[tuple[str, str]]]]:
    """Every form that is sent, with something in every field, by each of its buttons."""
    for form in page.forms:
        if form.method == "POST":
            fill(form)
            action = urljoin(path, form.get("action") or path).partition("#")[0]
            values = [(name, value or "") for name, value in form.form_values() if not name.endswith("csrf_token")]
            buttons = [(button.get("name"), button.get("value") or "") for button in form.xpath(".//button[@name]")]
            for button in buttons or [None]:
                yield action, [*values, button] if button else values


SAMPLES = {"email": "ny@example.org", "number": "2", "date": "2026-12-01", "time": "10:00", "text": "Et ord"}


def fill(form: Any) -> None:
    """Something in every field that is empty, the first of every choice, a tick in every box."""
    answered = {element.name for element in form.xpath(".//input[@type='radio'][@checked]")}
    for element in form.xpath(".//input | .//textarea"):
        kind = element.get("type", "text") if element.tag == "input" else "text"
        if kind == "checkbox" or (kind == "radio" and element.name not in answered):
            answered.add(element.name)
            element.set("checked", "checked")
        elif kind in SAMPLES and not element.value.strip():
            element.value = SAMPLES[kind]
    for element in form.xpath(".//select[not(@multiple)]"):
        chosen = [value for value in element.value_options if value]
        if not element.value and chosen:
            element.value = chosen[0]
