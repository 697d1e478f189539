"""SQL that PostgreSQL plans once a connection (PREPARE): reading and planning ours takes longer than doing it."""

import re
from collections.abc import Mapping
from typing import Any
from weakref import WeakKeyDictionary

from django.db import connection

NAMED = re.compile(r"%\((\w+)\)s")


class Statement:
    """`sql` with its values named as psycopg2 does, and their types: `at="timestamptz"`.

    Behind a pool that hands one server connection to many (transaction pooling) a prepared statement is lost;
    Django's own switch for such a pool, DISABLE_SERVER_SIDE_CURSORS, sends it whole each time.
    """

    def __init__(self, name: str, sql: str, **types: str) -> None:
        self.sql = sql
        places = {each: f"${number}" for number, each in enumerate(types, 1)}
        body = NAMED.sub(lambda found: places[found[1]], sql)
        self._prepare = f"PREPARE {name} ({', '.join(types.values())}) AS {body}"
        self._execute = f"EXECUTE {name} ({', '.join(f'%({each})s' for each in types)})"
        self._known: WeakKeyDictionary[Any, bool] = WeakKeyDictionary()

    def rows(self, words: Mapping[str, Any]) -> list[tuple[Any, ...]]:
        """All that it answers. One query; one more for the first on a connection."""
        with connection.cursor() as cursor:
            if connection.settings_dict.get("DISABLE_SERVER_SIDE_CURSORS"):
                cursor.execute(self.sql, words)
            else:
                if connection.connection not in self._known:
                    # Else it may plan anew each time, for an array's true length: it does not matter here.
                    cursor.execute("SET plan_cache_mode = force_generic_plan")
                    cursor.execute(self._prepare)
                    self._known[connection.connection] = True
                cursor.execute(self._execute, words)
            found: list[tuple[Any, ...]] = cursor.fetchall()
            return found
