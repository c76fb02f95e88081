from __future__ import annotations

from typing import Any

from ionloop import Assignment
from ionloop.wire import read_assignment


def raw_assignment(number: int) -> dict[str, Any]:
    return {
        "attemptId": f"attempt-{number}",
        "experimentId": f"experiment-{number}",
        "experimentNumber": number,
        "campaignId": "campaign",
        "fence": 1,
        "spec": {
            "campaignId": "campaign",
            "experiment": number,
            "point": {"composition": {"Li3PO4": 0.25, "Li2SO4": 0.75}, "temperature": 900, "binder": "PVB"},
            "label": "a quarter phosphate",
            "property": "ionic_conductivity",
            "unit": "S/cm",
            "temperatureC": 300,
        },
        "specHash": "f" * 64,
        "leaseSeconds": 60,
        "heartbeatSeconds": 10,
    }


def assignment(number: int) -> Assignment:
    return read_assignment(raw_assignment(number))
