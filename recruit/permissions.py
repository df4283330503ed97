"""Who may do what. Every endpoint names one of these permissions; what is not granted here is denied.

A person is of several kinds at once. Everywhere: `public` (anybody), `person` (signed in), `hr`, `auditor`,
`panelist` (has no role of their own: signs in to sit on panels).
In one recruitment: `chair`, `member`, `substitute` (has not stepped in), `undeclared` (chair, member or substitute who
has an impartiality declaration to make, or a doubt that is not decided) and `disqualified` (a confirmed conflict).
Whoever is `undeclared` or `disqualified` in a recruitment is nothing else in it, HR included: forvaltningsloven
section 3(3) and the design's rule 7.
"""

from __future__ import annotations

HR, AUDITOR, CHAIR, MEMBER = "hr", "auditor", "chair", "member"
SUBSTITUTE, UNDECLARED, DISQUALIFIED = "substitute", "undeclared", "disqualified"
PUBLIC, PERSON, PANELIST = "public", "person", "panelist"

PERMISSIONS: dict[str, frozenset[str]] = {
    permission: frozenset(kinds.split())
    for permission, kinds in {
        # everywhere
        "sign_in": "public",
        "job.see": "public",
        "account.edit": "person",
        "overview.see": "person",
        "charter.see": "hr panelist",
        "bank.see": "hr panelist",
        "bank.edit": "hr",
        "wording.check": "hr panelist",
        "people.edit": "hr",
        "organisation.edit": "hr",
        "log.see": "auditor",
        "recruitment.create": "hr",
        # in one recruitment
        "recruitment.see": "hr chair member substitute",
        "recruitment.edit": "hr chair",
        "criteria.edit": "hr chair",
        "needs.edit": "hr chair",
        "timetable.see": "hr chair member substitute",
        "timetable.edit": "hr chair",
        "recruitment.close": "hr chair",
        "profile.see": "hr chair member substitute",
        "profile.edit": "hr chair",
        "profile.approve": "chair",
        "ad.see": "hr chair member substitute",
        "ad.edit": "hr chair",
        "guide.see": "hr chair member",
        "guide.edit": "hr chair",
        "guide.lock": "chair",
        "panel.see": "hr chair member substitute",
        "panel.edit": "hr chair",
        "candidates.see": "hr chair member",
        "candidates.edit": "hr chair",
        "attachment.see": "hr chair member",
        "sift.see": "hr chair member",
        "sift.open": "hr chair",
        "sift.write": "chair member",
        "sift.decide": "chair",
        "impartiality.declare": "chair member substitute undeclared",
        "impartiality.see": "hr chair",
        "impartiality.decide": "hr chair",
        "interviews.see": "hr chair member substitute",
        "interviews.edit": "hr chair",
        "scorecard.write": "chair member",
        "calibration.rate": "chair member",
        "deviation.write": "hr chair member",
        "progress.see": "hr chair member",
        "round.excuse": "hr chair",
        "round.reveal": "chair",
        "comparison.see": "hr chair member",
        "consensus.write": "chair",
        "dissent.write": "chair member",
        "case.file": "hr chair",
        "recommendation.see": "hr chair member",
        "recommendation.write": "chair",
        "decision.see": "hr chair member",
        "decision.write": "hr",
        "references.see": "hr chair",
        "references.write": "hr chair",
        "consent.write": "hr",
        "hearings.write": "hr",
        "letters.see": "hr chair",
        "letters.write": "hr chair",
        "brief.write": "hr chair",
        "extract.make": "hr",
    }.items()
}


# Whoever is none of these in a recruitment is not told that it exists.
INSIDE = frozenset({HR, CHAIR, MEMBER, SUBSTITUTE, UNDECLARED, DISQUALIFIED})


def allowed(permission: str, kinds: frozenset[str]) -> bool:
    """Whether somebody of these kinds has the permission. An unknown permission is a programming error: KeyError."""
    return bool(PERMISSIONS[permission] & kinds)
