"""The answer in a breath and the answer in full are made by two rules; they say the same first choice and ties."""

from __future__ import annotations

import pytest

from cybercoercion.assessment import assess
from cybercoercion.case import load, shipped
from cybercoercion.knowledge import load_knowledge
from cybercoercion.report import verdict
from cybercoercion.report.sentence import NAMES
from cybercoercion.report.short_answer import short_answer

TABLES = load_knowledge(draws=200)
TIES = ("a tie", "cannot be told apart", "Choose between them")


@pytest.mark.parametrize("name", shipped())
def test_both_answers_agree_on_the_first_choice_and_on_ties(name: str) -> None:
    """Both print a tie or neither does; both begin with the same choice, nothing new included."""
    found = assess(load(name), TABLES)
    full, short = verdict(found).sentence, short_answer(found)
    assert any(word in full for word in TIES) == short.tied
    if not short.tied:
        nothing = "None of the four beats nothing new" in full
        assert nothing == (short.first == "nothing")
        assert nothing or full.startswith((NAMES[short.first], "None of the four beats"))
