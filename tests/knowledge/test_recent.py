"""What is derived from cases is kept for a few of them only."""

from __future__ import annotations

from cybercoercion.belief.belief import network_of
from cybercoercion.case import load_case, with_settings
from cybercoercion.knowledge import load_knowledge
from cybercoercion.knowledge.knowledge import RECENT
from cybercoercion.response import costs


def test_only_the_latest_cases_are_kept() -> None:
    """However many cases pass, the arrays of the last few are remembered, the one asked for last among them."""
    knowledge, sony = load_knowledge(draws=10), load_case("sony-2014")
    first = network_of(sony, knowledge)
    for share in range(1, 3 * RECENT):
        network_of(with_settings(sony, [f"actors.north-korea.interdependence={share / 100}"]), knowledge)
        assert network_of(sony, knowledge) is first
    kept = knowledge.remember_recent("network", "none", object)
    assert kept is knowledge.remember_recent("network", "none", list)
    assert len(knowledge.remember(("recent", "network"), dict)) == RECENT


def test_costs_are_kept_while_only_reports_change() -> None:
    """A regraded report leaves the costs as they are; a changed stake does not."""
    knowledge, sony = load_knowledge(draws=10), load_case("sony-2014")
    first = costs(sony, knowledge)
    assert costs(with_settings(sony, ["reports.wiper.grade=C3"]), knowledge) is first
    assert costs(with_settings(sony, ["stakes.resilience=0.7"]), knowledge) is not first
