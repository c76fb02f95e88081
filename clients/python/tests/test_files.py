from __future__ import annotations

import hashlib
import json
import os
import tempfile
import threading
import unittest
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any

from ionloop import Backoff, LabClient, LabRefusal, LabUnavailable, Patience, Spool, attach, measure, measured
from tests.support import assignment

FOUND = measure.conductivity(1e-4)


def sha256_of(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


class SpoolTest(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = Path(self._folder.name)

    def kept(self) -> list[str]:
        folder = self.folder / "spool" / "artifacts"
        return sorted(path.name for path in folder.iterdir()) if folder.is_dir() else []

    def test_files_are_copied_before_their_result_and_gone_after_the_last_that_names_them(self) -> None:
        path = self.folder / "eis.json"
        path.write_bytes(b"a spectrum")
        files = [attach("eis.json", path, kind="impedance_spectrum", measurement=0), attach("log", content="words")]
        with Spool(self.folder / "spool") as spool:
            one = spool.finish(assignment(1), measured(FOUND, artifacts=files))
            two = spool.finish(assignment(2), measured(FOUND, artifacts=files[:1]))
            path.unlink()
            self.assertEqual(
                [
                    {
                        "sha256": sha256_of(b"a spectrum"),
                        "name": "eis.json",
                        "kind": "impedance_spectrum",
                        "measurement": 0,
                    },
                    {"sha256": sha256_of(b"words"), "name": "log"},
                ],
                one.body["artifacts"],
            )
            self.assertEqual(b"a spectrum", spool.files.path(sha256_of(b"a spectrum")).read_bytes())
            spool.acknowledge(one)
            self.assertEqual([sha256_of(b"a spectrum")], self.kept())
        with Spool(self.folder / "spool") as spool:
            self.assertEqual([two], spool.results())
            self.assertEqual([sha256_of(b"a spectrum")], self.kept())
            spool.acknowledge(two)
            self.assertEqual([], self.kept())

    def test_a_file_that_cannot_be_read_does_not_cost_the_result(self) -> None:
        with Spool(self.folder / "spool") as spool:
            files = [attach("lost", self.folder / "nowhere"), attach("here", content=b"x")]
            kept = spool.finish(assignment(1), measured(FOUND, artifacts=files))
            self.assertEqual(["here"], [each["name"] for each in kept.body["artifacts"]])
            self.assertIn("lost is missing", kept.body["note"])

    def test_what_a_crash_has_left_is_cleared_away_and_what_was_refused_is_not(self) -> None:
        with Spool(self.folder / "spool") as spool:
            kept = spool.finish(assignment(1), measured(FOUND, artifacts=[attach("film", content=b"long")]))
            spool.refuse_artifact(kept, kept.body["artifacts"][0], LabRefusal(413, "TOO_LARGE", "too large"))
            spool.acknowledge(kept)
        (self.folder / "spool" / "artifacts" / "draft-1").write_bytes(b"half")
        (self.folder / "spool" / "artifacts" / ("f" * 64)).write_bytes(b"copied, then killed")
        with Spool(self.folder / "spool"):
            self.assertEqual([sha256_of(b"long")], self.kept())

    def test_is_given_by_a_path_or_by_content(self) -> None:
        for wrong in ({}, {"path": "a", "content": "b"}):
            with self.assertRaises(ValueError):
                attach("x", **wrong)

    def test_a_spectrum_is_written_as_the_server_reads_it(self) -> None:
        told = json.loads(measure.spectrum([(1e6, 10 - 1j), (1.0, 900 - 5j)]))
        self.assertEqual(
            {"frequencyHz": [1e6, 1.0], "realOhm": [10.0, 900.0], "imaginaryOhm": [-1.0, -5.0]}, told
        )
        with self.assertRaises(ValueError):
            measure.spectrum([(0.0, 1j)])


class Server(BaseHTTPRequestHandler):
    """Keeps the rules of uploads; `script` says how many bytes each PUT takes before the connection breaks."""

    arrived = b""
    script: list[int] = []
    ranges: list[str] = []
    refusal: tuple[int, str] | None = None

    def log_message(self, *_: Any) -> None:
        pass

    def do_HEAD(self) -> None:
        self.send_response(404)
        self.send_header("upload-offset", str(len(Server.arrived)))
        self.send_header("content-length", "0")
        self.end_headers()

    def do_PUT(self) -> None:
        Server.ranges.append(self.headers["content-range"])
        length = int(self.headers["content-length"])
        if Server.script:
            Server.arrived += self.rfile.read(min(length, Server.script.pop(0)))
            self.close_connection = True
            self.connection.close()
            return
        Server.arrived += self.rfile.read(length)
        total = int(self.headers["content-range"].split("/")[1])
        status, code = Server.refusal or (201 if len(Server.arrived) == total else 202, "")
        if status == 422:
            Server.arrived = b""
        body = json.dumps({"code": code, "detail": "as told"}).encode()
        self.send_response(status)
        self.send_header("upload-offset", str(len(Server.arrived)))
        self.send_header("content-length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class UploadTest(unittest.TestCase):
    def setUp(self) -> None:
        Server.arrived, Server.script, Server.ranges, Server.refusal = b"", [], [], None
        server = HTTPServer(("127.0.0.1", 0), Server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        self.addCleanup(server.server_close)
        self.addCleanup(server.shutdown)
        url = f"http://127.0.0.1:{server.server_address[1]}"
        self.client = LabClient(url, "token", "station", backoff=Backoff(first=0.01, longest=0.02))
        self.addCleanup(self.client.close)
        handle, name = tempfile.mkstemp()
        os.close(handle)
        self.path = Path(name)
        self.addCleanup(self.path.unlink)
        self.content = bytes(range(256)) * 10_000
        self.path.write_bytes(self.content)

    def upload(self, **patience: Any) -> None:
        self.client.upload(sha256_of(self.content), self.path, "text/plain", patience=Patience(**patience))

    def test_goes_on_where_it_was_cut(self) -> None:
        Server.script = [300_000, 50_000]
        self.upload()
        self.assertEqual(self.content, Server.arrived)
        starts = [each.split("-")[0] for each in Server.ranges]
        self.assertEqual(["bytes 0", "bytes 300000", "bytes 350000", "bytes 1398576", "bytes 2447152"], starts)

    def test_tries_a_wrong_checksum_again_and_then_says_so(self) -> None:
        Server.refusal = (422, "CHECKSUM_MISMATCH")
        with self.assertRaises(LabRefusal) as caught:
            self.upload()
        self.assertEqual("CHECKSUM_MISMATCH", caught.exception.code)
        self.assertEqual(3, len([each for each in Server.ranges if each.startswith("bytes 0-")]))

    def test_waits_for_room_and_does_not_for_what_is_too_large(self) -> None:
        Server.refusal = (507, "STORAGE_FULL")
        with self.assertRaises(LabUnavailable):
            self.upload(tries=2)
        Server.refusal = (413, "TOO_LARGE")
        with self.assertRaises(LabRefusal):
            self.upload()


if __name__ == "__main__":
    unittest.main()
