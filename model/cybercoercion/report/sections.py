"""The questions of the report, each answered with sentences, a figure or a table."""

from __future__ import annotations

from typing import TYPE_CHECKING

from cybercoercion.belief import Estimate
from cybercoercion.report.belief_figures import Strip, strips
from cybercoercion.report.cost_figures import ladder
from cybercoercion.report.names import option_name, portfolio_name, state_name
from cybercoercion.report.section import Section
from cybercoercion.report.sentence import NAMES, VARIANT_NAMES, VIEW_NAMES
from cybercoercion.report.verdict import Verdict, worded
from cybercoercion.report.words import DASH, edges, money, percent, sentence_of, span

if TYPE_CHECKING:
    from cybercoercion.response import Option, ViewRanking

SHOWN = 4  # answers of a question beyond the leading ones are added up in the last row


def sections(verdict: Verdict) -> tuple[Section, ...]:
    """Return the sections of the report in reading order."""
    moved = () if verdict.explanation is None else (_moved(verdict),)
    return (_beliefs(verdict), *moved, _episodes(verdict), _costs(verdict), _views(verdict), _trust(verdict))


def _beliefs(verdict: Verdict) -> Section:
    assessment, belief = verdict.assessment, verdict.assessment.belief
    coding = assessment.coding
    figures, ticks = [], edges(assessment.knowledge)
    said = verdict.coercion
    intents = belief.estimates("intent")
    rows = [
        Strip(label="Coercion", p=said.p, low=said.low, high=said.high, leads=True),
        Strip(
            label="... or as a second aim",
            p=verdict.any_coercive_aim.p,
            low=verdict.any_coercive_aim.low,
            high=verdict.any_coercive_aim.high,
            leads=True,
        ),
        *_strips(verdict, "intent", intents, leads=False),
    ]
    figures.append(strips("intent", sentence_of(said.words, "this is coercion", said.low, said.high), rows, ticks))
    for name in ("actor", "demand"):
        estimates = belief.estimates(name)
        leader = max(estimates, key=lambda state: estimates[state].p)
        one = worded(estimates[leader], assessment)
        what = _statement(verdict, name, leader)
        figures.append(
            strips(name, sentence_of(one.words, what, one.low, one.high), _strips(verdict, name, estimates), ticks)
        )
    return Section(
        name="beliefs",
        title="1  What we believe",
        figures=tuple(figures),
        notes=(
            (
                f"In the paper's terms: Threat {coding.threat}; Threat actor responsible: {coding.actor}; "
                f"Desired behaviour {coding.desired_behaviour}."
            ),
        ),
    )


def _statement(verdict: Verdict, name: str, leader: str) -> str:
    shown = state_name(verdict, name, leader)
    if name == "actor":
        return f"{shown} is behind it" if leader != "other" else "somebody who is not on the list is behind it"
    return f"the demand is: {shown}" if leader != "none" else "no demand of the list is made"


def _strips(verdict: Verdict, name: str, estimates: dict[str, Estimate], *, leads: bool = True) -> list[Strip]:
    ranked = sorted(estimates.items(), key=lambda row: -row[1].p)
    return [
        Strip(label=state_name(verdict, name, state), p=one.p, low=one.low, high=one.high, leads=leads and place == 0)
        for place, (state, one) in enumerate(ranked[:SHOWN])
    ]


def _moved(verdict: Verdict) -> Section:
    from cybercoercion.report.moved import moved_section

    return moved_section(verdict)


def _episodes(verdict: Verdict) -> Section:
    rows = []
    for episode in verdict.assessment.episodes:
        one = worded(episode.coercion, verdict.assessment)
        intents = episode.estimates("intent")
        leader = max(intents, key=lambda intent: intents[intent].p)
        rows.append(
            (episode.case_id, percent(one.p), span(one.low, one.high), one.words, leader, percent(intents[leader].p))
        )
    if not rows:
        return Section(name="episodes", title="")
    return Section(
        name="episodes",
        title="Episodes of the campaign",
        columns=("episode", "coercion", "5-95 %", "in words", "leading purpose", "probability"),
        rows=tuple(rows),
    )


def _costs(verdict: Verdict) -> Section:
    view = verdict.assessment.ranking.default
    tied = view.tied if len(view.tied) > 1 else ()
    rows = [
        _row(verdict, "1=" if option.response in tied else str(place + 1), option)
        for place, option in enumerate(view.options)
    ]
    nothing = (
        "1=" if "nothing" in tied else "",
        "Nothing new",
        "0",
        DASH,
        "0",
        "0",
        "0",
        "0",
        DASH,
        percent(view.p_best_nothing),
        DASH,
        money(view.regret_nothing),
        DASH,
    )
    return Section(
        name="costs",
        title=f"{2 if verdict.explanation is None else 3}  What each response costs, against nothing new "
        f"({money(view.nothing)} USD over {view.view.months} months)",
        sentences=(_in_futures(view), _step(view)),
        columns=(
            "",
            "Response, best variant",
            "Difference",
            "5-95 %",
            "Own cost",
            "Gain",
            "Retaliation",
            "Wrong actor",
            "On top of resilience",
            "Best in",
            "Pays if p above (now)",
            "Regret",
            "Worst 10 %",
        ),
        rows=(*rows, nothing),
        numeric_from=2,
        notes=(f"{_unranked(view)} {_portfolio(verdict, view)}", _tail(view)),
    )


