"""Does a result come out again? Recompute from what the result itself records, and name each difference."""

from __future__ import annotations

import json
import math
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cybercoercion.knowledge import Knowledge

RELATIVE = 1e-9
MOST = {"seed": 2**63 - 1, "draws": 200_000}
# versions are named beside a difference; the others stand in deeper exports, beside what is recomputed
IGNORED = ("run.versions", "explained", "ledger")


class UnreadableResult(ValueError):
    """Raised for a file that is no result of ``assess --json``."""

    def __init__(self, place: str, got: str, allowed: str) -> None:
        self.place, self.got, self.allowed = place, got, allowed
        super().__init__(f"{place}: got {got}; allowed: {allowed}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One place at which the recomputed result differs."""

    place: str
    recorded: str
    recomputed: str

    def __str__(self) -> str:
        return f"{self.place}: recorded {self.recorded}, recomputed {self.recomputed}"


def verify_result(path: Path) -> tuple[Difference, ...]:
    """Return how a recorded result differs from the one computed now, numbers beyond 1e-9 relative.

    Raises
    ------
    UnreadableResult
        If the file is not what ``assess --json`` prints.
    """
    recorded = _read(path)
    return tuple(differences(recorded, recompute(recorded)))


def recompute(recorded: dict[str, Any]) -> dict[str, Any]:
    """Return the result that the recorded inputs give now."""
    from cybercoercion.assessment import assess
    from cybercoercion.case import CaseError
    from cybercoercion.knowledge import KnowledgeError, load_knowledge
    from cybercoercion.report.inputs import inputs_case
    from cybercoercion.report.verdict import verdict

    run, inputs = recorded["run"], recorded["inputs"]
    with tempfile.TemporaryDirectory() as folder:
        overlay = None
        try:
            if inputs["overlay"] is not None:
                overlay = _unpacked(inputs, Path(folder))
            knowledge = load_knowledge(overlay, seed=run["seed"], draws=run["draws"])
            if inputs.get("fit") is not None:
                knowledge = _with_fit(knowledge, inputs["fit"])
            said = verdict(assess(inputs_case(inputs), knowledge), overlay=overlay)
        except (CaseError, KnowledgeError) as error:
            fault = error.faults[0]
            raise UnreadableResult(f"inputs: {fault.place}", fault.got, fault.allowed) from error
        fresh: dict[str, Any] = json.loads(said.to_json())
    return fresh


def _with_fit(knowledge: Knowledge, source: str) -> Knowledge:
    """Return the knowledge with the recorded fit, read from where it was."""
    from cybercoercion.fit.replaced import with_fit
    from cybercoercion.fit.signature import DifferentModel
    from cybercoercion.fit.store import UnreadableFit, load_fit

    try:
        return with_fit(knowledge, load_fit(source, knowledge), source)
    except (DifferentModel, UnreadableFit) as error:
        raise UnreadableResult("inputs.fit", str(error), "the fit that the result was made with") from error


def _unpacked(inputs: dict[str, Any], folder: Path) -> Path:
    """Write the recorded tables into a folder of the recorded name, for the answer names it."""
    name = inputs.get("overlay_name")
    overlay = folder / (Path(name).name if isinstance(name, str) and Path(name).name else "overlay")
    try:
        overlay.mkdir()
        for file, text in inputs["overlay"].items():
            (overlay / Path(file).name).write_text(text, encoding="utf-8")
    except (OSError, ValueError) as error:
        raise UnreadableResult("inputs.overlay", f"a table that cannot be written ({error})", "named tables") from None
    return overlay


def differences(recorded: Any, fresh: Any, place: str = "") -> Iterator[Difference]:
    """Yield each place at which two JSON values differ; numbers may differ by 1e-9 relative."""
    if place in IGNORED:
        return
    if isinstance(recorded, dict) and isinstance(fresh, dict):
        for key in dict.fromkeys((*recorded, *fresh)):
            inner = f"{place}.{key}" if place else key
            if inner in IGNORED:
                continue
            if key not in recorded or key not in fresh:
                gone = "nothing"
                yield Difference(
                    place=inner,
                    recorded=_shown(recorded[key]) if key in recorded else gone,
                    recomputed=_shown(fresh[key]) if key in fresh else gone,
                )
            else:
                yield from differences(recorded[key], fresh[key], inner)
    elif isinstance(recorded, list) and isinstance(fresh, list) and len(recorded) == len(fresh):
        for index, (old, new) in enumerate(zip(recorded, fresh, strict=True)):
            yield from differences(old, new, f"{place}[{index}]")
    elif _numbers(recorded, fresh):
        if not math.isclose(recorded, fresh, rel_tol=RELATIVE, abs_tol=1e-12):
            yield Difference(place=place, recorded=repr(recorded), recomputed=repr(fresh))
    elif recorded != fresh or isinstance(recorded, bool) != isinstance(fresh, bool):
        yield Difference(place=place, recorded=_shown(recorded), recomputed=_shown(fresh))


def _numbers(*values: Any) -> bool:
    return all(isinstance(value, int | float) and not isinstance(value, bool) for value in values)


def _shown(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 80 else text[:77] + "..."


def _read(path: Path) -> dict[str, Any]:
    allowed = "one JSON object printed by `cybercoercion assess --json`"
    try:
        recorded = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError) as error:
        reason = "no such file" if isinstance(error, FileNotFoundError) else f"a file that cannot be read ({error})"
        raise UnreadableResult("the whole file", reason, allowed) from None
    if not isinstance(recorded, dict):
        raise UnreadableResult("the whole file", type(recorded).__name__, allowed)
    for key in ("run", "inputs"):
        if not isinstance(recorded.get(key), dict):
            raise UnreadableResult(key, "nothing", allowed)
    for key, most in MOST.items():
        least = 2 if key == "draws" else 0
        value = recorded["run"].get(key)
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            allowed = f"a whole number between {least} and {most:,}"
            raise UnreadableResult(f"run.{key}", _shown(value), allowed)
    fit = recorded["inputs"].get("fit")
    if fit is not None and not isinstance(fit, str):
        raise UnreadableResult("inputs.fit", _shown(fit), "null, or the name of a fit")
    overlay = recorded["inputs"].get("overlay", "nothing")
    if overlay is not None and not (
        isinstance(overlay, dict)
        and all(isinstance(text, str) and name.endswith(".toml") for name, text in overlay.items())
    ):
        raise UnreadableResult("inputs.overlay", _shown(overlay), "null, or file names and their texts")
    return recorded
