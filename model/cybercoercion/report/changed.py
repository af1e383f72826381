"""What differs between two scenarios, and what that does, in a sentence."""

from __future__ import annotations

from cybercoercion.report.names import response_name
from cybercoercion.report.units import in_unit
from cybercoercion.report.words import money, percent
from cybercoercion.sensitivity.comparison import COUNTED, Difference, Scenario

LONG = ("actors", "demands", "reports", "pending", "labels", "episodes", "note")  # come after the rest
NOT_STATED = "not stated"
ASKED = ("stakes", "actors", "demands")  # where a default of the tables stands in for what is not stated


def changed_sentence(first: Scenario, other: Scenario) -> str:
    """Return what one scenario does to coercion, first choice and gap."""
    return f"{_what_changed(first, other)} {consequence(first, other)}"


def consequence(first: Scenario, other: Scenario) -> str:
    """Return what happens to coercion, first choice and gap, as the end of a sentence."""
    was, becomes = first.statements["coercion"].p, other.statements["coercion"].p
    coercion = f"moves coercion from {percent(was)} to {percent(becomes)}"
    if percent(was) == percent(becomes):
        coercion = f"leaves coercion at {percent(was)}"
    one, two = first.view().first, other.view().first
    choice = f"the first choice from {response_name(one)} to {response_name(two)}"
    if one == two:
        choice = f"leaves {response_name(one)} first" if "moves" in coercion else f"{response_name(one)} first"
    elif "leaves" in coercion:
        choice = f"moves {choice}"
    gaps = [money(scenario.gap(), words=True) for scenario in (first, other)]
    gap = f"the gap goes from {gaps[0]} to {gaps[1]}" if gaps[0] != gaps[1] else f"the gap stays {gaps[0]}"
    return f"{coercion} and {choice}; {gap}."


def _what_changed(first: Scenario, other: Scenario) -> str:
    rows = gathered_rows(other.inputs)
    if len(rows) > 1:  # how many reports count follows from the rest
        rows = [row for row in rows if row.place != COUNTED]
    if source_of(first) != source_of(other):
        return f"Looking at {other.name} instead of {first.name}"
    if not rows:
        return f"{other.name}: no input differs; this"
    if len(rows) == 1:
        one = rows[0]
        was = or_default(first, one.place, one.was)
        return f"Changing {one.place} from {was}{',' if ', ' in was else ''} to {told(one.becomes)}"
    return f"Changing {len(rows)} inputs ({', '.join(row.place for row in rows[:3])}{' ...' if len(rows) > 3 else ''})"


def source_of(scenario: Scenario) -> str:
    """Return the id of the case or campaign of a scenario."""
    return (scenario.assessment.campaign or scenario.assessment.case).id


def gathered_rows(rows: tuple[Difference, ...]) -> list[Difference]:
    """Return differences with a row that is only in one scenario said once, not field by field."""
    out: dict[str, Difference] = {}
    ids = {row.place.removesuffix(".id"): row for row in rows if row.place.endswith(".id")}
    for row in rows:
        whole = next((place for place in ids if row.place.startswith(f"{place}.")), None)
        if whole is None:
            out[row.place] = row
        else:
            there = ids[whole].was is not None
            was, becomes = ("there", "not there") if there else ("not there", "there")
            out[whole] = Difference(place=whole, was=was, becomes=becomes)
    return sorted(out.values(), key=lambda row: row.place.partition(".")[0] in LONG)


def or_default(scenario: Scenario, place: str, value: object) -> str:
    """Return a value, or what stands in for it where the case states none."""
    if value is not None:
        return told(value)
    if place.partition(".")[0] not in ASKED:
        return NOT_STATED
    from cybercoercion.sensitivity.input.inputs import inputs

    stands_in = next((one for one in inputs(scenario.assessment) if one.name == place), None)
    return NOT_STATED if stands_in is None else f"the default, {in_unit(stands_in.now, stands_in.unit)}"


def told(value: object) -> str:
    """Return a value of an input in words."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return money(value) if abs(value) >= 1e5 else f"{value:g}"
    return str(value)
