"""Migrations: named by hand, in one line, and nothing forgotten."""

import re

import pytest
from django.apps import apps
from django.core.management import call_command
from django.db.migrations.loader import MigrationLoader

from tests.architecture.test_names import OURS


def ours() -> dict[str, list[str]]:
    """Our apps' migrations by app."""
    loader = MigrationLoader(None, ignore_no_migrations=True)
    found: dict[str, list[str]] = {app.label: [] for app in apps.get_app_configs() if app.label in OURS}
    for app, migration in loader.disk_migrations:
        if app in found:
            found[app].append(migration)
    return found


def test_every_migration_is_numbered_and_named_by_hand() -> None:
    names = [f"{app}.{migration}" for app, migrations in ours().items() for migration in migrations]
    by_machine = re.compile(r"\.\d{4}_(auto_|initial$|alter_|remove_|rename_\w+_and_more$)|_and_more$")
    assert [
        name for name in names if by_machine.search(name) or not re.search(r"\.\d{4}_[a-z_]+$", name)
    ] == []


def test_every_app_has_one_line_of_migrations() -> None:
    graph = MigrationLoader(None, ignore_no_migrations=True).graph
    assert [(app, graph.leaf_nodes(app)) for app in ours() if len(graph.leaf_nodes(app)) > 1] == []


@pytest.mark.django_db
def test_no_model_differs_from_its_migrations(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("makemigrations", "--check", "--dry-run")
    assert capsys.readouterr().out.strip() == "No changes detected"
