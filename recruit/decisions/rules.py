"""What a recommendation can say, when it goes against the numbers, and what a task can end with. Pure."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

TEXT_LIMIT = 8_000
PASS_LIMIT = 2_000
REASON_LIMIT = 2_000
QUOTES_LIMIT = 12  # of one criterion

# The recommendation

ONE, RANKING, NOBODY = "one", "ranking", "nobody"
CHOICES = {
    ONE: _l("Én kandidat"),
    RANKING: _l("Flere kandidater i rækkefølge"),
    NOBODY: _l("Ingen af kandidaterne"),
}
SUMMARY, AGAINST = "summary", "against"
# What became of a text, or of the whole, in the history.
WRITTEN_BY_HAND, RESTORED, FINAL, REOPENED = "written", "restored", "final", "reopened"
TAKEN_BACK = "taken_back"
WHAT = {
    WRITTEN_BY_HAND: _l("Skrevet"),
    RESTORED: _l("Taget frem igen"),
    FINAL: _l("Gjort endelig"),
    REOPENED: _l("Åbnet igen"),
    TAKEN_BACK: _l("Taget tilbage"),
}
# Keys in the history of what is not a text: the whole, and what the decision said before.
WHOLE, DECISION = "", "decision"

RANK, CLOSE, ORDER, EMPTY, NO_NUMBERS = "rank", "close", "order", "empty", "no_numbers"


@dataclass(frozen=True)
class Numbers:
    """What the comparison says, as the recommendation is held against it: ranks by ref, None without a score."""

    ranks: Mapping[str, int | None]
    clear: bool
    leader: str | None
    between: Sequence[str] = ()


def against(choice: str, refs: Sequence[str], numbers: Numbers) -> str | None:
    """Why the choice needs a reason of its own, as a code; None when it is what the numbers say.

    `rank`: the first is not ranked first. `order`: the ranking is another. `close`: too close to call. `empty`: nobody
    is recommended. `no_numbers`: nobody is rated.
    """
    if choice == NOBODY:
        return EMPTY
    if not refs or all(rank is None for rank in numbers.ranks.values()):
        return NO_NUMBERS
    if numbers.ranks.get(refs[0]) != 1:
        return RANK
    ranks = [numbers.ranks.get(ref) or len(numbers.ranks) + 1 for ref in refs]
    left = [rank for ref, rank in numbers.ranks.items() if ref not in refs and rank is not None]
    if ranks != sorted(ranks) or any(rank < ranks[-1] for rank in left):
        return ORDER
    if not numbers.clear and len(numbers.between) > 1:
        return CLOSE
    return None


def against_sentence(code: str) -> str:
    return {
        RANK: _("Indstillingen peger på en anden end den, der ligger først. Skriv, hvad der vejer tungere end tallet."),
        ORDER: _("Rækkefølgen er en anden end tallenes. Skriv, hvad der vejer tungere end tallet."),
        CLOSE: _("Tallene er for tætte til at afgøre det. Skriv, hvad der ellers afgør valget."),
        EMPTY: _("I indstiller ingen. Skriv hvorfor."),
        NO_NUMBERS: _("Der er ingen tal at støtte valget på. Skriv, hvad det bygger på."),
    }[code]


def check_choice(choice: str, refs: Sequence[str]) -> str | None:
    """What is wrong with a choice, in one sentence; None when nothing is."""
    if choice not in CHOICES:
        return _("Vælg, hvad udvalget indstiller.")
    if choice == NOBODY and refs:
        return _("Vælg enten kandidater eller ingen.")
    if choice == ONE and len(refs) != 1:
        return _("Vælg den kandidat, udvalget indstiller.")
    if choice == RANKING and len(refs) < 2:
        return _("Giv mindst to kandidater en plads i rækkefølgen.")
    if len(set(refs)) != len(refs):
        return _("En kandidat kan kun have én plads.")
    return None


_SENTENCE = re.compile(r"(?<=[.!?…])[\"”»')]*\s+(?=[\"”»'(]*[A-ZÆØÅÉ0-9])|\n+")
_SHORT = re.compile(r"(?:\b(?:bl\.a|f\.eks|ca|dvs|evt|jf|kl|nr|mv|m\.v|osv|pga|e\.g|i\.e|etc|Mr|Mrs|Dr)|\b\d{1,2})\.$")


def sentences(text: str) -> list[str]:
    """The sentences of a text as it is written, none of them changed; abbreviations and ordinals end none."""
    found: list[str] = []
    start = 0
    for match in _SENTENCE.finditer(text):
        part = text[start : match.start()] + match[0].rstrip()
        if "\n" not in match[0] and _SHORT.search(part):
            continue
        found.append(part.strip())
        start = match.end()
    found.append(text[start:].strip())
    return [part for part in found if part]


# References

RELATIONS = {
    "current_chief": _l("Nuværende leder"),
    "former_chief": _l("Tidligere leder"),
    "colleague": _l("Kollega"),
    "employee": _l("Medarbejder"),
    "partner": _l("Samarbejdspartner"),
}
CONSENTS = {
    "written": _l("Skriftligt"),
    "mail": _l("På mail"),
    "spoken": _l("Mundtligt"),
}
OTHER, SPEAKS_AGAINST = "other", "against"


# Tasks

HEARING, ACCESS = "hearing", "access"
TASKS = {HEARING: _l("Partshøring"), ACCESS: _l("Anmodning om aktindsigt")}
HEARING_DAYS = 7  # offered as a deadline; what is reasonable depends on the case
ACCESS_DAYS = 7  # forvaltningsloven section 16(2): within seven working days; calendar days are the stricter


@dataclass(frozen=True)
class Ending:
    """How a task can end. `waits`: only after the deadline. `needs_words`: what was said must be written down."""

    kind: str
    label: object
    waits: bool = False
    needs_words: bool = False


ENDINGS = {
    "answered": Ending(HEARING, _l("Kandidaten har svaret"), needs_words=True),
    "no_remarks": Ending(HEARING, _l("Kandidaten har ingen bemærkninger")),
    "silent": Ending(HEARING, _l("Fristen er udløbet uden svar"), waits=True),
    "dropped": Ending(HEARING, _l("Oplysningen indgår ikke i sagen")),
    "given": Ending(ACCESS, _l("Dokumenterne er givet")),
    "partly": Ending(ACCESS, _l("En del er givet, resten undtaget"), needs_words=True),
    "refused": Ending(ACCESS, _l("Afslået"), needs_words=True),
    "withdrawn": Ending(ACCESS, _l("Anmodningen er trukket tilbage")),
}
