"""What a change costs on the server, view by view, and with ten sessions at once; run by `make bench`.

Each change is one that nobody asked about before, so that no cache answers: a stake by itself, and a grade, which moves
the belief too. Long work goes on beside the pages in its own thread and competes for the machine, as it does in use.
"""

from __future__ import annotations

import logging
import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from statistics import median
from threading import Thread
from time import perf_counter, sleep

from streamlit.testing.v1 import AppTest

from cybercoercion.case import Case, load_case
from cybercoercion.case.editing import with_fields, with_values
from cybercoercion.desk import Desk, opened

APP = Path(__file__).parents[2] / "app" / "app.py"
VIEWS = ("brief", "evidence", "beliefs", "decision", "change_our_mind", "compare", "assumptions")
BUDGET, CROWD = 0.150, 0.500  # seconds
ROUNDS, SESSIONS = 6, 10
PAUSES = (2.0, 0.5)  # seconds: brisk, and faster than anybody looks


def main() -> None:
    """Print the median and the worst time of a change for each view, then for ten sessions at once."""
    logging.getLogger("streamlit").setLevel(logging.ERROR)  # threads of ours have no page of their own
    with tempfile.TemporaryDirectory() as folder:
        os.environ["CYBERCOERCION_STORE"] = f"sqlite:///{folder}/cases.db"
        one = alone()
        many = [crowded(pause, salt) for salt, pause in enumerate(PAUSES)]
    print(f"\nworst median of one session {one * 1e3:.0f} ms: {one / BUDGET:.2f} of {BUDGET * 1e3:.0f} ms")
    for pause, each in zip(PAUSES, many, strict=True):
        said = f"median of {SESSIONS} sessions, {pause:g} s between changes, {each * 1e3:.0f} ms"
        print(f"{said}: {each / CROWD:.2f} of {CROWD * 1e3:.0f} ms")


def alone() -> float:
    """Return the worst median over the views."""
    worst = 0.0
    print("view                 stake: median  worst     grade: median  worst    (ms)")
    for view in VIEWS:
        at = at_view(view)
        times = {}
        for name, changed in (("stake", stakes(0)), ("grade", grades())):
            times[name] = [timed(at, desk) for desk in changed]
            worst = max(worst, median(times[name]))
        cells = "".join(f"{median(one) * 1e3:14.0f} {max(one) * 1e3:6.0f}   " for one in times.values())
        print(f"{view:18}{cells}")
    return worst


def crowded(pause: float, salt: int) -> float:
    """Return the median time of a change while ten people on different views change something every few seconds."""
    sessions = [at_view(VIEWS[number % len(VIEWS)]) for number in range(SESSIONS)]
    times: list[float] = []

    def use(number: int) -> None:
        for desk in stakes(number + 1 + SESSIONS * salt):
            times.append(timed(sessions[number], desk))
            sleep(pause)  # a person looks before the next change

    threads = [Thread(target=use, args=(number,)) for number in range(SESSIONS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    middle, worst = median(times) * 1e3, max(times) * 1e3
    print(f"ten at once, {pause:g} s between changes: median {middle:.0f} ms, worst {worst:.0f} ms")
    return median(times)


def at_view(view: str) -> AppTest:
    """Return a session at a view, drawn once."""
    at = AppTest.from_file(str(APP), default_timeout=120).run()
    if view != "brief":
        at.switch_page(f"views/{view}.py").run()
    return at.run()


def timed(at: AppTest, desk: Desk) -> float:
    """Return the seconds that it takes to show a changed case."""
    at.session_state["desk"] = desk
    start = perf_counter()
    at.run()
    return perf_counter() - start


def stakes(salt: int) -> Iterator[Desk]:
    """Yield desks with a resilience that nobody asked about before."""
    sony = load_case("sony-2014")
    for step in range(ROUNDS):
        yield _changed(sony, with_values(sony, {"stakes.resilience": 0.2 + 0.05 * step + 0.0017 * salt}))


def grades() -> Iterator[Desk]:
    """Yield desks with a grade that nobody asked about before."""
    sony = load_case("sony-2014")
    for report in sony.reports[:ROUNDS]:
        yield _changed(sony, with_fields(sony, "reports", report.id, {"grade": "D4"}))


def _changed(before: Case, after: Case) -> Desk:
    """Return the desk after a change."""
    return opened(before).changed(after, "a change")


if __name__ == "__main__":
    main()
