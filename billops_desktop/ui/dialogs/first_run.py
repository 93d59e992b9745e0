"""The first run: you, where to start from, where BillOps lives, the first entry; all skippable."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QSystemTrayIcon, QVBoxLayout, QWidget

from billops_desktop.errors import BillOpsError
from billops_desktop.i18n import _, format_percent
from billops_desktop.services.profile import onboarding, settings
from billops_desktop.services.profile.countries import countries, country, likely_country
from billops_desktop.services.profile.onboarding import NewWorkspace
from billops_desktop.services.samples import sample
from billops_desktop.ui.timer.timer_bar import TimerBar
from billops_desktop.ui.widgets.buttons import Button
from billops_desktop.ui.widgets.choice_card import ChoiceCard, Choices
from billops_desktop.ui.widgets.input.fields import CheckBox, Combo, FieldSet, FormField, TextField
from billops_desktop.ui.widgets.labels import PlainLabel
from billops_desktop.ui.widgets.panels import ProgressPanel
from billops_desktop.ui.widgets.sheet import Sheet
from billops_desktop.ui.widgets.wording import by_name, country_name

if TYPE_CHECKING:
    from billops_desktop.clock import Clock
    from billops_desktop.ui.main_window import MainWindow

LANDING: Final = {"consultant": "time", "office": "invoices"}
ELSEWHERE: Final = ""


class YouStep(QWidget):
    """Name, company, country, role; the country settles currency, taxes and formats."""

    def __init__(self, clock: Clock, fields: FieldSet, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stepYou")
        self.clock = clock
        self.name = TextField("first-name", self)
        self.company = TextField("first-company", self)
        listed = by_name((one.code, country_name(one.code)) for one in countries())
        self.country = Combo(
            "first-country", self, choices=[*listed, (ELSEWHERE, _("Another country"))]
        )
        self.country.choose(likely_country(clock.zone()))
        self.country.chosen.connect(lambda _code: self.say_usual())
        self.usual = PlainLabel("", self, style="small", ink="text2", wrap=True)
        self.usual.setObjectName("first-usual")
        self.role = Choices(
            (
                ("consultant", _("I track my time"), _("BillOps opens with Time.")),
                ("office", _("I write the invoices"), _("BillOps opens with Invoices.")),
            ),
            _("Role"),
            self,
        )
        column = _column(self)
        for name, label, editor in (
            ("name", _("Your name"), self.name),
            ("company", _("Company, as invoices name it"), self.company),
            ("country", _("Country"), self.country),
        ):
            column.addWidget(fields.add(name, FormField(label, editor, self)))
        fields.fields["legal_name"] = fields.fields["company"]
        column.addWidget(self.usual)
        column.addWidget(self.role)
        self.say_usual()

    def say_usual(self) -> None:
        """Say what the chosen country settles."""
        usual = country(self.country.value())
        rates = [
            format_percent(tax.percent) for tax in usual.taxes if tax.percent and not tax.valid_to
        ]
        words = _("Sets currency {currency}, paper {paper}, taxes {taxes}. Each can be changed.")
        self.usual.setText(
            words.format(
                currency=usual.currency,
                paper=usual.paper,
                taxes=", ".join(dict.fromkeys(rates)) or _("none"),
            )
        )

    def answers(self) -> NewWorkspace:
        """Return what was typed and chosen."""
        return NewWorkspace(
            name=self.name.text().strip(),
            company=self.company.text().strip(),
            country=self.country.value(),
            role=self.role.value,
        )


class StartStep(QWidget):
    """An empty company, or the sample to look around in."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stepStart")
        self.choices = Choices(
            (
                ("empty", _("Empty"), _("Begin with your own clients and time.")),
                (
                    "sample",
                    _("Sample company"),
                    _("Look around; your own company is set up when you remove it in Settings."),
                ),
            ),
            _("Start from"),
            self,
        )
        column = _column(self)
        column.addWidget(self.choices)
        column.addStretch(1)


