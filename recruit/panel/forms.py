from __future__ import annotations

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from recruit.panel.rules import ROLES, SIDES
from recruit.web.forms import BaseForm, LineField, options


class ChangeMemberForm(BaseForm):
    name = LineField(_l("Navn"), render_kw={"autocomplete": "off"})
    email = LineField(_l("E-mail"), limit=254, render_kw={"autocomplete": "off", "type": "email"})
    side = SelectField(_l("Side"), choices=options(SIDES), default="employee")


class MemberForm(ChangeMemberForm):
    role = SelectField(_l("Rolle"), choices=options(ROLES), default="member")
