"""recruit: hire public leaders the way your own leadership charter says leaders should be."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from flask import Flask, g, request, url_for
from flask_babel import gettext as _
from flask_login import current_user

from recruit.accounts import people_views as accounts
from recruit.accounts.service import load_person
from recruit.accounts.sign_in_links import answer_requests
from recruit.candidates import attachment_views as candidates
from recruit.candidates import links as candidates_links
from recruit.candidates import names as candidate_names
from recruit.candidates.impartiality import closed_to, open_to
from recruit.candidates.resolver import askers, kinds_of
from recruit.casefile import archive_views as casefile
from recruit.charter import service as charter_service
from recruit.charter import views as charter
from recruit.comparison import links as comparison_links
from recruit.comparison import origin as comparison_origin
from recruit.comparison import page_views as comparison
from recruit.config import settings
from recruit.datafiles import data_dir
from recruit.decisions import documents as decisions_documents
from recruit.decisions import hearing_documents
from recruit.decisions import hearing_views as decisions
from recruit.decisions import links as decisions_links
from recruit.decisions.deciding import decided_outcome
from recruit.documents.origin import ORIGINS
from recruit.extensions import babel, csrf, db, login, migrate
from recruit.interviews import links as interviews_links
from recruit.interviews import reminders as interview_reminders
from recruit.interviews import sending_views as interviews
from recruit.letters import brief_views as letters
from recruit.letters import documents as letters_documents
from recruit.letters import extract_documents, talk_documents
from recruit.letters import links as letters_links
from recruit.mail import worker
from recruit.organisation import views as organisation
from recruit.overview import views as overview
from recruit.panel import invitation_views as panel
from recruit.panel import links as panel_links
from recruit.panel import reminders as panel_reminders
from recruit.panel.service import load_sides
from recruit.permissions import allowed
from recruit.privacy import views as privacy
from recruit.profiles import links as profiles_links
from recruit.profiles import writing_views as profiles
from recruit.profiles.ads import links as ads_links
from recruit.profiles.ads import output_views as ads
from recruit.profiles.ads import public_views as jobs
from recruit.profiles.ads.material import VOICES
from recruit.profiles.material import PANEL
from recruit.questions import browse as questions_browse
from recruit.questions import editing_views as questions
from recruit.questions import links as questions_links
from recruit.questions import local_views as local_questions
from recruit.questions import service as questions_service
from recruit.questions.guide import ASKERS
from recruit.questions.local import CLOSED_TO
from recruit.recruitments import examples as criteria_examples
from recruit.recruitments import preparing_views as recruitments
from recruit.recruitments.closing import DECIDED
from recruit.recruitments.copying import OPEN_TO
from recruit.scoring import deviation_views as scoring
from recruit.scoring import links as scoring_links
from recruit.scoring.reminders import missing_cards
from recruit.sifting import pile_views as sifting
from recruit.sifting.service import is_sifting
from recruit.web import chain, errors, guard, language, security
from recruit.web import views as web
from recruit.wording import service as wording_service
from recruit.wording import views as wording

BLUEPRINTS = (
    web,
    wording,
    accounts,
    charter,
    organisation,
    recruitments,
    profiles,
    ads,
    jobs,
    questions,
    local_questions,
    panel,
    candidates,
    sifting,
    interviews,
    scoring,
    comparison,
    decisions,
    letters,
    casefile,
    privacy,
    overview,
)
CHAIN = (
    profiles_links.link,
    ads_links.link,
    questions_links.link,
    panel_links.link,
    candidates_links.link,
    interviews_links.link,
    scoring_links.link,
    comparison_links.link,
    decisions_links.recommendation,
    decisions_links.decision,
    letters_links.link,
)
# What writes mails by itself: at every round of the server's thread, and every ten minutes.
OFTEN = (answer_requests,)
SELDOM = (panel_reminders.queue_due, interview_reminders.queue_due)

# What a document of each kind would be made from now: for `recruit verify`.
MADE_FROM = {
    "comparison": comparison_origin.comparison_now,
    "workbook": comparison_origin.workbook_now,
    "recommendation": decisions_documents.recommendation_now,
    "decision": decisions_documents.decision_now,
    "hearing": hearing_documents.hearing_now,
    "letter": letters_documents.letter_now,
    "extract": extract_documents.extract_now,
    "brief": talk_documents.brief_now,
    "feedback": talk_documents.talk_now,
    "differences": comparison_origin.workbook_now,
}


def create_app(overrides: Mapping[str, Any] | None = None) -> Flask:
    """The application. Raises FaultySetting or FaultyFile when a setting, a charter or a bank cannot be used."""
    app = Flask(__name__, template_folder=str(data_dir("templates")))
    app.config.update(settings())
    app.config.update(overrides or {})
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True

    db.init_app(app)
    migrate.init_app(app, db, directory=str(Path(__file__).parent / "migrations"))
    babel.init_app(
        app,
        locale_selector=language.choose,
        default_translation_directories=str(Path(__file__).parent / "translations"),
    )
    csrf.init_app(app)
    login.init_app(app)
    login.user_loader(load_person)

    wording_service.load()
    charter_service.install(app)
    questions_service.install(app)
    questions_browse.install(app)
    criteria_examples.install(app)
    app.extensions[CLOSED_TO] = closed_to
    app.extensions[OPEN_TO] = open_to
    app.extensions[PANEL] = load_sides
    app.extensions[ASKERS] = askers
    app.extensions[DECIDED] = decided_outcome
    app.extensions[VOICES] = questions_service.ad_voices
    ORIGINS.update(MADE_FROM)
    app.config["THEME"] = theme(app)
    app.extensions[wording.CITES] = titles(app)

    for package in BLUEPRINTS:
        app.register_blueprint(package.blueprint)
    guard.install(app, kinds_of)
    chain.install(app, CHAIN)
    candidate_names.install(app, is_sifting)
    panel_reminders.install(app, missing_cards)
    worker.install(app, OFTEN, SELDOM)
    for part in (language, errors, security):
        part.install(app)
    app.context_processor(frame)
    return app


def titles(app: Flask) -> list[str]:
    """The titles of all charters: what an ad may name its charter by."""
    with app.app_context():
        return [title for each in charter_service.charters().values() for title in (each.title.da, each.title.en)]


def frame() -> dict[str, Any]:
    """What the frame of every page shows: the navigation and who is signed in."""
    entries = [
        ("overview.home", _("Overblik"), "overview.see", ("overview",)),
        ("questions.bank", _("Spørgsmål"), "bank.see", ("local_questions",)),
        ("charter.index", _("Ledelsesgrundlag"), "charter.see", ("charter",)),
        ("organisation.index", _("Organisation"), "organisation.edit", ("organisation",)),
        ("accounts.people", _("Brugere"), "people.edit", ("accounts",)),
        ("privacy.log", _("Log"), "log.see", ("privacy",)),
    ]
    kinds = frozenset({"public"}) if not current_user.is_authenticated else everywhere()
    here = "overview" if "recruitment_id" in (request.view_args or {}) else request.blueprint
    if request.endpoint == "accounts.me":
        here = None
    if request.endpoint in ("questions.browse", "questions.entry"):
        here = "bank"
    return {
        "navigation": [
            (url_for(endpoint), label, here in blueprints or (here == "bank" and endpoint == "questions.bank"))
            for endpoint, label, permission, blueprints in entries
            if allowed(permission, kinds)
        ],
        "current_person": current_user.name if current_user.is_authenticated else None,
        "may": guard.may,
        "recruitment": g.get("recruitment"),
    }


def everywhere() -> frozenset[str]:
    """What the signed-in person is outside any recruitment."""
    return kinds_of(current_user, {})


def theme(app: Flask) -> str:
    """A stylesheet with the brand's colour and the colour of every room of every charter."""
    with app.app_context():
        rooms = [
            f".room-{charter_.id}-{area.id}{{--room:{area.colour}}}"
            for charter_ in charter_service.charters().values()
            for area in charter_.areas
        ]
    return f":root{{--brand:{app.config['BRAND_COLOUR']}}}\n" + "\n".join(rooms) + "\n"
