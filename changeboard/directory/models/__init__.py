from changeboard.directory.models.client import Client, NoGoDate
from changeboard.directory.models.contact import Channel, Contact, ContactRole
from changeboard.directory.models.system import Mark, Service, System

__all__ = ["Channel", "Client", "Contact", "ContactRole", "Mark", "NoGoDate", "Service", "System"]
