"""PostgreSQL and Redis: those that the environment names, else private ones."""

from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path

from tools import postgres, redis_server
from tools.say import say


@contextmanager
def given_or_private(place: Path, env: Mapping[str, str], *, durable: bool) -> Iterator[dict[str, str]]:
    """DATABASE_URL and REDIS_URL; what we start keeps its data under `place` and ends with the block."""
    logs = place / "log"
    with ExitStack() as stack:
        urls: dict[str, str] = {}
        if env.get("DATABASE_URL"):
            urls["DATABASE_URL"] = env["DATABASE_URL"]
            say("using the database that DATABASE_URL names")
        else:
            urls["DATABASE_URL"] = stack.enter_context(
                postgres.started(place, durable=durable, log=logs / "postgres.log")
            )
            say("private PostgreSQL is up")
        if env.get("REDIS_URL"):
            urls["REDIS_URL"] = env["REDIS_URL"]
            say("using the Redis that REDIS_URL names")
        else:
            urls["REDIS_URL"] = stack.enter_context(redis_server.started(log=logs / "redis.log"))
            say("private Redis is up")
        yield urls
