from changes.models.change import TROUBLE, Change, CloseCode, Impact, Kind, RiskLevel, ServiceImpact
from changes.models.discussion import Comment, Watch
from changes.models.plan import Phase, PlanStep
from changes.models.risk import AnswerType, RiskAnswer, RiskQuestion, RuleSet
from changes.models.template import Template

__all__ = [
    "TROUBLE",
    "AnswerType",
    "Change",
    "CloseCode",
    "Comment",
    "Impact",
    "Kind",
    "Phase",
    "PlanStep",
    "RiskAnswer",
    "RiskLevel",
    "RiskQuestion",
    "RuleSet",
    "ServiceImpact",
    "Template",
    "Watch",
]
