"""What a member does not agree with after the reveal, in their own words: one text a round."""

from __future__ import annotations

from flask_babel import gettext as _
from sqlalchemy import select

from recruit.accounts.models import Person
from recruit.audit import now, record
from recruit.candidates.impartiality import load_standings
from recruit.candidates.rules import is_disqualified
from recruit.errors import EditedMeanwhile, RuleBroken
from recruit.extensions import db
from recruit.panel.models import PanelMember
from recruit.panel.service import load_members
from recruit.recruitments.models import Recruitment, Round
from recruit.recruitments.service import hold
from recruit.scoring.models import Dissent
from recruit.scoring.progress import Progress


def load_dissents(
    recruitment: Recruitment, round_: Round, known: Progress | None = None
) -> list[tuple[PanelMember, Dissent]]:
    """The panel's dissents in the order of the panel; none before the reveal. One query, and two for the panel and its
    standings where they are not known.

    What a disqualified member wrote counts in nothing (rule 7); a dissent that was taken back is empty.
    """
    if not round_.revealed_at:
        return []
    rows = db.session.scalars(select(Dissent).where(Dissent.round_id == round_.id, Dissent.text != ""))
    written = {row.member_id: row for row in rows}
    standings = load_standings(recruitment) if known is None else known.standings
    return [
        (member, written[member.id])
        for member in (load_members(recruitment) if known is None else known.members)
        if member.id in written and not is_disqualified(standings.get(member.id, {}).values())
    ]


def find_dissent(round_: Round, member: PanelMember) -> Dissent | None:
    """The member's own, as it stands in the database now."""
    return db.session.scalar(
        select(Dissent)
        .where(Dissent.round_id == round_.id, Dissent.member_id == member.id)
        .execution_options(populate_existing=True)
    )


def version_of(row: Dissent | None) -> int:
    """What a page remembers of the dissent it showed: 1 for none, and more for every change.

    A dissent that is taken back stays as an empty row, so that the count never begins again.
    """
    return row.version + 1 if row else 1


def write_dissent(
    recruitment: Recruitment, round_: Round, member: PanelMember, text: str, *, version: int, actor: Person
) -> None:
    """Writes, changes or, with an empty text, takes back the member's own dissent.

    `version` is `version_of` what the page showed. Raises EditedMeanwhile when another window has saved since.
    """
    hold(round_)
    if not round_.revealed_at:
        raise RuleBroken(_("Runden er ikke afsløret endnu."))
    if member.role == "substitute":
        raise RuleBroken(_("Kun udvalgets medlemmer kan skrive en særudtalelse."))
    row, text = find_dissent(round_, member), text.strip()
    if text == (row.text if row else ""):
        if text:
            return  # a double click, or a request whose answer was lost, sent again
        raise RuleBroken(_("Skriv, hvad du ikke er enig i."))
    if version != version_of(row):
        raise EditedMeanwhile(_("Du har rettet dette i et andet vindue."))
    if row is None:
        row = Dissent(round_id=round_.id, member_id=member.id)
        db.session.add(row)
    row.text, row.written_at = text, now()
    event = "dissent.written" if text else "dissent.taken_back"
    record(event, actor.id, recruitment.id, round=round_.number, member=member.id)
