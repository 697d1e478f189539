from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "changeboard.directory"
    label = "directory"
    verbose_name = "Directory"
