"""Tests of billops_desktop.cli.commands.billing.invoices: list, issue, pdf and cancel."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

from pypdf import PdfReader

from billops_desktop.cli.commands.billing.invoices import KEYS, TABS
from billops_desktop.services.invoices import invoice_rows
from tests.cli.conftest import Billops, bad, refuse_all


def drafted(billops: Billops) -> str:
    """Return the id of a draft over two hours of work."""
    billops.done("log", "Workshop", "--project", "Website", "--duration", "2h")
    draft: str = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    return draft


def test_the_tabs_are_those_of_the_service() -> None:
    assert TABS == invoice_rows.TABS


def test_issue_gives_the_number_and_fixes_the_invoice(billops: Billops) -> None:
    draft = drafted(billops)
    invoice = billops.json("invoice", "issue", draft[-8:])["invoice"]
    assert tuple(invoice) == KEYS
    assert (invoice["number"], invoice["state"]) == ("2026-0001", "issued")
    assert invoice["total"] == {"amount": "226.10", "currency": "EUR", "minor": 22610}
    again = billops("invoice", "issue", "2026-0001")
    assert (again.code, again.out) == (2, "")


def test_what_is_missing_is_said_all_at_once(billops: Billops) -> None:
    draft = drafted(billops)
    billops.done("config", "set", "company.vat_id", "")
    billops.done("clients", "edit", "Acme", "--street", "", "--post-code", "", "--city", "")
    before = billops.dump()
    answer = billops("invoice", "issue", draft, "--json")
    assert answer.code == 2
    assert answer.error["title"] == "The invoice was not issued; it is still a draft."
    blocking = [one for one in answer.error["findings"] if one["severity"] == "block"]
    assert [one["field"] for one in blocking] == ["seller.tax_number"]
    assert len(answer.error["findings"]) >= 2
    assert set(blocking[0]) == {"rule", "severity", "message", "field"}
    shown = billops("invoice", "issue", draft).err
    assert all(f"- {one['message']}\n" in shown for one in blocking)
    assert billops.dump() == before


def test_the_list_by_tab(billops: Billops) -> None:
    assert "No invoices here." in billops.done("invoice", "list")
    draft = drafted(billops)
    assert draft[-8:] in billops.done("invoice", "list")
    billops.done("invoice", "issue", draft)
    page = billops.json("invoice", "list", "--tab", "open")
    assert [row["number"] for row in page["invoices"]] == ["2026-0001"]
    assert page["counts"] == {"all": 1, "drafts": 0, "open": 1, "overdue": 0, "paid": 0}
    billops.clock.move(days=20)
    assert "6 days late" in billops.done("invoice", "list", "--tab", "overdue")
    assert billops.json("invoice", "list", "--text", "nothing")["invoices"] == []


def test_the_pdf_reads_like_the_invoice(billops: Billops, tmp_path: Path) -> None:
    billops.done("invoice", "issue", drafted(billops))
    file = tmp_path / "one.pdf"
    assert billops.json("invoice", "pdf", "2026-0001", "--to", str(file))["files"] == [str(file)]
    text = "".join(page.extract_text() for page in PdfReader(file).pages)
    assert "2026-0001" in text
    assert "Acme GmbH" in text
    assert "226,10" in text  # in the client's language
    first = file.read_bytes()
    refused = billops("invoice", "pdf", "2026-0001", "--to", str(file))
    assert (refused.code, f"{file} is there already" in refused.err) == (2, True)
    billops.done("invoice", "pdf", "2026-0001", "--to", str(file), "--force")
    assert file.read_bytes() == first
    assert PdfReader(BytesIO(first)).pages


def test_several_pdfs_go_into_a_folder(billops: Billops, tmp_path: Path) -> None:
    billops.done("invoice", "issue", drafted(billops))
    draft = drafted(billops)
    folder = tmp_path / "out"
    files = billops.json("invoice", "pdf", "2026-0001", draft, "--to", str(folder))["files"]
    assert [Path(file).exists() for file in files] == [True, True]
    assert Path(files[0]).name == "2026-0001-Acme-GmbH.pdf"
    assert not list(folder.glob("*.part"))


def test_cancel_frees_the_time_or_keeps_it(billops: Billops) -> None:
    billops.done("invoice", "issue", drafted(billops))
    content = billops.json("invoice", "cancel", "2026-0001", "--reason", "Wrong period")
    assert content["credit_note"]["number"] == "CN-2026-0001"
    assert content["invoice"]["state"] == "cancelled"
    assert billops.json("report", "unbilled")["clients"][0]["seconds"] == 7200
    second = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("invoice", "issue", second)
    shown = billops.done(
        "invoice", "cancel", "2026-0002", "--reason", "No longer wanted", "--keep-entries"
    )
    assert shown.endswith("Its time stays with it; billops invoice release frees it.\n")
    assert billops.json("report", "unbilled")["clients"] == []


def test_kept_time_is_released_later(billops: Billops) -> None:
    billops.done("invoice", "issue", drafted(billops))
    assert billops("invoice", "release", "2026-0001").code == 2
    billops.done("invoice", "cancel", "2026-0001", "--reason", "Wrong", "--keep-entries")
    assert billops("invoice", "draft", "--client", "Acme").code == 2
    content = billops.json("invoice", "release", "2026-0001")
    assert (content["released"], content["invoice"]["number"]) == (1, "2026-0001")
    assert billops.done("invoice", "release", "2026-0001") == (
        "2026-0001 keeps no time; nothing was changed.\n"
    )
    assert billops("invoice", "draft", "--client", "Acme").code == 0


def test_bad_input_is_named_and_changes_nothing(billops: Billops, tmp_path: Path) -> None:
    billops.done("invoice", "issue", drafted(billops))
    draft = drafted(billops)
    cases = [
        bad("invoice list --tab late", "tab", "Nothing was done. late does not fit --tab."),
        bad("invoice list --limit 0", "limit"),
        bad("invoice list --limit " + "9" * 19, "limit"),
        bad("invoice list --limit 1_000", "limit"),
        bad("invoice list --limit many", "limit", "Nothing was done. many is not a whole number"),
        bad("invoice show 2026-0099", "invoice", "There is no invoice 2026-0099."),
        bad("invoice show ''", "invoice"),
        bad("invoice issue 2026-0001", None),
        bad("invoice issue", "invoice"),
        bad("invoice pdf 2026-0099", "invoice"),
        bad(f"invoice pdf 2026-0001 --to {tmp_path}/no/such/file.pdf", "to", "The PDF was not"),
        bad("invoice cancel 2026-0001", "reason", "Nothing was done. Still missing: --reason."),
        bad("invoice cancel 2026-0001 --reason ' '", None),
        bad(f"invoice cancel {draft} --reason x", None),
    ]
    refuse_all(billops, cases)


def test_the_id_of_a_draft_names_it_after_issue_too(billops: Billops) -> None:
    ending = drafted(billops)
    billops.done("invoice", "issue", ending)
    assert billops.json("invoice", "show", ending)["invoice"]["number"] == "2026-0001"
    again = billops("invoice", "issue", ending)
    assert again.err.startswith("Nothing was issued: it is issued as 2026-0001 already.")


def test_advice_is_told_beside_what_was_issued(billops: Billops) -> None:
    draft = drafted(billops)
    billops.done("log", "More", "--project", "Website", "--duration", "0:30")
    answer = billops("invoice", "issue", draft)
    assert answer.code == 0
    assert "of unbilled time is not on this invoice." in answer.err


def test_what_was_paid_on_a_cancelled_invoice_is_told_as_credit(billops: Billops) -> None:
    draft = drafted(billops)
    billops.done("invoice", "issue", draft)
    billops.done("pay", "2026-0001", "100")
    said = billops.done("invoice", "cancel", "2026-0001", "--reason", "Wrong period")
    assert "Acme GmbH has €100.00 of credit" in said
    shown = billops.done("clients", "show", "Acme")
    assert "Credit" in shown
    assert billops.json("clients", "show", "Acme")["client"]["credit"][0]["minor"] == 10_000
    [payment] = billops.json("payments")["payments"]
    assert payment["credit"]["minor"] == 10_000
    listed = billops.done("invoice", "list")
    assert "cancelled" in listed
    assert "by CN-2026-0001" in listed
    assert "credit note" in listed
    assert "corrects 2026-0001" in listed


def test_a_part_payment_is_told_once(billops: Billops) -> None:
    billops.done("invoice", "issue", drafted(billops))
    billops.done("pay", "2026-0001", "100")
    assert billops.done("invoice", "list").count("part paid") == 1
