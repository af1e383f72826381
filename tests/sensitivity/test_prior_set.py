"""Named sets of priors: another opinion moves the belief as the full engine has it, and passes or flips the answer."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tests.sensitivity.examples import FEW, IDS, assessed_quickly, tables

from cybercoercion.assessment import assess
from cybercoercion.belief import believe
from cybercoercion.case import Case, load, load_case
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.store import load_fit
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.assumed.prior_set import SETS, PriorSets, prior_sets, region_of
from cybercoercion.sensitivity.changing import asked_again
from cybercoercion.sensitivity.output import OUTPUTS

FOLDER = Path(__file__).parents[2] / "priors" / "sets"


@pytest.mark.parametrize("name", IDS)
def test_a_set_says_what_its_overlay_says(name: str) -> None:
    """In every shipped case P(coercion) under a set is that of the tables with the folder laid over them."""
    assessment = assessed_quickly(name)
    found = prior_sets(assessment)
    region = region_of(assessment)
    assert region is not None
    folders = {
        "sceptical": "sceptical",
        "diffuse": "diffuse",
        "regional": f"regional-{region.lower()}".replace(" ", "-"),
    }
    for row in found.rows:
        overlay = FOLDER / folders[row.name] if row.name in folders else None
        known = load_knowledge(overlay, draws=FEW).at_values()
        other = asked_again(assessment, "nation", knowledge=known).belief
        assert row.answer.belief.posterior == pytest.approx(other.posterior, rel=1e-9, abs=1e-12)
        assert row.p_coercion == pytest.approx(other.coercion.p)  # type: ignore[attr-defined]


@pytest.mark.parametrize("name", IDS)
def test_rows_pass_or_flip(name: str) -> None:
    """A set flips the first choice just where the gap of the pick is negative, and spreads are those of the rows."""
    found = prior_sets(assessed_quickly(name))
    assert [row.name for row in found.rows] == ["as it is", *SETS]
    for row in found.rows:
        assert ("first choice" in found.flips(row)) == (row.first != found.pick)
        assert row.gap >= 0 or row.first != found.pick
        assert 0 <= row.p_leader <= 1
    p = [row.p_coercion for row in found.rows]
    assert found.spread_coercion == max(p) - min(p)
    assert found.spread >= max(found.spread_coercion, found.spread_leader) - 1e-15
    assert found.passed == (not any(found.flips(row) for row in found.rows))
    sceptic = found.rows[1]
    assert sceptic.p_coercion < found.rows[0].p_coercion


def by_hand(p: list[float]) -> PriorSets:
    """Return sets with these probabilities of coercion and all else alike."""
    one = prior_sets(assessed_quickly("sony-2014"))
    from dataclasses import replace

    return replace(
        one, rows=tuple(replace(row, p_coercion=q, p_leader=0.5) for row, q in zip(one.rows, p, strict=True))
    )


def test_the_spread_by_hand() -> None:
    """Of .62, .41, .55 and .6 the spread is .21; where the leader moves less, the larger of the two counts."""
    assert by_hand([0.62, 0.41, 0.55, 0.6]).spread == pytest.approx(0.21)
    assert by_hand([0.5, 0.5, 0.5, 0.5]).spread == 0


def test_headline_values_stand_for_the_draws() -> None:
    """At headline values P(coercion) under each set lies within three points of what two thousand draws give."""
    assessment = assess(load_case("sony-2014"), tables())
    quick, full = (prior_sets(assessment, at_values=one) for one in (True, False))
    for one, other in zip(quick.rows, full.rows, strict=True):
        assert one.p_coercion == pytest.approx(other.p_coercion, abs=0.03)
        assert one.first == other.first
    assert full.rows[0].p_coercion == pytest.approx(assessment.belief.coercion.p)
    assert full.rows[0].gap == pytest.approx(-assessment.ranking.default.options[0].delta) or full.rows[0].gap > 0


def test_an_unknown_region_is_said() -> None:
    """Where the country of the target is not stated the regional set is the shipped one, and the notes say so."""
    case = load("sony-2014")
    assert isinstance(case, Case)
    nowhere = case.model_copy(update={"target": case.target.model_copy(update={"country": None})})
    found = prior_sets(assess(nowhere, tables(1, FEW)))
    assert np.array_equal(found.rows[3].answer.belief.posterior, found.rows[0].answer.belief.posterior)
    assert "not known" in found.notes[0]
    assert "Americas" in prior_sets(assessed_quickly("sony-2014")).notes[0]


def test_a_fit_keeps_what_it_learnt() -> None:
    """With a fit the notes say what keeps its draws, and the sets move less than without."""
    known = tables(1, FEW)
    fitted = assess(load_case("sony-2014"), with_fit(known, load_fit("default", known), "default"))
    found = prior_sets(fitted)
    assert any("fit" in note for note in found.notes)
    assert 0 < found.kept < found.named
    assert prior_sets(assessed_quickly("sony-2014")).kept == 0
    assert found.spread_coercion < prior_sets(assessed_quickly("sony-2014")).spread_coercion


def test_an_overlay_of_the_user_stands_in_every_set(tmp_path: Path) -> None:
    """What a set does not name is as the user's overlay has it, under every set."""
    (tmp_path / "own.toml").write_text(
        '[quantity.copy.same_origin]\nvalue = 0.1\nunit = "probability"\nsource = "an example"\nmark = "judgement"\n'
    )
    case = load_case("tv5monde-2015")
    own, shipped = (assess(case, load_knowledge(one, draws=FEW)) for one in (tmp_path, None))
    for one, other in zip(prior_sets(own).rows, prior_sets(shipped).rows, strict=True):
        assert one.p_leader != pytest.approx(other.p_leader, abs=1e-6)
    expected = believe(case, load_knowledge(tmp_path, draws=FEW).at_values())
    assert prior_sets(own).rows[0].p_coercion == pytest.approx(expected.coercion.p)


@pytest.mark.parametrize("output", OUTPUTS)
def test_outputs(output: str) -> None:
    """Every output is labelled by set, with its unit."""
    table = prior_sets(assessed_quickly("sony-2014")).labelled(output)  # type: ignore[arg-type]
    assert table.dims == ("set", "label")
    assert list(table.coords["set"].values) == ["as it is", *SETS]
    assert table.attrs["unit"] in ("USD", "probability")
