"""Doors of the layer: a misspelt word is refused with what is allowed, by every verb that takes it."""

from __future__ import annotations

import inspect
from typing import Any

import pytest
from tests.sensitivity.examples import assessed_quickly

import cybercoercion.sensitivity as verbs
from cybercoercion.sensitivity import credal, curve, input_named, thresholds, tornado

WORDS = {"view": "national", "decision": "answer", "output": "gaps"}
NEEDED: dict[str, tuple[Any, ...]] = {
    "curve": ("stakes.resilience",),
    "input_named": ("stakes.resilience",),
}
TAKEN = [
    (name, word)
    for name in verbs.__all__
    if inspect.isfunction(getattr(verbs, name))
    for word in WORDS
    if word in inspect.signature(getattr(verbs, name)).parameters
]


def test_every_verb_is_asked() -> None:
    """Twenty verbs and more take a view; the list is read from the door itself."""
    assert len([name for name, word in TAKEN if word == "view"]) >= 20
    assert ("voi", "decision") in TAKEN
    assert ("thresholds", "output") in TAKEN


@pytest.mark.parametrize(("name", "word"), TAKEN)
def test_a_misspelt_word_is_refused(name: str, word: str) -> None:
    """What is no view, decision or output is refused by name, with what is allowed."""
    sony = assessed_quickly("sony-2014")
    needed = list(NEEDED.get(name, ()))
    if name == "entry_curve":
        table, entry = next(iter(sony.knowledge.tables.items()))
        needed = [table, tuple(of[0] for of in entry.parents), entry.states[0], ()]
    with pytest.raises(ValueError, match=rf"{word}: got '?{WORDS[word]}'?; allowed: "):
        getattr(verbs, name)(sony, *needed, **{word: WORDS[word]})


def test_a_text_is_one_name() -> None:
    """A single name is that name, and not the letters it is written with."""
    sony = assessed_quickly("sony-2014")
    assert {row.name for row in thresholds(sony, names="cost.urgent").rows} == {"cost.urgent"}
    assert [bar.name for bar in tornado(sony, names="cost.urgent").bars] == ["cost.urgent"]
    assert credal(sony, inputs="cost.urgent").sets == credal(sony, inputs=["cost.urgent"]).sets


def test_an_unknown_input_names_the_nearest() -> None:
    """A misspelt input is answered with those that are near it, not with all of them."""
    sony = assessed_quickly("sony-2014")
    asked = (
        lambda: input_named(sony, "stakes.resiliance"),
        lambda: thresholds(sony, names=["stakes.resiliance"]),
        lambda: tornado(sony, names=["stakes.resiliance"]),
        lambda: curve(sony, "stakes.resiliance"),
        lambda: credal(sony, inputs=["stakes.resiliance"]),
    )
    for ask in asked:
        with pytest.raises((KeyError, ValueError), match=r"stakes\.resiliance.*stakes\.resilience") as refused:
            ask()
        assert str(refused.value).count("stakes.") <= 4
