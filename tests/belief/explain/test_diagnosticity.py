"""Diagnosticity tells which hypotheses a report separates, each report alone."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.belief.explain.examples import SEEDS, case_of, smaller

from cybercoercion.belief import believe
from cybercoercion.belief.coalition import coalitions_of
from cybercoercion.belief.diagnosticity import diagnose
from cybercoercion.knowledge import Knowledge, load_knowledge

KNOWLEDGE = load_knowledge(draws=7)


def test_a_ratio_is_the_change_of_odds_by_the_report_alone(knowledge: Knowledge) -> None:
    """The log-likelihood ratio of a report is the change in odds of two states when it is the only report."""
    report = {"fact": "media_attribution", "finding": "amber"}
    d = diagnose(coalitions_of(case_of(report, {"fact": "threat", "finding": "clear"}), knowledge))
    before = believe(case_of(), knowledge).estimates("actor")
    after = believe(case_of(report), knowledge).estimates("actor")
    odds = [each["amber"].p / each["birch"].p for each in (after, before)]
    found = d.labelled("actor").sel({"report": "r0", "for": "amber", "against": "birch"})
    assert float(found) == pytest.approx(10 * np.log10(odds[0] / odds[1]), abs=1e-9)


@given(SEEDS)
@settings(max_examples=25)
def test_ratios_are_antisymmetric_and_add_up(seed: int) -> None:
    """The ratio of a to c is that of a to b and b to c; that of a to a is nothing."""
    d = diagnose(coalitions_of(smaller(seed), KNOWLEDGE))
    for grid in d.grid.values():
        finite = np.where(np.isfinite(grid), grid, 0)
        np.testing.assert_array_equal(finite, -finite.swapaxes(1, 2))
        if np.isfinite(grid).all():
            np.testing.assert_allclose(grid[:, :1] + grid[:, :, :1], grid, atol=1e-9)


def test_a_useless_report_separates_nothing(knowledge: Knowledge) -> None:
    """A report that is as probable in every state is flagged, one that names an actor is not."""
    nothing = {"fact": "leak", "likelihood": {"yes": 0.5, "no": 0.5}}
    d = diagnose(coalitions_of(case_of(nothing, {"fact": "media_attribution", "finding": "amber"}), knowledge))
    assert d.separates_nothing == ("r0",)


def test_an_excluded_state_stands_at_an_infinite_ratio(knowledge: Knowledge) -> None:
    """A pinned belief that gives a state no chance separates it infinitely, without a warning."""
    pinned = {"fact": "actor", "kind": "pinned", "findings": {"amber": 0.5, "other": 0.5}}
    d = diagnose(coalitions_of(case_of(pinned), knowledge)).labelled("actor").sel(report="r0")
    assert float(d.sel({"for": "amber", "against": "birch"})) == np.inf
    assert float(d.sel({"for": "birch", "against": "birch"})) == 0


def test_without_reports_the_grid_is_empty(knowledge: Knowledge) -> None:
    """A case without reports has an empty grid and no flag."""
    d = diagnose(coalitions_of(case_of(), knowledge))
    assert d.grid["intent"].shape == (0, 9, 9)
    assert d.separates_nothing == ()
