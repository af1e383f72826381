"""The command that says why: its numbers are those of the assessment, and they add up."""

from __future__ import annotations

import json
import math
import re
from functools import cache
from typing import Any, Protocol

import pytest
from tests.cli.test_assess import FEW, parsed, refused
from tests.conftest import RunCli

NAMES = ("sony-2014", "colonial-2021", "ukraine-2014-2016")


class Told(Protocol):
    """Gives explanation and result of a case, with the same draws."""

    def __call__(self, name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        """Return both as parsed JSON."""


@pytest.fixture(scope="module")
def told(run_cli: RunCli) -> Told:
    """Return a function that asks for explanation and result of a case once."""

    @cache
    def ask(name: str) -> tuple[dict[str, Any], dict[str, Any]]:
        return parsed(run_cli("explain", name, "--json", *FEW)), parsed(run_cli("assess", name, "--json", *FEW))

    return ask


def decibans(p: float) -> float:
    """Return log-odds in decibans."""
    return 10 * math.log10(p / (1 - p))


def test_a_person_reads_why(run_cli: RunCli) -> None:
    """The command prints origins, conflict, stories, what would undo the attribution, and why a cost is what it is."""
    done = run_cli("explain", "sony-2014", *FEW)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    for part in ("dossier-coder", "WEIGHT OF EVIDENCE", "CONFLICT", "EXPLANATIONS", "FALSE FLAG", "WHY THIS COST"):
        assert part in done.stdout.upper() or part in done.stdout


def test_a_true_minus_sign_is_printed(run_cli: RunCli) -> None:
    """No number of the explanation begins with a hyphen."""
    assert re.findall(r"(?<![\w-])-\d[\d.]*", run_cli("explain", "sony-2014", *FEW).stdout) == []


@pytest.mark.parametrize("name", NAMES)
def test_origins_add_up_from_prior_to_posterior(told: Told, name: str) -> None:
    """The weights of the origins sum to the shift in log-odds, and those of the reports to their origin's."""
    explained, _ = told(name)
    assert explained["case"] == name
    for belief in explained["belief"]:
        for weighed in belief["weight_of_evidence"]:
            shift = weighed["posterior"] - weighed["prior"]
            assert sum(one["weight"] for one in weighed["origins"]) == pytest.approx(shift, abs=1e-6)
            for origin in weighed["origins"]:
                if len(origin["reports"]) > 1:
                    assert sum(one["weight"] for one in origin["reports"]) == pytest.approx(origin["weight"], abs=0.02)


@pytest.mark.parametrize("name", ["sony-2014", "colonial-2021"])
def test_explained_beliefs_are_the_assessed_ones(told: Told, name: str) -> None:
    """The log-odds after all reports are those of the probabilities of the assessment."""
    explained, result = told(name)
    (belief,) = explained["belief"]
    for weighed in belief["weight_of_evidence"]:
        node, _, state = weighed["hypothesis"].partition("=")
        p = result[node]["p"] if not state else result[node][state]["p"]
        assert weighed["posterior"] == pytest.approx(decibans(p), abs=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_contributions_of_states_make_the_cost(told: Told, name: str) -> None:
    """Over all states, probability times cost sums to the expected cost of each response and to its difference."""
    explained, result = told(name)
    for row in result["ranking"]:
        states = explained["cost"]["options"][row["response"]]
        assert sum(state["p"] for state in states) == pytest.approx(1, abs=1e-9)
        assert sum(state["contribution"] for state in states) == pytest.approx(row["expected_cost"], rel=1e-6)
        for state in states:
            assert state["contribution"] == pytest.approx(state["p"] * state["cost"], rel=1e-9, abs=1e-6)
    difference = explained["cost"]["difference"]
    assert difference["of"] == result["ranking"][0]["response"]
    others = {row["response"]: row["delta"] for row in result["ranking"]} | {"nothing": 0.0}
    expected = result["ranking"][0]["delta"] - others[difference["to"]]
    assert sum(state["contribution"] for state in difference["states"]) == pytest.approx(expected, rel=1e-6)


@pytest.mark.parametrize("name", NAMES)
def test_stories_and_conflict_have_probabilities(told: Told, name: str) -> None:
    """Stories come best first and sum to at most one; each conflict has a chance under the model."""
    for belief in told(name)[0]["belief"]:
        stories = [story["p"] for story in belief["stories"]]
        assert stories == sorted(stories, reverse=True)
        assert 0 < sum(stories) <= 1
        conflict = belief["conflict"]
        for one in (conflict["global"], *conflict["by_report"].values(), *conflict["by_origin"].values()):
            assert 0 <= one["tail"] <= 1
            assert math.isfinite(one["bits"])


def test_explain_takes_the_options_of_assess(run_cli: RunCli) -> None:
    """Date, settings and seed act on the explanation too, and bad ones are refused."""
    plain = parsed(run_cli("explain", "sony-2014", "--json", *FEW))
    later = parsed(run_cli("explain", "sony-2014", "--json", *FEW, "--as-of", "2015-01-15"))
    other = parsed(run_cli("explain", "sony-2014", "--json", *FEW, "--seed", "3"))
    assert json.dumps(plain) != json.dumps(later) != json.dumps(other)
    origins = {one["origin"] for one in later["belief"][0]["weight_of_evidence"][0]["origins"]}
    assert "us-government" in origins
    refused(run_cli("explain", "sony-2014", "--set", "stakes.resilience=7"), "stakes.resilience")
    refused(run_cli("explain", "sony-2041"), "(nearest: sony-2014)")


def test_a_case_without_reports_is_explained(run_cli: RunCli) -> None:
    """Where nothing is reported there is nothing to weigh, and the command says so without a fault."""
    done = run_cli("explain", "sony-2014", *FEW, "--as-of", "2014-01-01")
    assert done.returncode == 0, done.stderr
    assert parsed(run_cli("explain", "sony-2014", "--json", *FEW, "--as-of", "2014-01-01"))
