"""The figures of the evidence view, and what each report pulls."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from cybercoercion.belief.weight import COERCION, Weights
from cybercoercion.report.figure import Figure
from cybercoercion.report.replay_figure import Step, replay_figure
from cybercoercion.report.tension_figure import TensionRow, tension_figure
from cybercoercion.report.voices_figure import VoiceRow, voices_figure
from cybercoercion.report.words import MINUS
from cybercoercion.screen import evidence_conflict, replay, voices

WORTH = ("reliability", "credibility", "grade")
COPIES = ("copy",)
PULL = (
    "Bars: how far each report moves coercion, to the right up, hollow to the left down; they add up to the shift. "
    "10 decibans multiply the odds by ten, 3 double them."
)


def voices_drawn(found: voices.Voices) -> Figure:
    """Return one line per origin, with its first reports and their copies."""
    rows = [
        VoiceRow(
            label=speaker.origin,
            dots=tuple((voice.report, voice.counts if voice.repeats else 1.0) for voice in speaker.voices),
            counts=speaker.counts,
        )
        for speaker in found.speakers
    ]
    return voices_figure("voices", voices.caption(found), rows, sources=COPIES)


def conflict_drawn(found: evidence_conflict.Disagreements, called: Mapping[str, str] | None = None) -> Figure:
    """Return one line per report with its disagreement, and where chance ends."""
    names = called or {}
    rows = [
        TensionRow(
            label=names.get(row.report, row.report), bits=row.bits, limit=row.limit, tail=row.tail, alarm=row.alarm
        )
        for row in found.rows
    ]
    return tension_figure("conflict", evidence_conflict.caption(found), rows, sources=WORTH)


def replay_drawn(found: replay.Replay, hypothesis: str, looked: date) -> Figure:
    """Return the belief over the dates up to the later of the as-of date and the one that is looked at."""
    until = max(found.as_of, looked)
    days = [day for day in found.days if day.on <= until]
    steps = [_step(day.levels[hypothesis], day.on, day.came) for day in days]
    first = steps[0].on if steps else found.as_of
    happened = [(event.report, event.happened) for event in found.events if event.happened and event.known <= until]
    return replay_figure(
        "replay",
        replay.caption(found, hypothesis, looked),
        _step(found.before[hypothesis], first, ()),
        steps,
        until,
        looked,
        happened,
        sources=WORTH,
    )


def _step(level: replay.Level, on: date, came: Sequence[str]) -> Step:
    return Step(on=on, p=level.p, low=level.low, high=level.high, came=tuple(came))


def pulls(weights: Weights) -> dict[str, float]:
    """Return how far each report pulls towards coercion, in decibans; none where coercion is no open question."""
    return weights.of(COERCION) if COERCION in weights.hypotheses else {}


def pull_words(pull: float) -> str:
    """Return a pull towards coercion with its sign.

    >>> pull_words(2.31), pull_words(-0.6), pull_words(0.04)
    ('+2.3 decibans', '\N{MINUS SIGN}0.6 decibans', 'moves nothing')
    """
    if abs(pull) < 0.05:
        return "moves nothing"
    return f"{'+' if pull > 0 else MINUS}{abs(pull):.1f} decibans"
