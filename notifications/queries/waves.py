"""The waves of notices that went out about a window: what was told to whom, to how many, and when."""

from django.db.models import Count, Max
from django.urls import reverse

from maintenance.contributions import Happened
from maintenance.models import Window
from notifications import labels
from notifications.models import Delivery


def waves(window: Window) -> list[Happened]:
    """One for each milestone and audience of each revision, at the time of its last delivery. One query."""
    sent = Delivery.objects.filter(window=window, accepted_at__isnull=False).told().order_by()
    kinds = sent.values_list("revision", "milestone", "notice__audience")
    told = kinds.annotate(many=Count("pk"), last=Max("accepted_at"))
    url = reverse("notifications:window", args=[window.reference])
    return [
        Happened(last, sentence(window, milestone, audience, many), "mail", url)
        for _, milestone, audience, many, last in told
    ]


def sentence(window: Window, milestone: str, audience: str, many: int) -> str:
    """What the wave was, in words."""
    return labels.WAVE.format(
        milestone=labels.MILESTONES[milestone].lower(),
        audience=labels.AUDIENCES[audience].lower(),
        many=many,
        window=window.reference,
    )
