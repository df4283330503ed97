from __future__ import annotations

from wtforms import HiddenField

from recruit.profiles.rules import SECTION_LIMIT, SECTIONS
from recruit.web.forms import BaseForm, TextField


class ProfileForm(BaseForm):
    """For every section that is written by hand: its text, and the version and fingerprint of what the page showed.

    The text's attribute is `<key>_text`, its name on the page the bare key: `process` is a method of every form.
    """


for _section in SECTIONS:
    if _section.written:
        setattr(
            ProfileForm,
            f"{_section.key}_text",
            TextField(
                _section.heading, description=_section.hint, limit=SECTION_LIMIT, required=False, name=_section.key
            ),
        )
        setattr(ProfileForm, f"{_section.key}_version", HiddenField(default="0"))
        setattr(ProfileForm, f"{_section.key}_shown", HiddenField())
