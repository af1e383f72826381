"""The result of a calibration by simulation, as a value that can be kept; read without a sampler."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Literal

from cybercoercion.fit.signature import code_digest

FAIL, WARN = 0.01, 0.05  # of the p-value adjusted for all quantities of a part
WORST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """One quantity, and the p-value of its ranks being uniform."""

    name: str
    p: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """How uniform the ranks of all quantities of a part are; ``quantities`` may hold the worst only."""

    part: str
    simulations: int
    seed: int
    quantities: tuple[Quantity, ...]
    divergences: int
    seconds: float
    code: str  # hash of the model's code
    tested: int | None = None  # how many quantities there were, where only the worst are kept

    @property
    def count(self) -> int:
        """Return how many quantities were tested."""
        return len(self.quantities) if self.tested is None else self.tested

    @property
    def worst(self) -> tuple[Quantity, ...]:
        """Return the quantities of the smallest p-values, the smallest first."""
        return tuple(sorted(self.quantities, key=lambda one: one.p)[:WORST])

    @property
    def smallest(self) -> float:
        """Return the smallest p-value."""
        return self.worst[0].p

    @property
    def adjusted(self) -> float:
        """Return the smallest p-value times the number of quantities (Bonferroni), at most 1."""
        return min(1.0, self.smallest * self.count)

    @property
    def verdict(self) -> Literal["pass", "warn", "fail"]:
        """Return fail below .01, warn below .05, of the adjusted p-value."""
        return "fail" if self.adjusted < FAIL else "warn" if self.adjusted < WARN else "pass"

    def words(self) -> str:
        """Say in one line how it went."""
        named = "; ".join(f"{one.name} {one.p:.3g}" for one in self.worst)
        return (
            f"{self.part}: {self.verdict}; {self.simulations} simulations, {self.count} quantities, smallest p "
            f"{self.smallest:.3g}, adjusted {self.adjusted:.3g}, {self.divergences} divergences, "
            f"{self.seconds:.0f} s; worst: {named}"
        )


def code_of(part: str) -> str:
    """Return the hash of the code whose posterior is calibrated: the result holds for no other."""
    folder = "objective" if part.startswith("objective") else part
    return code_digest(f"{folder}/model.py")


def shipped_calibration() -> Mapping[str, Calibration]:
    """Return the calibrations that come with the program, by part."""
    path = files("cybercoercion.priors").joinpath("fits", "calibration.toml")
    return _read(path.read_text(encoding="utf-8")) if path.is_file() else {}


def stored(path: Path) -> dict[str, Calibration]:
    """Return the calibrations of a file, by part."""
    return _read(path.read_text(encoding="utf-8"))


def written(results: Mapping[str, Calibration]) -> str:
    """Return calibrations as TOML, with the worst quantities of each part."""
    lines = [
        "# Calibration of each part of the fit: parameters from the prior, data simulated, fitted, ranked.",
        "# python -m cybercoercion.fit.checking.calibration --simulations 200 --out priors/fits/calibration.toml",
    ]
    for part, one in results.items():
        lines += [
            "",
            f"[part.{part}]",
            f'verdict = "{one.verdict}"',
            f"simulations = {one.simulations}",
            f"seed = {one.seed}",
            f"quantities = {one.count}",
            f"smallest_p = {one.smallest:.6g}",
            f"adjusted_p = {one.adjusted:.6g}",
            f"divergences = {one.divergences}",
            f"seconds = {one.seconds:.0f}",
            f'code = "{one.code}"',
            "worst = [",
            *(f'  {{ name = "{each.name}", p = {each.p:.6g} }},' for each in one.worst),
            "]",
        ]
    return "\n".join(lines) + "\n"


def _read(text: str) -> dict[str, Calibration]:
    return {part: _calibration(part, entry) for part, entry in tomllib.loads(text)["part"].items()}


def _calibration(part: str, entry: Mapping[str, Any]) -> Calibration:
    return Calibration(
        part=part,
        simulations=entry["simulations"],
        seed=entry["seed"],
        quantities=tuple(Quantity(name=one["name"], p=float(one["p"])) for one in entry["worst"]),
        divergences=entry["divergences"],
        seconds=float(entry["seconds"]),
        code=entry["code"],
        tested=entry["quantities"],
    )
