"""What the view of the decision says: rows and shapes, counts, ties, sliders, variants and pairs."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import cache

import numpy as np
import pytest
from tests.report.examples import IDS, said, tables

from cybercoercion.assessment import assess, changed
from cybercoercion.case import load
from cybercoercion.report.twenty import TWENTY, dots_of, shapes_of
from cybercoercion.report.verdict import Verdict, verdict
from cybercoercion.screen.cost_row import KINDS
from cybercoercion.screen.cost_rows import CostRows, cost_rows
from cybercoercion.screen.decision import VIEWS, cost_table, drawings, stacked, view_sentence
from cybercoercion.sensitivity import attitudes

SOME = ("sony-2014", "colonial-2021", "opm-2015", "github-2015", "notpetya-2017", "ukraine-2014-2016")


@cache
def rows_of(name: str, view: str = "nation", *, futures: bool = True) -> CostRows:
    """Return the rows of a shipped case."""
    return cost_rows(said(name), view=view, futures=futures)


@cache
def harder(name: str, *settings: str) -> Verdict:
    """Return what is said of a shipped case with some settings changed."""
    return verdict(assess(changed(load(name), settings), tables()))


@pytest.mark.parametrize("name", IDS)
@pytest.mark.parametrize("kind", KINDS.values())
def test_the_five_counts_sum_to_twenty(name: str, kind: str) -> None:
    """Cheapest in n of 20, of the four and nothing new, adds up to twenty, and follows the shares."""
    rows = rows_of(name, futures=kind == "futures")
    assert sum(row.dots for row in rows.five) == TWENTY
    assert sum(row.share for row in rows.five) == pytest.approx(1)
    assert all(abs(row.dots - TWENTY * row.share) < 1 for row in rows.five)


@pytest.mark.parametrize("name", SOME)
@pytest.mark.parametrize("view", list(VIEWS))
@pytest.mark.parametrize("kind", KINDS.values())
def test_captions_count_what_is_drawn(name: str, view: str, kind: str) -> None:
    """The numbers of a caption are those of the shapes left and right of the line, and say of what they are."""
    rows = rows_of(name, view, futures=kind == "futures")
    for row in rows.five:
        if row.first:
            continue
        left, right = sum(shape < 0 for shape in row.shapes), sum(shape > 0 for shape in row.shapes)
        assert row.caption.startswith(f"Cheaper than {rows.yardstick} in {left} of 20 {kind}, dearer in {right}")
        drawn = drawings(rows)[row.response]
        points = [layer for layer in drawn.vega_lite()["layer"] if layer["mark"].get("filled")]
        (shown,) = points
        xs = [point["x"] for point in shown["data"]["values"]]
        assert (sum(x < 0 for x in xs), sum(x > 0 for x in xs)) == (left, right)
        assert drawn.caption == row.caption
    assert kind in rows.caption


@pytest.mark.parametrize("name", IDS)
def test_rows_agree_with_the_published_numbers(name: str) -> None:
    """Costs, differences, shares and regrets of the rows are those of the JSON, digit for digit, in every view."""
    data = json.loads(said(name).to_json())
    for view in VIEWS:
        published = {row["response"]: row for row in data["views"][view]["ranking"]}
        rows = rows_of(name, view, futures=False)
        assert [row.response for row in rows.rows] == list(published)
        for row in rows.rows:
            one = published[row.response]
            assert (row.expected, row.delta, row.p_best, row.share) == (
                one["expected_cost"], one["delta"], one["p_best"], one["p_best"],
            )  # fmt: skip
            assert (row.low, row.high) == pytest.approx((one["cost_low"], one["cost_high"]), rel=1e-12)
            assert row.regret == one["regret"]
            often = next(other.share for other in rows_of(name, view).rows if other.response == row.response)
            assert often == one["cheapest_in_futures"]
        nothing = data["views"][view]["reference"]["nothing"]
        assert (rows.nothing.expected, rows.nothing.p_best) == (nothing["expected_cost"], nothing["p_best"])
        for line in rows.scale:
            assert line.expected == data["views"][view]["reference"][line.name]["expected_cost"]


def test_extra_costs_are_paired_differences_of_the_same_draws() -> None:
    """A row's shapes are the twenty quantiles of its cost less that of the first choice, draw by draw."""
    view = said("sony-2014").assessment.ranking.default
    norms, first = view.option("norms"), view.options[0]
    expected = shapes_of(norms.future_draws - first.future_draws, view.scene.share)
    row = next(row for row in rows_of("sony-2014").rows if row.response == "norms")
    assert row.shapes == expected
    assert row.extra == norms.delta - first.delta
    assert row.extra_low <= row.shapes[1] <= row.shapes[-2] <= row.extra_high


@pytest.mark.parametrize("name", IDS)
def test_ties_are_ranked_as_ties(name: str) -> None:
    """What cannot be told from the cheapest is ranked 1=, at least two of them; all others by their place."""
    view, rows = said(name).assessment.ranking.default, rows_of(name)
    tied = {row.response for row in rows.five if row.rank == "1="}
    assert tied == (set(view.tied) if len(view.tied) > 1 else set())
    assert rows.tied == bool(tied)
    assert [row.rank for row in rows.rows if row.rank != "1="] == [
        str(place + 1) for place, row in enumerate(rows.rows) if row.response not in tied
    ]


def test_a_tie_of_sampling_is_told_from_one_of_the_margin() -> None:
    """More draws are offered where they may part a tie, not where the margin makes it."""
    close = cost_rows(harder("colonial-2021", "stakes.margin=0", "stakes.resilience=0.68"))
    assert (close.tied, close.sampling) == (True, True)
    apart = cost_rows(harder("sony-2014", "stakes.margin=0"))
    assert (apart.tied, apart.sampling) == (False, False)
    assert rows_of("colonial-2021").tied
    assert not rows_of("colonial-2021").sampling


