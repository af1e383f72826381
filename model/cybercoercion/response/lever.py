"""A lever: one variant, aimed at one candidate where it needs one, with everything it costs and does."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Actor, Case
from cybercoercion.knowledge import Knowledge
from cybercoercion.response.amount import ZERO, Amount, known, stated
from cybercoercion.response.situation import Situation, interdependence, norm_adherence
from cybercoercion.response.variant import STATES, VARIANTS, Variant, against

Array = NDArray[np.float64]
NOTHING = np.zeros(1)


@dataclass(frozen=True, kw_only=True, eq=False)
class Lever:
    """Own cost, effect and side effects of a variant against a candidate; arrays have dims ``(draw,)`` or ``(1,)``."""

    variant: Variant
    target: str | None
    place: int | None  # of the target among the candidates
    once: Amount  # USD
    running: Amount  # USD a year
    effect: Array  # d: cut in the recurrence of whom it works on
    precedent: Array  # cut in attacks by other states
    retaliation: Array  # q: excess probability
    military: Array  # q: excess probability
    conflict: Array  # multiplies the escalation factor in the military tail
    loss_wrong: Amount  # L_w, USD
    share_wrong: Array  # xi (1 - guilty / 2)
    second_order: Amount

    @property
    def name(self) -> str:
        """The name of the variant."""
        return self.variant.name

    @property
    def key(self) -> tuple[str, str | None]:
        """The variant and whom it is aimed at."""
        return self.variant.name, self.target

    def reach(self, off_target: float, candidates: int) -> Array:
        """Return chi, the share of the effect that reaches each actor if that actor did it, dims ``(actor,)``.

        The last actor is the one that is not on the list.
        """
        out = np.full(candidates + 1, 0.0 if self.variant.follows_guilt else off_target)
        out[self.place] = 1.0
        return out


def levers(
    case: Case, knowledge: Knowledge, stakes: Situation, only: Collection[tuple[str, str | None]] | None = None
) -> tuple[Lever, ...]:
    """Return every variant against every candidate that it can be aimed at; or ``only`` those with these keys."""
    kinds = {actor.id: actor.kind for actor in case.actors}
    places = {actor.id: place for place, actor in enumerate(case.actors)}
    out = []
    for variant in VARIANTS:
        if variant.aim == "nobody" and (only is None or (variant.name, None) in only):
            out.append(_resilience(variant, knowledge, stakes))
        out.extend(
            _aimed(variant, case, case.actor(target), places[target], knowledge, stakes)
            for target in against(variant, kinds)
            if only is None or (variant.name, target) in only
        )
    return tuple(out)


def _resilience(variant: Variant, knowledge: Knowledge, stakes: Situation) -> Lever:
    once = running = ZERO
    if variant.name == "urgent":
        once = known(knowledge, "cost.urgent")
    else:
        running = known(knowledge, f"cost.{variant.entry}")
    if variant.name == "national":
        running = running * stakes.gdp * (1 / knowledge.mean("cost.national_gdp"))
    return Lever(
        variant=variant, target=None, place=None, once=once, running=running, effect=NOTHING, precedent=NOTHING,
        retaliation=NOTHING, military=NOTHING, conflict=np.ones(1), loss_wrong=ZERO, share_wrong=NOTHING,
        second_order=known(knowledge, f"second_order.{variant.entry}"),
    )  # fmt: skip


def _aimed(variant: Variant, case: Case, actor: Actor, place: int, knowledge: Knowledge, stakes: Situation) -> Lever:
    exposure, adherence = interdependence(actor, knowledge), norm_adherence(actor, knowledge)
    reach = np.ones(1) if actor.kind in STATES else knowledge.quantity("effect.beyond_states")
    once, running = own_cost(variant, case, actor, knowledge, stakes)
    entry = variant.entry
    punishes = variant.response == "punishment"
    armed = actor.relationship == "armed-conflict"
    provoked = f"retaliation.{'statement' if variant.name == 'law-enforcement' else entry}"
    return Lever(
        variant=variant,
        target=actor.id,
        place=place,
        once=once,
        running=running,
        effect=np.minimum(effect(variant, exposure, adherence, reach, knowledge), 1.0),
        precedent=precedent(variant, adherence, reach, knowledge),
        retaliation=knowledge.quantity(provoked) if punishes else NOTHING,
        military=knowledge.quantity(f"military.{entry}") if f"military.{entry}" in knowledge.quantities else NOTHING,
        conflict=knowledge.quantity("military.conflict") if armed else np.ones(1),
        loss_wrong=known(knowledge, f"wrong_actor.{entry}") if punishes or variant.name == "naming" else ZERO,
        share_wrong=innocent(variant, actor, exposure, knowledge),
        second_order=known(knowledge, f"second_order.{entry}"),
    )


def own_cost(
    variant: Variant, case: Case, actor: Actor, knowledge: Knowledge, stakes: Situation
) -> tuple[Amount, Amount]:
    """Return what a lever costs who pulls it: once (USD), and running (USD a year)."""

    def cost(name: str) -> Amount:
        return known(knowledge, f"cost.{name}")

    statement = cost("statement") + cost("indictment")
    if variant.name == "leverage":
        carried_out = known(knowledge, "leverage.used") * known(knowledge, "leverage.loss")
        return cost("leverage") + carried_out * trade(case, actor, knowledge, stakes), ZERO
    if variant.name == "bilateral":
        chance = deal_chance(interdependence(actor, knowledge), norm_adherence(actor, knowledge), knowledge)
        return Amount(chance, float(chance.mean())) * cost("forgone_operations"), cost("norms")
    once = {
        "statement": lambda: statement,
        "law-enforcement": lambda: cost("indictment") + cost("law_enforcement"),
        "sanctions": lambda: statement + cost("sanctions"),
        "counter-operation": lambda: cost("counter_operation"),
        "naming": lambda: cost("naming"),
    }
    running = {
        "broad-sanctions": lambda: cost("broad_sanctions") * stakes.gdp,
        "building": lambda: cost("building"),
        "multilateral": lambda: cost("multilateral"),
    }
    return once.get(variant.name, lambda: ZERO)(), running.get(variant.name, lambda: ZERO)()


def trade(case: Case, actor: Actor, knowledge: Knowledge, stakes: Situation) -> Amount:
    """Return the trade with an actor's country, USD a year: stated, or growing with the cube of interdependence."""
    stakes_trade = case.stakes.bilateral_trade
    value = stakes_trade.get(actor.id) if isinstance(stakes_trade, Mapping) else stakes_trade
    exposure = interdependence(actor, knowledge)
    default = Amount(exposure**3, float((exposure**3).mean())) * stakes.gdp * knowledge.mean("leverage.trade")
    return stated(knowledge, value, "stakes.bilateral_trade", "log-normal", lambda: default)


