"""Writes elasticNet.json beside this file: elastic nets and lassos by scikit-learn 1.9.1, converged to rounding. python elasticNet.py"""

import json
import pathlib

import numpy as np
from sklearn.linear_model import ElasticNet, ElasticNetCV, Lasso, LassoCV

rng = np.random.default_rng(7)
n, d = 40, 8
X = np.round(rng.normal(size=(n, d)) + 0.6 * rng.normal(size=(n, 1)), 4)
y = np.round(3 + 2 * X[:, 0] - 1.5 * X[:, 2] + 0.5 * X[:, 5] + 0.7 * rng.normal(size=n), 4)
weights = np.round(rng.uniform(0.2, 2, n), 3)
at = np.round(rng.normal(size=(5, d)), 4)
exact = {"tol": 1e-14, "max_iter": 1_000_000}


def numbers(model):
    return {
        "coefficients": model.coef_.tolist(),
        "intercept": float(model.intercept_),
        "prediction": model.predict(at).tolist(),
    }


folds = [([i for i in range(n) if i % 5 != k], [i for i in range(n) if i % 5 == k]) for k in range(5)]
net = ElasticNetCV(l1_ratio=0.5, alphas=100, eps=1e-3, cv=folds, **exact).fit(X, y)
lasso = LassoCV(alphas=100, eps=1e-3, cv=folds, **exact).fit(X, y)
result = {
    "X": X.tolist(),
    "y": y.tolist(),
    "weights": weights.tolist(),
    "at": at.tolist(),
    "groups": [i % 5 for i in range(n)],
    "given": [
        {"share": share, "penalty": penalty, "weighted": weighted}
        | numbers(ElasticNet(alpha=penalty, l1_ratio=share, **exact).fit(X, y, sample_weight=weights if weighted else None))
        for share, penalty, weighted in [(0.5, 0.2, False), (0.2, 0.05, True), (0.9, 0.4, True), (0.7, 0.001, False)]
    ]
    + [{"share": 1, "penalty": 0.15, "weighted": False} | numbers(Lasso(alpha=0.15, **exact).fit(X, y))],
    "chosen": {
        "elastic-net": {"penalty": float(net.alpha_)} | numbers(net),
        "lasso": {"penalty": float(lasso.alpha_)} | numbers(lasso),
    },
}
pathlib.Path(__file__).with_suffix(".json").write_text(json.dumps(result, indent=2) + "\n")
