"""What if the weights were others: the same round computed anew with them. Never stored, never in a document."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from recruit.comparison.rules import RoundInput


def with_weights(data: RoundInput, weights: Mapping[str, float]) -> RoundInput:
    """The round as if these had been its weights, by criterion; a criterion that is not named keeps its own."""
    criteria = tuple(replace(one, weight=weights.get(one.key, one.weight)) for one in data.criteria)
    return replace(data, criteria=criteria)


@dataclass(frozen=True, slots=True)
class Reach:
    """What a slider goes from and to, and in which steps."""

    low: float
    high: float
    step: float


USUAL = Reach(0.25, 5, 0.25)


def reach_of(weights: Sequence[float]) -> Reach:
    """Sliders that all weights fit on: 0.25 to 5 for the usual ones, else a twentieth to twice the largest."""
    largest = max(weights, default=1.0)
    if USUAL.low <= min(weights, default=1.0) and largest <= USUAL.high:
        return USUAL
    return Reach(largest / 20, largest * 2, largest / 20)


class TooBusy(Exception):
    """Too much is being computed; `seconds` until another try has a chance."""

    def __init__(self, seconds: int) -> None:
        super().__init__(seconds)
        self.seconds = seconds


class Gate:
    """Lets one computation through at a time in this process, and so many a minute for each person.

    Ten thousand draws for a large round take the processor of everybody else, and a slider moves quickly.
    """

    MINUTE = 60.0

    def __init__(self, a_minute: int = 40, patience: float = 5.0, clock: Callable[[], float] = time.monotonic) -> None:
        self.a_minute, self.patience, self.clock = a_minute, patience, clock
        self._one, self._count = threading.Lock(), threading.Lock()
        self._passed: defaultdict[int, deque[float]] = defaultdict(deque)

    @contextmanager
    def passing(self, person: int) -> Iterator[None]:
        """Waits a few seconds for the one before. Raises TooBusy when that does not help."""
        self._count_in(person)
        if not self._one.acquire(timeout=self.patience):
            raise TooBusy(seconds=5)
        try:
            yield
        finally:
            self._one.release()

    def _count_in(self, person: int) -> None:
        with self._count:
            now = self.clock()
            for other in [one for one, times in self._passed.items() if not times or now - times[-1] > self.MINUTE]:
                del self._passed[other]
            times = self._passed[person]
            while times and now - times[0] > self.MINUTE:
                times.popleft()
            if len(times) >= self.a_minute:
                raise TooBusy(seconds=int(self.MINUTE - (now - times[0])) + 1)
            times.append(now)
