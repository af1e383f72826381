"""Seven cases with assumed beliefs: signs, threshold bands and first choices as first measured; ties are left out."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache

import pytest

from cybercoercion.case import Case
from cybercoercion.knowledge import load_knowledge
from cybercoercion.response import AssumedBelief, Ranking, costs, rank
from cybercoercion.response.row import Row
from cybercoercion.response.table import ViewRanking

MILLION = 1e6
Seven = dict[str, Callable[[], tuple[Case, AssumedBelief]]]


@pytest.fixture(scope="module")
def ranked(seven: Seven) -> Callable[[str], Ranking]:
    """Return the ranking of one of the seven."""
    knowledge = load_knowledge()

    @cache
    def one(name: str) -> Ranking:
        case, belief = seven[name]()
        return rank(belief, costs(case, knowledge))

    return one


def row(view: ViewRanking, variant: str, against: str | None = None) -> Row:
    """Return the row of a variant, against the likeliest candidate that it is aimed at."""
    rows = [one for one in view.rows if one.levers[0].name == variant and against in (None, one.levers[0].target)]
    return max(
        rows, key=lambda one: 0 if one.levers[0].place is None else float(view.scene.mean.guilty(one.levers[0])[0])
    )


@pytest.mark.parametrize(
    ("name", "low", "high"),
    [
        ("sony-december", 60, 140),
        ("sony-january", 45, 105),
        ("korea", 230, 520),
        ("ukraine", 1450, 3300),
        ("colonial", 155, 350),
        ("opm", 520, 1180),
        ("operator", 660, 1500),
    ],
)
def test_doing_nothing_costs_what_it_cost(ranked: Callable[[str], Ranking], name: str, low: float, high: float) -> None:
    """In the default view nothing new costs about what it cost on the prototype, within a factor of a half."""
    assert low < ranked(name).default.nothing / MILLION < high


DEFAULT = {
    # variant -> sign of the difference to nothing new over 24 months, in the order of the cases below
    "statement": "+++-.++",
    "sanctions": "+++.+++",
    "counter-operation": "+++++++",
    "urgent": "-.-----",
    "operator": "+++-+..",
    "national": "+++.+++",
    "leverage": "+..-+++",
    "building": "+++++++",
    "naming": "+++.++.",
    "bilateral": "+++++++",
    "multilateral": "+++++++",
}
CASES = ("sony-december", "sony-january", "korea", "ukraine", "colonial", "opm", "operator")


@pytest.mark.parametrize(
    ("name", "variant", "sign"),
    [
        (name, variant, sign)
        for variant, signs in DEFAULT.items()
        for name, sign in zip(CASES, signs, strict=True)
        if sign != "."  # within the margin there
    ],
)
def test_signs_in_the_default_view(ranked: Callable[[str], Ranking], name: str, variant: str, sign: str) -> None:
    """Each variant pays over 24 months where it paid on the prototype, and not where it did not."""
    assert (row(ranked(name).default, variant).delta < 0) == (sign == "-")


@pytest.mark.parametrize("name", [name for name in CASES if name != "sony-january"])
def test_denial_is_first_over_24_months(ranked: Callable[[str], Ranking], name: str) -> None:
    """Over 24 months urgent mitigation is the first of the four, in most readings too."""
    first = ranked(name).options[0]
    assert (first.response, first.variant) == ("denial", "urgent")
    assert first.p_best == max(option.p_best for option in ranked(name).options)


def test_sony_in_january_is_a_tie(ranked: Callable[[str], Ranking]) -> None:
    """Once the harm is over, urgent mitigation and nothing new cannot be told apart."""
    assert {"denial", "nothing"} <= set(ranked("sony-january").default.tied)


@pytest.mark.parametrize(
    ("name", "firsts"),
    [
        ("sony-december", {("punishment", "statement")}),
        ("sony-january", {("punishment", "sanctions")}),
        ("korea", {("denial", "urgent")}),
        ("ukraine", {("denial", "operator")}),
        ("colonial", {("denial", "urgent"), ("punishment", "law-enforcement")}),  # a tie
        ("opm", {("norms", "naming"), ("norms", "multilateral"), ("denial", "operator")}),  # mean and most often differ
        ("operator", {("denial", "operator")}),
    ],
)
def test_first_in_the_long_view(ranked: Callable[[str], Ranking], name: str, firsts: set[tuple[str, str]]) -> None:
    """Over five years, with precedent, the first is the prototype's."""
    first = ranked(name).views["long"].options[0]
    assert (first.response, first.variant) in firsts


