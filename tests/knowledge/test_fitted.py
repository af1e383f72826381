"""Draws of a fit stand where those of the priors stood, and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray

from cybercoercion.belief import believe, context
from cybercoercion.belief.network import build_network
from cybercoercion.case import Actor, Case, load_case
from cybercoercion.knowledge import Fitted, Knowledge, load_knowledge
from cybercoercion.knowledge.entry import flatten
from cybercoercion.knowledge.fitted import EARLY, Drift, Initiators, paired
from cybercoercion.vocabulary import INTENTS, KINDS, OBJECTIVES, facts

Array = NDArray[np.float64]
HELD = 40  # draws of the made-up fit
SIZE = 100
METHODS = len(facts()["method"].states)


@pytest.fixture(scope="module")
def priors() -> Knowledge:
    """Return the priors."""
    return load_knowledge(draws=SIZE)


def rows(seed: int, states: int = METHODS) -> Array:
    """Return made-up rows of a table given the objective, that of `gain` unknown."""
    made = np.random.default_rng(seed).dirichlet(np.ones(states), (len(OBJECTIVES), HELD)).transpose(0, 2, 1).copy()
    made[OBJECTIVES.index("gain")] = np.nan
    return made


@pytest.fixture(scope="module")
def held() -> Fitted:
    """Return made-up draws: a table with an exponent, the same for early cases, two quantities."""
    rng = np.random.default_rng(5)
    tables = {"method": rows(1), EARLY + "method": rows(2)}
    numbers = {
        "exponent.method": rng.uniform(0.5, 0.8, HELD),
        EARLY + "exponent.method": rng.uniform(0.9, 1.2, HELD),
        "concession.class.disruption": rng.uniform(0.1, 0.2, HELD),
        "discount": np.arange(HELD) / 100,
    }
    part_of = dict.fromkeys((*tables, *numbers), "objective") | {"discount": "outcome"}
    return Fitted(digest="abc", source="made-up.nc", tables=tables, quantities=numbers, part_of=part_of)


@pytest.fixture(scope="module")
def knowledge(priors: Knowledge, held: Fitted) -> Knowledge:
    """Return the priors with these draws on top."""
    return replace(priors, fitted=held, _memory={})


CODED = [index for index, name in enumerate(OBJECTIVES) if name != "gain"]
GAIN = OBJECTIVES.index("gain")


def test_fitted_rows_stand_in_the_place_of_the_priors(knowledge: Knowledge, held: Fitted) -> None:
    """A table is the fitted draws, raised to the fitted exponent of the same draws, and its rows sum to one."""
    index = knowledge.pairing("objective")
    expected = flatten(held.tables["method"][CODED][..., index], held.quantities["exponent.method"][index])
    assert knowledge.table("method")[CODED] == pytest.approx(expected)
    assert knowledge.table("method").sum(1) == pytest.approx(1)


def test_rows_that_no_data_touched_stay_with_the_prior(knowledge: Knowledge, priors: Knowledge, held: Fitted) -> None:
    """The row of `gain` has the draws of the prior, flattened as the others."""
    power = held.quantities["exponent.method"][knowledge.pairing("objective")]
    assert knowledge.table("method")[GAIN] == pytest.approx(
        flatten(priors._prior_rows(priors.tables["method"]), power)[GAIN]
    )


def test_a_fitted_quantity_is_drawn_from_the_fit(knowledge: Knowledge, held: Fitted) -> None:
    """Its draws are those of the fit, and its mean is the mean of all of them."""
    assert set(knowledge.quantity("discount").tolist()) == set(held.quantities["discount"].tolist())
    assert knowledge.mean("discount") == held.quantities["discount"].mean()


def test_all_else_keeps_its_draws(knowledge: Knowledge, priors: Knowledge, held: Fitted) -> None:
    """Every table and quantity that the fit does not name has the draws that it had without a fit."""
    for name in priors.quantities:
        if name not in held.quantities:
            assert (knowledge.quantity(name) == priors.quantity(name)).all(), name
            assert knowledge.mean(name) == priors.mean(name), name
    for name in priors.tables:
        if name not in held.tables:
            assert (knowledge.table(name) == priors.table(name)).all(), name


def test_draws_of_one_part_stay_together(knowledge: Knowledge, held: Fitted) -> None:
    """Draw for draw, entries of one part come from one draw of the fit; other parts are paired anew."""
    table = knowledge.table("method")
    for draw in range(5):
        at = knowledge.pairing("objective")[draw]
        alone = flatten(held.tables["method"][..., at : at + 1], held.quantities["exponent.method"][at : at + 1])
        assert table[CODED][..., draw] == pytest.approx(alone[CODED][..., 0])
    assert not (knowledge.pairing("objective") == knowledge.pairing("outcome")).all()


@given(st.integers(1, 60), st.integers(1, 30), st.integers(0, 1_000))
def test_each_held_draw_is_used_as_often_as_any_other(size: int, held: int, seed: int) -> None:
    """Of the draws held each stands in the joint draws as often as the others, give or take one."""
    index = paired(size, held, np.random.default_rng(seed))
    counts = np.bincount(index, minlength=held)
    assert len(index) == size
    assert counts.sum() == size
    assert counts.max() - counts.min() <= 1


def test_pairing_hangs_on_seed_and_part_only(knowledge: Knowledge) -> None:
    """Asked again it is the same; with another seed it is another."""
    assert (replace(knowledge, _memory={}).pairing("outcome") == knowledge.pairing("outcome")).all()
    assert not (replace(knowledge, seed=2, _memory={}).pairing("outcome") == knowledge.pairing("outcome")).all()


def test_at_fixed_parameters_a_fit_has_its_means(knowledge: Knowledge, held: Fitted, priors: Knowledge) -> None:
    """One draw: of rows and exponents the means over all draws, of what nobody learnt the headline value."""
    flat = knowledge.at_values()
    assert flat.quantity("discount").tolist() == [held.quantities["discount"].mean()]
    means = held.tables["method"][CODED].mean(-1, keepdims=True)
    assert flat.table("method")[CODED] == pytest.approx(flatten(means, held.quantities["exponent.method"].mean()))
    floored = priors.tables["method"].floored()[GAIN][:, None]
    assert flat.table("method")[GAIN] == pytest.approx(flatten(floored, held.quantities["exponent.method"].mean()))


def test_early_tables_are_another_answer(knowledge: Knowledge, held: Fitted) -> None:
    """Asked for early cases, the rows and the exponent are those learnt for them."""
    index = knowledge.pairing("objective")
    power = held.quantities[EARLY + "exponent.method"][index]
    expected = flatten(held.tables[EARLY + "method"][CODED][..., index], power)
    assert knowledge.table("method", early=True)[CODED] == pytest.approx(expected)
    assert not np.allclose(knowledge.table("method", early=True)[CODED], knowledge.table("method")[CODED])


def test_without_an_early_fit_early_is_the_same(priors: Knowledge, knowledge: Knowledge) -> None:
    """Priors know no early table, and neither does a fit of what it did not learn."""
    assert (priors.table("method", early=True) == priors.table("method")).all()
    assert (knowledge.table("duration", early=True) == knowledge.table("duration")).all()


def told(*names: str) -> Case:
    """Return the Sony case with reports on these technical facts and no others, each with likelihoods of its own."""
    case = load_case("sony-2014")
    report = next(one for one in case.reports if one.fact == "destruction")
    bare = dict.fromkeys(("finding", "findings", "grade", "origin", "copies", "detection"))
    made = []
    for name in names:
        states = facts()[name].states
        ratios = {state: 1.0 if state == states[0] else 0.01 for state in states}
        made.append(report.model_copy(update=bare | {"id": name, "fact": name, "likelihood": ratios}))
    return case.model_copy(update={"reports": tuple(made)})


@pytest.mark.parametrize(
    ("names", "prefix"), [(("method",), EARLY), (("method", "sector"), EARLY), (("method", "duration"), "")]
)
def test_early_tables_serve_where_no_later_fact_is_told(
    names: tuple[str, ...], prefix: str, knowledge: Knowledge, held: Fitted
) -> None:
    """With method, or method and sector, a case has the early rows; once the duration is known, those of the end."""
    power = "exponent.method"
    plain = Fitted(
        digest="",
        tables={"method": held.tables[prefix + "method"]},
        quantities={power: held.quantities[prefix + power], "discount": held.quantities["discount"]},
        part_of=held.part_of,
    )
    one, other = (believe(told(*names), replace(knowledge, fitted=each, _memory={})) for each in (held, plain))
    assert one.evidence == pytest.approx(other.evidence)
    assert one.averaged == pytest.approx(other.averaged)


# who attacks whom


def initiators(**changes: object) -> Initiators:
    """Return made-up scores of three initiators: all alike but for past disputes."""
    zero = np.zeros((3, HELD))
    same = Initiators(
        countries=("RU", "CN", "IR"),
        regions={"UA": "Europe", "GE": "Europe"},
        disputes={frozenset(("RU", "UA")): 9, frozenset(("TR", "UA")): 4, frozenset(("PL", "UA")): 1},
        base=zero,
        region={"Europe": zero},
        victim={},
        rivalry=np.ones(HELD),
    )
    return replace(same, **changes)  # type: ignore[arg-type]


INDEX = np.arange(HELD)


def test_scores_by_hand() -> None:
    """At a slope of one Russia, with nine disputes against the four of Turkey, has log(10 / 5); China log(1 / 5)."""
    found = initiators().scores("UA", INDEX)
    assert found["RU"] == pytest.approx(np.log(2))
    assert found["CN"] == pytest.approx(np.log(0.2))


def test_effects_of_base_region_and_victim_add_up() -> None:
    """For a victim that is known all three count, for another of its region two, for a stranger one."""
    one = np.ones((3, HELD))
    said = initiators(base=one, region={"Europe": 2 * one}, victim={"UA": 4 * one}, rivalry=np.zeros(HELD))
    assert [said.scores(victim, INDEX)["CN"][0] for victim in ("UA", "GE", "JP")] == [7, 3, 1]


def test_no_state_is_its_own_attacker() -> None:
    """The victim itself has no score."""
    assert set(initiators().scores("RU", INDEX)) == {"CN", "IR"}


def test_a_state_without_a_score_weighs_by_its_disputes() -> None:
    """The greatest rival of those that are not listed has zero, one with fewer disputes less: log(2 / 5)."""
    assert initiators().rival("TR", "UA", INDEX) == pytest.approx(0)
    assert initiators().rival("PL", "UA", INDEX) == pytest.approx(np.log(0.4))


def state(name: str, country: str | None, kind: str = "state") -> Actor:
    """Return a candidate of whom nothing but kind and country is known."""
    return Actor.model_validate({"id": name, "name": name, "kind": kind, "country": country})


def victimised(country: str | None, *actors: Actor, year: int = 2014, frame: str = "threat-received") -> Case:
    """Return a case against somebody in a country, with these candidates."""
    case = load_case("sony-2014")
    target = case.target.model_copy(update={"country": country})
    return case.model_copy(
        update={"target": target, "actors": actors, "demands": (), "reports": (), "deception": {}, "frame": frame,
                "as_of": date(year, 6, 1)}
    )  # fmt: skip


@pytest.fixture(scope="module")
def knows_rivals(priors: Knowledge) -> Knowledge:
    """Return the priors with scores of initiators."""
    return replace(priors, fitted=Fitted(digest="", initiators=initiators()), _memory={})


def by_name(case: Case, knowledge: Knowledge) -> Mapping[str, Array]:
    """Return p(candidate | its kind), dims ``(draw,)``."""
    found = context.share(case, knowledge)
    return {actor.id: found[index] for index, actor in enumerate(case.actors)}


def test_candidates_and_the_unlisted_sum_to_one(knows_rivals: Knowledge) -> None:
    """Of each kind the listed candidates and the one unlisted share what there is, with a fit and without."""
    case = victimised("UA", state("a", "RU"), state("b", "TR"), state("c", "CN", "state-linked"), state("d", None))
    for knowledge in (knows_rivals, replace(knows_rivals, fitted=None, _memory={})):
        found = context.share(case, knowledge)
        kind_of = [KINDS.index(actor.kind) for actor in case.actors]
        for number in range(len(KINDS)):
            listed = [found[index] for index, one in enumerate(kind_of) if one == number]
            assert sum(listed) + found[len(case.actors) + number] == pytest.approx(1)
        assert (found > 0).all()


def test_a_known_rival_outweighs_a_stranger(knows_rivals: Knowledge) -> None:
    """Of two states of which the case says the same, the old rival of the victim has more in every draw."""
    found = by_name(victimised("UA", state("rival", "RU"), state("stranger", "IR")), knows_rivals)
    assert (found["rival"] > found["stranger"]).all()


def test_a_listed_rival_gets_more_than_an_unlisted_one(knows_rivals: Knowledge) -> None:
    """Where the rival is on the list, the unlisted state is less probable than where it is missing."""
    last = KINDS.index("state") - len(KINDS)
    listed = context.share(victimised("UA", state("a", "IR"), state("b", "RU")), knows_rivals)[last]
    missing = context.share(victimised("UA", state("a", "IR"), state("b", "TR")), knows_rivals)[last]
    assert (listed < missing).all()


def test_past_disputes_raise_a_rival(knows_rivals: Knowledge) -> None:
    """Next to a stranger the old rival has more with the fit than without, and the stranger less."""
    case = victimised("UA", state("rival", "RU"), state("stranger", "IR"))
    after, before = (by_name(case, one) for one in (knows_rivals, replace(knows_rivals, fitted=None, _memory={})))
    assert (after["rival"] > before["rival"]).all()
    assert (after["stranger"] < before["stranger"]).all()


def test_without_a_country_of_the_victim_the_fit_says_nothing(knows_rivals: Knowledge) -> None:
    """Where nobody says which country was hit, candidates share as they did before any fit."""
    case = victimised(None, state("a", "RU"), state("b", "IR"))
    assert context.dyads(case, knows_rivals) == {}
    before = replace(knows_rivals, fitted=None, _memory={})
    assert (context.share(case, knows_rivals) == context.share(case, before)).all()


def test_criminals_have_no_dyads(knows_rivals: Knowledge) -> None:
    """What states did to each other says nothing about who else is behind it."""
    case = victimised("UA", state("a", "RU", "criminal"), state("b", "IR", "criminal"))
    found = by_name(case, knows_rivals)
    assert (found["a"] == found["b"]).all()


def test_order_of_candidates_means_nothing(knows_rivals: Knowledge) -> None:
    """Listed the other way round, each has what it had."""
    a, b, c = state("a", "RU"), state("b", "IR"), state("c", "TR")
    one, other = (by_name(victimised("UA", *order), knows_rivals) for order in ((a, b, c), (c, a, b)))
    for name, values in one.items():
        assert other[name] == pytest.approx(values)


# base rates that move


@pytest.fixture(scope="module")
def drifts(priors: Knowledge) -> Knowledge:
    """Return the priors with factors of three years, in which states grow and criminals shrink."""
    factor = np.ones((3, len(KINDS), HELD))
    factor[1, KINDS.index("state")], factor[2, KINDS.index("state")] = 2, 3
    factor[2, KINDS.index("criminal")] = 0.5
    return replace(priors, fitted=Fitted(digest="", drift=Drift(first=2013, factor=factor)), _memory={})


def test_at_fixed_parameters_drift_and_dyads_have_their_means(priors: Knowledge) -> None:
    """Not one draw of many, taken at random: the mean of all."""
    uneven = np.linspace(0, 2, HELD)
    drift = Drift(first=2013, factor=np.ones((1, len(KINDS), HELD)) * uneven)
    known = initiators(base=np.ones((3, HELD)) * uneven, rivalry=uneven)
    flat = replace(priors, fitted=Fitted(digest="", drift=drift, initiators=known), _memory={}).at_values()
    assert flat.fitted is not None
    assert flat.fitted.initiators is not None
    assert flat.fitted.drift is not None
    assert flat.fitted.drift.at(2013, flat.pairing("origin")) == pytest.approx(np.ones((len(KINDS), 1)))
    scores = known.scores("UA", INDEX)
    for country, score in flat.fitted.initiators.scores("UA", flat.pairing("actor")).items():
        assert score == pytest.approx([scores[country].mean()])


def test_only_politically_relevant_cases_drift(drifts: Knowledge) -> None:
    """What moves was learnt from such incidents; in every other frame p(kind | intent) stays."""
    for frame in ("any-intrusion", "disruptive-in-dispute", "threat-received"):
        case = victimised("UA", state("a", "RU"), year=2015, frame=frame)
        assert (context.kind(case, drifts) == drifts.table("kind")).all(), frame
    case = victimised("UA", state("a", "RU"), year=2015, frame="politically-relevant")
    assert not (context.kind(case, drifts) == drifts.table("kind")).all()


def test_kinds_that_drift_sum_to_one(drifts: Knowledge) -> None:
    """Given any intent the kinds share one, and odds move by the factors: of state to activist threefold in 2015."""
    case = victimised("UA", state("a", "RU"), year=2015, frame="politically-relevant")
    moved, usual = context.kind(case, drifts), drifts.table("kind")
    assert moved.shape == (len(INTENTS), len(KINDS), SIZE)
    assert moved.sum(1) == pytest.approx(1)
    s, a, c = (KINDS.index(name) for name in ("state", "activist", "criminal"))
    assert moved[:, s] / moved[:, a] == pytest.approx(3 * usual[:, s] / usual[:, a])
    assert moved[:, c] / moved[:, a] == pytest.approx(usual[:, c] / usual[:, a] / 2)


def test_beyond_the_known_years_the_nearest_counts(drifts: Knowledge) -> None:
    """Before the first year its factors hold, after the last those of the last."""
    frame = "politically-relevant"
    kinds = [context.kind(victimised("UA", state("a", "RU"), year=y, frame=frame), drifts) for y in (1999, 2013, 2040)]
    assert (kinds[0] == kinds[1]).all()
    latest = context.kind(victimised("UA", state("a", "RU"), year=2015, frame=frame), drifts)
    assert (kinds[2] == latest).all()


def test_the_network_is_built_of_what_moved(drifts: Knowledge) -> None:
    """The kinds of a case are those of its year, and all that may be behind it still sums to one."""
    case = victimised("UA", state("a", "RU"), year=2015, frame="politically-relevant")
    network = build_network(case, drifts)
    assert (network.kind == context.kind(case, drifts)).all()
    assert network.plausible_who.sum(0) == pytest.approx(1)
