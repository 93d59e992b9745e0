"""Tests of billops_desktop.cli.commands.billing.drafts: from time, from a file, edited, deleted."""

from __future__ import annotations

import json
from io import BytesIO, TextIOWrapper
from pathlib import Path

import pytest

from billops_desktop.cli.commands.billing.drafts import DATES, GROUPINGS, PROSE, TEXTS
from billops_desktop.domain.billing.grouping import Grouping
from billops_desktop.services.drafts.drafting import DraftEdit
from tests.cli.conftest import Billops, bad, refuse_all

DOCUMENT = {
    "client": "Acme GmbH",
    "issue_on": "2026-11-30",
    "lines": [
        {"description": "Design", "hours": "12:30", "price": "95.00"},
        {"description": "Licence", "quantity": "2", "price": "40.00", "discount_percent": "10"},
    ],
    "charges": [{"kind": "discount", "reason": "Loyalty", "percent": "2"}],
}


def test_what_is_offered_is_what_the_service_takes() -> None:
    assert set(GROUPINGS) == set(Grouping)
    assert {*DATES, *TEXTS, *PROSE} <= set(DraftEdit.__dataclass_fields__)


def test_unbilled_time_of_a_month_by_project(billops: Billops) -> None:
    billops.done("log", "New", "--project", "Website", "--duration", "1h")
    billops.done(
        "log", "Old", "--project", "Website", "--on", "9.10.2026", "--from", "9", "--to", "11"
    )
    words = ("invoice", "draft", "--client", "Acme", "--month", "2026-10", "--by", "project")
    content = billops.json(*words)
    assert content["invoice"]["total"]["amount"] == "226.10"
    assert content["findings"] == [] or content["findings"][0]["severity"] == "advice"
    shown = billops.done("invoice", "draft", "--client", "Acme", "--since", "20.11.2026")
    assert shown.startswith("Drafted ")
    assert "for Acme GmbH: €113.05.\n" in shown
    assert "gives it its number.\n" in shown


def test_a_blank_draft(billops: Billops) -> None:
    invoice = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]
    assert invoice["total"]["minor"] == 0
    words = ("invoice", "draft", "--client", "Acme", "--blank", "--issue-on", "1.12.2026")
    assert billops.json(*words)["invoice"]["issue_on"] == "2026-12-01"


def test_a_document_becomes_a_draft(billops: Billops, tmp_path: Path) -> None:
    file = tmp_path / "invoice.json"
    file.write_text(json.dumps(DOCUMENT), encoding="utf-8")
    content = billops.json("invoice", "draft", "--from", str(file))
    # 12.5 x 95 + 2 x 40 less 10 % = 1,259.50, less 2 % = 1,234.31, and 19 % tax of 234.52.
    assert content["invoice"]["total"]["amount"] == "1468.83"
    assert content["invoice"]["issue_on"] == "2026-11-30"


def test_a_document_comes_from_stdin(billops: Billops, monkeypatch: pytest.MonkeyPatch) -> None:
    raw = BytesIO(b"\xef\xbb\xbf" + json.dumps(DOCUMENT).encode())
    monkeypatch.setattr("sys.stdin", TextIOWrapper(raw))
    assert billops.json("invoice", "draft", "--from", "-")["invoice"]["client_name"] == "Acme GmbH"


def test_the_help_shows_the_form(capsys: pytest.CaptureFixture[str], billops: Billops) -> None:
    text = billops.done("invoice", "draft", "--help")
    form = text[text.index("FILE.json:\n") + 11 :]
    shown = json.loads(form[: form.rindex("}]}") + 3])
    assert {"client", "lines", "charges", "issue_on"} <= set(shown)


def test_the_form_in_the_help_can_be_drafted(billops: Billops, tmp_path: Path) -> None:
    text = billops.done("invoice", "draft", "--help")
    form = text[text.index("FILE.json:\n") + 11 :]
    shown = json.loads(form[: form.rindex("}]}") + 3])
    shown["lines"][1].pop("tax")
    file = tmp_path / "form.json"
    file.write_text(json.dumps(shown), encoding="utf-8")
    assert billops.json("invoice", "draft", "--from", str(file))["invoice"]["state"] == "draft"


def test_edit_changes_the_header(billops: Billops) -> None:
    draft = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]["id"]
    words = ("--due-on", "31.12.2026", "--note", "Thanks", "--title", "November")
    invoice = billops.json("invoice", "edit", draft[-8:], *words)["invoice"]
    assert (invoice["due_on"], invoice["title"]) == ("2026-12-31", "November")
    assert billops.json("invoice", "show", draft)["invoice"]["note"] == "Thanks"


def test_a_deleted_draft_comes_back_by_undo(billops: Billops) -> None:
    draft = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]["id"]
    before = billops.dump()
    assert billops.json("invoice", "delete-draft", draft)["deleted"] == draft
    assert billops.json("invoice", "list")["invoices"] == []
    billops.done("entries", "undo")
    assert billops.dump() == before


