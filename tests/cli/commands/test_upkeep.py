"""Tests of billops_desktop.cli.commands.upkeep: backup, restore, check and dump."""

from __future__ import annotations

import json

from sqlcipher3 import dbapi2

from billops_desktop.cli.commands.upkeep import BACKUP_KEYS
from billops_desktop.storage import number_log
from tests.cli.conftest import Billops, bad, refuse_all


def test_every_invariant_is_named_and_holds(billops: Billops) -> None:
    names = billops.json("check", "--names")["names"]
    content = billops.json("check")
    assert content["ok"] is True
    assert [one["name"] for one in content["checks"]] == names
    shown = billops.done("check", "totals", "numbers").split("\n")
    assert [line.split()[:2] for line in shown[1:3]] == [["totals", "holds"], ["numbers", "holds"]]


def test_a_broken_invariant_exits_4_and_says_where(billops: Billops) -> None:
    entry = billops.json("log", "x", "--project", "Website", "--duration", "1h")["entry"]
    # By another program, past the triggers: what a foreign hand or a bad disk would do.
    connection = dbapi2.connect(str(billops.profile / "billops.db"), isolation_level=None)
    connection.execute("UPDATE capture_context SET applying = 1")
    connection.execute("UPDATE time_entry SET local_on = '2026-01-01'")
    connection.execute("UPDATE capture_context SET applying = 0")
    connection.close()
    answer = billops("check", "--json")
    assert answer.code == 4
    assert answer.content["ok"] is False
    broken = [one for one in answer.content["checks"] if not one["ok"]]
    assert "durations" in {one["name"] for one in broken}
    shown = billops("check", "durations")
    assert shown.code == 4
    assert "BROKEN" in shown.out
    assert f"durations: {broken[0]['findings'][0]}"[:20] in shown.out or entry["id"] in shown.out


def test_the_dump_is_json_lines_in_order(billops: Billops) -> None:
    lines = billops.dump().splitlines()
    rows = [json.loads(line) for line in lines]
    assert {"client", "project", "company"} <= {row["table"] for row in rows}
    assert [row["table"] for row in rows] == sorted(row["table"] for row in rows)
    assert all("updated_at" not in row for row in rows)


def test_backup_restore_and_what_was_before(billops: Billops) -> None:
    before = billops.dump()
    made = billops.json("backup", "make")["backup"]
    assert tuple(made) == BACKUP_KEYS
    assert made["verified_at"] is not None
    listed = billops.json("backup", "list")["backups"]
    assert listed[0]["name"] == made["name"]
    assert made["name"] in billops.done("backup", "list")
    assert billops.done("backup", "verify") == f"The backup {made['name']} is intact.\n"
    billops.done("start", "Later")
    after = billops.dump()
    assert after != before
    refused = billops("restore", made["name"])
    assert (refused.code, refused.out) == (2, "")
    assert billops.dump() == after
    restored = billops.json("restore", made["name"], "--yes")
    assert restored["backup"]["name"] == made["name"]
    assert restored["kept"]
    assert billops.dump() == before


def test_after_a_restore_in_the_dark_the_last_number_is_confirmed(billops: Billops) -> None:
    billops.done("log", "Work", "--project", "Website", "--duration", "1h")
    draft = billops.json("invoice", "draft", "--client", "Acme")["invoice"]["id"]
    billops.done("backup", "make")
    assert billops.json("invoice", "issue", draft)["invoice"]["number"] == "2026-0001"
    (billops.profile / "billops.db").write_bytes(b"no records any more" * 5000)
    for side in ("-wal", "-shm"):
        (billops.profile / f"billops.db{side}").unlink(missing_ok=True)

    assert billops.json("restore", "--yes")["unsure_of_numbers"] is True
    refused = billops("invoice", "issue", draft)
    assert refused.code == 2
    assert "whether numbers were given after 2026-0001" in refused.err
    assert "billops config confirm-numbers" in refused.err
    assert billops("config", "confirm-numbers", "nonsense").code == 2
    asked = billops("config", "confirm-numbers", "2026-0999")
    assert asked.code == 2
    assert "998 numbers would be void for good" in asked.err
    assert "--yes" in asked.err
    assert billops.json("config", "confirm-numbers", "2026-0003")["last"] == ["2026-0003"]
    assert billops.json("invoice", "issue", draft)["invoice"]["number"] == "2026-0004"
    assert billops.json("check")["ok"] is True


def test_many_numbers_are_confirmed_when_that_is_said(billops: Billops) -> None:
    number_log.mark_unsure(billops.profile, "restored")
    confirmed = billops.json("config", "confirm-numbers", "2026-0150", "--yes")
    assert confirmed["last"] == ["2026-0150"]


def test_nothing_is_confirmed_where_no_restore_left_a_doubt(billops: Billops) -> None:
    refuse_all(
        billops, [bad("config confirm-numbers 2026-9999 --yes", "last", "2026-9999 was not")]
    )
    assert billops.done("config", "confirm-numbers").startswith("Nothing is to be confirmed")


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    cases = [
        bad("backup now", "command"),
        bad("backup verify nothing", "name", "There is no backup"),
        bad("restore --yes", "name", "There is no backup in this profile."),
        bad("restore nothing --yes", "name"),
        bad("check nothing", "names", "There is no check called nothing."),
        bad("dump", "logical", "Nothing was written"),
    ]
    refuse_all(billops, cases)
    assert billops.done("backup", "list") == "No backups yet. billops backup make makes one.\n"


def test_a_backup_is_restored_on_trial(billops: Billops) -> None:
    made = billops.json("backup", "make")["backup"]
    assert made["drilled_at"] is None
    tried = billops.json("backup", "drill")["backup"]
    assert tried["name"] == made["name"]
    assert tried["drilled_at"]
    assert billops.done("backup", "drill").endswith("was restored on trial: every check holds.\n")
