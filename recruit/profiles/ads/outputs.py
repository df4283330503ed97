"""The ad as it leaves the product: plain text, HTML that any editor takes, and what search engines read."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from markupsafe import Markup

from recruit.profiles.ads.rules import ADDRESS
from recruit.profiles.rules import BULLET, blocks

# Employment as schema.org and Google name it.
EMPLOYMENT = ("FULL_TIME", "PART_TIME", "TEMPORARY")
PLACE = re.compile(r"^(?:(?P<street>.*?)[,\s]+)?(?P<code>\d{4})\s+(?P<town>[^,\d]+?)\s*$")
POST = re.compile(r"^[\w.+-]+@[\w-]+(?:\.[\w-]+)+$")

Section = Sequence[str]  # key, heading, text


def plain_text(parts: Iterable[Section]) -> str:
    """For Jobnet and others that take text only: headings in capitals, a blank line between, items with a hyphen."""
    written = []
    for key, heading, text in parts:
        if not text:
            continue
        pieces = [heading.upper()] if heading else []
        for is_list, lines in blocks(text):
            pieces.append("\n".join(BULLET + line if is_list else line for line in lines))
        written.append("\n\n".join(pieces).upper() if key == "headline" else "\n\n".join(pieces))
    return "\n\n".join(written) + "\n"


def clean_html(parts: Iterable[Section], *, level: int = 2) -> Markup:
    """Only p, h2, h3, ul, li, a and no attribute but href. The headline is a heading of `level`, sections one below."""
    written: list[Markup] = []
    for key, heading, text in parts:
        if not text:
            continue
        if key == "headline":
            written.append(_heading(" ".join(text.split()), level))
            continue
        if heading:
            written.append(_heading(heading, level + 1))
        written.extend(prose_html(text))
    return Markup("\n").join(written) + "\n"


def _heading(text: str, level: int) -> Markup:
    return Markup("<h{level}>{text}</h{level}>").format(level=level, text=text)


def prose_html(text: str) -> Iterator[Markup]:
    """A text as paragraphs and lists, escaped, its addresses made into links."""
    for is_list, lines in blocks(text):
        if is_list:
            items = Markup("\n").join(Markup("<li>{}</li>").format(linked(line)) for line in lines if line)
            yield Markup("<ul>\n{}\n</ul>").format(items)
        else:
            yield Markup("<p>{}</p>").format(linked(" ".join(lines)))


def linked(text: str) -> Markup:
    """Escaped text with links for addresses of pages (http, https) and mail, and for nothing else."""
    written, at = Markup(""), 0
    for found in ADDRESS.finditer(text):
        written += text[at : found.start()]
        written += Markup('<a href="{}">{}</a>').format(address_link(found[0]), found[0])
        at = found.end()
    return written + text[at:]


def address_link(address: str) -> str:
    """What a link to an address of a page or of mail points at; empty for anything else."""
    if re.match(r"https?://\S+$", address):
        return address
    return f"mailto:{address}" if POST.match(address) else ""


def job_posting(
    published: dict[str, Any], *, address: str, posted_at: datetime, closes_on: date, zone: ZoneInfo
) -> dict[str, Any]:
    """schema.org/JobPosting with what Google's documentation requires (title, description, datePosted,
    hiringOrganization, jobLocation) and what of the rest is known."""
    body = clean_html([part for part in published["parts"] if part[0] != "headline"])
    found: dict[str, Any] = {
        "@context": "https://schema.org/",
        "@type": "JobPosting",
        "title": published["title"],
        "description": str(body),
        "datePosted": posted_at.astimezone(zone).date().isoformat(),
        "validThrough": datetime.combine(closes_on, time(23, 59, 59), zone).isoformat(),
        "employmentType": published["employment"],
        "hiringOrganization": {"@type": "Organization", "name": published["organisation"]},
        "jobLocation": {"@type": "Place", "address": _postal(published)},
        "url": address,
        "directApply": False,
    }
    low, high = published["pay_from"], published["pay_to"]
    if low:
        amount = {"minValue": low, "maxValue": high} if high else {"minValue": low}
        value = {"@type": "QuantitativeValue", **amount, "unitText": "MONTH"}
        found["baseSalary"] = {"@type": "MonetaryAmount", "currency": "DKK", "value": value}
    return found


def _postal(published: dict[str, Any]) -> dict[str, str]:
    """The address of the workplace: ”Skovvej 1, 8300 Odder” in its parts, anything else as it is written."""
    found = PLACE.match(published["workplace"])
    address = {"@type": "PostalAddress", "addressCountry": "DK"}
    if not found:
        return address | {"streetAddress": published["workplace"] or published["organisation"]}
    street = (found["street"] or "").strip(" ,")
    return (
        address
        | ({"streetAddress": street} if street else {})
        | {"postalCode": found["code"], "addressLocality": found["town"]}
    )
