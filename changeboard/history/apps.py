from django.apps import AppConfig


class HistoryConfig(AppConfig):
    name = "changeboard.history"
    label = "history"
    verbose_name = "History"
