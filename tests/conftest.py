"""What every test stands on: a state folder of its own, and hypothesis without a clock."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

settings.register_profile(
    "reissue", deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)
settings.load_profile("reissue")


LONG = "long: one more of a kind that `make test` runs once; `make verify-all` runs every one (pytest -m long)"


def pytest_configure(config: pytest.Config) -> None:
    """Leave the long matrices to `-m long`."""
    config.addinivalue_line("markers", LONG)
    if not config.option.markexpr:
        config.option.markexpr = "not long"


@pytest.fixture(autouse=True)
def _own_state(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """No test reads or writes the user's own record of written files."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path_factory.mktemp("state")))


@pytest.fixture
def seeds() -> Path:
    """The sample issues of the repository."""
    return Path(__file__).resolve().parents[1] / "seeds"
