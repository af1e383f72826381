"""Where the cases of a user lie, and that nobody else on the machine can read them."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from pathlib import Path

VARIABLE = "CYBERCOERCION_STORE"  # any URL of a database
FOLDER, NAME = "cybercoercion", "cases.db"


def default_file(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> Path:
    """Return the file that holds the cases of this user, in the folder that the system has for the data of programs.

    >>> default_file({"XDG_DATA_HOME": "/data"}, "linux").as_posix()
    '/data/cybercoercion/cases.db'
    """
    if platform == "win32":
        base = environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local"
    elif platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        given = environ.get("XDG_DATA_HOME", "")
        base = given if Path(given).is_absolute() else Path.home() / ".local" / "share"  # as XDG demands
    return Path(base) / FOLDER / NAME


def make_private(file: Path) -> None:
    """Make a file that only its owner can read, and the folders that lead to it; what is there stays as it is.

    SQLite gives the files that it keeps beside a database the permissions of the database.
    """
    missing = [folder for folder in file.parents if not folder.exists()]
    for folder in reversed(missing):
        folder.mkdir(mode=0o700, exist_ok=True)
    file.touch(mode=0o600, exist_ok=True)
