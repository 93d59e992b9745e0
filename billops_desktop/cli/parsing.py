"""argparse in our own words: what was typed, read strictly, each fault as a title and a hint."""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Sequence
from typing import Any, NoReturn

from billops_desktop.cli.catalogue import COMMANDS
from billops_desktop.cli.everywhere import too_long
from billops_desktop.errors import InvalidInput
from billops_desktop.i18n import N_, _

SHOWN = 80


def shorten(text: str) -> str:
    """Return what was typed, cut so that a message stays a line."""
    return text if len(text) <= SHOWN else f"{text[: SHOWN - 1]}…"


def whole(text: str) -> int:
    """Return the whole number typed in plain digits, of a size that can be kept; else ValueError.

    Python reads 1_000, other scripts' digits and any length too.
    """
    if not re.fullmatch(r"[+-]?[0-9]{1,18}", text, re.ASCII):
        raise ValueError
    return int(text)


def file_path(text: str) -> str:
    """Return the name of a file or folder as it was typed; what is one is checked by the parser."""
    return text


# What stands for a value in the help; what is typed itself (options, choices) is never translated.
PLACES = frozenset(
    {
        N_("CLIENT"), N_("CODE"), N_("COMMAND"), N_("DAY"), N_("DAYS"), N_("DIR"), N_("FILE.json"),
        N_("LENGTH"), N_("LIMIT"), N_("METHOD"), N_("MONTH"), N_("NAME"), N_("PATH"), N_("PERSON"),
        N_("PRICE"), N_("PROJECT"), N_("REASON"), N_("TASK"), N_("TAX"), N_("TEXT"), N_("TIME"),
        N_("amount"), N_("client"), N_("description"), N_("entry"), N_("file"), N_("invoice"),
        N_("name"), N_("names"), N_("on"), N_("percent"), N_("price"), N_("project"), N_("rate"),
        N_("tax"), N_("transaction"), N_("value"),
    }
)  # fmt: skip


def place(word: str) -> str:
    """Return what stands for a value in the language of the screen; anything else as it is."""
    return _(word) if word in PLACES else word


class Layout(argparse.RawDescriptionHelpFormatter):
    """Help as plain paragraphs, with the options set apart widely enough to be read."""

    def __init__(self, prog: str) -> None:
        super().__init__(prog, max_help_position=30, width=96)

    def _metavar_formatter(
        self, action: argparse.Action, default_metavar: str
    ) -> Callable[[int], tuple[str, ...]]:
        """Return what writes the places of an argument, in the language of the screen."""
        written = super()._metavar_formatter(action, default_metavar)
        return lambda size: tuple(place(word) for word in written(size))


class Parser(argparse.ArgumentParser):
    """A parser that raises InvalidInput instead of printing and leaving."""

    def __init__(self, prog: str, summary: str, **more: object) -> None:
        super().__init__(
            prog=prog,
            description=more.pop("description", None) or summary,  # type: ignore[arg-type]  # argparse hands on what it was given
            formatter_class=Layout,
            allow_abbrev=False,
            add_help=False,
        )
        self.verbs: argparse._SubParsersAction[Parser] | None = None
        self._words: Sequence[str] = ()
        # No option is a number: -1h after --duration is its value, for the command to judge.
        self._negative_number_matcher = re.compile(r"-[0-9.]")
        self._positionals.title = _("What to name")
        self._optionals.title = _("Options")
        self.add_argument("-h", "--help", action="help", help=_("Show this help"))

    def format_help(self) -> str:
        """Return the help with its first word in the language of the screen."""
        return super().format_help().replace("usage:", _("Usage:"), 1)

    def error(self, message: str) -> NoReturn:
        """Raise what argparse complains of in our words."""
        raise explain(message, self._prog_of(message), dashed=self._dashed())

    def _prog_of(self, message: str) -> str:
        """Return whose help to read: what is left over was typed after a verb."""
        if self.verbs is not None and message.startswith("unrecognized arguments"):
            verb = next((word for word in self._words if word in self.verbs.choices), None)
            return f"{self.prog} {verb}" if verb else self.prog
        return self.prog

    def parse_known_args(self, args: Any = None, namespace: Any = None) -> Any:
        """Read ``args``, kept so that a fault can tell what was taken for an option."""
        self._words = tuple(args or ())
        return super().parse_known_args(args, namespace)

    def _get_values(self, action: argparse.Action, arg_strings: list[str]) -> Any:
        """Return the value of an option as it was typed, two dashes too: --note=--.

        argparse takes those two for the end of the options and is left without a value.
        """
        if action.option_strings and action.nargs is None and arg_strings == ["--"]:
            value = self._get_value(action, arg_strings[0])
            self._check_value(action, value)
            return value
        return super()._get_values(action, arg_strings)

    def _get_value(self, action: argparse.Action, arg_string: str) -> Any:
        """Return one value as its argument reads it; refused is what cannot be one, with its name.

        Bytes that are no UTF-8 reach Python as lone surrogates: a file may be called so, no record.
        """
        if action.type is file_path:
            _check_path(arg_string, _named(action))
        elif action.nargs != argparse.PARSER:  # the words of a verb are looked at by its own parser
            _check_characters(arg_string, _named(action))
        return super()._get_value(action, arg_string)

    def _dashed(self) -> str:
        """Return the first word before a ``--`` that has one dash and is no option."""
        for word in self._words:
            if word == "--":
                break
            if word[:1] == "-" != word[1:2] and word not in self._option_string_actions:
                return word
        return ""

    def examples(self, *lines: str, keys: str = "") -> None:
        """Show ``lines`` as examples below the help, and which ``keys`` --json answers with."""
        parts = ["\n".join([_("Examples:"), *(f"  {line}" for line in lines)])]
        if keys:
            parts.append("\n".join([_("Keys with --json:"), f"  {keys}"]))
        self.epilog = "\n\n".join(parts)

    def verb(self, name: str, run: Callable[..., object], summary: str) -> Parser:
        """Add the word ``name`` after this command, answered by ``run``."""
        if self.verbs is None:
            self.verbs = self.add_subparsers(
                title=_("Commands"), dest="verb", required=True, metavar="COMMAND"
            )
        parser = self.verbs.add_parser(name, summary=summary, help=summary)
        parser.set_defaults(run=run)
        return parser


