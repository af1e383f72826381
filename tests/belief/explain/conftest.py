"""What the tests of explanations share."""

from __future__ import annotations

import pytest

from cybercoercion.case import Case, parse_case, read_shipped
from cybercoercion.knowledge import Knowledge, load_knowledge


@pytest.fixture(scope="session")
def knowledge() -> Knowledge:
    """Return few draws: explanations are exact in whatever draws there are."""
    return load_knowledge(draws=40)


@pytest.fixture(scope="session")
def sony() -> Case:
    """Return the shipped Sony case."""
    return parse_case(read_shipped("sony-2014"))
