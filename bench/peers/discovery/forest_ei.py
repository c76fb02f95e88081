"""A random forest with scikit-learn's defaults and expected improvement; the spread is that across the trees."""

import numpy as np
from sklearn.ensemble import RandomForestRegressor

from contest import best_of, encoded, expected_improvement, serve, untried


class ForestEi:
    def __init__(self, columns, seed):
        self.X = encoded(columns)
        self.rng = np.random.default_rng(seed)

    def suggest(self, seen, values, count):
        assert count == 1
        forest = RandomForestRegressor(n_jobs=1, random_state=int(self.rng.integers(2**31)))
        forest.fit(self.X[seen], values)
        rows = untried(len(self.X), seen)
        trees = np.array([tree.predict(self.X[rows]) for tree in forest.estimators_])
        return [best_of(rows, expected_improvement(trees.mean(0), trees.std(0), max(values)), self.rng)]


serve(ForestEi, ["scikit-learn", "numpy"])
