"""A page is drawn where a process has no standard input, as under a service or a scheduler."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest


def test_a_page_is_drawn_without_a_standard_input(tmp_path: Path) -> None:
    """With its standard input closed, `report` writes a page with its figures."""
    pytest.importorskip("vl_convert")
    page = tmp_path / "page.html"
    command = '"$0" -W error -m cybercoercion report sony-2014 --out "$1" --draws 100 <&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command, sys.executable, str(page)],
        capture_output=True,
        check=False,
        encoding="utf-8",
        timeout=120,
    )
    assert done.returncode == 0, done.stderr
    assert "<svg" in page.read_text(encoding="utf-8")
