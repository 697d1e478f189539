"""The emergency hatch for what an administrator edits: seats, questions, rule sets, templates."""

from django.contrib import admin

from changes.models import Membership, RiskQuestion, RuleSet, Template


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ["person", "role", "since_on", "until_on"]
    list_select_related = ["person"]

    def has_delete_permission(self, request, obj=None):
        # Whoever leaves has a last day: their votes and the calendar entries they were sent go by the seat.
        return False


@admin.register(RiskQuestion)
class RiskQuestionAdmin(admin.ModelAdmin):
    list_display = ["text", "key", "type", "position", "required", "active"]
    list_editable = ["position", "required", "active"]

    def get_readonly_fields(self, request, obj=None):
        # Answers and rules find a question by its key.
        return ["key"] if obj else []

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.answers.exists())


@admin.register(RuleSet)
class RuleSetAdmin(admin.ModelAdmin):
    list_display = ["version", "made_at"]

    def has_change_permission(self, request, obj=None):
        # A rule set that scored a change is part of its record: make a new version instead.
        return super().has_change_permission(request, obj) and not (obj and obj.changes.exists())

    def has_delete_permission(self, request, obj=None):
        return super().has_delete_permission(request, obj) and not (obj and obj.changes.exists())


@admin.register(Template)
class TemplateAdmin(admin.ModelAdmin):
    list_display = ["name", "expires_on", "approved_by", "approved_at", "suspended_at"]
