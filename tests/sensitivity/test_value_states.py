"""The averaged joint of all hidden states: the belief when summed, and the same in each draw."""

from __future__ import annotations

from functools import cache

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, IDS, assessed_quickly

from cybercoercion.assessment import assess
from cybercoercion.belief.engine import joint
from cybercoercion.belief.evidence import in_force
from cybercoercion.belief.soft import weigh_beliefs
from cybercoercion.case import Case, Report, load
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.sensitivity.value.preposterior import preposterior
from cybercoercion.sensitivity.value.reports import coming_reports
from cybercoercion.sensitivity.value.seen import states_of

SCOPES = (
    ("who",),
    ("intent",),
    ("demand",),
    ("intent", "standing"),
    ("intent", "demand"),
    ("signalling",),
    ("signalling", "kind"),
    ("signalling", "standing"),
    ("objective",),
)


@cache
def fitted() -> Knowledge:
    """Return few draws of the fit that ships."""
    known = load_knowledge(draws=FEW)
    return with_fit(known, load_fit("default", known))


def case_of(name: str) -> Case:
    """Return a shipped case that is no campaign."""
    found = load(name)
    assert isinstance(found, Case)
    return found


def believing(case: Case) -> Case:
    """Return the case with a stated belief and a pin on top."""
    more = (
        Report(id="opinion", fact="actor", findings={case.actor_ids[0]: 0.6, "other": 0.4}, kind="new-belief"),
        Report(id="held", fact="threat", findings={"clear": 0.5, "ambiguous": 0.3, "none": 0.2}, kind="pinned"),
    )
    return case.model_copy(update={"reports": (*case.reports, *more)})


@pytest.mark.parametrize("name", IDS)
def test_states_sum_to_the_belief(name: str) -> None:
    """Summed over all that costs do not hang on, the averaged joint is the belief, of campaigns too."""
    told = assessed_quickly(name)
    states = states_of(told)
    assert abs(states.joint.sum() - 1) < 1e-12
    assert states.joint.min() >= 0
    np.testing.assert_allclose(states.posterior, told.belief.averaged, atol=1e-13)


@pytest.mark.parametrize("name", ["sony-2014", "south-korea-2013", "ukraine-2014-2016"])
@pytest.mark.parametrize("names", SCOPES, ids=" ".join)
def test_masses_by_draw_sum_to_the_averaged_joint(name: str, names: tuple[str, ...]) -> None:
    """What each draw says of the states that a fact hangs on is, summed over draws, what the joint says."""
    states = states_of(assessed_quickly(name))
    _, at = states.cells(names)
    count = states.by_draw(names).shape[0]
    whole = np.bincount(np.broadcast_to(at, states.joint.shape).ravel(), states.joint.ravel(), count)
    np.testing.assert_allclose(states.by_draw(names).sum(-1), whole, atol=1e-13)


def test_states_in_a_draw_are_those_of_the_engine() -> None:
    """In each draw the sum over signalling and objective is the joint of the engine, over its total."""
    told = assessed_quickly("ukraine-grid-2015")
    states = states_of(told)
    reports = in_force(told.case, told.knowledge)
    engine = joint(states.network, weigh_beliefs(told.case, states.network, told.knowledge, reports))
    np.testing.assert_allclose(states.inside, engine / engine.sum(), atol=1e-15)


def test_joint_is_the_mean_of_products_in_each_draw() -> None:
    """The joint of intent, actor, demand, signalling and objective averages the product of tables draw by draw."""
    states = states_of(assessed_quickly("south-korea-2013"))
    rng = np.random.default_rng(1)
    standing = states.network.standing if states.voice.shape[3] > 1 else np.zeros_like(states.network.standing)
    for _ in range(30):
        i, w, d, s, o = (int(rng.integers(size)) for size in states.joint.shape)
        kind = states.network.kind_of[w]
        product = states.base[i, w, d] * states.voice[s, i, kind, standing[w, d]] * states.aim[o, i, kind]
        assert states.joint[i, w, d, s, o] == pytest.approx(product.sum(), rel=1e-10, abs=1e-18)


def test_stated_beliefs_and_pins_keep_their_weight() -> None:
    """A stated belief and a pin stand in the states with the weight that they have in the belief."""
    told = assess(believing(case_of("wannacry-2017")), load_knowledge(draws=FEW))
    np.testing.assert_allclose(states_of(told).posterior, told.belief.averaged, atol=1e-12)


def test_purpose_of_a_campaign_follows_from_its_latest_episode() -> None:
    """P(purpose | states of the latest episode) sums to one wherever they can be, and most often it is the same."""
    states = states_of(assessed_quickly("ukraine-2014-2016"))
    assert states.purpose is not None
    possible = states.inside.sum(-1) > 0
    np.testing.assert_allclose(states.purpose.sum(0)[possible], 1, atol=1e-12)
    served = np.array([states.purpose[i, i] for i in range(len(states.purpose))])
    inside = states.inside.sum(-1)
    assert (served * inside).sum() > 0.5


def test_other_tables_hold_once_late_facts_are_told() -> None:
    """With a fit, a case of which only early facts are told is read under other tables than the same case later."""
    told = assess(case_of("notpetya-2017"), fitted())
    early, late = states_of(told), states_of(told, late=True)
    assert early.early
    assert not late.early
    np.testing.assert_allclose(early.posterior, told.belief.averaged, atol=1e-13)
    assert np.abs(early.posterior - late.posterior).max() > 1e-4


def test_later_states_and_report_are_the_belief_once_it_is_there() -> None:
    """Under later tables, states and a late report together come close to what is believed with the report in."""
    case = case_of("notpetya-2017")
    told = assess(case, fitted())
    late = states_of(told, late=True)
    report = next(one for one in coming_reports(told)[0] if one.fact == "objective_achieved")
    parts = late.mass(preposterior(report, late).given)
    for place, finding in enumerate(report.labels):
        there = assess(case.model_copy(update={"reports": (*case.reports, report.found(finding, case))}), fitted())
        assert np.abs(parts[place] / parts[place].sum() - there.belief.averaged).max() < 0.01


def test_a_report_of_the_latest_episode_tells_of_the_campaign() -> None:
    """A finding about the latest episode moves the campaign as far as the whole engine says, and is as probable."""
    told = assessed_quickly("ukraine-2014-2016")
    assert told.campaign is not None
    report = next(one for one in coming_reports(told)[0] if one.fact == "allied_attribution")
    states = states_of(told)
    parts = states.mass(preposterior(report, states).given)
    last = max(range(len(told.campaign.episodes)), key=lambda at: told.campaign.episodes[at].as_of)  # type: ignore[union-attr]
    total = 0.0
    for place, finding in enumerate(report.labels):
        episode = told.campaign.episodes[last]
        more = episode.model_copy(update={"reports": (*episode.reports, report.found(finding, episode))})
        episodes = tuple(more if at == last else one for at, one in enumerate(told.campaign.episodes))
        there = assess(type(told.campaign)(file=told.campaign.file, episodes=episodes), told.knowledge)
        p = there.belief.evidence / told.belief.evidence
        total += p
        assert parts[place].sum() == pytest.approx(p, abs=0.005)
        np.testing.assert_allclose(parts[place], p * there.belief.averaged, atol=0.005)
    assert total == pytest.approx(1, abs=1e-9)
