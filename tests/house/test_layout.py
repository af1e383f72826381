"""The folders, the list of packages and the size of files agree with what the house says of itself."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

LONGEST = 300  # lines: a file is one noun or one question
VIEW = 60  # lines: a view picks, asks and shows
COMPUTING = {"arviz", "math", "numpy", "pandas", "pymc", "scipy", "statistics", "xarray"}


def homes(root: Path) -> dict[str, Path]:
    """Return the folder of each package that is mapped in from outside the source root, and of the root package."""
    return {
        "cybercoercion": root / "model" / "cybercoercion",
        "cybercoercion.app": root / "app",
        "cybercoercion.priors": root / "priors",
    }


def packages_in_folders(root: Path) -> Iterator[str]:
    """Yield the import name of each folder that holds Python files."""
    for name, home in homes(root).items():
        for folder in {path.parent for path in home.rglob("*.py")}:
            yield ".".join((name, *folder.relative_to(home).parts))


def test_listed_packages_are_the_folders(root: Path, pyproject: dict[str, Any]) -> None:
    """The packages that pyproject.toml lists are the folders that hold Python files."""
    assert pyproject["tool"]["setuptools"]["packages"] == sorted(packages_in_folders(root))


def test_mapped_folders_are_the_ones_outside_the_source_root(root: Path, pyproject: dict[str, Any]) -> None:
    """The folders that pyproject.toml maps into the package are app and priors."""
    mapped = pyproject["tool"]["setuptools"]["package-dir"]
    assert {name: root / folder for name, folder in mapped.items() if name} == {
        name: home for name, home in homes(root).items() if name != "cybercoercion"
    }


def test_every_listed_package_can_be_imported(pyproject: dict[str, Any]) -> None:
    """Every listed package has an `__init__.py` with a sentence about itself."""
    for name in pyproject["tool"]["setuptools"]["packages"]:
        assert import_module(name).__doc__, name


def test_files_stay_short(root: Path) -> None:
    """No file of the model has more than 300 lines."""
    lengths = {
        str(path.relative_to(root)): len(path.read_text(encoding="utf-8").splitlines())
        for path in (root / "model").rglob("*.py")
    }
    assert {name: length for name, length in lengths.items() if length > LONGEST} == {}


def test_views_are_thin(root: Path) -> None:
    """No view has more than 60 lines, and no other file of the app more than 300."""
    for path in (root / "app").rglob("*.py"):
        most = VIEW if path.parent.name == "views" else LONGEST
        assert len(path.read_text(encoding="utf-8").splitlines()) <= most, path


def test_the_app_computes_nothing(root: Path) -> None:
    """No file of the app imports what numbers are computed with."""
    for path in (root / "app").rglob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        names = {name.name for node in ast.walk(tree) if isinstance(node, ast.Import) for name in node.names}
        names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
        assert not {name.partition(".")[0] for name in names} & COMPUTING, path


def test_extras_are_pinned(root: Path, pyproject: dict[str, Any]) -> None:
    """Every requirement, also of an extra, has exactly one version in constraints.txt."""
    project = pyproject["project"]
    wanted = {
        plain_name(requirement)
        for requirements in (project["dependencies"], *project["optional-dependencies"].values())
        for requirement in requirements
    }
    lines = (root / "constraints.txt").read_text(encoding="utf-8").splitlines()
    pinned = [plain_name(line) for line in lines if line and not line.startswith("#")]
    assert wanted - {"cybercoercion"} <= set(pinned)
    assert len(pinned) == len(set(pinned))


def plain_name(requirement: str) -> str:
    """Return the normal form of the name that a requirement begins with."""
    return re.split(r"[\[<>=]", requirement, maxsplit=1)[0].replace("_", "-").lower()
