"""The bank searched and filtered, with HR's own questions in it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields

from flask import Flask, current_app
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from recruit.charter.models import Area, Charter, Statement
from recruit.charter.service import charters
from recruit.config import SUPPORTED_LANGUAGES
from recruit.datafiles import Localised
from recruit.questions.bank import Bank, Question
from recruit.questions.rules import KIND_NAMES
from recruit.questions.search import QUERY_LIMIT, Asked, Index, asked, excerpt, holds_all, pieces
from recruit.questions.service import bank_of
from recruit.web.language import listed, localised

EXTENSION = "recruit_question_indexes"
LONGEST = 60  # minutes, as in the bank's own model

Pieces = list[tuple[str, bool]]


@dataclass(frozen=True)
class Filters:
    """What is asked of the bank; what is empty or 0 asks for nothing."""

    query: str = ""
    kind: str = ""
    role: str = ""
    round: int = 0
    minutes: int = 0
    area: str = ""

    @property
    def values(self) -> dict[str, str | int]:
        """Those that ask for something, as the address of the page has them."""
        return {part.name: getattr(self, part.name) for part in fields(self) if getattr(self, part.name)}

    def without(self, name: str) -> dict[str, str | int]:
        return {key: value for key, value in self.values.items() if key != name}

    def keep(self, question: Question, area: Area) -> bool:
        """Whether a question fits everything but the words."""
        return (
            self.kind in ("", question.kind)
            and (not self.role or self.role in question.roles)
            and (not self.round or self.round in question.rounds)
            and (not self.minutes or question.minutes <= self.minutes)
            and self.area in ("", area.id)
        )


@dataclass(frozen=True)
class Hit:
    """A question that was found. `elsewhere`: what it is called and says where a word stands outside its text."""

    question: Question
    area: Area
    item: Area | Statement
    text: Pieces
    statement: Pieces
    roles: str
    elsewhere: tuple[object, Pieces] | None


def read_filters(values: Mapping[str, str], charter: Charter, rounds: Iterable[int]) -> Filters:
    """The filters in an address. What the bank does not have is not asked for."""
    known = {
        "kind": set(KIND_NAMES),
        "role": {role.id for role in charter.roles},
        "area": {area.id for area in charter.areas},
    }
    chosen = {name: values.get(name, "") for name in known}
    return Filters(
        query=" ".join(values.get("query", "").split())[:QUERY_LIMIT],
        round=_number(values.get("round"), set(rounds)),
        minutes=_number(values.get("minutes"), range(1, LONGEST + 1)),
        **{name: value if value in known[name] else "" for name, value in chosen.items()},
    )


def _number(text: str | None, allowed: Iterable[int]) -> int:
    return next((number for number in allowed if str(number) == text), 0)


def choices(charter: Charter, rounds: Iterable[int]) -> dict[str, list[tuple[str | int, object]]]:
    """What can be chosen among in each field, (value, label)."""
    return {
        "kind": list(KIND_NAMES.items()),
        "role": [(role.id, localised(role.name)) for role in charter.roles],
        "round": [(number, _("%(number)s. runde", number=number)) for number in rounds],
        "area": [(area.id, localised(area.name)) for area in charter.areas],
    }


def in_words(filters: Filters, charter: Charter) -> dict[str, object]:
    """What is asked for, by the name of the field, as the page says it."""
    label = {name: dict(found) for name, found in choices(charter, [filters.round]).items()}
    found: dict[str, object] = {}
    for name, value in filters.values.items():
        if name == "query":
            found[name] = f"”{value}”"
        elif name == "minutes":
            found[name] = ngettext("Højst %(num)s minut", "Højst %(num)s minutter", filters.minutes)
        else:
            found[name] = label[name][value]
    return found


def roles_in_words(charter: Charter, question: Question) -> str:
    """Whom a question can be put to. Roles that the charter no longer has are left out."""
    names = [localised(role.name) for role in charter.roles if role.id in question.roles]
    return _("Alle lederroller") if len(names) == len(charter.roles) else listed(names)


def rounds_of(bank: Bank) -> list[int]:
    """The rounds that the bank's questions are marked for."""
    return sorted({number for entry in bank.entries.values() for item in entry.questions for number in item.rounds})


def install(app: Flask) -> None:
    """Makes the indexes of every bank as it was shipped, once."""
    with app.app_context():
        app.extensions[EXTENSION] = {
            (charter.id, language): _index(charter, bank_of(charter.id), language)
            for charter in charters().values()
            for language in SUPPORTED_LANGUAGES
        }


def _index(charter: Charter, bank: Bank, language: str, *, known: Iterable[str] = ()) -> Index:
    """The index of the bank's questions, without those whose ids are known already."""
    left_out = set(known)
    texts = {
        question.id: [text.within(language) for _name, text in _searched(question, item)]
        for _area, item, question in _questions(charter, bank)
        if question.id not in left_out
    }
    return Index(texts, language)


def _questions(charter: Charter, bank: Bank) -> Iterator[tuple[Area, Area | Statement, Question]]:
    """Every question in the order of the charter."""
    for area, item in charter.criteria():
        for question in bank.entries[item.id].questions:
            yield area, item, question


def _searched(question: Question, item: Area | Statement) -> Iterator[tuple[object, Localised]]:
    """What of a question is searched, the most telling first, each with its name."""
    yield "", question.text
    yield from ((_l("Opfølgende spørgsmål"), text) for text in question.probes)
    yield from ((_l("Lyt efter"), text) for text in question.listen_for)
    if question.material:
        yield _l("Materiale"), question.material
    yield "", item.text


def hits(charter: Charter, bank: Bank, filters: Filters, language: str) -> list[Hit]:
    """The questions of the bank at hand that fit, in the charter's order, those that say it themselves first.

    `bank`: the shipped bank with HR's questions in it; only HR's are read anew.
    """
    wanted = asked(filters.query, language)
    found: set[str] | None = None
    if filters.query:
        shipped: Index = current_app.extensions[EXTENSION][charter.id, language]
        own = _index(charter, bank, language, known=_ids(bank_of(charter.id)))
        found = shipped.find(wanted) | own.find(wanted)
    fitting = [
        _hit(charter, question, area, item, wanted, language)
        for area, item, question in _questions(charter, bank)
        if (found is None or question.id in found) and filters.keep(question, area)
    ]
    return sorted(fitting, key=lambda hit: not holds_all(hit.question.text.within(language), wanted))


def _ids(bank: Bank) -> Iterator[str]:
    return (question.id for entry in bank.entries.values() for question in entry.questions)


def _hit(
    charter: Charter, question: Question, area: Area, item: Area | Statement, wanted: list[Asked], language: str
) -> Hit:
    text = question.text.within(language)
    elsewhere = None
    if not holds_all(text, wanted):
        for name, other in list(_searched(question, item))[1:]:
            if name and (said := excerpt(other.within(language), wanted)):
                elsewhere = (name, said)
                break
    statement = pieces(item.text.within(language), wanted)
    return Hit(question, area, item, pieces(text, wanted), statement, roles_in_words(charter, question), elsewhere)
