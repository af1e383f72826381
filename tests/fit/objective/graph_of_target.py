"""The graph of a PyMC model as a function of its parameters, with nothing to compile."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
import pymc as pm
import pytensor
from numpy.typing import NDArray
from pytensor.compile.mode import Mode

Array = NDArray[np.float64]
PLAIN = Mode(linker="py", optimizer="fast_compile")  # an oracle is asked only a few times


def target_of(model: pm.Model, name: str) -> Callable[..., float]:
    """Return the Potential as a function of one draw of each parameter; data may be replaced by name."""
    inputs = list(model.free_RVs)
    graph: Any = pytensor.function(inputs, model[name], mode=PLAIN, on_unused_input="ignore")

    def at(point: Mapping[str, Array], **data: object) -> float:
        kept = {one: model[one].get_value() for one in data}
        pm.set_data(data, model=model)
        try:
            return float(graph(*(point[variable.name] for variable in inputs)))
        finally:
            pm.set_data(kept, model=model)

    return at
