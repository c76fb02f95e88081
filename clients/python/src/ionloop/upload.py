"""Brings a file to the server, a piece at a time, from where the server says that it stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Protocol

import httpx

from .errors import LabUnavailable
from .request import refusal_of

_PIECE = 1024 * 1024
_TRIES = 3
"""How often all of it is sent again where the server finds another hash."""


class Ask(Protocol):
    def __call__(
        self, method: str, content: bytes, headers: dict[str, str]
    ) -> tuple[httpx.Response, bytes]: ...


def upload(path: Path, media_type: str, ask: Ask) -> None:
    """Raises LabUnavailable where it has to be begun again with the question what has arrived."""
    for tries in range(1, _TRIES + 1):
        mismatch = _send(path, media_type, ask)
        if mismatch is None:
            return
        if tries == _TRIES:
            raise mismatch()


def _send(path: Path, media_type: str, ask: Ask) -> Callable[[], Exception] | None:
    """None once it is there; otherwise what to raise if it is not to be sent again."""
    total = path.stat().st_size
    arrived = _arrived(ask)
    with open(path, "rb") as file:
        while arrived is not None:
            file.seek(arrived)
            piece = file.read(_PIECE)
            reach = f"{arrived}-{arrived + len(piece) - 1}" if piece else "*"
            headers = {"content-type": media_type}
            if total > 0:
                headers["content-range"] = f"bytes {reach}/{total}"
            response, body = ask("PUT", piece, headers)
            if response.status_code in (200, 201):
                return None
            refusal = refusal_of(response, body)
            if refusal.code == "CHECKSUM_MISMATCH":
                return lambda: refusal
            following = _offset(response)
            if following is None or response.status_code not in (202, 409):
                if response.is_success:
                    raise LabUnavailable("the answer to an upload is not as agreed")
                raise refusal
            if following == arrived:
                raise LabUnavailable(f"the upload does not get beyond byte {arrived}")
            arrived = following
    return None


def _arrived(ask: Ask) -> int | None:
    """None where it is there already."""
    response, body = ask("HEAD", b"", {})
    if response.status_code == 200:
        return None
    offset = _offset(response)
    if response.status_code != 404 or offset is None:
        if response.is_success:
            raise LabUnavailable("the answer about an upload is not as agreed")
        raise refusal_of(response, body)
    return offset


def _offset(response: httpx.Response) -> int | None:
    told = response.headers.get("upload-offset", "")
    return int(told) if told.isdigit() else None
