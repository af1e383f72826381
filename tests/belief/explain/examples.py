"""Small cases for the tests of explanations."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st
from tests.belief.random_cases import random_case

from cybercoercion.case import Case
from cybercoercion.vocabulary import INTENTS


def case_of(*reports: dict[str, Any], **fields: Any) -> Case:
    """Return a case with these reports, two candidate states and two demands; reports get ids by place."""
    return Case.model_validate(
        {
            "schema": 1,
            "id": "example",
            "title": "An example",
            "as_of": date(2020, 6, 30),
            "target": {"name": "Somebody", "kind": "firm", "country": "US"},
            "frame": "politically-relevant",
            "actors": [{"id": "amber", "kind": "state"}, {"id": "birch", "kind": "state"}],
            "demands": [{"id": "withdraw", "text": "Withdraw"}, {"id": "pay", "text": "Pay"}],
            "reports": [{"id": f"r{i}", "grade": "B2"} | report for i, report in enumerate(reports)],
            **fields,
        }
    )


def believing(fact: str, kind: str, **findings: float) -> dict[str, Any]:
    """Return a report that holds a belief."""
    return {"fact": fact, "kind": kind, "findings": findings}


EVEN = dict.fromkeys(INTENTS, 1 / len(INTENTS))
SEEDS = st.integers(0, 10_000)


def smaller(seed: int, most: int = 7) -> Case:
    """Return a random case with at most this many reports."""
    return random_case(seed, reports=seed % (most + 1))
