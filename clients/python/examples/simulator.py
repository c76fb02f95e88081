"""
A station that computes instead of measuring: any property, as a made-up but repeatable function of the point.

    IONLOOP_URL=http://localhost:4680 IONLOOP_TOKEN=… IONLOOP_STATION=sim-py python examples/simulator.py
"""

from __future__ import annotations

import hashlib
import logging
import math
import os

from ionloop import Assignment, Attachment, Result, Spec, Station, attach, instrument_fault, measure, measured


def phase(name: str) -> float:
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4], "big") / 2**32


def landscape(spec: Spec) -> float:
    """Between 0 and 1: each number and each fraction adds a wave whose phase comes from its name."""
    waves = []
    for name, part in spec.point.items():
        parts = {name: part} if isinstance(part, (int, float, str)) else dict(part)
        for inner, amount in parts.items():
            number = phase(amount) if isinstance(amount, str) else amount
            scaled = number if abs(number) <= 1 else math.copysign(1 + math.log10(abs(number)), number)
            waves.append(0.5 + 0.5 * math.cos(2 * math.pi * (0.8 * scaled + phase(inner))))
    return sum(waves) / len(waves)


class Simulator(Station):
    properties = ("ionic_conductivity", "activation_energy", "relative_density", "value")
    seconds = float(os.environ.get("IONLOOP_RUN_SECONDS", "2"))

    def run(self, spec: Spec) -> Result:
        steps = 4
        for step in range(steps):
            self.work.report("compute", step / steps)
            self.work.sleep(self.seconds / steps)
        height = landscape(spec)
        if spec.property == "ionic_conductivity":
            value = measure.conductivity(10 ** (-8 + 5 * height), "S/cm")
        else:
            value = measure.value(spec.property, height, spec.unit)
        return measured(value, artifacts=self.files())

    def files(self) -> list[Attachment]:
        """What an instrument would have written; as long as the conformance kit asks for."""
        length = int(os.environ.get("IONLOOP_ARTIFACT_BYTES", "0"))
        if length == 0:
            return []
        label = f"{self.work.assignment.attempt_id} ".encode()
        return [attach("curve.bin", content=(label * (length // len(label) + 1))[:length])]

    def recover(self, assignment: Assignment) -> Result:
        # Nothing can still be moving: what was computed went with the process.
        return instrument_fault("the simulator was restarted while this was being computed")


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    Simulator.from_environment().serve()
