from django.urls import include, path
from rest_framework.routers import SimpleRouter

from maintenance.api.conflicts import WindowConflicts
from maintenance.api.opening import OpeningViewSet
from maintenance.api.slots import Slots
from maintenance.api.windows import WindowViewSet
from maintenance.views import (
    cadence,
    calendar,
    conflicts,
    embed,
    feeds,
    freezes,
    go,
    planning,
    public,
    sharing,
    slots,
    volumes,
    windows,
    zones,
)

app_name = "maintenance"

router = SimpleRouter()
router.register("windows", WindowViewSet, basename="api")
router.register("slots", Slots, basename="api_slots")
router.register("open", OpeningViewSet, basename="api_open")

urlpatterns = [
    path("api/v1/", include(router.urls)),
    path("calendar/", calendar.calendar, name="calendar"),
    path("calendar/horizon/", calendar.horizon, name="horizon"),
    path("calendar/slots/", slots.slots, name="slots"),
    path("calendar/slots/least-harm/", slots.least_harm, name="least_harm"),
    path("calendar/volumes/", volumes.volumes, name="volumes"),
    path("calendar/volumes/files/<int:pk>/", volumes.volume_file, name="volume_file"),
    path("calendar/volumes/<int:pk>/remove/", volumes.remove, name="remove_volume"),
    path("calendar/clients/", calendar.suggest_clients, name="suggest_clients"),
    path("calendar/zones/", calendar.suggest_zones, name="suggest_zones"),
    path("calendar/subscribe/", feeds.subscribe, name="subscribe"),
    path("calendar/feed/end/", feeds.end_feed, name="end_feed"),
    path("calendar/feed/", feeds.make_feed, name="make_feed"),
    path("calendar/feed/<str:secret>.ics", feeds.own, name="feed"),
    path("maintenance/", public.public, name="public"),
    path("maintenance/calendar.ics", feeds.public_calendar, name="public_feed"),
    path("maintenance/feed.atom", feeds.public_atom, name="public_atom"),
    path("maintenance/embed/", embed.embed, name="embed"),
    path("windows/", windows.windows, name="windows"),
    path("windows/new/", planning.new_window, name="new_window"),
    path("windows/downtime/", windows.downtime, name="downtime"),
    path("windows/zones/", zones.zones, name="zones"),
    path("windows/<str:reference>/follow-zones/", zones.follow, name="follow_zones"),
    path("windows/<str:reference>/", windows.window, name="window"),
    path("windows/<str:reference>/move/", planning.move, name="move"),
    path("windows/<str:reference>/cancel/", planning.cancel, name="cancel"),
    path("windows/<str:reference>/size/", planning.resize, name="resize"),
    path("windows/<str:reference>/shares/", sharing.shares, name="shares"),
    path("windows/<str:reference>/waive/", windows.waive, name="waive"),
    path("windows/<str:reference>/conflicts/", conflicts.answer, name="answer"),
    path("windows/<str:reference>/conflicts/<int:pk>/back/", conflicts.withdraw, name="withdraw"),
    path("windows/<str:reference>/duties/", windows.duties, name="duties"),
    path("windows/<str:reference>/runbook/", go.runbook, name="runbook"),
    path("windows/<str:reference>/go/", go.go, name="go"),
    path("windows/<str:reference>/go/live/", go.live, name="live"),
    path("windows/<str:reference>/go/clocks/", go.clocks, name="clocks"),
    path("windows/<str:reference>/go/say/", go.say_go, name="say_go"),
    path("windows/<str:reference>/go/down/", go.downtime, {"act": "downtime_starts"}, name="downtime_starts"),
    path("windows/<str:reference>/go/up/", go.downtime, {"act": "downtime_ends"}, name="downtime_ends"),
    path("windows/<str:reference>/go/steps/<int:pk>/start/", go.step, {"act": "start"}, name="start_step"),
    path("windows/<str:reference>/go/steps/<int:pk>/done/", go.step, {"act": "done"}, name="finish_step"),
    path("windows/<str:reference>/go/steps/<int:pk>/on/", go.step, {"act": "done_and_on"}, name="step_on"),
    path("windows/<str:reference>/go/steps/<int:pk>/problem/", go.problem, name="problem"),
    path("windows/<str:reference>/go/log/", go.log, name="log"),
    path("windows/<str:reference>/go/back-out/", go.back_out, name="back_out"),
    path("windows/<str:reference>/go/extend/", go.extend, name="extend"),
    path("windows/<str:reference>/go/finish/", go.finish, name="finish"),
    path("windows/<str:reference>/go/checks/<int:pk>/", go.check, name="check"),
    path("windows/<str:reference>/go/complete/", go.complete, name="complete"),
    path("cadence/", cadence.cadences, name="cadences"),
    path("cadence/<str:code>/", cadence.cadence, name="cadence"),
    path("cadence/<str:code>/end/", cadence.end, name="end_cadence"),
    path(
        "api/v1/windows/<str:reference>/conflicts/",
        WindowConflicts.as_view({"get": "list"}),
        name="api-conflicts",
    ),
    path("freezes/", freezes.freezes, name="freezes"),
    path("freezes/new/", freezes.new_freeze, name="new_freeze"),
    path("freezes/<int:pk>/edit/", freezes.edit_freeze, name="edit_freeze"),
    path("freezes/<int:pk>/lift/", freezes.lift, name="lift"),
]
