"""The events of the log, and what its check finds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.candidates.rules import ANSWERS, DECISIONS, WITHDRAWALS
from recruit.panel.rules import ROLES, SIDES
from recruit.privacy import chain
from recruit.scoring.rules import DEVIATIONS, EXCUSES
from recruit.sifting.rules import EXCUSES as SIFT_EXCUSES

EVENT_WORDS = {
    "person.created": _l("Bruger oprettet"),
    "person.changed": _l("Bruger ændret"),
    "person.invited": _l("Link til bruger lavet"),
    "person.link_sent": _l("Link sendt til bruger"),
    "person.password_set": _l("Adgangskode valgt"),
    "person.signed_in": _l("Logget ind"),
    "recruitment.created": _l("Rekruttering oprettet"),
    "recruitment.changed": _l("Rekruttering ændret"),
    "criteria.picked": _l("Kriterier valgt"),
    "criterion.changed": _l("Kriterium ændret"),
    "criterion.amended": _l("Kriterium ændret efter låsen"),
    "round.added": _l("Runde tilføjet"),
    "round.changed": _l("Runde ændret"),
    "round.removed": _l("Runde slettet"),
    "profile.changed": _l("Profil ændret"),
    "guide.composed": _l("Guide sat sammen"),
    "guide.changed": _l("Guide ændret"),
    "guide.amended": _l("Guide ændret efter låsen"),
    "guide.locked": _l("Kriterier og guide låst"),
    "guide.asker_set": _l("Spørger valgt"),
    "guide.questions_shared": _l("Spørgsmål fordelt i udvalget"),
    "question.added": _l("Eget spørgsmål tilføjet"),
    "question.changed": _l("Eget spørgsmål ændret"),
    "question.retired": _l("Eget spørgsmål taget ud af brug"),
    "question.restored": _l("Eget spørgsmål taget i brug igen"),
    "wording.kept": _l("Ordlyd beholdt trods bemærkning"),
    "member.added": _l("Medlem tilføjet"),
    "member.changed": _l("Medlem ændret"),
    "member.invited": _l("Medlem inviteret"),
    "member.reminded": _l("Medlem mindet om skemaer"),
    "member.removed": _l("Medlem taget ud"),
    "chair.handed_over": _l("Forperson skiftet"),
    "substitute.stepped_in": _l("Suppleant trådt ind"),
    "candidate.added": _l("Kandidat tilføjet"),
    "candidate.changed": _l("Kandidat rettet"),
    "candidate.withdrew": _l("Kandidat trukket sig"),
    "candidate.returned": _l("Kandidat med igen"),
    "candidates.imported": _l("Kandidater læst ind"),
    "attachment.added": _l("Dokument tilføjet"),
    "attachment.removed": _l("Dokument slettet"),
    "sift.opened": _l("Grovsortering begyndt"),
    "sift.member_added": _l("Medlem med i grovsorteringen"),
    "sift.member_excused": _l("Medlem taget ud af grovsorteringen"),
    "sift.submitted": _l("Grovsortering afgivet"),
    "sift.reopened": _l("Grovsortering åbnet igen"),
    "sift.revealed": _l("Grovsorteringens resultat åbnet"),
    "pile.decided": _l("Bunke besluttet"),
    "round.candidates_chosen": _l("Rundens kandidater valgt"),
    "impartiality.declared": _l("Habilitet oplyst"),
    "impartiality.decided": _l("Habilitet afgjort"),
    "interviews.proposed": _l("Samtaleplan lagt"),
    "interviews.changed": _l("Samtaleplan ændret"),
    "interviews.sent": _l("Samtaleplan sendt"),
    "interviews.reminded": _l("Udvalg mindet om samtaler"),
    "scorecard.submitted": _l("Skema afgivet"),
    "scorecard.reopened": _l("Skema åbnet igen"),
    "scorecard.excused": _l("Skema undskyldt"),
    "scorecard.excuse_removed": _l("Undskyldning fjernet"),
    "calibration.rated": _l("Øvelsessvar vurderet"),
    "deviation.recorded": _l("Afvigelse noteret"),
    "deviation.changed": _l("Afvigelse rettet"),
    "deviation.removed": _l("Afvigelse slettet"),
    "round.revealed": _l("Runde afsløret"),
    "consensus.set": _l("Konsensus skrevet"),
    "consensus.removed": _l("Konsensus fjernet"),
    "dissent.written": _l("Særudtalelse skrevet"),
    "dissent.taken_back": _l("Særudtalelse taget tilbage"),
    "document.made": _l("Dokument lavet"),
    "case.imported": _l("Sag indlæst"),
    "case.exported": _l("Sag hentet ud"),
    "log.emptied": _l("Detaljer slettet i loggen"),
}

# What an event is about. The rest is shown by the name that it is recorded under.
ABOUT_WORDS = {
    "answer": _l("svar"),
    "attachment": _l("bilag"),
    "candidate": _l("kandidat"),
    "charter": _l("ledelsesgrundlag"),
    "code": _l("grund"),
    "copied_from": _l("kopieret fra"),
    "count": _l("antal"),
    "criterion": _l("kriterium"),
    "decision": _l("afgørelse"),
    "deviation": _l("afvigelse"),
    "document": _l("dokument"),
    "lot": _l("lod"),
    "member": _l("medlem"),
    "order": _l("rækkefølge"),
    "person": _l("person"),
    "pile": _l("bunke"),
    "question": _l("spørgsmål"),
    "role": _l("rolle"),
    "round": _l("runde"),
    "rules": _l("regler"),
    "section": _l("afsnit"),
    "side": _l("side"),
    "was": _l("før"),
    "what": _l("hvad"),
}

FAULT_WORDS = {
    chain.CHANGED: _l("Ændret, eller passer ikke til den før: hændelse %(numbers)s."),
    chain.MISSING: _l("Mangler: hændelse %(numbers)s."),
    chain.DOUBLED: _l("Er der to gange: hændelse %(numbers)s."),
    chain.INSERTED: _l("Der er sat en hændelse ind uden for kæden: række %(numbers)s."),
    chain.CUT_OFF: _l("Skåret af ved slutningen: hændelse %(numbers)s."),
    chain.BEYOND: _l("Sat ind efter slutningen: hændelse %(numbers)s."),
    chain.HEAD: _l("Ikke den slutning, kæden skulle have: hændelse %(numbers)s."),
    chain.EMPTIED: _l("%(first)s hændelser er tømt for detaljer. Loggen fortæller om %(last)s."),
}


# Codes as the pages call them; an id stands as it is.
CODE_WORDS: dict[str, Mapping[str, object]] = {
    "answer": ANSWERS,
    "code": SIFT_EXCUSES | EXCUSES | WITHDRAWALS | DEVIATIONS,
    "decision": DECISIONS,
    "role": ROLES,
    "side": SIDES,
}


def about(subject: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The parts of what an event was about: the word, and the id or what the code stands for."""
    return (
        (str(ABOUT_WORDS.get(key, key)), CODE_WORDS.get(key, {}).get(value, value))
        for key, value in subject.items()
        if value is not None
    )


def fault_in_words(fault: chain.Fault) -> str:
    numbers = str(fault.first) if fault.first == fault.last else _("%(first)s til %(last)s", **_ends(fault))
    return str(FAULT_WORDS[fault.kind]) % {"numbers": numbers, **_ends(fault)}


def _ends(fault: chain.Fault) -> dict[str, int]:
    return {"first": fault.first, "last": fault.last}
