"""scikit-learn and LightGBM as peers of bench:surrogates, on one thread."""

import lightgbm
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from threadpoolctl import threadpool_limits

from serve import serve


class Process:
    """Predicts as a planner asks: mean and spread."""

    def __init__(self, columns):
        kernel = ConstantKernel() * Matern(length_scale=np.ones(columns), nu=2.5) + WhiteKernel()
        self.model = GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=2, random_state=0)

    def fit(self, X, y):
        self.model.fit(X, y)
        return self

    def predict(self, X):
        return self.model.predict(X, return_std=True)[0]


makers = {
    "forest": lambda d, o: RandomForestRegressor(
        n_estimators=o["trees"], max_features=o["features"], min_samples_leaf=1, n_jobs=1, random_state=0
    ),
    "boosting": lambda d, o: HistGradientBoostingRegressor(
        max_iter=o["rounds"], max_leaf_nodes=31, min_samples_leaf=20, learning_rate=0.1, early_stopping=False, random_state=0
    ),
    "lightgbm": lambda d, o: lightgbm.LGBMRegressor(
        n_estimators=o["rounds"],
        num_leaves=31,
        min_child_samples=20,
        learning_rate=0.1,
        n_jobs=1,
        verbose=-1,
        random_state=0,
    ),
    "process": lambda d, o: Process(d),
}

versions = {"scikit-learn": sklearn.__version__, "LightGBM": lightgbm.__version__, "NumPy": np.__version__}

with threadpool_limits(1):
    serve(makers, versions)
