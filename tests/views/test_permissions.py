"""Every endpoint against every kind of person, and against the ids of somebody else's recruitment."""

from __future__ import annotations

from doors import doors, ids_of, knock
from flask import Flask
from support import MEMBERS, Client, case, declared, full_case, load, make_person, signed_in

from recruit.permissions import PERMISSIONS
from recruit.web.guard import permission_of

OPEN = {"sign_in"}


def people(app: Flask) -> dict[str, Client]:
    """One browser for every kind of person in the first recruitment."""
    for email, role in (("hr@example.org", "hr"), ("auditor@example.org", "auditor"), ("other@example.org", None)):
        make_person(email, role)
    emails = {
        "hr": "hr@example.org",
        "auditor": "auditor@example.org",
        "chair": "chair@example.org",
        "member": "anna@example.org",
        "substitute": "sub@example.org",
        "undeclared": "late@example.org",
        "disqualified": "out@example.org",
        "stranger": "other@example.org",
        "elsewhere": "else@example.org",
    }
    browsers = {kind: signed_in(app, email) for kind, email in emails.items()}
    nobody = app.test_client()
    assert isinstance(nobody, Client)
    return browsers | {"nobody": nobody}


PANEL = [
    {"email": "chair@example.org", "name": "Carla", "role": "chair", "side": "chief"},
    {"email": "anna@example.org", "name": "Anna", "role": "member", "side": "employee"},
    {"email": "bo@example.org", "name": "Bo", "role": "member", "side": "user"},
    {"email": "sub@example.org", "name": "Sus", "role": "substitute", "side": "peer"},
    {"email": "late@example.org", "name": "Lars", "role": "member", "side": "peer"},
    {"email": "out@example.org", "name": "Oda", "role": "member", "side": "peer"},
]
IMPARTIAL = [
    *declared((*MEMBERS, "sub@example.org")),
    {"panelist": "out@example.org", "candidate": "K1", "conflict": True},
]
OTHER_PANEL = [
    {"email": "else@example.org", "name": "Else", "role": "chair", "side": "chief"},
    {"email": "b@example.org", "name": "B", "role": "member", "side": "peer"},
]
# What each kind is in the table of permissions; the kinds not named here are nothing in the recruitment.
KINDS = {
    "hr": {"public", "person", "hr"},
    "auditor": {"public", "person", "auditor"},
    "chair": {"public", "person", "panelist", "chair"},
    "member": {"public", "person", "panelist", "member"},
    "substitute": {"public", "person", "panelist", "substitute"},
    "undeclared": {"public", "person", "undeclared"},
    "disqualified": {"public", "person", "disqualified"},
    "stranger": {"public", "person", "panelist"},
    "elsewhere": {"public", "person", "panelist"},
    "nobody": {"public"},
}


def test_every_endpoint_names_a_permission(app: Flask) -> None:
    unnamed = [name for name in app.view_functions if name != "static" and permission_of(app, name) is None]
    assert unnamed == []


def test_every_permission_is_used_and_every_kind_is_known(app: Flask) -> None:
    used = {permission_of(app, name) for name in app.view_functions}
    assert set(PERMISSIONS) - used == set()
    known = set().union(*KINDS.values())
    assert set().union(*PERMISSIONS.values()) <= known


def test_every_door_opens_for_those_in_the_table_and_for_nobody_else(app: Flask) -> None:
    recruitment = load(case(panel=PANEL, impartiality=IMPARTIAL, locked=[1]))
    load(case(panel=OTHER_PANEL, impartiality=declared(("else@example.org", "b@example.org"))))
    ids = ids_of(recruitment)
    browsers = people(app)
    wrong = []
    for endpoint, method, path in doors(app, ids):
        permission = permission_of(app, endpoint)
        assert permission is not None
        inside = "recruitment_id" in path or path.startswith(f"/recruitments/{recruitment.id}")
        for kind, browser in browsers.items():
            if endpoint in ("accounts.sign_out", "accounts.choose_language") or (method != "GET" and kind in KINDS):
                may_change = bool(PERMISSIONS[permission] & KINDS[kind])
                if may_change:
                    continue  # those who may would change the world for the next; the other tests walk their way
            granted = (
                KINDS[kind]
                if inside
                else KINDS[kind] - {"undeclared", "disqualified"}
                | ({"panelist"} if kind in ("undeclared", "disqualified") else set())
            )
            expected = bool(PERMISSIONS[permission] & granted)
            status = knock(browser, method, path)
            refused = status in (302, 401, 403, 404)
            if endpoint == "candidates.decision" and status == 403:
                continue  # who decides depends on whose declaration it is: tests/views/test_impartiality.py
            if (expected and status == 403) or (not expected and not refused):
                wrong.append((kind, method, path, status))
    assert wrong == []


def test_ids_of_another_recruitment_are_not_found(app: Flask) -> None:
    """The chair of one recruitment puts every id of another into the URLs of their own."""
    mine, other = load(full_case(revealed=[1])), load(case(panel=OTHER_PANEL, locked=[1]))
    ids, foreign = ids_of(mine), ids_of(other)
    chair = signed_in(app, "chair@example.org")
    found = []
    for name in ("candidate_id", "criterion_id", "member_id", "question_id", "declaration_id"):
        if not foreign.values[name]:
            continue
        mixed = ids_of(mine)
        mixed.values[name] = foreign.values[name]
        for endpoint, method, path in doors(app, mixed):
            if f"<int:{name}>" in str(next(app.url_map.iter_rules(endpoint))):
                status = knock(chair, method, path)
                if status not in (403, 404):
                    found.append((name, method, path, status))
    assert found == []
    assert ids.values["candidate_id"] != foreign.values["candidate_id"]


def test_recruitment_of_others_is_not_known_to_exist(app: Flask) -> None:
    recruitment = load(case())
    make_person("other@example.org")
    stranger = signed_in(app, "other@example.org")
    assert stranger.get(f"/recruitments/{recruitment.id}").status_code == 404
    assert stranger.get("/recruitments/9999").status_code == 404


def test_script_without_session_is_told_so_in_json(app: Flask) -> None:
    recruitment = load(case(locked=[1]))
    ids = ids_of(recruitment).values
    path = f"/recruitments/{recruitment.id}/rounds/1/scorecards/{ids['candidate_id']}/ratings/{ids['criterion_id']}"
    nobody = app.test_client()
    answer = nobody.open(path, method="PUT", json={})
    assert answer.status_code == 401
    assert "Log ind igen" in answer.json["error"]


def test_form_without_token_is_refused(app: Flask) -> None:
    make_person("hr@example.org", "hr")
    hr = signed_in(app, "hr@example.org")
    assert hr.post("/people", data={"name": "X", "email": "x@example.org"}, forged=True).status_code == 400
