"""Who holds rows under a lease, and whether it still lives: what a dead process held need not wait for its lease.

A name says in which space of processes it was given (machine, its start, its container), so only who shares that
space says that somebody is dead; everybody else waits for the lease. A number that was given out again looks
alive: then the lease decides, too.
"""

import hashlib
import os
import socket
import uuid
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from notifications.domain.lifecycle import State
from notifications.models import BY_PROGRAM, Delivery

ENDED = ("Z", "X")


def new() -> str:
    """A name for one claim of this process, like `worker-1:9f2c41d07a3b:4711:ab12cd`; at most 80 characters."""
    return f"{socket.gethostname()[:40]}:{_space()}:{os.getpid()}:{uuid.uuid4().hex[:6]}"


def is_dead(owner: str) -> bool:
    """Whether the process of that name is surely gone. False where that cannot be known from here."""
    words = owner.rsplit(":", 3)
    if len(words) != 4 or not _space() or words[1] != _space() or not words[2].isdigit():
        return False
    try:
        state = Path(f"/proc/{words[2]}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return _is_nobody(int(words[2]))
    except OSError:
        return False
    # Ended, and its parent has not looked yet.
    return state in ENDED


def _is_nobody(pid: int) -> bool:
    """Some systems hide the processes of other users: then asking is all there is."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def bury(*, now: datetime) -> int:
    """End the leases of the dead: what they held is due at once. How many rows. One query, two when some are."""
    held = Delivery.objects.filter(state=State.SENDING.value, channel__in=BY_PROGRAM, lease_until__gte=now)
    names = held.order_by("lease_owner").values_list("lease_owner", flat=True).distinct()
    dead = [name for name in names if is_dead(name)]
    return held.filter(lease_owner__in=dead).update(lease_until=now - timedelta(seconds=1)) if dead else 0


@cache
def _space() -> str:
    """This machine since its start, and the container in it; empty where the system does not tell."""
    try:
        start = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        space = os.readlink("/proc/self/ns/pid")
    except OSError:
        return ""
    return hashlib.sha256(f"{socket.gethostname()} {start} {space}".encode()).hexdigest()[:12]
