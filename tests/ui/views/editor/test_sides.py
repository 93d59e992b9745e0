"""Form and pages: side by side, or a tab each; the widths that were chosen come back."""

from __future__ import annotations

from functools import partial

from billops_desktop.ui.views.editor.sides import REMEMBERED, SHARES, Sides
from billops_desktop.ui.views.invoice_editor import InvoiceEditorView
from billops_desktop.ui.views.paper.preview import Preview
from tests.support.present import window_of


def test_a_moved_splitter_is_remembered_by_the_window(editor: InvoiceEditorView) -> None:
    sides = editor.sides
    sides.moveSplitter(760, 1)
    kept = sides.sizes()
    assert kept[0] > SHARES[0]
    assert window_of(editor).state.values[REMEMBERED] == kept


def test_remembered_widths_come_back_and_nonsense_does_not(editor: InvoiceEditorView) -> None:
    shell = editor.shell
    shell.state.put(REMEMBERED, [800, 400])
    other = InvoiceEditorView(shell, editor)
    assert other.sides._sizes == [800, 400]
    for nonsense in ([1], ["a", 2], [0, 100], "wide", [True, 5]):
        shell.state.put(REMEMBERED, nonsense)
        sides = Sides(partial(Preview, shell.jobs), other.head.tabs, shell.state, parent=editor)
        assert sides._sizes == SHARES
