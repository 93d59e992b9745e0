"""Recording a payment: what is open is offered, slips stand at their field, no text is lost."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from PySide6.QtCore import QCoreApplication, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from billops_desktop.domain.money import Money
from billops_desktop.errors import InvalidInput, Refused
from billops_desktop.services.invoices.invoice_rows import InvoiceRow
from billops_desktop.services.invoices.payments import NewPayment
from billops_desktop.services.workspace import Workspace
from billops_desktop.ui.growing import at_once
from billops_desktop.ui.views.billing.invoice_panel import InvoicePanel
from billops_desktop.ui.views.billing.payment_form import PaymentForm
from tests.support import money

TODAY = date(2026, 11, 25)


@pytest.fixture
def row(workspace: Workspace) -> InvoiceRow:
    return money.issued_item(workspace, money.make_job(workspace))


@pytest.fixture
def form(holder: QWidget, row: InvoiceRow) -> PaymentForm:
    made = PaymentForm(lambda: TODAY, holder)
    made.show_row(row)
    made.show()
    return made


@pytest.fixture
def wanted(form: PaymentForm) -> list[NewPayment]:
    found: list[NewPayment] = []
    form.wanted.connect(found.append)
    return found


def type_amount(form: PaymentForm, text: str) -> None:
    form.amount.setFocus()
    form.amount.selectAll()
    QTest.keyClicks(form.amount, text)


def test_all_that_is_open_is_offered_for_today(
    form: PaymentForm, row: InvoiceRow, wanted: list[NewPayment]
) -> None:
    assert form.record.text() == "Record €1,190.00"
    assert form.leaves.text() == "leaves €0.00 open"
    assert form.full.isChecked()
    form.method.choose("cash")
    QTest.keyClicks(form.reference, "Receipt 4")
    form.record.click()
    (new,) = wanted
    assert (new.invoice_id, new.amount, new.received_on) == (row.id, row.open, TODAY)
    assert (new.method, new.reference) == ("cash", "Receipt 4")


def test_half_and_full_fill_the_amount(form: PaymentForm, wanted: list[NewPayment]) -> None:
    form.half.click()
    assert (form.record.text(), form.leaves.text()) == ("Record €595.00", "leaves €595.00 open")
    form.full.click()
    assert form.record.text() == "Record €1,190.00"
    assert wanted == []


def test_the_button_follows_what_is_typed_and_enter_records(
    form: PaymentForm, wanted: list[NewPayment]
) -> None:
    type_amount(form, "1,200")
    assert form.record.text() == "Record €1,200.00"
    assert form.leaves.text() == "€10.00 more than open, kept as credit for Acme GmbH"
    QTest.keyClick(form.amount, Qt.Key.Key_Return)
    assert [new.amount for new in wanted] == [Money.of(Decimal(1200), "EUR")]


@pytest.mark.parametrize("text", ["", "a lot", "1.234.5,6,7"])
def test_an_amount_that_cannot_be_read_records_nothing(
    form: PaymentForm, wanted: list[NewPayment], text: str
) -> None:
    type_amount(form, text or " ")
    assert form.record.text() == "Record"
    form.record.click()
    assert wanted == []
    assert form.amount_field.note.text()
    assert form.record.isEnabled()


def test_a_second_press_records_nothing_twice(form: PaymentForm, wanted: list[NewPayment]) -> None:
    form.record.click()
    form.record.click()
    assert len(wanted) == 1
    form.recorded()
    assert form.record.isEnabled()


def test_what_is_refused_stands_at_its_field_or_under_the_form(form: PaymentForm) -> None:
    type_amount(form, "500")
    form.record.click()
    form.show_error(InvalidInput("Before the invoice.", "Check it.", field="received_on"))
    assert "Before the invoice." in form.fields.fields["received_on"].note.text()
    assert not form.problem.isVisible()
    form.show_error(Refused("This invoice is credited.", "Nothing was recorded."))
    assert form.problem.text() == "This invoice is credited. Nothing was recorded."
    assert form.record.text() == "Record €500.00"
    assert form.record.isEnabled()


def test_the_same_invoice_again_keeps_what_is_typed(form: PaymentForm, row: InvoiceRow) -> None:
    type_amount(form, "77")
    form.show_row(row)
    assert form.amount.text() == "77"


def test_after_a_payment_the_rest_is_offered(
    form: PaymentForm, row: InvoiceRow, workspace: Workspace
) -> None:
    from billops_desktop.services.invoices.invoice_rows import detail

    QTest.keyClicks(form.reference, "First")
    money.pay(workspace, row.id, "190")
    form.show_row(workspace.read(detail, row.id).row)
    assert form.record.text() == "Record €1,000.00"
    assert form.reference.text() == ""


def test_its_buttons_begin_where_its_fields_begin(holder: QWidget) -> None:
    panel = at_once(InvoicePanel.steps(lambda: TODAY, lambda: "UTC", holder))
    panel.resize(panel.width(), 900)
    panel.show()
    QCoreApplication.processEvents()

    def left(widget: QWidget) -> float:
        return widget.mapTo(panel, QPoint(0, 0)).x()

    edge = left(panel.form.amount)
    for button in (panel.form.full, panel.form.record, panel.main):
        assert left(button) + button.face().left() == edge


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("31.02.2026", "is not a date"),
        ("someday", "is not a date"),
        ("2026-13-01", "is not a date"),
        ("26.11.2026", "26 Nov 2026 has not come yet."),
        ("tomorrow", "has not come yet."),
        ("31/12", "The year is missing. Type 31/12/2025"),
        ("29 feb", "The year is missing."),
        ("", "This field is empty."),
    ],
)
def test_a_date_that_cannot_be_is_refused_at_its_field(
    form: PaymentForm, wanted: list[NewPayment], typed: str, said: str
) -> None:
    form.received_on.setText(typed)
    form.record.click()
    assert wanted == []
    assert said in form.fields.fields["received_on"].note.text()
    assert form.received_on.text() == typed


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("24/11", date(2026, 11, 24)),
        ("1 jun", date(2026, 6, 1)),
        ("31.12.25", date(2025, 12, 31)),
        ("2025-12-31", date(2025, 12, 31)),
        ("friday", date(2026, 11, 20)),
    ],
)
def test_a_date_is_taken_as_it_is_typed(
    form: PaymentForm, wanted: list[NewPayment], typed: str, meant: date
) -> None:
    form.received_on.setText(typed)
    form.record.click()
    assert [new.received_on for new in wanted] == [meant]


def test_money_before_the_invoice_is_told_and_can_be_recorded(
    form: PaymentForm, wanted: list[NewPayment]
) -> None:
    assert not form.advice.isVisibleTo(form)
    form.received_on.setText("1.11.2026")
    form.received_on.commit()
    assert form.advice.text() == "This is before the date of the invoice, 25 Nov 2026."
    form.record.click()
    assert len(wanted) == 1
    form.received_on.setText("25.11.2026")
    form.received_on.commit()
    assert not form.advice.isVisibleTo(form)


def test_the_pressed_button_keeps_the_focus_and_records_once(
    form: PaymentForm, wanted: list[NewPayment], qapp: QApplication
) -> None:
    form.half.click()
    form.record.setFocus()
    form.record.click()
    form.record.click()
    assert len(wanted) == 1
    assert qapp.focusWidget() is form.record
    form.recorded()
    form.record.click()
    assert len(wanted) == 2
