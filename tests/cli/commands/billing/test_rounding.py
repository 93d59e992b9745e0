"""Tests of billops_desktop.cli.commands.billing.rounding: policies are added and chosen."""

from __future__ import annotations

from billops_desktop.cli.commands.billing import rounding
from billops_desktop.domain.rounding import APPLIES_TO, MODES
from tests.cli.conftest import Billops, bad, refuse_all

QUARTERS = ("rounding", "add", "Quarter hours", "--step", "15m")


def drafted(billops: Billops) -> str:
    content = billops.json("invoice", "draft", "--client", "Acme", "--by", "entry")
    return str(content["invoice"]["total"]["amount"])


def test_what_is_offered_is_what_the_domain_knows() -> None:
    assert (rounding.MODES, rounding.APPLIES_TO) == (MODES, APPLIES_TO)


def test_a_policy_is_added_chosen_and_taken_away(billops: Billops) -> None:
    assert "Time is billed as it was." in billops.done("rounding", "list")
    policy = billops.json(*QUARTERS)["policy"]
    assert (policy["mode"], policy["step_seconds"], policy["is_default"]) == ("up", 900, False)
    billops.done("log", "Call", "--project", "Website", "--duration", "5m")
    assert drafted(billops) == "9.42"
    used = billops.json("rounding", "use", "quarter hours")
    assert used["policy"]["is_default"]
    assert drafted(billops) == "28.26"
    shown = billops.done("rounding", "list")
    assert "Quarter hours" in shown
    assert "for all work" in shown
    assert billops.json("rounding", "use", "exact")["policy"] is None
    assert drafted(billops) == "9.42"


def test_a_client_and_a_project_have_their_own(billops: Billops) -> None:
    policy = billops.json(*QUARTERS)["policy"]
    billops.done("log", "Call", "--project", "Website", "--duration", "5m")
    told = billops.done("rounding", "use", policy["id"][-8:], "--client", "Acme")
    assert told == "Unbilled time of Acme is rounded by Quarter hours.\n"
    assert drafted(billops) == "28.26"
    billops.done("rounding", "add", "Six minutes", "--step", "6m", "--mode", "up")
    billops.done("rounding", "use", "Six minutes", "--project", "Acme/Website")
    assert drafted(billops) == "11.31"
    told = billops.done("rounding", "use", "exact", "--project", "Acme/Website")
    assert told.startswith("Acme/Website has no policy of its own now")
    assert drafted(billops) == "28.26"


def test_a_change_is_a_new_version(billops: Billops) -> None:
    billops.done(*QUARTERS)
    words = ("--name", "Half hours", "--step", "30m", "--per", "day_task", "--minimum", "0")
    policy = billops.json("rounding", "edit", "Quarter hours", *words)["policy"]
    assert (policy["name"], policy["version"], policy["mode"]) == ("Half hours", 2, "up")
    assert (policy["step_seconds"], policy["applies_to"]) == (1800, "day_task")
    [listed] = billops.json("rounding")["policies"]
    assert listed == policy


def test_bad_input_is_named_and_changes_nothing(billops: Billops) -> None:
    billops.done(*QUARTERS)
    billops.done(*QUARTERS)
    cases = [
        bad("rounding add", None),
        bad("rounding add ''", "name"),
        bad("rounding add x --step 0", "step"),
        bad("rounding add x --step soon", "step"),
        bad("rounding add x --mode sideways", "mode"),
        bad("rounding add x --minimum=-5m", "minimum"),
        bad("rounding edit 'Quarter hours'", None, "Nothing was changed"),
        bad("rounding use 'Quarter hours'", "policy", "Quarter hours may be several policies"),
        bad("rounding use Nothing", "policy", "There is no policy Nothing"),
        bad("rounding use exact --client Nobody", "client"),
        bad("rounding use exact --client Acme --project Website", None),
    ]
    refuse_all(billops, cases)
