"""Every setting declared once: name, kind, default and the values it may take."""

from __future__ import annotations

from billops_desktop.errors import InvalidInput, NotFound
from billops_desktop.i18n import _
from billops_desktop.values import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class SettingDeclaration:
    """One setting: what it is called, what it may hold, what it holds until someone changes it."""

    name: str
    kind: type[bool | int | str]
    default: bool | int | str
    choices: tuple[str, ...] = ()
    at_least: int | None = None
    at_most: int | None = None

    def check(self, value: object) -> bool | int | str:
        """Return ``value`` when the setting may hold it, else raise InvalidInput for its field."""
        # bool is an int to Python: a switch must not become the number 1.
        if type(value) is not self.kind:
            raise self._unfit(value)
        if isinstance(value, str) and self.choices and value not in self.choices:
            raise self._unfit(value)
        if isinstance(value, int) and not self._within(value):
            raise self._unfit(value)
        assert isinstance(value, bool | int | str)
        return value

    def read(self, text: str) -> bool | int | str:
        """Return the value that ``text`` from a command line or a file means."""
        folded = text.strip().casefold()
        if self.kind is bool:
            if folded in {"true", "yes", "on", "1"}:
                return True
            if folded in {"false", "no", "off", "0"}:
                return False
            raise self._unfit(text)
        if self.kind is int:
            if not (folded.isascii() and folded.removeprefix("-").isdigit()):
                raise self._unfit(text)
            return self.check(int(folded))
        return self.check(text.strip())

    def allowed(self) -> str:
        """Say in words which values the setting takes."""
        if self.choices:
            return ", ".join(self.choices)
        if self.kind is bool:
            return _("yes or no")
        if self.at_least is not None and self.at_most is not None:
            return _("a whole number from {low} to {high}").format(
                low=self.at_least, high=self.at_most
            )
        return _("a whole number") if self.kind is int else _("text")

    def _within(self, value: int) -> bool:
        low = value if self.at_least is None else self.at_least
        high = value if self.at_most is None else self.at_most
        return low <= value <= high

    def _unfit(self, value: object) -> InvalidInput:
        return InvalidInput(
            _("{name} was not changed: {value} does not fit.").format(
                name=self.name, value=str(value)[:80]
            ),
            _("It takes: {allowed}.").format(allowed=self.allowed()),
            field=self.name,
        )


DECLARED: tuple[SettingDeclaration, ...] = (
    SettingDeclaration(
        name="appearance.theme",
        kind=str,
        default="system",
        choices=("system", "light", "dark"),
    ),
    SettingDeclaration(
        name="appearance.language",
        kind=str,
        default="system",
        choices=("system", "en", "de"),
    ),
    SettingDeclaration(
        name="appearance.text_size",
        kind=int,
        default=100,
        at_least=90,
        at_most=160,
    ),
    SettingDeclaration(
        name="tray.shown",
        kind=bool,
        default=True,
    ),
    SettingDeclaration(
        name="window.close_to_tray",
        kind=str,
        default="ask",
        choices=("ask", "keep", "quit"),
    ),
    SettingDeclaration(
        name="window.role",
        kind=str,
        default="consultant",
        choices=("consultant", "office"),
    ),
    SettingDeclaration(
        name="tracking.daily_target_seconds",
        kind=int,
        default=28_800,
        at_least=0,
        at_most=86_400,
    ),
    SettingDeclaration(
        name="tracking.shift_limit_seconds",
        kind=int,
        default=43_200,
        at_least=3_600,
        at_most=86_400,
    ),
    SettingDeclaration(
        name="invoicing.grouping",
        kind=str,
        default="task",
        choices=(
            "entry",
            "task",
            "project",
            "person",
            "day",
            "week",
            "month",
            "project_person",
            "task_person",
            "all",
        ),
    ),
    SettingDeclaration(
        name="backup.keep_days",
        kind=int,
        default=2,
        at_least=1,
        at_most=365,
    ),
)

_BY_NAME = {declaration.name: declaration for declaration in DECLARED}


def declared(name: str) -> SettingDeclaration:
    """Return the declaration of the setting ``name``; NotFound when there is none."""
    try:
        return _BY_NAME[name]
    except KeyError:
        raise NotFound(
            _("There is no setting {name}.").format(name=str(name)[:80]),
            _("The settings are: {names}.").format(names=", ".join(_BY_NAME)),
            field="name",
        ) from None
