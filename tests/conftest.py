"""What every test may use: the data beside the checkout where there is some, and knowledge loaded once."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

SHARED = Path(os.environ.get("COMMUNIQUE_SHARED", Path(__file__).resolve().parents[2] / "shared"))


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of development data; tests that need it skip where there is none."""
    if not SHARED.is_dir():
        pytest.skip("no development data beside the checkout")
    return SHARED


@pytest.fixture(autouse=True)
def _no_user_settings(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No test reads or writes the user's own record."""
    for name in [name for name in os.environ if name.startswith("COMMUNIQUE_") and name != "COMMUNIQUE_SHARED"]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "data"))
