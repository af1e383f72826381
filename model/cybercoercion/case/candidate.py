"""Who was hit, who may be behind it, and what may be demanded."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from cybercoercion.case.fields import Country, Frozen, FrozenMapping, OneOf, Slug, Text, Words, not_among
from cybercoercion.case.quantity import Money, ShareOrRange
from cybercoercion.vocabulary import (
    ALTERNATIVES,
    CAPABILITIES,
    HOLDINGS,
    KINDS,
    NONE,
    OTHER,
    POLARITIES,
    RELATIONSHIPS,
    TARGET_KINDS,
)


class Target(Frozen):
    """Who was hit, and must answer."""

    name: Text = Field(description="Who was hit.")
    kind: Annotated[str, OneOf(TARGET_KINDS)] = Field(description="What it is; sets the defaults of the stakes.")
    country: Country | None = Field(default=None, description="Its country, ISO 3166.")


class Actor(Frozen):
    """A candidate for the principal behind the episode; what is left out is unknown.

    >>> Actor(id="north-korea", kind="state").name
    'north-korea'
    """

    id: Annotated[Slug, not_among(OTHER, NONE)] = Field(description="A short name, used in reports.")
    name: Text = Field(default_factory=lambda data: str(data["id"]), description="The name to print.")
    kind: Annotated[str, OneOf(KINDS)] = Field(description="What it is.")
    country: Country | None = Field(default=None, description="Its country, ISO 3166; for region and rivalry.")
    capability: Annotated[str, OneOf(CAPABILITIES)] | None = Field(
        default=None, description="What it had been seen to be capable of."
    )
    relationship: Annotated[str, OneOf(RELATIONSHIPS)] | None = Field(
        default=None, description="How it stands to the target or its country."
    )
    track_record: bool | None = Field(default=None, description="Has it coerced this or other targets before?")
    interdependence: ShareOrRange | None = Field(
        default=None, description="How much it depends on the target's country, 0 to 1."
    )
    norm_adherence: ShareOrRange | None = Field(default=None, description="How far it keeps to norms, 0 to 1.")
    alternatives: Annotated[str, OneOf(ALTERNATIVES)] | None = Field(
        default=None, description="Are other ways to inflict pain open, costly or closed to it?"
    )


class Demand(Frozen):
    """A candidate demand, written down before looking at who is behind it."""

    id: Annotated[Slug, not_among(NONE, OTHER)] = Field(description="A short name, used in reports.")
    text: Text = Field(description="What is wanted, in a sentence.")
    polarity: Annotated[str, OneOf(POLARITIES)] | None = Field(
        default=None, description="To do something, to stop it, or to refrain from it."
    )
    long_standing: bool | None = Field(default=None, description="Has it been made for long, and in public?")
    content: Literal["political", "money"] | None = Field(default=None, description="What is asked for.")
    held_by: Words[Annotated[str, OneOf(HOLDINGS)]] = Field(
        default_factory=FrozenMapping, description="Which candidate actor holds it, and how visibly."
    )
    cost_of_conceding: Money | None = Field(default=None, description="What giving in costs, USD.")
