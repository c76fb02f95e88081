"""Goes through an attempt's life in a spool and is killed before the SQL statement of the given number."""

import os
import signal
import sys

from ionloop import Spool, measure, measured
from tests.support import assignment

folder, number = sys.argv[1], int(sys.argv[2])
spool = Spool(folder)
left = number


def count(_: str) -> None:
    global left
    if left == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    left -= 1


spool._db.set_trace_callback(count)


def says(step: str) -> None:
    print(step, flush=True)


spool.begin(assignment(1))
says("begun")
partial = spool.add_partial("attempt-1", {"seen": 1})
says("kept")
spool.partial_sent(partial)
says("sent")
result = spool.finish(assignment(1), measured(measure.conductivity(1e-4)))
says("finished")
spool.acknowledge(result)
says("acknowledged")
