"""The emergency hatch for reference data: administrators only."""

from django import forms
from django.contrib import admin
from django.db import models

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


@admin.register(Contact)
class ContactAdmin(admin.ModelAdmin):
    list_display = ["name", "client", "group", "role", "channel", "address", "active", "bounced_at"]
    list_filter = ["active", "channel", "role", "group"]
    search_fields = ["name", "address", "client__name"]
    autocomplete_fields = ["client"]
    list_select_related = ["client", "group"]
