"""What elicited numbers imply before any data, and the way of a number into an overlay and back."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from cybercoercion.belief import believe
from cybercoercion.case import Case, load_case
from cybercoercion.fit.elicitation import (
    ElicitationError,
    Proposal,
    count_range,
    dirichlet_from_mode,
    from_mode,
    from_quantiles,
    implied_answers,
    implied_coercion,
    implied_counts,
    linear_pool,
    overlay_text,
    pool_rows,
    summarise,
    write_overlay,
)
from cybercoercion.fit.elicitation.predictive import without_reports
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.knowledge.distribution import Distribution, Family


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    """Return the shipped tables."""
    return load_knowledge(draws=200)


@pytest.fixture(scope="module")
def sony() -> Case:
    """Return the paper's first case."""
    return load_case("sony-2014")


@given(a=st.floats(0.5, 30), b=st.floats(0.5, 30), n=st.integers(1, 40))
def test_counts_of_a_beta_are_beta_binomial(a: float, b: float, n: int) -> None:
    """The implied counts of a beta are the beta-binomial, and sum to one."""
    implied = implied_counts(Distribution(family="beta", a=a, b=b), n)
    assert implied == pytest.approx(stats.betabinom.pmf(np.arange(n + 1), n, a, b), abs=2e-3)
    assert implied.sum() == pytest.approx(1)


def test_counts_of_a_pool_lie_between_those_of_its_experts() -> None:
    """A linear pool expects the weighted mean of what its experts expect."""
    experts = [from_quantiles("beta", 0.05, 0.2, expert="A"), from_quantiles("beta", 0.4, 0.7, expert="B")]
    each = np.array([implied_counts(one.distribution, 20) for one in experts])
    assert implied_counts(linear_pool(experts), 20) == pytest.approx(each.mean(0), abs=1e-3)
    assert count_range(each[0])[1] < count_range(each[1])[1]


def test_counts_of_no_share_are_refused() -> None:
    """A normal that goes below zero implies no counts."""
    with pytest.raises(ElicitationError, match="between 0 and 1"):
        implied_counts(Distribution(family="normal", a=0.1, b=0.2), 10)


def test_coercion_before_and_after_the_reports(sony: Case, knowledge: Knowledge) -> None:
    """What is implied is what the model believes without and with the reports."""
    (implied,) = implied_coercion([sony], knowledge)
    assert implied.case_id == "sony-2014"
    assert implied.after == believe(sony, knowledge).coercion
    assert implied.before == believe(without_reports(sony), knowledge).coercion
    assert implied.before.p < implied.after.p


def test_answers_to_simulated_reports_average_to_the_prior(sony: Case, knowledge: Knowledge) -> None:
    """Belief before any report is the mean of beliefs after the reports that it expects."""
    answers = implied_answers(sony, knowledge, sets=2_000)
    before = believe(without_reports(sony), knowledge.at_values()).coercion.p
    assert answers.mean() == pytest.approx(before, abs=4 * answers.std() / np.sqrt(2_000))
    assert ((answers > 0) & (answers < 1)).all()


@pytest.mark.parametrize(
    ("family", "name", "low", "high"),
    [
        ("logit-normal", "context.unlisted", 0.05, 0.3),
        ("beta", "context.unlisted", 0.05, 0.3),
        ("uniform", "context.unlisted", 0.05, 0.3),
        ("logit-normal", "context.unlisted", 0.0015, 0.3),
        ("beta", "context.unlisted", 1e-4, 1e-3),
        ("normal", "context.track_record.true", -0.5, 1.5),
        ("log-normal", "harm.firm", 1e6, 1e9),
    ],
)
def test_an_overlay_gives_back_the_distribution(
    family: Family, name: str, low: float, high: float, tmp_path: Path, knowledge: Knowledge
) -> None:
    """Every family is written to an overlay and read back as the same distribution, with its source and mark."""
    said = from_quantiles(family, low, high, expert="A. Analyst")
    write_overlay(tmp_path / "mine", [Proposal(name=name, judgement=said, note="asked twice")], knowledge)
    read = load_knowledge(tmp_path / "mine", draws=2)
    entry, shipped = read.quantities[name], knowledge.quantities[name]
    assert entry.distribution.family == family
    assert (entry.distribution.a, entry.distribution.b) == pytest.approx(
        (said.distribution.a, said.distribution.b), rel=1e-6
    )
    assert (entry.source.text, entry.source.mark) == ("elicited from A. Analyst, by quantiles", "judgement")
    assert entry.source.note == "asked twice"
    assert (entry.unit, entry.stream, entry.distribution.cap) == (
        shipped.unit,
        shipped.stream,
        shipped.distribution.cap,
    )
    assert read.overlays == (f"quantity.{name}",)


