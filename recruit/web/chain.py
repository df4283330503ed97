"""The chain of a recruitment as its navigation: each package gives its link, `create_app` puts them in order."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from flask import Flask, g, request

DONE, TODO, MISSING, LOCKED, OPTIONAL = "done", "todo", "missing", "locked", "optional"
WAITING = "waiting"  # on somebody else: nothing that this person can do


@dataclass(frozen=True)
class Link:
    """What is there, or what to do. `blueprints` (or endpoints) are those whose pages belong to the link."""

    label: str
    url: str | None
    note: str
    state: str
    blueprints: tuple[str, ...]
    current: bool = False


Provider = Callable[[Any], Link]


def install(app: Flask, providers: Sequence[Provider]) -> None:
    @app.context_processor
    def values() -> dict[str, object]:
        return {"chain_links": links}

    def links() -> list[Link]:
        """The links of the recruitment of this request."""
        if "chain" not in g:  # a page may show them twice
            g.chain = [provider(g.recruitment) for provider in providers]
        here = {request.blueprint, request.endpoint}
        return [replace(link, current=not here.isdisjoint(link.blueprints)) for link in g.chain]
