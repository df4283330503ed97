"""Gathers what is known of a post for the composer: profile, timetable, standard texts, charter, the bank's voice."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Protocol

from flask import current_app
from flask_babel import force_locale

from recruit.charter.models import Charter
from recruit.datafiles import Localised
from recruit.organisation.service import standard_texts
from recruit.profiles.ads.models import Ad
from recruit.profiles.ads.phrases import phrases
from recruit.profiles.ads.rules import LENGTHS, Material, Part, compose
from recruit.profiles.service import load_sections
from recruit.recruitments.models import Recruitment
from recruit.recruitments.service import charter_of
from recruit.recruitments.timetable import load_timetable, step_date
from recruit.web.addresses import whole_address
from recruit.web.downloads import file_name
from recruit.web.language import day

# Given by create_app: (charter's id) -> the bank's sentences for ads, by criterion. The bank stands above.
VOICES = "recruit_ad_voices"
INTERVIEWS = ("interviews_1", "interviews_2")
# The sections of the profile that an ad takes from.
USED = ("purpose", "organisation", "tasks", "success", "competences", "terms", "contact")


class Voice(Protocol):
    """A criterion as an ad says it, in *you* form."""

    @property
    def formal(self) -> Localised: ...

    @property
    def direct(self) -> Localised: ...


@dataclass(frozen=True)
class Known:
    """What was gathered, and what it lacks: criteria without a sentence, sections that are not written."""

    material: Material
    voiceless: tuple[str, ...]
    unwritten: tuple[str, ...]
    other_language: bool
    deadline: date | None

    def parts(self) -> dict[str, dict[str, Part]]:
        """What is composed from it, by length and section."""
        return {length: compose(self.material, phrases(), length) for length in LENGTHS}


def gather(recruitment: Recruitment, ad: Ad) -> Known:
    """Everything an ad is composed from; three queries. Texts in another language than the ad's are not used."""
    charter = charter_of(recruitment)
    steps = load_timetable(recruitment)
    written = {key: row.text for key, row in load_sections(recruitment).items()}
    other = ad.language != recruitment.language
    voices: Mapping[str, Voice] = current_app.extensions[VOICES](recruitment.charter)
    criteria = [(criterion.key, _sentence(voices.get(criterion.key), ad)) for criterion in recruitment.criteria]
    deadline, start = step_date(steps, "deadline"), step_date(steps, "start") or recruitment.starts_on
    with force_locale(ad.language):
        material = Material(
            title=recruitment.title,
            organisation=organisation_name(charter, ad.language),
            charter=charter.title.within(ad.language),
            role=recruitment.role,
            language=ad.language,
            tone=ad.tone,
            criteria=criteria,
            sections={} if other else written,
            standard=standard_texts(ad.language),
            deadline=day(deadline) if deadline else "",
            start=day(start) if start else "",
            interviews=[
                (step.code, period(step.starts_on, step.ends_on, ad.language))
                for code in INTERVIEWS
                for step in steps
                if step.code == code
            ],
            apply_at=ad.apply_at,
            workplace=ad.workplace,
            pay=(amount(ad.pay_from, ad.language), amount(ad.pay_to, ad.language)),
            address=address_of(ad, recruitment),
        )
    return Known(
        material=material,
        voiceless=tuple(key for key, sentence in criteria if not sentence),
        unwritten=tuple(key for key in USED if key not in written),
        other_language=other,
        deadline=deadline,
    )


def _sentence(voice: Voice | None, ad: Ad) -> str | None:
    return (voice.direct if ad.tone == "direct" else voice.formal).within(ad.language) if voice else None


def organisation_name(charter: Charter, language: str) -> str:
    """The organisation's name as the setting has it; in the other language as its charter has it."""
    own = str(current_app.config["ORGANISATION"])
    return charter.organisation.within(language) if own in (charter.organisation.da, charter.organisation.en) else own


def slug_of(title: str) -> str:
    return file_name(title).lower()


def address_of(ad: Ad, recruitment: Recruitment) -> str:
    """The address of the ad's public page. It works for good: the words in it may change, the number does not."""
    title = ad.published["title"] if ad.published else recruitment.title
    return whole_address("jobs.job", job_id=ad.id, slug=slug_of(title))


def amount(value: int | None, language: str) -> str:
    """52.000 in Danish, 52,000 in English; nothing for None."""
    if value is None:
        return ""
    return f"{value:,}" if language == "en" else f"{value:,}".replace(",", ".")


def period(first: date, last: date | None, language: str) -> str:
    """When something is, as a sentence goes on: ”den 12. januar 2027”, ”den 12. og 13. januar 2027”,
    ”den 12.-14. januar 2027”, ”on 12 January 2027”.

    Within `flask_babel.force_locale(language)`.
    """
    on = "on" if language == "en" else "den"
    if last is None or last == first:
        return f"{on} {day(first)}"
    if last - first == timedelta(days=1) and first.month == last.month:
        return f"{on} {first.day}{' and' if language == 'en' else '. og'} {day(last)}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{on} {first.day}{'–' if language == 'en' else '.-'}{day(last)}"
    if language == "en":
        return f"between {day(first)} and {day(last)}"
    return f"mellem den {day(first)} og den {day(last)}"
