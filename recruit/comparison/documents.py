from __future__ import annotations
from recruit.comparison.service import RevealedRound
def comparison_document(revealed: RevealedRound) -> bytes: raise NotImplementedError
