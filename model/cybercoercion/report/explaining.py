"""Why this belief, and why this cost: explanations as sections, for the command ``explain`` and the page."""

from __future__ import annotations

import json
import math
import sys
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cybercoercion.assessment import Assessment
from cybercoercion.belief import Explanation, explain
from cybercoercion.belief.explanation import explain_episodes
from cybercoercion.belief.stories import Story
from cybercoercion.report.assumption_sections import break_even_json, break_even_words
from cybercoercion.report.cost_states import cost_states_json, cost_states_section
from cybercoercion.report.moved import conflict_sentence, probability, signed
from cybercoercion.report.section import Section
from cybercoercion.report.words import percent
from cybercoercion.sensitivity.assumed.false_flag import BreakEven, break_evens

ALONE = (
    "The weights below explain each episode without what the campaign and its other episodes say about it; "
    "they lead to the episode's own belief, not to that of the campaign."
)


@dataclass(frozen=True, kw_only=True)
class Explaining:
    """Why an assessment says what it says."""

    assessment: Assessment
    explanations: tuple[Explanation, ...]  # one, or one per episode of a campaign

    @cached_property
    def break_evens(self) -> tuple[BreakEven, ...]:
        """Where attribution, first response and what goes on top turn, the campaign as a whole."""
        return break_evens(self.assessment)

    def sections(self) -> tuple[Section, ...]:
        """Return the explanations in reading order."""
        out: list[Section] = []
        if self.assessment.campaign is not None:
            out.append(Section(name="alone", title="Each episode seen by itself", sentences=(ALONE,)))
        for one in self.explanations:
            lead = f"{one.case_id}: " if len(self.explanations) > 1 else ""
            out += [_weights(one, lead), _disagreement(one, lead), _stories(one, lead), _undone(one, lead)]
        return (*out, self.overturned(), cost_states_section(self.assessment))

    def overturned(self) -> Section:
        """Return how much deception or copying it takes to turn the response too."""
        return Section(
            name="overturned",
            title="How much deception, or copying, would overturn the response?",
            sentences=tuple(break_even_words(self.assessment, one) for one in self.break_evens),
        )

    def to_json(self) -> str:
        """Return the explanations as one JSON object."""
        said = {
            "case": self.assessment.belief.case_id,
            "episodes_seen_alone": self.assessment.campaign is not None,
            "belief": [_explanation_json(one) for one in self.explanations],
            "break_even_of_the_decision": [break_even_json(one) for one in self.break_evens],
            "cost": cost_states_json(self.assessment),
        }
        return json.dumps(said, ensure_ascii=False, indent=1)


def explaining(assessment: Assessment) -> Explaining:
    """Return why: of a case, or of each episode of a campaign seen by itself."""
    if assessment.campaign is not None:
        return Explaining(
            assessment=assessment,
            explanations=explain_episodes(assessment.campaign.episodes, assessment.knowledge),
        )
    return Explaining(assessment=assessment, explanations=(explain(assessment.case, assessment.knowledge),))


def print_explaining(said: Explaining) -> None:
    """Print the explanations."""
    from cybercoercion.report.terminal import section_lines, terminal_width

    width = terminal_width()
    for section in said.sections():
        sys.stdout.write("\n".join([*section_lines(section, width), "", ""]))


def _weights(one: Explanation, lead: str) -> Section:
    rows = []
    for fall in one.waterfalls:
        rows.append(("before", fall.hypothesis, "", signed(fall.prior), percent(probability(fall.prior)), ""))
        for step in fall.steps:
            rows.append(("origin", step.name, signed(step.weight), "", "", f"{step.independent:.1f}"))
            rows += [
                ("", f"  {report.name}", signed(report.weight), "", f"{signed(-loss)} without it", "")
                for report, loss in zip(step.reports, step.losses, strict=True)
            ]
        rows.append(("after", fall.hypothesis, "", signed(fall.posterior), percent(probability(fall.posterior)), ""))
    silent = ", ".join(one.diagnosticity.separates_nothing)
    return Section(
        name="weights",
        title=f"{lead}Weight of evidence in decibans: each origin and its reports, summing to the shift",
        columns=("", "origin or report", "weight", "log-odds", "probability / leave one out", "no copies"),
        rows=tuple(rows),
        numeric_from=2,
        notes=(
            f"{len(one.weights.reports)} reports, about {one.independent:.1f} of them no copies of another.",
            f"Reports that separate nothing: {silent}." if silent else "Every report separates something.",
        ),
    )


