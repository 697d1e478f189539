"""The product's addresses, and beside them the bare page that others are measured against."""

from django.urls import path

from bench.bare import BareList
from changeboard.urls import *  # noqa: F403
from changeboard.urls import urlpatterns as ours

urlpatterns = [path("bare/", BareList.as_view()), *ours]
