"""What is worth finding out before deciding: states, reports, pairs, waiting, control; one table of a case."""

from __future__ import annotations

from collections.abc import Sequence

from cybercoercion.assessment import Assessment
from cybercoercion.response.ranking import DEFAULT_VIEW
from cybercoercion.response.wait import spent_on
from cybercoercion.sensitivity.choice import Choice, Decision, choice
from cybercoercion.sensitivity.value.collection import Step, step
from cybercoercion.sensitivity.value.control import Levels, control, control_of_states, split
from cybercoercion.sensitivity.value.pairs import PairValue, best_pair, shortlist
from cybercoercion.sensitivity.value.parameters import parameters_value
from cybercoercion.sensitivity.value.preposterior import Preposterior, change, evpi, evppi, lean, preposterior, worth
from cybercoercion.sensitivity.value.reports import Coming, coming_reports
from cybercoercion.sensitivity.value.result import ReportValue, StateValue, Value, best_of
from cybercoercion.sensitivity.value.seen import is_later, states_for, states_of
from cybercoercion.sensitivity.value.states import EPISODE, FRAMED, States
from cybercoercion.sensitivity.value.waiting import waiting_for

SETS: tuple[tuple[str, ...], ...] = (
    ("actor",),
    ("intent",),
    ("coercion",),
    ("kind",),
    ("demand",),
    ("signalling",),
    ("objective",),
    ("signalling", "demand"),
    ("who", FRAMED),
)


def voi(
    assessment: Assessment,
    *,
    view: str = DEFAULT_VIEW,
    decision: Decision = "two-step",
    parameters: bool = True,
) -> Value:
    """Return what is worth finding out before deciding: exact over states, tables averaged over draws.

    Every value is of one menu that does not hang on what is learnt, so ``0 <= EVSI <= EVPPI of what the report hangs
    on``, and ``EVPPI <= EVPI`` for what costs hang on.

    Parameters
    ----------
    assessment
        Of a case or a campaign.
    view
        ``target``, ``nation`` or ``long``.
    decision
        ``two-step`` (resilience, then what goes on top) or ``response`` (each response as a rival of the others, which
        hides much of what information is worth).
    parameters
        Whether inputs are valued too; half of the time goes there.

    Returns
    -------
    Value
        USD.

    Examples
    --------
    >>> from cybercoercion.assessment import assess
    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.knowledge import load_knowledge
    >>> value = voi(assess(load_case("notpetya-2017"), load_knowledge(draws=50)))
    >>> 0 < value.best.evsi <= value.best.evppi <= value.evpi
    True
    """
    whole = choice(assessment, decision=decision, view=view)
    menu = lean(whole)
    steps = whole if decision == "two-step" else choice(assessment, decision="two-step", view=view)
    coming, unvalued = coming_reports(assessment)
    room = _Room(assessment, menu)
    pres = {one.id: preposterior(one, room.states(one)) for one in coming}
    valued = [room.valued(pres[one.id]) for one in coming]
    valued.sort(key=lambda one: (-one.net, -one.evsi, -one.evppi))
    per_day = spent_on(assessment.case.stakes.delay_cost, "stakes.delay_cost", assessment.knowledge)
    pair, next_pair = room.pair([pres[one.report.id] for one in valued], valued, decision)
    states = states_of(assessment)
    best = best_of(valued)
    waits = (one for one in valued if one.evsi > 0 or not one.report.generic)
    return Value(
        view=view,
        decision=decision,
        plan=menu.names[menu.pick],
        now=float(menu.now[menu.pick]),
        level=float(Levels(menu, assessment.costs).value(menu.states)),
        evpi=evpi(menu, states),
        evpi_later=evpi(menu, states_of(assessment, late=True)) if room.later else None,
        states=tuple(room.state_values()),
        reports=tuple(valued),
        unvalued=unvalued,
        pair=pair,
        waiting=tuple(
            waiting_for(steps, room.states(one.report), pres[one.report.id], assessment.knowledge, per_day)
            for one in waits
        ),
        control=control(assessment, menu),
        outcomes=control_of_states(menu, assessment.costs),
        next=None
        if best is None
        else step(assessment, room.states(best.report), [pres[best.report.id]], view=view, decision=decision),
        next_pair=next_pair,
        parameters=parameters_value(assessment, view=view, decision=decision) if parameters else None,
        notes=_notes(assessment, room),
    )


