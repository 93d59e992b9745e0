"""The story of the sample company holds together."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from billops_desktop.services.fields import COLOURS
from billops_desktop.services.samples import sample_story as story


def test_each_part_names_what_is_there() -> None:
    tasks = {customer.name: len(customer.tasks) for customer in story.CUSTOMERS}
    slots = [slot for day in story.WEEK for slot in day]
    for slot in (*slots, story.RUNNING):
        assert slot.customer == story.INTERNAL or slot.customer in tasks
        assert slot.task is None or slot.task < tasks[slot.customer]
    assert {billing.customer for billing in story.BILLINGS} <= tasks.keys()
    assert {slot.customer for slot in slots} == {*tasks, story.INTERNAL}
    assert {customer.colour for customer in story.CUSTOMERS} <= set(COLOURS)


def test_no_day_overlaps_itself() -> None:
    for day in story.WEEK:
        for first, second in pairwise(day):
            start = datetime(2026, 1, 5, first.start.hour, first.start.minute)  # noqa: DTZ001 - a wall clock
            end = start + timedelta(minutes=first.minutes)
            assert end.time() <= second.start


def test_money_comes_after_its_invoice_and_invoices_in_their_order() -> None:
    days = [billing.issued for billing in story.BILLINGS]
    assert days == sorted(days, reverse=True)
    assert max(days) < story.WEEKS * 7
    for billing in story.BILLINGS:
        later = [days_ago for days_ago, _share, _method in billing.paid]
        later += [] if billing.cancelled is None else [billing.cancelled]
        assert all(0 <= days_ago <= billing.issued for days_ago in later)
