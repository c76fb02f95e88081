"""One request: the parsed body of a 2xx, otherwise LabRefusal or LabUnavailable."""

from __future__ import annotations

import json
import time
from email.utils import parsedate_to_datetime

import httpx

from .errors import LabRefusal, LabUnavailable
from .wire import JsonObject

_MOST_BYTES = 32 * 1024 * 1024


class Requests:
    """Connections are kept and shared between threads."""

    def __init__(self, base: str) -> None:
        self._base = base
        self._http = httpx.Client(follow_redirects=False)

    def close(self) -> None:
        self._http.close()

    def post(self, path: str, content: bytes, headers: dict[str, str], timeout: float) -> JsonObject:
        response, body = self.ask("POST", path, content, headers, timeout)
        if response.is_success:
            return _answer_of(body)
        refusal = refusal_of(response, body)
        if refusal.code == "IDEMPOTENCY_KEY_IN_FLIGHT":
            # The one conflict that passes: an earlier try of this very request is still being answered.
            raise LabUnavailable(str(refusal), _retry_after(response))
        raise refusal

    def ask(
        self, method: str, path: str, content: bytes, headers: dict[str, str], timeout: float
    ) -> tuple[httpx.Response, bytes]:
        """Whatever the server has to say, a refusal included; LabUnavailable where that may change."""
        response, body = self._exchange(method, path, content, headers, timeout)
        if response.status_code >= 500 or response.status_code in (408, 429):
            raise LabUnavailable(f"the server answered {response.status_code}", _retry_after(response))
        return response, body

    def _exchange(
        self, method: str, path: str, content: bytes, headers: dict[str, str], timeout: float
    ) -> tuple[httpx.Response, bytes]:
        # httpx limits each step of a request; a server that sends a byte now and then is limited here.
        deadline = time.monotonic() + timeout
        received = bytearray()
        try:
            with self._http.stream(
                method, self._base + path, content=content, headers=headers, timeout=timeout
            ) as response:
                for chunk in response.iter_bytes():
                    received += chunk
                    if time.monotonic() > deadline:
                        raise LabUnavailable(f"no whole answer within {timeout:g} s")
                    if len(received) > _MOST_BYTES:
                        raise LabUnavailable("the answer does not end")
                return response, bytes(received)
        except httpx.TimeoutException as error:
            raise LabUnavailable(f"no answer within {timeout:g} s") from error
        except (httpx.HTTPError, RuntimeError) as error:
            # RuntimeError: the connections were closed by another thread.
            raise LabUnavailable(f"no connection: {error or type(error).__name__}") from error


def _answer_of(body: bytes) -> JsonObject:
    try:
        answer = json.loads(body)
    except ValueError as error:
        raise LabUnavailable(f"the answer cannot be read: {error}") from error
    if not isinstance(answer, dict):
        raise LabUnavailable("the answer cannot be read: it is not an object")
    return answer


def refusal_of(response: httpx.Response, body: bytes) -> LabRefusal:
    status = response.status_code
    location = response.headers.get("location")
    if location is not None:
        return LabRefusal(status, "REDIRECTED", f"the server is at {location}")
    try:
        problem = json.loads(body)
    except ValueError:
        problem = {}

    def member(name: str) -> str | None:
        value = problem.get(name) if isinstance(problem, dict) else None
        return value if isinstance(value, str) else None

    detail = member("detail") or member("title") or body[:200].decode("utf-8", "replace")
    return LabRefusal(status, member("code") or f"HTTP_{status}", detail, member("field"))


def _retry_after(response: httpx.Response) -> float | None:
    """In seconds. A date is read against the answer's own `Date`: the server's clock, not ours."""
    told = response.headers.get("retry-after", "").strip()
    if told.isdigit():
        return float(told)
    try:
        until, now = (parsedate_to_datetime(each) for each in (told, response.headers.get("date", "")))
        return max(0.0, (until - now).total_seconds())
    except (TypeError, ValueError):
        return None
