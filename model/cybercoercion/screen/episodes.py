"""The episodes of a campaign, each with its strip: how probably it is coercion, seen with all the others."""

from __future__ import annotations

from cybercoercion.belief import Belief
from cybercoercion.belief.belief import IS_COERCION
from cybercoercion.report.belief_strips import belief_strips
from cybercoercion.report.verdict import Verdict, worded
from cybercoercion.report.words import edges, sentence_of
from cybercoercion.screen.answers import Answer, moves, row_of
from cybercoercion.screen.beliefs import SOURCES, Question


def episodes(verdict: Verdict, before: Verdict | None = None) -> Question | None:
    """Return how probably each episode of a campaign is coercion, in order of time; None for a single case."""
    assessment = verdict.assessment
    if assessment.campaign is None:
        return None
    titles = {case.id: case.title for case in assessment.campaign.episodes}
    was = {} if before is None else {one.case_id: one.coercion.p for one in before.assessment.episodes}
    surest = max(assessment.episodes, key=lambda one: one.coercion.p)
    rows = [row_of(_answer(one, titles, was), one.weights, leads=one is surest) for one in assessment.episodes]
    said = worded(surest.coercion, assessment)
    likely = sentence_of(said.words, f"{titles[surest.case_id]} is coercion", said.low, said.high)
    sentence = f"{likely} Of the {len(rows)} episodes it is the one that most probably is."
    ticks = edges(assessment.knowledge)
    return Question(
        name="episodes",
        title="Which episodes are coercion?",
        sentence=sentence,
        figure=belief_strips("episodes", sentence, rows, ticks, sources=("campaign", *SOURCES["coercion"])),
        note=moves(rows) or "Each episode, given what is told of all of them. An episode may serve the series or not.",
    )


def _answer(episode: Belief, titles: dict[str, str], was: dict[str, float]) -> Answer:
    return Answer(
        name=episode.case_id,
        label=titles[episode.case_id],
        by_draw=episode.marginal("intent")[IS_COERCION].sum(0),
        before=was.get(episode.case_id),
    )
