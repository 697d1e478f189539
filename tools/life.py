"""Nothing outlives us: signals, a parent that ends, and orphans that somebody left behind."""

import contextlib
import ctypes
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

from tools.say import Trouble, plain

PR_SET_PDEATHSIG = 1
PR_SET_CHILD_SUBREAPER = 36
ENDINGS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)

try:
    _prctl: Callable[..., int] | None = ctypes.CDLL(None).prctl
except (OSError, AttributeError):
    # Not Linux: there the process groups alone must do.
    _prctl = None


def lead(work: Callable[[], int]) -> int:
    """Run `work` so that every way to end it stops what it started; returns the exit status."""
    _listen()
    control(PR_SET_CHILD_SUBREAPER, 1)
    if os.environ.get("MAKELEVEL"):
        control(PR_SET_PDEATHSIG, signal.SIGTERM)
    try:
        return work()
    except KeyboardInterrupt:
        plain("stopped.")
        return 130
    except Trouble as trouble:
        plain(f"changeboard: {trouble}", to_errors=True)
        return 1
    finally:
        deafen()
        sweep()


def control(option: int, value: int) -> None:
    """Ask the kernel for a property of this process, where there is such a kernel."""
    if _prctl is not None:
        _prctl(option, int(value), 0, 0, 0)


def _listen() -> None:
    def stop(number: int, frame: object) -> None:
        raise KeyboardInterrupt

    for ending in ENDINGS:
        # `nohup` asks that the terminal's end be ignored: so it is.
        if ending != signal.SIGHUP or signal.getsignal(ending) != signal.SIG_IGN:
            signal.signal(ending, stop)


def deafen() -> None:
    """While stopping, a second Ctrl-C must not leave half of it running."""
    for ending in ENDINGS:
        signal.signal(ending, signal.SIG_IGN)


class Parent:
    """Whoever called us, `make` mostly: whether they ended or were asked to.

    GNU make does not pass on a SIGINT or SIGHUP that was sent to it alone; it puts the signal's default
    action back and waits for us. That can be seen in /proc, and nowhere else.
    """

    def __init__(self) -> None:
        self.pid = os.getppid()
        self.caught = self._caught()

    def wants_an_end(self) -> bool:
        """Whether it is time to stop because of them."""
        return os.getppid() != self.pid or self._caught() != self.caught

    def _caught(self) -> int:
        """Which of the endings they have a handler for, as bits; none when they are not `make`."""
        if not os.environ.get("MAKELEVEL"):
            return 0
        try:
            status = Path(f"/proc/{self.pid}/status").read_text()
        except OSError:
            return 0
        mask = next((line.split()[1] for line in status.splitlines() if line.startswith("SigCgt:")), "0")
        return int(mask, 16) & sum(1 << ending - 1 for ending in ENDINGS)


def sweep() -> list[str]:
    """Kill whatever is still below us, orphans of our programs included; returns the names of what still ran."""
    swept: list[str] = []
    while remaining := list(_children()):
        for pid, name, ended in remaining:
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, signal.SIGKILL)
            with contextlib.suppress(ChildProcessError):
                os.waitpid(pid, 0)
            if not ended:
                swept.append(name)
    return swept


def _children() -> Iterator[tuple[int, str, bool]]:
    """Number, name, and whether it has ended already and only waits for somebody to ask how."""
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError, ValueError):
            # The name stands in parentheses and may hold anything: read behind the last one.
            name, _, rest = stat.read_text().partition("(")[2].rpartition(")")
            state, parent = rest.split()[:2]
            if int(parent) == os.getpid():
                yield int(stat.parent.name), name, state == "Z"
