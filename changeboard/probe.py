"""`python -m changeboard.probe`: is the web server in this container well? The image's health check."""

import os
import sys
import urllib.request

ADDRESS = "http://127.0.0.1:8000/healthz"


def main() -> int:
    """0 when `/healthz` answers under a name that the server goes by; otherwise urllib says why not."""
    name = os.environ.get("ALLOWED_HOSTS", "").split(",")[0].strip().lstrip(".*")
    asked = urllib.request.Request(ADDRESS, headers={"Host": name or "localhost"})
    with urllib.request.urlopen(asked, timeout=4) as answer:
        return int(answer.status != 200)


if __name__ == "__main__":
    sys.exit(main())
