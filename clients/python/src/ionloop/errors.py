"""What can go wrong between a station and its server."""

from __future__ import annotations

from typing import Literal

StopReason = Literal["cancel", "lease_lost", "shutdown"]


class LabError(Exception):
    """Anything that the server, or the way to it, did to a request."""


class LabRefusal(LabError):
    """The server has understood the request and says no: asking again would not change its mind."""

    def __init__(self, status: int, code: str, detail: str, field: str | None = None) -> None:
        super().__init__(f"{code}: {detail}")
        self.status = status
        self.code = code
        self.detail = detail
        self.field = field


class LabUnavailable(LabError):
    """No answer, or none that counts: the request may have been carried out, and is safe to repeat."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after
        """For how many seconds the server asked to be left alone."""


class GivenUp(LabError):
    """The caller's event was set before an answer came."""


_WORDS: dict[StopReason, str] = {
    "cancel": "cancelled, as the server asked",
    "lease_lost": "the lease was lost",
    "shutdown": "the station was stopped while this was being made",
}


class WorkStopped(Exception):
    """Raised inside `run`, at the next look at the work, when it has to stop."""

    def __init__(self, reason: StopReason) -> None:
        super().__init__(_WORDS[reason])
        self.reason: StopReason = reason
