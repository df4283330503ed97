"""The needs clarification (behovsafklaring): what is asked before criteria are picked and the profile written."""

from __future__ import annotations

from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

ANSWER_LIMIT = 4_000


@dataclass(frozen=True)
class Need:
    """One question: its key, what it is called where its answer is quoted, the question, and what helps to answer."""

    key: str
    name: object
    question: object
    hint: object


QUESTIONS = (
    Need(
        "change",
        _l("Det, borgerne skal mærke"),
        _l("Hvad bliver anderledes for borgerne, hvis stillingen bliver besat godt?"),
        _l("Tænk på en bestemt borger, forælder eller elev. Hvad oplever de om halvandet år, som de ikke oplever nu?"),
    ),
    Need(
        "left",
        _l("Det, I overtager"),
        _l("Hvad efterlader den forrige leder?"),
        _l("Det, der virker og skal bevares, og det, der venter. Skriv om opgaven og stedet, ikke om personen."),
    ),
    Need(
        "team",
        _l("Det, medarbejderne har brug for"),
        _l("Hvad har medarbejderne og lederkollegerne brug for fra en ny leder?"),
        _l("Spørg dem gerne, før I svarer: på et personalemøde, i MED-udvalget eller i en kort rundringning."),
    ),
    Need(
        "success",
        _l("Succes efter 12 til 18 måneder"),
        _l("Hvordan kan I se efter 12 til 18 måneder, at det er lykkedes?"),
        _l("Tre til fem ting, som andre også ville kunne se. Begynd hver linje med en bindestreg."),
    ),
    Need(
        "hardest",
        _l("Det sværeste"),
        _l("Hvad bliver det sværeste i stillingen det første år?"),
        _l("Det, en ansøger bør vide, før vedkommende siger ja. Det er også det, I bør spørge ind til ved samtalerne."),
    ),
)
KEYS = tuple(need.key for need in QUESTIONS)
