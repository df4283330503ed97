"""The contents list: a real field of Word whose entries are there before anybody updates it."""

from __future__ import annotations

import io
import re

import docx
import pytest
from docx.oxml.ns import qn

from recruit.documents.word import Run, WordDocument


def written(levels: int = 2, *, headings: bool = True) -> docx.document.Document:
    document = WordDocument("Profil", language="da", header="", footer="")
    document.title("Forsiden")
    document.page_break()
    document.contents(levels)
    if headings:
        document.heading("Først & <fremmest>")
        document.height_of(lambda: document.heading("Kun målt"))
        document.heading(Run("Et rum"), 2, ("P", "#1f5f99"))
        document.heading("Dybt nede", 3)
        document.heading("Til sidst")
    return docx.Document(io.BytesIO(document.to_bytes()))


def test_entries_are_there_and_each_leads_to_its_heading() -> None:
    body = written().element.body
    links = list(body.iter(qn("w:hyperlink")))
    texts = ["".join(part.text for part in link.iter(qn("w:t"))) for link in links]
    assert texts == ["Først & <fremmest>", "P   Et rum", "Til sidst"]
    marks = {mark.get(qn("w:name")): mark for mark in body.iter(qn("w:bookmarkStart"))}
    assert [link.get(qn("w:anchor")) for link in links] == list(marks)
    for name, text in zip(marks, ("Først & <fremmest>", "Et rum", "Til sidst"), strict=True):
        heading = "".join(part.text for part in marks[name].getparent().iter(qn("w:t")))
        assert heading.endswith(text)
    ids = [mark.get(qn("w:id")) for mark in marks.values()]
    assert ids == [mark.get(qn("w:id")) for mark in body.iter(qn("w:bookmarkEnd"))]
    assert len(set(ids)) == len(ids)


def test_list_is_one_whole_field_that_word_can_make_anew() -> None:
    body = written().element.body
    kinds = [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))]
    assert kinds == ["begin", "separate", "end"]
    instruction = next(body.iter(qn("w:instrText"))).text
    assert re.fullmatch(r' TOC \\o "1-2" \\h \\z \\n ', instruction)
    first = next(body.iter(qn("w:fldChar"))).getparent().getparent()
    assert first.find(f"{qn('w:pPr')}/{qn('w:pageBreakBefore')}") is not None


@pytest.mark.parametrize("levels", [1, 2, 3])
def test_styles_of_the_entries_are_in_the_document(levels: int) -> None:
    document = written(levels)
    styles = {style.style_id for style in document.styles}
    used = {paragraph.style.style_id for paragraph in document.paragraphs if paragraph.style.style_id.startswith("TOC")}
    assert used == {f"TOC{level}" for level in range(1, levels + 1)}
    assert used <= styles


def test_document_without_headings_has_an_empty_field() -> None:
    body = written(headings=False).element.body
    assert [mark.get(qn("w:fldCharType")) for mark in body.iter(qn("w:fldChar"))] == ["begin", "separate", "end"]
