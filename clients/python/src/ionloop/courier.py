"""Takes partials and results from the spool to the server, in a thread of its own, for as long as it takes."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable

from .client import LabClient, Patience
from .errors import GivenUp, LabRefusal, LabUnavailable
from .link import Link
from .spool import Partial, Spool, Spooled
from .wire import JsonObject


class Courier:
    """Goes its round again until nothing is left: one that the server cannot take does not hold up the others."""

    def __init__(
        self,
        client: LabClient,
        link: Link,
        spool: Spool,
        *,
        on_replaced: Callable[[LabRefusal], None],
        log: Callable[[str], None],
    ) -> None:
        self._client = client
        self._link = link
        self._spool = spool
        self._on_replaced = on_replaced
        self._log = log
        self._unsaved: list[Spooled] = []
        self._missing: dict[str, int] = {}
        self._lock = threading.Lock()
        self._news = threading.Event()
        self._idle = threading.Event()
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._go, name="ionloop courier", daemon=True)

    @property
    def begun(self) -> bool:
        return self._thread.ident is not None

    def begin(self) -> None:
        self._thread.start()

    def wake(self) -> None:
        with self._lock:
            self._idle.clear()
            self._news.set()

    def carry(self, spooled: Spooled) -> None:
        """A result that the disk has refused: it is handed in from memory."""
        self._unsaved.append(spooled)
        self.wake()

    def delivered(self, seconds: float) -> bool:
        """Waits until nothing is left, at most so long."""
        return self._idle.wait(seconds)

    def end(self) -> None:
        self._ended.set()
        self._news.set()

    def _go(self) -> None:
        failures = 0
        while not self._ended.is_set():
            self._news.clear()
            try:
                waits = self._round()
            except LabRefusal as replaced:
                self._on_replaced(replaced)
                return
            except sqlite3.Error as error:
                self._log(f"the spool cannot be read: {error}")
                waits = [0.0]
            if waits:
                failures += 1
                self._ended.wait(self._client.backoff.wait_after(failures, max(waits)))
            else:
                failures = 0
                self._rest()

    def _rest(self) -> None:
        with self._lock:
            if not self._news.is_set():
                self._idle.set()
        self._news.wait()

    def _round(self) -> list[float]:
        """For each delivery that has to be tried again, how long the server asked to be left alone."""
        partials = [self._deliver_partial(each) for each in self._spool.partials()]
        results = [self._deliver(each) for each in [*self._spool.results(), *self._unsaved]]
        return [wait for wait in [*partials, *results] if wait is not None]

    def _deliver_partial(self, partial: Partial) -> float | None:
        try:
            self._client.append(partial.attempt_id, partial.seq, partial.body, patience=self._once())
        except LabUnavailable as error:
            return self._unavailable(error)
        except LabRefusal as refusal:
            if refusal.status == 401:
                return self._unauthenticated(refusal)
            self._log(f"partial {partial.seq} of attempt {partial.attempt_id} is not stored: {refusal}")
        except GivenUp:
            return 0.0
        self._spool.partial_sent(partial)
        return None

    def _deliver(self, spooled: Spooled) -> float | None:
        try:
            body = self._with_files(spooled)
            receipt = self._client.submit(
                spooled.attempt_id, spooled.fence, body, key=spooled.key, patience=self._once()
            )
        except LabUnavailable as error:
            return self._unavailable(error)
        except LabRefusal as refusal:
            if refusal.status == 401:
                return self._unauthenticated(refusal)
            if refusal.code == "LEASE_LOST":
                # Another boot speaks for the station; the result stays for the next start.
                raise
            if refusal.code == "ARTIFACT_MISSING" and self._brought_again(spooled):
                # The server has lost it since it was asked: the next round brings it again.
                return 0.0
            self._log(f"the result of attempt {spooled.attempt_id} was refused and is set aside: {refusal}")
            self._spool.refuse(spooled, refusal)
        except GivenUp:
            return 0.0
        else:
            self._link.found()
            self._log(f"result of attempt {spooled.attempt_id}: {receipt.disposition}")
            self._spool.acknowledge(spooled)
        if spooled in self._unsaved:
            self._unsaved.remove(spooled)
        return None

    def _with_files(self, spooled: Spooled) -> JsonObject:
        """The files first: a result may only name what is there. What the server will not have, it goes without."""
        artifacts = spooled.body.get("artifacts")
        if not artifacts:
            return spooled.body
        there = [artifact for artifact in artifacts if self._bring(spooled, artifact)]
        others = {name: value for name, value in spooled.body.items() if name != "artifacts"}
        return {**others, **({"artifacts": there} if there else {})}

    def _bring(self, spooled: Spooled, artifact: JsonObject) -> bool:
        about = f"{artifact['name']} of attempt {spooled.attempt_id}"
        path = self._spool.files.path(artifact["sha256"])
        if not path.exists():
            self._log(f"{about} is not in the spool any more")
            return False
        media_type = artifact.get("mediaType", "application/octet-stream")
        try:
            self._client.upload(artifact["sha256"], path, media_type, patience=self._once())
        except LabRefusal as refusal:
            if refusal.status == 401:
                raise
            self._log(f"{about} was refused and is kept in {path.parent}: {refusal}")
            self._spool.refuse_artifact(spooled, artifact, refusal)
            return False
        return True

    def _brought_again(self, spooled: Spooled) -> bool:
        """A few times: a server that loses files again and again must not keep the result for ever."""
        self._missing[spooled.key] = self._missing.get(spooled.key, 0) + 1
        return self._missing[spooled.key] < 3

    def _once(self) -> Patience:
        return Patience(tries=1, stop=self._ended)

    def _unavailable(self, error: LabUnavailable) -> float:
        self._link.unavailable(error)
        return error.retry_after or 0.0

    def _unauthenticated(self, refusal: LabRefusal) -> float:
        self._link.unauthenticated(refusal)
        return 0.0
