"""The wheel holds the whole program, and works where the checkout is not."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import Any

import pytest


def clean_environment() -> dict[str, str]:
    """Return the environment without what could lead Python back to the checkout."""
    return {name: value for name, value in os.environ.items() if name not in {"PYTHONPATH", "PYTHONHOME"}}


@pytest.fixture(scope="session")
def contents(wheel: Path) -> set[str]:
    """Return the names of the files in the wheel."""
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="session")
def elsewhere(wheel: Path, root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel with its app into an empty environment, and return the folder around it."""
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    bin_folder = elsewhere / "venv" / "bin"
    subprocess.run([sys.executable, "-m", "venv", elsewhere / "venv"], check=True)
    pip = [bin_folder / "python", "-m", "pip", "install", "-q", "-q", "--disable-pip-version-check"]
    install = subprocess.run(
        [*pip, "-c", root / "constraints.txt", f"{wheel}[app]"],
        env=clean_environment(),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert install.returncode == 0, install.stdout + install.stderr
    return elsewhere


@pytest.fixture(scope="session")
def installed(elsewhere: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """Return a function that runs the installed program."""

    def run(*args: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [elsewhere / "venv" / "bin" / "cybercoercion", *args],
            cwd=elsewhere,
            env=clean_environment(),
            capture_output=True,
            encoding="utf-8",
            check=False,
        )
        assert done.returncode == 0, f"{args}: {done.stdout}{done.stderr}"
        return done

    return run


def test_the_wheel_holds_every_package(contents: set[str], pyproject: dict[str, Any]) -> None:
    """Every listed package has its `__init__.py` in the wheel, under its import path."""
    expected = {f"{name.replace('.', '/')}/__init__.py" for name in pyproject["tool"]["setuptools"]["packages"]}
    assert expected - contents == set()


def test_the_wheel_holds_every_module(contents: set[str], root: Path) -> None:
    """Every Python file of the source root is in the wheel."""
    model = root / "model"
    assert {path.relative_to(model).as_posix() for path in model.rglob("*.py")} - contents == set()


def test_the_wheel_holds_every_table_and_case(contents: set[str], root: Path) -> None:
    """Every table, every coded episode and every note of priors/ is in the wheel."""
    priors = root / "priors"
    data = {path.relative_to(priors) for kind in ("*.toml", "*.md") for path in priors.rglob(kind)}
    assert {path for path in data if path.parts[0] == "episodes"}, "no coded episode"
    assert {(Path("cybercoercion/priors") / path).as_posix() for path in data} - contents == set()


def test_the_wheel_holds_what_the_app_reads(contents: set[str], root: Path) -> None:
    """The settings of the app and every file of its data are in the wheel."""
    app = root / "app"
    read = {path.relative_to(app) for path in app.rglob("*") if path.suffix == ".toml"}
    assert Path(".streamlit/config.toml") in read
    assert len(read) > 1
    assert {(Path("cybercoercion/app") / path).as_posix() for path in read} - contents == set()


def test_the_wheel_holds_nothing_else(contents: set[str]) -> None:
    """The wheel holds no test, no notebook and nothing outside the package but its metadata."""
    assert {name.split("/")[0].split("-")[0] for name in contents} == {"cybercoercion"}
    assert not [name for name in contents if "/tests/" in name or name.endswith((".ipynb", ".pyc"))]


def test_an_installed_wheel_assesses_a_shipped_case(installed: Callable[..., Any]) -> None:
    """The installed program says whether Sony 2014 is coercion and which response costs least."""
    answer = json.loads(installed("assess", "sony-2014", "--json").stdout)
    assert answer["case"] == "sony-2014"
    assert len(answer["ranking"]) == len(("punishment", "denial", "entanglement", "norms"))


def test_an_installed_wheel_speaks_to_people(installed: Callable[..., Any]) -> None:
    """The installed program prints an assessment for people and the tables that it believes."""
    assert "Sony" in installed("assess", "sony-2014").stdout
    assert installed("priors").stdout.strip()


def test_an_installed_wheel_starts_a_new_case(installed: Callable[..., Any]) -> None:
    """The installed program writes a new case file that it then accepts."""
    installed("new", "first.toml")
    installed("validate", "first.toml")


def test_an_installed_wheel_reports(installed: Callable[..., Any]) -> None:
    """The installed program writes a report on a shipped case."""
    installed("report", "sony-2014", "--out", "sony.html")


def test_an_installed_wheel_verifies_its_own_answer(installed: Callable[..., Any], tmp_path: Path) -> None:
    """The installed program recomputes an answer that it gave and finds no difference."""
    answer = tmp_path / "answer.json"
    answer.write_text(installed("assess", "sony-2014", "--json").stdout, encoding="utf-8")
    installed("verify", str(answer))


PAGE = """
from importlib.resources import files
from streamlit.testing.v1 import AppTest

at = AppTest.from_file(str(files("cybercoercion.app") / "app.py"), default_timeout=120).run()
for view in ("evidence", "beliefs", "decision", "change_our_mind", "compare", "assumptions"):
    assert not at.exception and not at.error, (view, at.exception, at.error)
    at.switch_page(f"views/{view}.py").run()
assert not at.exception and not at.error
at.button(key="open").click().run()
assert not at.exception and not at.error
print(at.title[0].value)
"""


def test_every_view_of_an_installed_wheel_is_drawn(elsewhere: Path) -> None:
    """The installed views are drawn one after the other, without the checkout."""
    environment = {**clean_environment(), "CYBERCOERCION_STORE": f"sqlite:///{elsewhere / 'views.db'}"}
    done = subprocess.run(
        [elsewhere / "venv" / "bin" / "python", "-c", PAGE],
        cwd=elsewhere,
        env=environment,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    assert "Sony" in done.stdout


def test_an_installed_wheel_serves_the_app(elsewhere: Path) -> None:
    """The installed program starts the app from any folder, and makes the store that it was told."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    environment = {**clean_environment(), "CYBERCOERCION_STORE": f"sqlite:///{elsewhere / 'served.db'}"}
    command = [elsewhere / "venv" / "bin" / "cybercoercion", "app", "--no-browser", "--port", str(port)]
    with subprocess.Popen(command, cwd=elsewhere, env=environment, stdout=subprocess.PIPE, encoding="utf-8") as server:
        try:
            assert server.stdout is not None
            assert server.stdout.readline() == f"The app is at http://127.0.0.1:{port}\n"
            assert answer(port, "/") == 200
        finally:
            server.terminate()
    assert (elsewhere / "served.db").exists()


def answer(port: int, path: str) -> int | None:
    """Return the status of a page, or None where nobody answers within a minute."""
    until = time.monotonic() + 60
    while time.monotonic() < until:
        ask = HTTPConnection("127.0.0.1", port, timeout=10)
        try:
            ask.request("GET", path)
            return ask.getresponse().status
        except (OSError, HTTPException):
            time.sleep(0.2)
        finally:
            ask.close()
    return None
