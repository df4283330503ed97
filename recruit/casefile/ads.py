"""The job ad of a case file: what it is composed with, and what somebody has written in it."""

from __future__ import annotations

from typing import Any

from recruit.accounts.models import Person
from recruit.casefile.prepared_parts import AdPart
from recruit.extensions import db
from recruit.profiles.ads import models
from recruit.profiles.ads.service import FACTS, create_ad, is_edited, load_ad, load_parts, write_parts
from recruit.recruitments.models import Recruitment

TEXT = ("language", "length", "key", "heading", "text")


def ad_values(recruitment: Recruitment) -> dict[str, Any] | None:
    """The ad as the values of a case file; None while there is none. What is composed is composed again."""
    ad = load_ad(recruitment)
    if ad is None:
        return None
    rows = db.session.scalars(
        db.select(models.AdPart).where(models.AdPart.ad_id == ad.id).order_by(models.AdPart.id)
    ).all()
    return {
        **{name: getattr(ad, name) for name in FACTS},
        "said": ad.said,
        "texts": [{name: getattr(row, name) for name in TEXT} for row in rows if is_edited(row)],
    }


def write_ad(recruitment: Recruitment, part: AdPart, *, actor: Person | None) -> None:
    """Composes the ad from the recruitment, and puts in what the file says that somebody has written."""
    ad = create_ad(recruitment, part.model_dump(include=set(FACTS)), actor=actor)
    ad.said = [key for key in part.said if key in {criterion.key for criterion in recruitment.criteria}]
    for length, rows in load_parts(ad).items():
        texts = {
            item.key: (item.heading, item.text)
            for item in part.texts
            if (item.language, item.length) == (ad.language, length)
        }
        versions = {key: row.version for key, row in rows.items()}
        write_parts(recruitment, rows, texts, versions=versions, actor=actor)
