"""What travels between a station and the server; docs/lab-wire.md says what each part means."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from os import PathLike
from typing import Any, Literal, Union, cast, get_args

SCHEMA_VERSION = 1

Json = Any
JsonObject = Mapping[str, Any]
PointValue = Union[float, str, Mapping[str, float]]
"""A number for a continuous parameter, fractions for a mixture, a candidate's id for a pool."""

Command = Literal["continue", "pause", "cancel", "lease_lost"]
Outcome = Literal["measured", "failed_sample", "infeasible", "instrument_fault"]
Disposition = Literal["accepted", "flagged", "late", "closed"]


@dataclass(frozen=True)
class AskedProperty:
    property: str
    unit: str
    temperature_c: float | None


@dataclass(frozen=True)
class Spec:
    """What is to be made and measured."""

    campaign_id: str
    experiment: int
    point: Mapping[str, PointValue]
    label: str
    property: str
    unit: str
    temperature_c: float | None
    properties: tuple[AskedProperty, ...]
    """Everything that is to be measured; the property above is the first."""
    raw: JsonObject
    """As the server sent it."""


@dataclass(frozen=True)
class Assignment:
    """One attempt at one experiment, on lease to this station."""

    attempt_id: str
    experiment_id: str
    experiment_number: int
    campaign_id: str
    fence: int
    spec: Spec
    spec_hash: str
    lease_seconds: float
    heartbeat_seconds: float
    raw: JsonObject


@dataclass(frozen=True)
class BeatAnswer:
    attempt_id: str
    command: Command


@dataclass(frozen=True)
class Receipt:
    attempt_id: str
    disposition: Disposition
    measurement_ids: tuple[str, ...]


@dataclass(frozen=True)
class Attachment:
    """A file that belongs to a result, by its path or by what it holds; made by `attach`."""

    name: str
    path: str | PathLike[str] | None = None
    content: bytes | str | None = None
    media_type: str | None = None
    kind: str | None = None
    measurement: int | None = None

    def named(self, sha256: str) -> JsonObject:
        told = {"mediaType": self.media_type, "kind": self.kind, "measurement": self.measurement}
        return {"sha256": sha256, "name": self.name, **{k: v for k, v in told.items() if v is not None}}


def attach(
    name: str,
    path: str | PathLike[str] | None = None,
    *,
    content: bytes | str | None = None,
    media_type: str | None = None,
    kind: str | None = None,
    measurement: int | None = None,
) -> Attachment:
    """
    A file for a result. One of the kind "impedance_spectrum" is drawn (`measure.spectrum` writes its form);
    `measurement` is the index of the measurement that it belongs to, all of the attempt unless told.
    """
    if (path is None) == (content is None):
        raise ValueError("give either a path or content")
    return Attachment(name, path, content, media_type, kind, measurement)


@dataclass(frozen=True)
class Result:
    """What became of an attempt, as the station tells it. `measurements` are as `ionloop.measure` makes them."""

    outcome: Outcome
    measurements: tuple[JsonObject, ...] = field(default=())
    note: str | None = None
    artifacts: tuple[Attachment, ...] = ()

    def body(self) -> dict[str, Any]:
        note = {} if self.note is None else {"note": self.note[:2000]}
        return {"outcome": self.outcome, **note, "measurements": [dict(each) for each in self.measurements]}


def measured(
    *measurements: JsonObject, note: str | None = None, artifacts: Sequence[Attachment] = ()
) -> Result:
    if not measurements:
        raise ValueError("nothing was measured: give at least one measurement")
    return Result("measured", measurements, note, tuple(artifacts))


def failed_sample(note: str) -> Result:
    """The sample could not be made: the models learn that it cannot."""
    return Result("failed_sample", (), note)


def infeasible(note: str) -> Result:
    """The spec cannot be carried out: the models learn that too."""
    return Result("infeasible", (), note)


def instrument_fault(note: str) -> Result:
    """It was not the sample's fault: the models learn nothing, and the experiment is tried again."""
    return Result("instrument_fault", (), note)


class NotAsAgreed(Exception):
    """Says which part of an answer is not as the contract has it."""


def read_assignment(value: object) -> Assignment:
    fields = read_object(value, "an assignment")
    return Assignment(
        attempt_id=text(fields, "attemptId"),
        experiment_id=text(fields, "experimentId"),
        experiment_number=whole(fields, "experimentNumber"),
        campaign_id=text(fields, "campaignId"),
        fence=whole(fields, "fence"),
        spec=_read_spec(fields.get("spec")),
        spec_hash=text(fields, "specHash"),
        lease_seconds=number(fields, "leaseSeconds"),
        heartbeat_seconds=number(fields, "heartbeatSeconds"),
        raw=fields,
    )


def _read_spec(value: object) -> Spec:
    fields = read_object(value, "spec")
    asked = _read_asked(fields)
    several = None if fields.get("properties") is None else items(fields, "properties")
    return Spec(
        campaign_id=text(fields, "campaignId"),
        experiment=whole(fields, "experiment"),
        point=_read_point(fields.get("point")),
        label=text(fields, "label"),
        property=asked.property,
        unit=asked.unit,
        temperature_c=asked.temperature_c,
        properties=(asked,) if several is None else tuple(_read_asked(each) for each in several),
        raw=fields,
    )


def _read_asked(value: object) -> AskedProperty:
    fields = read_object(value, "a property of the spec")
    temperature = None if fields.get("temperatureC") is None else number(fields, "temperatureC")
    return AskedProperty(text(fields, "property"), text(fields, "unit"), temperature)


def _read_point(value: object) -> Mapping[str, PointValue]:
    parts = read_object(value, "point")
    point: dict[str, PointValue] = {}
    for name, part in parts.items():
        if isinstance(part, str):
            point[name] = part
        elif isinstance(part, Mapping):
            point[name] = {component: number(part, component) for component in part}
        else:
            point[name] = number(parts, name)
    return point


def read_beat_answer(value: object) -> BeatAnswer:
    fields = read_object(value, "an answer")
    return BeatAnswer(text(fields, "attemptId"), cast(Command, one_of(fields, "command", get_args(Command))))


def read_receipt(fields: JsonObject) -> Receipt:
    disposition = cast(Disposition, one_of(fields, "disposition", get_args(Disposition)))
    ids = tuple(str(each) for each in items(fields, "measurementIds"))
    return Receipt(text(fields, "attemptId"), disposition, ids)


def read_object(value: object, what: str) -> JsonObject:
    if not isinstance(value, Mapping):
        raise NotAsAgreed(f"{what} is not an object")
    return value


def text(fields: JsonObject, name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str):
        raise NotAsAgreed(f"{name} is not a text")
    return value


def number(fields: JsonObject, name: str) -> float:
    value = fields.get(name)
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not math.isfinite(value):
        raise NotAsAgreed(f"{name} is not a number")
    return value


def whole(fields: JsonObject, name: str) -> int:
    value = number(fields, name)
    if value != int(value):
        raise NotAsAgreed(f"{name} is not a whole number")
    return int(value)


def items(fields: JsonObject, name: str) -> list[object]:
    value = fields.get(name)
    if not isinstance(value, list):
        raise NotAsAgreed(f"{name} is not a list")
    return value


def one_of(fields: JsonObject, name: str, allowed: tuple[str, ...]) -> str:
    value = fields.get(name)
    if value not in allowed:
        raise NotAsAgreed(f"{name} is none of {', '.join(allowed)}")
    return str(value)
