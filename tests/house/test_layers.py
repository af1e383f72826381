"""Imports point one way: the case and what is believed beforehand below, the command line on top."""

from __future__ import annotations

from pathlib import Path

import pytest
from importlinter.cli import lint_imports


def test_imports_point_one_way(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Every import contract of pyproject.toml is kept."""
    broken = lint_imports(config_filename=str(root / "pyproject.toml"), no_logo=True, no_cache=True)
    assert broken == 0, capsys.readouterr().out
