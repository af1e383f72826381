"""Which fit is loaded, what taught it, and how healthy it is; and the scores of the model beside simple classifiers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cybercoercion.fit.checking.check import check
from cybercoercion.fit.checking.finding import Checks, Finding
from cybercoercion.fit.fit import Fit
from cybercoercion.fit.scoring.published import published
from cybercoercion.knowledge import Knowledge
from cybercoercion.report.section import Section
from cybercoercion.report.words import MINUS, joined

FREQUENCIES = "frequencies only"
LEVELS = {"fail": "Fails", "warn": "Warns", "pass": "Passes", "information": "For information"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Health:
    """What was found about a fit."""

    fit: Fit
    checks: Checks

    def section(self) -> Section:
        """Return what taught the fit, and every finding, the worst first."""
        record = self.fit.record
        counts = [f"{self.checks.count(level)} {level}" for level in ("fail", "warn", "pass")]
        taught = [f"{source.source} ({source.rows:,} rows)" for source in record.sources]
        order = list(LEVELS)
        rows = sorted(self.checks.findings, key=lambda one: order.index(one.level))
        return Section(
            name="health",
            title="Is the fit to be relied on?",
            sentences=(
                f"Fit {self.fit.digest[:8]}, parts: {', '.join(self.fit.parts)}. Taught by {joined(taught)}.",
                f"Checks: {', '.join(counts)}.",
            ),
            columns=("", "what was checked", "found"),
            rows=tuple((LEVELS[one.level], _name(one), one.words) for one in rows if one.level in ("fail", "warn")),
            notes=("Only what fails or warns is listed; `cybercoercion check` prints all.",),
        )

    def passed(self) -> Section:
        """Return what passed, or is for information, one row each."""
        rest = [one for one in self.checks.findings if one.level not in ("fail", "warn")]
        return Section(
            name="passed",
            title="What passed",
            columns=("", "what was checked", "found"),
            rows=tuple((LEVELS[one.level], _name(one), one.words) for one in rest),
        )


def health(fit: Fit, knowledge: Knowledge) -> Health:
    """Return what can be said for and against a fit, without refitting it; ``knowledge`` may hold the fit or not.

    Raises
    ------
    DifferentModel
        If prior numbers that the fit replaces have changed since it was made.
    """
    return Health(fit=fit, checks=check(fit, knowledge))


def scores_section(scores: Mapping[str, Any] | None = None) -> Section:
    """Return the published scores: the model beside the best simple classifier and beside frequencies alone.

    Nats per row, by campaign; less is better.

    >>> scores_section().rows[0][0]
    'objective from all facts'
    """
    every = published() if scores is None else scores
    rows, ahead, total = [], 0, 0
    for split in every.values():
        for task in split["tasks"].values():
            d, total = task["difference"], total + 1
            ahead += d["high"] < 0
            rows.append(
                (
                    task["title"],
                    task["split"],
                    f"{task['n']:,}",
                    f"{task['model']['log_loss']:.3f}",
                    f"{task['model']['brier']:.3f}",
                    f"{task['model']['ece']:.3f}",
                    _alone(task),
                    f"{task['best_simple']} {task['baselines'][task['best_simple']]['log_loss']:.3f}",
                    _sentence(task),
                )
            )
    return Section(
        name="scores",
        title="How well does it predict?",
        sentences=(
            f"On {ahead} of {total} questions it beats the best simple classifier by more than chance explains.",
        ),
        columns=("question", "split", "rows", "log loss", "Brier", "ECE", "frequencies alone", "best simple", "says"),
        rows=tuple(rows),
        numeric_from=2,
        notes=("Log loss in nats per row, less is better; held-out rows, campaigns kept together.",),
    )


def _sentence(task: Mapping[str, Any]) -> str:
    """Return whether the model is better than frequencies alone and than the best simple classifier."""
    only = task["baselines"].get(FREQUENCIES)
    d = task["difference"]
    side = "better" if d["value"] < 0 else "no better"
    much = f"{abs(d['value']):.3f} \N{PLUS-MINUS SIGN} {d['se']:.3f}"
    first = ""
    if only is not None:
        alone = only["log_loss"] - task["model"]["log_loss"]
        first = f"better than frequencies alone by {alone:.3f}; " if alone > 0 else "no better than frequencies alone; "
    by = f"by {much}" if side == "better" else f"({MINUS if d['value'] < 0 else '+'}{much})"
    return f"{first}{side} than the best simple one {by}"


def _alone(task: Mapping[str, Any]) -> str:
    only = task["baselines"].get(FREQUENCIES)
    return "" if only is None else f"{only['log_loss']:.3f}"


def _name(one: Finding) -> str:
    return one.name.replace(".", ": ").replace("_", " ")
