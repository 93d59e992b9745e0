"""From words typed to an exit code: parse, run one command, print its answer or its failure."""

from __future__ import annotations

import importlib
import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from billops_desktop import __version__
from billops_desktop.cli.catalogue import COMMANDS, Command, overview
from billops_desktop.cli.everywhere import Typed, take_everywhere
from billops_desktop.cli.output import FINDING_KEYS, Reply, json_text, pick, visible
from billops_desktop.cli.session import Session, debugging
from billops_desktop.errors import BillOpsError, EnvironmentFault, InvalidInput
from billops_desktop.i18n import _, use_language
from billops_desktop.paths import profile_folder

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from billops_desktop.clock import Clock

INTERRUPTED = 130
PIPE_CLOSED = 141


def run(
    argv: Sequence[str],
    *,
    grab: Callable[[Path, Path], object] | None = None,
    clock: Clock | None = None,
) -> int:
    """Answer one command line and return its exit code; ``grab`` takes pictures of the views."""
    use_language("system")
    _open_streams()
    as_json = "--json" in argv
    session: Session | None = None
    try:
        typed = take_everywhere(argv)
        session = Session(_profile(typed.profile), typed.as_json, clock=clock)
        session.grab = grab
        code = _answer(typed, session)
        sys.stdout.flush()
    except SystemExit as leaving:  # argparse has printed a help text
        code = leaving.code if isinstance(leaving.code, int) else 0
    except KeyboardInterrupt:
        print(_("Stopped. Nothing is half written."), file=sys.stderr)
        code = INTERRUPTED
    except BrokenPipeError:
        _leave_the_pipe()
        code = PIPE_CLOSED
    except Exception as failure:  # noqa: BLE001 - the last net: the log keeps the trace, people a line
        shown = _shown(failure, session)
        _report(shown, as_json=as_json)
        code = shown.exit_code
    finally:
        if session is not None:
            session.close()
    return code


def _open_streams() -> None:
    """Let the answer be written whatever is in it; where a stream was closed it goes nowhere."""
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or sys.stdout
    for stream in (sys.stdout, sys.stderr):
        with suppress(AttributeError):
            stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]  # tests may put a plain StringIO there


def _profile(named: Path | None) -> Path:
    try:
        return profile_folder(named)
    except RuntimeError:  # ~somebody who is not known here
        raise InvalidInput(
            _("Nothing was done. There is no home folder for {folder}.").format(folder=named),
            _("Type the whole path after --profile."),
            field="profile",
        ) from None


def _shown(failure: Exception, session: Session | None) -> BillOpsError:
    """Return the failure as people may see it; BILLOPS_DEBUG shows the unexpected as it is."""
    if isinstance(failure, BillOpsError):
        return failure
    if isinstance(failure, UnicodeEncodeError):
        # Bytes of a terminal or a script that are no UTF-8; the database refuses to take them.
        return InvalidInput(
            _("Nothing was done: a word has characters that are not allowed."),
            _("Type it again, or paste it as plain text."),
        )
    if debugging():
        raise failure
    if isinstance(failure, OSError):
        return _environment_fault(failure)
    return _internal(failure, session)


def _answer(typed: Typed, session: Session) -> int:
    words = list(typed.words)
    if words[:1] == ["help"]:
        words = [*words[1:2], "--help"]
    if not words or words[0] in {"-h", "--help"}:
        session.speak_first()
        print(overview())
        return 0
    if words[0] in {"-V", "--version"}:
        version = Reply({"version": __version__}, f"billops {__version__}")
        return _print(version, session)
    plain = _plain(words)
    if plain is not None:
        return _print(plain(session), session)
    session.speak_first()
    asked = parse(words)
    reply = asked.run(session, asked)
    return 0 if reply is None else _print(reply, session)


def _plain(words: Sequence[str]) -> Callable[[Session], Reply] | None:
    """Return what answers a command that takes nothing and was given nothing: without argparse."""
    command = COMMANDS.get(words[0]) if len(words) == 1 else None
    if command is None or not command.plain:
        return None
    answer: Callable[[Session], Reply] = getattr(_module(command), command.plain)
    return answer


