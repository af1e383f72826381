"""No response wins everywhere, and none nowhere."""

from __future__ import annotations

import pytest

from cybercoercion.knowledge import load_knowledge
from cybercoercion.response.dominance import PUBLISHED, Dominance, dominance, table
from cybercoercion.vocabulary import RESPONSES


@pytest.fixture(scope="module")
def result() -> Dominance:
    """Return the shares of the 400 cases; expected costs need few draws."""
    return dominance(load_knowledge(draws=200))


def test_each_response_is_first_somewhere(result: Dominance) -> None:
    """In the long view, with nothing new not competing, each of the four is first in at least 2 % of the cases."""
    assert all(share >= 0.02 for share in result.first_of_four["long"].values())


@pytest.mark.parametrize("view", PUBLISHED)
def test_shares_are_near_those_of_the_prototype(result: Dominance, view: str) -> None:
    """Denial is first most often, nothing new next, and each share is within ten points of the prototype's."""
    shares = result.first[view]
    ordered = sorted(shares, key=lambda name: -shares[name])
    assert ordered[:2] == ["denial", "nothing"]
    for name, share in PUBLISHED[view].items():
        assert share == pytest.approx(shares[name], abs=0.1)


def test_the_zero_line_takes_from_entanglement(result: Dominance) -> None:
    """Without nothing new in the table, entanglement would be first far more often in the default view."""
    assert result.first_of_four["nation"]["entanglement"] > 2 * result.first["nation"]["entanglement"]


def test_table_names_every_view_and_response(result: Dominance) -> None:
    """The printed table holds a line per view and a column per response."""
    text = table(result)
    assert all(response in text for response in RESPONSES)
    assert text.count("(prototype)") == len(PUBLISHED)
