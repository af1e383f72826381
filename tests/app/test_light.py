"""No view waits for a sampler, and all that views show can be had without the app."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
HEAVY = ("arviz", "nutpie", "preliz", "pymc", "pytensor", "scipy.stats", "sklearn")

VISIT = """
import sys
from streamlit.testing.v1 import AppTest
at = AppTest.from_file(sys.argv[1], default_timeout=120).run()
for view in ("evidence", "beliefs", "decision", "change_our_mind", "compare", "assumptions"):
    at.switch_page(f"views/{view}.py").run()
    assert not at.exception, at.exception
print(" ".join(name for name in sys.argv[2:] if name in sys.modules))
"""

SCREEN = """
import sys
from importlib import import_module
from pathlib import Path
for path in sorted(Path(sys.argv[1]).glob("*.py")):
    import_module(f"cybercoercion.screen.{path.stem}")
import cybercoercion.desk, cybercoercion.store
print("streamlit" in sys.modules)
"""


def printed(script: str, *args: str, store: Path) -> str:
    """Return what a script prints in a process of its own."""
    import os

    done = subprocess.run(
        [sys.executable, "-c", script, *args],
        env=os.environ | {"CYBERCOERCION_STORE": f"sqlite:///{store / 'cases.db'}"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done.stdout.strip()


def test_no_view_imports_a_sampler(tmp_path: Path) -> None:
    """To visit every view loads no sampler, no diagnostics of samplers and not scipy.stats."""
    assert printed(VISIT, str(ROOT / "app" / "app.py"), *HEAVY, store=tmp_path) == ""


def test_what_views_show_needs_no_app(tmp_path: Path) -> None:
    """Every file of what the views show, the desk and the store can be loaded without Streamlit."""
    assert printed(SCREEN, str(ROOT / "model" / "cybercoercion" / "screen"), store=tmp_path) == "False"
