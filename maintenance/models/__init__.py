from maintenance.models.cadence import Cadence
from maintenance.models.feed import Feed
from maintenance.models.freeze import Freeze
from maintenance.models.hold import Hold
from maintenance.models.run import Run, RunStep, SmokeCheck
from maintenance.models.share import BudgetShare
from maintenance.models.volume import Volume, VolumeFile
from maintenance.models.window import Duty, Outcome, Waiver, Window, WindowRevision, WindowState

__all__ = [
    "BudgetShare",
    "Cadence",
    "Duty",
    "Feed",
    "Freeze",
    "Hold",
    "Outcome",
    "Run",
    "RunStep",
    "SmokeCheck",
    "Volume",
    "VolumeFile",
    "Waiver",
    "Window",
    "WindowRevision",
    "WindowState",
]