class PlaceStep(QWidget):
    """Tray or not, and what closing the window means."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stepPlace")
        tray = QSystemTrayIcon.isSystemTrayAvailable()
        self.tray = CheckBox(_("Show the timer in the tray"), self, name="first-tray")
        self.tray.setChecked(True)
        words = (
            _("Start, stop and switch without opening the window.")
            if tray
            else _("This desktop shows no tray now. Window and command line do all of it.")
        )
        closing = (
            ("ask", _("Ask the first time")),
            ("keep", _("Keep running in the background")),
            ("quit", _("Quit; a running timer goes on")),
        )
        self.closing = Combo("first-closing", self, choices=closing)
        column = _column(self)
        column.addWidget(self.tray)
        column.addWidget(PlainLabel(words, self, ink="text2", wrap=True))
        column.addSpacing(8)
        column.addWidget(FormField(_("When the window is closed"), self.closing, self))
        column.addStretch(1)


class EntryStep(QWidget):
    """The real timer bar: Enter starts the first entry and ends the first run."""

    def __init__(self, window: MainWindow, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("stepEntry")
        self.bar = TimerBar(window.timer, window.directory, self)
        words = _("Type what you are working on and press Enter. A project can come later.")
        column = _column(self)
        column.addWidget(PlainLabel(words, self, ink="text2", wrap=True))
        column.addWidget(self.bar)
        column.addStretch(1)


class FirstRun(Sheet):
    """Walks through four steps over the window; nothing is asked twice."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(_("Welcome to BillOps"), _("Continue"), window, width=620)
        self.setObjectName("firstRun")
        self.main = window
        self.progress = PlainLabel("", self, style="small_medium", ink="text3")
        self.progress.setObjectName("firstProgress")
        self.you = YouStep(window.clock, self.fields, self)
        self.start = StartStep(self)
        self.living = PlaceStep(self)
        self.entry = EntryStep(window, self)
        self.steps = QStackedWidget(self)
        for step in (self.you, self.start, self.living, self.entry):
            self.steps.addWidget(step)
        self.body.addWidget(self.progress)
        self.body.addWidget(self.steps)
        self.making = ProgressPanel(_("Making nine weeks of sample work…"), self)
        self.making.cancel.hide()
        self.making.hide()
        self.body.addWidget(self.making)
        self.cancel.setText(_("Skip all"))
        self.back = Button(_("Back"), self, kind="ghost", name="back")
        self.back.clicked.connect(lambda: self.go_to(self.steps.currentIndex() - 1))
        self.skip = Button(_("Skip this step"), self, kind="ghost", name="skip")
        self.skip.clicked.connect(self.on_skip)
        self.left.addWidget(self.back)
        self.left.addWidget(self.skip)
        self.on_confirm(self.on_continue)
        self.made = False
        self.sampled = False
        self._ran = False
        window.timer.changed.connect(self._on_timer)
        self.finished.connect(self._on_finished)
        self.go_to(0)

    def go_to(self, number: int) -> None:
        """Show a step."""
        titles = (
            _("Welcome to BillOps"),
            _("Start from"),
            _("Where BillOps lives"),
            _("Your first entry"),
        )
        self.problem.hide()
        self.steps.setCurrentIndex(number)
        self.heading.setText(titles[number])
        # In the sample a timer runs already: a first entry is nothing to be shown there.
        count = 3 if self.sampled else 4
        self.progress.setText(_("Step {number} of {count}").format(number=number + 1, count=count))
        last = number == count - 1
        self.confirm.setText(_("Finish") if last else _("Continue"))
        self.skip.setVisible(not last)
        self.cancel.setVisible(not last)
        # What was written cannot be answered anew: the settings change it from then on.
        self.back.setVisible(number == 1 or (number == 3 and self.made))
        choice = self.start.choices
        firsts = (
            self.you.name,
            choice.cards[choice.value],
            self.living.tray,
            self.entry.bar.description,
        )
        firsts[number].setFocus(Qt.FocusReason.OtherFocusReason)
        self._ran = self.main.timer.running is not None

    def on_continue(self) -> None:
        """Keep what this step asked and go on."""
        number = self.steps.currentIndex()
        if number == 0:
            self.go_to(1)
        elif number == 1:
            self._set_up(self.you.answers(), with_sample=self.start.choices.value == "sample")
        elif number == 2:
            self._keep_place()
        else:
            self.close_done()

    def on_skip(self) -> None:
        """Go on with what is usual."""
        number = self.steps.currentIndex()
        if number == 1:
            self._set_up(self.you.answers(), with_sample=False)
        else:
            self.go_to(number + 1)

    def reject(self) -> None:
        """Skip all: what was not answered is what the machine suggests."""
        if self.made:
            super().reject()
            return
        self.main.jobs.run(
            onboarding.set_up_neutrally,
            done=lambda _made, _changes: self._leave(),
            failed=self.show_error,
            owner=self,
        )

    def _leave(self) -> None:
        self.made = True
        super().reject()

    def _set_up(self, new: NewWorkspace, *, with_sample: bool) -> None:
        self.busy(True)
        self.making.setVisible(with_sample)
        self.sampled = with_sample
        step, values = (_sample, (new.role,)) if with_sample else (onboarding.set_up, (new,))
        self.main.jobs.run(step, *values, done=self._on_set_up, failed=self._on_refused, owner=self)

    def _on_set_up(self, _company: Any, _changes: Any) -> None:
        self.busy(False)
        self.making.hide()
        self.made = True
        self.main.go(LANDING[self.you.role.value])
        self.go_to(2)

    def _on_refused(self, error: BillOpsError) -> None:
        """Go back to the step whose field is wrong: what was typed stands there still."""
        self.making.hide()
        self.sampled = False
        if error.field in self.fields.fields:
            self.go_to(0)
        self.show_error(error)

    def _keep_place(self) -> None:
        self.busy(True)
        self.main.jobs.run(
            _keep,
            {
                "tray.shown": self.living.tray.isChecked(),
                "window.close_to_tray": self.living.closing.value(),
            },
            done=lambda _kept, _changes: self._on_kept(),
            failed=self.show_error,
            owner=self,
        )

    def _on_kept(self) -> None:
        self.busy(False)
        if self.sampled:
            self.close_done()
        else:
            self.go_to(3)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Continue with Enter from a field or a choice; the bar of the last step starts by it."""
        enter = event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter}
        if enter and isinstance(self.focusWidget(), TextField | Combo | ChoiceCard | CheckBox):
            self.confirm.click()
        else:
            super().keyPressEvent(event)

    def _on_finished(self, _result: int) -> None:
        """Leave the focus where work begins: in the timer's field, on the page when it runs."""
        page = self.main.current()
        if page is not None:
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        if self.main.journey.here == "time" and self.main.timer.running is None:
            self.main.on_new_entry()

    def _on_timer(self) -> None:
        """End with the first entry that is started here."""
        running = self.main.timer.running is not None
        started = running and not self._ran
        if started and self.steps.currentIndex() == self.steps.count() - 1:
            self._ran = True
            self.close_done()


def _sample(work: Any, role: str) -> None:
    sample.create(work)
    settings.set_preference(work, "window.role", role)


def _keep(work: Any, values: dict[str, bool | str]) -> None:
    for name, value in values.items():
        settings.set_preference(work, name, value)


def _column(step: QWidget) -> QVBoxLayout:
    column = QVBoxLayout(step)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return column