def _module(command: Command) -> Any:
    return importlib.import_module(f"billops_desktop.cli.commands.{command.module}")


def parse(words: Sequence[str]) -> Namespace:
    """Read a command and its arguments; InvalidInput says what was not understood."""
    from billops_desktop.cli.parsing import Parser, unknown_command

    name = words[0]
    command = COMMANDS.get(name)
    if command is None:
        raise unknown_command(name)
    module = _module(command)
    parser = Parser(f"billops {name}", _(command.summary))
    module.declare(parser, name)
    return parser.parse_args(_with_verb(words[1:], command))


def _with_verb(words: Sequence[str], command: Command) -> Sequence[str]:
    """Put the usual verb in where none was typed; a wrong one is for the parser to refuse."""
    typed = bool(words) and (not words[0].startswith("-") or words[0] in {"-h", "--help"})
    return words if typed or not command.usual else (command.usual, *words)


def _print(reply: Reply, session: Session) -> int:
    content = reply.content
    if session.as_json and session.remarks and isinstance(content, dict):
        content = content | {"remarks": session.remarks}
    text = json_text(content) if session.as_json else reply.text
    if text:
        print(text, file=session.out)
    if not session.as_json:
        for remark in session.remarks:
            print(visible(remark), file=session.err)
    return reply.exit_code


def _report(failure: BillOpsError, *, as_json: bool) -> None:
    """Write a failure to stderr: its title and its hint, or the same as JSON."""
    if as_json:
        content = {
            "error": {
                "kind": type(failure).__name__,
                "exit_code": failure.exit_code,
                "title": failure.title,
                "hint": failure.hint,
                "field": failure.field,
                "retryable": failure.retryable,
                **_details(failure),
            }
        }
        print(json_text(content), file=sys.stderr)
        return
    from billops_desktop.cli.wording import step_of

    lines = [visible(failure.title)]
    # All that is to be mended, one under the other; the hint says the same in one line.
    lines += [f"- {visible(one.message)}" for one in _blocking(failure)]
    lines += dict.fromkeys(filter(None, (step_of(one.rule) for one in _blocking(failure))))
    if failure.hint and len(lines) == 1:
        lines.append(visible(failure.hint, multiline=True))
    print("\n".join(lines), file=sys.stderr)


def _blocking(failure: BillOpsError) -> list[Any]:
    return [one for one in getattr(failure, "findings", ()) if one.blocks]


def _details(failure: BillOpsError) -> dict[str, Any]:
    """Return what some failures carry beside their words: findings, rows of a file."""
    kinds = {
        "findings": FINDING_KEYS,
        "problems": ("line", "field", "value", "reason"),
    }
    return {
        name: [pick(one, keys) for one in getattr(failure, name)]
        for name, keys in kinds.items()
        if hasattr(failure, name)
    }


def _environment_fault(failure: OSError) -> EnvironmentFault:
    """Return what the machine refused, in words: a full disk, a missing right, a missing file."""
    from billops_desktop.cli.parsing import shorten

    where = f" ({shorten(str(failure.filename))})" if failure.filename else ""
    return EnvironmentFault(
        _("The command did not finish: {reason}{where}.").format(
            reason=failure.strerror or type(failure).__name__, where=where
        ),
        _("What was saved before is safe. Put that right and run the command again."),
    )


def _internal(failure: Exception, session: Session | None) -> BillOpsError:
    """Keep the traceback in the log and return the line that people see instead."""
    import logging

    from billops_desktop.logs import start_logging

    hint = _("Set BILLOPS_DEBUG=1 to see the details.")
    if session is not None:
        with suppress(OSError):
            file = start_logging(session.profile)
            logging.getLogger("billops_desktop.cli").error("a command failed", exc_info=failure)
            hint = _("The details are in {file}.").format(file=file)
    return BillOpsError(_("The command stopped: this is a fault in BillOps."), hint)


def _leave_the_pipe() -> None:
    """Let nothing more be written where nobody reads, not even by Python's own last flush."""
    silent = os.open(os.devnull, os.O_WRONLY)
    with suppress(OSError, ValueError):
        os.dup2(silent, sys.stdout.fileno())
