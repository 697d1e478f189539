"""Something that rides on windows, for tests that need no floor above."""

from maintenance.contributions import Claim, Contributor, Finding, StepToRun
from maintenance.contributions import Riding as Amount


class Riding(Contributor):
    """One claim and three steps on every window; red while `red` is set."""

    def __init__(self, owner):
        self.owner, self.red, self.heard, self.queues = owner, False, [], []

    def claims(self, window):
        return [Claim("CHG-0001", 300, 420, "changes.change", 1, detail="Rebuild the index")]

    def riding_by_window(self, windows):
        return {window.pk: Amount(1, 1) for window in windows}

    def findings(self, window, now):
        return [Finding("retested", not self.red, "Re-test recorded", "CHG-0001", "N. Engineer")]

    def steps(self, window):
        return [
            self._step("before", "Save the configuration", 60, False),
            self._step("during", "Rebuild the index", 120, True),
            self._step("after", "Watch the queues", 300, False),
        ]

    def _step(self, phase, text, seconds, is_down):
        undo = f"Undo: {text}"
        return StepToRun(
            phase, text, undo, 30, self.owner.pk, seconds, is_down, "CHG-0001", "changes.change", 1
        )

    def checks(self, window):
        return [f"Drained: {queue}" for queue in self.queues]

    def run_started(self, window, *, by, at):
        self.heard.append("started")

    def run_finished(self, window, *, outcome, by, at):
        self.heard.append(outcome)
