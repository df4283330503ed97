from __future__ import annotations
from collections.abc import Sequence
from recruit.questions.models import GuideQuestion
from recruit.recruitments.models import Recruitment, Round
def scorecard_document(recruitment: Recruitment, round_: Round, rows: Sequence[GuideQuestion]) -> bytes: raise NotImplementedError
