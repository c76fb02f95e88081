"""scikit-learn's Gaussian process, Matern 5/2 with a lengthscale an input and a noise, and expected improvement."""

import numpy as np
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel

from contest import best_of, encoded, expected_improvement, serve, untried


class ProcessEi:
    def __init__(self, columns, seed):
        self.X = encoded(columns)
        self.rng = np.random.default_rng(seed)

    def suggest(self, seen, values, count):
        assert count == 1
        kernel = ConstantKernel() * Matern(np.ones(self.X.shape[1]), nu=2.5) + WhiteKernel(1e-2)
        seed = int(self.rng.integers(2**31))
        model = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=1, random_state=seed)
        model.fit(self.X[seen], values)
        rows = untried(len(self.X), seen)
        mean, sd = model.predict(self.X[rows], return_std=True)
        return [best_of(rows, expected_improvement(mean, sd, max(values)), self.rng)]


serve(ProcessEi, ["scikit-learn", "scipy", "numpy"])
