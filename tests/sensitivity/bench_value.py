"""Time the value of information of every shipped case, beside the answer itself, in one run: wall clock and CPU.

`make bench` prints it. Where others use the machine, wall clock says little; CPU adds up what all threads computed.
Targets at 2,000 draws: the value of all parameters in 0.5 s, the whole table in 1 s.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib.util import find_spec
from statistics import median
from time import perf_counter, process_time

from cybercoercion.assessment import Assessment, assess
from cybercoercion.case import load, shipped
from cybercoercion.knowledge import load_knowledge
from cybercoercion.sensitivity.value.parameters import parameters_value

DRAWS = 2_000
RUNS = 3
TABLE = "cybercoercion.sensitivity.value.table"


def seconds(action: Callable[[Assessment], object], fresh: Callable[[], Assessment]) -> tuple[float, float]:
    """Return the median times of an action on an answer just given, in seconds: wall clock and CPU."""
    walls, cpus = [], []
    for _ in range(RUNS):
        assessment = fresh()
        wall, cpu = perf_counter(), process_time()
        action(assessment)
        walls.append(perf_counter() - wall)
        cpus.append(process_time() - cpu)
    return median(walls), median(cpus)


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
    slowest: dict[str, tuple[float, float, str]] = {}
    for name in shipped():
        source = load(name)

        def fresh() -> Assessment:
            return assess(source, knowledge)  # noqa: B023 - called in this turn only

        times = {"answer": seconds(lambda _: fresh(), fresh), "parameters": seconds(parameters_value, fresh)}
        if table is not None:
            times["whole table"] = seconds(table, fresh)
        for what, (wall, cpu) in times.items():
            slowest[what] = max(slowest.get(what, (0.0, 0.0, "")), (wall, cpu, name))
        answer, answer_cpu = times.pop("answer")
        ratios = ", ".join(
            f"{what} {1e3 * wall:.0f} ms (CPU {1e3 * cpu:.0f} ms; {wall / answer:.0f} x)"
            for what, (wall, cpu) in times.items()
        )
        print(
            f"value of information, {name}, {DRAWS:,} draws: answer {1e3 * answer:.0f} ms "
            f"(CPU {1e3 * answer_cpu:.0f} ms); {ratios}"
        )
    targets = {"parameters": 0.5, "whole table": 1.0}
    for what, target in targets.items():
        if what in slowest:
            wall, cpu, name = slowest[what]
            print(f"value of information, {what} at most {wall:.2f} s (CPU {cpu:.2f} s; {name}; target {target:g})")


if __name__ == "__main__":
    main()
