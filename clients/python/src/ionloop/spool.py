"""What must outlive the process: what was begun, what was found, what the server has not acknowledged."""

from __future__ import annotations

import json
import sqlite3
import threading
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from .errors import LabRefusal
from .files import Files
from .wire import Assignment, Json, JsonObject, Result, read_assignment

_SCHEMA = """
CREATE TABLE IF NOT EXISTS begun (attempt_id TEXT PRIMARY KEY, assignment TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS partial (
  attempt_id TEXT NOT NULL, seq INTEGER NOT NULL, body TEXT NOT NULL, PRIMARY KEY (attempt_id, seq));
CREATE TABLE IF NOT EXISTS result (
  key TEXT PRIMARY KEY, attempt_id TEXT NOT NULL, fence INTEGER NOT NULL, body TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refused (
  key TEXT PRIMARY KEY, attempt_id TEXT NOT NULL, fence INTEGER NOT NULL, body TEXT NOT NULL,
  status INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, field TEXT);
CREATE TABLE IF NOT EXISTS refused_artifact (
  sha256 TEXT NOT NULL, attempt_id TEXT NOT NULL, name TEXT NOT NULL,
  status INTEGER NOT NULL, code TEXT NOT NULL, detail TEXT NOT NULL, PRIMARY KEY (sha256, attempt_id));
"""


@dataclass(frozen=True)
class Spooled:
    """A result that the server has not acknowledged, under the key that it keeps."""

    key: str
    attempt_id: str
    fence: int
    body: JsonObject


@dataclass(frozen=True)
class Partial:
    attempt_id: str
    seq: int
    body: Json


class FolderInUse(Exception):
    """Another process has this folder: two stations on one spool would hand in each other's results."""