def test_nothing_new_is_the_yardstick_where_it_is_cheapest() -> None:
    """Where none of the four pays, the others are held against nothing new."""
    rows = rows_of("github-2015")
    assert (rows.yardstick, rows.five[0].response) == ("nothing new", "nothing")
    assert all(row.extra == row.delta for row in rows.rows)


def test_outlines_are_the_shapes_before_the_change_against_the_same_yardstick() -> None:
    """After a change the outline holds the old shapes beside what is first now; without a change there is none."""
    before, now = said("sony-2014"), harder("sony-2014", "stakes.resilience=0.7")
    rows = cost_rows(now, before)
    first = now.assessment.ranking.default.first
    old = before.assessment.ranking.default
    for row in rows.rows:
        if row.first:
            assert row.outline is None
            continue
        yard = 0.0 if first == "nothing" else old.option(first).future_draws
        assert row.outline == shapes_of(old.option(row.response).future_draws - yard, old.scene.share)
    assert all(row.outline is None for row in cost_rows(before, before).five)


def test_a_response_below_its_threshold_is_said_and_still_priced() -> None:
    """Where the accused is less likely than a response needs, both numbers are said; it keeps its cost."""
    punishment = next(row for row in rows_of("opm-2015").rows if row.response == "punishment")
    option = said("opm-2015").assessment.ranking.default.option("punishment")
    assert option.p_star is not None
    assert option.p_now < option.p_star
    assert punishment.note == "80 % for China is below the > 99 % from which statement and indictment pays."
    assert punishment.expected == option.expected_cost
    assert all(row.note is None for row in rows_of("costa-rica-2022").rows if row.response in ("denial", "punishment"))


def test_averages_outside_their_range_are_explained() -> None:
    """Where rare futures carry the average beyond its own range, a sentence says so; elsewhere none does."""
    grid = rows_of("ukraine-grid-2015")
    assert all(row.skewed for row in grid.five)
    assert grid.skew_sentence == "Averages lie outside their ranges: they rest on rare, very costly futures."
    assert grid.skew_sentence in view_sentence(said("ukraine-grid-2015"), grid)
    assert rows_of("sony-2014").skew_sentence is None


@pytest.mark.parametrize("name", SOME)
def test_the_military_tail_stands_apart(name: str) -> None:
    """The tail is said with each amount, outside every cost, and whether the order changes with it."""
    verdict_, rows = said(name), rows_of(name)
    found = attitudes(verdict_.assessment).tail
    order = [sorted(one.costs, key=lambda row: row[1]) for one in (found.without, found.capped, found.raw)]
    same = len({tuple(name for name, _ in one) for one in order}) == 1
    assert ("The order is the same with it and without it." in rows.tail) == same
    nobody = "Military tail: in this view nobody who pays for a clash is counted."
    nation = verdict_.assessment.ranking.views["target"].view.nation
    assert (rows_of(name, "target").tail == nobody) == (not nation)


def test_complying_never_stands_without_its_caveat() -> None:
    """The line of complying says what it counts and what it does not; without a demand there is no such line."""
    lines = {line.name: line for line in rows_of("sony-2014").scale}
    assert lines["comply"].caveat.startswith("This counts that compliance invites further demands; it does not count")
    assert "comply" not in {line.name for line in rows_of("opm-2015").scale}


def test_the_table_holds_every_row() -> None:
    """The table of the numbers has the five rows with their counts."""
    rows = rows_of("sony-2014")
    columns, cells = cost_table(rows)
    assert len(set(columns)) == len(columns) == len(cells[0])
    assert [row[1].split(":")[0] for row in cells] == [row.name for row in rows.five]
    assert all(f"{row.cheaper} of 20" in cell for row, cell in zip(rows.five, cells, strict=True))


def test_another_view_says_what_is_cheapest_there() -> None:
    """In a view that is not the answer's, the page says what costs least there, and that the views disagree."""
    verdict_ = said("sony-2014")
    assert view_sentence(verdict_, rows_of("sony-2014")) == "Ranges are 5-95 % of futures."
    long = view_sentence(verdict_, rows_of("sony-2014", "long", futures=False))
    assert "punishment costs least" in long
    assert "The views disagree" in long
    assert long.endswith("5-95 % of input readings.")


def test_stacked_terms_sum_to_the_net() -> None:
    """Own cost, what is saved, retaliation and hitting the wrong actor make the net of each response."""
    view = said("sony-2014").assessment.ranking.views["nation"]
    for option in view.options:
        assert sum(option.terms.values()) == pytest.approx(option.delta)
    assert len(stacked(said("sony-2014"), "nation").rows) == len(view.options)


def test_dots_follow_the_largest_remainder() -> None:
    """Twelve and four fifths of twenty dots are thirteen where its remainder is the largest."""
    assert dots_of([0.64, 0.16, 0.05, 0.15, 0.0]) == (13, 3, 1, 3, 0)
    assert dots_of([1 / 3, 1 / 3, 1 / 3]) == (7, 7, 6)
    rng = np.random.default_rng(1)
    for shares in rng.dirichlet(np.full(5, 0.3), 200):
        assert sum(dots_of(shares.tolist())) == TWENTY


def test_rows_are_frozen_values_that_a_notebook_can_have() -> None:
    """Rows come from a verdict alone, and equal verdicts give equal rows."""
    rows = rows_of("sony-2014")
    assert cost_rows(said("sony-2014")) == rows
    with pytest.raises(AttributeError):
        rows.view = "long"  # type: ignore[misc]
    assert replace(rows, view="long") != rows
