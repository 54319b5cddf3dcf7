"""Outside tools for tests: skipped with a reason where missing, a failure with `REISSUE_REQUIRE_TOOLS=1`."""

from __future__ import annotations

import os
import shutil
from typing import NoReturn

import pytest


def absent(message: str) -> NoReturn:
    """Something outside is missing: skips the test, or fails it with `REISSUE_REQUIRE_TOOLS=1`."""
    if os.environ.get("REISSUE_REQUIRE_TOOLS") == "1":
        pytest.fail(message)
    pytest.skip(message)


def require(*names: str, why: str = "") -> str:
    """Path of the first tool found among `names` (alternatives).  Skips the test where there is none."""
    for name in names:
        found = shutil.which(name)
        if found:
            return found
    absent(f"needs {' or '.join(names)}{': ' + why if why else ''} (installed by .ci/run)")


def require_module(name: str) -> None:
    """Like `require`, for a Python module only tests use."""
    import importlib.util

    if importlib.util.find_spec(name) is None:
        absent(f"needs the Python module {name}")
