"""Which models the engine is to open: the one a person works with, and those of the jobs."""

from __future__ import annotations

import dataclasses
from collections import Counter
from collections.abc import Callable

from ldm_desktop.core.events import Ready, Refused
from ldm_desktop.core.recipe import Precision
from ldm_desktop.worker.bench import Bench, Opening
from ldm_desktop.worker.jobs import JobEntry
from ldm_desktop.worker.ledger import Ledger
from ldm_desktop.worker.work import JobState

MOST_CRASHES = 2
"""After so many, neither a model nor a job is tried again."""


class Models:
    """Opens models by their folders, and deals with those that cannot be opened."""

    def __init__(self, ledger: Ledger, bench: Bench, in_vain: Callable[[str, str], None]) -> None:
        """`in_vain` gets the folders whose models others have waited for in vain, and why."""
        self._in_vain = in_vain
        self._ledger = ledger
        self._bench = bench
        self._wanted: Opening | None = None
        self._folders: dict[str, str] = {}
        self._crashes: Counter[str] = Counter()

    def want(self, folder: str, precision: Precision) -> Opening:
        """Take a person's wish for a model, which is opened again in every later engine."""
        self._wanted = Opening(folder, precision, asked=True)
        return self._wanted

    def greet(self) -> None:
        """Let a new engine open what the last one had open."""
        if self._wanted:
            self._bench.open(self._wanted)

    def open_for(self, job: JobEntry) -> None:
        """Open the model of a job."""
        self._bench.open(Opening(self._folder(job), job.request.recipe.precision))

    def open_in(self, folder: str, precision: Precision) -> None:
        """Open what is in a folder, for whoever is told when that is in vain."""
        self._bench.open(Opening(folder, precision))

    def _folder(self, job: JobEntry) -> str:
        return self.folder_of(job.model, job.request.model_folder)

    def folder_of(self, fingerprint: str, folder: str) -> str:
        """Say where a model is: one that has moved was perhaps opened where it is now."""
        return self._folders.get(fingerprint, folder)

    def answered(self, event: Ready | Refused) -> None:
        """Take the engine's answer to the first model it was to open."""
        opening = self._bench.opened(event)
        if opening and isinstance(event, Refused):
            self.refuse(opening, event.sentence)
        elif opening and isinstance(event, Ready):
            self._ready(opening, event)
        self._ledger.unplanned = True

    def _ready(self, opening: Opening, event: Ready) -> None:
        self._folders[event.model.ref.fingerprint] = event.model.folder
        self._crashes[opening.folder] = 0
        if opening == self._wanted:
            self._wanted = dataclasses.replace(opening, asked=False)
        if opening.asked:
            self._ledger.tell.model_ready(event.model)
            return
        self._end(
            opening,
            JobState.FAILED,
            f"The model in {opening.folder} is not the one that these pictures were asked for; "
            "open the folder where that is now, and try again.",
        )

    def refuse(self, opening: Opening, sentence: str) -> None:
        """Deal with a model that cannot be opened."""
        if opening == self._wanted:
            self._wanted = None
        if opening.asked:
            self._ledger.tell.model_refused(opening.folder, sentence)
        else:
            self._end(opening, JobState.FAILED, sentence)

    def _end(self, opening: Opening, state: JobState, sentence: str, log: str = "") -> None:
        """End what has waited for a model in vain."""
        self._in_vain(opening.folder, sentence)
        for job in self._ledger.queue.active():
            if not self._bench.is_open(job.model) and self._folder(job) == opening.folder:
                job.end(state, sentence, log)
                self._ledger.job(job)
                if job.is_look:
                    self._ledger.queue.look = None

    def crashed(self, opening: Opening, log: str) -> None:
        """Note that the engine has ended while it opened a model."""
        self._crashes[opening.folder] += 1
        if self._crashes[opening.folder] < MOST_CRASHES:
            return
        self._crashes[opening.folder] = 0
        sentence = f"Opening the model in {opening.folder} has ended the engine twice."
        if self._wanted and self._wanted.folder == opening.folder:
            wanted, self._wanted = self._wanted, None
            self.refuse(wanted, sentence)
        self._end(opening, JobState.SET_ASIDE, sentence, log)
