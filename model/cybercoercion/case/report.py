"""What somebody says about a fact, and what could still be reported."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from math import fsum
from typing import Annotated

from pydantic import Field, model_validator

from cybercoercion.case.fields import Frozen, Grade, OneOf, Refusal, Share, Slug, Text, Words, refuse
from cybercoercion.case.quantity import Money
from cybercoercion.vocabulary import BELIEFS, EVIDENCE_KINDS, facts

ABSENCES = ("none", "no")  # what "looked and did not see" is called, by fact
SUM_TOLERANCE = 1e-6
Weight = Annotated[float, Field(ge=0)]


class Report(Frozen):
    """A noisy statement about one fact, as known on a date.

    >>> report = Report(id="kcna-june", fact="rhetoric", finding="issue-specific", about="north-korea")
    >>> report.origin, report.kind, report.off
    ('kcna-june', 'likelihood', False)
    """

    id: Slug = Field(description="A short name.")
    fact: Annotated[str, OneOf((*facts(), *BELIEFS))] = Field(description="What it is about.")
    finding: Text | None = Field(default=None, description="What it says: a state, or a candidate's id.")
    findings: Words[Weight] | None = Field(default=None, description="The same, spread over several states.")
    kind: Annotated[str, OneOf(EVIDENCE_KINDS)] = Field(
        default="likelihood",
        description="How `findings` is meant: evidence weighed with the rest (likelihood), "
        "the belief after this report (new-belief), or the belief after all reports (pinned).",
    )
    likelihood: Words[Share] | None = Field(
        default=None, description="P(this report, given the state), for every state, in place of a finding."
    )
    about: Slug | None = Field(default=None, description="Which candidate actor it concerns.")
    grade: Grade | None = Field(default=None, description="Admiralty grade, A1 to F6; F and 6 mean unknown.")
    origin: Text = Field(
        default_factory=lambda data: str(data["id"]),
        description="Who stands behind it in the end; reports of one origin share one error.",
    )
    copy_probability: Share | None = Field(
        default=None, alias="copy", description="The probability that it repeats a report of the same origin."
    )
    copies: Slug | None = Field(default=None, description="Which report it may repeat.")
    detection: Annotated[float, Field(gt=0, le=1)] | None = Field(
        default=None, description="For what was looked for and not seen: P(seen, if it had been there)."
    )
    event_date: date | None = Field(default=None, description="When it happened.")
    known_date: date | None = Field(default=None, description="When it could be known.")
    coder: Text | None = Field(default=None, description="Who coded it.")
    cite: Text | None = Field(default=None, description="Where it stands.")
    note: Text | None = Field(default=None, description="Anything else.")
    off: bool = Field(default=False, description="Switched off: kept in the file, left out of the belief.")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Report:
        refuse(self._refusals())
        return self

    def known_on(self, as_of: date) -> date:
        """Return the day from which the report counts; one that names no date counts on the as-of date itself."""
        return self.known_date or self.event_date or as_of

    def _refusals(self) -> Iterator[Refusal]:
        yield from self._statement_refusals()
        fact = facts().get(self.fact)
        if self.about is not None and not (fact and fact.about):
            speaking = ", ".join(name for name, one in facts().items() if one.about)
            yield Refusal(("about",), repr(self.about), f"only with the facts {speaking}")
        if self.detection is not None and self.finding not in ABSENCES:
            got = "no finding" if self.finding is None else f"the finding {self.finding!r}"
            yield Refusal(("detection",), f"{self.detection:g} beside {got}", f"only beside {' or '.join(ABSENCES)}")
        if self.event_date and self.known_date and self.known_date < self.event_date:
            allowed = f"the event date, {self.event_date}, or later"
            yield Refusal(("known_date",), str(self.known_date), allowed)
        if self.copies == self.id:
            yield Refusal(("copies",), repr(self.copies), "another report")

    def _statement_refusals(self) -> Iterator[Refusal]:
        forms = {"finding": self.finding, "findings": self.findings, "likelihood": self.likelihood}
        given = [name for name, form in forms.items() if form is not None]
        if len(given) != 1:
            yield Refusal((), " and ".join(given) or "nothing said", f"exactly one of {', '.join(forms)}")
        if self.kind != "likelihood" and given and "findings" not in given:
            yield Refusal(("kind",), f"{self.kind!r} with {given[0]}", f"{self.kind} with findings that sum to 1")
        if self.fact in BELIEFS and self.kind == "likelihood":
            allowed = f"new-belief or pinned; {self.fact} is believed, not reported"
            yield Refusal(("kind",), repr(self.kind), allowed)
        if self.findings is not None:
            total = fsum(self.findings.values())
            if self.kind != "likelihood" and abs(total - 1) > SUM_TOLERANCE:
                yield Refusal(("findings",), f"a sum of {total:.9g}", "numbers that sum to 1")
            elif total <= 0:
                yield Refusal(("findings",), "nothing above 0", "at least one number above 0")
        if self.likelihood is not None and not any(self.likelihood.values()):
            yield Refusal(("likelihood",), "nothing above 0", "at least one number above 0")


class Pending(Frozen):
    """A report that could still come, and what it would cost to get it."""

    id: Slug = Field(description="A short name.")
    fact: Annotated[str, OneOf(facts())] = Field(description="What it would be about.")
    about: Slug | None = Field(default=None, description="Which candidate actor it would concern.")
    grade: Grade | None = Field(default=None, description="The grade it would have.")
    origin: Text = Field(
        default_factory=lambda data: str(data["id"]), description="Who would stand behind it in the end."
    )
    expected_date: date | None = Field(default=None, description="When it could be there.")
    cost: Money | None = Field(default=None, description="What it costs, USD.")
    note: Text | None = Field(default=None, description="Anything else.")

    @model_validator(mode="after")
    def _agrees_with_itself(self) -> Pending:
        if self.about is not None and not facts()[self.fact].about:
            speaking = ", ".join(name for name, one in facts().items() if one.about)
            refuse([Refusal(("about",), repr(self.about), f"only with the facts {speaking}")])
        return self
