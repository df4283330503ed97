"""The standard texts: which there are, what they say until somebody has written others, what differs between two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from flask_babel import lazy_gettext as _l

LANGUAGES = ("da", "en")
TEXT_LIMIT = 3_000

# By key, then by language.
Texts = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True)
class StandardText:
    """One text: its heading for HR, what belongs in it, and what it says as shipped. `{organisation}` is the name."""

    key: str
    name: object
    hint: object
    da: str
    en: str


STANDARD_TEXTS = (
    StandardText(
        "about",
        _l("Om os"),
        _l("Hvem er I, og hvad er I fælles om? To korte afsnit er nok."),
        "{organisation} er én arbejdsplads med mange fag. Vi passer børn, underviser, plejer, rådgiver, bygger og "
        "administrerer, og det hele har samme formål: at skabe værdi for borgerne.\n\n"
        "Vi har et fælles ledelsesgrundlag. Det siger, hvad medarbejdere, kolleger og borgere kan forvente af en leder "
        "hos os, og det er det, vi går ud fra, når vi ansætter.",
        "{organisation} is one workplace with many professions. We look after children, teach, care, advise, build and "
        "administer, and all of it has the same purpose: to create value for the citizens.\n\n"
        "We share a leadership charter. It says what staff, colleagues and citizens can expect of a leader here, and "
        "it is what we go by when we appoint one.",
    ),
    StandardText(
        "offer",
        _l("Det tilbyder vi"),
        _l("Hvad får den, I ansætter, ud over lønnen? Begynd en linje med en bindestreg for at lave en liste."),
        "Hos os får du:\n\n"
        "- en opgave, der kan mærkes i borgernes hverdag\n"
        "- plads til at lede, klare rammer og en chef, der bakker op\n"
        "- lederkolleger, der giver sparring og hjælper hinanden på tværs\n"
        "- en grundig introduktion og en årlig samtale om din udvikling som leder\n"
        "- en arbejdsdag, der kan hænge sammen med resten af dit liv",
        "With us you get:\n\n"
        "- a task that makes a difference to the citizens' everyday life\n"
        "- room to lead, a clear framework and a manager who backs you\n"
        "- fellow leaders who share their experience and help each other across departments\n"
        "- a thorough introduction and a yearly talk about your development as a leader\n"
        "- a working day that fits the rest of your life",
    ),
    StandardText(
        "pay",
        _l("Løn og ansættelse"),
        _l("Hvad gælder for alle lederstillinger? Lønnen for den enkelte stilling skriver I i profilen."),
        "Du får løn efter gældende overenskomst og principperne om lokal løndannelse. For chefstillinger gælder KL's "
        "aftale om aflønning af chefer (30.01). Lønnen bliver aftalt med din faglige organisation ud fra opgaverne, "
        "ansvaret og dine kvalifikationer.\n\n"
        "Du får lønnen eller lønrammen at vide, før du kommer til samtale.",
        "Pay follows the collective agreement in force and the principles of local pay. Chief officers are covered by "
        "Local Government Denmark's agreement on pay for chiefs (30.01). Your pay is agreed with your union and "
        "depends on the tasks, the responsibility and your qualifications.\n\n"
        "You will know the pay or the pay range before you come to an interview.",
    ),
    StandardText(
        "diversity",
        _l("Alle er velkomne"),
        _l("En sætning eller to, der gælder for alle opslag."),
        "Vi vil gerne ligne det samfund, vi er til for. Derfor opfordrer vi alle kvalificerede til at søge uanset "
        "personlig baggrund.",
        "We want to reflect the society we serve. We therefore encourage everybody who is qualified to apply, whatever "
        "their personal background.",
    ),
    StandardText(
        "contact",
        _l("Kontakt"),
        _l("Hvem kan hjælpe med spørgsmål om forløbet? Navn og nummer for den enkelte stilling skriver I i profilen."),
        "Du er velkommen til at kontakte os, før du søger. Den ansættende leder fortæller gerne om opgaven og stedet, "
        "og HR kan svare på spørgsmål om forløbet.",
        "You are welcome to contact us before you apply. The hiring manager will gladly tell you about the task and "
        "the place, and HR can answer questions about the process.",
    ),
    StandardText(
        "application",
        _l("Sådan søger du"),
        _l("Hvordan sender man en ansøgning, og hvad skal være med? Fristen kommer fra tidsplanen."),
        "En ansøgning på højst to sider, dit cv og relevante eksamensbeviser er nok. Skriv gerne om noget, du har "
        "gjort som leder, og hvad der kom ud af det. Det er det, vi spørger til ved samtalen.\n\n"
        "Vi vurderer kun det, der har med opgaven at gøre. Lad derfor billede og private oplysninger blive ude af "
        "ansøgningen. Alle, der søger, får svar.",
        "An application of no more than two pages, your CV and relevant diplomas are enough. Tell us about something "
        "you have done as a leader and what came of it. That is what we ask about at the interview.\n\n"
        "We only assess what has to do with the task. Please leave photos and private information out of the "
        "application. Everybody who applies gets an answer.",
    ),
)
KEYS = tuple(text.key for text in STANDARD_TEXTS)


def shipped(organisation: str) -> dict[str, dict[str, str]]:
    """The texts until somebody has saved others, by key and language."""
    return {
        text.key: {language: getattr(text, language).replace("{organisation}", organisation) for language in LANGUAGES}
        for text in STANDARD_TEXTS
    }


def complete(texts: Texts, organisation: str) -> dict[str, dict[str, str]]:
    """Saved texts; one that did not exist when they were saved is the shipped one."""
    return {
        key: {language: texts.get(key, {}).get(language, text) for language, text in parts.items()}
        for key, parts in shipped(organisation).items()
    }


def changed(before: Texts, after: Texts) -> list[tuple[str, str]]:
    """(key, language) of the texts that differ, in the order of the page."""
    return [
        (key, language)
        for key in KEYS
        for language in LANGUAGES
        if before.get(key, {}).get(language, "") != after.get(key, {}).get(language, "")
    ]
