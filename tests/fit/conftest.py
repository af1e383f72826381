"""What tests of the fit may ask for: the raw data, where somebody has them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def data_folder() -> Path:
    """Return the folder of the raw data, which no checkout holds; on a build server it must be there."""
    folder = os.environ.get("CYBERCOERCION_DATA")
    if folder is None:
        if os.environ.get("CI"):
            pytest.fail("CYBERCOERCION_DATA is not set, and raw data are never skipped in continuous integration")
        pytest.skip("CYBERCOERCION_DATA names no folder with the raw data")
    return Path(folder)
