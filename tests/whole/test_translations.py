"""Every text that a person meets is in gettext, and the English catalogue has all of them and nothing else."""

from __future__ import annotations

import re
from collections import Counter
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords, parse_mapping_cfg
from babel.messages.pofile import read_po
from jinja2 import Environment, nodes
from support import ROOT

TRANSLATIONS = ROOT / "recruit" / "translations"
PLACEHOLDER = re.compile(r"%\(\w+\)[a-z]|%%|\{\}")
GETTEXT = {"_", "_l", "gettext", "ngettext"}
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))

# What macros return that ends in a class or chooses a way to draw, and is never read.
UNREAD = {"choices", "checkbox", "select", "input", "textarea", "room room--"}


def texts(message: Message | str | tuple[str, ...] | None) -> list[str]:
    """One text, or the singular and the plural."""
    return [message] if isinstance(message, str) else list(message or ())


def source() -> Catalog:
    """What `make translations` would collect now."""
    with (TRANSLATIONS / "babel.cfg").open() as file:
        methods, options = parse_mapping_cfg(file)
    keywords = DEFAULT_KEYWORDS | parse_keywords(re.findall(r"--keywords=(\S+)", (ROOT / "Makefile").read_text()))
    found = extract_from_dir(
        ROOT, methods, options, keywords,
        directory_filter=lambda path: not Path(path).name.startswith((".", "node_modules")),
    )  # fmt: skip
    catalogue = Catalog()
    for _, _, message, _, context in found:
        catalogue.add(message, context=context)
    return catalogue


@pytest.fixture(scope="module")
def english() -> Catalog:
    with (TRANSLATIONS / "en" / "LC_MESSAGES" / "messages.po").open("rb") as file:
        return read_po(file, locale="en", abort_invalid=True)


def test_catalogue_holds_exactly_the_messages_of_the_source(english: Catalog) -> None:
    wanted = {message.id for message in source() if message.id}
    held = {message.id for message in english if message.id}
    assert len(wanted) > 500
    assert wanted - held == set(), "Run make translations, and translate what is new"
    assert held - wanted == set(), "Run make translations"
    assert not english.obsolete, "Run make translations"


def test_every_message_is_translated(english: Catalog) -> None:
    for message in english:
        if message.id:
            written = texts(message.string)
            assert len(written) == len(texts(message.id)), f"a plural form is missing: {message.id}"
            assert all(text.strip() for text in written), f"empty: {message.id}"
            assert not message.fuzzy, f"fuzzy: {message.id}"


def test_translations_keep_the_placeholders_and_the_space_around_them(english: Catalog) -> None:
    for message in english:
        for danish, text in zip(texts(message.id), texts(message.string), strict=True):
            if danish:
                assert Counter(PLACEHOLDER.findall(danish)) == Counter(PLACEHOLDER.findall(text)), danish
                assert danish[-1:].isspace() == text[-1:].isspace(), danish


def test_translations_hold_no_danish_letters_exclamation_marks_or_em_dashes(english: Catalog) -> None:
    for message in english:
        if message.id:
            for text in texts(message.string):
                assert not re.search("[æøåÆØÅ!—]", text), text


class Words(HTMLParser):
    """Collects the text nodes and the attributes that a person reads or hears."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self.found += [
            value or "" for name, value in attributes if name in ("aria-label", "title", "placeholder", "alt")
        ]

    def handle_data(self, data: str) -> None:
        self.found += data.splitlines()


def words_in(template: str) -> list[str]:
    """What stands in a template outside Jinja, where it holds letters."""
    stand_ins = {"variable_begin": "jinja", "block_begin": "\n"}  # a tag's name may be an expression
    words = Words()
    words.feed(
        "".join(stand_ins.get(kind, text if kind == "data" else "") for _, kind, text in Environment().lex(template))
    )
    words.close()
    texts = [text.replace("jinja", "").strip() for text in words.found]
    return [text for text in texts if re.search(r"[^\W\d_]", text) and text not in UNREAD]


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT / "templates")))
def test_templates_hold_no_words_outside_gettext(template: Path) -> None:
    text = template.read_text()
    assert words_in(text) == []
    assert spoken(Environment(extensions=["jinja2.ext.do"]).parse(text)) == []


def spoken(node: nodes.Node) -> list[str]:
    """The strings in Jinja's own expressions that read as a sentence or hold a Danish letter, outside gettext."""
    if isinstance(node, nodes.Call) and isinstance(node.node, nodes.Name) and node.node.name in GETTEXT:
        return []
    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        return [node.value] if re.search("[æøåÆØÅ]|^[A-Z][a-z]+ ?[a-z]", node.value) else []
    return [text for child in node.iter_child_nodes() for text in spoken(child)]


def test_words_outside_gettext_are_found() -> None:
    assert words_in(
        '{# ja #}<p title="Hjælp {{ x }}">{{ _("Gem") }} nu</p>{% if a %}<img alt="{{ b }}">{% endif %}'
    ) == [
        "Hjælp",
        "nu",
    ]
    assert spoken(Environment().parse('{{ page.card("Sådan") }}{{ _("Sådan") }}{{ heading("Alle kandidater") }}')) == [
        "Sådan",
        "Alle kandidater",
    ]
