"""How noise becomes a picture: steps, sampler, eta, and the reading of the time grid."""

from __future__ import annotations

from PySide6.QtWidgets import QDoubleSpinBox, QSpinBox, QWidget

from ldm_desktop.core.samplers import FACTS, Convention
from ldm_desktop.session.controls import Controls
from ldm_desktop.ui import theme
from ldm_desktop.ui.sliding_spin import SlidingSpin
from ldm_desktop.ui.widgets import Combo, Disclosure, Field, Option, named, stacked


class SamplingFields(QWidget):
    """Steps, sampler, eta; the convention only where there is a choice."""

    def __init__(self, controls: Controls, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._controls = controls
        self._sampler = Combo(self)
        named(self._sampler, "sampler", self.tr("Sampler"))
        self._steps = self._steps_spin()
        self._eta = self._eta_spin()
        self._advanced = Disclosure(self.tr("Advanced"), "advanced", self)
        self._convention = Combo(self._advanced)
        named(self._convention, "convention", self.tr("Convention"))
        self.fields = {
            "steps": Field(self.tr("S&teps"), self._steps, self._steps.spin, self),
            "sampler": Field(self.tr("Samp&ler"), self._sampler, self._sampler, self),
            "eta": Field(self.tr("&Eta"), self._eta, self._eta.spin, self),
            "convention": Field(
                self.tr("Co&nvention"), self._convention, self._convention, self._advanced
            ),
        }
        self._arrange()
        self._steps.changed.connect(lambda steps: controls.change(steps=steps))
        self._sampler.chosen.connect(lambda sampler: controls.change(sampler=sampler))
        self._eta.changed.connect(lambda eta: controls.change(eta=eta))
        self._convention.chosen.connect(lambda chosen: controls.change(convention=chosen))

    def refresh(self) -> None:
        """Show what is chosen, within what the sampler and the model can do."""
        choices, limits = self._controls.choices, self._controls.limits
        self._steps.show_value(choices.steps, limits.least_steps, limits.most_steps)
        self._sampler.offer(
            [
                Option(name, FACTS[name].title, self.tr("Paper: {paper}").format(paper=paper))
                for name in limits.samplers
                if (paper := FACTS[name].paper)
            ]
        )
        self._sampler.choose(choices.sampler)
        self._eta.show_value(choices.eta, 0.0, 1.0)
        # What is wrong with it must be mendable, so a value that is not allowed stays in reach.
        self._eta.setEnabled(limits.takes_eta or choices.eta != 0)
        title = FACTS[choices.sampler].title
        none = self.tr("{sampler} adds no noise while it samples.").format(sampler=title)
        self.fields["eta"].set_hint("" if limits.takes_eta else self.tr("Only DDIM adds noise"))
        self._eta.setToolTip(self._eta_tip() if limits.takes_eta else none)
        self._convention.offer([Option(each, *self._names(each)) for each in Convention])
        self._convention.choose(choices.convention)
        several = len(limits.conventions) > 1
        self._advanced.setVisible(several)
        if choices.convention is not Convention.DIFFUSERS:
            self._advanced.open(True)

    def _arrange(self) -> None:
        self._advanced.body.addWidget(self.fields["convention"])
        column = stacked(self, theme.GRID)
        for name in ("sampler", "steps", "eta"):
            column.addWidget(self.fields[name])
        column.addWidget(self._advanced)

    def _steps_spin(self) -> SlidingSpin:
        spin = QSpinBox()
        named(spin, "steps", self.tr("Steps"), self.tr("More steps: finer, and slower"))
        return SlidingSpin(spin, curved=True, parent=self)

    def _eta_spin(self) -> SlidingSpin:
        spin = QDoubleSpinBox()
        named(spin, "eta", self.tr("Eta"))
        spin.setDecimals(2)
        spin.setSingleStep(0.05)
        return SlidingSpin(spin, parent=self)

    def _eta_tip(self) -> str:
        return self.tr("Noise added at each step: 0 is DDIM, where the seed decides all; 1 is DDPM")

    def _names(self, convention: Convention) -> tuple[str, str]:
        if convention is Convention.COMPVIS:
            return "CompVis", self.tr(
                "The time steps of the first latent-diffusion code: one later"
            )
        return "diffusers", self.tr("The time steps of Hugging Face diffusers")
