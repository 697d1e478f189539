"""The emergency hatch for reference data: administrators only."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.db import models

from changeboard import words
from changeboard.directory.actions.contacts import unreachable
from changeboard.directory.domain.chat_address import unmasked
from changeboard.directory.models import Client, Contact, NoGoDate, Service, System


@admin.register(System)
class SystemAdmin(admin.ModelAdmin):
    list_display = ["code", "name", "mark", "what", "position"]


@admin.register(Service)
class ServiceAdmin(admin.ModelAdmin):
    list_display = ["name", "system", "position", "is_regulated"]
    list_filter = ["system"]
    prepopulated_fields = {"slug": ["name"]}
    list_select_related = ["system"]


class NoGoDates(admin.TabularInline):
    model = NoGoDate
    extra = 0


@admin.register(Client)
class ClientAdmin(admin.ModelAdmin):
    list_display = ["name", "time_zone", "contract_lead_days", "active"]
    list_filter = ["active", "systems", "time_zone"]
    search_fields = ["name"]
    prepopulated_fields = {"slug": ["name"]}
    # Plain boxes: Django's double list is not accessible.
    formfield_overrides = {models.ManyToManyField: {"widget": forms.CheckboxSelectMultiple}}
    inlines = [NoGoDates]


class ContactHatch(forms.ModelForm):
    """The hatch keeps the rules of an address, and shows no key to a chat."""

    class Meta:
        model = Contact
        fields = [
            "client", "group", "name", "role", "is_person", "channel", "address", "time_zone", "language",
            "wants_invitations", "wants_point_of_service", "is_contractual", "active", "confirmed_at", "bounced_at",
            "complained_at", "bounce_words",
        ]  # fmt: skip

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.known = self.instance.address
        if self.instance.pk:
            self.initial["address"] = self.instance.shown_address

    def clean_address(self):
        return unmasked(self.cleaned_data["address"], self.known, str(settings.SECRET_KEY))

    def _post_clean(self):
        super()._post_clean()
        for reason in unreachable(self.instance):
            self.add_error(reason.field, words.sentence(reason))


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    form = ContactHatch
    list_display = ["name", "client", "group", "role", "channel", "shown_address", "active", "bounced_at"]
    list_filter = ["active", "channel", "role", "group"]
    search_fields = ["name", "address", "client__name"]
    autocomplete_fields = ["client"]
    list_select_related = ["client", "group"]
