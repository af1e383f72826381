"""Did the sampler do its work? R-hat, effective draws and divergences of each part, in words."""

from __future__ import annotations

from collections.abc import Iterator

import xarray as xr

from cybercoercion.fit.checking.finding import Finding, judged
from cybercoercion.fit.fit import Fit

RHAT, ESS = 1.01, 400
UNTIDY = 1.05  # beyond it chains disagree in earnest
FEW = 100
ALLOWED = f"R-hat below {RHAT}, more than {ESS} effective draws, no divergence"


def convergence(fit: Fit) -> Iterator[Finding]:
    """Yield one finding per part.

    R-hat below 1.01, bulk and tail effective draws above 400 and no divergence pass (Vehtari and others 2021).
    A part fitted by its mode has no uncertainty and warns.
    """
    for part, health in fit.health.items():
        yield _mode(part) if health.attrs.get("method") == "map" else _sampled(part, health)


def _mode(part: str) -> Finding:
    words = f"{part} was fitted by its mode: it knows no uncertainty. Fit it with the sampler before you rely on it."
    return judged(f"sampler.{part}", "warn", words, value="mode", allowed="draws of a posterior")


def _sampled(part: str, health: xr.Dataset) -> Finding:
    rhat, ess = float(health.attrs["rhat"]), float(health.attrs["ess"])
    diverged, draws = int(health.attrs["divergences"]), int(health.attrs["draws"])
    said = (
        f"R-hat is at most {rhat:.4f} ({_worst(health, 'rhat')}), there are at least {ess:.0f} effective draws "
        f"({_worst(health, 'ess')}), and {diverged} of {draws} draws diverged."
    )
    name = f"sampler.{part}"
    if rhat < RHAT and ess > ESS and diverged == 0:
        return judged(name, "pass", f"The sampler of {part} is healthy: {said}", value=rhat, allowed=ALLOWED)
    broken = rhat >= UNTIDY or ess <= FEW or diverged > draws / 1_000
    advice = "Draw longer, or look at the parameter named." if not diverged else "Raise the target acceptance."
    verdict = "cannot be relied on" if broken else "is not quite healthy"
    return judged(name, "fail", f"The sampler of {part} {verdict}: {said} {advice}", value=rhat, allowed=ALLOWED)


def _worst(health: xr.Dataset, diagnostic: str) -> str:
    """Return the parameter that the worst value belongs to."""
    if "diagnostic" not in health.dims:
        return "all parameters"
    each = {str(name): values.sel(diagnostic=diagnostic) for name, values in health.data_vars.items()}
    if diagnostic == "rhat":
        return max(each, key=lambda name: float(each[name].max()), default="no parameter")
    return min(each, key=lambda name: float(each[name].min()), default="no parameter")
