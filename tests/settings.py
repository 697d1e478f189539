"""The settings of the tests: what they need is set here, whatever the caller's environment says.

Each xdist worker has a Redis database of its own; pytest-django gives each a PostgreSQL database.
"""

import os
import re

WORKER = int(re.sub(r"\D", "", os.environ.get("PYTEST_XDIST_WORKER", "")) or 0)

for name in ("ALLOWED_HOSTS", "SITE_URL", "EMAIL_URL", "PLATFORM_TIME_ZONE", "PLATFORM_NAME"):
    os.environ.pop(name, None)
os.environ.update(DEBUG="1", DEMO="1", SECRET_KEY="only-for-tests")
os.environ.setdefault("DATABASE_URL", "postgres:///changeboard")
server, _, number = os.environ.get("REDIS_URL", "redis://127.0.0.1:6379/0").rpartition("/")
os.environ["REDIS_URL"] = f"{server}/{int(number or 0) + WORKER}"

from changeboard.settings import *  # noqa: E402, F403

# A fresh checkout has collected no files, and whitenoise warns of a missing directory.
STATIC_ROOT.mkdir(exist_ok=True)  # noqa: F405

# A count is asked for whenever it is shown: each test makes its rows behind the events' back.
COUNTS_ARE_KEPT = False

# Argon2 is slow by design; whoever signs in tests the sign-in, not Argon2.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]

# Each test's client starts the middleware: files are looked for when asked for, not all of them at each start.
WHITENOISE_AUTOREFRESH = True
