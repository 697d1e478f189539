"""Systems and services, which every script needs to name; clients only for people who are signed in."""

from rest_framework import serializers, viewsets
from rest_framework.routers import SimpleRouter

from changeboard.directory.models import Client, Service, System
from changeboard.people.api.permission import Gated

READ = {
    "list": ("directory.read", "windows:read"),
    "retrieve": ("directory.read", "windows:read"),
}
READ_WITHOUT_KEY = {"list": ("directory.read", None), "retrieve": ("directory.read", None)}


class SystemSerializer(serializers.ModelSerializer):
    class Meta:
        model = System
        fields = ["code", "name", "mark", "what"]


class ServiceSerializer(serializers.ModelSerializer):
    system = serializers.SlugRelatedField(slug_field="code", read_only=True)

    class Meta:
        model = Service
        fields = ["slug", "name", "system"]


class ClientSerializer(serializers.ModelSerializer):
    systems = serializers.SlugRelatedField(slug_field="code", many=True, read_only=True)

    class Meta:
        model = Client
        fields = ["slug", "name", "time_zone", "systems", "contract_lead_days", "active"]


class Systems(viewsets.ReadOnlyModelViewSet):
    permission_classes = [Gated]
    gates = READ
    queryset = System.objects.all()
    serializer_class = SystemSerializer
    lookup_field = "code"


class Services(viewsets.ReadOnlyModelViewSet):
    permission_classes = [Gated]
    gates = READ
    queryset = Service.objects.select_related("system")
    serializer_class = ServiceSerializer
    lookup_field = "slug"


class Clients(viewsets.ReadOnlyModelViewSet):
    permission_classes = [Gated]
    gates = READ_WITHOUT_KEY
    queryset = Client.objects.prefetch_related("systems")
    serializer_class = ClientSerializer
    lookup_field = "slug"


router = SimpleRouter()
router.register("systems", Systems, basename="api_system")
router.register("services", Services, basename="api_service")
router.register("clients", Clients, basename="api_client")
