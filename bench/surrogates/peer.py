"""The peers of bench:surrogates, in one process: scikit-learn and LightGBM on one thread. One JSON object a line comes in, one goes out.

  {"do": "versions"}                                     -> {"versions": {...}}
  {"do": "load", "id", "X", "y", "rows", "cols"}         -> {"loaded": id}, arrays as base64 of little-endian doubles
  {"do": "fit", "model", "on", "options"}                -> {"cpu": s}
  {"do": "predict", "model", "on"}                       -> {"cpu": s, "mean": base64}
"""

import base64
import json
import sys
import time

import lightgbm
import numpy as np
import sklearn
from sklearn.ensemble import HistGradientBoostingRegressor, RandomForestRegressor
from sklearn.gaussian_process import GaussianProcessRegressor
from sklearn.gaussian_process.kernels import ConstantKernel, Matern, WhiteKernel
from threadpoolctl import threadpool_limits

data = {}
models = {}


def process(d):
    kernel = ConstantKernel() * Matern(length_scale=np.ones(d), nu=2.5) + WhiteKernel()
    return GaussianProcessRegressor(kernel, normalize_y=True, n_restarts_optimizer=2, random_state=0)


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
    "process": lambda d, o: process(d),
}


def array(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def answer(request):
    what = request["do"]
    if what == "versions":
        return {"versions": {"scikit-learn": sklearn.__version__, "LightGBM": lightgbm.__version__, "NumPy": np.__version__}}
    if what == "load":
        X = array(request["X"]).reshape(request["rows"], request["cols"])
        data[request["id"]] = (X, array(request["y"]))
        return {"loaded": request["id"]}
    X, y = data[request["on"]]
    began = time.process_time()
    if what == "fit":
        model = makers[request["model"]](X.shape[1], request.get("options", {}))
        models[request["model"]] = model.fit(X, y)
        return {"cpu": time.process_time() - began}
    model = models[request["model"]]
    mean = model.predict(X, return_std=True)[0] if request["model"] == "process" else model.predict(X)
    took = time.process_time() - began
    return {"cpu": took, "mean": base64.b64encode(np.ascontiguousarray(mean, "<f8").tobytes()).decode()}


with threadpool_limits(1):
    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
