from __future__ import annotations

from pathlib import Path

import pytest

from recruit.config import FaultySetting, contrast_with_white, database_url, settings


def test_contrast_is_that_of_the_guidelines() -> None:
    """The ends of the scale, and #767676, the lightest grey that WCAG's own text names as passing on white (4.54)."""
    assert contrast_with_white("#000000") == pytest.approx(21)
    assert contrast_with_white("#ffffff") == pytest.approx(1)
    assert contrast_with_white("#767676") == pytest.approx(4.54, abs=0.005)


@pytest.mark.parametrize(("colour", "said"), [("teal", "must be a colour"), ("#ffcc00", "too light")])
def test_brand_colour_that_cannot_be_used_is_refused(tmp_path: Path, colour: str, said: str) -> None:
    with pytest.raises(FaultySetting, match=said):
        settings({"RECRUIT_INSTANCE": str(tmp_path), "RECRUIT_BRAND_COLOUR": colour})


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_address_of_postgresql_is_understood(scheme: str) -> None:
    assert database_url(f"{scheme}://u@h/d", Path("/x")) == "postgresql+psycopg://u@h/d"


def test_secret_is_made_once_for_its_owner_only(tmp_path: Path) -> None:
    first = settings({"RECRUIT_INSTANCE": str(tmp_path)})["SECRET_KEY"]
    assert settings({"RECRUIT_INSTANCE": str(tmp_path)})["SECRET_KEY"] == first
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
