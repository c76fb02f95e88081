"""How long to wait before asking again."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass

_LONGEST_RETRY_AFTER = 300.0


@dataclass(frozen=True)
class Backoff:
    """Each wait is about twice the one before. In seconds."""

    first: float = 0.25
    longest: float = 15.0
    uniform: Callable[[], float] = random.random
    """Keeps stations that lost the server together from coming back together."""

    def wait_after(self, failures: int, retry_after: float | None = None) -> float:
        """After so many failures in a row; never shorter than what the server asked for."""
        full = min(self.longest, self.first * 2.0 ** min(failures - 1, 30))
        asked = min(retry_after or 0.0, _LONGEST_RETRY_AFTER)
        return max(full * (0.5 + 0.5 * self.uniform()), asked)
