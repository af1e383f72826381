"""What knowing a parameter is worth in odd cases: no demand, one actor, points, few draws, a fit, another menu."""

from __future__ import annotations

import numpy as np
import pytest
from tests.sensitivity.examples import assessed, assessed_quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.case import Case, load_case
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.response.terms import NOTHING_NEW, Plan
from cybercoercion.sensitivity.input.inputs import inputs
from cybercoercion.sensitivity.value.evpi import evpi_of_everything, evpi_of_readings
from cybercoercion.sensitivity.value.laws import law_of
from cybercoercion.sensitivity.value.linear import Fitted
from cybercoercion.sensitivity.value.parameters import parameters_value
from cybercoercion.vocabulary import VIEWS


def odd(case: Case) -> dict[str, Case]:
    """Return cases at the edge of what a case can be."""
    actors = case.actors
    gang = [one.model_copy(update={"kind": "criminal"}) for one in actors]
    return {
        "no demands": case.model_copy(update={"demands": (), "reports": ()}),
        "one actor": case.model_copy(update={"actors": actors[:1], "reports": ()}),
        "criminals only": case.model_copy(update={"actors": tuple(gang), "reports": ()}),
        "no reports": case.model_copy(update={"reports": ()}),
        "points": case.model_copy(
            update={"stakes": case.stakes.model_copy(update={"harm_now": 1e6, "harm_next": 1e6, "resilience": 0.5})}
        ),
        "small harm": case.model_copy(
            update={"stakes": case.stakes.model_copy(update={"harm_now": 1.0, "harm_next": 1.0, "pending_harm": None})}
        ),
    }


@pytest.mark.parametrize("name", ["no demands", "one actor", "criminals only", "no reports", "points", "small harm"])
@pytest.mark.parametrize("view", VIEWS)
def test_odd_cases_have_values(name: str, view: str) -> None:
    """No demand, one actor, criminals only, no reports, points, nothing at stake: values, finite and within bounds."""
    found = parameters_value(assess(odd(load_case("sony-2014"))[name], tables(1, 200)), view=view)
    assert found.rows
    assert all(np.isfinite(row.evppi) and np.isfinite(row.error) for row in (*found.rows, *found.groups))
    assert not [warning for warning in found.warnings if warning.startswith("value of")]


def test_order_and_names_of_candidates_move_no_value() -> None:
    """With candidates in another order each parameter of costs is worth the same, but for rounding."""
    case = load_case("sony-2014")
    turned = case.model_copy(update={"actors": tuple(reversed(case.actors))})
    one, other = (parameters_value(assess(told, tables(1, 400)), view="long") for told in (case, turned))
    values = {row.name: row.evppi for row in other.rows if row.method != "spline"}
    for row in one.rows:
        if row.method != "spline":
            assert values[row.name] == pytest.approx(row.evppi, rel=1e-6, abs=1.0), row.name


@pytest.mark.parametrize("name", ["sony-2014", "ukraine-2014-2016", "colonial-2021"])
def test_laws_are_those_of_the_inputs(name: str) -> None:
    """Each law has the mean, the 5 and the 95 % of its input; only trade that follows from others is known by draws."""
    assessment = assessed(name)
    for one in inputs(assessment, "nation"):
        if one.moves_belief or one.certain:
            continue
        law = law_of(assessment, one)
        assert law.mean == pytest.approx(one.now, rel=1e-9)
        if one.name.startswith("stakes.bilateral_trade"):
            continue
        assert isinstance(law, Fitted), one.name
        assert law.at(np.array([-1.6448536269514722, 1.6448536269514722])) == pytest.approx([one.low, one.high])


def test_few_draws_are_said() -> None:
    """With two hundred draws the answer says that what the belief rests on is rough."""
    found = parameters_value(assessed_quickly("sony-2014"))
    assert any("effective draws" in warning for warning in found.warnings)


def test_what_a_fit_has_learnt_is_valued_by_its_draws() -> None:
    """With the shipped fit in the place of priors each row is finite and within bounds; learnt effects have a value."""
    knowledge = tables(1, 200)
    learnt = with_fit(knowledge, load_fit("default", knowledge), "default")
    found = parameters_value(assess(load_case("sony-2014"), learnt), view="long")
    assert all(np.isfinite(row.evppi) for row in (*found.rows, *found.groups))
    assert not [warning for warning in found.warnings if warning.startswith("value of")]
    assert max(row.evppi for row in found.rows if row.method == "nodes") > 0


def test_at_fixed_parameters_nothing_is_left_to_know() -> None:
    """With every number at its headline value there is one draw, and its best plan is the pick."""
    fixed = assess(load_case("sony-2014"), tables(1, 200).at_values())
    assert evpi_of_readings(fixed).value == 0
    assert evpi_of_everything(fixed).value >= 0


def test_a_parameter_that_is_a_point_has_no_row() -> None:
    """What is held at a point cannot be learnt; the others keep their rows."""
    assessment = assessed_quickly("sony-2014")
    held = assess(assessment.case, assessment.knowledge.held({"cost.urgent": 5e6}))
    names = {row.name for row in parameters_value(held).rows}
    assert "cost.urgent" not in names
    assert "cost.statement" in names


def test_plans_of_another_menu() -> None:
    """A menu of nothing new alone has nothing to regret; with a plan added, there is something."""
    assessment = assessed_quickly("sony-2014")
    assert evpi_of_readings(assessment, plans=[NOTHING_NEW]).value == 0
    urgent = Plan(levers=(assessment.costs.lever("urgent"),))
    assert evpi_of_everything(assessment, plans=[NOTHING_NEW, urgent]).value > 0
    assert evpi_of_everything(assessment, plans=[urgent]).value == 0
