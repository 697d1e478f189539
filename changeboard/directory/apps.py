from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "changeboard.directory"
    label = "directory"
    verbose_name = "Directory"

    def ready(self) -> None:
        from changeboard import words
        from changeboard.directory import import_labels, labels
        from changeboard.history import sentences

        sentences.register(labels.ACTS)
        words.register(labels.REASONS | import_labels.REASONS)
