"""Measurements as the server takes them; a value that cannot be one is refused here, where it was made."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from typing import Any

from .wire import JsonObject

CONDUCTIVITY = "ionic_conductivity"
CONDUCTIVITY_UNITS = ("S/cm", "mS/cm", "S/m")


def value(
    property: str,
    value: float,
    unit: str,
    *,
    temperature_c: float | None = None,
    uncertainty: float | None = None,
    conditions: Mapping[str, Any] | None = None,
    suspect: str | None = None,
    force: bool = False,
) -> JsonObject:
    """Any property: a number with its unit. `suspect` says why the station itself doubts it."""
    basics = _basics(property, temperature_c, uncertainty, conditions, suspect, force)
    return {**basics, "value": _finite("value", value), "unit": unit}


def conductivity(
    value: float,
    unit: str = "S/cm",
    *,
    temperature_c: float | None = None,
    uncertainty: float | None = None,
    conditions: Mapping[str, Any] | None = None,
    suspect: str | None = None,
    force: bool = False,
) -> JsonObject:
    """A conductivity that the instrument's own program has worked out."""
    if unit not in CONDUCTIVITY_UNITS:
        raise ValueError(f'unit is "{unit}"; a conductivity is told in {", ".join(CONDUCTIVITY_UNITS)}')
    basics = _basics(CONDUCTIVITY, temperature_c, uncertainty, conditions, suspect, force)
    return {**basics, "value": _positive("value", value), "unit": unit}


def impedance(
    resistance_ohm: float,
    thickness_cm: float,
    *,
    area_cm2: float | None = None,
    diameter_cm: float | None = None,
    frequency_hz: tuple[float, float] | None = None,
    fit_model: str | None = None,
    residual: float | None = None,
    property: str = CONDUCTIVITY,
    temperature_c: float | None = None,
    uncertainty: float | None = None,
    conditions: Mapping[str, Any] | None = None,
    suspect: str | None = None,
    force: bool = False,
) -> JsonObject:
    """What an instrument really gives; the server derives L/(R·A) and keeps both. A disc may be told by its diameter."""
    if (area_cm2 is None) == (diameter_cm is None):
        raise ValueError("give either area_cm2 or diameter_cm")
    area = _positive("area_cm2", area_cm2) if area_cm2 is not None else disc_area(diameter_cm or 0.0)
    spectrum: dict[str, Any] = {
        "resistanceOhm": _positive("resistance_ohm", resistance_ohm),
        "thicknessCm": _positive("thickness_cm", thickness_cm),
        "areaCm2": area,
    }
    if frequency_hz is not None:
        least, most = frequency_hz
        spectrum["frequencyHz"] = {"min": _positive("frequency_hz", least), "max": _positive("frequency_hz", most)}
    if fit_model is not None:
        spectrum["fitModel"] = fit_model
    if residual is not None:
        spectrum["residual"] = _finite("residual", residual)
    basics = _basics(property, temperature_c, uncertainty, conditions, suspect, force)
    return {**basics, "impedance": spectrum}


def series(
    points: Sequence[JsonObject],
    *,
    uncertainty: float | None = None,
    conditions: Mapping[str, Any] | None = None,
    suspect: str | None = None,
    force: bool = False,
) -> JsonObject:
    """
    Conductivities at several temperatures, made by `conductivity` or `impedance` with their `temperature_c`; the server
    draws an Arrhenius line through them and reads it at the campaign's temperature.
    """
    told = [
        {name: part for name, part in point.items() if name in ("temperatureC", "value", "unit", "impedance")}
        for point in points
    ]
    if any("temperatureC" not in point for point in told):
        raise ValueError("each point of a series has its temperature_c")
    return {**_basics(CONDUCTIVITY, None, uncertainty, conditions, suspect, force), "series": told}


def spectrum(points: Sequence[tuple[float, complex]]) -> bytes:
    """An impedance spectrum, (frequency in Hz, impedance in Ω) each, in the form that the server draws."""
    columns = {
        "frequencyHz": [_positive("frequency", frequency) for frequency, _ in points],
        "realOhm": [_finite("impedance", z.real) for _, z in points],
        "imaginaryOhm": [_finite("impedance", z.imag) for _, z in points],
    }
    return json.dumps(columns).encode()


def disc_area(diameter_cm: float) -> float:
    return math.pi * _positive("diameter_cm", diameter_cm) ** 2 / 4


def _basics(
    property: str,
    temperature_c: float | None,
    uncertainty: float | None,
    conditions: Mapping[str, Any] | None,
    suspect: str | None,
    force: bool,
) -> dict[str, Any]:
    basics: dict[str, Any] = {"property": property}
    if temperature_c is not None:
        basics["temperatureC"] = _finite("temperature_c", temperature_c)
    if uncertainty is not None:
        if not (math.isfinite(uncertainty) and uncertainty >= 0):
            raise ValueError(f"uncertainty is {uncertainty}; it must be finite and not negative")
        basics["uncertainty"] = uncertainty
    if conditions is not None:
        basics["conditions"] = dict(conditions)
    if suspect is not None:
        basics["suspect"] = suspect
    if force:
        basics["force"] = True
    return basics


def _finite(name: str, number: float) -> float:
    if not math.isfinite(number):
        raise ValueError(f"{name} is {number}; it must be finite")
    return number


def _positive(name: str, number: float) -> float:
    if not (math.isfinite(number) and number > 0):
        raise ValueError(f"{name} is {number}; it must be finite and above 0")
    return number
