"""Random cases: sound case files of every shape, from a seed.

``random_data`` returns what a TOML file would hold, so that a test can change a field before the door; ``random_case``
passes it through the door. The same seed and arguments give the same case. ``cases`` is the strategy over both.
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
from hypothesis import strategies as st

from cybercoercion.case import Case
from cybercoercion.vocabulary import (
    ALTERNATIVES,
    CAPABILITIES,
    CHECKLIST,
    FRAMES,
    HOLDINGS,
    KINDS,
    POLARITIES,
    RELATIONSHIPS,
    TARGET_KINDS,
    facts,
)

Data = dict[str, Any]
AS_OF = date(2020, 6, 30)
ABSENCES = ("none", "no")
ACTORS = ("amber", "birch", "cedar", "dune", "elm")
DEMANDS = ("withdraw", "pay", "release", "abstain")


class Dice:
    """A seeded source of choices."""

    def __init__(self, seed: int) -> None:
        """Start the choices of a seed."""
        self.rng = np.random.default_rng(seed)

    def chance(self, p: float) -> bool:
        """Return true with this probability."""
        return bool(self.rng.random() < p)

    def pick[T](self, options: tuple[T, ...] | list[T]) -> T:
        """Return one of the options."""
        return options[int(self.rng.integers(len(options)))]

    def upto(self, n: int) -> int:
        """Return a whole number from 0 to n."""
        return int(self.rng.integers(n + 1))

    def share(self) -> float:
        """Return a number inside 0 and 1."""
        return float(self.rng.uniform(0.02, 0.98))

    def mixture(self, n: int) -> list[float]:
        """Return so many probabilities that sum to one."""
        weights = self.rng.dirichlet(np.ones(n))
        return [float(w) for w in weights / weights.sum()]


def random_case(seed: int, **sizes: int | bool | None) -> Case:
    """Return a random case; see `random_data` for the sizes."""
    return Case.model_validate(random_data(seed, **sizes))  # type: ignore[arg-type]


def random_data(
    seed: int, *, actors: int | None = None, demands: int | None = None, reports: int | None = None, hard: bool = False
) -> Data:
    """Return the content of a random case file.

    Each original report has a day of its own, so that which of two copies came first never hangs on a tie.
    ``hard`` leaves out soft findings, likelihoods and looks in vain.
    """
    dice = Dice(seed)
    n_actors = actors if actors is not None else 1 + dice.upto(len(ACTORS) - 1)
    n_demands = demands if demands is not None else dice.upto(len(DEMANDS))
    n_reports = reports if reports is not None else dice.upto(14)
    names = tuple(ACTORS[:n_actors])
    wants = tuple(DEMANDS[:n_demands])
    return {
        "schema": 1,
        "id": "random",
        "title": "A random case",
        "as_of": AS_OF,
        "target": {"name": "Somebody", "kind": dice.pick(TARGET_KINDS), "country": "US"},
        "frame": dice.pick(FRAMES),
        "actors": [_actor(name, dice) for name in names],
        "demands": [_demand(name, names, dice) for name in wants],
        "deception": {name: _checklist(dice) for name in names if dice.chance(0.3)},
        "reports": _reports(n_reports, names, wants, dice, hard=hard),
    }


def _maybe(data: Data, key: str, p: float, value: Any, dice: Dice) -> None:
    """Set a key with this probability."""
    if dice.chance(p):
        data[key] = value


def _actor(name: str, dice: Dice) -> Data:
    """Return a candidate, some of its context left out."""
    data: Data = {"id": name, "kind": dice.pick(KINDS)}
    _maybe(data, "capability", 0.6, dice.pick(CAPABILITIES), dice)
    _maybe(data, "relationship", 0.6, dice.pick(RELATIONSHIPS), dice)
    _maybe(data, "track_record", 0.6, dice.chance(0.5), dice)
    _maybe(data, "alternatives", 0.5, dice.pick(ALTERNATIVES), dice)
    for key in ("interdependence", "norm_adherence"):
        low = dice.rng.uniform(0.01, 0.4)
        in_words = {"low": float(low), "high": float(low + 0.5), "mass": 0.9} if dice.chance(0.5) else dice.share()
        _maybe(data, key, 0.5, in_words, dice)
    return data


def _demand(name: str, actors: tuple[str, ...], dice: Dice) -> Data:
    """Return a demand, some of it left out."""
    data: Data = {"id": name, "text": f"Please {name}"}
    _maybe(data, "polarity", 0.7, dice.pick(POLARITIES), dice)
    _maybe(data, "long_standing", 0.6, dice.chance(0.5), dice)
    _maybe(data, "content", 0.6, dice.pick(("political", "money")), dice)
    holders = {actor: dice.pick(HOLDINGS) for actor in actors if dice.chance(0.4)}
    _maybe(data, "held_by", 0.8, holders, dice)
    return data


def _checklist(dice: Dice) -> Data:
    """Return answers of all kinds."""
    data: Data = {}
    for item in CHECKLIST:
        _maybe(data, item, 0.5, dice.share() if dice.chance(0.5) else dice.chance(0.5), dice)
    return data


def _reports(count: int, actors: tuple[str, ...], demands: tuple[str, ...], dice: Dice, *, hard: bool) -> list[Data]:
    """Return reports, some of which repeat earlier ones."""
    days = [int(day) for day in dice.rng.permutation(400)[: count + 1]]
    out: list[Data] = []
    for n in range(count):
        report: Data = _repeat(out, dice) if out and dice.chance(0.3) else _statement(actors, demands, dice, hard=hard)
        known = AS_OF + timedelta(days=20 - days[n])  # a few became known too late
        original = "copies" not in report
        report |= {"id": f"r{n}"}
        if original or dice.chance(0.7):
            report["known_date"] = known
            _maybe(report, "event_date", 0.5, known - timedelta(days=dice.upto(30)), dice)
        if not original and dice.chance(0.5):
            del report["copies"]
        _maybe(report, "grade", 0.9, dice.pick(tuple("ABCDEF")) + dice.pick(tuple("123456")), dice)
        _maybe(report, "off", 0.04, True, dice)
        out.append(report)
    return out


def _statement(actors: tuple[str, ...], demands: tuple[str, ...], dice: Dice, *, hard: bool) -> Data:
    """Return the words of a report on any fact, in any form."""
    fact = dice.pick(tuple(facts().values()))
    labels = fact.labels(actors, demands)
    report: Data = {"fact": fact.name}
    form = "finding" if hard else dice.pick(("finding",) * 6 + ("findings", "likelihood"))
    if form == "finding":
        report["finding"] = dice.pick(labels)
        if report["finding"] in ABSENCES and not hard:
            _maybe(report, "detection", 0.5, dice.share(), dice)
    elif form == "findings":
        said = [label for label in labels if dice.chance(0.7)] or [labels[0]]
        report["findings"] = dict(zip(said, (3 * w for w in dice.mixture(len(said))), strict=True))
    else:
        report["likelihood"] = {label: dice.share() for label in labels}
    if fact.about:
        _maybe(report, "about", 0.7, dice.pick(actors), dice)
    _maybe(report, "origin", 0.7, dice.pick(("vendor", "ministry", "press")), dice)
    return report


def _repeat(reports: list[Data], dice: Dice) -> Data:
    """Return the words of an earlier report, from the same or another origin, perhaps by another channel."""
    first = dice.pick(reports)
    words = ("fact", "finding", "findings", "likelihood", "detection", "about", "origin")
    report = {key: first[key] for key in words if key in first}
    group = facts()[report["fact"]].group
    if group in ("actor", "demand") and dice.chance(0.5):
        report["fact"] = dice.pick(tuple(name for name, fact in facts().items() if fact.group == group))
    _maybe(report, "origin", 0.3, dice.pick(("vendor", "ministry", "press")), dice)
    _maybe(report, "copy", 0.4, dice.share(), dice)
    report["copies"] = first["id"]
    return report


def cases(*, reports: int = 12, hard: bool = False) -> st.SearchStrategy[Case]:
    """Return the strategy of random cases, which shrinks in the number of candidates and reports."""
    return st.builds(
        random_case,
        st.integers(0, 2**20),
        actors=st.integers(1, len(ACTORS)),
        demands=st.integers(0, len(DEMANDS)),
        reports=st.integers(0, reports),
        hard=st.just(hard),
    )


def changed(case: Case, **fields: Any) -> Case:
    """Return the same case with some fields replaced, checked again."""
    data = case.model_dump(mode="python", by_alias=True, exclude_unset=True)
    return Case.model_validate(data | fields)