class Spool:
    """SQLite in a folder of the station's own. What a method has returned from survives a kill and a power cut."""

    def __init__(self, folder: str | Path) -> None:
        self.folder = Path(folder)
        self.folder.mkdir(parents=True, exist_ok=True)
        self._guard = _lock(self.folder)
        self._lock = threading.RLock()
        self._db = sqlite3.connect(
            self.folder / "spool.sqlite", isolation_level=None, check_same_thread=False
        )
        self._db.execute("PRAGMA journal_mode = WAL")
        # Each commit waits for the disk: with WAL, anything less may lose the last ones in a power cut.
        self._db.execute("PRAGMA synchronous = FULL")
        self._db.executescript(_SCHEMA)
        self.files = Files(self.folder / "artifacts")
        self.files.forget_all_but(self._named())

    def close(self) -> None:
        with self._lock:
            self._db.close()
            self._guard.close()

    def __enter__(self) -> Spool:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def begin(self, assignment: Assignment) -> None:
        """Before the start is asked for: from here on the next life knows that hardware may have moved."""
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO begun VALUES (?, ?)",
                (assignment.attempt_id, json.dumps(assignment.raw)),
            )

    def begun(self) -> list[Assignment]:
        """What has neither ended nor been told of, oldest first."""
        rows = self._rows("SELECT assignment FROM begun ORDER BY rowid")
        return [read_assignment(json.loads(body)) for (body,) in rows]

    def forget(self, attempt_id: str) -> None:
        """Nobody wants to hear of this attempt any more."""
        with self._transaction() as db:
            db.execute("DELETE FROM begun WHERE attempt_id = ?", (attempt_id,))
            db.execute("DELETE FROM partial WHERE attempt_id = ?", (attempt_id,))

    def finish(self, assignment: Assignment, result: Result) -> Spooled:
        """
        From begun to found in one step: there is no moment at which it is both or neither. The files that come with it
        are copied before.
        """
        with self._lock:
            return self._finish(assignment, result)

    def _finish(self, assignment: Assignment, result: Result) -> Spooled:
        told = result.body()
        named, lost = self._keep(result)
        if named:
            told["artifacts"] = named
        if lost:
            told["note"] = "; ".join([*([told["note"]] if "note" in told else []), *lost])[:2000]
        spooled = Spooled(str(uuid.uuid4()), assignment.attempt_id, assignment.fence, told)
        body = json.dumps(spooled.body, allow_nan=False)
        with self._transaction() as db:
            db.execute(
                "INSERT INTO result VALUES (?, ?, ?, ?)",
                (spooled.key, spooled.attempt_id, spooled.fence, body),
            )
            db.execute("DELETE FROM begun WHERE attempt_id = ?", (assignment.attempt_id,))
            db.execute("DELETE FROM partial WHERE attempt_id = ? AND body = ''", (assignment.attempt_id,))
        return spooled

    def results(self) -> list[Spooled]:
        rows = self._rows("SELECT key, attempt_id, fence, body FROM result ORDER BY rowid")
        return [Spooled(key, attempt_id, fence, json.loads(body)) for key, attempt_id, fence, body in rows]

    def acknowledge(self, spooled: Spooled) -> None:
        """The server has it, and the files that it names."""
        with self._transaction() as db:
            db.execute("DELETE FROM result WHERE key = ?", (spooled.key,))
        if spooled.body.get("artifacts"):
            with self._lock:
                self.files.forget_all_but(self._named())

    def refuse_artifact(self, spooled: Spooled, artifact: JsonObject, refusal: LabRefusal) -> None:
        """The server will not have this file: it stays in the folder with the reason, and the result goes without."""
        told = (refusal.status, refusal.code, refusal.detail)
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO refused_artifact VALUES (?, ?, ?, ?, ?, ?)",
                (artifact["sha256"], spooled.attempt_id, artifact["name"], *told),
            )

    def refuse(self, spooled: Spooled, refusal: LabRefusal) -> None:
        """The server will not have it: it is set aside with the reason, never dropped."""
        told = (refusal.status, refusal.code, refusal.detail, refusal.field)
        with self._transaction() as db:
            db.execute(
                "INSERT OR REPLACE INTO refused SELECT key, attempt_id, fence, body, ?, ?, ?, ?"
                " FROM result WHERE key = ?",
                (*told, spooled.key),
            )
            db.execute("DELETE FROM result WHERE key = ?", (spooled.key,))

    def refused(self) -> list[tuple[Spooled, LabRefusal]]:
        rows = self._rows(
            "SELECT key, attempt_id, fence, body, status, code, detail, field FROM refused ORDER BY rowid"
        )
        return [
            (
                Spooled(key, attempt_id, fence, json.loads(body)),
                LabRefusal(status, code, detail, field),
            )
            for key, attempt_id, fence, body, status, code, detail, field in rows
        ]

    def add_partial(self, attempt_id: str, body: Json) -> Partial:
        text = json.dumps(body, allow_nan=False)
        with self._transaction() as db:
            (seq,) = db.execute(
                "SELECT coalesce(max(seq) + 1, 0) FROM partial WHERE attempt_id = ?", (attempt_id,)
            ).fetchone()
            db.execute("INSERT INTO partial VALUES (?, ?, ?)", (attempt_id, seq, text))
        return Partial(attempt_id, seq, body)

    def partials(self) -> list[Partial]:
        rows = self._rows("SELECT attempt_id, seq, body FROM partial WHERE body <> '' ORDER BY rowid")
        return [Partial(attempt_id, seq, json.loads(body)) for attempt_id, seq, body in rows]

    def partial_sent(self, partial: Partial) -> None:
        """Its number stays taken until the attempt is over: the next one must not get it again."""
        with self._transaction() as db:
            db.execute(
                "UPDATE partial SET body = '' WHERE attempt_id = ? AND seq = ?",
                (partial.attempt_id, partial.seq),
            )
            db.execute(
                "DELETE FROM partial WHERE body = '' AND attempt_id NOT IN (SELECT attempt_id FROM begun)"
            )

    def _keep(self, result: Result) -> tuple[list[JsonObject], list[str]]:
        """A file that cannot be read or copied does not lose the result: it goes without, and says so."""
        named: list[JsonObject] = []
        lost: list[str] = []
        for attachment in result.artifacts:
            try:
                named.append(self.files.keep(attachment))
            except OSError as error:
                lost.append(f"{attachment.name} is missing: {error}")
        return named, lost

    def _named(self) -> set[str]:
        """The hashes of all files that a result names, or that were refused."""
        named = {sha256 for (sha256,) in self._rows("SELECT sha256 FROM refused_artifact")}
        for (body,) in self._rows("SELECT body FROM result UNION ALL SELECT body FROM refused"):
            named |= {artifact["sha256"] for artifact in json.loads(body).get("artifacts", [])}
        return named

    def _rows(self, query: str) -> list[Any]:
        with self._lock:
            return self._db.execute(query).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                yield self._db
            except BaseException:
                self._db.execute("ROLLBACK")
                raise
            self._db.execute("COMMIT")


def _lock(folder: Path) -> sqlite3.Connection:
    """A database that is locked as long as the process lives: the system lets go of it even after a kill."""
    guard = sqlite3.connect(folder / "in-use.sqlite", timeout=0, isolation_level=None, check_same_thread=False)
    try:
        guard.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        guard.close()
        raise FolderInUse(f"{folder} is in use by another station") from error
    return guard
