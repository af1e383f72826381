"""The questions that a model is scored on: which rows, which truth, which features, which simple classifiers."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from cybercoercion.fit.objective.design import EARLY, FACTS
from cybercoercion.fit.origin.design import CLAIM, FLAGS, NOMINAL
from cybercoercion.fit.scoring.baseline import Baseline, Row
from cybercoercion.fit.scoring.classifiers import COMMON, Fitter, victim_table
from cybercoercion.fit.training import TrainingEpisode

Learner = Callable[[Sequence[Row], Sequence[str]], Baseline]
THREE = ("method", "objective", "information_operation")


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """One question: ``truth`` names the label, ``features`` what may be used; ``part`` is the part that answers."""

    id: str
    title: str
    source: str
    part: str
    truth: str
    features: tuple[str, ...]
    fitters: Mapping[str, Fitter]

    def known(self, row: TrainingEpisode) -> bool:
        """Return whether the truth of a row is known for certain."""
        label = row.labels.get(self.truth)
        return label is not None and label.certainty == "hard"

    def answer(self, row: TrainingEpisode) -> str:
        """Return the truth of a row."""
        return row.labels[self.truth].state

    def features_of(self, row: TrainingEpisode) -> Row:
        """Return what the simple classifiers see of a row, gaps left out."""
        told = {"victim": row.about.get("victim"), "objective": _state(row, "objective")}
        values = {name: row.facts.get(name, told.get(name)) for name in self.features}
        if "yes" in (values.get("misuse"), values.get("access")):
            values["misuse"] = "yes"  # the simple classifiers read every hijacking as one with misuse
        return {name: value for name, value in values.items() if value is not None}

    def training(self, rows: Sequence[TrainingEpisode]) -> tuple[list[Row], list[str]]:
        """Return features and truths of rows."""
        return [self.features_of(row) for row in rows], [self.answer(row) for row in rows]

    @property
    def baselines(self) -> Mapping[str, Learner]:
        """Return the simple classifiers, each learning from features and truths."""

        def learner(fitter: Fitter) -> Learner:
            return lambda rows, labels: fitter(rows, labels, self.features)

        return {name: learner(fitter) for name, fitter in self.fitters.items()}


def _state(row: TrainingEpisode, node: str) -> str | None:
    return row.labels[node].state if node in row.labels else None


VICTIM: Mapping[str, Fitter] = MappingProxyType(
    {
        "victim table only": victim_table((), 1.0),
        "victim table x tempered, all": victim_table((*FACTS, "objective"), 0.25),
        "victim table x tempered, 3 columns": victim_table(THREE, 0.4),
    }
)
SEEN = (*FLAGS, *NOMINAL)


def _task(
    id: str,  # noqa: A002 - the word of the results
    title: str,
    source: str,
    part: str,
    truth: str,
    features: tuple[str, ...],
    more: Mapping[str, Fitter] = MappingProxyType({}),
) -> Task:
    return Task(
        id=id, title=title, source=source, part=part, truth=truth, features=features, fitters={**COMMON, **more}
    )


TASKS: Mapping[str, Task] = MappingProxyType(
    {
        task.id: task
        for task in (
            _task("objective", "objective from all facts", "dcid", "objective", "objective", FACTS),
            _task("objective_early", "objective, seen early", "dcid", "objective_early", "objective", EARLY),
            _task("actor", "actor, victim unknown", "dcid", "actor", "actor", (*FACTS, "objective")),
            _task(
                "actor_victim", "actor, victim known", "dcid", "actor", "actor", (*FACTS, "objective", "victim"), VICTIM
            ),
            _task("kind", "kind of actor, no claim known", "eurepoc", "origin", "kind", SEEN),
            _task("kind_claim", "kind, claim known", "eurepoc", "origin", "kind", (*SEEN, CLAIM, "receiver")),
            _task("claimed", "claimed by the attacker", "eurepoc", "origin", "claimed", SEEN),
        )
    }
)