def test_bad_input_is_named_and_changes_nothing(billops: Billops, tmp_path: Path) -> None:
    billops.done("log", "New", "--project", "Website", "--duration", "1h")
    draft = billops.json("invoice", "draft", "--client", "Acme", "--blank")["invoice"]["id"]
    cases = [
        bad("invoice draft", None, "Nothing was done. One of these is needed: --client --from."),
        bad("invoice draft --client Nobody", "client", "There is no client Nobody."),
        bad("invoice draft --client Globex", None),
        bad("invoice draft --client Acme --from x.json", "from", "Nothing was done."),
        bad("invoice draft --client Acme --by colour", "by", "Nothing was done. colour"),
        bad("invoice draft --client Acme --month 2026-11 --since today", "month"),
        bad("invoice draft --client Acme --since today --until yesterday", None),
        bad("invoice draft --client Acme --project Nowhere", "project"),
        bad("invoice draft --client Acme --issue-on never", "issue_on"),
        bad("invoice draft --from x.json --since today", "since", "Nothing was drafted."),
        bad(f"invoice draft --from {tmp_path}/none.json", "file"),
        bad(f"invoice draft --from {tmp_path}", "file"),
        bad(f"invoice edit {draft}", None, "Nothing was changed: no field was named."),
        bad(f"invoice edit {draft} --due-on soon", "due_on"),
        bad(f"invoice edit {draft} --paper A3", "paper"),
        bad("invoice edit 2026-0001 --note x", "invoice", "There is no invoice 2026-0001."),
        bad("invoice delete-draft none", "invoice"),
    ]
    contents = (
        b"",
        b"\xff\xfe{",
        b"not json",
        b"[1]",
        b"[" * 100_000,
        b'{"client": "Acme GmbH"}',
        b'{"client": "Acme GmbH", "lines": []}',
        b'{"client": "Acme GmbH", "lines": [{"description": "x"}]}',
        b'{"client": "Acme GmbH", "lines": [{"description": "x", "price": NaN}]}',
        b'{"client": "Acme GmbH", "lines": [{"description": "x", "price": "1e9"}]}',
        b'{"client": "Acme GmbH", "lines": [{"description": "x\\u0000", "price": "1"}]}',
        b'{"client": "Nobody", "lines": [{"description": "x", "price": "1"}]}',
        b'{"client": "Acme GmbH", "lines": [{"description": "x", "price": "1"}], "total": 5}',
        b'{"client": "K-1", "currency": "USD", "lines": [{"description": "x", "price": "1"}]}',
    )
    for place, content in enumerate(contents):
        file = tmp_path / f"{place}.json"
        file.write_bytes(content)
        cases.append(bad(f"invoice draft --from {file}", None))
    refuse_all(billops, cases)


def test_the_tax_of_all_lines_is_named(billops: Billops) -> None:
    billops.done("log", "Work", "--project", "Website", "--duration", "1:00")
    drafted = billops.json("invoice", "draft", "--client", "Acme", "--tax", "USt 7 %")["invoice"]
    assert drafted["total"]["amount"] == "101.65"
    changed = billops.json("invoice", "edit", drafted["id"], "--tax", "S19")["invoice"]
    assert changed["total"]["amount"] == "113.05"
    cases = [
        bad(f"invoice edit {drafted['id']} --tax S99", "tax", "There is no tax “S99”"),
        bad("invoice draft --client Acme --tax S99", "tax"),
        bad("invoice draft --client Acme --blank --tax S19", "tax"),
        bad("invoice draft --from x.json --tax S19", "tax"),
    ]
    refuse_all(billops, cases)


def test_changed_time_is_taken_again(billops: Billops) -> None:
    entry = billops.json("log", "Work", "--project", "Website", "--duration", "1:00")["entry"]
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("entries", "edit", entry["id"], "--break", "30m")
    refused = billops("invoice", "issue", draft)
    assert refused.code == 2
    assert "Time on line 1 was changed after it was drafted" in refused.err
    changed = billops.json("invoice", "edit", draft, "--refresh-time")["invoice"]
    assert changed["total"]["amount"] == "56.53"
    assert billops("invoice", "edit", draft, "--refresh-time").code == 2
    assert billops.json("invoice", "issue", draft)["invoice"]["number"] == "2026-0001"


def test_time_of_another_client_blocks_and_is_taken_off(billops: Billops) -> None:
    gone = billops.json("log", "Theirs", "--project", "Website", "--duration", "1:00")["entry"]
    billops.done("log", "Ours", "--project", "Website", "--duration", "2:00")
    draft = billops.json("invoice", "draft", "--client", "Acme", "--by", "entry")["invoice"]["id"]
    billops.done("entries", "edit", gone["id"], "--no-billable")
    refused = billops("invoice", "issue", draft)
    assert refused.code == 2
    assert "- Line 2 bills time that is marked as not billable.\n" in refused.err
    assert "billops invoice edit ID --refresh-time" in refused.err
    content = billops.json("invoice", "edit", draft, "--refresh-time")
    assert (content["invoice"]["total"]["amount"], content["findings"]) == ("226.10", [])
    assert billops.json("invoice", "issue", draft)["invoice"]["number"] == "2026-0001"


def test_a_changed_rate_is_told_and_taken(billops: Billops) -> None:
    billops.done("log", "Work", "--project", "Website", "--duration", "1:00")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("rates", "set", "120", "--project", "Acme/Website")
    [finding] = billops.json("invoice", "show", draft)["findings"]
    assert (finding["rule"], finding["severity"]) == ("rate changed", "advice")
    assert finding["message"].startswith("1 line was priced at €95.00/h; the rate book now says")
    assert "the rate book now says" in billops.done("invoice", "edit", draft, "--note", "Thanks")
    content = billops.json("invoice", "edit", draft, "--take-rates")
    assert (content["invoice"]["total"]["amount"], content["findings"]) == ("142.80", [])
    assert billops("invoice", "edit", draft, "--take-rates").code == 2
