"""Systems (released as one) and services (what people use and a change may touch)."""

from django.db import models


class Mark(models.TextChoices):
    SQUARE = "square", "■ square, teal"
    DIAMOND = "diamond", "◆ diamond, violet"
    CIRCLE = "circle", "● circle, magenta"
    TRIANGLE = "triangle", "▲ triangle, olive"
    BAR = "bar", "▬ bar, slate"


class System(models.Model):
    """Biz, PACS or RIS. Rows, not constants: a site can add a fourth."""

    code = models.CharField(max_length=12, unique=True)
    name = models.CharField(max_length=80)
    mark = models.CharField(max_length=10, choices=Mark.choices, unique=True)
    position = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(max_length=120, blank=True, help_text="For clients: “orders and reports”.")
    stops = models.CharField(
        max_length=200,
        blank=True,
        help_text="For clients, what stops when it is down: “Placing and looking up orders”.",
    )
    goes_on = models.CharField(
        max_length=200,
        blank=True,
        help_text="For clients, what goes on meanwhile: “Sending images. We keep them”.",
    )

    class Meta:
        ordering = ["position", "code"]

    def __str__(self) -> str:
        return self.code


class Service(models.Model):
    """Order entry, worklist, image arrival, dictation, VPN tunnels, telephones …"""

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    system = models.ForeignKey(
        System,
        null=True,
        blank=True,
        on_delete=models.PROTECT,
        related_name="services",
        help_text="The system that provides it, if one does. Telephones belong to none.",
    )
    position = models.PositiveSmallIntegerField(default=0)
    is_regulated = models.BooleanField(default=False)

    class Meta:
        ordering = ["position", "name"]

    def __str__(self) -> str:
        return self.name
