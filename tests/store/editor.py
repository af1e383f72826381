"""An editor who files changes of a case while others do: `editor.py URL ID NAME ROUNDS`, or in a thread.

Each round begins from the latest revision and adds a report that could still come. Who loses gets a conflict, merges
and saves again. As a program it waits for a line before each round, says ``ready`` when it has made its change, waits
for another line, then saves, and says how often it lost.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

from cybercoercion.case import parse_case, update_toml
from cybercoercion.case.editing import with_row, with_values
from cybercoercion.case.reconciling import reconcile
from cybercoercion.store import CaseStore, Conflict, Filed, open_store


def changed(filed: Filed, name: str, number: int) -> str:
    """Return the text of a revision with one more row, and with the name of who changed it in a field of their own."""
    case = with_row(parse_case(filed.text), "pending", {"id": f"{name}-{number}", "fact": "claim"})
    return update_toml(filed.text, with_values(case, {f"deception.{name}.motive": number / 100}))


def merged(conflict: Conflict, mine: str) -> str:
    """Return the text of theirs with what only I changed; the two of us never change the same."""
    theirs = parse_case(conflict.theirs.text)
    both = reconcile(parse_case(conflict.base.text), theirs, parse_case(mine))
    assert both.clashes == ()
    return update_toml(conflict.theirs.text, both.settled())


def edit(store: CaseStore, id: str, name: str, number: int, meet: Callable[[], object]) -> int:  # noqa: A002
    """File one change, made from what was the latest revision before all met; return how often it was refused."""
    base = store.load(id)
    text = changed(base, name, number)
    meet()
    revision, lost = base.revision, 0
    while True:
        try:
            store.save(id, revision, text, who=name, why=f"{name} {number}")
        except Conflict as conflict:
            text, before, revision, lost = merged(conflict, text), revision, conflict.theirs.revision, lost + 1
            if not before == conflict.base.revision < revision:
                raise
        else:
            return lost


def _meet() -> None:
    """Say that the change is made, and wait until all may save."""
    print("ready", flush=True)  # noqa: T201 - its output
    sys.stdin.readline()


if __name__ == "__main__":
    url, case, me, rounds = sys.argv[1:]
    mine = open_store(url)
    for turn in range(int(rounds)):
        sys.stdin.readline()
        print(edit(mine, case, me, turn, _meet), flush=True)  # noqa: T201 - its output
    mine.close()
