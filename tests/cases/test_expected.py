"""What an expert expects of five episodes, in the nation's view over 24 months."""

from __future__ import annotations

from datetime import date
from functools import cache

import pytest
from tests.report.examples import assessed, tables

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load_case

SEEDS = (1, 2)


def slack(seed: int) -> float:
    """Return how far a bound may be missed: nothing at the default seed."""
    return 0.0 if seed == 1 else 0.01


def within(p: float, low: float, high: float, seed: int) -> bool:
    """Say whether a probability lies between two bounds."""
    return low - slack(seed) <= p <= high + slack(seed)


def actor(assessment: Assessment, name: str) -> float:
    """Return the probability of an actor."""
    return assessment.belief.estimates("actor")[name].p


def intent(assessment: Assessment, name: str) -> float:
    """Return the probability of an intent."""
    return assessment.belief.estimates("intent")[name].p


def order(assessment: Assessment) -> list[tuple[str, str]]:
    """Return response and variant, cheapest first."""
    assert assessment.ranking.view == "nation"
    return [(option.response, option.variant) for option in assessment.ranking.options]


def delta(assessment: Assessment, response: str) -> float:
    """Return what a response costs more than nothing new."""
    return assessment.ranking.default.option(response).delta


@cache
def sony_in_january(seed: int) -> Assessment:
    """Return the Sony case after the American government named the actor and acted on it."""
    return assess(load_case("sony-2014").as_known_on(date(2015, 1, 15)), tables(seed))


@pytest.mark.parametrize("seed", SEEDS)
def test_sony_is_coercion_by_north_korea(seed: int) -> None:
    """In December 2014 coercion stands at .70-.92 and North Korea at .55-.80."""
    sony = assessed("sony-2014", seed)
    assert sony.case.as_of == date(2014, 12, 18)
    assert within(sony.belief.coercion.p, 0.70, 0.92, seed)
    assert within(actor(sony, "north-korea"), 0.55, 0.80, seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_sony_is_attributed_in_january(seed: int) -> None:
    """By 15 January 2015 North Korea stands at .9 or more."""
    assert actor(sony_in_january(seed), "north-korea") >= 0.9 - slack(seed)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("month", ["December", "January"])
def test_sony_begins_with_resilience(month: str, seed: int) -> None:
    """Urgent mitigation comes first, or ties with nothing new; sanctions do not come first."""
    sony = assessed("sony-2014", seed) if month == "December" else sony_in_january(seed)
    tied = set(sony.ranking.default.tied)
    assert order(sony)[0] == ("denial", "urgent") or {"denial", "nothing"} <= tied
    assert sony.ranking.default.option("denial").variant == "urgent"
    assert order(sony)[0] != ("punishment", "sanctions")


@pytest.mark.parametrize("seed", SEEDS)
def test_sanctions_wait_for_attribution(seed: int) -> None:
    """In Sony's December no view puts sanctions first; what they need is a probability above .8 or does not exist."""
    sony = assessed("sony-2014", seed)
    view = sony.ranking.default
    rows = [row for row in view.rows if row.levers[0].name == "sanctions" and row.levers[0].target == "north-korea"]
    assert len(rows) == 1
    assert rows[0].p_star is None or rows[0].p_star > 0.8


@pytest.mark.parametrize("seed", SEEDS)
def test_korea_is_retaliation_rather_than_coercion(seed: int) -> None:
    """South Korea 2013: coercion .20-.45, retaliation at least as likely, North Korea .55-.80, denial first."""
    korea = assessed("south-korea-2013", seed)
    assert within(korea.belief.coercion.p, 0.20, 0.45, seed)
    assert intent(korea, "retaliation") >= korea.belief.coercion.p - slack(seed)
    assert within(actor(korea, "north-korea"), 0.55, 0.80, seed)
    assert order(korea)[0][0] == "denial"


@pytest.mark.parametrize("seed", SEEDS)
def test_the_campaign_in_ukraine_coerces_and_destabilises(seed: int) -> None:
    """Ukraine 2014-2016: coercion .50-.80, with destabilisation above .8, Russia .80-.95, denial first."""
    ukraine = assessed("ukraine-2014-2016", seed)
    coercion = ukraine.belief.coercion.p
    assert within(coercion, 0.50, 0.80, seed)
    assert coercion + intent(ukraine, "destabilisation") > 0.8 - slack(seed)
    assert within(actor(ukraine, "russia"), 0.80, 0.95, seed)
    assert order(ukraine)[0][0] == "denial"


@pytest.mark.parametrize("response", ["norms", "entanglement"])
def test_norms_and_entanglement_are_minor_in_ukraine(response: str) -> None:
    """Norms and entanglement move the cost by less than a quarter of what denial saves."""
    ukraine = assessed("ukraine-2014-2016")
    saved, moved = -delta(ukraine, "denial"), abs(delta(ukraine, response))
    assert saved > 0
    assert moved < 0.25 * saved  # leverage is at 17 % of it in decision-findings section 2


@pytest.mark.parametrize("seed", SEEDS)
def test_colonial_is_crime(seed: int) -> None:
    """Colonial Pipeline 2021: coercion below .05, the listed criminals at .95 or more."""
    colonial = assessed("colonial-2021", seed)
    kinds = {one.id: one.kind for one in colonial.case.actors}
    assert colonial.belief.coercion.p < 0.05 + slack(seed)
    assert sum(actor(colonial, name) for name in kinds if kinds[name] == "criminal") >= 0.95 - slack(seed)


@pytest.mark.parametrize("seed", SEEDS)
def test_against_criminals_resilience_and_law_enforcement_lead(seed: int) -> None:
    """At Colonial denial and law enforcement are the first two."""
    first, second, *_ = order(assessed("colonial-2021", seed))
    assert first[0] == "denial"
    assert second == ("punishment", "law-enforcement")


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("response", ["norms", "entanglement"])
def test_norms_and_entanglement_do_not_pay_against_criminals(response: str, seed: int) -> None:
    """At Colonial norms and entanglement cost as much as nothing new or more."""
    colonial = assessed("colonial-2021", seed)
    assert delta(colonial, response) >= -0.01 * abs(delta(colonial, "denial"))


@pytest.mark.parametrize("seed", SEEDS)
def test_opm_is_espionage(seed: int) -> None:
    """OPM 2015: coercion below .03, China .7-.9, denial first."""
    opm = assessed("opm-2015", seed)
    assert opm.belief.coercion.p < 0.03 + slack(seed)
    assert within(actor(opm, "china"), 0.7, 0.9, seed)
    assert order(opm)[0][0] == "denial"


@pytest.mark.parametrize("name", ["sony-2014", "south-korea-2013", "ukraine-2014-2016", "colonial-2021", "opm-2015"])
def test_another_seed_tells_the_same_story(name: str) -> None:
    """With other draws coercion moves by less than .03, and the cheapest response is the same, or tied with it."""
    one, two = assessed(name, 1), assessed(name, 2)
    assert abs(one.belief.coercion.p - two.belief.coercion.p) < 0.03
    assert one.ranking.default.first in (two.ranking.default.first, *two.ranking.default.tied)
