"""A person who waits for an answer does not wait for libraries that the answer does not use."""

from __future__ import annotations

import subprocess
import sys

import pytest

HEAVY = ("altair", "arviz", "matplotlib", "pymc", "scipy.stats", "streamlit")


@pytest.fixture(scope="session")
def imported() -> set[str]:
    """Return the names of all modules that the command `assess` imports."""
    command = [sys.executable, "-X", "importtime", "-m", "cybercoercion", "assess", "sony-2014"]
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    lines = (line for line in done.stderr.splitlines() if line.startswith("import time:"))
    return {line.rpartition("|")[2].strip() for line in lines}


@pytest.mark.parametrize("name", HEAVY)
def test_assess_leaves_heavy_libraries_alone(imported: set[str], name: str) -> None:
    """The command `assess` imports no sampler, no plot library, no app and not scipy.stats."""
    assert name not in imported


def test_imports_are_seen(imported: set[str]) -> None:
    """The list of imports holds what `assess` certainly needs."""
    assert {"numpy", "cybercoercion.vocabulary"} <= imported
