"""Addresses of pages for what leaves the product: mails, links to hand on, the command line. Also outside a request."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import current_app


def path_of(endpoint: str, **values: object) -> str:
    """The path of a page on this server. Values that the page does not name become its query."""
    return current_app.url_map.bind("localhost").build(endpoint, values)


def whole_address(endpoint: str, **values: object) -> str:
    """The whole address of a page, from RECRUIT_BASE_URL on."""
    return str(current_app.config["BASE_URL"]) + path_of(endpoint, **values)


def host() -> str:
    """The name of the server in RECRUIT_BASE_URL."""
    return urlsplit(current_app.config["BASE_URL"]).hostname or "localhost"
