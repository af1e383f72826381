"""Episodes that share actor and demand, each with an intent of its own."""

from __future__ import annotations

from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray
from tests.belief.oracle import Oracle
from tests.belief.random_cases import AS_OF, Data, random_data
from tests.belief.test_invariants import drawn, fixed, marginal, same

from cybercoercion.belief import believe, believe_campaign
from cybercoercion.belief.campaign import independent_reports_of
from cybercoercion.case import Case, load_campaign
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.vocabulary import FRAMES, INTENTS

Array = NDArray[np.float64]


def episodes_of(seed: int, *, frames: tuple[str, ...], dispute: bool = True, reports: int = 5) -> list[Case]:
    """Return episodes that share candidates and context, with different reports of different origins."""
    out = []
    first = random_data(seed, actors=2, demands=1, reports=reports, hard=True)
    if not dispute:
        for actor in first["actors"]:
            actor.pop("relationship", None)
    for n, frame in enumerate(frames):
        other = random_data(seed + 1000 * (n + 1), actors=2, demands=1, reports=reports, hard=True)
        for report in other["reports"]:
            report["origin"] = f"{report.get('origin', report['id'])}-{n}"
        out.append(Case.model_validate(first | {"id": f"e{n}", "frame": frame, "reports": other["reports"]}))
    return out


def overlay(folder: Path, **quantities: float) -> Knowledge:
    """Return the printed values, some changed, and the base rates of a campaign those of an episode."""
    rows = [
        f"{frame} = {[float(p) for p in row]}"
        for frame, row in zip(FRAMES, load_knowledge(draws=1).tables["intent"].value, strict=True)
    ]
    lines = ["[table.campaign_purpose.rows]", *rows]
    for name, value in quantities.items():
        lines += [f"[quantity.{name.replace('__', '.')}]", f"value = {value}", 'unit = "probability"']
        lines += ['source = "a test"', 'mark = "judgement"']
    (folder / "overlay.toml").write_text("\n".join(lines), encoding="utf-8")
    return load_knowledge(folder).at_values()


@pytest.mark.parametrize("seed", range(6))
def test_a_campaign_of_one_episode_that_serves_it_is_the_case(seed: int, tmp_path: Path) -> None:
    """With persistence one and the same base rates, purpose and intent are the same thing."""
    knowledge = overlay(tmp_path, campaign__persistence=1.0)
    case = Case.model_validate(random_data(seed))
    campaign, alone = believe_campaign("one", [case], knowledge), believe(case, knowledge)
    same(campaign.whole, alone)
    same(campaign.episodes[0], alone)


def enumerated(cases: list[Case], knowledge: Knowledge, base: str) -> tuple[Array, list[Array]]:
    """Return the posterior of a campaign of two, and of each episode, by a loop over purpose, intents, who and demand.

    ``p(P, A, D) prod_j [ r 1(I_j = P) + (1 - r) p(I_j | A, D) ] p(e_j | I_j, A, D)``; A holds the kind of the unlisted.
    """
    targets = ("intent", "kind", "actor", "demand")
    r = float(knowledge.quantity("campaign.persistence")[0])
    start, usual, tells = [], [], []
    for case in cases:
        log_evidence, posterior = Oracle(case, knowledge).solve(targets)
        bare = Oracle(case.model_copy(update={"reports": ()}), knowledge)
        log_dispute, known = bare.solve(targets)
        after, before = posterior * np.exp(log_evidence), known * np.exp(log_dispute)
        tells.append(np.divide(after, before, out=np.zeros_like(after), where=before > 0))
        usual.append(np.divide(before, before.sum(0), out=np.zeros_like(before), where=before.sum(0) > 0))
        rows = (knowledge.table(name)[FRAMES.index(case.frame), :, 0] for name in (base, "intent"))
        purpose, intent = rows
        start.append(before * (purpose / intent)[:, None, None, None])
    prior = np.mean(start, 0)
    whole = np.zeros_like(prior)
    each = [np.zeros_like(prior) for _ in cases]
    for purpose, one, two in product(range(len(INTENTS)), repeat=3):
        first, second = (r * (at == purpose) + (1 - r) * p[at] for at, p in zip((one, two), usual, strict=True))
        weight = prior[purpose] * first * tells[0][one] * second * tells[1][two]
        whole[purpose] += weight
        each[0][one] += weight
        each[1][two] += weight
    return whole.sum(1) / whole.sum(), [table.sum(1) / table.sum() for table in each]


PAIRS = [
    *((seed, ("politically-relevant", "politically-relevant"), True) for seed in (1, 2, 3)),
    *((seed, ("disruptive-in-dispute", "disruptive-in-dispute"), True) for seed in (4, 5)),
    *((seed, ("threat-received", "politically-relevant"), False) for seed in (6, 7)),
]


@pytest.mark.parametrize(("seed", "frames", "dispute"), PAIRS)
def test_the_campaign_formula(seed: int, frames: tuple[str, ...], dispute: bool) -> None:  # noqa: FBT001
    """The belief about purpose and episodes is the sum over every purpose, intent, actor and demand."""
    cases = episodes_of(seed, frames=frames, dispute=dispute)
    got = believe_campaign("two", cases, fixed())
    whole, each = enumerated(cases, fixed(), "campaign_purpose")
    np.testing.assert_allclose(got.whole.averaged, whole, atol=1e-10)
    for belief, table in zip(got.episodes, each, strict=True):
        np.testing.assert_allclose(belief.averaged, table, atol=1e-10)


def campaign(reports: list[list[Data]], **more: Any) -> dict[str, float]:
    """Return the probabilities of the actors of a campaign with these reports, episode by episode."""
    base = random_data(9, actors=3, demands=1, reports=0) | {"frame": "politically-relevant"} | more
    cases = [Case.model_validate(base | {"id": f"e{n}", "reports": each}) for n, each in enumerate(reports)]
    return marginal(believe_campaign("some", cases, drawn()).whole, "actor")


