"""The six verbs. A request that got no answer is repeated unchanged, key included; a refusal is raised at once."""

from __future__ import annotations

import json
import threading
import uuid
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, Union
from urllib.parse import quote

import httpx

from .backoff import Backoff
from .errors import GivenUp, LabUnavailable
from .request import Requests
from .upload import upload
from .wire import (
    SCHEMA_VERSION,
    Assignment,
    BeatAnswer,
    Json,
    JsonObject,
    NotAsAgreed,
    Receipt,
    items,
    read_assignment,
    read_beat_answer,
    read_receipt,
    text,
)

T = TypeVar("T")
Token = Union[str, Callable[[], str]]


@dataclass(frozen=True)
class Beat:
    attempt_id: str
    stage: str | None = None
    progress: float | None = None

    def body(self) -> dict[str, Any]:
        stage = {} if self.stage is None else {"stage": self.stage[:200]}
        progress = {} if self.progress is None else {"progress": min(1.0, max(0.0, self.progress))}
        return {"attemptId": self.attempt_id, **stage, **progress}


@dataclass(frozen=True)
class Patience:
    """How long a call asks again: so many tries (None: for ever), until the event is set."""

    tries: int | None = 8
    stop: threading.Event | None = None
    on_retry: Callable[[LabUnavailable], None] | None = None


_PATIENCE = Patience()


class LabClient:
    """`token` may be a function: it is asked before every request, so that a token can be renewed."""

    def __init__(
        self,
        url: str,
        token: Token,
        station: str,
        *,
        boot_id: str | None = None,
        timeout: float = 15.0,
        backoff: Backoff = Backoff(),
    ) -> None:
        self.station = station
        self.boot_id = boot_id if boot_id is not None else str(uuid.uuid4())
        self.backoff = backoff
        self._token = token
        self._timeout = timeout
        self._requests = Requests(f"{url.rstrip('/')}/lab/v1")

    def close(self) -> None:
        self._requests.close()

    def __enter__(self) -> LabClient:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def register(
        self,
        properties: Sequence[str],
        limits: JsonObject | None = None,
        *,
        patience: Patience = _PATIENCE,
    ) -> str:
        """Returns the station's id. A new boot ends the unstarted leases of the one before it."""
        body = {
            "station": self.station,
            "bootId": self.boot_id,
            "properties": list(properties),
            **({} if limits is None else {"limits": limits}),
            "schemaVersion": SCHEMA_VERSION,
        }
        return self._call("/register", body, lambda answer: text(answer, "stationId"), patience)

    def claim(
        self,
        max: int = 1,
        wait_seconds: float = 0,
        *,
        key: str | None = None,
        patience: Patience = _PATIENCE,
    ) -> list[Assignment]:
        return self._call(
            "/claim",
            {"max": max, "wait": wait_seconds},
            lambda answer: [read_assignment(each) for each in items(answer, "assignments")],
            patience,
            key=key if key is not None else str(uuid.uuid4()),
            extra_time=wait_seconds,
        )

    def start(
        self,
        assignment: Assignment,
        *,
        device_run_id: str | None = None,
        patience: Patience = _PATIENCE,
    ) -> None:
        """Must have returned before anything moves."""
        body = {"fence": assignment.fence, "specHash": assignment.spec_hash}
        if device_run_id is not None:
            body["deviceRunId"] = device_run_id
        self._call(
            _path(assignment.attempt_id, "start"), body, lambda answer: text(answer, "attemptId"), patience
        )

    def heartbeat(self, beats: Iterable[Beat], *, patience: Patience = _PATIENCE) -> list[BeatAnswer]:
        body = {"attempts": [beat.body() for beat in beats]}
        return self._call(
            "/heartbeat",
            body,
            lambda answer: [read_beat_answer(each) for each in items(answer, "answers")],
            patience,
        )

    def append(self, attempt_id: str, seq: int, partial: Json, *, patience: Patience = _PATIENCE) -> bool:
        """False where the server had it already."""
        body = {"seq": seq, "partial": partial}
        return self._call(
            _path(attempt_id, "partials"), body, lambda answer: answer.get("stored") is True, patience
        )

    def upload(
        self, sha256: str, path: Path, media_type: str, *, patience: Patience = _PATIENCE
    ) -> None:
        """Brings a file to the server, from where an earlier try was cut off. Needed before a submit that names it."""

        def ask(method: str, content: bytes, headers: dict[str, str]) -> tuple[httpx.Response, bytes]:
            told = {**headers, **self._headers(None)}
            return self._requests.ask(method, f"/artifacts/{sha256}", content, told, self._timeout)

        self._until_answered(lambda: upload(path, media_type, ask), patience)

    def submit(
        self,
        attempt_id: str,
        fence: int,
        result: JsonObject,
        *,
        key: str,
        patience: Patience = _PATIENCE,
    ) -> Receipt:
        """`key` belongs to the result, not to the try: keep it with the result until the receipt is there."""
        body = {"fence": fence, **result}
        return self._call(_path(attempt_id, "submit"), body, read_receipt, patience, key=key)

    def _call(
        self,
        path: str,
        body: JsonObject,
        read: Callable[[JsonObject], T],
        patience: Patience,
        *,
        key: str | None = None,
        extra_time: float = 0.0,
    ) -> T:
        content = json.dumps(body, allow_nan=False, ensure_ascii=False).encode()

        def send() -> T:
            headers = {"content-type": "application/json", **self._headers(key)}
            return _agreed(read, self._requests.post(path, content, headers, self._timeout + extra_time))

        return self._until_answered(send, patience)

    def _until_answered(self, send: Callable[[], T], patience: Patience) -> T:
        stop = patience.stop if patience.stop is not None else threading.Event()
        failures = 0
        while not stop.is_set():
            try:
                return send()
            except LabUnavailable as unavailable:
                failures += 1
                if patience.tries is not None and failures >= patience.tries:
                    raise
                if patience.on_retry is not None:
                    patience.on_retry(unavailable)
                stop.wait(self.backoff.wait_after(failures, unavailable.retry_after))
        raise GivenUp("told to stop before the server had answered")

    def _headers(self, key: str | None) -> dict[str, str]:
        headers = {
            "authorization": f"Bearer {self._token if isinstance(self._token, str) else self._token()}",
            "ionloop-boot": self.boot_id,
        }
        if key is not None:
            headers["idempotency-key"] = key
        return headers


def _path(attempt_id: str, verb: str) -> str:
    return f"/attempts/{quote(attempt_id, safe='')}/{verb}"


def _agreed(read: Callable[[JsonObject], T], answer: JsonObject) -> T:
    try:
        return read(answer)
    except NotAsAgreed as error:
        raise LabUnavailable(f"the answer is not as agreed: {error}") from error
