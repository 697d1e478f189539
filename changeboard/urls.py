"""Every address of changeboard. The roof: it may name any app."""

from django.conf import settings
from django.contrib import admin
from django.urls import include, path

from changeboard.api_docs import docs_view, schema_view
from changeboard.components import components, help_and_words
from changeboard.find import find
from changeboard.health import healthz, readyz
from changeboard.home import home
from changeboard.insights.views import insights
from changeboard.metrics import metrics

urlpatterns = [
    path("", home, name="home"),
    path("insights/", insights, name="insights"),
    path("api/schema/", schema_view, name="api-schema"),
    path("api/docs/", docs_view, name="api-docs"),
    path("", include("changeboard.people.urls")),
    path("", include("changeboard.directory.urls")),
    path("", include("changeboard.history.urls")),
    path("", include("maintenance.urls")),
    path("", include("changes.urls")),
    path("", include("notifications.urls")),
    path("find/", find, name="find"),
    path("help/", help_and_words, name="help"),
    path("healthz", healthz, name="healthz"),
    path("readyz", readyz, name="readyz"),
    path("metrics", metrics, name="metrics"),
    path("admin/", admin.site.urls),
]
if settings.DEBUG:
    urlpatterns.append(path("components/", components, name="components"))
if settings.DEMO:
    urlpatterns.append(path("", include("changeboard.demo.urls")))

handler400 = "changeboard.broken.bad_request"
handler403 = "changeboard.broken.forbidden"
handler404 = "changeboard.broken.not_found"
handler500 = "changeboard.broken.fault"
