"""The first draft of what a candidate is told: letters and the development brief. Deterministic, no database.

It is made of the candidate's own cells only: the statement in the charter's words, what it means in the post, and what
the panel noted. The chair edits it; what only people know stands in square brackets for them to fill in. The texts are
written in the language that is forced.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from flask_babel import gettext as _
from flask_babel import ngettext

from recruit.letters.rules import APPLICATION, CANCELLED, HIRED, INTERVIEW, WITHDRAWN

STRONG = 3.5  # nearest to ”I høj grad” on the scale: from here on a criterion is told as a strength
SOME = 3.0  # ”I nogen grad”: the least that is told as a strength where nothing is stronger
MOST_TOLD = 3  # main reasons (hovedhensyn), not all of them: forvaltningsloven section 24
LONGEST_HERE = 320  # letters: what is longer is for the chair to draw on, not for a draft


@dataclass(frozen=True)
class Ground:
    """One criterion as an answer tells of it. `value` is the candidate's cell from 1 to 5, None when it is not
    evidenced; `notes` what the panel noted, the most telling first, without those that name somebody else."""

    key: str
    room: str
    statement: str
    here: str
    value: float | None
    minimum: int | None = None
    notes: tuple[str, ...] = ()

    @property
    def is_below(self) -> bool:
        return self.minimum is not None and self.value is not None and self.value < self.minimum

    @property
    def is_weak(self) -> bool:
        return self.value is not None and (self.is_below or self.value < STRONG)


@dataclass(frozen=True)
class Known:
    """What a letter is made of. `title` is the post as it stands in a sentence, `start` and `deleted` are days in words
    or "", `unseen` the statements that an application tells nothing of."""

    title: str
    organisation: str
    interviews: int = 0
    grounds: Sequence[Ground] = field(default_factory=tuple)
    unseen: Sequence[str] = ()
    start: str = ""
    deleted: str = ""
    no_show: bool = False
    is_filled: bool = True
    child_certificate: bool = False
    criminal_record: bool = False


def strong_and_weak(grounds: Sequence[Ground]) -> tuple[list[Ground], list[Ground]]:
    """What stood strongest and what weighed against, at most three of each, in no case the same. What is below its
    minimum weighs first. Where everything is strong nothing weighs against, and the chair must say what did; where
    nothing is, the best of it is told as what carried."""
    rated = [item for item in grounds if item.value is not None]
    strong = sorted((item for item in rated if not item.is_weak), key=lambda item: -(item.value or 0))
    weak = sorted((item for item in rated if item.is_weak), key=lambda item: (not item.is_below, item.value))
    if not strong and len(weak) > 1 and (weak[-1].value or 0) >= SOME and not weak[-1].is_below:
        best = weak.pop()
        # Its notes begin with what was missing: told as a strength it begins at the other end.
        strong = [replace(best, notes=best.notes[::-1])]
    return strong[:MOST_TOLD], weak[:MOST_TOLD]


def letter(stage: str, known: Known) -> str:
    """The draft of a letter, from after the greeting to before the signature."""
    parts = {
        APPLICATION: _application,
        INTERVIEW: _interview,
        HIRED: _hired,
        WITHDRAWN: _withdrawn,
        CANCELLED: _cancelled,
    }[stage](known)
    return "\n\n".join(part for part in parts if part)


def _application(known: Known) -> list[str]:
    if known.unseen:
        reasons = [
            _(
                "Vi har læst ansøgningen med de kriterier, der står i jobprofilen. Vi lagde særlig vægt på, at "
                "ansøgningen med eksempler viser erfaring med det, stillingen kræver. Det fandt vi mindst om her:"
            ),
            _list(quoted(statement) for statement in known.unseen[:MOST_TOLD]),
        ]
    else:
        reasons = [
            _(
                "Vi har læst ansøgningen med de kriterier, der står i jobprofilen. Det, der vejede tungest, var, at "
                "[skriv hovedgrunden med udgangspunkt i ansøgningen]."
            )
        ]
    return [
        _("Tak for din ansøgning til stillingen som %(title)s.", title=known.title),
        _("Vi har besluttet ikke at indkalde dig til samtale."),
        *reasons,
        _best_qualified(),
        _more_to_hear(talk=False),
        _kept(known),
        _("Tak for din interesse for %(organisation)s. Vi ønsker dig alt godt.", organisation=known.organisation),
    ]


def _interview(known: Known) -> list[str]:
    strong, weak = strong_and_weak(known.grounds)
    decided = (
        _("Vi har besluttet ikke at tilbyde dig stillingen. Vi ved, at det er et skuffende svar, og her er grundene.")
        if known.is_filled
        else _(
            "Vi har besluttet ikke at besætte stillingen i denne omgang og kan derfor ikke tilbyde dig den. Vi ved, at "
            "det er et skuffende svar, og her er grundene."
        )
    )
    told = [_("Det stod stærkest hos dig:"), _list(_told(item) for item in strong)] if strong else []
    weighed = (
        [
            ngettext(
                "Det, der vejede tungest imod, var dette kriterium:",
                "Det, der vejede tungest imod, var disse kriterier:",
                len(weak),
            ),
            _list(_told(item, with_here=True) for item in weak),
        ]
        if weak
        else [_("Det, der vejede tungest imod, var, at [skriv hovedgrunden].")]
    )
    return [
        ngettext(
            "Tak for din ansøgning til stillingen som %(title)s, og tak for samtalen.",
            "Tak for din ansøgning til stillingen som %(title)s, og tak for samtalerne.",
            max(known.interviews, 1),
            title=known.title,
        ),
        decided,
        ngettext(
            "Vi har vurderet dig på de kriterier, der står i jobprofilen, og alene på det, du fortalte ved samtalen.",
            "Vi har vurderet dig på de kriterier, der står i jobprofilen, og alene på det, du fortalte ved samtalerne.",
            max(known.interviews, 1),
        ),
        *told,
        *weighed,
        _best_qualified(),
        _more_to_hear(talk=True),
        _kept(known),
        _("Tak, fordi du lod os høre om dit arbejde. Vi ønsker dig alt godt."),
    ]


def _hired(known: Known) -> list[str]:
    strong, _weak = strong_and_weak(known.grounds)
    told = [_("Det her hæftede vi os især ved:"), _list(_told(item) for item in strong)] if strong else []
    conditions = []
    if known.child_certificate and known.criminal_record:
        conditions = [_("Ansættelsen er betinget af, at vi kan indhente en børneattest og en straffeattest.")]
    elif known.child_certificate:
        conditions = [_("Ansættelsen er betinget af, at vi kan indhente en børneattest.")]
    elif known.criminal_record:
        conditions = [_("Ansættelsen er betinget af, at vi kan indhente en straffeattest.")]
    return [
        _("Tillykke. Vi vil gerne ansætte dig som %(title)s.", title=known.title),
        *told,
        _("Du begynder %(start)s.", start=known.start) if known.start else _("Du begynder [dato]."),
        *conditions,
        _(
            "Løn og vilkår bliver aftalt med din faglige organisation. Når aftalen er på plads, får du dit "
            "ansættelsesbrev. Vent med at sige din nuværende stilling op, til du har det."
        ),
        _(
            "Vi samler det, vi så hos dig ved samtalerne, i en kort brief: det, der står stærkt, og det, vi vil støtte "
            "dig i. Den bruger vi kun til de første 100 dage og til din første udviklingssamtale som leder (LUS). "
            "Du får den at se, og vi taler om den sammen."
        ),
        _("Vi glæder os til at arbejde sammen med dig."),
    ]


def _withdrawn(known: Known) -> list[str]:
    happened = (
        _(
            "Vi havde aftalt en samtale om stillingen som %(title)s, men så dig ikke. Vi går derfor ud fra, at du ikke "
            "længere søger stillingen, og har afsluttet din ansøgning. Er det en misforståelse, så ring til os.",
            title=known.title,
        )
        if known.no_show
        else _(
            "Vi har noteret, at du har trukket din ansøgning til stillingen som %(title)s. Tak, fordi du sagde til.",
            title=known.title,
        )
    )
    return [
        happened,
        _("Du skal ikke gøre mere, og du hører ikke mere fra os i dette forløb."),
        _kept(known),
        _("Tak for din interesse for %(organisation)s. Vi ønsker dig alt godt.", organisation=known.organisation),
    ]


def _cancelled(known: Known) -> list[str]:
    return [
        _("Tak for din ansøgning til stillingen som %(title)s.", title=known.title),
        _(
            "Vi har besluttet at aflyse forløbet, og stillingen bliver ikke besat i denne omgang. Det skyldes, at "
            "[skriv grunden]. Det er ikke en vurdering af dig."
        ),
        _("Bliver stillingen slået op igen, er du velkommen til at søge den."),
        _kept(known),
        _("Tak for din interesse for %(organisation)s. Vi ønsker dig alt godt.", organisation=known.organisation),
    ]


def _best_qualified() -> str:
    """The legal ground: an unwritten principle, so there is no section to name (forvaltningsloven section 24(1))."""
    return _(
        "Afgørelsen bygger på en samlet vurdering og på princippet om, at en offentlig stilling skal besættes med den, "
        "der er bedst kvalificeret."
    )


def _more_to_hear(*, talk: bool) -> str:
    heard = (
        _("Vil du høre mere, tager vi gerne en snak med dig om vores vurdering. Ring eller skriv til os.")
        if talk
        else _("Har du spørgsmål til svaret, er du velkommen til at ringe eller skrive til os.")
    )
    access = _(
        "Du kan også bede om at se de oplysninger, vi har om dig (forvaltningslovens § 9 og "
        "databeskyttelsesforordningens artikel 15)."
    )
    return f"{heard} {access}"


def _kept(known: Known) -> str:
    if known.deleted:
        return _("Din ansøgning og vores noter om den bliver slettet senest %(day)s.", day=known.deleted)
    return _("Din ansøgning og vores noter om den bliver slettet senest seks måneder efter afgørelsen.")


def _told(ground: Ground, *, with_here: bool = False) -> str:
    parts = [quoted(ground.statement)]
    if with_here and ground.here and len(ground.here) <= LONGEST_HERE:
        parts.append(_("I stillingen betyder det: %(here)s", here=_one_line(ground.here)))
    if ground.notes:
        parts.append(_("Vi noterede: ”%(note)s”", note=ground.notes[0]))
    elif with_here:
        parts.append(_("Her så vi mindre, end stillingen kræver."))
    return " ".join(parts)


def quoted(text: str) -> str:
    """In the quotation marks of the language that is forced."""
    return _("”%(words)s”", words=text)


def _one_line(text: str) -> str:
    return " ".join(text.split())


def _list(items: object) -> str:
    return "\n".join(f"- {item}" for item in items)  # type: ignore[attr-defined]


# The development brief


def opening(title: str, interviews: int) -> str:
    """The first words of the brief, to the new leader."""
    return "\n\n".join(
        [
            ngettext(
                "Velkommen som %(title)s. Her er det, ansættelsesudvalget så hos dig ved samtalen: det, der står "
                "stærkt, og det, vi vil støtte dig i.",
                "Velkommen som %(title)s. Her er det, ansættelsesudvalget så hos dig ved samtalerne: det, der står "
                "stærkt, og det, vi vil støtte dig i.",
                max(interviews, 1),
                title=title,
            ),
            _(
                "Det er en begyndelse og ikke en dom. Det bygger på samtalerne og på de kriterier, der står i "
                "jobprofilen. Sig til, hvor du ikke kan genkende dig selv."
            ),
            _(
                "Vi bruger det til de første 100 dage og til din første udviklingssamtale som leder (LUS), og ikke til "
                "andet."
            ),
        ]
    )


def room(grounds: Sequence[Ground]) -> str:
    """One room of the brief: what stands strongly, what to grow in, what nobody has asked about."""
    rated = [item for item in grounds if item.value is not None]
    strong = sorted((item for item in rated if not item.is_weak), key=lambda item: -(item.value or 0))
    grow = sorted((item for item in rated if item.is_weak), key=lambda item: item.value or 0)
    silent = [item for item in grounds if item.value is None]
    parts = []
    if strong:
        parts += [_("Det står stærkt:"), _list(_noted(item) for item in strong)]
    if grow:
        parts += [_("Her vil vi støtte dig i at blive stærkere:"), _list(_noted(item, with_here=True) for item in grow)]
    if silent:
        parts += [_("Det blev ikke belyst. Tal om det:"), _list(quoted(item.statement) for item in silent)]
    if not grounds:
        parts = [_("Rummet var ikke et af kriterierne i forløbet. Tal om det ved den første LUS-samtale.")]
    return "\n\n".join(parts)


def _noted(ground: Ground, *, with_here: bool = False) -> str:
    parts = [quoted(ground.statement)]
    if with_here and ground.here and len(ground.here) <= LONGEST_HERE:
        parts.append(_("I stillingen betyder det: %(here)s", here=_one_line(ground.here)))
    notes = [quoted(note) for note in ground.notes[: 1 if with_here else 2]]
    if notes:
        parts.append(_("Udvalget noterede: %(notes)s", notes=" ".join(notes)))
    return " ".join(parts)


def goals(grounds: Sequence[Ground], success: Sequence[str]) -> str:
    """Goals to agree on, one a line: what the profile expects, and one for each of the weakest criteria."""
    _strong, weak = strong_and_weak(grounds)
    lines = [
        _("”%(statement)s” Aftal ét sted, hvor det kan mærkes om 100 dage.", statement=item.statement) for item in weak
    ]
    expected = [line[:1].upper() + line[1:] for line in success[:MOST_TOLD]]
    return _list([*lines, *expected]) if lines or expected else ""
