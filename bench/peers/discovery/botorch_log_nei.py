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
        # Warm: a fit begins with the hyperparameters of the one before. Runs do not, as BoTorch by default does not.
        self.warm = False
        self.state = None

    def suggest(self, seen, values, count):
        X, y = self.X[seen], torch.tensor(values, dtype=torch.double)[:, None]
        model = SingleTaskGP(X, y)
        if self.warm and self.state is not None:
            for name, value in model.named_parameters():
                value.data.copy_(self.state[name])
        try:
            fit_gpytorch_mll(ExactMarginalLogLikelihood(model.likelihood, model))
        except ModelFittingError as error:
            print(f"BoTorch could not fit {len(seen)} rows, and goes on with its priors: {error}", file=sys.stderr)
            model = SingleTaskGP(X, y)
        self.state = {name: value.detach().clone() for name, value in model.named_parameters()}
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