# What argparse says, and our words for it; the named parts are cut and cleaned before they go in.
_EXPLAINED = (
    (r"argument (?P<name>.+?): expected .* arguments?$", N_("{name} needs a value.")),
    (
        r"argument (?P<name>.+?): invalid choice: (?P<value>.*) \(choose from (?P<choices>.*)\)$",
        N_("{value} does not fit {name}. It takes: {choices}."),
    ),
    (
        r"argument (?P<name>.+?): invalid (?:int|whole) value: (?P<value>.*)$",
        N_("{value} is not a whole number ({name})."),
    ),
    (
        r"argument (?P<name>.+?): not allowed with argument (?P<other>.+)$",
        N_("{name} and {other} exclude each other."),
    ),
    (
        r"argument (?P<name>.+?): ignored explicit argument .*$",
        N_("{name} takes no value."),
    ),
    (r"the following arguments are required: (?P<name>.+)$", N_("Still missing: {name}.")),
    (r"one of the arguments (?P<name>.+) is required$", N_("One of these is needed: {name}.")),
    (r"unrecognized arguments: (?P<value>.+)$", N_("This was not understood: {value}")),
)


def explain(message: str, prog: str, *, dashed: str = "") -> InvalidInput:
    """Return the fault of argparse's ``message`` in our words, with where to read on.

    ``dashed`` is a word that was taken for an option: a name that begins so follows a ``--``.
    """
    text = _("This was not understood: {value}").format(value=shorten(message))
    field = None
    for pattern, worded in _EXPLAINED:
        found = re.match(pattern, message, re.DOTALL)
        if found:
            parts = {name: _cleaned(part) for name, part in found.groupdict().items()}
            field = _field(parts["name"]) if "name" in parts else None
            if "name" in parts:
                parts["name"] = ", ".join(map(place, parts["name"].split(", ")))
            text = _(worded).format(**parts)
            break
    hint = _("{command} --help shows how it is typed.").format(command=prog)
    if dashed:
        named = _('A name that begins with a dash is typed last, after --: -- "{name}"')
        hint = "\n".join([named.format(name=shorten(dashed)), hint])
    return InvalidInput(_("Nothing was done. {what}").format(what=text), hint, field=field)


def unknown_command(word: str) -> InvalidInput:
    """Return the fault of a command that does not exist, with the nearest one that does."""
    from difflib import get_close_matches  # only a slip of the finger needs it

    near = get_close_matches(word, COMMANDS, n=1)
    if near:
        hint = _("The nearest is: billops {command}.").format(command=near[0])
    else:
        hint = _("billops --help lists the commands.")
    return InvalidInput(
        _("Nothing was done. There is no command {word}.").format(word=shorten(word)),
        hint,
        field="command",
    )


def _cleaned(part: str) -> str:
    """Return a part of argparse's message without its quotes and other spellings (-h/--help)."""
    unquoted = part.replace("'", "").replace('"', "")
    return shorten(re.sub(r"-\w/(--)", r"\1", unquoted))


def _field(name: str) -> str:
    """Return the key of the first argument named: --from-file is from_file."""
    return name.split(",", maxsplit=1)[0].strip().lstrip("-").replace("-", "_").lower()


def _named(action: argparse.Action) -> str:
    """Return an argument as it is typed, or what stands for it in the help."""
    return action.option_strings[-1] if action.option_strings else action.dest


def _check_path(text: str, name: str) -> None:
    if too_long(text):
        raise InvalidInput(
            _("Nothing was done: the name in {option} is longer than a file's may be.").format(
                option=place(name)
            ),
            _("Type a shorter one."),
            field=_field(name),
        )


def _check_characters(text: str, name: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidInput(
            _("Nothing was done: {option} holds characters that are none.").format(
                option=place(name)
            ),
            _("Type it again, or paste it as plain text."),
            field=_field(name),
        ) from None
