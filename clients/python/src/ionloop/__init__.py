"""The lab protocol of Ionloop from the station's side."""

from . import measure
from .backoff import Backoff
from .client import Beat, LabClient, Patience
from .errors import GivenUp, LabError, LabRefusal, LabUnavailable, WorkStopped
from .spool import FolderInUse, Spool, Spooled
from .station import Station
from .wire import (
    Assignment,
    Attachment,
    BeatAnswer,
    Receipt,
    Result,
    Spec,
    attach,
    failed_sample,
    infeasible,
    instrument_fault,
    measured,
)
from .work import Work

__all__ = [
    "Assignment",
    "Attachment",
    "Backoff",
    "Beat",
    "BeatAnswer",
    "FolderInUse",
    "GivenUp",
    "LabClient",
    "LabError",
    "LabRefusal",
    "LabUnavailable",
    "Patience",
    "Receipt",
    "Result",
    "Spec",
    "Spool",
    "Spooled",
    "Station",
    "Work",
    "WorkStopped",
    "attach",
    "failed_sample",
    "infeasible",
    "instrument_fault",
    "measure",
    "measured",
]
__version__ = "0.1.0"
