from changes.models.alignment import ReTest, SignOff, StageNote
from changes.models.attachment import Attachment, AttachmentContent
from changes.models.board import (
    Choice,
    Condition,
    Decision,
    EmergencyApproval,
    Membership,
    MinuteNote,
    Outcome,
    Question,
    Vote,
)
from changes.models.change import Change, CloseCode, Kind, RiskLevel
from changes.models.discussion import Comment, Watch
from changes.models.electronic_vote import ElectronicVote
from changes.models.impact import Impact, Said, ServiceImpact
from changes.models.interest import ConflictOfInterest
from changes.models.library import LibraryStep
from changes.models.meeting import AgendaItem, Attendance, Meeting
from changes.models.meeting_rule import MeetingRule
from changes.models.minutes import MinuteEntry, Minutes
from changes.models.news import NewsMark
from changes.models.parking import ParkedPoint
from changes.models.plan import Phase, PlanStep
from changes.models.read_mark import ReadMark
from changes.models.review import Review
from changes.models.risk import AnswerType, RiskAnswer, RiskQuestion, RuleSet
from changes.models.saved_view import SavedView
from changes.models.search import SearchText
from changes.models.substitute import Substitute
from changes.models.template import Template
from changes.models.unsaved_form import UnsavedForm
from changes.models.window_wish import WindowWish

__all__ = [
    "AgendaItem",
    "AnswerType",
    "Attachment",
    "AttachmentContent",
    "Attendance",
    "Change",
    "Choice",
    "CloseCode",
    "Comment",
    "Condition",
    "ConflictOfInterest",
    "Decision",
    "ElectronicVote",
    "EmergencyApproval",
    "Impact",
    "Kind",
    "LibraryStep",
    "Meeting",
    "MeetingRule",
    "Membership",
    "MinuteEntry",
    "MinuteNote",
    "Minutes",
    "NewsMark",
    "Outcome",
    "ParkedPoint",
    "Phase",
    "PlanStep",
    "Question",
    "ReTest",
    "ReadMark",
    "Review",
    "RiskAnswer",
    "RiskLevel",
    "RiskQuestion",
    "RuleSet",
    "Said",
    "SavedView",
    "SearchText",
    "ServiceImpact",
    "SignOff",
    "StageNote",
    "Substitute",
    "Template",
    "UnsavedForm",
    "Vote",
    "Watch",
    "WindowWish",
]
