"""Every Word document of the product can be read by somebody who cannot see it: one walk through all of them."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from io import BytesIO

from docx.oxml.ns import qn
from doors import ids_of
from flask import Flask
from support import Client, make_person, signed_in
from wordfile import WordFile

from recruit.candidates.models import Candidate
from recruit.casefile.service import read_case
from recruit.cli.example import EXAMPLES
from recruit.documents.markup import LANGUAGE_TAGS
from recruit.extensions import db
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment
from recruit.recruitments.timetable import today

# What the example has no use for: a letterhead of one's own, and a first sift. Their tests look at their documents. And
# its ad is not out; what applicants then download is the profile that is looked at here.
ELSEWHERE = {"organisation.example", "sifting.word", "jobs.profile"}
LEAST_WORDS = 12  # letters of an alternative text that says anything


def unreadable(content: bytes, language: str) -> list[str]:
    """What keeps somebody from reading a Word file with a screen reader; `faults` looks at tables and pictures."""
    file = WordFile(content)
    found = [fault for fault in file.faults() if fault != "no heading"]
    about = file.document.core_properties
    if not about.title.strip():
        found.append("no title")
    spoken = {about.language, *(item.get(qn("w:val")) for item in file.document.styles.element.iter(qn("w:lang")))}
    if spoken != {LANGUAGE_TAGS[language]}:
        found.append(f"language {spoken}")
    level = 0
    for paragraph in file.document.paragraphs:
        name = paragraph.style.name if paragraph.style is not None else ""
        if name in ("Title", "Heading 1", "Heading 2", "Heading 3"):
            own = 1 if name == "Title" else int(name[-1])  # a title is the first of the headings
            if own > level + 1:
                found.append(f"{name} after level {level}: {paragraph.text!r}")
            level = own
    if not file.styled("Title", "Heading 1"):
        found.append("neither title nor heading")
    pictures = [picture.get("descr", "") for picture in file.body.iter(qn("wp:docPr"))]
    found += [f"picture says only {words!r}" for words in pictures if len(words) < LEAST_WORDS]
    return found


def answer_all(chair: Client, recruitment: Recruitment, candidates: list[int]) -> None:
    """Writes a letter to everybody who has none, and tells whoever is hired of their brief."""
    for candidate in candidates:
        place = f"/recruitments/{recruitment.id}/letters/{candidate}"
        chair.put(f"{place}/sections/letter", json={"text": "Tak for samtalen.", "version": 0})
        chair.post(f"{place}/brief/told", data={"told_on": today().isoformat()})


def word_files(app: Flask, recruitment: Recruitment) -> Iterator[tuple[str, bytes]]:
    """(endpoint, content) of everything that HR or the chair gets of this recruitment as Word, or as Word in a zip."""
    make_person("hr@example.org", "hr")
    chair = next(member.person.email for member in load_members(recruitment) if member.role == "chair")
    candidates = list(
        db.session.scalars(
            db.select(Candidate.id).where(Candidate.recruitment_id == recruitment.id).order_by(Candidate.id)
        )
    )
    ids, adapter = ids_of(recruitment).values, app.url_map.bind("localhost")
    browsers = [signed_in(app, email) for email in ("hr@example.org", chair)]
    answer_all(browsers[1], recruitment, candidates)
    for rule in app.url_map.iter_rules():
        if not rule.rule.endswith((".docx", ".zip")):
            continue
        for candidate in candidates if "candidate_id" in rule.arguments else candidates[:1]:
            values = ids | {"candidate_id": candidate}
            path = adapter.build(rule.endpoint, {name: values[name] for name in rule.arguments})
            method = "POST" if "POST" in (rule.methods or ()) else "GET"
            answers = (browser.open(path, method=method) for browser in browsers)
            answer = next((one for one in answers if one.status_code == 200), None)
            if answer is None:
                continue
            if rule.rule.endswith(".docx"):
                yield rule.endpoint, answer.data
                break
            with zipfile.ZipFile(BytesIO(answer.data)) as package:
                for name in package.namelist():
                    if name.endswith(".docx"):
                        yield rule.endpoint, package.read(name)


def test_every_word_document_is_accessible(app: Flask) -> None:
    recruitment = read_case(EXAMPLES / "skovbrynet.yaml")
    db.session.commit()
    seen: set[str] = set()
    found = {}
    for endpoint, content in word_files(app, recruitment):
        seen.add(endpoint)
        faults = unreadable(content, recruitment.language)
        if faults:
            found[endpoint] = faults
    assert found == {}
    offered = {rule.endpoint for rule in app.url_map.iter_rules() if rule.rule.endswith(".docx")}
    assert offered - seen == ELSEWHERE
