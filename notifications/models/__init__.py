from notifications.models.address_check import AddressCheck
from notifications.models.client_feed import ClientFeed
from notifications.models.display import Shown
from notifications.models.invitation import Invitation
from notifications.models.ledger import BY_PROGRAM, URGENT, USUAL, Attempt, Delivery, Notice
from notifications.models.mail_report import MailReport
from notifications.models.news_mail import NewsLine, NewsMail, NewsMailState
from notifications.models.policy import NoticePolicy, PolicyLine, QuietPeriod
from notifications.models.seal import Seal
from notifications.models.subscriber import Subscriber, SubscriberMail, SubscriberMailState
from notifications.models.tick import Backlog, Silence, Tick
from notifications.models.told_impact import ToldImpact
from notifications.models.words import Words

__all__ = [
    "BY_PROGRAM",
    "URGENT",
    "USUAL",
    "AddressCheck",
    "Attempt",
    "Backlog",
    "ClientFeed",
    "Delivery",
    "Invitation",
    "MailReport",
    "NewsLine",
    "NewsMail",
    "NewsMailState",
    "Notice",
    "NoticePolicy",
    "PolicyLine",
    "QuietPeriod",
    "Seal",
    "Shown",
    "Silence",
    "Subscriber",
    "SubscriberMail",
    "SubscriberMailState",
    "Tick",
    "ToldImpact",
    "Words",
]
