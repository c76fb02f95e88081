"""What the contestants of bench:discovery share: one JSON object a line comes in, one goes out.

  {"do": "versions"}                                                       -> {"versions": {...}}
  {"do": "run", "columns", "values", "initial", "budget", "batch", "seed"} -> {"order": [...], "seconds": [...]}
  {"do": "once", "columns", "seen", "values", "seed", "warm"}              -> {"seconds"}, of one suggestion; warm: by the contestant of the one before

`columns` are {"kind": "number" | "category", "values": [one a row]}; `values` are what the rows answer, on the scale that models see, larger is better.
With several objectives each of `values` is a list, and `reference`, from which hypervolumes count, stands beside them.
A contestant is made by (columns, seed) and has suggest(seen, values, count): rows that are not in `seen`. `seconds` are CPU seconds for each call.
"""

import json
import os
import sys
import time
import warnings
from importlib.metadata import version

import numpy as np
from scipy.stats import norm

warnings.filterwarnings("ignore")


def encoded(columns):
    """Numbers between 0 and 1, names one-hot: (rows, inputs)."""
    parts = []
    for column in columns:
        values = column["values"]
        if column["kind"] == "category":
            levels = sorted(set(values))
            parts.append(np.array([[float(value == level) for level in levels] for value in values]))
            continue
        numbers = np.array(values, dtype=float)
        low, high = numbers.min(), numbers.max()
        if high > low:
            parts.append(((numbers - low) / (high - low))[:, None])
    return np.hstack(parts)


def untried(rows, seen):
    return np.setdiff1d(np.arange(rows), np.array(seen, dtype=int))


def expected_improvement(mean, sd, best):
    sd = np.maximum(sd, 1e-12)
    z = (mean - best) / sd
    return (mean - best) * norm.cdf(z) + sd * norm.pdf(z)


def best_of(rows, scores, rng):
    """The row with the highest score; one of them by chance where several have it."""
    return int(rows[rng.choice(np.flatnonzero(scores == scores.max()))])


def run(contestant, job):
    contestant.reference = job.get("reference")
    seen, seconds = list(job["initial"]), []
    all_values = job["values"]
    end = min(job["budget"], len(all_values))
    while len(seen) < end:
        began = time.process_time()
        rows = contestant.suggest(list(seen), [all_values[row] for row in seen], min(job["batch"], end - len(seen)))
        seconds.append(time.process_time() - began)
        if len(set(rows) | set(seen)) != len(seen) + len(rows):
            raise RuntimeError(f"proposed {rows}, which is not new")
        seen += rows
    return {"order": seen, "seconds": [float(f"{each:.3g}") for each in seconds]}


def once(contestant, request):
    contestant.warm = request["warm"]
    began = time.process_time()
    contestant.suggest(request["seen"], request["values"], 1)
    return time.process_time() - began


def serve(make, packages):
    """Libraries that print to the standard output do so to the standard error's stream: the answers have the other for themselves."""
    answers = os.fdopen(os.dup(1), "w")
    os.dup2(2, 1)
    before = None
    for line in sys.stdin:
        request = json.loads(line)
        if request["do"] == "versions":
            answer = {"versions": {name: version(name) for name in packages}}
        else:
            try:
                if request["do"] == "run":
                    answer = run(make(request["columns"], request["seed"]), request)
                else:
                    before = before if request["warm"] else make(request["columns"], request["seed"])
                    answer = {"seconds": once(before, request)}
            except Exception as error:  # the run is reported as failed, with the reason; the next job goes on
                answer = {"failed": f"{type(error).__name__}: {error}"}
        print(json.dumps(answer), file=answers, flush=True)
