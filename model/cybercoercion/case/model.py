"""The case: an episode as known on a date."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Annotated, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from cybercoercion.case.candidate import Actor, Demand, Target
from cybercoercion.case.checks import BLOCKS, Parts
from cybercoercion.case.fields import Frozen, FrozenMapping, Listed, OneOf, Share, Slug, Text, Words, refuse
from cybercoercion.case.quantity import POINT
from cybercoercion.case.report import Pending, Report, Weight
from cybercoercion.case.stakes import Stakes
from cybercoercion.vocabulary import BELIEFS, FRAMES

FLAG = "<flag>"
Answer = Annotated[
    Annotated[bool, Tag(FLAG)] | Annotated[Share, Tag(POINT)],
    Discriminator(lambda value: FLAG if isinstance(value, bool) else POINT),
]


class Checklist(Frozen):
    """What speaks for it that an actor, were it behind this, framed another; each true, false, or a probability."""

    motive: Answer | None = Field(default=None, description="Would it gain if another were blamed?")
    opportunity: Answer | None = Field(default=None, description="Could it plant the traces?")
    means: Answer | None = Field(default=None, description="Had it another's tools, or knowledge of its ways?")
    past_practice: Answer | None = Field(default=None, description="Has it framed others before?")
    source_control: Answer | None = Field(default=None, description="Are sources of ours under its control?")


class Labels(Frozen):
    """What later turned out, with its doubt: for fitting and scoring, never read by an assessment."""

    intent: Words[Weight] | None = Field(default=None, description="Intent -> probability.")
    actor: Words[Weight] | None = Field(default=None, description="Candidate actor or `other` -> probability.")
    demand: Words[Weight] | None = Field(default=None, description="Candidate demand or `none` -> probability.")
    source: Text | None = Field(default=None, description="Where it stands.")
    coder: Text | None = Field(default=None, description="Who coded it.")
    note: Text | None = Field(default=None, description="Anything else.")


class Case(Frozen):
    """An episode as known on a date: candidates, reports, stakes.

    >>> case = Case(
    ...     schema=1,
    ...     id="sony-2014",
    ...     title="Sony Pictures Entertainment, 2014",
    ...     as_of=date(2014, 12, 18),
    ...     target=Target(name="Sony Pictures Entertainment", kind="firm", country="US"),
    ...     frame="threat-received",
    ...     actors=(Actor(id="north-korea", kind="state"),),
    ... )
    >>> case.actor_ids, case.demand_ids, case.known()
    (('north-korea',), (), ())
    """

    schema_: Literal[1] = Field(alias="schema", description="The version of this format.")
    id: Slug = Field(description="A short name, the same as the file's.")
    title: Text = Field(description="The name to print.")
    as_of: date = Field(description="What became known after this date is hidden.")
    target: Target = Field(description="Who was hit.")
    frame: Annotated[str, OneOf(FRAMES)] = Field(description="How the case came to attention; it sets the base rates.")
    actors: Listed[Actor] = Field(description="The candidates for the principal behind it; at least one.")
    demands: Listed[Demand] = Field(default=(), description="The candidate demands.")
    reports: Listed[Report] = Field(default=(), description="What is reported.")
    pending: Listed[Pending] = Field(default=(), description="What could still be reported.")
    stakes: Stakes = Field(default_factory=Stakes, description="What is at stake.")
    deception: Words[Checklist] = Field(default_factory=FrozenMapping, description="What speaks for a frame-up.")
    labels: Labels | None = Field(default=None, description="What later turned out.")
    marking: Text | None = Field(default=None, description="How the case may be handled and passed on.")
    note: Text | None = Field(default=None, description="Anything else.")

    @model_validator(mode="after")
    def _fits_together(self) -> Case:
        refuse(parts_of(self).refusals())
        return self

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of the candidate actors, in the order of the file."""
        return tuple(actor.id for actor in self.actors)

    @property
    def demand_ids(self) -> tuple[str, ...]:
        """The ids of the candidate demands, in the order of the file."""
        return tuple(demand.id for demand in self.demands)

    def actor(self, id: str) -> Actor:  # noqa: A002 - the word of the file
        """Return a candidate actor by its id."""
        return {actor.id: actor for actor in self.actors}[id]

    def demand(self, id: str) -> Demand:  # noqa: A002 - the word of the file
        """Return a candidate demand by its id."""
        return {demand.id: demand for demand in self.demands}[id]

    def known(self) -> tuple[Report, ...]:
        """Return the reports that were known on the as-of date."""
        return tuple(report for report in self.reports if report.known_on(self.as_of) <= self.as_of)

    def hidden(self) -> tuple[Report, ...]:
        """Return the reports that became known only later."""
        return tuple(report for report in self.reports if report.known_on(self.as_of) > self.as_of)

    def as_known_on(self, as_of: date) -> Case:
        """Return the same case on another date."""
        return Case.model_validate({**by_alias(self), "as_of": as_of})


def by_alias(value: Frozen) -> dict[str, object]:
    """Return the fields of a value under their names in the file, their values as they are."""
    fields = type(value).model_fields
    return {fields[name].alias or name: content for name, content in value}


def parts_of(case: Case) -> Parts:
    """Return all parts of a sound case."""
    trade = case.stakes.bilateral_trade
    return Parts(
        ids={block: tuple(enumerate(one.id for one in getattr(case, block))) for block in BLOCKS},
        demands=tuple(enumerate(case.demands)),
        reports=tuple(enumerate(case.reports)),
        pending=tuple(enumerate(case.pending)),
        framed=tuple(case.deception),
        traders=tuple(trade) if isinstance(trade, Mapping) else (),
        labels={belief: label for belief in BELIEFS if (label := getattr(case.labels, belief, None))},
    )
