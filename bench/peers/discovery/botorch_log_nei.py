"""BoTorch: SingleTaskGP and qLogNoisyExpectedImprovement with their defaults, over the rows not yet tried."""

import sys

import torch
from botorch.acquisition.logei import qLogNoisyExpectedImprovement
from botorch.exceptions import ModelFittingError
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from botorch.optim import optimize_acqf_discrete
from gpytorch.mlls import ExactMarginalLogLikelihood

from contest import encoded, serve, untried

torch.set_num_threads(1)


class LogNei:
    def __init__(self, columns, seed):
        torch.manual_seed(seed)
        self.X = torch.tensor(encoded(columns), dtype=torch.double)

    def suggest(self, seen, values, count):
        X, y = self.X[seen], torch.tensor(values, dtype=torch.double)[:, None]
        model = SingleTaskGP(X, y)
        try:
            fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        except ModelFittingError as error:
            print(f"BoTorch could not fit {len(seen)} rows, and goes on with its priors: {error}", file=sys.stderr)
            model = SingleTaskGP(X, y)
        rows = untried(len(self.X), seen)
        with torch.no_grad():
            found, _ = optimize_acqf_discrete(
                qLogNoisyExpectedImprovement(model, X), q=count, choices=self.X[rows], max_batch_size=512
            )
        chosen = []
        for point in found:
            same = [int(row) for row in rows if int(row) not in chosen and torch.equal(self.X[row], point)]
            chosen.append(same[0])
        return chosen


serve(LogNei, ["botorch", "gpytorch", "torch"])