def _disagreement(one: Explanation, lead: str) -> Section:
    whole = one.conflict.whole
    rows = [
        (kind, tension.name, signed(tension.bits), percent(tension.tail), "alarm" if tension.alarm else "")
        for kind, tensions in (("report", one.conflict.by_report), ("origin", one.conflict.by_origin))
        for tension in sorted(tensions, key=lambda tension: -tension.bits)[:5]
    ]
    rare = f" A rare case would explain it: {', '.join(one.conflict.rare_cases)}." if one.conflict.rare_cases else ""
    return Section(
        name="conflict",
        title=f"{lead}Do the reports disagree? Conflict in bits, each against the rest",
        sentences=(conflict_sentence(whole.bits, whole.tail, alarm=whole.alarm) + rare,),
        columns=("", "against the rest", "bits", "as much by chance", ""),
        rows=tuple(rows),
        numeric_from=2,
    )


def _stories(one: Explanation, lead: str) -> Section:
    rows = tuple(
        (
            str(place + 1),
            ", ".join(
                part for part in (story.actor, story.purpose, f"demand {story.demand}" if story.demand else "") if part
            ),
            percent(story.p),
            f"{story.weight:.1f}",
            f"{story.lead:.1f}" if story.lead is not None else "",
        )
        for place, story in enumerate(one.stories.full[:3])
    )
    best = one.stories.explanations[:3]
    partial = "; ".join(f"{_said_by(story)} ({story.weight:.1f} decibans)" for story in best)
    return Section(
        name="stories",
        title=f"{lead}Best-supported explanations: actor, purpose, demand together",
        columns=("", "explanation", "probability", "decibans against all else", "times likelier than the next"),
        rows=rows,
        numeric_from=2,
        notes=(f"Most relevant explanations, in part or whole: {partial}.",) if partial else (),
    )


def _said_by(story: Story) -> str:
    return ", ".join(part for part in (story.actor, story.purpose, story.demand) if part)


def _undone(one: Explanation, lead: str) -> Section:
    def said(what: str, even: Any) -> str:
        if not even.concerns:
            return f"No {what} matters: no two reports, or no traces, rest on it."
        if even.probability is None:
            return f"No {what} would take the lead from {even.leader} (now {percent(even.now)})."
        return (
            f"Above {percent(even.probability)} {what} (now {percent(even.now)}), {even.rival} leads instead of "
            f"{even.leader}."
        )

    return Section(
        name="undone",
        title=f"{lead}What would undo the attribution",
        sentences=(
            said("probability of a false flag", one.deception),
            said("probability that reports which name the leader repeat each other", one.copying),
        ),
    )


def _explanation_json(one: Explanation) -> dict[str, Any]:
    return {
        "case": one.case_id,
        "independent_reports": one.independent,
        "weight_of_evidence": [
            {
                "hypothesis": fall.hypothesis,
                "unit": "decibans",
                "prior": fall.prior,
                "posterior": fall.posterior,
                "origins": [
                    {
                        "origin": step.name,
                        "weight": step.weight,
                        "error": step.error,
                        "independent": step.independent,
                        "reports": [
                            {"report": report.name, "weight": report.weight, "error": report.error, "left_out": -loss}
                            for report, loss in zip(step.reports, step.losses, strict=True)
                        ],
                    }
                    for step in fall.steps
                ],
            }
            for fall in one.waterfalls
        ],
        "diagnosticity": _grid_json(one),
        "conflict": {
            "unit": "bits",
            "global": {
                "bits": one.conflict.whole.bits,
                "tail": one.conflict.whole.tail,
                "alarm": one.conflict.whole.alarm,
            },
            "by_report": {t.name: {"bits": t.bits, "tail": t.tail, "alarm": t.alarm} for t in one.conflict.by_report},
            "by_origin": {t.name: {"bits": t.bits, "tail": t.tail, "alarm": t.alarm} for t in one.conflict.by_origin},
            "rare_cases": list(one.conflict.rare_cases),
        },
        "stories": [
            {
                "actor": story.actor,
                "intent": story.purpose,
                "demand": story.demand,
                "p": story.p,
                "decibans": story.weight,
                "times_next": story.lead,
            }
            for story in one.stories.full[:3]
        ],
        "break_even": {
            name: {"leader": even.leader, "rival": even.rival, "probability": even.probability, "now": even.now}
            for name, even in (("deception", one.deception), ("copying", one.copying))
        },
    }


def _grid_json(one: Explanation) -> dict[str, Any]:
    """Return log-likelihood ratios in decibans of each report for each pair of states: unit decibans."""
    grid = one.diagnosticity
    return {
        node: {
            report: {
                f"{first} / {second}": _finite(float(grid.grid[node][r, i, j]))
                for i, first in enumerate(states)
                for j, second in enumerate(states)
                if i < j
            }
            for r, report in enumerate(grid.reports)
        }
        for node, states in grid.states.items()
    }


def _finite(value: float) -> float | None:
    """Return a number that JSON can hold; a report that excludes a state stands at null."""
    return value if math.isfinite(value) else None
