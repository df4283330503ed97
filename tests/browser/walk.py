"""Which pages a person may see: the URL map, filled in with the ids of the recruitments they are in."""

from __future__ import annotations

from browser.server import Server
from doors import doors, ids_of

from recruit.extensions import db
from recruit.recruitments.models import Recruitment

FILES = (".docx", ".xlsx", ".ics", ".yaml")
NOT_PAGES = ("web.theme", "accounts.welcome", "accounts.link")  # a sheet, and links that open with a token only

# Title of a recruitment ("" for what is outside any) -> (endpoint, path) of its pages
Addresses = dict[str, list[tuple[str, str]]]


def addresses(server: Server) -> Addresses:
    """Every page of every recruitment that has come to its interviews, for whoever may see it."""
    found: Addresses = {"": []}
    with server.database() as app:
        started = db.select(Recruitment).where(Recruitment.rounds.any()).order_by(Recruitment.id)
        for recruitment in db.session.scalars(started):
            pages = [
                (endpoint, path)
                for endpoint, method, path in doors(app, ids_of(recruitment))
                if method == "GET" and endpoint not in NOT_PAGES and not path.endswith(FILES)
            ]
            found[recruitment.title] = [page for page in pages if page[1].startswith(f"/recruitments/{recruitment.id}")]
            found[""] = [page for page in pages if not page[1].startswith(f"/recruitments/{recruitment.id}")]
    return found
