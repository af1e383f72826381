"""The same Bayesian network, written down node by node and solved by somebody else's engine.

Every conditional probability is stated as the definition states it: a row for each combination of the parents' labels.
Nothing is multiplied together, summed or simplified here; that is left to pyAgrum. The numbers come from
``Knowledge.table``, ``Knowledge.quantity`` and the channel quality of a grade, one draw at a time.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import numpy as np
import pyagrum as gum
from numpy.typing import NDArray

from cybercoercion.belief.channel import quality
from cybercoercion.case import Actor, Case, Demand, Range, Report
from cybercoercion.knowledge import Knowledge
from cybercoercion.knowledge.distribution import Distribution
from cybercoercion.vocabulary import (
    CHECKLIST,
    FRAMES,
    INTENTS,
    KINDS,
    NONE,
    OBJECTIVES,
    OTHER,
    SIGNALLING,
    STANDING,
    Fact,
    facts,
)

Array = NDArray[np.float64]
Row = Sequence[float]
Labels = Mapping[str, str]  # parent -> its label
SAID, UNSAID = "said", "not-said"


@dataclass(frozen=True)
class Node:
    """A variable: its labels, its parents, and its distribution for each combination of theirs."""

    name: str
    labels: tuple[str, ...]
    parents: tuple[str, ...]
    row: Callable[[Labels], Row]


class Numbers:
    """The numbers of one draw."""

    def __init__(self, knowledge: Knowledge, draw: int) -> None:
        """Take one draw of the knowledge."""
        self.knowledge, self.draw = knowledge, draw

    def quantity(self, name: str) -> float:
        """Return a quantity."""
        return float(self.knowledge.quantity(name)[self.draw])

    def row(self, table: str, *parents: str) -> list[float]:
        """Return the row of a table for these labels of its parents."""
        at = tuple(
            labels.index(label) for labels, label in zip(self.knowledge.tables[table].parents, parents, strict=True)
        )
        return [float(p) for p in self.knowledge.table(table)[(*at, slice(None), self.draw)]]

    def given(self, table: str) -> tuple[str, ...]:
        """Return the parents of a table."""
        return self.knowledge.tables[table].given

    def setting(self, name: str) -> tuple[str, ...]:
        """Return a list of words."""
        return self.knowledge.setting(name)

    def quality(self, grade: str | None) -> float:
        """Return the channel quality of a grade."""
        return float(quality(grade, self.knowledge)[self.draw])

    def share(self, value: float | Range, name: str) -> float:
        """Return a share that a case states as a point or as a range; ranges of all candidates move together."""
        if not isinstance(value, Range):
            return float(value)
        range_ = Distribution.from_quantiles("logit-normal", value.low, value.high, value.mass)
        return float(self.knowledge.draws_of(range_, f"actor.{name}", (value.low + value.high) / 2)[self.draw])


class Oracle:
    """One case at one draw of the knowledge, as a network with evidence."""

    def __init__(self, case: Case, knowledge: Knowledge, draw: int = 0) -> None:
        """Write down every node, and what is seen."""
        self.case, self.numbers = case, Numbers(knowledge, draw)
        self.actors = (*case.actor_ids, OTHER)
        self.demands = (*case.demand_ids, NONE)
        self.reports = self._in_force()
        self.copy_of = copied(self.reports)
        self.p_actor, self.p_demand = self._before_any_report()
        self.nodes: dict[str, Node] = {}
        self.evidence: dict[str, str] = {}
        self._hidden()
        for report in sorted(self.reports, key=lambda one: self._depth(one.id)):
            if report.kind == "likelihood":
                self._report(report)
        self._dispute()

    # The states of the world -----------------------------------------------------------------------------------

    def _hidden(self) -> None:
        """Add the states of the world."""
        n = self.numbers
        frame = self.case.frame
        assert frame in FRAMES
        self._add("intent", INTENTS, (), lambda _: n.row("intent", frame))
        self._add("kind", KINDS, ("intent",), lambda at: n.row("kind", at["intent"]))
        self._add("actor", self.actors, ("kind",), lambda at: self._who(at["kind"]))
        self._add("demand", self.demands, ("intent", "actor"), lambda at: self._asked(at["intent"], at["actor"]))
        self._add("standing", STANDING, ("actor", "demand"), lambda at: one_hot(STANDING, self._stands(at)))
        self._add(
            "signalling", SIGNALLING, ("intent", "kind"), lambda at: n.row("signalling", at["intent"], at["kind"])
        )
        self._add("objective", OBJECTIVES, ("intent", "kind"), lambda at: n.row("objective", at["intent"], at["kind"]))
        framed = (NONE, *self.case.actor_ids)
        self._add("framed", framed, ("actor", "kind"), lambda at: self._framed(at["actor"], at["kind"]))
        self._add(
            "apparent",
            self.actors,
            ("actor", "framed"),
            lambda at: one_hot(self.actors, at["actor"] if at["framed"] == NONE else at["framed"]),
        )

    def _who(self, kind: str) -> Row:
        """Let the candidates of a kind share it by context against one unlisted actor, who keeps a floor besides."""
        weights = [math.exp(self._context(actor)) if actor.kind == kind else 0.0 for actor in self.case.actors]
        floor, total = self.numbers.quantity("context.unlisted"), 1 + sum(weights)
        listed = [(1 - floor) * weight / total for weight in weights]
        return [*listed, 1 - sum(listed)]

    def _context(self, actor: Actor) -> float:
        """Return what context says for a candidate, in nats: items share one cause and are flattened together."""
        n = self.numbers
        nats = 0.0
        for key in ("relationship", "capability", "alternatives"):
            if (word := getattr(actor, key)) is not None:
                nats += n.quantity(f"context.{key}.{word}")
        if actor.track_record is not None:
            nats += n.quantity("context.track_record.true" if actor.track_record else "context.track_record.false")
        for key in ("interdependence", "norm_adherence"):
            if (value := getattr(actor, key)) is not None:
                nats += n.quantity(f"context.{key}") * n.share(value, key)
        if any(demand.held_by.get(actor.id) in ("declared", "held") for demand in self.case.demands):
            nats += n.quantity("context.holds_demand")
        return nats * n.quantity("exponent.context")

    def _asked(self, intent: str, actor: str) -> Row:
        """Share what is demanded with an intent among the demands, by who holds them and how well they suit it."""
        n = self.numbers
        demanded = n.row("demanded", intent)[0]
        weights = [self._holds(demand, actor) * self._suits(demand, intent) for demand in self.case.demands]
        total = n.quantity("demand.unlisted") + sum(weights)
        listed = [demanded * weight / total for weight in weights]
        return [*listed, 1 - sum(listed)]

    def _holds(self, demand: Demand, actor: str) -> float:
        """Return the weight of a demand by how an actor holds it."""
        if actor == OTHER or not demand.held_by:
            return self.numbers.quantity("demand.unknown")
        return self.numbers.quantity(f"demand.{demand.held_by.get(actor, 'unheld')}")

    def _suits(self, demand: Demand, intent: str) -> float:
        """Return the factor of a demand whose content or polarity does not go with an intent."""
        n, factor = self.numbers, 1.0
        if demand.content == "money" and intent != "crime":
            factor *= n.quantity("demand.other_content")
        if demand.content == "political" and intent == "crime":
            factor *= n.quantity("demand.other_content")
        if intent == "deterrence" and demand.polarity in ("do", "stop"):
            factor *= n.quantity("demand.other_polarity")
        if intent == "compellence" and demand.polarity == "refrain":
            factor *= n.quantity("demand.other_polarity")
        return factor

    def _stands(self, at: Labels) -> str:
        """Return the class of a demand: standing when long-standing or declared by this actor."""
        if at["demand"] == NONE:
            return "none"
        demand = self.case.demand(at["demand"])
        declared = demand.held_by.get(at["actor"]) == "declared"
        return "standing" if demand.long_standing or declared else "open"

    def _framed(self, actor: str, kind: str) -> Row:
        """Frame somebody with the kind's base rate, moved by the checklist; who, is uniform over the others."""
        n = self.numbers
        others = [name for name in self.case.actor_ids if name != actor]
        if not others:
            return one_hot((NONE, *self.case.actor_ids), NONE)
        p = n.quantity(f"deception.{self.case.actor(actor).kind if actor != OTHER else kind}")
        checklist = self.case.deception.get(actor)
        if checklist is not None:
            nats = math.log(p / (1 - p))
            for item in CHECKLIST:
                if (answer := getattr(checklist, item)) is not None:
                    nats += n.quantity(f"deception.{item}") * (2 * float(answer) - 1)
            p = 1 / (1 + math.exp(-nats))
        return [1 - p, *(p / len(others) if name in others else 0.0 for name in self.case.actor_ids)]

    def _before_any_report(self) -> tuple[dict[str, float], dict[str, float]]:
        """Return how plausible each actor and each demand is before any report."""
        actor = dict.fromkeys(self.actors, 0.0)
        demand = dict.fromkeys(self.demands, 0.0)
        intents = self.numbers.row("intent", self.case.frame)
        for intent, p in zip(INTENTS, intents, strict=True):
            for kind, q in zip(KINDS, self.numbers.row("kind", intent), strict=True):
                for name, r in zip(self.actors, self._who(kind), strict=True):
                    actor[name] += p * q * r
                    for wanted, s in zip(self.demands, self._asked(intent, name), strict=True):
                        demand[wanted] += p * q * r * s
        return actor, demand

    def _dispute(self) -> None:
        """Add whether a candidate state is in a live dispute with the target, which tells kinds of actor apart."""
        states = [actor for actor in self.case.actors if actor.kind in ("state", "state-linked")]
        known = [actor.relationship for actor in states if actor.relationship is not None]
        if known and "dispute" not in self.numbers.setting(f"frame.{self.case.frame}"):
            self._add("dispute", ("yes", "no"), ("kind",), lambda at: self.numbers.row("dispute", at["kind"]))
            live = any(word in ("dispute", "crisis", "armed-conflict") for word in known)
            self.evidence["dispute"] = "yes" if live else "no"

    # What is said about it -------------------------------------------------------------------------------------

    def _in_force(self) -> tuple[Report, ...]:
        """Return the reports that were known, are switched on, and are not in the frame already."""
        dropped = self.numbers.setting(f"frame.{self.case.frame}")
        return tuple(
            report
            for report in self.case.reports
            if not report.off
            and report.fact not in dropped
            and (report.known_date or report.event_date or self.case.as_of) <= self.case.as_of
        )

    def _depth(self, report: str) -> int:
        """Return how many reports stand between this one and the first of its chain of copies."""
        return 0 if report not in self.copy_of else 1 + self._depth(self.copy_of[report])

    def _report(self, report: Report) -> None:
        """Add what a report is about, and what it says."""
        fact = facts()[report.fact]
        if fact.name == "denial" and report.about is None:
            return  # words of nobody in particular say nothing about who it was
        topic = self._topic(report, fact)
        labels = self.nodes[topic].labels
        m = self._comes_up(report, fact, labels)
        q = 1.0 if report.likelihood and report.grade is None else self.numbers.quality(self._grade(report))
        if report.finding is not None and report.detection is None:
            says = {x: [q * (x == s) + (1 - q) * m[s] for s in labels] for x in labels}
            states, seen = labels, report.finding
        else:
            v = self._vouches(report, labels)
            noise = sum(m[x] * v[x] for x in labels)
            said = {x: q * v[x] + (1 - q) * noise for x in labels}
            says = {x: [said[x], 1 - said[x]] for x in labels}
            states, seen = (SAID, UNSAID), SAID
        name = f"report:{report.id}"
        first = self.copy_of.get(report.id)
        if first is None:
            self._add(name, states, (topic,), lambda at: says[at[topic]])
        else:
            c, source = self._copies(report), f"report:{first}"

            def repeats(at: Labels) -> Row:
                """Return what it says: with probability c what its source said, or else it speaks for itself."""
                return [c * (s == at[source]) + (1 - c) * p for s, p in zip(states, says[at[topic]], strict=True)]

            self._add(name, states, (topic, source), repeats)
        self.evidence[name] = seen

    def _vouches(self, report: Report, labels: tuple[str, ...]) -> dict[str, float]:
        """Return how probable these words are for each true label, were the channel perfect."""
        if report.likelihood:
            return {x: report.likelihood[x] for x in labels}
        if report.findings:
            total = sum(report.findings.values())
            return {x: report.findings.get(x, 0.0) / total for x in labels}
        assert report.detection is not None
        return {x: 1.0 if x == report.finding else 1 - report.detection for x in labels}

    def _comes_up(self, report: Report, fact: Fact, labels: tuple[str, ...]) -> dict[str, float]:
        """Return how often a perfect channel would say each label: averaged over the rows, or over the prior."""
        if fact.group == "actor":
            rows = [(p, self._names_actor(report, name, kind)) for (name, kind), p in self._actor_and_kind().items()]
        elif fact.group == "demand":
            rows = [(p, self._names_demand(fact.name, name)) for name, p in self.p_demand.items()]
        else:
            parents = list(product(*self.numbers.knowledge.tables[fact.name].parents))
            rows = [(1 / len(parents), self.numbers.row(fact.name, *at)) for at in parents]
        return {x: sum(p * row[k] for p, row in rows) for k, x in enumerate(labels)}

    def _actor_and_kind(self) -> dict[tuple[str, str], float]:
        """Return p(actor, kind) before any report."""
        out = {(name, kind): 0.0 for name in self.actors for kind in KINDS}
        for p, intent in zip(self.numbers.row("intent", self.case.frame), INTENTS, strict=True):
            for q, kind in zip(self.numbers.row("kind", intent), KINDS, strict=True):
                for r, name in zip(self._who(kind), self.actors, strict=True):
                    out[name, kind] += p * q * r
        return out

    def _grade(self, report: Report) -> str | None:
        """Read 1 as 2 without an independent report that says the same."""
        if report.grade is None or report.grade[1] != "1":
            return report.grade
        others = [other for other in self.reports if other.origin != report.origin and other.kind == "likelihood"]
        return report.grade if any(statement(other) == statement(report) for other in others) else report.grade[0] + "2"

    def _copies(self, report: Report) -> float:
        """Return how probably a report repeats its source."""
        if report.copy_probability is not None:
            return report.copy_probability
        source = next(other for other in self.reports if other.id == self.copy_of[report.id])
        return self.numbers.quantity("copy.same_origin" if source.origin == report.origin else "copy.named")

    def _topic(self, report: Report, fact: Fact) -> str:
        """Return the node that the report is about, made at its first mention."""
        n = self.numbers
        if fact.group in ("actor", "demand"):
            name = f"statement:{report.id}"
            if fact.group == "demand":
                self._add(name, self.demands, ("demand",), lambda at: self._names_demand(fact.name, at["demand"]))
            else:
                by = "apparent" if fact.deceivable else "actor"
                labels = (*self.actors, NONE)
                self._add(name, labels, (by, "kind"), lambda at: self._names_actor(report, at[by], at["kind"]))
            return name
        name = f"fact:{fact.name}" + (f"@{report.about}" if report.about else "")
        if name in self.nodes:
            return name
        given = n.given(fact.name)
        if fact.name == "demand_content":
            self._add(name, fact.states, ("intent", "demand"), lambda at: self._content(at["intent"], at["demand"]))
        elif given == ("guilty",):
            guilty = lambda at: "yes" if at["actor"] == report.about else "no"  # noqa: E731
            self._add(name, fact.states, ("actor",), lambda at: n.row(fact.name, guilty(at)))
        elif report.about:

            def about(at: Labels) -> Row:
                here = at["actor"] == report.about
                return n.row(fact.name, *(at[one] for one in given)) if here else n.row(f"{fact.name}_elsewhere")

            self._add(name, fact.states, (*given, "actor"), about)
        else:
            self._add(name, fact.states, given, lambda at: n.row(fact.name, *(at[one] for one in given)))
        return name

    def _content(self, intent: str, demand: str) -> Row:
        """Return how words of money or politics are, by the demand where it says, else by the intent."""
        content = None if demand == NONE else self.case.demand(demand).content
        return self.numbers.row("content_of_demand", content) if content else self.numbers.row("demand_content", intent)

    def _names_actor(self, report: Report, actor: str, kind: str) -> list[float]:
        """Let a wrong name fall on the other labels in proportion to how plausible they were before."""
        if self.numbers.given(report.fact) == ("kind",):
            true_kind = kind if actor == OTHER else self.case.actor(actor).kind
            right, silent, wrong = self.numbers.row(report.fact, true_kind)
        else:
            right, silent, wrong = self.numbers.row(report.fact, "no" if actor == OTHER else "yes")
        rest = sum(p for name, p in self.p_actor.items() if name != actor)
        return [*(right if name == actor else wrong * self.p_actor[name] / rest for name in self.actors), silent]

    def _names_demand(self, fact: str, demand: str) -> list[float]:
        """Do the same for demands; where no listed demand is made, to name none is right.

        Where no other is listed, to err is to name none too.
        """
        right, silent, wrong = self.numbers.row(fact, "no" if demand == NONE else "yes")
        others = [name for name in self.case.demand_ids if name != demand]
        rest = sum(self.p_demand[name] for name in others)
        row = dict.fromkeys(self.demands, 0.0)
        row[demand] += right
        row[NONE] += silent
        for name in others:
            row[name] += wrong * self.p_demand[name] / rest
        if not others:
            row[NONE] += wrong
        return [row[name] for name in self.demands]

    # Somebody else's engine ------------------------------------------------------------------------------------

    def _add(self, name: str, labels: tuple[str, ...], parents: tuple[str, ...], row: Callable[[Labels], Row]) -> None:
        """Add a node."""
        self.nodes[name] = Node(name, labels, parents, row)

    def network(self) -> Any:
        """Return the network as pyAgrum holds it."""
        bn = gum.BayesNet()
        for node in self.nodes.values():
            bn.add(gum.LabelizedVariable(node.name, "", list(node.labels)))
        for node in self.nodes.values():
            for parent in node.parents:
                bn.addArc(parent, node.name)
            for at in product(*(self.nodes[parent].labels for parent in node.parents)):
                labels = dict(zip(node.parents, at, strict=True))
                row = [float(p) for p in node.row(labels)]
                assert min(row) > -1e-15, (node.name, labels, row)
                assert math.isclose(math.fsum(row), 1, abs_tol=1e-12), (node.name, labels, math.fsum(row))
                if labels:
                    bn.cpt(node.name)[labels] = row  # by label, never by position
                else:
                    bn.cpt(node.name).fillWith(row)
        return bn

    def solve(self, targets: Sequence[str] = ("intent", "actor", "demand")) -> tuple[float, Array]:
        """Return the log evidence, and the joint posterior of some nodes in the order in which they are named."""
        engine = gum.LazyPropagation(self.network())
        engine.addJointTarget(set(targets))
        engine.setEvidence(self.evidence)
        engine.makeInference()
        joint = engine.jointPosterior(set(targets))
        axes = list(joint.names[::-1])  # the axes of toarray run against the order of the names
        by_name = np.array(joint.toarray()).reshape([len(self.nodes[axis].labels) for axis in axes])
        # pyAgrum may leave nodes of one label in the answer that nobody asked for
        by_name = by_name.sum(tuple(k for k, axis in enumerate(axes) if axis not in targets))
        axes = [axis for axis in axes if axis in targets]
        return math.log(engine.evidenceProbability()), by_name.transpose([axes.index(target) for target in targets])