class _Room:
    """One assessment and its menu, with the states that its reports hang on."""

    def __init__(self, assessment: Assessment, menu: Choice) -> None:
        self.assessment, self.menu = assessment, menu
        self.early = states_of(assessment)
        self._known: dict[tuple[bool, tuple[str, ...]], float] = {}

    def is_later(self, report: Coming) -> bool:
        return is_later(self.assessment, report)

    @property
    def later(self) -> bool:
        return any(later for later, _ in self._known)

    def states(self, report: Coming) -> States:
        return states_for(self.assessment, report)

    def known(self, names: tuple[str, ...], *, later: bool = False) -> float:
        key = (later, names)
        if key not in self._known:
            states = states_of(self.assessment, late=True) if later else self.early
            self._known[key] = evppi(self.menu, states, names)
        return self._known[key]

    def state_values(self) -> list[StateValue]:
        out = []
        for names in SETS:
            if self.assessment.campaign is not None and names[0] in ("intent", "coercion"):
                out.append(StateValue(states=names, evppi=worth(self.menu, split(self.menu, names[0])[1])))
                names = (EPISODE,) if names == ("intent",) else ()  # noqa: PLW2901  # its own, beside that of the whole
            if names:
                out.append(StateValue(states=names, evppi=self.known(names)))
        return out

    def valued(self, report: Preposterior) -> ReportValue:
        parts = self.states(report.report).mass(report.given)
        hangs_on = report.hangs_on
        if self.assessment.campaign is not None:
            hangs_on = tuple(EPISODE if name == "intent" else name for name in hangs_on)
        return ReportValue(
            report=report.report,
            evsi=worth(self.menu, parts),
            hangs_on=hangs_on,
            evppi=self.known(report.hangs_on, later=self.is_later(report.report)),
            chance=change(self.menu, parts),
        )

    def pair(
        self, reports: Sequence[Preposterior], valued: Sequence[ReportValue], decision: Decision
    ) -> tuple[PairValue | None, Step | None]:
        """Return the best pair, and what its answers would do; both read under the same tables."""
        most = round(self.assessment.knowledge.mean("value.pairs"))
        evsi = {one.report.id: one.evsi for one in valued}
        bound = {one.report.id: one.evppi for one in valued}
        short = shortlist(reports, evsi, bound, most)
        later = {one.report.id for one in short if self.is_later(one.report)}
        now = [one for one in short if one.report.id not in later]
        found = [(self.early, now, best_pair(self.menu, self.early, now, evsi))]
        if later:
            states = states_of(self.assessment, late=True)
            then = [preposterior(one.report, states) for one in short]
            alone = {one.report.id: worth(self.menu, states.mass(one.given)) for one in then}
            found.append((states, then, best_pair(self.menu, states, then, alone, later)))
        best = max((one for one in found if one[2] is not None), key=lambda one: one[2].net, default=None)  # type: ignore[union-attr]
        if best is None or best[2] is None:
            return None, None
        states, chosen, pair = best[0], {one.report.id: one for one in best[1]}, best[2]
        both = [chosen[name] for name in pair.reports]
        return pair, step(self.assessment, states, both, view=self.menu.view.name, decision=decision)


def _notes(assessment: Assessment, room: _Room) -> tuple[str, ...]:
    """Return what the values take for granted, where it bears on this case."""
    told = assessment.belief.reports
    out = ["what a report finds hangs on its fact alone: with tables averaged over draws, it teaches none of them"]
    if any(report.kind != "likelihood" for report in told):
        out.append("stated beliefs and pins keep the weight that they have now, whatever is reported")
    if room.later:
        out.append(
            "reports of technical facts that cannot be seen at once are valued under the tables of later cases, "
            "before they are there and after"
        )
    if assessment.campaign is not None:
        out.append("reports are about the latest episode: they tell of its own purpose, and through it of the whole")
    if any(report.grade and report.grade[1] == "1" for report in told):
        out.append("that a report may confirm an earlier one, and so raise its grade, is not counted")
    return tuple(out)
