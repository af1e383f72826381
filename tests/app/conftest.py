"""The app as a person uses it, without a browser: Streamlit's own harness runs the script and presses its widgets."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from cybercoercion.app import shelf

type Start = Callable[..., AppTest]


@pytest.fixture(autouse=True)
def _own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Give each test a case store of its own, closed when it is done."""
    monkeypatch.setenv("CYBERCOERCION_STORE", f"sqlite:///{tmp_path / 'cases.db'}")
    yield
    shelf.close()


@pytest.fixture
def start() -> Start:
    """Return what opens the app in a session of its own, at a view, with a store of its own."""
    root = Path(__file__).parents[2]

    def open_at(view: str = "brief", **state: object) -> AppTest:
        at = AppTest.from_file(str(root / "app" / "app.py"), default_timeout=60)
        for name, value in state.items():
            at.session_state[name] = value
        at.run()
        if view != "brief":
            at.switch_page(f"views/{view}.py").run()
        assert not at.exception, at.exception
        return at

    return open_at
