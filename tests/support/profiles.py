"""Profiles for tests: migrated once per session, copied as one closed file for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from billops_desktop.bootstrap import open_workspace
from billops_desktop.services.profile import onboarding
from billops_desktop.services.workspace import Workspace
from tests.support.clock import AFTERNOON, MovableClock

HALDANE = onboarding.NewWorkspace(
    name="Mara Haldane",
    company="Haldane Consulting",
    country="DE",
    currency="EUR",
    language="en",
    zone="Europe/Berlin",
    email="mara@haldane.example",
    street="Lindenweg 4",
    post_code="10115",
    city="Berlin",
    vat_id="DE136695976",
    tax_number="12/345/67890",
    iban="DE89370400440532013000",
)


@pytest.fixture(scope="session")
def blank_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a profile straight from the migrations, closed."""
    profile = tmp_path_factory.mktemp("blank") / "profile"
    open_workspace(profile, clock=MovableClock()).close()
    return profile


@pytest.fixture(scope="session")
def haldane_template(blank_template: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a profile set up for a German consultant, closed, without clients or time."""
    profile = tmp_path_factory.mktemp("haldane") / "profile"
    copy_profile(blank_template, profile)
    opened = open_workspace(profile, clock=MovableClock())
    opened.execute(onboarding.set_up, HALDANE)
    opened.close()
    return profile


def copy_profile(template: Path, profile: Path) -> Path:
    """Copy a closed profile: its database is one file then."""
    assert not list(template.glob("billops.db-*")), "the template must be closed"
    shutil.copytree(template, profile)
    profile.chmod(0o700)
    return profile


@pytest.fixture
def clock() -> MovableClock:
    """Return a clock that stands at a Wednesday afternoon in Berlin."""
    return MovableClock(AFTERNOON)


@pytest.fixture
def profile(haldane_template: Path, tmp_path: Path) -> Path:
    """Return the folder of a profile that is set up and closed."""
    return copy_profile(haldane_template, tmp_path / "profile")


@pytest.fixture
def workspace(profile: Path, clock: MovableClock) -> Iterator[Workspace]:
    """Open a profile that is set up: a German company in EUR, no clients, no time."""
    opened = open_workspace(profile, clock=clock)
    yield opened
    opened.close()


@pytest.fixture
def blank_workspace(
    blank_template: Path, tmp_path: Path, clock: MovableClock
) -> Iterator[Workspace]:
    """Open a profile as the migrations leave it: an owner and nothing else."""
    opened = open_workspace(copy_profile(blank_template, tmp_path / "blank"), clock=clock)
    yield opened
    opened.close()
