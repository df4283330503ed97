"""The roles on a panel and the sides its members come from."""

from __future__ import annotations

from flask_babel import lazy_gettext as _l

ROLES = {"chair": _l("Forperson"), "member": _l("Medlem"), "substitute": _l("Suppleant")}
SIDES = {
    "chief": _l("Ledelse"),
    "hr": _l("HR"),
    "employee": _l("Medarbejdere"),
    "union": _l("Tillidsrepræsentant"),
    "peer": _l("Lederkollega"),
    "user": _l("Brugere eller forældre"),
}
FEW_MEMBERS = 3
