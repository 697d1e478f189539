"""The emergency hatch for people: administrators only. The everyday way is /people/."""

from django.contrib import admin
from django.contrib.auth.models import Group as DjangoGroup
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from changeboard.people.gate import may
from changeboard.people.models import Group, Key, Person

admin.site.site_header = "changeboard, the emergency hatch"
admin.site.site_title = "changeboard"
admin.site.index_title = "Reference data"
admin.site.unregister(DjangoGroup)


@may("people.manage")
def login(request: HttpRequest) -> HttpResponse:
    """The hatch has no door of its own: sign in as everywhere. Whoever is no administrator gets 403."""
    return redirect("admin:index")


admin.site.login = login


@admin.register(Person)
class PersonAdmin(admin.ModelAdmin):
    list_display = ["username", "full_name", "email", "group", "roles", "is_active"]
    list_filter = ["is_active", "group"]
    search_fields = ["username", "first_name", "last_name", "email"]
    exclude = ["password", "last_login"]
    list_select_related = ["group"]

    def has_delete_permission(self, request, obj=None):
        # History names persons for ever; whoever leaves is shut out, not removed.
        return False


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ["name", "slug", "position"]
    prepopulated_fields = {"slug": ["name"]}


@admin.register(Key)
class KeyAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "prefix", "scopes", "last_used_at", "revoked_at"]
    readonly_fields = ["owner", "prefix", "scopes", "created_at", "last_used_at"]
    exclude = ["secret_digest"]
    list_select_related = ["owner"]

    def has_add_permission(self, request):
        return False
