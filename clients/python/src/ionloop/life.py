"""A station's life from one start to its end: registers, hands in what is left, claims, starts, beats, hands in."""

from __future__ import annotations

import sqlite3
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from .client import Beat, LabClient, Patience
from .courier import Courier
from .errors import GivenUp, LabRefusal, WorkStopped
from .heart import Heart
from .link import Link
from .spool import Spool, Spooled
from .wire import Assignment, JsonObject, Result, instrument_fault
from .work import Work

_REPLAY = 10.0
"""How long the results of a former life are waited for before new work is claimed."""
_IDLE = 0.25
"""Between two claims without work, where the server does not wait itself."""
_INTERRUPTED = "interrupted by a restart of the station"


class Maker(Protocol):
    """What a life needs to know of the station whose life it is."""

    def make(self, work: Work) -> Result: ...

    def recover(self, assignment: Assignment) -> Result | None: ...


@dataclass(frozen=True)
class Terms:
    properties: tuple[str, ...]
    limits: JsonObject | None
    concurrency: int
    wait_seconds: float
    grace_seconds: float


class Life:
    def __init__(
        self,
        maker: Maker,
        client: LabClient,
        spool: Spool,
        terms: Terms,
        log: Callable[[str], None],
    ) -> None:
        self._maker = maker
        self._client = client
        self._spool = spool
        self._terms = terms
        self._log = log
        self._link = Link(client.backoff.longest, log)
        self._heart = Heart(client, self._link, log)
        self._courier = Courier(client, self._link, spool, on_replaced=self._fail, log=log)
        # Every attempt that this station has ever had in its hands, as far as it remembers: none is begun twice.
        self._taken = {assignment.attempt_id for assignment in spool.begun()}
        self._taken |= {spooled.attempt_id for spooled in spool.results()}
        self._working: set[str] = set()
        self._changed = threading.Condition()
        self._closing = threading.Event()
        self._over = threading.Event()
        self._abandoned = False
        self._failure: BaseException | None = None

    def live(self, stop: threading.Event) -> None:
        """Returns a while after `stop` is set; raises when the server refuses the station itself."""
        # In a thread of its own, so that a claim that waits for work does not hold up the end.
        claiming = threading.Thread(target=self._claim, name="ionloop claims", daemon=True)
        claiming.start()
        while not (stop.wait(0.1) or self._closing.is_set()):
            pass
        self._closing.set()
        # Another boot took its place, or the server refused it: what is in hand is still brought to its end.
        while self._failure is not None and self._working and not stop.wait(0.1):
            pass
        if stop.is_set():
            self._heart.stop_all("shutdown")
            self._finish_within(self._terms.grace_seconds)
        with self._changed:
            self._abandoned = True
        self._heart.end()
        self._courier.end()
        if self._failure is not None:
            raise self._failure

    def _claim(self) -> None:
        try:
            self._client.register(
                self._terms.properties,
                self._terms.limits,
                patience=Patience(tries=None, stop=self._closing, on_retry=self._link.unavailable),
            )
            self._link.found()
            self._heart.begin()
            self._recover()
            self._courier.begin()
            self._courier.delivered(_REPLAY)
            while not self._closing.is_set():
                self._claim_once()
        except GivenUp:
            pass
        except BaseException as error:
            self._fail(error)

    def _recover(self) -> None:
        """The server is asked which of the attempts begun in a former life it still counts as this station's."""
        left = self._spool.begun()
        if not left:
            return
        beats = [Beat(each.attempt_id, _INTERRUPTED) for each in left]
        answers = self._link.reach(
            lambda patience: self._client.heartbeat(beats, patience=patience), self._closing
        )
        lost = {answer.attempt_id for answer in answers if answer.command == "lease_lost"}
        for assignment in left:
            result = None if assignment.attempt_id in lost else self._maker.recover(assignment)
            if result is not None:
                self._spool.finish(assignment, result)
                continue
            if assignment.attempt_id not in lost:
                number = assignment.experiment_number
                self._log(f"experiment {number} was begun before the restart; a person decides about it")
            self._spool.forget(assignment.attempt_id)

    def _claim_once(self) -> None:
        with self._changed:
            while len(self._working) >= self._terms.concurrency and not self._closing.is_set():
                self._changed.wait(0.5)
            free = self._terms.concurrency - len(self._working)
        if self._closing.is_set():
            return
        key = str(uuid.uuid4())
        asked = time.monotonic()
        assignments = self._link.reach(
            lambda patience: self._client.claim(
                min(free, 32), self._terms.wait_seconds, key=key, patience=patience
            ),
            self._closing,
        )
        begun = sum(self._take(assignment) for assignment in assignments)
        if begun == 0 and time.monotonic() - asked < _IDLE:
            self._closing.wait(_IDLE)

    def _take(self, assignment: Assignment) -> bool:
        attempt_id = assignment.attempt_id
        with self._changed:
            if self._closing.is_set() or attempt_id in self._taken:
                return False
            self._taken.add(attempt_id)
            self._working.add(attempt_id)
        threading.Thread(
            target=self._carry_out, args=(assignment,), name=f"ionloop {attempt_id}", daemon=True
        ).start()
        return True

    def _carry_out(self, assignment: Assignment) -> None:
        attempt_id = assignment.attempt_id
        work = Work(
            assignment,
            on_report=self._heart.news,
            on_append=lambda partial: self._append(attempt_id, partial),
        )
        try:
            self._spool.begin(assignment)
            self._heart.keep(work)
            result = self._start(work) or self._make(work)
            if work.stop_reason == "lease_lost" and result.outcome != "measured":
                # With its lease an attempt has lost everybody who would want to hear of a fault.
                self._settle(assignment, None)
            else:
                self._settle(assignment, result)
        except LabRefusal as refusal:
            self._log(f"experiment {assignment.experiment_number} is not started: {refusal}")
            self._settle(assignment, None)
        except BaseException as error:
            self._fail(error)
        finally:
            self._heart.release(work)
            with self._changed:
                self._working.discard(attempt_id)
                self._changed.notify_all()

    def _start(self, work: Work) -> Result | None:
        """None when the server has agreed and nobody has changed their mind: only then may anything move."""
        try:
            self._link.reach(
                lambda patience: self._client.start(work.assignment, patience=patience), work.stopped
            )
        except GivenUp:
            pass
        if work.stop_reason is None:
            return None
        return instrument_fault(str(WorkStopped(work.stop_reason)))

    def _make(self, work: Work) -> Result:
        """What `run` raises is a fault of the instrument, in its words."""
        try:
            return self._maker.make(work)
        except WorkStopped as stopped:
            return instrument_fault(str(stopped))
        except BaseException as error:
            return instrument_fault(f"{type(error).__name__}: {error}")

    def _settle(self, assignment: Assignment, result: Result | None) -> None:
        with self._changed:
            if self._abandoned:
                self._log(f"experiment {assignment.experiment_number} did not stop in time; a person decides")
                return
            if result is None:
                self._spool.forget(assignment.attempt_id)
                return
            try:
                self._spool.finish(assignment, result)
            except sqlite3.Error as error:
                self._log(f"the result of attempt {assignment.attempt_id} cannot be kept on disk: {error}")
                key = str(uuid.uuid4())
                self._courier.carry(Spooled(key, assignment.attempt_id, assignment.fence, result.body()))
        self._courier.wake()

    def _append(self, attempt_id: str, partial: object) -> None:
        with self._changed:
            if self._abandoned:
                return
            self._spool.add_partial(attempt_id, partial)
        self._courier.wake()

    def _finish_within(self, seconds: float) -> None:
        """Until the work in hand has stopped and is handed in."""
        deadline = time.monotonic() + seconds
        with self._changed:
            while self._working:
                left = deadline - time.monotonic()
                if left <= 0:
                    return
                self._changed.wait(left)
        if self._courier.begun:
            self._courier.delivered(max(0.0, deadline - time.monotonic()))

    def _fail(self, error: BaseException) -> None:
        if self._closing.is_set():
            return
        self._failure = error
        self._closing.set()
