"""A fit as one NetCDF file: draws, health, baselines and record; read without a sampler.

Draws are kept in single precision, thinned; the record says from how many. A fit that was made for another model is
refused with each difference by name.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict
from importlib.resources import as_file, files
from pathlib import Path
from types import MappingProxyType
from typing import Any

import numpy as np
import xarray as xr

from cybercoercion.fit.fit import Fit, Record, Source, content_digest
from cybercoercion.fit.scoring.baseline import Baseline, Coder, Forest, Linear
from cybercoercion.fit.signature import DifferentModel, differences, signature
from cybercoercion.knowledge import Knowledge, load_knowledge

FORMAT = 1
SHIPPED = "default"


class UnreadableFit(Exception):
    """Raised for a file that is no fit: says what was found, and what is allowed."""

    def __init__(self, file: str, got: str, allowed: str) -> None:
        self.file, self.got, self.allowed = file, got, allowed
        super().__init__(f"{file}: --fit: got {got}; allowed: {allowed}")


def save_fit(fit: Fit, path: Path) -> None:
    """Write a fit to one file."""
    tree: dict[str, xr.Dataset] = {
        "/": xr.Dataset(
            {"seen": ("row", np.array(sorted(fit.seen), dtype="S16"))},
            attrs={"format": FORMAT, "record": json.dumps(_record(fit.record)), "digest": fit.digest},
        )
    }
    for part, draws in fit.parts.items():
        tree[f"/parts/{part}"] = draws.astype(np.float32)
        tree[f"/health/{part}"] = fit.health[part]
    for task, named in fit.baselines.items():
        for number, (name, baseline) in enumerate(named.items()):
            tree[f"/baselines/{task}/{number}"] = _packed(name, baseline)
    whole = xr.DataTree.from_dict(tree)
    encoding = {
        group: {
            str(name): {"zlib": True, "complevel": 6, "shuffle": True}
            for name, values in one.data_vars.items()
            if values.size > 50
        }
        for group, one in tree.items()
    }
    whole.to_netcdf(path, engine="h5netcdf", encoding=encoding)


def load_fit(source: Path | str, knowledge: Knowledge | None = None) -> Fit:
    """Read a fit, or the one that ships ("default"), and hold it against the model at hand.

    Raises
    ------
    UnreadableFit
        If the file is no fit.
    DifferentModel
        If it was made for another model, with each difference by name.
    """
    if str(source) == SHIPPED and not Path(SHIPPED).exists():
        with as_file(files("cybercoercion.priors").joinpath("fits", "default.nc")) as path:
            fit = _read(Path(path), SHIPPED)
    else:
        fit = _read(Path(source), str(source))
    known = knowledge if knowledge is not None else load_knowledge(draws=2)
    told = tuple(differences(fit.record.signature, signature(tuple(fit.parts), known)))
    if told:
        raise DifferentModel(str(source), told)
    return fit


def _read(path: Path, name: str) -> Fit:
    allowed = "a file that `cybercoercion fit --out` wrote, or default"
    if not path.exists():
        raise UnreadableFit(name, "no such file", allowed)
    try:
        tree = xr.open_datatree(path, engine="h5netcdf")
        tree.load()
        tree.close()
        attrs = tree.attrs
        if attrs["format"] != FORMAT:
            raise UnreadableFit(name, f"a fit of form {attrs['format']}", f"form {FORMAT}")
        record = _record_of(json.loads(attrs["record"]))
        fit = Fit(
            record=record,
            parts=_group(tree, "parts"),
            health=_group(tree, "health"),
            baselines=_baselines(tree),
            seen=frozenset(item.decode() for item in tree["seen"].to_numpy().tolist()),
            digest=str(attrs["digest"]),
        )
    except (OSError, KeyError, ValueError, TypeError) as error:
        raise UnreadableFit(name, f"a file that cannot be read as a fit ({type(error).__name__})", allowed) from error
    if content_digest(fit) != fit.digest:
        raise UnreadableFit(name, "a fit whose content does not match its hash", allowed)
    return fit


def _group(tree: xr.DataTree, name: str) -> Mapping[str, xr.Dataset]:
    if name not in tree.children:
        return MappingProxyType({})
    return MappingProxyType({part: node.to_dataset() for part, node in tree[name].children.items()})


def _record(record: Record) -> dict[str, Any]:
    return {**asdict(record), "signature": dict(record.signature), "entries": dict(record.entries)}


def _record_of(data: dict[str, Any]) -> Record:
    sources = tuple(Source(**one) for one in data.pop("sources"))
    return Record(sources=sources, episodes=tuple(data.pop("episodes")), **data)


def _packed(name: str, baseline: Baseline) -> xr.Dataset:
    coder = baseline.coder
    attrs = {
        "name": name,
        "form": type(baseline).__name__,
        "classes": json.dumps(baseline.classes),
        "features": json.dumps(coder.features),
        "columns": json.dumps([[*level, index] for level, index in coder.column.items()]),
        "width": coder.width,
    }
    if isinstance(baseline, Linear):
        return xr.Dataset(
            {"weight": (("column", "class"), baseline.weight), "bias": (("class",), baseline.bias)}, attrs=attrs
        )
    return xr.Dataset(
        {
            "root": (("tree",), baseline.root),
            "split": (("node",), baseline.split.astype(np.int16)),
            "right": (("node",), baseline.right),
            "leaf": (("node", "class"), baseline.leaf.astype(np.float32)),
        },
        attrs=attrs,
    )


def _baselines(tree: xr.DataTree) -> Mapping[str, Mapping[str, Baseline]]:
    if "baselines" not in tree.children:
        return MappingProxyType({})
    out: dict[str, Mapping[str, Baseline]] = {}
    for task, node in tree["baselines"].children.items():
        each = sorted(node.children.items(), key=lambda item: int(item[0]))
        out[task] = MappingProxyType({str(one.attrs["name"]): _unpacked(one) for _, one in each})
    return MappingProxyType(out)


def _unpacked(node: xr.DataTree) -> Baseline:
    attrs = node.attrs
    coder = Coder(
        features=tuple(json.loads(attrs["features"])),
        column=MappingProxyType({(f, s): int(index) for f, s, index in json.loads(attrs["columns"])}),
        width=int(attrs["width"]),
    )
    classes = tuple(json.loads(attrs["classes"]))
    if attrs["form"] == "Linear":
        return Linear(
            classes=classes, coder=coder, weight=node["weight"].to_numpy(), bias=node["bias"].to_numpy().astype(float)
        )
    return Forest(
        classes=classes,
        coder=coder,
        root=node["root"].to_numpy(),
        split=node["split"].to_numpy().astype(np.int32),
        right=node["right"].to_numpy(),
        leaf=node["leaf"].to_numpy().astype(float),
    )