@pytest.mark.parametrize(
    ("name", "variant", "view", "low", "high"),
    [
        ("sony-december", "statement", "long", 0.2, 0.45),
        ("sony-december", "sanctions", "long", 0.75, 0.92),
        ("korea", "statement", "long", 0.75, 0.99),
        ("ukraine", "statement", "nation", 0.55, 0.8),
        ("ukraine", "sanctions", "nation", 0.85, 0.97),
        ("ukraine", "statement", "long", 0.4, 0.7),
        ("ukraine", "sanctions", "long", 0.8, 0.96),
        ("colonial", "law-enforcement", "nation", 0.8, 1.0),
        ("colonial", "law-enforcement", "long", 0.55, 0.85),
        ("opm", "statement", "nation", 0.85, 1.0),
        ("opm", "sanctions", "nation", 0.95, 1.0),
        ("opm", "statement", "long", 0.35, 0.65),
        ("opm", "sanctions", "long", 0.8, 0.97),
        ("operator", "statement", "nation", 0.8, 0.99),
        ("operator", "sanctions", "nation", 0.95, 1.0),
        ("operator", "statement", "long", 0.5, 0.8),
        ("operator", "sanctions", "long", 0.88, 0.99),
    ],
)
def test_threshold_bands(
    ranked: Callable[[str], Ranking], name: str, variant: str, view: str, low: float, high: float
) -> None:
    """The attribution threshold, alone against nothing new or on top of resilience, lies in the prototype's band."""
    found = row(ranked(name).views[view], variant).p_star
    assert found is not None
    assert low <= found <= high


@pytest.mark.parametrize(
    ("name", "variant", "view"),
    [
        ("sony-december", "statement", "nation"),
        ("sony-december", "sanctions", "nation"),
        ("korea", "statement", "nation"),
        ("korea", "sanctions", "nation"),
        ("korea", "sanctions", "long"),
        *((name, "counter-operation", "nation") for name in CASES if name != "colonial"),
        *((name, "counter-operation", "long") for name in CASES if name not in ("colonial", "ukraine")),
    ],
)
def test_no_certainty_is_enough(ranked: Callable[[str], Ranking], name: str, variant: str, view: str) -> None:
    """These do not pay even against the certainly guilty, so they have no threshold."""
    assert row(ranked(name).views[view], variant).p_star is None


def test_near_nothing_against_criminals(ranked: Callable[[str], Ranking]) -> None:
    """Against criminals entanglement and norms save next to nothing, and cost."""
    for response in ("entanglement", "norms"):
        option = ranked("colonial").default.option(response)
        assert option.delta > 0
        assert abs(option.terms["recurrence"]) < 0.01 * MILLION


@pytest.mark.parametrize(
    ("name", "includes"),
    [
        ("korea", {"urgent"}),
        ("ukraine", {"urgent", "operator", "statement", "naming", "leverage"}),
        ("opm", {"urgent"}),
        ("operator", {"urgent"}),
    ],
)
def test_best_portfolio_over_24_months(ranked: Callable[[str], Ranking], name: str, includes: set[str]) -> None:
    """The best set of levers over 24 months is, or contains, the prototype's."""
    portfolio = ranked(name).default.portfolio
    assert includes <= {variant for variant, _ in portfolio.levers}
    assert portfolio.delta <= min(option.delta for option in ranked(name).options) + 1e-6


def test_tail_columns(ranked: Callable[[str], Ranking]) -> None:
    """Sanctions add about a thousandth, six times that in armed conflict; what flips them is tens of billions."""
    january = ranked("sony-january").views["long"].option("punishment")
    assert january.variant == "sanctions"
    assert january.tail.p_added == pytest.approx(0.0013, abs=0.0004)
    assert january.tail.cost_at_cap == pytest.approx(january.tail.p_added * 41.4e9, rel=0.01)
    assert january.tail.flips_at is not None
    assert 10e9 < january.tail.flips_at < 80e9
    war = row(ranked("ukraine").default, "sanctions").levers[0]
    assert war.conflict.mean() == pytest.approx(6, abs=0.5)


@pytest.mark.parametrize("name", ["sony-december", "ukraine", "opm", "operator"])
def test_a_report_is_worth_waiting_for_in_the_long_view(ranked: Callable[[str], Ranking], name: str) -> None:
    """Over five years the next attribution report is worth millions, and some months of waiting."""
    waiting = ranked(name).views["long"].waiting
    assert waiting is not None
    assert 2 * MILLION < waiting.evsi < 90 * MILLION
    assert waiting.break_even is not None
    assert 2 / 12 < waiting.break_even < 2


@pytest.mark.parametrize("name", ["sony-december", "korea"])
def test_a_report_is_worth_nothing_over_24_months(ranked: Callable[[str], Ranking], name: str) -> None:
    """Where no accusation pays over 24 months, knowing who did it is worth nothing."""
    waiting = ranked(name).default.waiting
    assert waiting is not None
    assert waiting.evsi < 0.1 * MILLION


def test_complying_is_dear_except_with_a_small_ransom(ranked: Callable[[str], Ranking]) -> None:
    """Complying costs more than nothing new where a policy is at stake, and less for a firm with a small ransom."""
    assert ranked("sony-december").default.references["comply"].delta > 10 * MILLION
    assert ranked("operator").default.references["comply"].delta > 500 * MILLION
    assert ranked("colonial").views["target"].references["comply"].delta < 0


def test_warning_is_no_decider(ranked: Callable[[str], Ranking]) -> None:
    """A warning adds little, up or down, except in a campaign."""
    for name in CASES:
        assert abs(ranked(name).default.warning) < 0.02 * ranked(name).default.nothing + MILLION
