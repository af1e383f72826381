"""Time the answer, and the exact sum against pyAgrum, in one run.

`make bench` prints it. Targets: `believe` + `costs` + `rank` of the Sony case at 2,000 draws in 10 ms; the posterior
per scenario and draw 100 times faster than pyAgrum's LazyPropagation on the same network and evidence.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

from cybercoercion.belief import believe
from cybercoercion.case import load_case
from cybercoercion.knowledge import load_knowledge
from cybercoercion.response import costs, rank

sys.path.insert(0, str(Path(__file__).parents[1] / "belief"))
import oracle
import pyagrum as gum

DRAWS = 2_000
CASE = "sony-2014"


def median_ms(action: Callable[[], object], runs: int = 41) -> float:
    """Return the median wall-clock time of an action in milliseconds, after one unmeasured run."""
    action()
    times = []
    for _ in range(runs):
        start = perf_counter()
        action()
        times.append(perf_counter() - start)
    return 1e3 * median(times)


def pyagrum_actions(peer: oracle.Oracle) -> tuple[Callable[[], object], Callable[[], object]]:
    """Return the two ways to ask pyAgrum for the same joint posterior: a new engine each time, or new evidence."""
    network, targets = peer.network(), {"intent", "actor", "demand"}
    kept = gum.LazyPropagation(network)
    kept.addJointTarget(targets)

    def anew() -> object:
        engine = gum.LazyPropagation(network)
        engine.addJointTarget(targets)
        engine.setEvidence(peer.evidence)
        engine.makeInference()
        return engine.jointPosterior(targets)

    def again() -> object:
        kept.eraseAllEvidence()
        kept.setEvidence(peer.evidence)
        kept.makeInference()
        return kept.jointPosterior(targets)

    return anew, again


def main() -> None:
    """Print the rows."""
    case, knowledge = load_case(CASE), load_knowledge(draws=DRAWS)
    belief, priced = believe(case, knowledge), costs(case, knowledge)

    def forget() -> None:
        for kind in ("network", "costs"):
            knowledge._memory.pop(("recent", kind), None)

    parts = {
        "believe": median_ms(lambda: believe(case, knowledge)),
        "costs": median_ms(lambda: costs(case, knowledge)),
        "rank": median_ms(lambda: rank(belief, priced)),
    }
    whole = median_ms(lambda: rank(believe(case, knowledge), costs(case, knowledge)))

    def afresh() -> None:
        forget()
        rank(believe(case, knowledge), costs(case, knowledge))

    print(f"{CASE}, {DRAWS:,} draws: believe + costs + rank {whole:.1f} ms (target 10); ", end="")
    print(", ".join(f"{name} {ms:.1f}" for name, ms in parts.items()), end="")
    headline = median_ms(lambda: rank(believe(case, knowledge), costs(case, knowledge), views=("nation",)))
    print(f"; with the headline view alone {headline:.1f} ms", end="")
    print(f"; all anew, as after a change of stakes and candidates, {median_ms(afresh):.1f} ms")

    engine = parts["believe"] / DRAWS
    peer = min(median_ms(action, 41) for action in pyagrum_actions(oracle.Oracle(case, knowledge, 0)))
    print(
        f"posterior per scenario and draw: {1e3 * engine:.2f} us; pyAgrum LazyPropagation {1e3 * peer:.0f} us; "
        f"{peer / engine:.0f} times (target 100)"
    )


if __name__ == "__main__":
    main()
