"""The auditor's page of the log: which part of it, leafing through it, and whether its chain holds."""

from __future__ import annotations

import re
from datetime import UTC, datetime

import pytest
from flask import Flask
from sqlalchemy import text
from support import Client, case, counted_queries, load, make_person, signed_in

from recruit.audit import AuditEvent, record
from recruit.extensions import db
from recruit.privacy import service, views


@pytest.fixture
def auditor(app: Flask) -> Client:
    make_person("auditor@example.org", "auditor")
    return signed_in(app, "auditor@example.org")


def page(client: Client, path: str = "/log") -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    return str(answer.get_data(as_text=True))


def numbers(html: str) -> list[int]:
    return [int(found) for found in re.findall(r'<tr role="row">\s*<td class="number" role="cell">(\d+)</td>', html)]


def rounds(count: int, at: datetime | None = None) -> None:
    for number in range(count):
        record("round.changed", None, None, round=number)
    for row in db.session.new:
        if isinstance(row, AuditEvent) and at is not None:
            row.at = at
    db.session.commit()


def test_log_shows_one_kind_of_event_one_recruitment_and_one_period(app: Flask, auditor: Client) -> None:
    first, second = load(case()), load(case())
    assert "round.added" in page(auditor, "/log?event=round.added")
    assert "candidate.added</code>" not in page(auditor, "/log?event=round.added")
    assert len(numbers(page(auditor, "/log?event=round.added"))) == 2
    only = page(auditor, f"/log?event=round.added&recruitment={second.id}")
    assert len(numbers(only)) == 1
    assert f'value="{second.id}"' in only
    assert f">{first.id}<" not in only
    assert "Vis hele loggen fra nyeste" in only


def test_period_counts_whole_days_where_the_users_are(app: Flask, auditor: Client) -> None:
    """In November Copenhagen is an hour ahead: 23.30 UTC is half past midnight on the next day."""
    rounds(1, datetime(2025, 11, 3, 22, 59, tzinfo=UTC))
    rounds(1, datetime(2025, 11, 3, 23, 30, tzinfo=UTC))
    rounds(1, datetime(2025, 11, 5, 22, 59, tzinfo=UTC))
    rounds(1, datetime(2025, 11, 5, 23, 0, tzinfo=UTC))
    first = numbers(page(auditor))[-1]
    assert numbers(page(auditor, "/log?since=2025-11-04&until=2025-11-05")) == [first + 3, first + 2]
    assert numbers(page(auditor, "/log?since=04.11.2025&until=04-11-2025")) == [first + 2]
    assert "Ingen hændelser" in page(auditor, "/log?until=2001-01-01")


@pytest.mark.parametrize(
    "query", ["since=31-31-2026", "until=0001-01-01", "until=9999-12-31", "recruitment=x", "recruitment=0", "event=nej"]
)
def test_filter_that_cannot_be_is_told_and_nothing_is_hidden(app: Flask, auditor: Client, query: str) -> None:
    everything = numbers(page(auditor))
    found = page(auditor, f"/log?{query}")
    assert "Ret dette, og prøv igen" in found
    assert numbers(found) == everything != []


def test_leafing_shows_every_event_once_both_ways(app: Flask, auditor: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(service, "PAGE", 4)
    rounds(9)
    record("case.exported", None)
    db.session.commit()

    def leaf(label: str, path: str) -> list[list[int]]:
        found = []
        while path:
            html = page(auditor, path)
            found.append(numbers(html))
            link = re.search(rf'href="([^"]+)">{label}</a>', html)
            path = link[1].replace("&amp;", "&") if link else ""
        return found

    older = leaf("Vis ældre", "/log?event=round.changed")
    assert [len(part) for part in older] == [4, 4, 1]
    flat = [number for part in older for number in part]
    assert flat == sorted(flat, reverse=True)
    last = older[-1][0]
    newer = leaf("Vis nyere", f"/log?event=round.changed&before={last + 1}")
    assert newer[1:] == [flat[4:8], flat[:4]]
    assert "9 hændelser" in page(auditor, "/log?event=round.changed")


def test_page_asks_a_fixed_number_of_questions(app: Flask, auditor: Client) -> None:
    counts = []
    for _more in range(2):
        rounds(60)
        with counted_queries() as statements:
            page(auditor)
        counts.append(len(statements))
    assert counts[0] == counts[1] <= 4


def test_auditor_checks_the_chain(app: Flask, auditor: Client) -> None:
    rounds(5)
    found = auditor.post("/log").get_data(as_text=True)
    assert "Kæden er ubrudt" in found
    assert "Alle 6 hændelser er efterprøvet." in found
    assert "Kæden er" not in page(auditor)


def test_auditor_is_told_what_is_wrong_with_the_chain(app: Flask, auditor: Client) -> None:
    rounds(6)
    db.session.execute(text("UPDATE audit_event SET event = 'x' WHERE number = 3"))
    db.session.execute(text("DELETE FROM audit_event WHERE number IN (5, 6)"))
    db.session.commit()
    found = auditor.post("/log").get_data(as_text=True)
    assert "Kæden er brudt" in found
    assert "Ændret, eller passer ikke til den før: hændelse 3." in found
    assert "Mangler: hændelse 5 til 6." in found


def test_long_log_is_checked_as_far_as_there_is_time(
    app: Flask, auditor: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(views, "NEWEST", 4)
    rounds(6)
    assert "De nyeste 4 hændelser er efterprøvet." in auditor.post("/log").get_data(as_text=True)


@pytest.mark.parametrize("role", ["hr", None])
def test_nobody_else_checks_the_chain(app: Flask, role: str | None) -> None:
    make_person("somebody@example.org", role)
    assert signed_in(app, "somebody@example.org").post("/log").status_code == 403


def test_codes_stand_in_the_words_of_the_pages(app: Flask, auditor: Client) -> None:
    record("impartiality.declared", None, member=1, candidate=2, answer="none")
    record("member.added", None, member=1, role="substitute", side="union")
    record("profile.changed", None, section="terms")
    record("ad.changed", None, section="intro")
    record("needs.answered", None, what="hardest")
    record("recruitment.closed", None, code="cancelled", count=0)
    record("wording.kept", None, document="profile", rules="age pay_history")
    record("document.made", None, document="ad-short-txt")
    record("document.made", None, document="guide-1-docx")
    db.session.commit()
    html = page(auditor)
    for words in ("om: alder, tidligere løn", "dokument: opslag, kort, ren tekst", "interviewguide, 1, Word"):
        assert words in html
    for words in ("svar: Ingen interessekonflikt", "rolle: Suppleant", "side: Tillidsrepræsentant", "kandidat: 2"):
        assert words in html
    for words in ("afsnit: Løn- og ansættelsesvilkår", "afsnit: Indledning", "hvad: Det sværeste", "grund: Aflyst"):
        assert words in html