def effect(variant: Variant, exposure: Array, adherence: Array, reach: Array, knowledge: Knowledge) -> Array:
    """Return d, the cut in recurrence before its window and the factor of the intent, dims ``(draw,)``.

    Entanglement grows with interdependence and norms with adherence, each along the line between two elicited actors;
    both are near nothing beyond states.
    """
    draw = knowledge.quantity
    punishment = draw("effect.punishment")
    bite = draw("effect.exposure") * exposure
    by_variant = {
        "statement": lambda: draw("effect.statement_share") * punishment,
        "law-enforcement": lambda: punishment,
        "sanctions": lambda: punishment + bite,
        "counter-operation": lambda: draw("effect.counter_operation") * punishment,
        "broad-sanctions": lambda: punishment + 2 * bite,  # it hits what targeted sanctions spare
        "leverage": lambda: reach * between("effect.entanglement", exposure, knowledge),
        "building": lambda: reach * between("effect.entanglement", exposure, knowledge),
        "naming": lambda: reach * draw("effect.statement_share") * between("effect.norms", adherence, knowledge),
        "multilateral": lambda: reach * between("effect.norms", adherence, knowledge),
        "bilateral": lambda: (
            reach * deal_chance(exposure, adherence, knowledge) * draw("effect.deal") * draw("effect.deal_class")
        ),
    }
    return by_variant[variant.name]()


def between(name: str, trait: Array, knowledge: Knowledge, *, anchors: str = "") -> Array:
    """Return an effect at a trait between its two anchors, and flat beyond them."""
    low_at, high_at = (knowledge.mean(f"{anchors or name}.{end}_at") for end in ("low", "high"))
    along = np.clip((trait - low_at) / (high_at - low_at), 0.0, 1.0)
    low, high = knowledge.quantity(f"{name}.low"), knowledge.quantity(f"{name}.high")
    return np.asarray(low + along * (high - low))


def deal_chance(exposure: Array, adherence: Array, knowledge: Knowledge) -> Array:
    """Return P(deal), from a flouting actor to an exposed rival, along adherence x interdependence."""
    along = np.clip(exposure * adherence / knowledge.mean("effect.deal_chance.high_at"), 0.0, 1.0)
    low, high = (knowledge.quantity(f"effect.deal_chance.{end}") for end in ("low", "high"))
    return np.asarray(low + along * (high - low))


def precedent(variant: Variant, adherence: Array, reach: Array, knowledge: Knowledge) -> Array:
    """Return the cut in attacks by other states: by punishing states, and by upholding a norm, dims ``(draw,)``."""
    draw = knowledge.quantity
    if variant.name == "statement":
        return draw("precedent.punishment") * draw("effect.statement_share")
    if variant.name in ("sanctions", "broad-sanctions"):  # a counter-operation is not seen
        return draw("precedent.punishment")
    if variant.name in ("naming", "multilateral"):
        cut = between(f"precedent.{variant.entry}", adherence, knowledge, anchors="effect.norms")
        return np.minimum(reach * cut, 1.0)
    return NOTHING


def innocent(variant: Variant, actor: Actor, exposure: Array, knowledge: Knowledge) -> Array:
    """Return ``xi(b) (1 - guilty_b / 2)``: what hitting an innocent costs, by its exposure and its other guilt."""
    if variant.response not in ("punishment", "norms"):
        return NOTHING
    record = "track_record" if actor.track_record else "no_record"
    guilty = knowledge.mean("wrong_actor.guilty_discount") * knowledge.quantity(f"guilty_elsewhere.{record}")
    if variant.name == "law-enforcement":  # persons are tried, not states
        return 1 - guilty
    floor, full = knowledge.mean("wrong_actor.floor"), knowledge.mean("wrong_actor.saturation")
    return np.asarray((floor + (1 - floor) * np.minimum(1.0, exposure / full)) * (1 - guilty))
