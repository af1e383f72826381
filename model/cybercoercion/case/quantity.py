"""Numbers that a case states as a point, or as a range with the mass that it is believed to hold."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from pydantic import AfterValidator, Discriminator, Field, Tag, model_validator

from cybercoercion.case.fields import Frozen, Refusal, Share, Text, Words, refuse

# pydantic puts the tag of a union into the place of a fault; these can stand in no file, so they are easy to take out
POINT, RANGE, BY_ACTOR = "<point>", "<range>", "<by actor>"


LARGEST = 1e18  # no harm, rate or factor of the field comes near it, and sums stay finite
WIDEST = 1e6


class Range(Frozen):
    """A quantity believed to lie between ``low`` and ``high`` with probability ``mass``, evenly cut on both sides.

    >>> Range(low=30e6, high=80e6, unit="USD").mass
    0.9
    """

    low: float = Field(description="The lower end.")
    high: float = Field(description="The upper end.")
    mass: float = Field(default=0.9, ge=0.05, le=0.999, description="How much of the belief lies between the ends.")
    unit: Text | None = Field(default=None, description="The unit, to say it aloud; it must fit the field.")

    @model_validator(mode="after")
    def _has_width(self) -> Range:
        if self.low >= self.high:
            refuse([Refusal(("high",), f"{self.high:g}", f"more than low, {self.low:g}")])
        return self


class _Fits:
    """Refuse a range that the field cannot hold: what lies outside it must still be possible values."""

    def __init__(self, units: tuple[str, ...], *, below: float | None = None) -> None:
        self.units = units
        self.below = below

    def __call__(self, value: Any) -> Any:
        if isinstance(value, Range):
            refuse(self._refusals(value))
        return value

    def _refusals(self, value: Range) -> Iterator[Refusal]:
        if self.below is None and value.low > 0 and value.high / value.low > WIDEST:
            allowed = f"at most {WIDEST:g} times low, {value.low:g}: a wider range says nothing"
            yield Refusal(("high",), f"{value.high:g}", allowed)
        if value.high > LARGEST:
            yield Refusal(("high",), f"{value.high:g}", f"at most {LARGEST:g}")
        if self.below is None and value.low <= 0:
            allowed = "more than 0, because the range leaves room below"
            yield Refusal(("low",), f"{value.low:g}", allowed)
        if self.below is not None and not 0 <= value.low < value.high <= self.below:
            allowed = f"a range inside 0 to {self.below:g}"
            yield Refusal(("low" if value.low < 0 else "high",), f"{value.low:g} to {value.high:g}", allowed)
        if value.unit is not None and value.unit not in self.units:
            yield Refusal(("unit",), repr(value.unit), " or ".join(self.units))


def _form(value: object) -> str:
    return RANGE if isinstance(value, Range | dict) else POINT


def _form_or_actors(value: object) -> str:
    by_actor = isinstance(value, Mapping) and not {"low", "high"} & value.keys()
    return BY_ACTOR if by_actor else _form(value)


_Point = Annotated[float, Field(ge=0, le=LARGEST), Tag(POINT)]
_SharePoint = Annotated[Share, Tag(POINT)]
_Ends = Annotated[Range, Tag(RANGE)]
_Either = Discriminator(_form)

ShareOrRange = Annotated[Annotated[_SharePoint | _Ends, _Either], AfterValidator(_Fits(("share",), below=1))]
Money = Annotated[Annotated[_Point | _Ends, _Either], AfterValidator(_Fits(("USD",)))]
PositiveMoney = Annotated[
    Annotated[Annotated[float, Field(gt=0, le=LARGEST), Tag(POINT)] | _Ends, _Either], AfterValidator(_Fits(("USD",)))
]
MoneyPerDay = Annotated[Annotated[_Point | _Ends, _Either], AfterValidator(_Fits(("USD/day",)))]
Rate = Annotated[Annotated[_Point | _Ends, _Either], AfterValidator(_Fits(("1/yr", "1/year", "per year")))]
Factor = Annotated[Annotated[_Point | _Ends, _Either], AfterValidator(_Fits(("factor",)))]
TradeByActor = Annotated[
    Annotated[
        _Point | _Ends | Annotated[Words[Annotated[float, Field(ge=0, le=LARGEST)]], Tag(BY_ACTOR)],
        Discriminator(_form_or_actors),
    ],
    AfterValidator(_Fits(("USD/yr",))),
]