def one_hot(labels: Sequence[str], label: str) -> list[float]:
    """Return the row that is certain of one label."""
    return [float(one == label) for one in labels]


def statement(report: Report) -> tuple[object, ...]:
    """Return what a report says; to name an actor, or a demand, is the same by whatever way."""
    fact = facts()[report.fact]
    words = [report.finding, *(dict(table or {}) for table in (report.findings, report.likelihood)), report.detection]
    return (fact.group, words) if fact.group in ("actor", "demand") else (fact.name, report.about, words)


def copied(reports: Sequence[Report]) -> dict[str, str]:
    """Return which report may repeat which: one of another origin that it names, or the first of its own.

    Both only where it says the same. First is the earliest known, then the best graded, then the first in the data
    dictionary.
    """
    order = list(facts())
    plain = [report for report in reports if report.kind == "likelihood"]

    def age(report: Report) -> tuple[object, ...]:
        known = report.known_date or report.event_date
        return known is None, known or 0, report.grade or "F6", order.index(report.fact)

    out = {}
    free = []  # those that do not name what they repeat
    for report in sorted(plain, key=age):
        named = [other for other in plain if other.id == report.copies and other.origin != report.origin]
        if named and statement(named[0]) == statement(report):
            out[report.id] = named[0].id
            continue
        same = [other for other in free if (other.origin, statement(other)) == (report.origin, statement(report))]
        if same:
            out[report.id] = same[0].id
        free.append(report)
    return out
