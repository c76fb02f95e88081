from __future__ import annotations

import signal
import subprocess
import sys
import tempfile
import unittest
from pathlib import Path

from ionloop import FolderInUse, LabRefusal, Spool, measure, measured
from tests.support import assignment

FOUND = measured(measure.conductivity(1e-4))


class SpoolTest(unittest.TestCase):
    def setUp(self) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self.addCleanup(self._folder.cleanup)
        self.folder = self._folder.name

    def test_keeps_what_was_begun_and_what_was_found_over_a_restart(self) -> None:
        with Spool(self.folder) as spool:
            spool.begin(assignment(1))
            spool.begin(assignment(2))
            kept = spool.finish(assignment(1), FOUND)
        with Spool(self.folder) as spool:
            self.assertEqual([assignment(2)], spool.begun())
            self.assertEqual([kept], spool.results())
            spool.acknowledge(kept)
        with Spool(self.folder) as spool:
            self.assertEqual([], spool.results())

    def test_sets_a_refused_result_aside_with_the_reason(self) -> None:
        with Spool(self.folder) as spool:
            kept = spool.finish(assignment(1), FOUND)
            spool.refuse(kept, LabRefusal(400, "INVALID_INPUT", "no such unit", "measurements[0].unit"))
            self.assertEqual([], spool.results())
        with Spool(self.folder) as spool:
            [(refused, refusal)] = spool.refused()
            self.assertEqual(kept, refused)
            self.assertEqual(
                (400, "INVALID_INPUT", "no such unit", "measurements[0].unit"),
                (refusal.status, refusal.code, refusal.detail, refusal.field),
            )

    def test_numbers_partials_without_giving_a_number_twice(self) -> None:
        with Spool(self.folder) as spool:
            spool.begin(assignment(1))
            first = spool.add_partial("attempt-1", {"a": 1})
            spool.partial_sent(first)
            second = spool.add_partial("attempt-1", {"a": 2})
            self.assertEqual([0, 1], [first.seq, second.seq])
            self.assertEqual([second], spool.partials())

    def test_is_for_one_station_alone(self) -> None:
        with Spool(self.folder):
            with self.assertRaises(FolderInUse):
                Spool(self.folder)
        Spool(self.folder).close()

    def test_commits_reach_the_disk_before_they_count(self) -> None:
        with Spool(self.folder) as spool:
            self.assertEqual(("wal",), spool._db.execute("PRAGMA journal_mode").fetchone())
            self.assertEqual((2,), spool._db.execute("PRAGMA synchronous").fetchone())

    def test_a_value_that_json_has_no_word_for_leaves_everything_as_it_was(self) -> None:
        with Spool(self.folder) as spool:
            spool.begin(assignment(1))
            with self.assertRaises(ValueError):
                spool.finish(assignment(1), measured({"property": "value", "value": float("nan")}))
            self.assertEqual(1, len(spool.begun()))
            self.assertEqual([], spool.results())


class KilledTest(unittest.TestCase):
    """kill -9 before each statement in turn: what had been said to be kept is there, nothing is there by half."""

    def test_loses_nothing_whenever_it_is_killed(self) -> None:
        deaths = 0
        for number in range(100):
            with tempfile.TemporaryDirectory() as folder:
                done = subprocess.run(
                    [sys.executable, "-m", "tests.crash_at", folder, str(number)],
                    cwd=Path(__file__).parent.parent,
                    stdout=subprocess.PIPE,
                    text=True,
                )
                if done.returncode == 0:
                    break
                self.assertEqual(-signal.SIGKILL, done.returncode)
                deaths += 1
                self._check(number, done.stdout.split(), Spool(folder))
        self.assertGreater(deaths, 12)
        self.assertEqual(0, done.returncode)

    def _check(self, number: int, said: list[str], spool: Spool) -> None:
        with self.subTest(number=number, said=said), spool:
            begun = [each.attempt_id for each in spool.begun()]
            found = [each.attempt_id for each in spool.results()]
            if "begun" in said and "finished" not in said:
                self.assertEqual(["attempt-1"], begun + found, "begun or found, never both, never neither")
            if "finished" in said and "acknowledged" not in said:
                self.assertEqual([], begun)
                self.assertIn(found, [["attempt-1"], []])
            if said and said[-1] == "kept":
                self.assertLessEqual(len(spool.partials()), 1)
            if said == ["begun"]:
                self.assertEqual(["attempt-1"], begun)
            if "acknowledged" in said:
                self.assertEqual([], begun + found)


if __name__ == "__main__":
    unittest.main()