NAMED: Data = {"id": "post", "fact": "vendor_attribution", "finding": "amber", "grade": "B2", "origin": "vendor"}


def test_a_statement_of_one_origin_is_one_proof_over_episodes() -> None:
    """Who says the same of two episodes proves it once at copy probability one, and twice at zero."""
    again = NAMED | {"id": "again"}
    once, whole, none, two = (
        campaign([[NAMED], second])
        for second in ([], [again | {"copy": 1.0}], [again | {"copy": 0.0}], [again | {"origin": "ministry"}])
    )
    assert whole == pytest.approx(once, abs=1e-12)
    assert none == pytest.approx(two, abs=1e-12)
    assert none["amber"] > whole["amber"] + 0.01


def test_independent_reports_are_counted_over_all_episodes() -> None:
    """One origin that names one actor twice counts once, or as far as it is no copy; what it saw counts each time."""
    base = random_data(9, actors=3, demands=1, reports=0) | {"frame": "politically-relevant"}
    leak: Data = {"id": "leak", "fact": "leak", "finding": "yes", "grade": "B2", "origin": "vendor"}

    def count(*reports: list[Data]) -> float:
        cases = [Case.model_validate(base | {"id": f"e{n}", "reports": each}) for n, each in enumerate(reports)]
        return independent_reports_of(cases, drawn())

    again = NAMED | {"id": "again"}
    assert count([NAMED], []) == 1
    assert count([NAMED], [again | {"copy": 1.0}]) == 1
    assert count([NAMED], [again | {"copy": 0.3}]) == pytest.approx(1.7)
    assert count([NAMED], [again | {"origin": "ministry"}]) == 2
    assert count([leak], [leak]) == 2


def test_a_fact_of_the_event_is_told_anew_in_each_episode() -> None:
    """That each episode leaked something is no copy, though one origin tells both."""
    leak: Data = {"id": "leak", "fact": "leak", "finding": "yes", "grade": "B2", "origin": "press"}
    alike = campaign([[leak], [leak]])
    other = campaign([[leak], [leak | {"origin": "vendor"}]])
    assert alike == pytest.approx(other, abs=1e-12)


def test_reports_without_an_origin_are_no_copies_over_episodes() -> None:
    """Two episodes may use the same id for reports that have nothing to do with each other."""
    bare = {key: value for key, value in NAMED.items() if key != "origin"}
    assert campaign([[bare], [bare]]) == pytest.approx(campaign([[bare], [bare | {"id": "other"}]]), abs=1e-12)


@pytest.mark.parametrize("count", [2, 4])
def test_the_relationship_is_one_proof_whatever_the_number_of_episodes(count: int) -> None:
    """Episodes of which nothing is reported say nothing about the actor, live dispute or not."""
    actors = [
        {"id": "amber", "kind": "state", "relationship": "crisis"},
        {"id": "birch", "kind": "criminal"},
    ]
    more = {"actors": actors, "deception": {}, "demands": []}
    assert campaign([[]] * count, **more) == pytest.approx(campaign([[]], **more), abs=1e-12)


def test_a_belief_is_no_copy_of_a_report(tmp_path: Path) -> None:
    """A belief and a report of the same words and origin stay two things in a campaign too."""
    knowledge = overlay(tmp_path, campaign__persistence=1.0)
    words = {"fact": "vendor_attribution", "findings": {"amber": 0.6, "birch": 0.4}, "origin": "vendor"}
    pair = [{**words, "id": "belief", "kind": "new-belief", "known_date": AS_OF}, {**words, "id": "report"}]
    case = Case.model_validate(random_data(9, actors=3, demands=1, reports=0) | {"reports": pair})
    same(believe_campaign("one", [case], knowledge).whole, believe(case, knowledge))


@pytest.mark.parametrize("node", ["intent", "actor", "demand"])
def test_a_belief_about_a_hidden_state_may_stand_in_an_episode(node: str) -> None:
    """A campaign takes beliefs about intent, actor and demand."""
    label = {"intent": "compellence", "actor": "amber", "demand": "none"}[node]
    rest = {"intent": "crime", "actor": "other", "demand": "withdraw"}[node]
    view: Data = {"id": "view", "fact": node, "findings": {label: 0.9, rest: 0.1}, "kind": "new-belief"}
    assert sum(campaign([[view], []]).values()) == pytest.approx(1, abs=1e-12)


def test_the_shipped_campaign_is_more_than_its_parts() -> None:
    """Seen together, the episodes of a campaign are more surely the leading actor's than the weakest seen alone."""
    shipped = load_campaign("ukraine-2014-2016")
    together = believe_campaign(shipped.id, shipped.episodes, drawn())
    leader = max(marginal(together.whole, "actor"), key=marginal(together.whole, "actor").__getitem__)
    alone = [marginal(believe(case, drawn()), "actor")[leader] for case in shipped.episodes]
    assert marginal(together.whole, "actor")[leader] >= min(alone)
    for episode, case in zip(together.episodes, shipped.episodes, strict=True):
        assert episode.case_id == case.id
        assert episode.posterior.sum() == pytest.approx(1, abs=1e-12)


def test_the_order_of_episodes_is_irrelevant() -> None:
    """A campaign told from its end gives the same beliefs."""
    cases = episodes_of(11, frames=("politically-relevant", "threat-received", "politically-relevant"))
    one, two = believe_campaign("c", cases, drawn()), believe_campaign("c", cases[::-1], drawn())
    same(one.whole, two.whole)
    for here, there in zip(one.episodes, two.episodes[::-1], strict=True):
        same(here, there)
