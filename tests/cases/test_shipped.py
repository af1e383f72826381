"""Every shipped case is assessed without a fault, and no line of code knows any of them."""

from __future__ import annotations

import ast
import re
import tomllib
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from tests.report.examples import IDS, assessed, quickly, said

from cybercoercion.case import Campaign, Case, load, load_case, parse_case, read_shipped
from cybercoercion.report.verify import differences

MODEL = Path(__file__).parents[2] / "model"
LABELLED = tuple(name for name in IDS if "labels" in tomllib.loads(read_shipped(name)))


@pytest.mark.parametrize("name", IDS)
def test_beliefs_sum_to_one(name: str) -> None:
    """Intent, actor and demand each sum to one, and so does their joint."""
    assessment = assessed(name)
    for belief in (assessment.belief, *assessment.episodes):
        assert belief.averaged.sum() == pytest.approx(1, abs=1e-12)
        for node in ("intent", "actor", "demand"):
            assert sum(one.p for one in belief.estimates(node).values()) == pytest.approx(1, abs=1e-12)


@pytest.mark.parametrize("name", IDS)
def test_every_number_is_finite(name: str) -> None:
    """No cost, difference or interval of any view is infinite or no number."""
    for view in assessed(name).ranking.views.values():
        for option in view.options:
            numbers = [option.expected_cost, option.cost_low, option.cost_high, option.delta, option.low, option.high]
            assert np.isfinite([*numbers, option.regret, option.cvar90, *option.terms.values()]).all()


@pytest.mark.parametrize("name", IDS)
def test_every_case_has_four_responses_in_three_views(name: str) -> None:
    """Each view ranks the four responses, best first."""
    ranking = assessed(name).ranking
    assert set(ranking.views) == {"target", "nation", "long"}
    for view in ranking.views.values():
        assert {option.response for option in view.options} == {"denial", "punishment", "entanglement", "norms"}
        assert [option.delta for option in view.options] == sorted(option.delta for option in view.options)


@pytest.mark.parametrize("name", IDS)
def test_every_case_has_an_answer(name: str) -> None:
    """Each case gets a sentence with an amount, a level of confidence and a report without empty sections."""
    verdict = said(name)
    assert re.search(r"\d (million|billion|trillion) USD", verdict.sentence)
    assert verdict.confidence.level in ("low", "moderate", "high")
    for section in verdict.sections:
        assert not section.title or section.sentences or section.figures or section.rows


@pytest.mark.parametrize("name", LABELLED)
def test_labels_change_no_number(name: str) -> None:
    """Without its labels a case has the same result, digit for digit."""
    case = load_case(name)
    assert case.labels is not None
    bare = without_labels(name)
    assert bare.labels is None
    ours, theirs = quickly(case).document(), quickly(bare).document()
    for result in (ours, theirs):
        del result["inputs"], result["run"]["case"]
    assert ours == theirs


def without_labels(name: str) -> Case:
    """Return a shipped case read from its text without the block of labels."""
    text = re.sub(r"(?ms)^\[labels\]\n.*?(?=^\[|\Z)", "", read_shipped(name))
    return parse_case(text)


def test_labels_of_episodes_change_no_number_of_a_campaign() -> None:
    """A campaign whose episodes have lost their labels has the same result."""
    campaign = load("ukraine-2014-2016")
    assert isinstance(campaign, Campaign)
    bare = Campaign(
        file=campaign.file,
        episodes=tuple(episode.model_copy(update={"labels": None}) for episode in campaign.episodes),
    )
    ours, theirs = quickly(campaign).document(), quickly(bare).document()
    for result in (ours, theirs):
        del result["inputs"], result["run"]["case"]
    assert list(differences(ours, theirs)) == []


def names_of_cases() -> set[str]:
    """Return ids, names and texts that only the shipped cases bring: of cases, actors, targets and demands."""
    out = set()
    for name in IDS:
        data = tomllib.loads(read_shipped(name))
        out |= {data["id"], data["title"], data.get("target", {}).get("name", data["id"])}
        for row in data.get("actors", ()):
            out |= {row["id"], row.get("name", row["id"])}
        for row in data.get("demands", ()):
            out |= {row["id"], row["text"]}
    return {one.casefold() for one in out}


def constants(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Yield line and text of what code compares with or looks up: strings that are no prose, and names."""
    docs = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in docs:
            yield node.lineno, node.value
        elif isinstance(node, ast.Name | ast.Attribute | ast.arg | ast.FunctionDef):
            name = getattr(node, "id", None) or getattr(node, "attr", None) or getattr(node, "arg", None)
            yield node.lineno, str(name or getattr(node, "name", "")).replace("_", "-")


def test_no_line_of_code_knows_a_shipped_case() -> None:
    """No string and no name in the code of the model is an id, an actor or a demand of a shipped case."""
    known = names_of_cases() - {"other", "none"}
    assert {"sony-2014", "north-korea", "north korea", "withhold-film", "do not release the interview"} <= known
    hits = [
        f"{path.relative_to(MODEL)}:{line}: {text}"
        for path in sorted(MODEL.rglob("*.py"))
        for line, text in constants(ast.parse(path.read_text(encoding="utf-8")))
        if text.casefold() in known
    ]
    assert hits == []


def test_no_code_spells_the_name_of_a_case_inside_a_text() -> None:
    """Outside of docstrings and examples in messages, no string of the model holds the id of a shipped case."""
    hits = [
        f"{path.relative_to(MODEL)}:{line}: {text}"
        for path in sorted(MODEL.rglob("*.py"))
        for line, text in constants(ast.parse(path.read_text(encoding="utf-8")))
        if any(name in text for name in IDS)
    ]
    assert hits == []
