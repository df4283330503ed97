"""A revealed round whose panel recommends and whose HR decides."""

from __future__ import annotations

import re
from typing import Any

from flask import Flask
from support import Client, full_case, load, make_person, signed_in

from recruit.candidates.models import Candidate
from recruit.extensions import db
from recruit.recruitments.models import Recruitment

PANEL = {"chair": "chair@example.org", "anna": "anna@example.org", "bo": "bo@example.org", "hr": "hr@example.org"}


def hidden_in(page: str, field: str) -> str | None:
    found = re.search(rf'name="{field}"[^>]*value="([^"]*)"', page)
    return found[1] if found else None


class Deciding:
    def __init__(self, app: Flask, **changes: Any) -> None:
        self.app = app
        self.recruitment: Recruitment = load(full_case(**({"revealed": [1]} | changes)))
        make_person("hr@example.org", "hr")
        self.base = f"/recruitments/{self.recruitment.id}"
        self.candidates = {row.ref: row.id for row in db.session.scalars(db.select(Candidate))}
        self.criteria = {criterion.key: criterion.id for criterion in self.recruitment.criteria}

    def as_(self, name: str) -> Client:
        return signed_in(self.app, PANEL[name])

    def text(self, name: str, path: str, status: int = 200) -> str:
        answer = self.as_(name).get(self.base + path)
        assert answer.status_code == status, (path, answer.status_code)
        return str(answer.get_data(as_text=True))

    def hidden(self, name: str, path: str, field: str) -> str:
        """What a page that is opened now carries in a hidden field."""
        found = hidden_in(self.text(name, path), field)
        assert found is not None, field
        return found

    def post(self, name: str, path: str, **values: Any) -> Any:
        return self.as_(name).post(self.base + path, data=values)

    def choose(self, *refs: str, nobody: bool = False, version: str | None = None) -> Any:
        values = dict.fromkeys((f"place_{item}" for item in self.candidates.values()), "")
        values |= {f"place_{self.candidates[ref]}": str(place) for place, ref in enumerate(refs, 1)}
        version = version if version is not None else self.hidden("chair", "/recommendation/choice", "version")
        return self.post(
            "chair", "/recommendation/choice", **values, **({"nobody": "y"} if nobody else {}), version=version
        )

    def write(self, key: str, text: str, version: int = 0) -> Any:
        body = {"text": text, "version": version}
        return self.as_("chair").put(f"{self.base}/recommendation/edit/texts/{key}", json=body)

    def finish(self) -> Any:
        version = self.hidden("chair", "/recommendation", "version")
        return self.post("chair", "/recommendation/final", version=version)

    def recommend(self, *refs: str) -> None:
        """A final recommendation, with what it needs."""
        assert self.choose(*(refs or ("K1",)), nobody=False).status_code == 302
        assert self.write("summary", "Den bedst egnede til stillingen.").status_code == 200
        assert self.write("against", "Erfaringen med fusioner vejer tungest.").status_code == 200
        assert self.finish().status_code == 302

    def decide(self, *refs: str, **values: str) -> Any:
        page = self.text("hr", "/decision/edit")
        shown = {name: value for name in ("version", "shown") if (value := hidden_in(page, name)) is not None}
        data: dict[str, Any] = {
            "outcome": "hired" if refs else "nobody",
            "hired": [str(self.candidates[ref]) for ref in refs],
            "decided_on": "2026-11-24",
            "decided_by": "Dorte Direktør",
            "reason": "Bedst egnet efter en samlet vurdering.",
        }
        return self.post("hr", "/decision/edit", **(data | shown | values))
