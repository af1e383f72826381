"""Time the value of information of every shipped case, beside the answer itself, in one run.

`make bench` prints it. Targets at 2,000 draws: the value of all parameters in 0.5 s, the whole table in 1 s.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from time import perf_counter

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load, shipped
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.value.parameters import parameters_value

DRAWS = 2_000
RUNS = 3
TABLE = "cybercoercion.sensitivity.value.table"


def seconds(action: Callable[[Assessment], object], fresh: Callable[[], Assessment]) -> float:
    """Return the median wall-clock time of an action on an answer just given, in seconds."""
    times = []
    for _ in range(RUNS):
        assessment = fresh()
        start = perf_counter()
        action(assessment)
        times.append(perf_counter() - start)
    return median(times)


def whole_table() -> Callable[[Assessment], object] | None:
    """Return what makes the whole table, if there is one."""
    if find_spec(TABLE) is None:
        return None
    from cybercoercion.sensitivity.value.table import voi

    return voi


def main() -> None:
    """Print a row for each case, then the slowest."""
    knowledge, table = load_knowledge(draws=DRAWS), whole_table()
    parameters_value(assess(load("sony-2014"), knowledge))  # what is imported only once
    slowest: dict[str, tuple[float, str]] = {}
    for name in shipped():
        source = load(name)

        def fresh() -> Assessment:
            return assess(source, knowledge)  # noqa: B023 - called in this turn only

        times = {"answer": seconds(lambda _: fresh(), fresh), "parameters": seconds(parameters_value, fresh)}
        if table is not None:
            times["whole table"] = seconds(table, fresh)
        for what, time in times.items():
            slowest[what] = max(slowest.get(what, (0.0, "")), (time, name))
        ratios = ", ".join(
            f"{what} {1e3 * time:.0f} ms ({time / times['answer']:.0f} x)"
            for what, time in times.items()
            if what != "answer"
        )
        print(f"value of information, {name}, {DRAWS:,} draws: answer {1e3 * times['answer']:.0f} ms; {ratios}")
    targets = {"parameters": 0.5, "whole table": 1.0}
    for what, target in targets.items():
        if what in slowest:
            time, name = slowest[what]
            print(f"value of information, {what} at most {time:.2f} s ({name}; target {target:g})")


if __name__ == "__main__":
    main()
