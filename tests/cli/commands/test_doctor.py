"""Tests of billops_desktop.cli.commands.doctor: what it looks at, and that it changes nothing."""

from __future__ import annotations

from typing import Any

import pytest

from billops_desktop.cli.tray_host import TrayHost
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


@pytest.mark.parametrize(
    ("host", "ok"),
    [
        (TrayHost(True, "there (XEmbed)"), True),
        (TrayHost(None, "unknown: the session bus gives no answer"), True),
        (TrayHost(False, "none; the window and the command line do all"), False),
    ],
)
def test_the_tray_host_is_told_and_marked_where_there_is_none(
    billops: Billops, monkeypatch: pytest.MonkeyPatch, host: TrayHost, ok: bool
) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setattr("billops_desktop.cli.tray_host.tray_host", lambda: host)
    told = found(billops.json("doctor"))["Tray host"]
    assert (told["value"], told["ok"]) == (host.words, ok)