def test_a_pool_goes_into_an_overlay_with_its_experts(tmp_path: Path, knowledge: Knowledge) -> None:
    """The source names each expert, method and weight, the pool, and what one distribution misplaces of it."""
    experts = [
        from_quantiles("beta", 0.05, 0.3, expert="A"),
        from_mode("beta", 0.1, 0.02, 0.3, expert="B"),
    ]
    fitted = summarise(linear_pool(experts, [0.25, 0.75]), "logit-normal")
    write_overlay(tmp_path, [Proposal(name="context.unlisted", judgement=fitted)], knowledge)
    source = load_knowledge(tmp_path, draws=2).quantities["context.unlisted"].source.text
    assert source.startswith(
        "elicited from A, by quantiles, weight 0.25; B, by mode and mass, weight 0.75; linear pool;"
    )
    assert f"misplaces {fitted.distance:.1%}" in source


def test_a_row_goes_into_an_overlay(tmp_path: Path, knowledge: Knowledge) -> None:
    """A row replaces the shipped one by its mean; rows of a table without parents too; other rows stay."""
    row = dirichlet_from_mode(("no", "yes"), (0.3, 0.7), 0.15, expert="A")
    lone = dirichlet_from_mode(("specific", "none"), (0.2, 0.8), 0.15, expert="A")
    proposals = [Proposal(name="leak.crime", judgement=row), Proposal(name="trigger_elsewhere", judgement=lone)]
    write_overlay(tmp_path, proposals, knowledge)
    read = load_knowledge(tmp_path, draws=2)
    rows = {labels: values for labels, values, _ in read.tables["leak"].rows()}
    assert rows[("crime",)] == pytest.approx([row.mean[1], row.mean[0]])
    assert rows[("espionage",)] == pytest.approx({a: b for a, b, _ in knowledge.tables["leak"].rows()}[("espionage",)])
    assert read.tables["trigger_elsewhere"].value == pytest.approx(np.array(lone.mean))


def test_a_pooled_row_goes_into_an_overlay(tmp_path: Path, knowledge: Knowledge) -> None:
    """A row of two experts replaces the shipped one, and its source names both."""
    rows = [
        dirichlet_from_mode(("yes", "no"), (0.3, 0.7), 0.15, expert="A"),
        dirichlet_from_mode(("no", "yes"), (0.9, 0.1), 0.05, expert="B"),
    ]
    pooled = pool_rows(rows, [0.5, 0.5])
    write_overlay(tmp_path, [Proposal(name="leak.crime", judgement=pooled)], knowledge)
    read = {labels: (row, source) for labels, row, source in load_knowledge(tmp_path, draws=2).tables["leak"].rows()}
    row, source = read[("crime",)]
    assert row == pytest.approx((np.array(rows[0].mean) + np.array(rows[1].mean)[::-1]) / 2)
    assert source.text.startswith(
        "elicited from A, by mode and mass, weight 0.5; B, by mode and mass, weight 0.5; linear"
    )


def test_an_overlay_that_could_not_be_read_is_not_written(tmp_path: Path, knowledge: Knowledge) -> None:
    """Unknown names, wrong states and numbers beyond a unit are refused, all at once, and no file appears."""
    share, money = from_quantiles("normal", 0.5, 1.5), from_quantiles("normal", -1, 1)
    row = dirichlet_from_mode(("yes", "no"), (0.3, 0.7), 0.15)
    wrong = dirichlet_from_mode(("yes", "maybe"), (0.3, 0.7), 0.15)
    proposals = [
        Proposal(name="context.unlistd", judgement=share),
        Proposal(name="leak.nobody", judgement=row),
        Proposal(name="leak.crime", judgement=wrong),
        Proposal(name="leak.crime", judgement=share),
        Proposal(name="harm.firm", judgement=money),
        Proposal(name="context.unlisted", judgement=share),
        Proposal(name="context.unlisted", judgement=from_quantiles("logit-normal", 1e-5, 1e-4)),
    ]
    with pytest.raises(ElicitationError) as caught:
        write_overlay(tmp_path / "none", proposals, knowledge)
    found = [(fault.expert, fault.place) for fault in caught.value.faults]
    assert found == [
        ("context.unlistd", "name"),
        ("leak.nobody", "name"),
        ("leak.crime", "states"),
        ("leak.crime", "name"),
        ("harm.firm", "family"),
        ("context.unlisted", "family"),
        ("context.unlisted", "family"),
        ("context.unlisted", "family"),
    ]
    assert "context.unlisted" in caught.value.faults[0].allowed
    assert not (tmp_path / "none").exists()


def test_an_entry_stands_under_its_name(knowledge: Knowledge) -> None:
    """The text begins with the name of the entry and holds nothing else."""
    text = overlay_text([Proposal(name="discount", judgement=from_quantiles("log-normal", 0.01, 0.1))], knowledge)
    assert text.splitlines()[0] == "[quantity.discount]"
    assert [line.split(" = ")[0] for line in text.splitlines()[1:]] == ["value", "quantiles", "unit", "source", "mark"]
