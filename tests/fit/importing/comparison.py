"""The script of simple classifiers that lies beside the data, as a module."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType


def comparison(folder: Path) -> ModuleType:
    """Load the script of the comparison from beside the data."""
    spec = importlib.util.spec_from_file_location("baselines_beside_the_data", folder / "baselines.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
