from django.urls import URLPattern, path

from notifications.api.point_of_service import AcknowledgeView, PointOfServiceView, ShownView
from notifications.views import leaving

POINT_OF_SERVICE = "api/v1/point-of-service/"

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("notices/leave/<int:contact>/<str:word>/", leaving.leave, name="leave"),
    path(POINT_OF_SERVICE, PointOfServiceView.as_view(), name="point-of-service"),
    path(f"{POINT_OF_SERVICE}shown/", ShownView.as_view(), name="point-of-service-shown"),
    path(f"{POINT_OF_SERVICE}acknowledge/", AcknowledgeView.as_view(), name="point-of-service-acknowledge"),
]
