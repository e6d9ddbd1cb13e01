"""What the views ask an engine that is no work: looks and strips of what is kept, and angles."""

from __future__ import annotations

from collections import Counter, deque
from uuid import UUID

from ldm_desktop.core.errors import KnownError
from ldm_desktop.core.events import Event, Looked, Measured, Stripped
from ldm_desktop.core.job import Look, Measure, Strip
from ldm_desktop.core.recipe import Recipe
from ldm_desktop.worker.models import MOST_CRASHES
from ldm_desktop.worker.supervisor import Supervisor
from ldm_desktop.worker.telling import Tell
from ldm_desktop.worker.work import EngineState


class Questions:
    """Sees that each question is answered: without an engine by nothing, or by the next one.

    What is kept of a picture is nothing without an engine; an angle is the same in all of them.
    """

    def __init__(self, supervisor: Supervisor, tell: Tell) -> None:
        self._supervisor = supervisor
        self._tell = tell
        self._looking: Look | None = None
        self._next_look: Look | None = None
        self._strips: deque[UUID] = deque()
        self._measures: dict[UUID, Measure] = {}
        self._sent: set[UUID] = set()
        self._ends: Counter[UUID] = Counter()

    def look(self, picture: UUID, recipe: Recipe, step: int) -> None:
        """Ask for what is at hand of a step; of several such wishes the last one counts."""
        look = Look(picture, recipe, step)
        if not self._supervisor.ready:
            self._tell.looked(Looked(picture, step, 0, None))
        elif self._looking:
            self._next_look = look
        else:
            self._looking = look
            self._put(look, Looked(picture, step, 0, None))

    def strip(self, picture: UUID, recipe: Recipe) -> None:
        """Ask for what is at hand of a picture's whole way."""
        if not self._supervisor.ready:
            self._tell.stripped(Stripped(picture, (), None))
        else:
            self._strips.append(picture)
            self._put(Strip(picture, recipe), Stripped(picture, (), None))

    def _put(self, question: Look | Strip, nothing: Looked | Stripped) -> None:
        """Ask; what is too large for a message is answered by nothing, as nothing is at hand."""
        try:
            self._supervisor.send(question)
        except KnownError:
            self.heard(nothing)

    def measure(self, measure: Measure) -> None:
        """Ask for angles, of an engine that may be yet to come."""
        self._measures[measure.number] = measure

    def settle(self) -> None:
        """Ask what has waited for an engine, or say that there will be none."""
        if self._supervisor.ready:
            for number in [each for each in self._measures if each not in self._sent]:
                self._send(number)
        elif self._supervisor.status.state is EngineState.FAILED:
            for number in list(self._measures):
                self._answer(Measured(number, (), self._supervisor.status.sentence))

    def _send(self, number: UUID) -> None:
        self._sent.add(number)
        try:
            self._supervisor.send(self._measures[number])
        except KnownError as error:
            self._answer(Measured(number, (), str(error)))

    def heard(self, event: Event) -> None:
        """Pass an answer on."""
        if isinstance(event, Looked):
            self._looked(event)
        elif isinstance(event, Stripped):
            if event.picture in self._strips:
                self._strips.remove(event.picture)
            self._tell.stripped(event)
        elif isinstance(event, Measured):
            self._answer(event)

    def _looked(self, event: Looked) -> None:
        self._looking, look, self._next_look = None, self._next_look, None
        self._tell.looked(event)
        if look:
            self.look(look.picture, look.recipe, look.step)

    def _answer(self, event: Measured) -> None:
        if self._measures.pop(event.number, None):
            self._sent.discard(event.number)
            del self._ends[event.number]
            self._tell.measured(event)

    def cleared(self) -> None:
        """Note that the engine has gone, and with it what it was asked."""
        if self._looking:
            self._looked(Looked(self._looking.picture, self._looking.step, 0, None))
        while self._strips:
            self._tell.stripped(Stripped(self._strips.popleft(), (), None))
        sent, self._sent = self._sent, set()
        for number in sent:
            self._ends[number] += 1
            if self._ends[number] >= MOST_CRASHES:
                sentence = "The engine has ended twice before it had measured these noises."
                self._answer(Measured(number, (), sentence))
