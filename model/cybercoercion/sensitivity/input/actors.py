"""What the candidates are like, as inputs of costs, and of the belief where the case states it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from cybercoercion.assessment import Assessment
from cybercoercion.case import Actor, Campaign, Case
from cybercoercion.sensitivity.changing import Answer, asked_again
from cybercoercion.sensitivity.input.input import Input, made
from cybercoercion.sensitivity.input.spread import of_quantity
from cybercoercion.sensitivity.input.stakes import priced_again, spread_of

TRAITS = {
    "interdependence": "how much {} depends on the country",
    "norm_adherence": "how far {} keeps to norms",
}


def actor_inputs(assessment: Assessment, view: str) -> Iterator[Input]:
    """Yield interdependence and adherence to norms of each candidate.

    What the case states moves the belief too. What it leaves out tells the belief nothing, and is asked for at other
    values as that: it moves costs only.
    """
    for actor in assessment.case.actors:
        for trait in TRAITS:
            yield _of_actor(assessment, view, actor, trait)


def _of_actor(assessment: Assessment, view: str, actor: Actor, trait: str) -> Input:
    knowledge, value = assessment.knowledge, getattr(actor, trait)
    told = value is not None
    return made(
        f"actors.{actor.id}.{trait}",
        spread_of(
            knowledge,
            value,
            f"actor.{trait}",
            "logit-normal",
            lambda: of_quantity(knowledge, f"{trait}.{actor.kind}"),
        ),
        lambda to: _ask(assessment, view, actor.id, trait, to, believed=told),
        label=TRAITS[trait].format(actor.name),
        group="actors",
        unit="share",
        linear=False,
        moves_belief=told,
    )


def _ask(assessment: Assessment, view: str, who: str, trait: str, to: float, *, believed: bool) -> Answer:
    if not believed:
        return priced_again(assessment, view, _with(assessment.case, who, trait, to))
    campaign = assessment.campaign
    if campaign is None:
        return asked_again(assessment, view, source=_with(assessment.case, who, trait, to))
    episodes = tuple(_with(episode, who, trait, to) for episode in campaign.episodes)
    changed: Campaign = replace(campaign, episodes=episodes)
    return asked_again(assessment, view, source=changed)


def _with(case: Case, who: str, trait: str, to: float) -> Case:
    def changed(actor: Actor) -> Actor:
        return actor.model_copy(update={trait: to}) if actor.id == who else actor

    return case.model_copy(update={"actors": tuple(changed(actor) for actor in case.actors)})
