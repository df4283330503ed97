"""One member's scorecard as the score page shows it, in the page's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from flask_babel import gettext as _
from flask_babel import to_user_timezone

from recruit.audit import now
from recruit.charter.models import Area
from recruit.datafiles import Localised
from recruit.questions.guide import load_guide
from recruit.questions.models import GuideQuestion
from recruit.questions.service import criterion_wording
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import charter_of, round_criteria
from recruit.scoring.models import Scorecard
from recruit.scoring.rules import Entered
from recruit.scoring.service import entered
from recruit.web.language import clock, localised, moment


@dataclass(frozen=True)
class Step:
    """One criterion on the score page. `meaning` is the bank's, `here` what it means in this post."""

    id: int
    area: Area
    text: str
    meaning: str
    here: str
    anchors: dict[int, str]
    questions: list[dict[str, Any]]
    # What the page shows, and what the server has.
    entry: Entered
    stored: Entered
    version: int
    # Why the card cannot be submitted: `rating`, `evidence` or None.
    lacking: str | None
    # What another window saved, when the text on the page differs from it.
    elsewhere: Entered | None

    @property
    def unsaved(self) -> bool:
        """Whether the page shows what the server does not have, without another text to choose between."""
        return self.entry != self.stored and self.elsewhere is None

    @property
    def stored_values(self) -> dict[str, Any]:
        """`stored` as the scripts read it."""
        return asdict(self.stored)

    @property
    def place(self) -> str:
        """The id on the page of what is lacking."""
        return f"rating-{self.id}-1" if self.lacking == "rating" else f"evidence-{self.id}"


def localised_question(row: GuideQuestion) -> dict[str, Any]:
    """A guide question's wording in the page's language: text, material, probes, kind, minutes."""

    def words(value: dict[str, str] | None) -> str:
        return localised(Localised.model_validate(value)) if value else ""

    return {
        "text": words(row.wording["text"]),
        "material": words(row.wording.get("material")),
        "probes": [words(probe) for probe in row.wording["probes"]],
        "kind": row.kind,
        "minutes": row.minutes,
    }


def card_steps(
    recruitment: Recruitment,
    round_: Round,
    card: Scorecard | None,
    problems: Mapping[int, str],
    typed: Mapping[int, Entered],
) -> list[Step]:
    """The criteria of the round in the order of the interview, those without a question last.

    `problems`: what is lacking by criterion id. `typed`: what stood on a page that could not be saved.
    """
    charter = charter_of(recruitment)
    asked: dict[int, list[dict[str, Any]]] = {}
    for row in load_guide(round_):
        asked.setdefault(row.criterion_id, []).append(localised_question(row))
    order = list(asked)
    stored = entered(card)
    versions = {row.criterion_id: row.version for row in card.ratings} if card else {}
    wordings = [criterion_wording(recruitment, criterion) for criterion in round_criteria(recruitment, round_)]
    wordings.sort(key=lambda item: order.index(item.criterion.id) if item.criterion.id in asked else len(order))
    return [
        Step(
            id=wording.criterion.id,
            area=charter.area_of(wording.criterion.key),
            text=localised(wording.text),
            meaning=localised(wording.meaning),
            here=wording.criterion.here,
            anchors={level: localised(text) for level, text in wording.anchors.items()},
            questions=asked.get(wording.criterion.id, []),
            entry=typed.get(wording.criterion.id) or stored.get(wording.criterion.id, Entered()),
            stored=stored.get(wording.criterion.id, Entered()),
            version=versions.get(wording.criterion.id, 0),
            lacking=problems.get(wording.criterion.id),
            elsewhere=_differing(stored.get(wording.criterion.id), typed.get(wording.criterion.id)),
        )
        for wording in wordings
    ]


def _differing(stored: Entered | None, typed: Entered | None) -> Entered | None:
    return stored if stored and typed and stored != typed else None


def saved_words(card: Scorecard | None) -> str:
    """When the newest rating on the card was saved: the time, with the date when that was not today; "" for none."""
    at = max((row.saved_at for row in card.ratings), default=None) if card else None
    if at is None:
        return ""
    if to_user_timezone(at).date() == to_user_timezone(now()).date():
        return _("Gemt kl. {}").format(clock(at))
    return _("Gemt {}").format(moment(at))


def card_faults(steps: Sequence[Step]) -> list[tuple[str, str]]:
    """What keeps the card from being submitted: a sentence and the place on the page where it is mended."""
    return [
        (f"{step.text.rstrip('.')}: {lacking_sentence(step.lacking)}", f"#{step.place}")
        for step in steps
        if step.lacking
    ]


def lacking_sentence(lacking: str | None) -> str | None:
    sentences = {
        "rating": _("Vælg en vurdering, eller vælg ”Ikke belyst”."),
        "evidence": _("Skriv, hvad kandidaten sagde og gjorde."),
    }
    return sentences.get(lacking or "")
