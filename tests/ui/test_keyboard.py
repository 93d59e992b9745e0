"""Everything can be done without a mouse: shortcuts (U-07), Tab and F6 (U-08)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import partial
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.services.directory import clients
from billops_desktop.ui.shell.regions import takes_tab
from billops_desktop.ui.timer.timer_bar import TimerBar
from tests.support.hands import Hands
from tests.support.tour import Tour, every_scene, page_scenes, parts, told, tops

LONGEST_WALK = 400


def test_every_action_is_offered_by_the_palette(tour: Tour) -> None:
    for _name, stage in tour(page_scenes()[:1]):
        window = stage.window
        archive_two_and_bring_one_back(window)
        for page in ("clients", "projects"):
            window.go(page)
        window.on_back()
        window.palette_panel.open()
        listed = {hit.words for hit in window.palette_panel.model.lines if hit.run is not None}
        # The palette is how it is opened; recent work is offered by its own names.
        known = [one for one in window.actions_table if not one.id.startswith("recent.")]
        missing = [
            one.id
            for one in known
            if one.id != "app.palette" and one.words.rstrip("…") not in listed
        ]
        assert missing == []


def archive_two_and_bring_one_back(window: Any) -> None:
    """Leave a step to undo and one to redo, for the actions that need them."""
    for client in window.directory.clients[:2]:
        done = partial(window.feedback.undoable, "Archived")
        window.jobs.run(clients.archive, client.id, done=lambda _row, made, done=done: done(made))
    window.actions_table["edit.undo"].trigger()


def test_no_two_actions_share_a_shortcut(tour: Tour) -> None:
    for _name, stage in tour(page_scenes()[:1]):
        declared = [key for one in stage.window.actions_table for key in one.keys]
        made = [
            key.toString()
            for one in stage.window.actions_table
            for key in stage.window.actions_table[one.id].shortcuts()
        ]
        for keys in (declared, made):
            assert [key for key, count in Counter(keys).items() if count > 1] == []


def stops(top: QWidget) -> set[QWidget]:
    """Return every widget of a window at which Tab must stop."""
    return {
        one
        for one in parts(top)
        if one.isEnabled() and takes_tab(one) and one.focusProxy() is None and one is not top
    }


def walk(top: QWidget, key: Qt.Key) -> Iterator[QWidget]:
    """Press a key until the focus comes back to where it has been; yield each stop."""
    seen: set[QWidget] = set()
    while len(seen) < LONGEST_WALK:
        here = QApplication.focusWidget()
        if here is None or here in seen:
            return
        seen.add(here)
        yield here
        QTest.keyClick(here, key)


def missed(hands: Hands, top: QWidget, key: Qt.Key) -> Iterator[str]:
    """Yield the stops that a walk over a whole window does not reach."""
    wanted = stops(top)
    if not wanted:
        return
    hands.activate(top.window())
    first = next(one for one in parts(top) if one in wanted)
    first.setFocus(Qt.FocusReason.TabFocusReason)
    reached = set(walk(top, key))
    yield from (f"never reached: {told(one)}" for one in wanted - reached if one.isVisible())


def test_tab_reaches_everything_on_every_screen(tour: Tour, hands: Hands) -> None:
    faults = [
        f"{name}: {fault}"
        for name, stage in tour(every_scene())
        if name not in {"palette", "palette-typed", "time-projects", "company-menu"}
        for top in tops(stage)
        for fault in missed(hands, top, Qt.Key.Key_Tab)
    ]
    assert not faults, "\n".join(faults)


def test_shift_tab_goes_the_same_way_back(tour: Tour, hands: Hands) -> None:
    faults = [
        f"{name}: {fault}"
        for name, stage in tour(page_scenes())
        for fault in missed(hands, stage.window, Qt.Key.Key_Backtab)
    ]
    assert not faults, "\n".join(faults)


def test_f6_walks_the_regions_of_every_page_and_comes_round(tour: Tour, hands: Hands) -> None:
    for name, stage in tour(page_scenes()):
        window = stage.window
        hands.activate(window)
        regions = [window.sidebar, *window.page_now().findChildren(TimerBar), window.page_now()]
        for action in ("app.region", "app.region_back"):
            visited = []
            for _step in regions:
                stage.act(action)
                focused = QApplication.focusWidget()
                assert focused is not None, name
                visited.append(next(one for one in regions if one.isAncestorOf(focused)))
            assert set(visited) == set(regions), f"{name}: {action}"
