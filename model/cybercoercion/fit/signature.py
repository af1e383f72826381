"""What gives the draws of a fit their meaning, item by item, and how a changed model differs by name."""

from __future__ import annotations

import ast
import hashlib
import json
import tomllib
from collections.abc import Iterator, Mapping
from importlib.resources import files

from cybercoercion.knowledge import Knowledge
from cybercoercion.vocabulary import INTENTS, KINDS, OBJECTIVES, SIGNALLING, facts

CODE = {  # the files that say what a parameter means; models and samplers may change as they like
    "objective": ("objective/design.py", "objective/predict.py"),
    "objective_early": ("objective/design.py", "objective/predict.py"),
    "actor": ("actor/design.py", "actor/predict.py"),
    "episode": ("episode/layout.py", "episode/tables.py"),
    "origin": ("origin/design.py", "origin/predict.py"),
    "outcome": ("outcome/design.py", "outcome/quantities.py"),
}


DATA = {  # what else the draws of a part are measured against
    "actor": ("world/countries.toml", "world/rivalry.toml"),
    "outcome": ("world/outcomes.toml",),
}


class DifferentModel(Exception):
    """Raised when a fit was made for another model; names each difference."""

    def __init__(self, file: str, differences: tuple[str, ...]) -> None:
        self.file, self.differences = file, differences
        super().__init__("\n".join(f"{file}: {difference}" for difference in differences))


def signature(parts: tuple[str, ...], knowledge: Knowledge) -> dict[str, str]:
    """Return name -> description or hash of all that the draws of these parts rest on."""
    out = {
        "states of intent": ", ".join(INTENTS),
        "states of kind": ", ".join(KINDS),
        "states of signalling": ", ".join(SIGNALLING),
        "states of objective": ", ".join(OBJECTIVES),
    }
    for part in parts:
        for file in CODE[part]:
            out[f"code of fit/{file}"] = code_digest(file)
        for file in DATA.get(part, ()):
            out[f"data of priors/{file}"] = data_digest(file)
    for name, table in sorted(knowledge.tables.items()):
        parents = " x ".join(table.given) or "nothing"
        out[f"table {name}"] = f"{', '.join(table.states)} given {parents}"
    for name, fact in facts().items():
        if fact.group == "technical":
            out[f"states of {name}"] = ", ".join(fact.states)
    return out


def differences(then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    """Yield what differs between the model that was fitted and the one at hand, in words."""
    for name in sorted({*then, *now}):
        old, new = then.get(name), now.get(name)
        if old == new:
            continue
        if old is None:
            if not name.startswith("table "):  # a table that came later does not touch what was learnt
                yield f"{name}: the fit does not know it; now {new}"
        elif new is None:
            yield f"{name}: the fit has {old}; now there is none"
        elif name.startswith(("code of ", "data of ")):
            yield f"{name}: it has changed since the fit was made; make the fit anew"
        else:
            yield f"{name}: the fit has {old}; now {new}"


def code_digest(file: str) -> str:
    """Return the hash of what a module does: comments, docstrings and layout are no part of it.

    It is taken of the program written out anew, which is the same in every version of Python; a dump of the tree is
    not.
    """
    tree = ast.parse(files("cybercoercion.fit").joinpath(*file.split("/")).read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        body = getattr(node, "body", None)
        if (
            isinstance(body, list)
            and body
            and isinstance(body[0], ast.Expr)
            and isinstance(body[0].value, ast.Constant)
        ):
            body[0].value.value = ""
    return hashlib.sha256(ast.unparse(tree).encode()).hexdigest()[:16]


def data_digest(file: str) -> str:
    """Return the hash of what a file of counts says: comments and layout are no part of it."""
    data = tomllib.loads(files("cybercoercion.priors").joinpath(*file.split("/")).read_text(encoding="utf-8"))
    return hashlib.sha256(json.dumps(data, sort_keys=True, default=str).encode()).hexdigest()[:16]


def entry_digests(names: tuple[str, ...], knowledge: Knowledge) -> dict[str, str]:
    """Return the hash of the prior numbers of tables and quantities: what draws replaced must not change unseen."""
    out = {}
    for name in names:
        if name in knowledge.tables:
            table = knowledge.tables[name]
            content: object = [table.value.tolist(), table.sd, table.strength, table.exponent]
        else:
            quantity = knowledge.quantities[name]
            content = [quantity.value, quantity.unit, str(quantity.distribution)]
        out[name] = hashlib.sha256(json.dumps(content).encode()).hexdigest()[:16]
    return out
