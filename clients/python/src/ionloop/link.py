"""A station's patience with its server: it asks until there is an answer, and says only when that changes."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from .client import Patience
from .errors import GivenUp, LabRefusal, LabUnavailable

T = TypeVar("T")


class Link:
    def __init__(self, renewal_seconds: float, log: Callable[[str], None]) -> None:
        self._renewal_seconds = renewal_seconds
        self._log = log
        self._lost = False
        self._lock = threading.Lock()

    def reach(self, ask: Callable[[Patience], T], stop: threading.Event) -> T:
        """For as long as it takes; `GivenUp` once `stop` is set. A refused token may be renewed meanwhile."""
        patience = Patience(tries=None, stop=stop, on_retry=self.unavailable)
        while True:
            try:
                answer = ask(patience)
            except LabRefusal as refusal:
                if refusal.status != 401:
                    raise
                self.unauthenticated(refusal)
                if stop.wait(self._renewal_seconds):
                    raise GivenUp("told to stop while the token was refused") from refusal
            else:
                self.found()
                return answer

    def unavailable(self, error: LabUnavailable) -> None:
        self._say(True, f"the server does not answer ({error}); trying until it does")

    def unauthenticated(self, refusal: LabRefusal) -> None:
        self._say(True, f"the token is refused ({refusal}); trying until it is renewed")

    def found(self) -> None:
        self._say(False, "the server answers again")

    def _say(self, lost: bool, line: str) -> None:
        with self._lock:
            changed, self._lost = self._lost != lost, lost
        if changed:
            self._log(line)
