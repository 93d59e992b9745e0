"""Tests of billops_desktop.cli.commands.exchange: CSV in and out."""

from __future__ import annotations

from pathlib import Path

from billops_desktop.cli.commands.exchange import IMPORT_KEYS, PREVIEW_KEYS, PROBLEM_KEYS
from tests.cli.conftest import Billops, bad, refuse_all

GOOD = "Date,Start,End,Client,Project,Description\n2026-11-20,09:00,10:00,Acme GmbH,Website,One\n"
BAD = "2026-11-21,late,10:00,Acme GmbH,Website,Two\n"


def test_in_twice_is_in_once(billops: Billops, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text(GOOD, encoding="utf-8")
    before = billops.dump()
    seen = billops.json("import", "csv", str(file), "--preview")
    assert tuple(seen) == (*PREVIEW_KEYS, "problems")
    assert (seen["new"], billops.dump()) == (1, before)
    done = billops.json("import", "csv", str(file))
    assert tuple(done) == (*IMPORT_KEYS, "problems")
    assert (done["added"], done["already_there"]) == (1, 0)
    assert billops.done("import", "csv", str(file)) == "Added 0 entries; 1 were there already.\n"


def test_a_bad_row_keeps_all_out_unless_the_good_are_kept(billops: Billops, tmp_path: Path) -> None:
    file = tmp_path / "hours.csv"
    file.write_text(GOOD + BAD, encoding="utf-8")
    before = billops.dump()
    refused = billops("import", "csv", str(file), "--json")
    assert refused.code == 2
    assert tuple(refused.error["problems"][0]) == PROBLEM_KEYS
    assert (refused.error["problems"][0]["line"], refused.error["field"]) == (3, "file")
    assert billops.dump() == before
    shown = billops.done("import", "csv", str(file), "--keep-good")
    assert "1 row does not fit and is in" in shown
    assert "line 3, " in shown
    assert (tmp_path / "hours.rejects.csv").read_text(encoding="utf-8").endswith(BAD)


def test_out_and_in_again_is_the_same(billops: Billops, tmp_path: Path) -> None:
    billops.done("log", "=1+1", "--project", "Website", "--duration", "1h")
    file = tmp_path / "out.csv"
    content = billops.json("export", "csv", str(file))
    assert content == {"entries": 1, "file": str(file)}
    text = billops.done("export", "csv", "--client", "Acme")
    assert text.splitlines() == file.read_text(encoding="utf-8-sig").splitlines()
    assert billops.json("export", "csv")["csv"].splitlines() == text.splitlines()
    assert billops.json("export", "csv", "--on", "yesterday")["entries"] == 0
    before = billops.dump()
    assert billops.json("import", "csv", str(file))["added"] == 0
    assert billops.dump() == before


def test_bad_input_is_named_and_changes_nothing(billops: Billops, tmp_path: Path) -> None:
    cases = [
        bad("import", None, "Nothing was done. Still missing: COMMAND."),
        bad("import xlsx x", "command"),
        bad("import csv", "file"),
        bad("import csv none.csv", "file", "none.csv was not imported: it does not exist."),
        bad(f"import csv {tmp_path}", "file"),
        bad("import csv /dev/zero", "file"),
        bad("import csv x --day-first --month-first", "month_first"),
        bad("export csv --from today --to yesterday", "to"),
        bad("export csv --client Nobody", "client"),
    ]
    for place, content in enumerate((b"", b"\xef\xbb\xbf", b"a,b\n1,2\n", b"%PDF-1.7", b'Date,"x')):
        file = tmp_path / f"{place}.csv"
        file.write_bytes(content)
        cases.append(bad(f"import csv {file}", "file"))
    refuse_all(billops, cases)


def test_an_export_replaces_no_file_unasked(billops: Billops, tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text("mine")
    refused = billops("export", "csv", str(file))
    assert (refused.code, file.read_text()) == (2, "mine")
    assert refused.err.startswith(f"Nothing was written: {file} is there already.")
    billops.done("export", "csv", str(file), "--force")
    assert file.read_text() != "mine"
