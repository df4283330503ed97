"""The whole case as one download for the records system."""

from __future__ import annotations

from flask import Response, g, render_template
from flask_babel import gettext as _
from flask_login import current_user

from recruit.casefile.archive import make_archive
from recruit.casefile.papers import filed
from recruit.casefile.views import blueprint
from recruit.extensions import db
from recruit.web.downloads import archive_download
from recruit.web.guard import needs

__all__ = ["blueprint"]

ARCHIVE = "/recruitments/<int:recruitment_id>/archive"


@blueprint.get(ARCHIVE)
@needs("case.file")
def archive(recruitment_id: int) -> str:
    """What would be in it now."""
    waiting = [round_ for round_ in g.recruitment.rounds if not round_.revealed_at]
    papers = [paper.title for _kind, paper in filed(g.recruitment)]
    return render_template("casefile/archive.html", papers=papers, waiting=waiting)


@blueprint.post(ARCHIVE)
@needs("case.file")
def fetch_archive(recruitment_id: int) -> Response:
    """Asked for by a form, because it is written in the log."""
    file = make_archive(g.recruitment, actor=current_user)
    db.session.commit()
    return archive_download(file, g.recruitment.title, _("sag"), g.recruitment.case_number)
