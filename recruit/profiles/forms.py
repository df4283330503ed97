from __future__ import annotations

from wtforms import HiddenField

from recruit.profiles.rules import SECTION_LIMIT, SECTIONS
from recruit.web.forms import BaseForm, TextField


class ProfileForm(BaseForm):
    """One text field and one version field for every section that is written by hand."""


for _section in SECTIONS:
    if _section.written:
        setattr(
            ProfileForm,
            _section.key,
            TextField(_section.heading, description=_section.hint, limit=SECTION_LIMIT, required=False),
        )
        setattr(ProfileForm, f"{_section.key}_version", HiddenField(default="0"))
