"""Deny by default: a request passes only where the endpoint names a permission and the person has it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, abort, g, jsonify, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_login import current_user

from recruit.permissions import INSIDE, PERMISSIONS, UNDECLARED, allowed

# No row has a larger id: the databases hold ids in four bytes, and raise at the sight of more than eight.
LARGEST_ID = 2**31 - 1

View = TypeVar("View", bound=Callable[..., Any])

# Given by create_app: (person or None, the URL's values) -> the kinds this person is of. May abort with 404.
Resolver = Callable[[Any, dict[str, Any]], frozenset[str]]


def needs(permission: str) -> Callable[[View], View]:
    """Names the permission that a view needs."""
    if permission not in PERMISSIONS:
        raise ValueError(f"{permission} is not in the table of permissions")

    def mark(view: View) -> View:
        view.permission = permission  # type: ignore[attr-defined]
        return view

    return mark


def may(permission: str) -> bool:
    """Whether the person of this request has the permission here. For showing or hiding what leads to it."""
    return allowed(permission, g.get("kinds", frozenset()))


def permission_of(app: Flask, endpoint: str) -> str | None:
    """The permission that an endpoint names; None when it names none, which means nobody may."""
    return getattr(app.view_functions[endpoint], "permission", None)


def install(app: Flask, resolver: Resolver) -> None:
    """Puts the guard before every request."""

    @app.before_request
    def guard() -> ResponseReturnValue | None:
        if request.endpoint is None or request.endpoint == "static":
            return None
        permission = permission_of(app, request.endpoint)
        if permission is None:
            abort(403)
        if any(isinstance(value, int) and value > LARGEST_ID for value in (request.view_args or {}).values()):
            abort(404)
        person = current_user if current_user.is_authenticated else None
        g.kinds = resolver(person, request.view_args or {})
        if allowed(permission, g.kinds):
            return None
        if person is None:
            return ask_to_sign_in()
        if "recruitment_id" in (request.view_args or {}):
            if UNDECLARED in g.kinds:
                return ask_to_declare()
            abort(403 if g.kinds & INSIDE else 404)
        abort(403)


def wants_json() -> bool:
    """Whether a script of ours asked, so that the answer must be JSON."""
    return request.is_json or request.accept_mimetypes.best == "application/json"


def ask_to_sign_in() -> ResponseReturnValue:
    if wants_json():
        return jsonify(
            error=_("Du er blevet logget ud. Log ind igen i et nyt vindue. Din tekst bliver stående her.")
        ), 401
    target = request.full_path.rstrip("?") if request.method == "GET" else None
    return redirect(url_for("accounts.sign_in", next=target))


def ask_to_declare() -> ResponseReturnValue:
    if wants_json():
        return jsonify(error=_("Du skal tage stilling til din habilitet, før du kan fortsætte.")), 403
    return redirect(url_for("candidates.impartiality", recruitment_id=request.view_args["recruitment_id"]))  # type: ignore[index]
