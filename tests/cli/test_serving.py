"""The command app, as a process: it answers on this machine only, ends quietly, and refuses in words."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Callable, Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path

import pytest

from cybercoercion.cli import serving

type Run = Callable[..., subprocess.Popen[str]]
PATIENCE = 90.0  # seconds: a busy machine starts slowly


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Run]:
    """Return what starts the command from a folder that is not the checkout; whatever still runs is ended."""
    running: list[subprocess.Popen[str]] = []

    def run(*words: object, **more: str) -> subprocess.Popen[str]:
        environment = {**os.environ, "CYBERCOERCION_STORE": f"sqlite:///{tmp_path / 'cases.db'}", **more}
        command = [sys.executable, "-m", "cybercoercion", "app", "--no-browser", *map(str, words)]
        one = subprocess.Popen(
            command, cwd=tmp_path, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8"
        )
        running.append(one)
        return one

    yield run
    for one in running:
        if one.poll() is None:
            one.terminate()
        one.communicate(timeout=PATIENCE)


def health(host: str, port: int) -> int | None:
    """Return the status of the health page, or None where nobody answers."""
    ask = HTTPConnection(host, port, timeout=2)
    try:
        ask.request("GET", "/_stcore/health")
        return ask.getresponse().status
    except (OSError, HTTPException):
        return None
    finally:
        ask.close()


def wait_until_up(one: subprocess.Popen[str], port: int) -> None:
    """Wait until the server answers."""
    until = time.monotonic() + PATIENCE
    while health("127.0.0.1", port) != 200:
        assert one.poll() is None, one.communicate()
        assert time.monotonic() < until
        time.sleep(0.2)


def listeners(port: int) -> set[str]:
    """Return the addresses on which somebody listens at a port, as the system writes them."""
    found = set()
    for table in ("/proc/net/tcp", "/proc/net/tcp6"):
        for line in Path(table).read_text(encoding="ascii").splitlines()[1:]:
            local, state = line.split()[1], line.split()[3]
            if state == "0A" and local.endswith(f":{port:04X}"):
                found.add(local.partition(":")[0])
    return found


def test_the_app_answers_on_this_machine_only_and_ctrl_c_ends_it(app: Run) -> None:
    """From any folder the app answers where it says, listens on loopback only, and Ctrl-C ends it with 0."""
    port = free_port()
    # whatever the environment prefers
    one = app("--port", port, STREAMLIT_SERVER_ADDRESS="0.0.0.0", STREAMLIT_BROWSER_GATHER_USAGE_STATS="true")  # noqa: S104
    wait_until_up(one, port)
    if Path("/proc/net/tcp").exists():
        assert listeners(port) == {"0100007F"}
    assert one.stdout is not None
    told = next(line for line in one.stdout if "http" in line)  # it may answer before it has said so
    one.send_signal(signal.SIGINT)
    _, complaints = one.communicate(timeout=PATIENCE)
    assert f"http://127.0.0.1:{port}" in told
    assert complaints == ""
    assert one.returncode == 0
    assert health("127.0.0.1", port) is None


def test_whoever_ends_the_command_ends_the_server(app: Run) -> None:
    """A command that is terminated leaves no server behind."""
    port = free_port()
    one = app("--port", port)
    wait_until_up(one, port)
    one.terminate()
    one.communicate(timeout=PATIENCE)
    assert health("127.0.0.1", port) is None


def refused(one: subprocess.Popen[str]) -> str:
    """Return what a command says that ends with 2, without a traceback."""
    _, complaints = one.communicate(timeout=PATIENCE)
    assert one.returncode == 2, complaints
    assert "Traceback" not in complaints
    return complaints


def test_a_taken_port_is_told(app: Run) -> None:
    """A port on which somebody listens is refused, and another is named."""
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        said = refused(app("--port", port))
    assert f"--port: got {port}" in said


@pytest.mark.parametrize("url", ["nonsense", "mystery://x/y", "sqlite:////proc/nowhere/cases.db"])
def test_a_store_that_cannot_be_opened_is_told(app: Run, url: str) -> None:
    """A store that is no store is refused before a page is, in words."""
    assert "allowed" in refused(app("--port", free_port(), "--store", url))


def test_the_password_of_a_store_is_not_told(app: Run) -> None:
    """A store that cannot be reached is told without its password."""
    url = f"postgresql+psycopg://ann:hush@127.0.0.1:{free_port()}/cases"
    assert "hush" not in refused(app("--port", free_port(), "--store", url))


def test_faulty_tables_are_told(app: Run, tmp_path: Path) -> None:
    """A folder of tables with a fault is refused with the fault, not shown on every page."""
    folder = tmp_path / "priors"
    folder.mkdir()
    (folder / "costs.toml").write_text("nonsense = [", encoding="utf-8")
    assert "costs.toml" in refused(app("--port", free_port(), "--priors", folder))


def test_a_missing_package_is_told_with_its_extra(app: Run, tmp_path: Path) -> None:
    """Without Streamlit the command names the extra that brings it, and ends with 2."""
    (tmp_path / "sitecustomize.py").write_text(
        "import importlib.util as u\nold = u.find_spec\n"
        "u.find_spec = lambda name, package=None: None if name == 'streamlit' else old(name, package)\n",
        encoding="utf-8",
    )
    said = refused(app("--port", free_port(), PYTHONPATH=str(tmp_path)))
    assert "pip install 'cybercoercion[app]'" in said


def test_the_settings_of_the_file_are_given_as_flags() -> None:
    """Every setting of how it listens, what it tells and what it shows is a flag; the address always is."""
    words = serving._command(8599)
    config = tomllib.loads((serving._page().parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert "--server.address=127.0.0.1" in words
    assert "--server.port=8599" in words
    assert "--browser.gatherUsageStats=false" in words
    for part in ("server", "browser", "client"):
        for name in config[part]:
            assert any(word.startswith(f"--{part}.{name}=") for word in words)
