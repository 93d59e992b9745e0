"""Tests of billops_desktop.cli.session: progress on a terminal, Ctrl-C, width, set-up."""

from __future__ import annotations

import io
import signal
import sys
from pathlib import Path
from typing import Any

import pytest

from billops_desktop.cli.session import Cancelled, Session, debugging
from billops_desktop.errors import Refused
from tests.support.clock import MovableClock


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def session(folder: Path, **fields: Any) -> Session:
    return Session(folder / "profile", clock=MovableClock(), **fields)


def test_progress_shows_on_a_terminal_and_is_wiped(tmp_path: Path) -> None:
    err = Terminal()
    with session(tmp_path, err=err).progress("Working") as report:
        report(1, 4)
        report(1, 4)
        report(4, 4)
    shown = err.getvalue()
    assert shown.count("Working 25%") == 1
    assert "Working 100%" in shown
    assert shown.endswith("\r" + " " * len("Working 100%") + "\r")


@pytest.mark.parametrize(("err", "as_json"), [(io.StringIO(), False), (Terminal(), True)])
def test_progress_is_silent_in_a_script(tmp_path: Path, err: io.StringIO, as_json: bool) -> None:
    with session(tmp_path, err=err, as_json=as_json).progress("Working") as report:
        report(1, 2)
    assert err.getvalue() == ""


def test_the_first_interrupt_asks_and_ends_as_cancelled(tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)

    def work() -> None:
        with session(tmp_path).cancelling() as cancelled:
            assert not cancelled()
            signal.raise_signal(signal.SIGINT)
            assert cancelled()
            raise Refused("It was stopped.")

    with pytest.raises(Cancelled):
        work()
    assert signal.getsignal(signal.SIGINT) is before


def test_work_that_ends_before_it_looks_is_cancelled_too(tmp_path: Path) -> None:
    with pytest.raises(Cancelled), session(tmp_path).cancelling():
        signal.raise_signal(signal.SIGINT)


def test_the_second_interrupt_does_not_wait(tmp_path: Path) -> None:
    def work() -> None:
        with session(tmp_path).cancelling():
            signal.raise_signal(signal.SIGINT)
            signal.raise_signal(signal.SIGINT)
            pytest.fail("the second interrupt was not heard")

    with pytest.raises(KeyboardInterrupt) as caught:
        work()
    assert not isinstance(caught.value, Cancelled)


def test_a_refusal_without_an_interrupt_stays_what_it_is(tmp_path: Path) -> None:
    with pytest.raises(Refused), session(tmp_path).cancelling():
        raise Refused("No.")


def test_the_width_is_that_of_a_terminal_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert session(tmp_path, out=io.StringIO()).width() is None
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("COLUMNS", "60")
    assert session(tmp_path).width() == 60


def test_a_fresh_profile_is_set_up_once(tmp_path: Path) -> None:
    from billops_desktop.services.profile import onboarding

    one = session(tmp_path)
    try:
        assert one.workspace.read(onboarding.is_set_up)
        assert one.workspace is one.open()
        assert one.today().isoformat() == "2026-11-25"
    finally:
        one.close()
    one.close()


def test_debugging_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    assert not debugging()
    monkeypatch.setenv("BILLOPS_DEBUG", "0")
    assert not debugging()
    monkeypatch.setenv("BILLOPS_DEBUG", "1")
    assert debugging()
