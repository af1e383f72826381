"""Made-up incidents, and draws that nobody sampled, for every question that is scored."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from types import MappingProxyType

import numpy as np
import xarray as xr
from tests.fit.origin.origin_world import world as origin_rows

from cybercoercion.fit.actor.design import CLASSES, CUES, cue_levels
from cybercoercion.fit.fit import Fit, Record
from cybercoercion.fit.importing.world import world
from cybercoercion.fit.objective.design import EARLY, FACTS, OBSERVED, freedom
from cybercoercion.fit.origin.design import CONTRASTS, FLAGS, KINDS, OPERATIONS
from cybercoercion.fit.scoring.task import TASKS
from cybercoercion.fit.training import Label, Refused, Training, TrainingEpisode
from cybercoercion.vocabulary import facts

DRAWS = 30
VICTIMS = ("Georgia", "India", "South Korea", "US", "Ukraine")


def incidents(count: int = 40, seed: int = 1, *, known: bool = True) -> list[TrainingEpisode]:
    """Return incidents as DCID codes them, two to a campaign, three in four of their facts known."""
    rng = np.random.default_rng(seed)
    out = []
    for row in range(count):
        told = {name: str(rng.choice(facts()[name].states)) for name in FACTS if rng.random() < 0.75}
        objective, actor = (OBSERVED[row % len(OBSERVED)], CLASSES[row % len(CLASSES)])
        out.append(
            TrainingEpisode(
                id=f"made-up-{row}",
                source="dcid",
                campaign=f"campaign {row // 2}",
                start=date(2001 + row % 16, 3, 1),
                facts=MappingProxyType(told),
                labels=MappingProxyType(
                    {"objective": Label.hard(objective), "actor": Label.hard(actor)} if known else {}
                ),
                fingerprint=f"{seed}-{row}",
                about=MappingProxyType({"victim": VICTIMS[row % len(VICTIMS)]}),
            )
        )
    return out


def posterior(part: str, seed: int = 1) -> xr.Dataset:
    """Return draws of a part that are random numbers, with the names and the shapes that a fit keeps."""
    rng = np.random.default_rng([seed, *part.encode()])
    coords: dict[str, list[str]]
    if part.startswith("objective"):
        names = FACTS if part == "objective" else EARLY
        coords = {"free": list(freedom(names)), "fact": list(names), "objective": list(OBSERVED)}
        dims = {"base": ("objective",), "level": ("free",), "effect": ("free", "objective"), "scale": ("fact",)}
        return _drawn(rng, coords, {**dims, "exponent": ("fact",)}, positive=("scale", "exponent"))
    if part == "actor":
        coords = {
            "actor": list(CLASSES),
            "region": list(world().regions),
            "victim": list(VICTIMS),
            "cue": list(CUES),
            "cue_level": [".".join(level) for level in cue_levels()],
        }
        dims = {
            "base": ("actor",), "region_effect": ("region", "actor"), "victim_effect": ("victim", "actor"),
            "cue_effect": ("cue_level", "actor"), "cue_scale": ("cue",), "region_scale": (), "victim_scale": (),
            "rivalry": (),
        }  # fmt: skip
        out = _drawn(rng, coords, dims, positive=("cue_scale", "region_scale", "victim_scale", "rivalry"))
        return out.assign(victim_count=("victim", np.arange(1.0, len(VICTIMS) + 1)))
    return _origin(rng)


def _origin(rng: np.random.Generator) -> xr.Dataset:
    """Return made-up draws of kinds and claims."""
    coords = {
        "level": [*FLAGS, "intensity=1", "issue=a"],
        "contrast": list(CONTRASTS),
        "operation": list(OPERATIONS),
        "kind": list(KINDS),
        "year": list(range(2005, 2013)),
    }
    dims = {
        "claim_base": (), "claim_effect": ("level",), "claim_path": ("year",), "kind_base": ("contrast",),
        "kind_effect": ("level", "contrast"), "kind_claim": ("contrast",),
        "kind_claimed_operation": ("operation", "contrast"), "kind_path": ("year", "contrast"),
        "share_base": ("contrast",), "share_path": ("year", "contrast"), "claim_innovation": (),
        "kind_innovation": ("contrast",), "share_innovation": ("contrast",), "claim_persistence": (),
        "kind_persistence": (), "share_persistence": (), "share_claimed": ("kind",),
    }  # fmt: skip
    steps = tuple(name for name in dims if name.endswith("innovation"))
    shares = tuple(name for name in dims if name.endswith(("persistence", "claimed")))
    out = _drawn(rng, coords, dims, positive=steps)
    return out.assign({name: 1 / (1 + np.exp(-out[name])) for name in shares})


def _drawn(rng, coords, dims, positive):
    """Return normal draws of parameters by name, some of them positive."""
    size = {"chain": 1, "draw": DRAWS, **{name: len(values) for name, values in coords.items()}}
    made = {}
    for name, one in dims.items():
        full = ("chain", "draw", *one)
        values = rng.normal(size=[size[dim] for dim in full])
        made[name] = (full, np.abs(values) if name in positive else values)
    return xr.Dataset(made, coords=coords)


def rows_of(task: str) -> list[TrainingEpisode]:
    """Return rows that a question can be asked of."""
    return origin_rows(24) if task.startswith(("kind", "claimed")) else incidents(24)


def made_up_fit(parts: tuple[str, ...] = ("objective", "objective_early", "actor"), **changes: object) -> Fit:
    """Return a fit of random draws, with the simple classifiers learnt from 24 incidents."""
    taught = incidents(24)
    quick = ("frequencies only", "naive Bayes", "victim table only")
    baselines = {
        task.id: {name: learn(*task.training(taught)) for name, learn in task.baselines.items() if name in quick}
        for task in TASKS.values()
        if task.part in parts and task.source == "dcid"
    }
    record = Record(
        signature={}, priors="", entries={}, seed=1, draws=DRAWS, tune=0, chains=1, method="nuts", versions={},
        sources=(), episodes=(),
    )  # fmt: skip
    fit = Fit(
        record=record,
        parts={part: posterior(part) for part in parts},
        health={},
        baselines=baselines,
        seen=frozenset(row.fingerprint for row in taught),
        digest="abc",
    )
    return replace(fit, **changes)  # type: ignore[arg-type]


def training(rows: list[TrainingEpisode], source: str = "dcid", refused: tuple[Refused, ...] = ()) -> Training:
    """Return rows as a source that was read."""
    return Training(source=source, file="made-up.csv", digest="", episodes=tuple(rows), refused=refused)
