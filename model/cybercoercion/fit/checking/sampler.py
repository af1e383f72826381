"""Did the sampler do its work: R-hat, effective draws, divergences, of every parameter."""

from __future__ import annotations

import numpy as np
import xarray as xr


def health_of(tree: xr.DataTree, *, compile_seconds: float) -> xr.Dataset:
    """Return R-hat and effective draws (the lesser of bulk and tail) of every parameter, and how long it took.

    Data variables are named by parameter, with a dim ``diagnostic`` of "rhat" and "ess" and the parameter's own dims;
    attributes hold the worst of them, ``divergences``, ``seconds`` and ``compile_seconds``. A parameter that does not
    vary (a walk before its first step) has none.
    """
    import arviz as az

    posterior = tree["posterior"].to_dataset()
    rhat = az.rhat(posterior)
    ess = np.minimum(az.ess(posterior, method="bulk"), az.ess(posterior, method="tail"))
    both: xr.Dataset = xr.concat([rhat, ess], dim=xr.Variable("diagnostic", ["rhat", "ess"])).astype(np.float32)
    both.attrs = {
        "method": "nuts",
        "rhat": max(float(values.max()) for values in rhat.data_vars.values()),
        "ess": min(float(values.min()) for values in ess.data_vars.values()),
        "divergences": int(tree["sample_stats"]["diverging"].sum()),
        "draws": int(posterior.sizes["draw"] * posterior.sizes["chain"]),
        "seconds": float(posterior.attrs["sampling_time"]),
        "compile_seconds": compile_seconds,
    }
    return both
