"""Beats for everything in hand, in a thread of its own: work that blocks does not cost a station its leases."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable

from .client import Beat, LabClient, Patience
from .errors import GivenUp, LabRefusal, LabUnavailable, StopReason
from .link import Link
from .work import Work

_SOON = 0.5
"""The least time between two beats, however quickly stages follow each other."""


class Heart:
    """As often as the most impatient assignment asks, and soon after a new stage."""

    def __init__(self, client: LabClient, link: Link, log: Callable[[str], None]) -> None:
        self._client = client
        self._link = link
        self._log = log
        self._kept: dict[str, Work] = {}
        self._changed = threading.Condition()
        self._news = False
        self._ended = threading.Event()
        self._all_stopped: StopReason | None = None
        self._thread = threading.Thread(target=self._beat, name="ionloop heart", daemon=True)

    def begin(self) -> None:
        self._thread.start()

    def keep(self, work: Work) -> None:
        with self._changed:
            self._kept[work.assignment.attempt_id] = work
            if self._all_stopped is not None:
                work.stop(self._all_stopped)
            self._changed.notify_all()

    def release(self, work: Work) -> None:
        with self._changed:
            self._kept.pop(work.assignment.attempt_id, None)

    def news(self) -> None:
        with self._changed:
            self._news = True
            self._changed.notify_all()

    def stop_all(self, reason: StopReason) -> None:
        """Everything in hand, and whatever comes in later."""
        with self._changed:
            if self._all_stopped is None:
                self._all_stopped = reason
            for work in self._kept.values():
                work.stop(reason)

    def end(self) -> None:
        with self._changed:
            self._ended.set()
            self._changed.notify_all()

    def _beat(self) -> None:
        while self._wait_until_due():
            self._tell()

    def _wait_until_due(self) -> bool:
        """False at the end. A new stage shortens the wait; work that comes in does not put the beat off."""
        since = time.monotonic()
        with self._changed:
            while not self._ended.is_set():
                if not self._kept:
                    self._changed.wait()
                    since = time.monotonic()
                    continue
                interval = min(work.assignment.heartbeat_seconds for work in self._kept.values())
                due = since + (min(interval, _SOON) if self._news else interval)
                left = due - time.monotonic()
                if left <= 0:
                    self._news = False
                    return True
                self._changed.wait(left)
        return False

    def _tell(self) -> None:
        with self._changed:
            kept = dict(self._kept)
        beats = [Beat(attempt_id, work.stage, work.progress) for attempt_id, work in kept.items()]
        if not beats:
            return
        try:
            # One try: a beat that goes missing is made up by the next.
            answers = self._client.heartbeat(beats, patience=Patience(tries=1, stop=self._ended))
        except LabUnavailable as error:
            self._link.unavailable(error)
        except LabRefusal as refusal:
            if refusal.code == "LEASE_LOST":
                self.stop_all("lease_lost")
            elif refusal.status == 401:
                self._link.unauthenticated(refusal)
            else:
                self._log(f"a heartbeat was refused: {refusal}")
        except GivenUp:
            return
        else:
            for answer in answers:
                work = kept.get(answer.attempt_id)
                if work is not None:
                    work.obey(answer.command)
