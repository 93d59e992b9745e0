"""Rounding of billed time, the lines of a new invoice, the length of a working day."""

from __future__ import annotations

from typing import Any

from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import _
from billops_desktop.services.profile import settings
from billops_desktop.services.profile.settings import NewPolicy, PolicyRow
from billops_desktop.ui.views.preferences.appearance import keep
from billops_desktop.ui.views.preferences.section import Section
from billops_desktop.ui.widgets.input.edits import DurationEdit, TypedEdit, whole
from billops_desktop.ui.widgets.input.fields import FormField

Found = tuple[PolicyRow | None, dict[str, Any]]
NAME = "Standard"


def read_rules(work: Any) -> Found:
    """Return the workspace's rounding policy and the preferences; runs on the db lane."""
    chosen = settings.workspace_row(work).rounding_policy_id
    policy = next((row for row in settings.policies(work) if row.id == chosen), None)
    return policy, settings.preferences(work)


def save_policy(work: Any, new: NewPolicy) -> PolicyRow:
    """Change the workspace's rounding policy, or give it one."""
    policy, _preferences = read_rules(work)
    if policy is not None:
        return settings.edit_policy(work, policy.id, new)
    added = settings.add_policy(work, new)
    settings.use_policy(work, added.id)
    return added


def read_minutes(text: str) -> int:
    """Read a number of minutes, as seconds."""
    minutes = whole(text.strip().removesuffix("min"))
    if minutes is None:
        raise InvalidInput(
            _("This is not a number of minutes."), _("Example: 15"), field="step_seconds"
        )
    return minutes * 60


def minutes_text(seconds: int) -> str:
    """Return seconds as minutes for an edit."""
    return f"{seconds // 60} min"


class TimeSection(Section):
    """How tracked time becomes billed time; what was tracked never changes."""

    id = "time"

    def build(self) -> None:
        """Add rounding, then the rest."""
        self.policy: PolicyRow | None = None
        group = self.group(
            _("Rounding of billed time"),
            _("Start and end stay as they were tracked; invoices bill the rounded time."),
        )
        modes = (
            ("none", _("Not rounded")),
            ("nearest", _("To the nearest step")),
            ("up", _("Up")),
            ("down", _("Down")),
        )
        places = (
            ("entry", _("Each entry")),
            ("day_task", _("Each day and task")),
            ("line", _("Each invoice line")),
            ("total", _("The total")),
        )
        self.mode = self.choice(group, "mode", _("Round"), modes, self._saving("mode"))
        self.applies_to = self.choice(
            group, "applies_to", _("What is rounded"), places, self._saving("applies_to")
        )
        self.step = self._minutes("step_seconds", _("Step"), "15 min")
        self.minimum = self._minutes("minimum_seconds", _("At least, per entry"), "0 min")
        for name in ("step_seconds", "minimum_seconds"):
            group.add(self.fields.fields[name])
        self._rest()

    def _minutes(self, name: str, label: str, example: str) -> TypedEdit:
        edit = TypedEdit(name, (read_minutes, minutes_text), self, placeholder=example)
        self.fields.add(name, FormField(label, edit, self))
        edit.committed.connect(lambda value: self.save(name, self._saving(name)(value or 0)))
        return edit

    def _rest(self) -> None:
        group = self.group(_("Invoices from time"))
        name = "invoicing.grouping"
        choices = (
            ("task", _("One line per task")),
            ("project", _("One line per project")),
            ("person", _("One line per person")),
            ("day", _("One line per day")),
            ("entry", _("One line per entry")),
            ("all", _("One line for all")),
        )
        self.grouping = self.choice(group, name, _("Lines of a new invoice"), choices, keep(name))
        name = "tracking.daily_target_seconds"
        self.target = DurationEdit(name, self)
        group.add(self.fields.add(name, FormField(_("Working day"), self.target, self)))
        self.target.committed.connect(
            lambda seconds: self.save(
                "tracking.daily_target_seconds",
                keep("tracking.daily_target_seconds")(seconds or 0),
            )
        )

    def _saving(self, name: str) -> Any:
        def saving(value: Any) -> tuple[Any, tuple[Any, ...]]:
            policy = self.policy
            values: dict[str, Any] = {"name": policy.name if policy else NAME}
            for field in ("step_seconds", "mode", "applies_to", "minimum_seconds"):
                if policy is not None:
                    values[field] = getattr(policy, field)
            return save_policy, (NewPolicy(**{**values, name: value}),)

        return saving

    def load(self) -> None:
        """Ask for the rules."""
        self.view.query(read_rules, done=self.show_rules)

    def show_rules(self, found: Found) -> None:
        """Show what was read."""
        self.policy, values = found
        policy = self.policy
        self.mode.choose(policy.mode if policy else "none")
        self.applies_to.choose(policy.applies_to if policy else "entry")
        for edit, value in (
            (self.step, policy.step_seconds if policy else 60),
            (self.minimum, policy.minimum_seconds if policy else 0),
            (self.target, values["tracking.daily_target_seconds"]),
        ):
            if not edit.property("wrong"):
                edit.set_value(value)
        self.grouping.choose(values["invoicing.grouping"])
