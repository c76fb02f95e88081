"""
How a station is often written first: it asks, makes, posts, and hopes. Here to be shown failing by `ionloop conform`;
do not build on it. It keeps nothing on disk, draws a new key for every try, never beats, and starts over after any error.
"""

from __future__ import annotations

import os
import time
import uuid
from typing import Any

import httpx

URL = os.environ["IONLOOP_URL"] + "/lab/v1"
HEADERS = {"authorization": f"Bearer {os.environ['IONLOOP_TOKEN']}", "ionloop-boot": "naive"}


def post(path: str, body: dict[str, Any]) -> dict[str, Any]:
    headers = {**HEADERS, "idempotency-key": str(uuid.uuid4())}
    response = httpx.post(URL + path, json=body, headers=headers, timeout=10)
    response.raise_for_status()
    answer: dict[str, Any] = response.json()
    return answer


def make_one() -> None:
    for work in post("/claim", {"max": 1, "wait": 0.5})["assignments"]:
        attempt = f"/attempts/{work['attemptId']}"
        post(attempt + "/start", {"fence": work["fence"], "specHash": work["specHash"]})
        time.sleep(float(os.environ.get("IONLOOP_RUN_SECONDS", "2")))
        value = {"property": work["spec"]["property"], "value": 1e-4, "unit": work["spec"]["unit"]}
        post(attempt + "/submit", {"fence": work["fence"], "outcome": "measured", "measurements": [value]})


def register() -> None:
    station = {"station": os.environ["IONLOOP_STATION"], "bootId": "naive", "schemaVersion": 1}
    post("/register", {**station, "properties": ["ionic_conductivity"]})


while True:
    try:
        register()
        while True:
            make_one()
    except (httpx.HTTPError, ValueError) as error:
        print(f"starting over: {error!r}", flush=True)
        time.sleep(0.2)
