"""What the peers of bench:surrogates have in common: one JSON object a line comes in, one goes out.

  {"do": "versions"}                                     -> {"versions": {...}}
  {"do": "load", "id", "X", "y", "rows", "cols"}         -> {"loaded": id}, arrays as base64 of little-endian doubles
  {"do": "fit", "model", "on", "options"}                -> {"cpu": s}
  {"do": "predict", "model", "on"}                       -> {"cpu": s, "mean": base64}

A model is made by makers[name](columns, options), and has fit(X, y) and predict(X), which gives the mean.
"""

import base64
import json
import sys
import time

import numpy as np


def array(text):
    return np.frombuffer(base64.b64decode(text), dtype="<f8")


def serve(makers, versions):
    data = {}
    models = {}

    def answer(request):
        what = request["do"]
        if what == "versions":
            return {"versions": versions}
        if what == "load":
            X = array(request["X"]).reshape(request["rows"], request["cols"])
            data[request["id"]] = (X, array(request["y"]))
            return {"loaded": request["id"]}
        X, y = data[request["on"]]
        name = request["model"]
        began = time.process_time()
        if what == "fit":
            model = makers[name](X.shape[1], request.get("options", {}))
            models[name] = model.fit(X, y)
            return {"cpu": time.process_time() - began}
        mean = models[name].predict(X)
        took = time.process_time() - began
        return {"cpu": took, "mean": base64.b64encode(np.ascontiguousarray(mean, "<f8").tobytes()).decode()}

    for line in sys.stdin:
        print(json.dumps(answer(json.loads(line))), flush=True)
