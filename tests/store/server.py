"""A PostgreSQL server of its own for the tests: Debian's, on a socket in a folder that goes away afterwards."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from signal import SIGQUIT

DEBIAN = Path("/usr/lib/postgresql")
OWNER = "tester"  # of the databases; nobody on this machine
SERVANTS = ("postgres", "nobody")  # who runs the server where root runs the tests: it refuses to run as root
SECONDS = 60


class NoServer(Exception):
    """Raised where there is no PostgreSQL, with what is missing."""


def programs() -> Path:
    """Return the folder with the programs of the newest PostgreSQL here."""
    found = sorted(DEBIAN.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]) if path.parts[-3].isdigit() else 0)
    if found:
        return found[-1].parent
    if initdb := shutil.which("initdb"):
        return Path(initdb).resolve().parent
    raise NoServer(f"no PostgreSQL server: no initdb below {DEBIAN} or on the path; install Debian's postgresql")


def servant() -> dict[str, object]:
    """Return as whom to run the server: as ourselves, but never as root."""
    if os.geteuid() != 0:
        return {}
    for name in SERVANTS:
        try:
            user = pwd.getpwnam(name)
        except KeyError:
            continue
        return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}
    raise NoServer(f"no user to run PostgreSQL: none of {', '.join(SERVANTS)} is there")


@contextmanager
def server() -> Iterator[str]:
    """Yield the URL of a running server, and stop it afterwards."""
    folder, identity = programs(), servant()
    with tempfile.TemporaryDirectory(prefix="cases-") as name:  # short: the path of a socket has at most 107 bytes
        home = Path(name)
        if identity:
            os.chown(home, int(str(identity["user"])), int(str(identity["group"])))
        data, log = home / "data", home / "log"
        made = subprocess.run(
            [folder / "initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-locale", "--no-sync"],
            **identity, cwd=home, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert made.returncode == 0, made.stderr
        with log.open("w") as lines:
            running = subprocess.Popen(
                [folder / "postgres", "-D", data, "-k", home, "-c", "listen_addresses=", "-c", "fsync=off"],
                **identity, cwd=home, stdin=subprocess.DEVNULL, stdout=lines, stderr=lines,
            )  # fmt: skip
        try:
            _await(folder, home, running, log)
            yield f"postgresql+psycopg://{OWNER}@/postgres?host={home}"
        finally:
            running.send_signal(SIGQUIT)  # at once: nothing of it is kept
            running.wait(SECONDS)


def _await(folder: Path, home: Path, running: subprocess.Popen[bytes], log: Path) -> None:
    """Return when the server takes connections."""
    end = time.monotonic() + SECONDS
    while subprocess.run([folder / "pg_isready", "-q", "-h", home], check=False).returncode != 0:
        assert running.poll() is None, log.read_text(encoding="utf-8")
        assert time.monotonic() < end, log.read_text(encoding="utf-8")
        time.sleep(0.05)
