"""The ad on its way out: plain text, HTML with nothing in it that could harm, what search engines require."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from recruit.profiles.ads.documents import qr_code
from recruit.profiles.ads.outputs import address_link, clean_html, job_posting, linked, plain_text

HARD = "<script>alert(1)</script> Å & \"Ø\" 'x' 🎈"
PARTS = [
    ("headline", "", f"Leder {HARD}"),
    ("intro", "", "Vi åbner.\n\n- ét\n- to"),
    ("apply", "Sådan søger du", f"Søg på https://a.example/?a=1&b=2. {HARD}"),
]
ALLOWED = {"p", "h2", "h3", "ul", "li", "a", "strong"}


def tags(fragment: str) -> list[Any]:
    return list(html.fragment_fromstring(fragment, create_parent="div").iter())[1:]


def test_html_holds_only_what_any_editor_takes() -> None:
    found = clean_html(PARTS)
    assert {element.tag for element in tags(found)} <= ALLOWED
    assert [dict(element.attrib) for element in tags(found) if element.attrib] == [
        {"href": "https://a.example/?a=1&b=2"}
    ]
    assert "<script" not in found
    assert html.fragment_fromstring(found, create_parent="div").text_content().count("🎈") == 2


@given(
    st.text(st.characters(exclude_categories=["C"]), max_size=120), st.text(alphabet="htps:/<>\"'&@.a ", max_size=60)
)
def test_html_of_any_text_is_escaped_and_links_lead_to_pages_and_mail_only(one: str, other: str) -> None:
    found = linked(one + other)
    assert "<" not in found.replace('<a href="', "").replace("</a>", "")
    for element in tags(found) if found.strip() else []:
        assert element.tag == "a"
        assert element.get("href").startswith(("http://", "https://", "mailto:"))


@pytest.mark.parametrize(
    ("address", "link"),
    [
        ("https://odder.dk/job", "https://odder.dk/job"),
        ("hr@odder.dk", "mailto:hr@odder.dk"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("hr@odder.dk?bcc=x", ""),
        ("", ""),
    ],
)
def test_only_pages_and_mail_can_be_linked_to(address: str, link: str) -> None:
    assert address_link(address) == link


def test_plain_text_has_headings_in_capitals_and_hyphens() -> None:
    text = plain_text(PARTS)
    assert text.startswith("LEDER <SCRIPT>")
    assert "Vi åbner.\n\n- ét\n- to\n\nSÅDAN SØGER DU\n\nSøg på https://a.example/?a=1&b=2." in text


PUBLISHED: dict[str, Any] = {
    "title": "Leder af Havhuset",
    "organisation": "Odder Kommune",
    "department": "Børn og Unge",
    "language": "da",
    "parts": PARTS,
    "workplace": "Havvej 1, 8300 Odder",
    "employment": "FULL_TIME",
    "pay_from": 46_000,
    "pay_to": 51_000,
    "apply_at": "",
}


def posting(**changes: Any) -> dict[str, Any]:
    return job_posting(
        PUBLISHED | changes,
        address="https://x.example/jobs/1",
        posted_at=datetime(2026, 11, 30, 23, 30, tzinfo=UTC),
        closes_on=date(2027, 1, 12),
        zone=ZoneInfo("Europe/Copenhagen"),
    )


def faults(found: dict[str, Any]) -> list[str]:
    """What Google's documentation of JobPosting requires: title, description in HTML, datePosted in ISO 8601,
    hiringOrganization with a name, jobLocation with an address and its country; and of validThrough and baseSalary,
    where they are there, that they are in the form that is documented."""
    wrong = [
        name
        for name in ("title", "description", "datePosted", "hiringOrganization", "jobLocation")
        if not found.get(name)
    ]
    if (found["@context"], found["@type"]) != ("https://schema.org/", "JobPosting"):
        wrong.append("@type")
    if "<p>" not in found["description"] or found["title"] in found["description"][:10]:
        wrong.append("description is not HTML")
    date.fromisoformat(found["datePosted"])
    if datetime.fromisoformat(found["validThrough"]).tzinfo is None:
        wrong.append("validThrough without a zone")
    if not found["hiringOrganization"].get("name"):
        wrong.append("hiringOrganization.name")
    address = found["jobLocation"]["address"]
    if address["@type"] != "PostalAddress" or not address.get("addressCountry"):
        wrong.append("jobLocation.address")
    if not any(address.get(name) for name in ("streetAddress", "addressLocality", "postalCode")):
        wrong.append("jobLocation says no place")
    if found.get("employmentType") not in (None, "FULL_TIME", "PART_TIME", "TEMPORARY", "CONTRACTOR", "INTERN"):
        wrong.append("employmentType")
    salary = found.get("baseSalary")
    if salary and (
        salary["@type"] != "MonetaryAmount" or salary["value"]["unitText"] != "MONTH" or not salary["currency"]
    ):
        wrong.append("baseSalary")
    return wrong


@pytest.mark.parametrize("workplace", ["Havvej 1, 8300 Odder", "8300 Odder", "Rådhuset", ""])
def test_posting_has_all_that_search_engines_require(workplace: str) -> None:
    assert faults(posting(workplace=workplace)) == []


def test_posting_knows_days_where_the_organisation_is_and_the_parts_of_the_address() -> None:
    found = posting()
    assert found["datePosted"] == "2026-12-01"
    assert found["validThrough"] == "2027-01-12T23:59:59+01:00"
    assert found["jobLocation"]["address"] == {
        "@type": "PostalAddress",
        "addressCountry": "DK",
        "streetAddress": "Havvej 1",
        "postalCode": "8300",
        "addressLocality": "Odder",
    }
    assert found["baseSalary"]["value"] == {
        "@type": "QuantitativeValue", "minValue": 46_000, "maxValue": 51_000, "unitText": "MONTH",
    }  # fmt: skip
    assert "baseSalary" not in posting(pay_from=None, pay_to=None)


def test_qr_code_is_a_picture_with_a_quiet_zone() -> None:
    png = qr_code("https://recruit.example/jobs/1-leder-af-havhuset")
    assert png.startswith(b"\x89PNG")
    assert qr_code("https://recruit.example/jobs/1-leder-af-havhuset") == png
    assert qr_code("https://recruit.example/jobs/2") != png
