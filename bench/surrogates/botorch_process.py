"""BoTorch's SingleTaskGP as a peer of bench:surrogates: its defaults, on one thread."""

import botorch
import torch
from botorch.fit import fit_gpytorch_mll
from botorch.models import SingleTaskGP
from gpytorch.mlls import ExactMarginalLogLikelihood

from serve import serve

torch.set_num_threads(1)


class Process:
    def fit(self, X, y):
        X, y = torch.tensor(X.copy()), torch.tensor(y.copy())[:, None]
        self.model = SingleTaskGP(X, y)
        fit_gpytorch_mll(ExactMarginalLogLikelihood(self.model.likelihood, self.model))
        return self

    def predict(self, X):
        with torch.no_grad():
            posterior = self.model.posterior(torch.tensor(X.copy()))
            _ = posterior.variance  # made on demand, and a planner needs it
            return posterior.mean[:, 0].numpy()


serve({"process": lambda d, o: Process()}, {"BoTorch": botorch.__version__, "PyTorch": torch.__version__})
