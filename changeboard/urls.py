"""Every address of changeboard. The roof: it may name any app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("changeboard.people.urls")),
    path("", include("changeboard.directory.urls")),
    path("", include("changeboard.history.urls")),
    path("", include("maintenance.urls")),
    path("", include("changes.urls")),
    path("", include("notifications.urls")),
    path("admin/", admin.site.urls),
]
