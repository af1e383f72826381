"""The verb ``check``: is a fit to be relied on? Sampler, priors, predictions, calibration, sensitivity, movement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from cybercoercion.case import Case, load_case
from cybercoercion.fit.checking.calibrated import Calibration, code_of, shipped_calibration
from cybercoercion.fit.checking.coherence import coherence
from cybercoercion.fit.checking.convergence import convergence
from cybercoercion.fit.checking.finding import Checks, Finding, gathered, judged
from cybercoercion.fit.checking.movement import movement
from cybercoercion.fit.checking.posterior import posterior_predictive
from cybercoercion.fit.checking.power import sensitivity
from cybercoercion.fit.checking.prior import prior_predictive
from cybercoercion.fit.fit import Fit
from cybercoercion.fit.replaced import with_fit
from cybercoercion.fit.training import TrainingEpisode
from cybercoercion.knowledge import Knowledge

COMMAND = "python -m cybercoercion.fit.checking.calibration"


def check(
    fit: Fit,
    knowledge: Knowledge,
    *,
    training: Sequence[TrainingEpisode] | None = None,
    calibrate: int = 0,
    seed: int = 1,
    case: Case | None = None,
) -> Checks:
    """Return everything that can be said for and against a fit, in words.

    Parameters
    ----------
    fit
        The fit; it holds no rows.
    knowledge
        The priors that it stands on, without the fit.
    training
        The rows that taught it, of all sources, to hold predictions against.
    calibrate
        How many data sets to simulate per part, minutes each; 0 reports the calibration that ships.
    seed
        Of the simulations.
    case
        The decision that sensitivities are about; by default the one that the settings name.

    Raises
    ------
    DifferentModel
        If the prior numbers that the fit replaces have changed since.
    """
    bare = replace(knowledge, fitted=None, _memory={})
    fitted = with_fit(bare, fit)
    assert fitted.fitted is not None
    asked = load_case(knowledge.setting("checking.case")[0]) if case is None else case
    return gathered(
        convergence(fit),
        coherence(fitted.fitted, bare),
        prior_predictive(bare, tuple(fit.parts)),
        posterior_predictive(fit, fitted, training),
        calibration(tuple(fit.parts), bare, simulations=calibrate, seed=seed),
        sensitivity(asked, fitted, fit=fit),
        movement(fitted.fitted, bare),
    )


def calibration(parts: Sequence[str], knowledge: Knowledge, *, simulations: int, seed: int) -> Iterator[Finding]:
    """Yield whether the posterior of each part is calibrated: simulated now, or what ships."""
    shipped = shipped_calibration()
    for part in parts:
        if simulations:
            from cybercoercion.fit.checking.calibration import calibrate

            yield _judged(calibrate(part, simulations=simulations, seed=seed, knowledge=knowledge))
        elif part not in shipped:
            words = f"{part} was never calibrated by simulation. Run: {COMMAND} --part {part}"
            yield judged(f"calibration.{part}", "warn", words, allowed="a calibration")
        elif shipped[part].code != code_of(part):
            words = f"The model of {part} has changed since it was calibrated. Run: {COMMAND} --part {part}"
            yield judged(f"calibration.{part}", "warn", words, allowed="a calibration of this model")
        else:
            yield _judged(shipped[part])


def _judged(result: Calibration) -> Finding:
    worst = result.worst[0]
    words = (
        f"Over {result.simulations} simulated data sets the ranks of {result.count} quantities of {result.part} are "
        f"{'not ' if result.verdict == 'fail' else ''}uniform: the least so is {worst.name} (p {worst.p:.3g}, "
        f"{result.adjusted:.3g} once adjusted for their number)."
    )
    allowed = "adjusted p above .05; below .01 fails"
    return judged(f"calibration.{result.part}", result.verdict, words, value=result.adjusted, allowed=allowed)
