"""The layer compiled once for all tests that draw from it."""

from __future__ import annotations

import pytest
from tests.fit.episode.episode_world import knowledge, shipped_design

from cybercoercion.fit.episode.model import build
from cybercoercion.fit.sampling import Compiled, compile_model


@pytest.fixture(scope="session")
def compiled_layer() -> Compiled:
    """Return the model of the shipped episodes, compiled."""
    return compile_model(build(shipped_design(), knowledge()))
