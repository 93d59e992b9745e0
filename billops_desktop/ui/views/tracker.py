"""The Time page: the timer on top, a week of entries by day, today's panel at the right."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from functools import cached_property
from typing import TYPE_CHECKING, Any, ClassVar, Final

from PySide6.QtCore import QPoint, Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from billops_desktop.domain import periods
from billops_desktop.i18n import _
from billops_desktop.services import tracking
from billops_desktop.services.entries.entry_rows import sums
from billops_desktop.services.profile import onboarding, settings
from billops_desktop.services.tracking import DayGroup, EntryRow, TodayRow
from billops_desktop.ui import keys
from billops_desktop.ui.timer.project_picker import ProjectPicker
from billops_desktop.ui.timer.timer_bar import TimerBar
from billops_desktop.ui.view import View
from billops_desktop.ui.views.entries.entry_deeds import EntryDeeds
from billops_desktop.ui.views.entries.entry_model import Field, lines_of
from billops_desktop.ui.views.entries.entry_table import EntryTable
from billops_desktop.ui.views.entries.past_form import PastForm
from billops_desktop.ui.views.entries.today_panel import TodayPanel
from billops_desktop.ui.views.entries.week_bar import ListHead
from billops_desktop.ui.widgets.panels import EmptyPanel
from billops_desktop.values import dataclass

if TYPE_CHECKING:
    from billops_desktop.domain.periods import Span
    from billops_desktop.ui.live.directory import NewProject, Picked
    from billops_desktop.ui.view import Shell

PANEL_FROM: Final = 1180
A_WEEK: Final = timedelta(days=7)
MINUTE_MS: Final = 60_000


@dataclass(frozen=True, slots=True)
class Week:
    """What the page shows: the days of one week, today, and what the settings say of both."""

    first: date
    last: date
    groups: tuple[DayGroup, ...]
    today: TodayRow
    target_seconds: int
    long_seconds: int


def week(work: Any, day: date | None) -> Week:
    """Return the week that a day lies in; None is the week it is now. Runs on the db lane."""
    today = tracking.today(work)
    # Before the first run there is no workspace that says when a week begins.
    ready = onboarding.is_set_up(work)
    first_weekday = settings.workspace_row(work).first_weekday if ready else 1
    first, last = periods.week_of(day or today.day, first_weekday)
    return Week(
        first=first,
        last=last,
        groups=tracking.day_groups(work, first, last),
        today=today,
        target_seconds=int(settings.preference(work, "tracking.daily_target_seconds")),
        long_seconds=int(settings.preference(work, "tracking.shift_limit_seconds")),
    )


class TrackerView(View):
    """Shows one week and lets its entries be changed where they stand."""

    name: ClassVar[str] = "time"
    has_timer_bar: ClassVar[bool] = True
    shows: ClassVar[frozenset[str]] = frozenset(
        {
            "time_entry",
            "project",
            "client",
            "task",
            "billing_rule",
            "setting",
            "invoice",
            "workspace",
        }
    )

    def __init__(self, shell: Shell, parent: QWidget | None = None) -> None:
        super().__init__(shell, parent)
        self.day: date | None = None
        self.shown: Week | None = None
        self.panel_chosen: bool | None = None
        self.deeds = EntryDeeds(self)
        self.bar = TimerBar(shell.timer, shell.directory, self)
        self.head = ListHead(self)
        self.table = EntryTable(shell.clock.now, self)
        self.panel = TodayPanel(self)
        self._picking: list[EntryRow] = []
        self._walking = 0
        self._minute = QTimer(self, interval=MINUTE_MS)
        self._lay_out()
        self._connect()

    # What the frame asks.

    def load(self) -> None:
        """Ask for the week."""
        self.query(week, self.day, done=self.show_week)

    def open_at(self, place: Mapping[str, Any]) -> None:
        """Go to a week by one of its days; the form may be asked for beside it."""
        if "day" in place:
            self.go_to(place["day"])
        if place.get("log_past"):
            self.log_past()

    def place(self) -> dict[str, Any]:
        """Return the week that is shown."""
        return {"day": self.day}

    # What is shown.

    def show_week(self, shown: Week) -> None:
        """Show a week that was read."""
        self.shown = shown
        week_bar, groups = self.head.week, shown.groups
        week_bar.show_week(shown.first, shown.last, shown.today.day)
        week_bar.show_sums(
            sum(group.seconds for group in groups),
            sums(value for group in groups for value in group.value),
        )
        self.table.entries.long_seconds = shown.long_seconds
        self.table.show_lines(lines_of(groups, shown.today.day))
        self.panel.show_today(shown.today, shown.target_seconds, self.shell.clock.zone())
        self.pages.setCurrentWidget(self.table if groups else self.empty)

    def go_to(self, day: date | None) -> None:
        """Show the week of a day; None follows the present week."""
        self.day = day
        self.table.clear_selection()
        self.reload()

    def step(self, weeks: int) -> None:
        """Show an earlier or later week."""
        if self.shown is not None:
            first = self.shown.first + weeks * A_WEEK
            here = first <= self.shown.today.day <= first + timedelta(days=6)
            self.go_to(None if here else first)

    def toggle_panel(self) -> None:
        """Show or hide the panel at the right, whatever the width of the window."""
        self.panel_chosen = not self.panel.isVisibleTo(self)
        self._fit_panel()

    def log_past(self) -> None:
        """Open the form for past time, for the day that is shown."""
        shown = self.shown
        today = self.form.today()
        other_week = shown is not None and not shown.first <= today <= shown.last
        self.form.open_form(shown.first if shown is not None and other_week else today)

    # Projects are picked for one entry or for all selected ones.

    def pick_project(self, rows: list[EntryRow], anchor: QWidget, walking: int = 0) -> None:
        """Open the picker for entries; it starts at the project of the first one."""
        if rows:
            self._picking, self._walking = rows, walking
            self.picker.open_under(
                anchor,
                self.shell.timer.recent_project_ids(),
                standing_on=rows[0],
            )

    def _on_picked(self, picked: Picked) -> None:
        self.deeds.set_work(self._picking, picked)
        self._leave_picker()

    def _on_create_wanted(self, new: NewProject) -> None:
        self.shell.directory.add_project(
            new,
            entry_ids=[row.id for row in self._picking],
            done=lambda _project: self._leave_picker(),
        )

    def _leave_picker(self) -> None:
        """Go on in the list where the picker was asked for."""
        self.table.setFocus(Qt.FocusReason.OtherFocusReason)
        self.table.walk_from(self._picking[0].id, Field.PROJECT, self._walking)

    # Events.

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk the weeks by T, [ and ]; P, B and E act on what runs."""
        bar, timer = self.bar, self.shell.timer
        deeds: dict[str, Callable[[], object]] = {
            "week.today": lambda: self.go_to(None),
            "week.previous": lambda: self.step(-1),
            "week.next": lambda: self.step(1),
        }
        if timer.running is not None:
            deeds |= {
                "entry.project": bar.open_picker,
                "entry.billable": bar.billable.click,
                "entry.times": bar.open_elapsed,
            }
        deed = deeds.get(keys.pressed(event, "week", "entry"))
        if deed is None:
            super().keyPressEvent(event)
        else:
            deed()

    def showEvent(self, event: QShowEvent) -> None:
        """Let the running entry's minutes count while the page is seen."""
        super().showEvent(event)
        self._fit_panel()
        self._minute.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Sleep while nobody looks."""
        self._minute.stop()
        super().hideEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Hide the panel in a narrow window, unless the user chose."""
        super().resizeEvent(event)
        self._fit_panel()

    def _fit_panel(self) -> None:
        wide = self.window().width() >= PANEL_FROM
        self.panel.setVisible(wide if self.panel_chosen is None else self.panel_chosen)

    def _on_minute(self) -> None:
        if self.shell.timer.running is not None or self.day is None:
            self.reload()

    def _on_selection(self) -> None:
        chosen, now = self.table.entries.chosen(), self.shell.clock.now()
        self.head.show_bulk(bool(chosen))
        self.head.bulk.show_selection(
            len(chosen),
            sum(row.seconds_at(now) for row in chosen),
            all_billable=all(row.billable for row in chosen),
        )

    def _on_menu(self, row: EntryRow, where: QPoint) -> None:
        self.deeds.open_menu(row, where, self.table.edit_field)

    def _on_fill_wanted(self, gap: Span) -> None:
        self.form.fill(gap)

    def _on_logged(self, row: EntryRow) -> None:
        """Close the form and show the week that the new entry stands in."""
        self.form.saved(row)
        shown = self.shown
        if shown is not None and not shown.first <= row.local_on <= shown.last:
            self.go_to(row.local_on)

    def _last_end(self, day: date) -> datetime | None:
        """Return when the last entry of a day that is shown ends."""
        groups = self.shown.groups if self.shown else ()
        ends = [row.ended_at for group in groups if group.day == day for row in group.entries]
        return max((end for end in ends if end is not None), default=None)

    # Made when they are first needed: the page must not keep the window waiting.

    @cached_property
    def form(self) -> PastForm:
        """Return the form for past time, closed above the list."""
        form = PastForm(self.shell.timer, self.shell.directory, self)
        form.wanted.connect(lambda entry: self.deeds.add(entry, self._on_logged, form.show_error))
        form.closed.connect(lambda: self.table.setFocus(Qt.FocusReason.OtherFocusReason))
        form.last_end = self._last_end
        self._over_list.addWidget(form)
        return form

    @cached_property
    def empty(self) -> EmptyPanel:
        """Return what stands in the place of the list in a week without entries."""
        panel = EmptyPanel(
            "timer",
            _("No time logged this week"),
            _("Start a timer, or log what you did earlier."),
            self,
        )
        panel.offer(_("Start a timer"), self.bar.focus, kind="primary")
        panel.offer(_("Log past time"), self.log_past)
        self.pages.addWidget(panel)
        return panel

    @cached_property
    def picker(self) -> ProjectPicker:
        """Return the picker of projects and tasks for the entries of the list."""
        picker = ProjectPicker(self.shell.directory, self)
        picker.picked.connect(self._on_picked)
        picker.create_wanted.connect(self._on_create_wanted)
        return picker

    # Building.

    def _lay_out(self) -> None:
        self.pages = QStackedWidget(self)
        self.pages.setObjectName("weekPages")
        self.pages.addWidget(self.table)
        self._over_list = QVBoxLayout()
        left = QVBoxLayout()
        left.setSpacing(8)
        left.addLayout(self._over_list)
        left.addWidget(self.pages, 1)
        middle = QHBoxLayout()
        middle.setSpacing(32)
        middle.addLayout(left, 1)
        middle.addWidget(self.panel)
        self.body.setContentsMargins(28, 16, 28, 0)
        self.body.setSpacing(8)
        self.body.addWidget(self.bar)
        self.body.addWidget(self.head)
        self.body.addLayout(middle, 1)

    def _connect(self) -> None:
        week_bar, bulk, table = self.head.week, self.head.bulk, self.table
        week_bar.moved.connect(self.step)
        week_bar.today_wanted.connect(lambda: self.go_to(None))
        week_bar.past_wanted.connect(self.log_past)
        week_bar.panel_wanted.connect(self.toggle_panel)
        bulk.project_wanted.connect(lambda: self.pick_project(table.entries.chosen(), bulk.project))
        bulk.billable_wanted.connect(lambda: self.deeds.set_billable(table.entries.chosen()))
        bulk.delete_wanted.connect(lambda: self.deeds.delete(table.entries.chosen()))
        bulk.closed.connect(table.clear_selection)
        table.save_wanted.connect(self.deeds.save)
        table.project_wanted.connect(lambda row, cell, step: self.pick_project([row], cell, step))
        table.billable_wanted.connect(self.deeds.set_billable)
        table.continue_wanted.connect(self.deeds.resume)
        table.menu_wanted.connect(self._on_menu)
        table.locked_pressed.connect(self.deeds.say_locked)
        table.delete_wanted.connect(self.deeds.delete)
        table.selection_changed.connect(self._on_selection)
        self.panel.fill_wanted.connect(self._on_fill_wanted)
        self._minute.timeout.connect(self._on_minute)
