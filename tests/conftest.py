"""What every test may ask for: reproducible examples, and the program as a person runs it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Protocol

import pytest
from hypothesis import settings

settings.register_profile("here", deadline=None)
settings.register_profile("ci", deadline=None, derandomize=True)  # a red build can be repeated at a desk
settings.load_profile("ci" if os.environ.get("CI") else "here")


class RunCli(Protocol):
    """Runs the command line with these arguments."""

    def __call__(self, *args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Return what the finished process said and its exit code."""


@pytest.fixture(scope="session")
def run_cli() -> RunCli:
    """Return a function that runs the command line as a process of its own, where a warning is an error."""

    def run(*args: str | Path, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        return subprocess.run(  # noqa: PLW1510  # the exit code is for the test to judge
            [sys.executable, "-W", "error", "-m", "cybercoercion", *map(str, args)],
            cwd=cwd,
            env=os.environ | {"COLUMNS": "110", "NO_COLOR": "1"},
            capture_output=True,
            encoding="utf-8",
            timeout=120,
        )

    return run
