from changeboard.directory.models.client import Client, NoGoDate
from changeboard.directory.models.client_import import ClientImport
from changeboard.directory.models.contact import Channel, Contact, ContactRole, Language
from changeboard.directory.models.system import Mark, Service, System

__all__ = [
    "Channel", "Client", "ClientImport", "Contact", "ContactRole", "Language", "Mark", "NoGoDate", "Service",
    "System",
]  # fmt: skip
