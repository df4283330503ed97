"""Who must not see which name has which ref: members who sift the applications, while they do."""

from __future__ import annotations

from collections.abc import Callable

from flask import Flask, current_app, g

from recruit.panel.models import PanelMember
from recruit.recruitments.models import Recruitment
from recruit.web.guard import may

EXTENSION = "recruit.candidates.names"

# Given by create_app, because the sift stands above this package: whether the member sifts here now, or (the last
# argument) may still be asked to.
Sifts = Callable[[Recruitment, PanelMember, bool], bool]


def install(app: Flask, sifts: Sifts) -> None:
    app.extensions[EXTENSION] = sifts


def hides_names(*, ahead: bool = False) -> bool:
    """Whether the person of this request must not see whose name a ref stands for. HR and the chair keep the list.

    `ahead`: also while a member may still be asked to sift, on the pages that are open before any interview.
    """
    if g.member is None or may("candidates.edit"):
        return False
    return bool(current_app.extensions[EXTENSION](g.recruitment, g.member, ahead))
