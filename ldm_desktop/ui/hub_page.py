"""A model from the Hub: which one, what it would bring, and under which licence."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QLineEdit, QVBoxLayout, QWidget

from ldm_desktop.session import model_wording
from ldm_desktop.session.model_news import Plan
from ldm_desktop.session.model_tasks import Order, Verb
from ldm_desktop.session.wanted import Wanted, repository_in
from ldm_desktop.ui import theme
from ldm_desktop.ui.model_parts import Facts, button_of, scrolled, title_of, words_of
from ldm_desktop.ui.widgets import Field, Note, beside, named, rule, stacked

REFERENCE = "CompVis/ldm-celebahq-256"


class HubPage(QWidget):
    """Asks what a repository has, shows it, and lets it be downloaded."""

    asked = Signal(str, str)
    """A repository and a version ("": the newest)."""
    ordered = Signal(object)
    """An Order."""
    forgotten = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._plan: Plan | None = None
        self._wanted: Wanted | None = None
        body, column, _whole = scrolled(self, "hub")
        title = title_of("hub-title", body)
        title.setText(self.tr("Get a model from the Hub"))
        about = words_of("hub-about", body)
        about.say(
            self.tr(
                "Models as diffusers stores them, by their name on huggingface.co. Looking up and "
                "downloading are the only times that LDM Desktop uses the network, and only the "
                "name is sent."
            )
        )
        self._hint = Note("hub-wanted", "value", body)
        self._make_fields(body)
        self._trouble = Note("hub-trouble", "error", body)
        self._offer = self._make_offer(body)
        for widget in (title, about, self._hint):
            column.addWidget(widget)
        column.addSpacing(theme.GRID)
        self._lay_out(column, body)
        self._offer.hide()

    def fill_in(self, wanted: Wanted) -> None:
        """Fill in what a picture needs, and look it up."""
        self._wanted = wanted
        self._repository.setText(wanted.repository)
        self._version.setText(wanted.revision)
        self._show_wanted()
        self.look_up()

    def look_up(self) -> None:
        """Ask what the named repository has."""
        repository, version = repository_in(self._repository.text())
        if not repository:
            self._forget()
            text = self.tr("Give the name of a model on the Hub, as {example}.")
            self._trouble.say(text.format(example=REFERENCE))
            self._repository.setFocus()
            return
        self._repository.setText(repository)
        if version:
            self._version.setText(version)
        self._forget()
        self._wait(True)
        self.asked.emit(repository, self._version.text().strip())

    def show_plan(self, plan: Plan) -> None:
        """Show what there is."""
        self._wait(False)
        self._plan = plan
        self._trouble.say(model_wording.room(plan))
        self._facts.show_facts(self._lines(plan))
        self._note.say(plan.licence_note)
        self._half.setEnabled(not self._is_wanted())
        if self._is_wanted():
            self._half.setChecked(False)
        self._show_button()
        self._offer.show()
        if self._repository.hasFocus():
            self._get.setFocus()

    def show_trouble(self, sentence: str) -> None:
        """Say why there is no plan."""
        self._wait(False)
        self._forget()
        self._trouble.say(sentence)

    def begin(self) -> None:
        """Have the mouse and the keys in the right place."""
        self._repository.setFocus()
        self._repository.selectAll()

    def _make_fields(self, body: QWidget) -> None:
        self._repository = QLineEdit(body)
        named(self._repository, "hub-repository", self.tr("Model on the Hub"))
        self._repository.setPlaceholderText("owner/name")
        self._repository.textEdited.connect(self._edited)
        self._repository.returnPressed.connect(self.look_up)
        self._look = button_of("hub-look-up", self.tr("Look up"), body)
        self._look.clicked.connect(self.look_up)
        self._version = QLineEdit(body)
        named(self._version, "hub-version", self.tr("Version"))
        self._version.setPlaceholderText(self.tr("newest"))
        self._version.textEdited.connect(self._edited)
        self._version.returnPressed.connect(self.look_up)
        tip = self.tr("The model that this application is measured by: faces, 256 × 256")
        self._reference = button_of("hub-reference", REFERENCE, body, tip)
        theme.mark(self._reference, "chip")
        self._reference.clicked.connect(self._take_reference)
        self._example = QWidget(body)
        words = words_of("hub-example", self._example)
        words.say(self.tr("To begin with:"))
        row = beside(words, self._reference)
        row.addStretch(1)
        row.setSpacing(theme.GRID)
        self._example.setLayout(row)
        self._repository.textChanged.connect(lambda text: self._example.setHidden(bool(text)))

    def _lay_out(self, column: QVBoxLayout, body: QWidget) -> None:
        name = Field(
            self.tr("M&odel"),
            beside(self._repository, self._look, stretch=(1,)),
            self._repository,
            body,
        )
        version = Field(self.tr("&Version"), self._version, self._version, body)
        for field in (name, version):
            column.addWidget(field)
        column.addWidget(self._example)
        column.addWidget(self._trouble)
        column.addWidget(self._offer)
        column.addStretch(1)

    def _make_offer(self, body: QWidget) -> QWidget:
        offer = QWidget(body)
        column = stacked(offer, theme.GRID)
        column.addSpacing(theme.GRID // 2)
        column.addWidget(rule(offer))
        column.addSpacing(theme.GRID // 2)
        self._facts = Facts("hub-facts", offer)
        self._note = Note("hub-licence-note", "value", offer)
        self._half = QCheckBox(self.tr("Keep it at half size"), offer)
        named(self._half, "hub-half", self.tr("Keep it at half size"))
        half = words_of("hub-half-hint", offer)
        half.say(
            self.tr(
                "Takes half the room on the disk. It counts as another model: its pictures are "
                "nearly, but not exactly, those of the original."
            )
        )
        self._half.setAccessibleDescription(half.text())
        self._get = button_of("hub-download", self.tr("Download"), offer)
        theme.mark(self._get, "primary")
        self._get.clicked.connect(self._order)
        for widget in (self._facts, self._note, self._half, half):
            column.addWidget(widget)
        column.addSpacing(theme.GRID // 2)
        row = beside(self._get)
        row.addStretch(1)
        column.addLayout(row)
        return offer

    def _lines(self, plan: Plan) -> list[tuple[str, str, str]]:
        here = self.tr("{size} of it, from an earlier try") if plan.there else ""
        return [
            ("name", self.tr("Model"), plan.name),
            ("version", self.tr("Version"), plan.commit[:10]),
            ("licence", self.tr("Licence"), plan.licence or self.tr("None is named")),
            ("bytes", self.tr("Size"), model_wording.size(plan.bytes)),
            ("there", self.tr("Here already"), here.format(size=model_wording.size(plan.there))),
            ("free", self.tr("Free on disk"), model_wording.size(plan.free)),
        ]

    def _show_button(self) -> None:
        plan = self._plan
        assert plan
        if plan.installed:
            text = self.tr("It is here already")
        elif plan.there:
            text = self.tr("Continue: {size} to go")
        else:
            text = self.tr("Download {size}")
        self._get.setText(text.format(size=model_wording.size(plan.to_go)))
        self._get.setAccessibleName(self._get.text())
        self._get.setEnabled(not plan.installed and not model_wording.room(plan))

    def _order(self) -> None:
        plan = self._plan
        if plan:
            # What was shown is what is fetched, whatever is published meanwhile.
            order = Order(Verb.DOWNLOAD, plan.repo, plan.commit, self._half.isChecked())
            self.ordered.emit(order)

    def _take_reference(self) -> None:
        self._repository.setFocus()
        self._repository.setText(REFERENCE)
        self._version.clear()
        self._show_wanted()
        self.look_up()

    def _edited(self) -> None:
        self._trouble.say("")
        self._forget()
        self._show_wanted()
        self._wait(False)
        self.forgotten.emit()

    def _forget(self) -> None:
        self._plan = None
        self._trouble.say("")
        self._offer.hide()

    def _wait(self, waiting: bool) -> None:
        if waiting and (self._look.hasFocus() or self._reference.hasFocus()):
            # What is switched off or goes would hand the focus to anybody.
            self._repository.setFocus()
        self._look.setText(self.tr("Looking up…") if waiting else self.tr("Look up"))
        self._look.setEnabled(not waiting)

    def _is_wanted(self) -> bool:
        named_so = repository_in(self._repository.text())[0]
        return self._wanted is not None and self._wanted.repository == named_so

    def _show_wanted(self) -> None:
        if not self._is_wanted() or not self._wanted:
            self._hint.say("")
            return
        text = self.tr(
            "A picture was made by the model with the fingerprint {fingerprint}…: when it has "
            "come, they are compared, and the settings of the picture are restored."
        )
        self._hint.say(text.format(fingerprint=self._wanted.fingerprint[:8]))
