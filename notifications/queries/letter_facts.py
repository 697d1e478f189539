"""What every letter about one window shares, and what of it concerns one reader."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings

from changeboard.directory.models import Contact, System
from changes.models import Impact
from maintenance.models import Window, WindowRevision
from notifications.domain.impact import OWN_SYSTEM, Concern
from notifications.domain.impact import Impact as WholeImpact
from notifications.models import Words
from notifications.queries import corrections, impacts
from notifications.queries.corrections import Correction
from notifications.queries.touched import Riding, ServiceTouched, Touched, touched
from notifications.queries.uses import Uses, by_service, using


@dataclass(frozen=True)
class WindowFacts:
    """What every letter about one window shares. Read once for a batch. `impacts` and `services` are what the
    notices of each revision say of what stops; empty of one about which nothing is planned yet."""

    window: Window
    system: System
    revisions: dict[int, WindowRevision]
    riding: tuple[Riding, ...]
    paragraph: str
    uses: dict[int, Uses]
    impacts: Mapping[int, WholeImpact] = field(default_factory=dict)
    services: Mapping[int, tuple[ServiceTouched, ...]] = field(default_factory=dict)
    # Codes of the systems that provide a service which is touched, by id.
    codes: Mapping[int, str] = field(default_factory=dict)

    def contents(self) -> str:
        """All that letters are written from, but for the reader: the same text means the same words."""
        rows: list[Any] = [self.window, self.system, *self.revisions.values()]
        fields = [[getattr(row, field.attname) for field in row._meta.concrete_fields] for row in rows]
        ours = (
            settings.SITE_URL,
            settings.PLATFORM_NAME,
            settings.PLATFORM_TIME_ZONE,
            settings.DEFAULT_FROM_EMAIL,
        )
        told = sorted((number, impacts.as_row(impact, ())) for number, impact in self.impacts.items())
        return repr((fields, self.riding, self.paragraph, told, self.services, ours))

    def riding_for(self, contact: Contact) -> tuple[Riding, ...]:
        """A client hears of what it uses; the house hears of everything."""
        if contact.client_id is None:
            return self.riding
        return self.uses_of(contact).of(self.riding)

    def services_for(self, contact: Contact, revision: int) -> tuple[ServiceTouched, ...]:
        """What a reader hears of single services; what was said once is said until a new revision says else."""
        if revision not in self.services:
            return by_service(self.riding_for(contact))
        told = self.services[revision]
        return told if contact.client_id is None else tuple(filter(self.uses_of(contact).uses, told))

    def objects(self, services: Iterable[ServiceTouched]) -> tuple[tuple[str, str], ...]:
        """What network teams' programs are told of, each with the gravest word for it: the window's system first,
        then the systems of these services, and services that no system provides, by their names."""
        own = Impact.OUTAGE if self.window.takes_downtime else Impact.NO_IMPACT
        found = {self.system.code: own.value}
        for service in services:
            name = self.codes.get(service.system or 0, self.system.code) if service.system else service.name
            found[name] = max(found.get(name, service.code), service.code, key=Impact.values.index)
        return tuple(found.items())

    def uses_of(self, contact: Contact) -> Uses:
        return self.uses.get(contact.client_id or 0, Uses())

    def corrections_for(self, contact: Contact, told: int | None) -> tuple[Correction, ...]:
        """What has become another since the revision that this reader was told of; none if that is not known."""
        before, now_true = (
            self.impacts.get(-1 if told is None else told),
            self.impacts.get(self.window.revision),
        )
        if before is None or now_true is None:
            return ()
        uses = self.uses_of(contact)
        concern = None if contact.client_id is None else Concern(uses.systems, uses.services)
        services = [self.services_for(contact, number) for number in (told or 0, self.window.revision)]
        return corrections.of(
            self.system.code,
            (before.heard_by(concern), services[0]),
            (now_true.heard_by(concern), services[1]),
        )


def facts(window: Window) -> WindowFacts:
    """Twelve queries at most, whatever the number of readers."""
    told = impacts.kept([window.pk]).get(window.pk, {})
    touches = touched([window.pk]).get(window.pk, Touched())
    words = Words.objects.filter(window=window).first()
    revisions = {row.revision: row for row in WindowRevision.objects.filter(window=window)}
    services = impacts.as_services(told)
    return WindowFacts(
        window=window,
        system=window.system,
        revisions=revisions,
        riding=tuple(touches.riding),
        paragraph=words.signed_paragraph if words else "",
        uses=_uses(touches, told),
        impacts=told,
        services=services,
        codes=_codes(window, services),
    )


def _codes(window: Window, services: Mapping[int, tuple[ServiceTouched, ...]]) -> dict[int, str]:
    """One query; none where all of them are of the window's own system."""
    own = {window.system_id: window.system.code}
    asked = {each.system for told in services.values() for each in told if each.system} - set(own)
    return own | dict(System.objects.filter(pk__in=asked).values_list("pk", "code")) if asked else own


def _uses(touches: Touched, told: Mapping[int, WholeImpact]) -> dict[int, Uses]:
    """What clients use of all that the window touches, or was said to touch."""
    effects = [
        effect for impact in told.values() for effect in impact.effects if effect.service != OWN_SYSTEM
    ]
    systems = {effect.system for effect in effects if effect.system is not None}
    services = {effect.service for effect in effects}
    for change in touches.riding:
        systems |= change.touches_systems
        services |= change.touches_services
    return using(systems, services) if systems or services else {}
