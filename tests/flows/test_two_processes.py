"""The window shows what other processes do to its file, once it has looked."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

import pytest
from PySide6.QtCore import Qt

from tests.support.display import ROOT
from tests.support.present import present
from tests.support.story import Story

# The command line in a process of its own, at the instant of the window's clock.
COMMAND = """
import sys
from billops_desktop.cli.face import run
from tests.support.clock import MovableClock
sys.exit(run(sys.argv[1:], clock=MovableClock()))
"""


@dataclass
class Beside:
    """A terminal beside the window."""

    story: Story

    def __call__(self, *words: str) -> Any:
        """Run a command to its end, then let the window look; return what the command said."""
        profile = str(self.story.profile)
        done = subprocess.run(
            [sys.executable, "-c", COMMAND, "--profile", profile, *words, "--json"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert (done.returncode, done.stderr) == (0, "")
        jobs = self.story.session.jobs
        self.story.hands.until(lambda: not jobs._polling, "the look before")
        jobs.poll()
        return json.loads(done.stdout)


@pytest.fixture
def beside(story: Story) -> Beside:
    # The test says when the window looks; it would do so every two seconds by itself.
    assert story.session.jobs._timer.isActive()
    assert story.session.jobs._timer.interval() <= 2_000
    story.session.jobs._timer.stop()
    return Beside(story)


def test_a_timer_started_and_stopped_elsewhere(story: Story, beside: Beside) -> None:
    bar, timer = story.window.view("time").bar, story.window.timer
    started = beside("start", "On the phone")["started"]
    story.hands.until(lambda: bar.description.text() == "On the phone", "the entry in the bar")
    assert timer.running.id == started["id"]
    assert present(story.session.tray).tooltip().endswith("On the phone")
    beside("stop")
    story.hands.until(lambda: timer.running is None, "the stop")
    assert bar.description.text() == ""


def test_pages_that_are_seen_and_pages_that_are_not(story: Story, beside: Beside) -> None:
    invoices = story.page("invoices", Qt.Key.Key_4)
    story.hands.until(lambda: invoices.counts, "the invoices")
    waiting = story.page("to_invoice", Qt.Key.Key_3)
    story.hands.until(lambda: [row.seconds for row in waiting.rows] == [7_200], "the time")
    span = ("--on", "yesterday", "--from", "13:00", "--to", "14:00")
    beside("log", "Workshop", "--project", "website", *span)
    story.hands.until(lambda: [row.seconds for row in waiting.rows] == [10_800], "more time")
    beside("invoice", "draft", "--client", "Acme", "--until", "yesterday")
    assert not invoices.counts["drafts"]
    story.page("invoices", Qt.Key.Key_4)
    story.hands.until(lambda: invoices.counts["drafts"] == 1, "the draft of the other process")


def test_what_the_window_did_itself_is_no_news(story: Story, beside: Beside) -> None:
    heard: list[Any] = []
    story.session.jobs.changed.connect(heard.append)
    story.tray("Continue: Coding")
    story.hands.until(story.running, "the entry")
    story.hands.until(lambda: story.window.timer.running, "its row")
    story.session.jobs.poll()
    beside("stop")
    story.hands.until(lambda: story.window.timer.running is None, "the stop")
    assert len(heard) == 2
