"""Optuna: GPSampler or TPESampler over the inputs' ranges; what they ask for is moved to the nearest row not yet tried, and that row is what they are told of."""

import sys

import numpy as np
import optuna
import torch
from optuna.distributions import CategoricalDistribution, FloatDistribution
from optuna.trial import TrialState, create_trial

from contest import encoded, serve, untried

optuna.logging.set_verbosity(optuna.logging.ERROR)
torch.set_num_threads(1)
samplers = {"gp": optuna.samplers.GPSampler, "tpe": optuna.samplers.TPESampler}


class Sampler:
    def __init__(self, columns, seed):
        self.columns = [column for column in columns if len(set(column["values"])) > 1]
        self.X = encoded(self.columns)
        self.seed = seed
        self.study = None
        self.distributions = {
            f"x{i}": CategoricalDistribution(sorted(set(column["values"])))
            if column["kind"] == "category"
            else FloatDistribution(min(column["values"]), max(column["values"]))
            for i, column in enumerate(self.columns)
        }

    def tell(self, row, value):
        params = {f"x{i}": column["values"][row] for i, column in enumerate(self.columns)}
        self.study.add_trial(create_trial(params=params, distributions=self.distributions, value=value))

    def suggest(self, seen, values, count):
        assert count == 1
        if self.study is None:
            # The rows that all begin with are its start, too.
            sampler = samplers[sys.argv[1]](seed=self.seed, n_startup_trials=len(seen))
            self.study = optuna.create_study(direction="maximize", sampler=sampler)
            for row, value in zip(seen, values):
                self.tell(row, value)
        else:
            self.tell(seen[-1], values[-1])
        trial = self.study.ask(self.distributions)
        self.study.tell(trial, state=TrialState.FAIL)
        rows = untried(len(self.X), seen)
        return [int(rows[np.argmin(((self.X[rows] - self.point(trial.params)) ** 2).sum(1))])]

    def point(self, params):
        """Encoded as the rows are."""
        asked = []
        for i, column in enumerate(self.columns):
            value, values = params[f"x{i}"], column["values"]
            if column["kind"] == "category":
                asked += [float(value == level) for level in sorted(set(values))]
            else:
                asked.append((value - min(values)) / (max(values) - min(values)))
        return np.array(asked)


serve(Sampler, ["optuna", "torch"] if sys.argv[1] == "gp" else ["optuna"])
