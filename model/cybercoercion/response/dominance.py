"""Does one response always win: the share of a plausible case space in which each is first.

What the description of that space leaves open is chosen here: a firm, one candidate state with a track record, no
stated trade, what an episode is when it is no coercion; the shares move by a few points with these choices.

``python -m cybercoercion.response.dominance`` prints the shares, with and without nothing new among them.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from cybercoercion.case import Actor, Case, Demand, Stakes, Target
from cybercoercion.knowledge import Knowledge, load_knowledge
from cybercoercion.response.assumed import AssumedBelief, assumed_belief
from cybercoercion.response.costs import costs
from cybercoercion.response.ranking import rank
from cybercoercion.vocabulary import RESPONSES, VIEWS

Array = NDArray[np.float64]
CASES, SEED, DRAWS = 400, 1, 400

# Ends of the case space; a logarithmic scale where they differ by more than a factor of ten.
SPACE: dict[str, tuple[float, float, bool]] = {
    "p_actor": (0.4, 1.0, False),
    "p_coercion": (0.0, 1.0, False),
    "interdependence": (0.0, 1.0, False),
    "norm_adherence": (0.0, 1.0, False),
    "harm": (3e6, 3e9, True),
    "rate": (0.3, 6.0, True),
    "gdp": (5e10, 2e13, True),
    "resilience": (0.1, 0.9, False),
    "escalation": (0.3, 10.0, True),
    "conflict": (1.0, 6.0, False),
}
# What an episode that is no coercion is instead.
OTHERWISE = {"destabilisation": 0.3, "retaliation": 0.3, "espionage": 0.3, "crime": 0.1}


@dataclass(frozen=True, slots=True, kw_only=True)
class Dominance:
    """Shares of the case space, by view: who is first of five, and who of the four alone."""

    first: dict[str, dict[str, float]]
    first_of_four: dict[str, dict[str, float]]
    beats_nothing: dict[str, dict[str, float]]


def latin_hypercube(size: int, seed: int) -> dict[str, Array]:
    """Return points of the case space, one in each of ``size`` slices of every axis.

    >>> points = latin_hypercube(4, 1)["resilience"]
    >>> sorted(np.floor((points - 0.1) / 0.2).astype(int).tolist())
    [0, 1, 2, 3]
    """
    rng = np.random.default_rng(seed)
    out = {}
    for name, (low, high, log) in SPACE.items():
        unit = (rng.permutation(size) + rng.uniform(size=size)) / size
        out[name] = np.exp(np.log(low) + unit * np.log(high / low)) if log else low + unit * (high - low)
    return out


def sampled_cases(size: int = CASES, seed: int = SEED) -> Iterator[tuple[Case, AssumedBelief]]:
    """Yield cases of a firm with one candidate state and one demand, with the belief that each assumes."""
    points = latin_hypercube(size, seed)
    for row in range(size):
        at = {name: float(values[row]) for name, values in points.items()}
        case = Case(
            schema=1,
            id=f"case-{row}",
            title=f"Case {row}",
            as_of=date(2020, 1, 1),
            target=Target(name="A firm", kind="firm"),
            frame="disruptive-in-dispute",
            actors=(
                Actor(
                    id="suspect",
                    kind="state",
                    # the tables know armed conflict or none: the middle of its factor is six
                    relationship="armed-conflict" if at["conflict"] > 3 else "dispute",
                    track_record=True,
                    interdependence=at["interdependence"],
                    norm_adherence=at["norm_adherence"],
                ),
            ),
            demands=(Demand(id="demand", text="What is wanted"),),
            stakes=Stakes(
                harm_now=at["harm"],
                recurrence_nation=at["rate"],
                country_gdp=at["gdp"],
                resilience=at["resilience"],
                escalation=at["escalation"],
            ),
        )
        coercion = at["p_coercion"]
        intent = {"compellence": coercion} | {name: p * (1 - coercion) for name, p in OTHERWISE.items()}
        yield case, assumed_belief(case, {"suspect": at["p_actor"]}, intent, {"demand": coercion})


def dominance(knowledge: Knowledge, size: int = CASES, seed: int = SEED) -> Dominance:
    """Return the shares of the case space in which each response, and nothing new, is first."""
    first: dict[str, Counter[str]] = {view: Counter() for view in VIEWS}
    of_four: dict[str, Counter[str]] = {view: Counter() for view in VIEWS}
    beats: dict[str, Counter[str]] = {view: Counter() for view in VIEWS}
    for case, belief in sampled_cases(size, seed):
        for name, view in rank(belief, costs(case, knowledge)).views.items():
            first[name][view.first] += 1
            of_four[name][view.options[0].response] += 1
            beats[name].update(option.response for option in view.options if option.delta < 0)

    def shares(counts: dict[str, Counter[str]], names: tuple[str, ...]) -> dict[str, dict[str, float]]:
        return {view: {name: counts[view][name] / size for name in names} for view in VIEWS}

    return Dominance(
        first=shares(first, (*RESPONSES, "nothing")),
        first_of_four=shares(of_four, RESPONSES),
        beats_nothing=shares(beats, RESPONSES),
    )


# Section 3 of the findings: the same case space on a prototype of the model.
PUBLISHED = {
    "target": {"denial": 0.48, "nothing": 0.32, "punishment": 0.06, "norms": 0.03, "entanglement": 0.12},
    "nation": {"denial": 0.54, "nothing": 0.42, "punishment": 0.01, "norms": 0.005, "entanglement": 0.03},
    "long": {"denial": 0.51, "nothing": 0.30, "punishment": 0.10, "norms": 0.06, "entanglement": 0.04},
}


def table(result: Dominance) -> str:
    """Return the shares as text, beside those of the prototype."""
    names = ("denial", "nothing", "punishment", "norms", "entanglement")
    lines = [f"{'first, in share of cases':34}" + "".join(f"{name:>14}" for name in names)]
    for view in VIEWS:
        for label, row in (
            ("", result.first[view]),
            (" (prototype)", PUBLISHED[view]),
            (" without nothing new", result.first_of_four[view]),
            (" better than nothing new", result.beats_nothing[view]),
        ):
            cells = (f"{row[name]:14.3f}" if name in row else f"{'-':>14}" for name in names)
            lines.append(f"{view + label:34}" + "".join(cells))
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table(dominance(load_knowledge(draws=DRAWS))) + "\n")
