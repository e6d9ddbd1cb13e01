"""What the person has chosen, observable and undoable: between the controls and the worker.

What views bind to
------------------
    choices -> Choices            the frozen value of all fields; `changed(Choices)` when another
    change(**fields)              an undoable edit, as `change(steps=30)`; quick edits of the same
                                  fields become one, `settle()` (focus lost, Return) ends that
    limits -> Limits              ranges for the widgets; `facts_changed()` when they, the problems
                                  or the cost may be others (model opened, paces measured)
    problems() -> {field: text}   what is impossible and why; `waiting`: only the model is awaited
    set_seed_text(text) -> str    a typed or pasted seed, or a range 0:16; gives a notice or "";
                                  KnownError says why it is none
    roll()  step(+1 or -1)        another seed (`lock` keeps `roll` from it); `history`, newest
                                  first, `history_changed(tuple)`
    apply_preset(Preset)  preset  the preset that is chosen, or None
    restore(recipe, folder)       choose what a picture was made by (see session/recall.py)
    cost() -> Cost                seconds, measured or estimated
    undo_stack                    QUndoStack with texts
    notice(str)                   a sentence worth saying

What the session calls
----------------------
    set_card  set_refused  set_auto  set_paces     what the worker tells
    request(…) -> Request                          KnownError if it is impossible
    model_changed(str)                             a folder to open
    opening_notice, save()                         at the start, at the end

The seed shown is the seed of what was asked for last. `after` is applied only when something is
asked for again, and not if the person has chosen another seed in the meantime: so what is on the
screen and what the field says are the same picture. `advances` tells whether it will be applied.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QUndoStack

from ldm_desktop.core.errors import BadArgumentError, KnownError
from ldm_desktop.core.model import ModelCard
from ldm_desktop.core.previews import PreviewPolicy
from ldm_desktop.core.recipe import Precision, Recipe
from ldm_desktop.core.seeds import TORCH_SEEDS
from ldm_desktop.session import choices_file
from ldm_desktop.session import limits as limiting
from ldm_desktop.session.choices import (
    AfterRun,
    Choices,
    edited,
    fitted_to,
    overlay,
    recipe_of,
    restored,
)
from ldm_desktop.session.choices_file import Kept
from ldm_desktop.session.cost import UNKNOWN, Cost, cost_of
from ldm_desktop.session.edits import Edit, Occasion, edit_text
from ldm_desktop.session.limits import Limits
from ldm_desktop.session.opened import OpenedModels
from ldm_desktop.session.presets import Preset, preset_name, preset_of, with_preset
from ldm_desktop.session.runs import request_of, rolled, seed_after, seeds_in
from ldm_desktop.session.seed_history import cleaned, remembered
from ldm_desktop.session.state_file import StateFile
from ldm_desktop.worker.work import Pace, Request

UNDO_STEPS = 500


class Controls(QObject):
    """The choices, and how they come to be others."""

    changed = Signal(object)
    facts_changed = Signal()
    history_changed = Signal(object)
    model_changed = Signal(str)
    notice = Signal(str)

    def __init__(
        self,
        file: Path,
        model: str = "",
        clock: Callable[[], float] = time.monotonic,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        kept, self.opening_notice = choices_file.load(file)
        self._choices = kept.choices
        if not Path(self._choices.model, "model_index.json").is_file():
            self._choices = edited(self._choices, None, model=model)
        self._history = cleaned(kept.history)
        self._clock = clock
        self._spell = 0
        self._spent = self._choices if kept.spent else None
        self._opened = OpenedModels()
        self._fitted: ModelCard | None = None
        self._auto = Precision.BALANCED
        self._paces: tuple[Pace, ...] = ()
        self._file = StateFile(file, choices_file.VERSION, self)
        self._file.trouble.connect(self.notice)
        self.undo_stack = QUndoStack(self)
        self.undo_stack.setUndoLimit(UNDO_STEPS)

    @property
    def choices(self) -> Choices:
        """What is chosen now."""
        return self._choices

    @property
    def card(self) -> ModelCard | None:
        """The chosen model, once it has been opened."""
        return self._opened.card(self._choices.model)

    @property
    def auto(self) -> Precision:
        """What precision `auto` stands for on this machine."""
        return self._auto

    @property
    def waiting(self) -> bool:
        """Whether nothing but the opening of the model is awaited."""
        folder = self._choices.model
        return bool(folder) and not self.card and not self._opened.refusal(folder)

    @property
    def limits(self) -> Limits:
        """What the widgets may offer."""
        return limiting.limits(self._choices, self.card)

    @property
    def preset(self) -> Preset | None:
        """The preset that is chosen, if it is one."""
        return preset_of(self._choices, self.card)

    @property
    def history(self) -> tuple[int, ...]:
        """The seeds rolled or used, newest first."""
        return self._history

    @property
    def advances(self) -> bool:
        """Whether the next request has another seed than the one shown."""
        keeps = self._choices.lock or self._choices.after is AfterRun.FIXED
        return self._spent is not None and not keeps

    # --- edits

    def change(self, **fields: Any) -> None:
        """Edit fields, undoably; what they make impossible goes along (see `choices.edited`)."""
        if fields.get("model") == self._choices.model:
            self._try_again()
        after = edited(self._choices, self.card, **fields)
        self._edit(edit_text(fields), after, kind=" ".join(sorted(fields)))

    def settle(self) -> None:
        """Let the next edit be one of its own."""
        self._spell += 1

    def set_seed_text(self, text: str) -> str:
        """Take a seed or a range as people write them, and say what there is to say about it."""
        seed, count, notice = seeds_in(text)
        fields: dict[str, Any] = {"seed": seed}
        if count is not None:
            fields |= {"count": count, "forever": False, "after": AfterRun.NEXT}
        # Of one kind, so that a range that is typed becomes one edit.
        self._edit(edit_text(["seed"]), edited(self._choices, self.card, **fields), kind="seed")
        return notice

    def roll(self) -> None:
        """Choose a seed by chance, unless the seed is locked."""
        if self._choices.lock:
            return
        seed = rolled()
        self._edit(self.tr("Roll the seed"), edited(self._choices, self.card, seed=seed))
        self._remember(seed)

    def step(self, by: int) -> None:
        """Choose the seed before or after."""
        self.change(seed=(self._choices.seed + by) % TORCH_SEEDS)

    def apply_preset(self, preset: Preset) -> None:
        """Choose a preset's sampler, steps and precision."""
        after = with_preset(self._choices, preset, self.card)
        self._edit(self.tr("Preset {name}").format(name=preset_name(preset)), after)

    def restore(self, recipe: Recipe, model_folder: str | None) -> None:
        """Choose what a picture was made by; without a folder, with the model that is chosen."""
        after = restored(self._choices, recipe, model_folder)
        self._edit(self.tr("Restore a picture's settings"), after)
        self._spent = None

    def _try_again(self) -> None:
        """Let a model that was refused be opened anew, as it may have been mended since."""
        folder = self._choices.model
        if self._opened.refusal(folder):
            self._opened.forgive(folder)
            self.facts_changed.emit()
            self.model_changed.emit(folder)

    def _edit(self, text: str, after: Choices, kind: str = "") -> None:
        if after == self._choices:
            return
        occasion = Occasion(kind, self._spell, self._clock())
        self.undo_stack.push(Edit(text, self._choices, after, occasion, self._put))

    def _put(self, values: Choices, names: frozenset[str]) -> None:
        choices = overlay(self._choices, values, names)
        if "seed" in names or choices.which != self._choices.which:
            self._spent = None
        self._set(choices)

    def _set(self, choices: Choices) -> None:
        before, self._choices = self._choices, choices
        if choices.model != before.model:
            self._opened.forgive(choices.model)
        self._fit()
        if self._choices == before:
            return
        self._keep()
        self.changed.emit(self._choices)
        if self._choices.model != before.model:
            self.facts_changed.emit()
            self.model_changed.emit(self._choices.model)

    def _fit(self) -> None:
        card, origin = self.card, self._choices.origin
        is_another = bool(card and origin and origin.model != card.ref)
        if card is None or (card == self._fitted and not is_another):
            return
        self._choices = fitted_to(self._choices, card, self._fitted)
        self._fitted = card
        if is_another:
            text = self.tr("{name} is here, but another model than the one that made this picture.")
            self.notice.emit(text.format(name=card.ref.name))

    # --- facts

    def set_card(self, card: ModelCard) -> None:
        """Hear that a model is open; it need not be the chosen one."""
        self._opened.take(card)
        self._set(self._choices)
        self.facts_changed.emit()

    def set_refused(self, folder: str, sentence: str) -> None:
        """Hear that a model could not be opened."""
        self._opened.refuse(folder, sentence)
        self.facts_changed.emit()

    def set_auto(self, auto: Precision) -> None:
        """Hear what precision `auto` stands for."""
        if auto is not self._auto:
            self._auto = auto
            self.facts_changed.emit()

    @property
    def paces(self) -> tuple[Pace, ...]:
        """What pictures cost on this machine, as measured so far."""
        return self._paces

    def set_paces(self, paces: Sequence[Pace]) -> None:
        """Hear what pictures have cost on this machine."""
        self._paces = tuple(paces)
        self.facts_changed.emit()

    def problems(self) -> dict[str, str]:
        """Say by field what keeps the choices from becoming pictures; nothing if they can."""
        card, folder = self.card, self._choices.model
        if sentence := self._opened.refusal(folder):
            return {"model": sentence}
        if not folder:
            return {"model": self.tr("There is no model yet: put one into the models folder.")}
        if card is None:
            return {"model": self.tr("The model is still being opened.")}
        if found := limiting.problems(self._choices, card):
            return found
        try:
            recipe_of(self._choices, card, self._auto)
        except KnownError as error:
            return {"model": str(error)}
        return {}

    def cost(self) -> Cost:
        """Give what the chosen pictures will cost, as far as anybody knows."""
        if self.problems() or not self.card:
            return UNKNOWN
        recipe = recipe_of(self._choices, self.card, self._auto)
        return self.cost_of(recipe, self._choices.pictures)

    def cost_of(self, recipe: Recipe, pictures: int | None) -> Cost:
        """Give what pictures like another one will cost."""
        return cost_of(recipe, pictures, self._paces)

    # --- runs

    def request(
        self,
        *,
        batch: int,
        preview: PreviewPolicy,
        parents: tuple[UUID, ...] = (),
        priority: int | None = None,
    ) -> Request:
        """Give the job that is chosen; one picture goes before batches unless told otherwise."""
        self.settle()
        for sentence in self.problems().values():
            raise BadArgumentError(sentence)
        self.after_run()
        assert self.card
        chosen = self._choices
        request = request_of(
            chosen, recipe_of(chosen, self.card, self._auto), batch, preview, parents, priority
        )
        self._spent = chosen
        self._remember(chosen.seed)
        return request

    def after_run(self) -> None:
        """Choose the seed that comes after the last request's, if it is due; not undoable."""
        if self._spent and self.advances:
            seed = seed_after(self._spent, self._choices.after)
            self._set(edited(self._choices, self.card, seed=seed))
            self._spent = None

    def save(self) -> None:
        """Keep the choices for the next start, before the program ends."""
        self._file.finish()

    def _keep(self) -> None:
        self._file.keep(Kept(self._choices, self._history, self._spent == self._choices))

    def _remember(self, seed: int) -> None:
        self._history = remembered(self._history, seed)
        self._keep()
        self.history_changed.emit(self._history)
