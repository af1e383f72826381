"""The shared case, as text, as data and as value."""

from __future__ import annotations

import tomllib
from typing import Any

import pytest
from tests.case.example import TEXT

from cybercoercion.case import Case, parse_case


@pytest.fixture
def text() -> str:
    """Return the text of a case that uses every field."""
    return TEXT


@pytest.fixture
def data() -> dict[str, Any]:
    """Return its data, anew for every test."""
    return tomllib.loads(TEXT)


@pytest.fixture(scope="session")
def case() -> Case:
    """Return its value."""
    return parse_case(TEXT)
