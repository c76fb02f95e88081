"""BoTorch with two objectives: a SingleTaskGP each, qLogNoisyExpectedHypervolumeImprovement, its present form of qNEHVI, over the rows not yet tried."""

import sys

import torch
from botorch.acquisition.multi_objective.logei import qLogNoisyExpectedHypervolumeImprovement
from botorch.exceptions import ModelFittingError
from botorch.fit import fit_gpytorch_mll
from botorch.models import ModelListGP, SingleTaskGP
from botorch.optim import optimize_acqf_discrete
from gpytorch.mlls import SumMarginalLogLikelihood

from contest import encoded, serve, untried

torch.set_num_threads(1)


class LogNehvi:
    def __init__(self, columns, seed):
        torch.manual_seed(seed)
        self.X = torch.tensor(encoded(columns), dtype=torch.double)
        self.reference = None

    def suggest(self, seen, values, count):
        X, Y = self.X[seen], torch.tensor(values, dtype=torch.double)

        def fresh():
            return ModelListGP(*[SingleTaskGP(X, Y[:, [j]]) for j in range(Y.shape[1])])

        model = fresh()
        try:
            fit_gpytorch_mll(SumMarginalLogLikelihood(model.likelihood, model))
        except ModelFittingError as error:
            print(f"BoTorch could not fit {len(seen)} rows, and goes on with its priors: {error}", file=sys.stderr)
            model = fresh()
        rows = untried(len(self.X), seen)
        acquisition = qLogNoisyExpectedHypervolumeImprovement(model, self.reference, X, prune_baseline=True)
        with torch.no_grad():
            found, _ = optimize_acqf_discrete(acquisition, q=count, choices=self.X[rows], max_batch_size=256)
        chosen = []
        for point in found:
            chosen.append(next(int(row) for row in rows if int(row) not in chosen and torch.equal(self.X[row], point)))
        return chosen


serve(LogNehvi, ["botorch", "gpytorch", "torch"])
