"""Addresses that exist only in the demonstration."""

from django.urls import path, re_path

from changeboard.demo.views import chat, clock, mail, oms

app_name = "demo"

urlpatterns = [
    path("demo/clock/", clock.clock, name="clock"),
    path("demo/chat/<slug:client>/", chat.chat, name="chat"),
    path("demo/mail/", mail.mailbox, name="mailbox"),
    path("demo/mail/<int:pk>/", mail.mail, name="mail"),
    path("demo/mail/<int:pk>/html/", mail.html, name="mail_html"),
    path("demo/oms/", oms.order_systems, name="order_systems"),
    path("demo/oms/<slug:client__slug>/", oms.order_screen, name="order_screen"),
    path("demo/oms/<slug:client__slug>/status/", oms.status, name="status"),
    re_path(r"^demo/oms/(?P<client__slug>[-\w]+)/(?P<what>shown|acknowledge)/$", oms.report, name="report"),
]
