"""What can still be checked in a faulty file: each part that is sound by itself."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import BaseModel, ValidationError

from cybercoercion.case.candidate import Demand
from cybercoercion.case.checks import BLOCKS, Parts, Rows
from cybercoercion.case.model import Labels
from cybercoercion.case.report import Pending, Report
from cybercoercion.vocabulary import BELIEFS


def salvage(data: Mapping[str, Any]) -> Parts:
    """Return the sound parts of a faulty case; an id counts even where the rest of its row is faulty."""
    labels = _sound(Labels, data.get("labels"))
    stakes = data.get("stakes")
    trade = stakes.get("bilateral_trade") if isinstance(stakes, Mapping) else None
    deception = data.get("deception")
    return Parts(
        ids={block: _ids(data.get(block)) for block in BLOCKS},
        demands=_rows(Demand, data.get("demands")),
        reports=_rows(Report, data.get("reports")),
        pending=_rows(Pending, data.get("pending")),
        framed=tuple(deception) if isinstance(deception, Mapping) else (),
        traders=tuple(trade) if isinstance(trade, Mapping) and not {"low", "high"} & trade.keys() else (),
        labels={belief: label for belief in BELIEFS if (label := getattr(labels, belief, None))},
        broken=tuple(block for block in BLOCKS if _unreadable(data, block)),
    )


def _ids(block: object) -> Rows[str]:
    rows = block if isinstance(block, list | tuple) else ()
    named = ((row, getattr(one, "id", None) or _get(one, "id")) for row, one in enumerate(rows))
    return tuple((row, name) for row, name in named if isinstance(name, str))


def _unreadable(data: Mapping[str, Any], block: str) -> bool:
    """Say whether ids of a block may be missing because nobody could read them."""
    if block not in data:
        return block == "actors"
    rows = data[block]
    return not isinstance(rows, list | tuple) or len(_ids(rows)) < len(rows)


def _get(one: object, key: str) -> object:
    return one.get(key) if isinstance(one, Mapping) else None


def _rows[M: BaseModel](model: type[M], block: object) -> Rows[M]:
    rows = block if isinstance(block, list | tuple) else ()
    read = ((row, _sound(model, one)) for row, one in enumerate(rows))
    return tuple((row, one) for row, one in read if one is not None)


def _sound[M: BaseModel](model: type[M], data: object) -> M | None:
    """Return the value, also where its fields are sound and only disagree with each other."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        disagree = all(one["type"] == "refused" and not one["loc"] for one in error.errors(include_url=False))
        return model.model_construct(**data) if disagree and isinstance(data, dict) else None
