"""A campaign: episodes that share their candidates."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from cybercoercion.case.candidate import Actor, Demand, Target
from cybercoercion.case.fields import MEMBER, Frozen, Listed, Refusal, Slug, Text, refuse
from cybercoercion.case.model import Case
from cybercoercion.case.stakes import Stakes


class CampaignFile(Frozen):
    """What a campaign file says."""

    schema_: Literal[1] = Field(alias="schema", description="The version of this format.")
    id: Slug = Field(description="A short name, the same as the file's.")
    title: Text = Field(description="The name to print.")
    cases: Listed[Annotated[str, StringConstraints(pattern=MEMBER)]] = Field(
        description="The episodes: case files beside this one, or shipped ids; at least one."
    )
    actors: Listed[Actor] = Field(default=(), description="Candidate actors of every episode.")
    demands: Listed[Demand] = Field(default=(), description="Candidate demands of every episode.")
    target: Target | None = Field(
        default=None, description="Who is hit by the campaign; else as in its latest episode."
    )
    stakes: Stakes | None = Field(default=None, description="What is at stake; else as in its latest episode.")
    as_of: date | None = Field(default=None, description="The date on which every episode is looked at.")
    marking: Text | None = Field(default=None, description="How the campaign may be handled and passed on.")
    note: Text | None = Field(default=None, description="Anything else.")

    @model_validator(mode="after")
    def _fits_together(self) -> CampaignFile:
        refuse(self._refusals())
        return self

    def _refusals(self) -> Iterator[Refusal]:
        if not self.cases:
            yield Refusal(("cases",), "no case", "at least one episode")
        named = {
            "cases": self.cases,
            "actors": tuple(actor.id for actor in self.actors),
            "demands": tuple(demand.id for demand in self.demands),
        }
        for block, names in named.items():
            for name, count in Counter(names).items():
                if count > 1:
                    yield Refusal((block,), f"{name!r} {count} times", "each once")


@dataclass(frozen=True, slots=True, kw_only=True)
class Campaign:
    """A campaign with its episodes, all of which name the same candidates in the same order."""

    file: CampaignFile
    episodes: tuple[Case, ...]

    @property
    def id(self) -> str:
        """The short name."""
        return self.file.id

    @property
    def title(self) -> str:
        """The name to print."""
        return self.file.title

    @property
    def as_of(self) -> date:
        """The latest date on which an episode is looked at."""
        return max(episode.as_of for episode in self.episodes)

    @property
    def actor_ids(self) -> tuple[str, ...]:
        """The ids of the candidate actors, those of the campaign first."""
        return self.episodes[0].actor_ids

    @property
    def demand_ids(self) -> tuple[str, ...]:
        """The ids of the candidate demands, those of the campaign first."""
        return self.episodes[0].demand_ids

    def as_known_on(self, as_of: date) -> Campaign:
        """Return the same campaign, every episode on another date."""
        return replace(self, episodes=tuple(episode.as_known_on(as_of) for episode in self.episodes))
