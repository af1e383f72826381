"""What is committed can be published: it names no machine and no place that packages were fetched from."""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

# A path begins where no name, host or other path precedes it: a folder of that name inside an address is none.
BEFORE = rb"(?<![\w.:~/}-])"
PRIVATE: Mapping[str, re.Pattern[bytes]] = {
    "a home or a checkout": re.compile(BEFORE + rb"(?:file://)?/(?:root|home|work|Users|opt)/\w"),
    "a temporary folder": re.compile(BEFORE + rb"/(?:var/)?tmp/\w"),
    "a folder of Windows": re.compile(rb"\b[A-Z]:\\+(?:Users|Temp)\b"),
    "a package index": re.compile(rb"p[y]pi|python[h]osted|(?:extra-)?index[-_]url|find[-_]links|trusted[-_]host"),
    "an archive of a package": re.compile(rb"/[\w.+-]+(?:\.w[h]l|\.tar\.g[z])\b"),
}


def committed(root: Path) -> list[Path]:
    """Return the files that git knows here, as far as they are there."""
    command = ["git", "-c", "safe.directory=*", "ls-files", "-z"]  # who tests need not be who checked out
    listed = subprocess.run(command, cwd=root, capture_output=True, encoding="utf-8", check=True)
    return [path for name in listed.stdout.split("\0") if name and (path := root / name).is_file()]


def places(root: Path, pattern: re.Pattern[bytes]) -> list[str]:
    """Return file, line and text of each hit in a committed file."""
    return [
        f"{path.relative_to(root)}:{number}: {hit.group().decode(errors='replace')}"
        for path in committed(root)
        for number, line in enumerate(path.read_bytes().splitlines(), start=1)
        if (hit := pattern.search(line))
    ]


@pytest.mark.parametrize("what", PRIVATE)
def test_no_committed_file_names_a_private_place(root: Path, what: str) -> None:
    """No committed file holds a machine's path, or the host or the options of a package index."""
    assert places(root, PRIVATE[what]) == []


def test_no_committed_file_names_this_checkout(root: Path) -> None:
    """No committed file holds the path of this very checkout or of the home of who runs the tests."""
    here = {str(root), os.path.expanduser("~")} - {"/", "~"}  # noqa: PTH111  # Path.home() raises where there is none
    assert places(root, re.compile("|".join(map(re.escape, sorted(here))).encode())) == []


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a home or a checkout", "cd /{}/somebody/project"),
        ("a home or a checkout", "file:///{}/somebody/project"),
    ],
)
@pytest.mark.parametrize("folder", ["root", "home", "work", "Users"])
def test_a_private_place_is_recognised(what: str, text: str, folder: str) -> None:
    """A path below a home or a checkout is recognised, plain or as an address."""
    assert PRIVATE[what].search(text.format(folder).encode())


def test_an_address_with_such_a_folder_is_public() -> None:
    """A public address with a folder called home in it is no private place."""
    assert not PRIVATE["a home or a checkout"].search(b"https://example.org/home/index.html")