def _row(verdict: Verdict, place: str, option: Option) -> tuple[str, ...]:
    terms = option.terms
    gain = terms["harm"] + terms["concession"] + terms["recurrence"] + terms["second_order"]
    threshold = f"none ({percent(option.p_now)})" if option.p_now is not None else "needs none"
    if option.p_star is not None and option.p_now is not None:
        threshold = f"{percent(option.p_star)} ({percent(option.p_now)})"
    return (
        place,
        option_name(verdict, option),
        money(option.delta, signed=True),
        f"{money(option.low)} to {money(option.high)}",
        money(terms["own"]),
        money(gain, signed=True),
        money(terms["retaliation"]),
        money(terms["wrong_actor"]),
        money(option.on_top, signed=True),
        percent(option.p_best),
        threshold,
        money(option.regret),
        money(option.cvar90),
    )


def _in_futures(view: ViewRanking) -> str:
    first = view.options[0]
    return (
        f"{NAMES[first.response]} is cheapest of the four and nothing new in {percent(first.p_best)} of the readings "
        f"of our inputs, and in {percent(first.cheapest_in_futures)} of the futures drawn from them; nothing new in "
        f"{percent(view.p_best_nothing)} and {percent(view.futures_nothing)}."
    )


def _step(view: ViewRanking) -> str:
    if not view.resilience:
        return "No measure of resilience pays by itself; the column 'on top' compares with nothing new."
    names = " and ".join(VARIANT_NAMES[name] for name in view.resilience)
    return f"Resilience comes first, for it needs no attribution: {names}."


def _tail(view: ViewRanking) -> str:
    said = [
        f"{NAMES[option.response].lower()} adds {100 * option.tail.p_added:.2g} % of a war, "
        f"{money(option.tail.cost_at_cap)}"
        + (f", flips at a war loss of {money(option.tail.flips_at)}" if option.tail.flips_at is not None else "")
        for option in view.options
        if option.tail.p_added > 0
    ]
    if not said:
        return "Military tail, kept apart: none of the four adds to it."
    return f"Military tail, kept apart from the costs above, at its capped loss: {'; '.join(said)}."


def _unranked(view: ViewRanking) -> str:
    said = [
        f"{VARIANT_NAMES[name]} {money(line.delta, signed=True)}"
        for name, line in view.references.items()
        if name != "nothing"
    ]
    return f"Unranked, against nothing new: {', '.join(said)}." if said else ""


def _portfolio(verdict: Verdict, view: ViewRanking) -> str:
    best = view.portfolio
    return f"Best combination: {portfolio_name(verdict, best)}, {money(best.delta, signed=True)}."


def _views(verdict: Verdict) -> Section:
    ranking = verdict.assessment.ranking
    rows = []
    for name, view in ranking.views.items():
        cells = [
            f"{NAMES[o.response].split(' (')[0]} ({VARIANT_NAMES[o.variant]}) {money(o.delta, signed=True)}"
            for o in view.options
        ]
        first = "nothing new" if view.first == "nothing" else NAMES[view.first].split(" (")[0].lower()
        rows.append((VIEW_NAMES[name], first, *cells))
    return Section(
        name="views",
        title=f"{3 if verdict.explanation is None else 4}  Who pays, for how long: three views",
        figures=(ladder(ranking),),
        repeats_figure=True,
        columns=("view", "cheapest", "1", "2", "3", "4"),
        rows=tuple(rows),
        numeric_from=9,
    )


def _trust(verdict: Verdict) -> Section:
    from cybercoercion.knowledge.ledger import marks

    counts = marks(verdict.assessment.knowledge)
    said = verdict.confidence
    return Section(
        name="trust",
        title=f"{4 if verdict.explanation is None else 5}  How far to trust this",
        sentences=(
            (
                f"Evidence: {said.evidence}. Range of opinion: {said.range_of_opinion}. "
                f"Response to new information: {said.response_to_new_information}."
            ),
            (
                f"Judged, not measured: {counts.get('judgement', 0)} of {sum(counts.values())} numbers. "
                "Not in the numbers: lives, legal duty, allied politics."
            ),
            *(f"Warning: {warning}." for warning in verdict.warnings),
        ),
    )
