"""A station is one method that makes and measures; the rest is here."""

from __future__ import annotations

import json
import logging
import os
import signal
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from .backoff import Backoff
from .client import LabClient, Token
from .life import Life, Terms
from .spool import Spool
from .wire import Assignment, JsonObject, Result, Spec
from .work import Work

_log = logging.getLogger("ionloop")
_S = TypeVar("_S", bound="Station")


class Station:
    """
    Override `run`. `serve` then claims work, asks before anything moves, beats, hands in, and goes on through lost
    connections and restarts of either side.
    """

    properties: Sequence[str] = ("ionic_conductivity",)
    """What this station can measure; only such work is claimed."""
    limits: JsonObject | None = None
    """What it cannot do, such as {"temperatureC": [20, 1100]}; shown to people."""

    def __init__(
        self,
        url: str,
        token: Token,
        name: str,
        folder: str | Path,
        *,
        concurrency: int = 1,
        wait_seconds: float = 20.0,
        grace_seconds: float = 5.0,
        timeout: float = 15.0,
        backoff: Backoff = Backoff(),
    ) -> None:
        """
        `folder` keeps results and what was begun over any restart, for this station alone. `concurrency` is how many
        assignments it takes at a time, `wait_seconds` how long a claim waits for work, `grace_seconds` how long work
        may take to stop when the station is told to.
        """
        self._url = url
        self._token = token
        self._name = name
        self._folder = folder
        self._timeout = timeout
        self._backoff = backoff
        self._concurrency = concurrency
        self._wait_seconds = wait_seconds
        self._grace_seconds = grace_seconds
        self._current = threading.local()

    @classmethod
    def from_environment(cls: type[_S], env: Mapping[str, str] = os.environ, **options: Any) -> _S:
        """IONLOOP_URL, IONLOOP_TOKEN, IONLOOP_STATION and IONLOOP_SPOOL; IONLOOP_BACKOFF_SECONDS is the longest wait."""
        missing = [name for name in ("IONLOOP_URL", "IONLOOP_TOKEN", "IONLOOP_STATION") if not env.get(name)]
        if missing:
            raise SystemExit(f"not set: {', '.join(missing)}")
        name = env["IONLOOP_STATION"]
        if "IONLOOP_BACKOFF_SECONDS" in env:
            longest = float(env["IONLOOP_BACKOFF_SECONDS"])
            options.setdefault("backoff", Backoff(first=min(0.25, longest / 4), longest=longest))
        if "IONLOOP_TIMEOUT_SECONDS" in env:
            options.setdefault("timeout", float(env["IONLOOP_TIMEOUT_SECONDS"]))
        if "IONLOOP_WAIT_SECONDS" in env:
            options.setdefault("wait_seconds", float(env["IONLOOP_WAIT_SECONDS"]))
        folder = env.get("IONLOOP_SPOOL") or Path.home() / ".ionloop" / "stations" / name
        return cls(env["IONLOOP_URL"], env["IONLOOP_TOKEN"], name, folder, **options)

    def run(self, spec: Spec) -> Result:
        """
        Makes and measures; called once for an attempt, after the server has agreed to its start. What it raises is an
        instrument fault. `self.work` tells the server how far it is and when to stop.
        """
        raise NotImplementedError("a station says how it makes and measures: override run(spec)")

    def recover(self, assignment: Assignment) -> Result | None:
        """
        What became of an attempt that a former life of this station had begun. None leaves it to a person: only the
        station can know that nothing moves any more, and nothing is made again by itself.
        """
        return None

    @property
    def work(self) -> Work:
        """The attempt in hand, inside `run`; keep it in a variable to use it in other threads."""
        work: Work | None = getattr(self._current, "work", None)
        if work is None:
            raise RuntimeError("there is work only inside run(); threads started there take it from a variable")
        return work

    def make(self, work: Work) -> Result:
        self._current.work = work
        try:
            result = self.run(work.assignment.spec)
            if not isinstance(result, Result):
                raise TypeError(f"run() returned {type(result).__name__}, not a Result such as measured(…)")
            json.dumps(result.body(), allow_nan=False)
            return result
        finally:
            self._current.work = None

    def serve(self, stop: threading.Event | None = None) -> None:
        """
        Until `stop` is set or, in the main thread, until SIGINT or SIGTERM. Raises LabRefusal when the server refuses
        the station itself, and FolderInUse when another process has its folder.
        """
        stop = stop if stop is not None else threading.Event()
        terms = Terms(
            properties=tuple(self.properties),
            limits=self.limits,
            concurrency=self._concurrency,
            wait_seconds=self._wait_seconds,
            grace_seconds=self._grace_seconds,
        )
        client = LabClient(
            self._url, self._token, self._name, timeout=self._timeout, backoff=self._backoff
        )
        with Spool(self._folder) as spool, client, _stopped_by_signals(stop):
            Life(self, client, spool, terms, _log.info).live(stop)


@contextmanager
def _stopped_by_signals(stop: threading.Event) -> Iterator[None]:
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    kinds = (signal.SIGINT, signal.SIGTERM)
    former = [(kind, signal.signal(kind, lambda *_: stop.set())) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in former:
            signal.signal(kind, handler)
