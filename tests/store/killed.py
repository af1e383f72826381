"""A program that files revisions until it is killed, a hundred times over: `killed.py URL ID SEED TIMES`.

It forks children that file revisions in a loop, and kills each at a random moment. Standard output has a line for each
child: the revisions whose save had returned, and ``saving`` where it was killed within the next one.
"""

from __future__ import annotations

import os
import random
import sys
import time
from signal import SIGKILL

from cybercoercion.case import new_case
from cybercoercion.store import CaseStore, open_store  # the first loads SQLAlchemy, once for all children

MOST = 3  # saves that a child is left to finish
LONGEST = 0.03  # seconds that it lives on after the last of them
SAVING = b"s"
BASE = new_case("harbour", title="A harbour", frame="any-intrusion")


def text_of(revision: int) -> str:
    """Return what a revision says: of many lengths, so that saves write one page of a database or hundreds."""
    rng = random.Random(revision)  # noqa: S311 - not a secret
    return BASE + f"# {revision} {rng.randbytes(rng.choice((10, 5_000, 500_000))).hex()}"


def write(store: CaseStore, name: str, out: int) -> None:
    """File revision after revision, and say of each when its save has returned."""
    revision = store.load(name).revision
    while True:
        os.write(out, SAVING)
        revision = store.save(name, revision, text_of(revision + 1), who="Ann", why=f"To {revision + 1}").revision
        os.write(out, f"{revision}\n".encode())


def killed(url: str, name: str, saves: int, delay: float) -> str:
    """Return what a child said before it was killed, the delay after so many saves."""
    read, out = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            write(open_store(url), name, out)
        finally:
            os._exit(1)  # a child never comes back into the loop below
    os.close(out)
    said = b""
    while SAVING not in said or said.count(b"\n") < saves:
        said += os.read(read, 100) or sys.exit("a child ended by itself")
    time.sleep(delay)
    os.kill(child, SIGKILL)
    while more := os.read(read, 100_000):
        said += more
    os.close(read)
    _, status = os.waitpid(child, 0)
    if os.waitstatus_to_exitcode(status) != -SIGKILL:
        sys.exit("a child ended by itself")
    return said.decode().replace("s", " ").strip().replace("\n", "") + " saving" * said.endswith(SAVING)


if __name__ == "__main__":
    address, case, seed, times = sys.argv[1:]
    moments = random.Random(int(seed))  # noqa: S311 - not a secret
    for _ in range(int(times)):
        print(killed(address, case, moments.randint(0, MOST), moments.uniform(0, LONGEST)), flush=True)  # noqa: T201 - its one output
