from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "changeboard.people"
    label = "people"
    verbose_name = "People"
