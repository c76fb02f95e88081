from __future__ import annotations

import json
import threading
import time
import unittest
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from ionloop import Backoff, Beat, GivenUp, LabClient, LabRefusal, LabUnavailable, Patience
from tests.support import assignment, raw_assignment

Answer = Callable[[BaseHTTPRequestHandler], None]


def says(status: int, body: object, **headers: str) -> Answer:
    def answer(request: BaseHTTPRequestHandler) -> None:
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        # Without the Date that send_response adds: an answer here has the one that a test gives it.
        request.send_response_only(status)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.send_header("content-length", str(len(content)))
        request.end_headers()
        request.wfile.write(content)

    return answer


def hangs_up(request: BaseHTTPRequestHandler) -> None:
    request.close_connection = True
    request.connection.close()


def drips(request: BaseHTTPRequestHandler) -> None:
    request.send_response(200)
    request.send_header("content-length", "100")
    request.end_headers()
    try:
        for _ in range(100):
            request.wfile.write(b" ")
            request.wfile.flush()
            time.sleep(0.05)
    except OSError:
        pass


class ClientTest(unittest.TestCase):
    def setUp(self) -> None:
        self.seen: list[tuple[str, dict[str, str], Any]] = []
        self.answers: list[Answer] = []
        test = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["content-length"])))
                test.seen.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                test.answers.pop(0)(self)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        thread = threading.Thread(target=self.server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        self.addCleanup(self.server.server_close)
        self.addCleanup(self.server.shutdown)
        self.client = self.client_of()

    def client_of(self, **options: Any) -> LabClient:
        url = f"http://127.0.0.1:{self.server.server_port}/"
        given = {"token": "secret", "boot_id": "boot", "backoff": Backoff(0.001, 0.01), **options}
        client = LabClient(url, given.pop("token"), "furnace-1", **given)
        self.addCleanup(client.close)
        return client

    def test_repeats_what_got_no_answer_unchanged_with_its_key(self) -> None:
        self.answers = [
            hangs_up,
            says(503, {}),
            says(200, b"<html>a stranger's page</html>"),
            says(200, {"assignments": [{"attemptId": 5}]}),
            says(200, {"assignments": [raw_assignment(3)]}),
        ]
        [work] = self.client.claim(2, 0)
        self.assertEqual(assignment(3), work)
        self.assertEqual({"Li3PO4": 0.25, "Li2SO4": 0.75}, work.spec.point["composition"])
        self.assertEqual(5, len(self.seen))
        self.assertEqual(1, len({headers["idempotency-key"] for _, headers, _ in self.seen}))
        self.assertEqual([{"max": 2, "wait": 0}] * 5, [body for _, _, body in self.seen])

    def test_sends_what_the_wire_asks_for(self) -> None:
        self.answers = [
            says(200, {"stationId": "s"}),
            says(200, {"attemptId": "attempt-1"}),
            says(200, {"answers": [{"attemptId": "a", "command": "cancel"}]}),
            says(200, {"stored": False}),
            says(200, {"attemptId": "a", "disposition": "late", "measurementIds": ["m"]}),
        ]
        self.assertEqual("s", self.client.register(["ionic_conductivity"], {"temperatureC": [20, 1100]}))
        self.client.start(assignment(1))
        [answer] = self.client.heartbeat([Beat("a", "sinter", 1.5)])
        self.assertEqual("cancel", answer.command)
        self.assertFalse(self.client.append("a", 2, {"x": 1}))
        receipt = self.client.submit("a", 4, {"outcome": "infeasible", "measurements": []}, key="k")
        self.assertEqual(("late", ("m",)), (receipt.disposition, receipt.measurement_ids))
        paths = [path.removeprefix("/lab/v1") for path, _, _ in self.seen]
        self.assertEqual(
            ["/register", "/attempts/attempt-1/start", "/heartbeat", "/attempts/a/partials", "/attempts/a/submit"],
            paths,
        )
        self.assertEqual({"Bearer secret"}, {headers["authorization"] for _, headers, _ in self.seen})
        self.assertEqual({"boot"}, {headers["ionloop-boot"] for _, headers, _ in self.seen})
        bodies = [body for _, _, body in self.seen]
        self.assertEqual({"fence": 1, "specHash": "f" * 64}, bodies[1])
        self.assertEqual({"attempts": [{"attemptId": "a", "stage": "sinter", "progress": 1.0}]}, bodies[2])
        self.assertEqual({"fence": 4, "outcome": "infeasible", "measurements": []}, bodies[4])

    def test_never_repeats_a_refusal(self) -> None:
        self.answers = [says(409, {"code": "SPEC_CHANGED", "detail": "edited", "field": "specHash"})]
        with self.assertRaises(LabRefusal) as caught:
            self.client.start(assignment(1))
        refusal = caught.exception
        self.assertEqual(
            (409, "SPEC_CHANGED", "edited", "specHash"),
            (refusal.status, refusal.code, refusal.detail, refusal.field),
        )

    def test_asks_again_where_an_earlier_try_is_still_being_answered(self) -> None:
        in_flight = says(409, {"code": "IDEMPOTENCY_KEY_IN_FLIGHT", "detail": "wait"}, retry_after="3")
        self.answers = [in_flight]
        with self.assertRaises(LabUnavailable) as caught:
            self.client.claim(patience=Patience(tries=1))
        self.assertEqual(3.0, caught.exception.retry_after)
        self.answers = [in_flight, says(200, {"assignments": []})]
        self.assertEqual([], self.client.claim(key="kept"))

    def test_does_not_follow_the_token_to_another_address(self) -> None:
        self.answers = [says(307, {}, location="http://elsewhere.example/lab/v1/claim")]
        with self.assertRaisesRegex(LabRefusal, "elsewhere.example"):
            self.client.claim()

    def test_waits_as_long_as_the_server_asks(self) -> None:
        date = "Sat, 21 Nov 2026 12:00:00 GMT"
        self.answers = [
            says(503, {}, retry_after="7"),
            says(429, {}, retry_after="Sat, 21 Nov 2026 12:00:09 GMT", date=date),
            says(503, {}, retry_after="gibberish"),
        ]
        for asked in (7.0, 9.0, None):
            with self.assertRaises(LabUnavailable) as caught:
                self.client.claim(patience=Patience(tries=1))
            self.assertEqual(asked, caught.exception.retry_after)

    def test_asks_for_the_token_each_time(self) -> None:
        tokens = iter(["old", "new"])
        client = self.client_of(token=lambda: next(tokens))
        self.answers = [says(503, {}), says(200, {"assignments": []})]
        client.claim()
        self.assertEqual(["Bearer old", "Bearer new"], [headers["authorization"] for _, headers, _ in self.seen])

    def test_gives_up_an_answer_that_drips(self) -> None:
        self.answers = [drips]
        client = self.client_of(timeout=0.2)
        began = time.monotonic()
        with self.assertRaisesRegex(LabUnavailable, "no whole answer"):
            client.claim(patience=Patience(tries=1))
        self.assertLess(time.monotonic() - began, 2)

    def test_stops_asking_when_told(self) -> None:
        stop = threading.Event()
        self.answers = [says(503, {})] * 100
        with self.assertRaises(GivenUp):
            self.client.claim(patience=Patience(tries=None, stop=stop, on_retry=lambda _: stop.set()))
        self.assertEqual(1, len(self.seen))


class BackoffTest(unittest.TestCase):
    def test_grows_to_its_longest_and_never_falls_below_what_was_asked(self) -> None:
        backoff = Backoff(0.25, 15.0, lambda: 1.0)
        self.assertEqual([0.25, 0.5, 1.0, 15.0], [backoff.wait_after(n) for n in (1, 2, 3, 40)])
        self.assertEqual(60.0, backoff.wait_after(1, 60.0))
        self.assertEqual(300.0, backoff.wait_after(1, 1e9))


if __name__ == "__main__":
    unittest.main()
