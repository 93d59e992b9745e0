"""Tests of billops_desktop.cli.commands.doctor: what it looks at, and that it changes nothing."""

from __future__ import annotations

from typing import Any

from tests.cli.conftest import Billops


def found(content: Any) -> dict[str, Any]:
    return {finding["name"]: finding for finding in content["findings"]}


def test_versions_paths_and_profile(billops: Billops) -> None:
    before = billops.dump()
    findings = found(billops.json("doctor"))
    assert {"BillOps", "Python", "SQLite", "PySide6", "Profile", "Fonts", "Zone"} <= set(findings)
    assert findings["Profile"]["value"] == str(billops.profile)
    assert findings["Permissions"]["ok"]
    assert findings["Records"]["value"].endswith("(current)")
    assert billops.dump() == before


def test_a_profile_that_others_can_read_is_marked(billops: Billops) -> None:
    billops.profile.chmod(0o755)
    content = billops.json("doctor")
    assert content["ok"] is False
    assert not found(content)["Permissions"]["ok"]
    assert "Lines with ! may need a hand." in billops.done("doctor")


def test_a_fresh_profile_is_not_made_by_looking(fresh: Billops) -> None:
    assert "none yet" in found(fresh.json("doctor"))["Records"]["value"]
    assert not fresh.profile.exists()


def test_a_damaged_profile_is_described(billops: Billops) -> None:
    (billops.profile / "billops.db").write_bytes(b"no database" * 1000)
    records = found(billops.json("doctor"))["Records"]
    assert not records["ok"]
