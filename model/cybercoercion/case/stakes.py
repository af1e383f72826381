"""What is at stake; what is left out has a default by kind of target in the tables."""

from __future__ import annotations

from pydantic import Field

from cybercoercion.case.fields import Frozen
from cybercoercion.case.quantity import Factor, Money, MoneyPerDay, PositiveMoney, Rate, ShareOrRange, TradeByActor


class Stakes(Frozen):
    """Harm, resilience, escalation and what goes with them; each a point or a range.

    >>> Stakes(resilience=0.4).resilience
    0.4
    """

    harm_now: Money | None = Field(default=None, description="The harm of this episode, sunk or not, USD.")
    avoidable: ShareOrRange | None = Field(default=None, description="The share of it that is not yet sunk.")
    resilience: ShareOrRange | None = Field(default=None, description="How well the target withstands harm now.")
    harm_at_resilience: ShareOrRange | None = Field(
        default=None, description="The resilience at which the harms were stated."
    )
    escalation: Factor | None = Field(
        default=None, description="Multiplies the risk of retaliation and of the military tail; 1 changes nothing."
    )
    country_gdp: PositiveMoney | None = Field(default=None, description="GDP of the target's country, USD.")
    pending_harm: Money | None = Field(default=None, description="The harm that is threatened and still to come, USD.")
    meant: ShareOrRange | None = Field(default=None, description="The probability that the threat is meant.")
    recurrence_target: Rate | None = Field(default=None, description="Further episodes at this target, per year.")
    recurrence_nation: Rate | None = Field(default=None, description="Further episodes in the country, per year.")
    harm_next: Money | None = Field(default=None, description="The harm of one further episode, USD.")
    bilateral_trade: TradeByActor | None = Field(
        default=None, description="Trade with the actor's country, USD a year: one number, or one per actor."
    )
    delay_cost: MoneyPerDay | None = Field(default=None, description="What a day of waiting costs, USD.")
    margin: Money | None = Field(default=None, description="Differences below this are ties, USD.")
    price_of_escalation: Factor | None = Field(
        default=None, description="What a dollar lost to retaliation or war counts; 1 at face value."
    )
