"""One attempt in hand, as `run` sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable

from .errors import StopReason, WorkStopped
from .wire import Assignment, Command, Json


class Work:
    """May be used from any thread."""

    def __init__(
        self,
        assignment: Assignment,
        *,
        on_report: Callable[[], None],
        on_append: Callable[[Json], None],
    ) -> None:
        self.assignment = assignment
        self.stopped = threading.Event()
        """Set when the work has to stop; for those who would rather wait on an event than be interrupted."""
        self.stage: str | None = None
        self.progress: float | None = None
        self._reason: StopReason | None = None
        self._go_on = threading.Event()
        self._go_on.set()
        self._on_report = on_report
        self._on_append = on_append

    @property
    def stop_reason(self) -> StopReason | None:
        return self._reason

    def report(self, stage: str, progress: float) -> None:
        """Where the work has got to, from 0 to 1; goes out with the next heartbeat. Raises `WorkStopped`."""
        is_new = stage != self.stage
        self.stage, self.progress = stage, min(1.0, max(0.0, progress))
        if is_new:
            self._on_report()
        self.check()

    def append(self, partial: Json) -> None:
        """Keeps what was found so far, on disk and then with the server; does not wait for the latter."""
        self._on_append(partial)

    def check(self) -> None:
        """Waits while the server has said `pause`; raises `WorkStopped` once the work has to stop."""
        self._go_on.wait()
        if self._reason is not None:
            raise WorkStopped(self._reason)

    def sleep(self, seconds: float) -> None:
        """Like time.sleep, but raises `WorkStopped` as soon as the work has to stop."""
        self.check()
        self.stopped.wait(seconds)
        self.check()

    def obey(self, command: Command) -> None:
        if command == "cancel" or command == "lease_lost":
            self.stop(command)
        elif command == "pause":
            if self._reason is None:
                self._go_on.clear()
        else:
            self._go_on.set()

    def stop(self, reason: StopReason) -> None:
        """The first reason counts."""
        if self._reason is None:
            self._reason = reason
        self.stopped.set()
        self._go_on.set()
