from django.urls import include, path

from changeboard.directory.api.reference import router
from changeboard.directory.views import clients, contacts, importing

app_name = "directory"
urlpatterns = [
    path("clients/", clients.clients, name="clients"),
    path("clients/new/", clients.new_client, name="new_client"),
    path("clients/import/", importing.new_import, name="new_import"),
    path("clients/import/<int:pk>/", importing.client_import, name="import"),
    path("clients/import/<int:pk>/apply/", importing.apply, name="apply_import"),
    path("clients/import/<int:pk>/throw-away/", importing.throw_away, name="throw_import_away"),
    path("clients/import/<int:pk>/bad-lines.csv", importing.bad_lines, name="bad_lines"),
    path("clients/export.csv", importing.export, name="export"),
    path("clients/<slug:slug>/", clients.client, name="client"),
    path("clients/<slug:slug>/edit/", clients.edit_client, name="edit_client"),
    path("clients/<slug:slug>/oms-key/", clients.rotate_key, name="rotate_key"),
    path("clients/<slug:slug>/webhook-secret/", clients.rotate_secret, name="rotate_secret"),
    path("clients/<slug:slug>/no-go-dates/", clients.add_no_go, name="add_no_go"),
    path("clients/<slug:slug>/contacts/new/", contacts.new_contact, name="new_contact"),
    path("no-go-dates/<int:pk>/remove/", clients.remove_no_go, name="remove_no_go"),
    path("contacts/<int:pk>/", contacts.edit_contact, name="edit_contact"),
    path("contacts/<int:pk>/retire/", contacts.retire_contact, name="retire_contact"),
    path("contacts/<int:pk>/rejoin/", contacts.rejoin, name="rejoin_contact"),
    path("api/v1/", include(router.urls)),
]
