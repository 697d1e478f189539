from django.urls import URLPattern, path

from notifications.api.point_of_service import AcknowledgeView, PointOfServiceView, ShownView
from notifications.views import (
    addresses,
    ahead,
    board,
    client_feed,
    deliveries,
    evidence,
    leaving,
    mail_reports,
    operations,
    subscribing,
    told,
    wording,
)

POINT_OF_SERVICE = "api/v1/point-of-service/"
SUBSCRIBER = "maintenance/subscribe/<int:subscriber>/"

app_name = "notifications"
urlpatterns: list[URLPattern] = [
    path("notices/", board.notices, name="list"),
    path("notices/ahead/", ahead.ahead, name="ahead"),
    path("notices/operations/", operations.operations, name="operations"),
    path("notices/operations/silences/<int:pk>/settle/", operations.settle_silence, name="settle_silence"),
    path("notices/backlog/let-go/", board.let_go, name="let_go"),
    path("notices/leave/<int:contact>/<str:word>/", leaving.leave, name="leave"),
    path("notices/leave-news/<int:person>/<str:word>/", leaving.leave_news, name="leave_news"),
    path("notices/confirm/<int:contact>/<str:word>/", addresses.confirm_address, name="confirm_address"),
    path("notices/addresses/", addresses.addresses, name="addresses"),
    path("notices/addresses/ask-all/", addresses.ask_all, name="ask_all"),
    path("notices/addresses/<int:pk>/ask/", addresses.ask, name="ask"),
    path("notices/addresses/<int:pk>/telephone/", addresses.confirmed_by_phone, name="confirmed_by_phone"),
    # As django-anymail's documentation tells each provider to be set up.
    path("anymail/<slug:provider>/tracking/", mail_reports.mail_reports, name="mail_reports"),
    path("maintenance/subscribe/", subscribing.ask, name="subscribe"),
    path(f"{SUBSCRIBER}confirm/<str:word>/", subscribing.confirm, name="confirm_subscriber"),
    path(f"{SUBSCRIBER}leave/<str:word>/", subscribing.leave, name="leave_subscriber"),
    path(f"{SUBSCRIBER}<str:word>/", subscribing.choose, name="subscriber"),
    path("notices/deliveries/<int:pk>/", deliveries.delivery, name="delivery"),
    path("notices/deliveries/<int:pk>/hold/", deliveries.hold, name="hold"),
    path("notices/deliveries/<int:pk>/release/", deliveries.release, name="release"),
    path("notices/deliveries/<int:pk>/resend/", deliveries.resend, name="resend"),
    path("notices/deliveries/<int:pk>/waive/", deliveries.waive, name="waive"),
    path("notices/deliveries/<int:pk>/call/", deliveries.log_call, name="log_call"),
    path("notices/<str:reference>/", board.window, name="window"),
    path("notices/<str:reference>/panel/", board.panel, name="panel"),
    path("notices/<str:reference>/ledger.csv", board.ledger, name="ledger"),
    path("notices/<str:reference>/evidence/", evidence.evidence, name="evidence"),
    path("notices/<str:reference>/evidence.csv", evidence.evidence_csv, name="evidence_csv"),
    path("notices/<str:reference>/evidence.json", evidence.evidence_json, name="evidence_json"),
    path("notices/<str:reference>/words/", wording.words, name="words"),
    path("notices/<str:reference>/words/sign-off/", wording.sign_off, name="sign_off"),
    path("notices/<str:reference>/preview/", wording.preview, name="preview"),
    path("notices/<str:reference>/preview/test/", wording.send_test, name="send_test"),
    path("notices/<str:reference>/told/<slug:client>/<str:milestone>/", board.proofs, name="proofs"),
    path("clients/<slug:slug>/told/", told.told, name="told"),
    path("clients/<slug:slug>/told.csv", told.told_file, name="told_file"),
    path("clients/feed/<str:secret>.ics", client_feed.calendar, name="client_calendar"),
    path("clients/<slug:slug>/calendar/", client_feed.page, name="client_feed"),
    path("clients/<slug:slug>/calendar/make/", client_feed.make, name="make_client_feed"),
    path("clients/<slug:slug>/calendar/end/", client_feed.end, name="end_client_feed"),
    path(POINT_OF_SERVICE, PointOfServiceView.as_view(), name="point-of-service"),
    path(f"{POINT_OF_SERVICE}shown/", ShownView.as_view(), name="point-of-service-shown"),
    path(f"{POINT_OF_SERVICE}acknowledge/", AcknowledgeView.as_view(), name="point-of-service-acknowledge"),
]
