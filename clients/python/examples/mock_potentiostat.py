"""
A station with an instrument: a potentiostat that takes an impedance spectrum of a pellet. The instrument is made up;
put your own driver in the place of `MockPotentiostat` and keep the rest.

    IONLOOP_URL=http://localhost:4680 IONLOOP_TOKEN=… IONLOOP_STATION=eis-1 python examples/mock_potentiostat.py
"""

from __future__ import annotations

import logging
import math
import os
from collections.abc import Iterator, Mapping

from ionloop import Result, Spec, Station, WorkStopped, attach, failed_sample, measure, measured

PELLET_DIAMETER_CM = 1.0
PELLET_THICKNESS_CM = 0.1
HIGHEST_OHM = 1e9
ARTIFACT_BYTES = int(os.environ.get("IONLOOP_ARTIFACT_BYTES", "0"))


def pellet_resistance(spec: Spec) -> float:
    """Where the mock gets its sample from; a real station mills, presses and sinters here."""
    fractions = [
        amount
        for part in spec.point.values()
        for amount in (part.values() if isinstance(part, Mapping) else [part])
        if isinstance(amount, (int, float)) and 0 <= amount <= 1
    ]
    return 2e3 * 10 ** (6 * sum((amount - 0.3) ** 2 for amount in fractions))


class MockPotentiostat:
    """A resistor beside a capacitor, as a good pellet looks at high frequency."""

    def __init__(self, resistance_ohm: float) -> None:
        self._resistance = resistance_ohm
        self.is_on = False

    def switch_on(self) -> None:
        self.is_on = True

    def switch_off(self) -> None:
        self.is_on = False

    def sweep(self, frequencies_hz: list[float]) -> Iterator[tuple[float, complex]]:
        for frequency in frequencies_hz:
            admittance = 1 / self._resistance + 2j * math.pi * frequency * 1e-10
            yield frequency, 1 / admittance


def resistance_of(spectrum: list[tuple[float, complex]]) -> float:
    """A semicircle through the origin: |Z|²/Re(Z) is its diameter at every frequency."""
    estimates = sorted(abs(z) ** 2 / z.real for _, z in spectrum)
    return estimates[len(estimates) // 2]


class PotentiostatStation(Station):
    properties = ("ionic_conductivity",)
    limits = {"temperatureC": [20, 300]}
    seconds = float(os.environ.get("IONLOOP_RUN_SECONDS", "5"))

    def run(self, spec: Spec) -> Result:
        resistance = pellet_resistance(spec)
        if resistance > HIGHEST_OHM:
            return failed_sample(f"no contact: {resistance:.1e} Ω is above what the instrument can tell")
        instrument = MockPotentiostat(resistance)
        frequencies = [10 ** (6 - i / 5) for i in range(21)]
        spectrum: list[tuple[float, complex]] = []
        instrument.switch_on()
        try:
            for frequency, z in instrument.sweep(frequencies):
                # Says how far it is, waits while the campaign is paused, and raises WorkStopped after a cancel.
                self.work.report("impedance", len(spectrum) / len(frequencies))
                self.work.sleep(self.seconds / len(frequencies))
                spectrum.append((frequency, z))
        except WorkStopped:
            logging.info("stopped after %d of %d frequencies", len(spectrum), len(frequencies))
            raise
        finally:
            instrument.switch_off()
        return measured(
            measure.impedance(
                resistance_of(spectrum),
                PELLET_THICKNESS_CM,
                diameter_cm=PELLET_DIAMETER_CM,
                frequency_hz=(frequencies[-1], frequencies[0]),
                fit_model="R|C",
                conditions={"electrode": "Au", "atmosphere": "Ar"},
            ),
            artifacts=[
                attach(
                    "spectrum.json",
                    # The conformance kit asks for files of a certain length; JSON may end in spaces.
                    content=measure.spectrum(spectrum).ljust(ARTIFACT_BYTES),
                    media_type="application/json",
                    kind="impedance_spectrum",
                    measurement=0,
                )
            ],
        )


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    logging.getLogger("httpx").setLevel(logging.WARNING)
    PotentiostatStation.from_environment().serve()
