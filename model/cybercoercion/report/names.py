"""How actors, demands and options of a case are called on the page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from cybercoercion.report.sentence import NAMES, VARIANT_NAMES

if TYPE_CHECKING:
    from cybercoercion.case import Case
    from cybercoercion.report.verdict import Verdict
    from cybercoercion.response import Option


class PlanLike(Protocol):
    """A set of levers: variant and against whom."""

    @property
    def levers(self) -> tuple[tuple[str, str | None], ...]:
        """Return the levers."""


def state_name(verdict: Verdict, name: str, state: str) -> str:
    """Return the label of a state of intent, actor or demand."""
    return label(verdict.assessment.case, name, state)


def label(case: Case, name: str, state: str) -> str:
    """Return what a case calls a state of intent, actor or demand."""
    if name == "actor":
        return {actor.id: actor.name or actor.id for actor in case.actors}.get(state, "Not on our list")
    if name == "demand":
        return {demand.id: demand.text for demand in case.demands}.get(state, "None of our list")
    return state.capitalize()


def against_name(verdict: Verdict, actor: str | None) -> str:
    """Return whom a response is aimed at."""
    return "" if actor is None else f" against {state_name(verdict, 'actor', actor)}"


def option_name(verdict: Verdict, option: Option) -> str:
    """Return response, variant and target of an option."""
    variant = VARIANT_NAMES.get(option.variant, option.variant)
    return f"{NAMES[option.response]}: {variant}{against_name(verdict, option.against)}"


def portfolio_name(verdict: Verdict, plan: PlanLike) -> str:
    """Return the levers of a combination in words."""
    names = [f"{VARIANT_NAMES.get(name, name)}{against_name(verdict, against)}" for name, against in plan.levers]
    return " + ".join(names) if names else "nothing new"


def response_name(response: str) -> str:
    """Return a response, or nothing new, inside a sentence.

    >>> response_name("denial"), response_name("nothing")
    ('denial', 'nothing new')
    """
    return "nothing new" if response == "nothing" else NAMES[response].split(" (")[0].lower()


def plan_name(case: Case, name: str) -> str:
    """Return the levers of a plan in words; ``name`` is that of a menu, such as ``urgent + sanctions against x``."""
    said = []
    for lever in name.split(" + "):
        variant, against, actor = lever.partition(" against ")
        said.append(
            f"{VARIANT_NAMES.get(variant, variant)}{f' against {label(case, "actor", actor)}' if against else ''}"
        )
    return " + ".join(said)


def option_words(case: Case, option: str) -> str:
    """Return an option of a menu inside a sentence: a response, nothing new, or a plan by its levers."""
    return response_name(option) if option in (*NAMES, "nothing") else plan_name(case, option)
