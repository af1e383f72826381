"""What inputs are called on the pages: every name that has words of its own is an input, and every input has words."""

from __future__ import annotations

from cybercoercion.assessment import assess
from cybercoercion.case import load_case
from cybercoercion.knowledge import load_knowledge
from cybercoercion.screen.input_words import WORDS, named
from cybercoercion.screen.sources import sources_of
from cybercoercion.sensitivity.input.inputs import inputs


def test_words_are_given_to_names_that_there_are() -> None:
    """Every name that has words of its own is an input of a case or an entry of the tables."""
    knowledge = load_knowledge(draws=2)
    known = {one.name for one in inputs(assess(load_case("sony-2014"), load_knowledge(draws=50)))}
    assert {name for name in WORDS if name not in known and name not in knowledge.quantities} == set()


def test_every_input_has_a_name_without_the_signs_of_the_tables() -> None:
    """No input is called by a name with underscores, and no two of a case are called the same."""
    sony = load_case("sony-2014")
    said = [named(sony, one.name, one.label) for one in inputs(assess(sony, load_knowledge(draws=50)))]
    assert not [name for name in said if "_" in name]
    assert len(set(said)) == len(said)


def test_a_stake_that_is_left_out_has_the_source_of_its_default() -> None:
    """Behind a field that the case leaves out stands the entry that stands in for it; its own name behind the rest."""
    sony = load_case("sony-2014")
    assert sources_of(sony, ["stakes.resilience"]) == ("resilience.firm",)
    assert sources_of(sony, ["demands.x.cost_of_conceding", "urgent_gap"]) == ("concession.loss", "urgent_gap")
    assert "kind" in sources_of(sony, ["p.actor.anybody"])
