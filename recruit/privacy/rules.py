"""The events of the log, and what its check finds, in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from recruit.candidates.rules import ANSWERS, DECISIONS, WITHDRAWALS
from recruit.decisions.rules import CHOICES, ENDINGS, TASKS
from recruit.panel.rules import ROLES, SIDES
from recruit.privacy import chain
from recruit.profiles.ads.forms import SECTION_NAMES
from recruit.profiles.rules import SECTIONS
from recruit.recruitments.needs_rules import QUESTIONS
from recruit.recruitments.rules import OUTCOMES
from recruit.scoring.rules import DEVIATIONS, EXCUSES
from recruit.sifting.rules import EXCUSES as SIFT_EXCUSES

EVENT_WORDS = {
    "person.created": _l("Bruger oprettet"),
    "person.changed": _l("Bruger ændret"),
    "person.invited": _l("Link til bruger lavet"),
    "person.link_sent": _l("Link sendt til bruger"),
    "person.password_set": _l("Adgangskode valgt"),
    "person.signed_in": _l("Logget ind"),
    "standard_texts.changed": _l("Standardtekster ændret"),
    "standard_texts.restored": _l("Tidligere standardtekster taget i brug"),
    "letterhead.added": _l("Brevpapir tilføjet"),
    "letterhead.used": _l("Brevpapir taget i brug"),
    "letterhead.unused": _l("Brevpapir taget ud af brug"),
    "letterhead.deleted": _l("Brevpapir slettet"),
    "recruitment.created": _l("Rekruttering oprettet"),
    "recruitment.changed": _l("Rekruttering ændret"),
    "recruitment.closed": _l("Rekruttering afsluttet"),
    "recruitment.reopened": _l("Rekruttering åbnet igen"),
    "recruitment.readvertised": _l("Stilling slået op igen"),
    "timetable.proposed": _l("Tidsplan foreslået"),
    "timetable.changed": _l("Tidsplan ændret"),
    "timetable.undone": _l("Forslag til tidsplan fortrudt"),
    "criteria.picked": _l("Kriterier valgt"),
    "criterion.changed": _l("Kriterium ændret"),
    "criterion.amended": _l("Kriterium ændret efter låsen"),
    "round.added": _l("Runde tilføjet"),
    "round.changed": _l("Runde ændret"),
    "round.removed": _l("Runde slettet"),
    "criteria.copied": _l("Kriterier hentet fra tidligere forløb"),
    "needs.answered": _l("Behov afklaret"),
    "profile.changed": _l("Profil ændret"),
    "profile.restored": _l("Tidligere afsnit i profilen taget frem"),
    "profile.ordered": _l("Profilens afsnit flyttet"),
    "profile.amended": _l("Profil ændret efter låsen"),
    "profile.approved": _l("Profil godkendt"),
    "profile.locked": _l("Profil låst"),
    "ad.composed": _l("Opslag skrevet af profilen"),
    "ad.changed": _l("Opslag ændret"),
    "ad.published": _l("Opslag offentliggjort"),
    "ad.taken_down": _l("Opslag taget ned"),
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
    "recommendation.chosen": _l("Indstilling valgt"),
    "recommendation.changed": _l("Indstilling skrevet"),
    "recommendation.restored": _l("Tidligere tekst i indstillingen taget frem"),
    "recommendation.quoted": _l("Belæg valgt til indstillingen"),
    "recommendation.final": _l("Indstilling gjort endelig"),
    "recommendation.reopened": _l("Indstilling åbnet igen"),
    "decision.recorded": _l("Afgørelse noteret"),
    "decision.changed": _l("Afgørelse rettet"),
    "decision.taken_back": _l("Afgørelse taget tilbage"),
    "reference.consented": _l("Samtykke til reference noteret"),
    "reference.changed": _l("Oplysninger om reference rettet"),
    "reference.noted": _l("Referencenotat skrevet"),
    "reference.removed": _l("Reference slettet"),
    "hearing.opened": _l("Partshøring eller aktindsigt begyndt"),
    "hearing.ended": _l("Partshøring eller aktindsigt afsluttet"),
    "hearing.passed": _l("Noteret, hvorfor der ikke ventes på partshøring eller aktindsigt"),
    "hearing.held": _l("Der ventes igen på partshøring eller aktindsigt"),
    "letter.changed": _l("Svar til ansøger ændret"),
    "letter.ready": _l("Svar til ansøger markeret klar"),
    "letter.reopened": _l("Svar til ansøger åbnet igen"),
    "receipt.sent": _l("Kvittering sendt til ansøger"),
    "extract.changed": _l("Udeladelser i udtræk ændret"),
    "brief.changed": _l("Udviklingsbrief ændret"),
    "brief.told": _l("Ny leder fortalt om udviklingsbrief"),
    "brief.untold": _l("Dagen for udviklingsbrief slettet"),
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
    "letterhead": _l("brevpapir"),
    "lot": _l("lod"),
    "member": _l("medlem"),
    "number": _l("nummer"),
    "order": _l("rækkefølge"),
    "person": _l("person"),
    "pile": _l("bunke"),
    "question": _l("spørgsmål"),
    "recruitment": _l("rekruttering"),
    "reference": _l("reference"),
    "role": _l("rolle"),
    "round": _l("runde"),
    "rules": _l("om"),
    "section": _l("afsnit"),
    "side": _l("side"),
    "step": _l("trin"),
    "task": _l("opgave"),
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


# What was changed, where the event alone does not say it.
WHAT_WORDS = {
    "added": _l("tilføjet"),
    "changed": _l("ændret"),
    "removed": _l("slettet"),
    "time": _l("tidspunkt"),
    "order": _l("rækkefølge"),
    "break": _l("pause"),
    "facts": _l("opslagets oplysninger"),
    "standard_texts": _l("standardtekster"),
}

# What a wording was kept about, by the rule of wording that found it.
RULE_WORDS = {
    "age": _l("alder"),
    "belief": _l("tro"),
    "cpr": _l("CPR-nummer"),
    "crime": _l("straffeforhold"),
    "family": _l("familie"),
    "gender": _l("køn"),
    "health": _l("helbred"),
    "origin": _l("oprindelse"),
    "pay_history": _l("tidligere løn"),
    "politics": _l("politik"),
    "sexuality": _l("seksualitet"),
    "union": _l("fagforening"),
}
# Documents by the first word of their file's name, and what kind of file it is.
DOCUMENT_WORDS = {
    "ad": _l("opslag"),
    "case": _l("sag"),
    "comparison": _l("sammenligning"),
    "guide": _l("interviewguide"),
    "profile": _l("jobprofil"),
    "scorecard": _l("vurderingsskema"),
}
FILE_WORDS = {
    "docx": "Word",
    "html": "HTML",
    "json": "JSON",
    "txt": _l("ren tekst"),
    "yaml": "YAML",
    "short": _l("kort"),
}

# Codes as the pages call them; an id stands as it is.
CODE_WORDS: dict[str, Mapping[str, object]] = {
    "answer": ANSWERS,
    "code": SIFT_EXCUSES
    | EXCUSES
    | WITHDRAWALS
    | DEVIATIONS
    | OUTCOMES
    | CHOICES
    | TASKS
    | {code: ending.label for code, ending in ENDINGS.items()},
    "decision": DECISIONS,
    "role": ROLES,
    "section": {section.key: section.heading for section in SECTIONS} | SECTION_NAMES,
    "side": SIDES,
    "what": {need.key: need.name for need in QUESTIONS} | WHAT_WORDS,
}


def about(subject: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The parts of what an event was about: the word, and the id or what the code stands for."""
    return (
        (str(ABOUT_WORDS.get(key, key)), _in_words(key, value)) for key, value in subject.items() if value is not None
    )


def _in_words(key: str, value: Any) -> object:
    if key == "rules":
        return ", ".join(str(RULE_WORDS.get(rule, rule)) for rule in str(value).split())
    if key == "document":
        first, *rest = str(value).split("-")
        return ", ".join([str(DOCUMENT_WORDS.get(first, first)), *(str(FILE_WORDS.get(part, part)) for part in rest)])
    return CODE_WORDS.get(key, {}).get(value, value)


def fault_in_words(fault: chain.Fault) -> str:
    numbers = str(fault.first) if fault.first == fault.last else _("%(first)s til %(last)s", **_ends(fault))
    return str(FAULT_WORDS[fault.kind]) % {"numbers": numbers, **_ends(fault)}


def _ends(fault: chain.Fault) -> dict[str, int]:
    return {"first": fault.first, "last": fault.last}
