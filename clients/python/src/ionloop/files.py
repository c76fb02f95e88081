"""Files that come with results: each under its hash in the station's folder, until the server has it."""

from __future__ import annotations

import hashlib
import os
import uuid
from collections.abc import Collection, Iterator
from pathlib import Path

from .wire import Attachment, JsonObject

_PIECE = 1024 * 1024


class Files:
    """What `keep` has returned from survives a kill and a power cut."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        return self._folder / sha256

    def keep(self, attachment: Attachment) -> JsonObject:
        """Copies it, and returns how a result names it on the wire. Raises OSError where that cannot be done."""
        self._folder.mkdir(parents=True, exist_ok=True)
        draft = self._folder / f"draft-{uuid.uuid4()}"
        digest = hashlib.sha256()
        try:
            with open(draft, "xb") as file:
                for piece in _pieces(attachment):
                    digest.update(piece)
                    file.write(piece)
                file.flush()
                os.fsync(file.fileno())
            os.replace(draft, self.path(digest.hexdigest()))
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        _sync_folder(self._folder)
        _sync_folder(self._folder.parent)
        return attachment.named(digest.hexdigest())

    def forget_all_but(self, wanted: Collection[str]) -> None:
        """What no result names is left from before one was kept, or from after it was acknowledged."""
        if not self._folder.is_dir():
            return
        for path in self._folder.iterdir():
            if path.name not in wanted:
                path.unlink(missing_ok=True)


def _pieces(attachment: Attachment) -> Iterator[bytes]:
    if attachment.content is not None:
        content = attachment.content
        yield content.encode() if isinstance(content, str) else bytes(content)
        return
    if attachment.path is None:
        raise FileNotFoundError(f"{attachment.name} has neither a path nor content")
    with open(attachment.path, "rb") as file:
        while piece := file.read(_PIECE):
            yield piece


def _sync_folder(folder: Path) -> None:
    """A new name is only certain once its folder is on disk; systems that cannot sync a folder do not need it."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
