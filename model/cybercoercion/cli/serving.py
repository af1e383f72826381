"""The command app: the pages in which a decision-maker adjusts the evidence, on this machine only."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from types import FrameType
from typing import Annotated, Any

import typer

from cybercoercion.cli.options import PriorsOption, app, out, refuse
from cybercoercion.cli.steps import knowledge_of

HOST = "127.0.0.1"
PORT = 8501
PATIENCE = 60.0  # seconds in which a server has to answer
GRACE = 5.0  # seconds in which it has to end
LOOK = 0.1  # seconds between two looks
PARTS = ("server", "browser", "client")  # of the settings: how it listens, what it tells, what it shows of faults
NEEDED = ("streamlit", "sqlalchemy")


@app.command("app")
def serve(
    port: Annotated[int, typer.Option("--port", min=1, max=65535, help="The port on which it listens.")] = PORT,
    store: Annotated[
        str | None,
        typer.Option("--store", metavar="URL", help="Where cases are filed: any URL of SQLAlchemy; else a local file."),
    ] = None,
    priors: PriorsOption = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Open no browser.")] = False,
) -> None:
    """Open the app in the browser; it listens on this machine only. Ctrl-C ends it."""
    for name in NEEDED:
        if find_spec(name) is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    environment = dict(os.environ)
    if priors is not None:
        knowledge_of(priors, 1, None)  # its faults are told here, all at once, not on every page
        environment["CYBERCOERCION_PRIORS"] = str(priors.absolute())
    if store is not None:
        environment["CYBERCOERCION_STORE"] = store
    _ready(store)
    _free(port)
    signal.signal(signal.SIGTERM, _ended)
    nowhere = subprocess.DEVNULL  # its log stays on the error stream
    server = subprocess.Popen(_command(port), env=environment, stdin=nowhere, stdout=nowhere)  # noqa: S603 - our words
    try:
        _watch(server, port, browse=not no_browser)
    except KeyboardInterrupt:
        out("")
    finally:
        _end(server)


def _command(port: int) -> list[str]:
    """Return the words that start the server; an address is always named, for the default listens everywhere."""
    page = _page()
    settings = {**dict(_settings(page.parent)), "server.address": HOST, "server.headless": True, "server.port": port}
    return [
        *(sys.executable, "-m", "streamlit", "run", str(page)),
        *("--logger.hideWelcomeMessage=true", "--logger.level=warning"),
        *(
            f"--{name}={str(one).lower() if isinstance(one, bool) else one}"
            for name, value in settings.items()
            for one in (value if isinstance(value, list) else [value])
        ),
    ]


def _page() -> Path:
    """Return the first file of the app, in a checkout as in an installation."""
    found = find_spec("cybercoercion.app")
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).with_name("app.py")


def _settings(folder: Path) -> Iterator[tuple[str, Any]]:
    """Yield the settings that keep the app to itself; as flags they win over the environment and other files."""
    content = tomllib.loads((folder / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    for part in PARTS:
        for name, value in content[part].items():
            yield f"{part}.{name}", value


def _ready(url: str | None) -> None:
    """Open the store once, so that a wrong address is told before a page is."""
    from cybercoercion.store import StoreError, open_store

    try:
        open_store(url).close()
    except StoreError as error:
        for fault in error.faults:
            typer.echo(str(fault), err=True)
        raise typer.Exit(2) from None


def _free(port: int) -> None:
    """Refuse a port on which somebody listens, or on which we may not."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        if os.name == "posix":  # what only lingers does not count as taken
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            got = f"{port}, which cannot be had ({error.strerror})"
            refuse("app", "--port", got, f"a free port, such as --port {port + 1 if port < 65535 else PORT}")


def _watch(server: subprocess.Popen[bytes], port: int, *, browse: bool) -> None:
    """Say the address once the server answers, open it, and wait until it ends."""
    until = time.monotonic() + PATIENCE
    while server.poll() is None and not _answers(port):
        if time.monotonic() > until:
            raise TimeoutError(f"the server does not answer within {PATIENCE:g} seconds")
        time.sleep(LOOK)
    if server.poll() is None:
        address = f"http://{HOST}:{port}"
        out(f"The app is at {address}\nOnly this machine reaches it. Ctrl-C ends it.")
        sys.stdout.flush()
        if browse:
            import webbrowser

            webbrowser.open(address)
    code = server.wait()
    if code:
        typer.echo(f"cybercoercion: the server ended by itself with code {code}", err=True)
        raise typer.Exit(1)


def _answers(port: int) -> bool:
    from http.client import HTTPConnection, HTTPException

    try:
        ask = HTTPConnection(HOST, port, timeout=1)
        ask.request("GET", "/_stcore/health")
        return ask.getresponse().status == 200
    except (OSError, HTTPException):
        return False


def _ended(_number: int, _frame: FrameType | None) -> None:
    """Whoever ends the command ends the server too."""
    raise KeyboardInterrupt


def _end(server: subprocess.Popen[bytes]) -> None:
    """End the server, kindly at first."""
    if server.poll() is not None:
        return
    server.terminate()
    try:
        server.wait(GRACE)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
