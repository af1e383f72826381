"""The answer: one immutable value that renders words, tables, figures and JSON, so that they cannot disagree."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cybercoercion.assessment import Assessment
from cybercoercion.belief import Belief, Estimate
from cybercoercion.report.confidence import Confidence, confidence_of, in_sentences, origins_of
from cybercoercion.report.document import document
from cybercoercion.report.inputs import inputs_record
from cybercoercion.report.roughness import rough
from cybercoercion.report.run import Run, run_of
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import answer
from cybercoercion.report.standing import placed, setting_of
from cybercoercion.report.words import bands_in_words, dated, in_words
from cybercoercion.sensitivity.coherence import coherence
from cybercoercion.sensitivity.coherence import warnings as contradictions

if TYPE_CHECKING:
    from cybercoercion.belief import Explanation
    from cybercoercion.report.short_answer import ShortAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Worded:
    """A probability with its range and the words for the range."""

    p: float
    low: float
    high: float
    words: str


@dataclass(frozen=True, kw_only=True)
class Verdict:
    """What an assessment says. Every renderer reads it and computes nothing."""

    case_id: str
    title: str
    marking: str | None
    as_of_words: str
    reports_words: str
    sentence: str
    confidence: Confidence
    coercion: Worded
    any_coercive_aim: Worded
    warnings: tuple[str, ...]
    run: Run
    assessment: Assessment
    explanation: Explanation | None
    inputs: str  # JSON text: a frozen value

    @property
    def brief(self) -> ShortAnswer:
        """Return the answer in one breath: what costs least, by how much, and how sure that is."""
        from cybercoercion.report.short_answer import short_answer

        return short_answer(self.assessment)

    @property
    def confidence_sentence(self) -> str:
        """Return confidence in words, apart from any likelihood."""
        return in_sentences(self.confidence)

    @property
    def run_line(self) -> str:
        """Return what reproduces the numbers, in one line."""
        return self.run.line()

    @property
    def bands_line(self) -> str:
        """Return what the words mean."""
        bands = bands_in_words(self.assessment.knowledge)
        worded = "The range is worded, not the middle. Ranges are 5-95 %. An assessment, not a finding of fact."
        return f"Words: {bands}. {worded}"

    @property
    def sections(self) -> tuple[Section, ...]:
        """Return the questions of the report, answered."""
        from cybercoercion.report.sections import sections

        return sections(self)

    def document(self) -> dict[str, Any]:
        """Return the published JSON contract as plain data."""
        return document(self)

    def to_json(self) -> str:
        """Return the published JSON contract as text."""
        return json.dumps(self.document(), ensure_ascii=False, indent=1, allow_nan=False)


def verdict(assessment: Assessment, *, overlay: Path | None = None, explanation: Explanation | None = None) -> Verdict:
    """Return what an assessment says.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> from cybercoercion.assessment import assess
    >>> verdict(assess(load_case("sony-2014"), load_knowledge(draws=1000))).confidence.level
    'low'
    """
    belief, knowledge = assessment.belief, assessment.knowledge
    source = assessment.campaign or assessment.case
    fitted = knowledge.fitted
    inputs = inputs_record(source, overlay, fitted.source if fitted is not None else None)
    run = run_of(belief, knowledge, inputs)
    return Verdict(
        case_id=source.id,
        title=source.title,
        marking=assessment.case.marking,
        as_of_words=dated(source.as_of),
        reports_words=_reports(belief),
        sentence=answer(placed(assessment.ranking.default), setting_of(assessment)),
        confidence=confidence_of(assessment),
        coercion=worded(belief.coercion, assessment),
        any_coercive_aim=worded(belief.any_coercive_aim, assessment),
        warnings=(
            *contradictions(coherence(assessment)),
            *_overlays(knowledge.overlays, overlay),
            *_taught(assessment),
            *rough(belief),
            *belief.warnings,
            *_of_episodes(assessment),
        ),
        run=run,
        assessment=assessment,
        explanation=explanation,
        inputs=json.dumps(inputs, ensure_ascii=False),
    )


def worded(estimate: Estimate, assessment: Assessment) -> Worded:
    """Return an estimate with the words for its range."""
    return Worded(**asdict(estimate), words=in_words(estimate.low, estimate.high, assessment.knowledge))


def _reports(belief: Belief) -> str:
    count, origins = len(belief.reports), origins_of(belief.reports)
    if not count:
        return "Nothing is reported yet: this is what cases of this frame look like."
    return f"{count} report{'s' if count > 1 else ''} from {origins} origin{'s' if origins > 1 else ''}."


def _overlays(changed: tuple[str, ...], overlay: Path | None) -> tuple[str, ...]:
    if overlay is None:
        return ()
    return (f"tables replaced by {overlay.name or overlay}: {', '.join(changed)}",)


def _taught(assessment: Assessment) -> tuple[str, ...]:
    """Say that a case whose label taught the fit is no test of it."""
    fitted = assessment.knowledge.fitted
    if fitted is None:
        return ()
    told = [belief.case_id for belief in assessment.episodes] or [assessment.case.id]
    own = [name for name in told if name in fitted.learnt_from]
    return (f"the label of {', '.join(own)} helped to make the fit: this answer is no test of it",) if own else ()


def _of_episodes(assessment: Assessment) -> tuple[str, ...]:
    return tuple(f"{episode.case_id}: {warning}" for episode in assessment.episodes for warning in episode.warnings)
