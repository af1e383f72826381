"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cybercoercion.case import CaseError, Range
from cybercoercion.screen.amounts import amount_of, amount_text

NUMBERS = st.floats(min_value=0, max_value=1e18, allow_nan=False)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.36", 0.36),
        ("15M", 15e6),
        ("15 million USD", 15e6),
        ("$1.2 bn", 1.2e9),
        ("15,000,000", 15e6),
        ("17.5 trillion", 17.5e12),
        ("40k", 40e3),
        ("3e6", 3e6),
        (".5", 0.5),
        ("30 to 80 M", {"low": 30e6, "high": 80e6}),
        ("30\N{EN DASH}80 M", {"low": 30e6, "high": 80e6}),
        ("500000 to 2 M", {"low": 500e3, "high": 2e6}),
        ("30 M to 80 M (80 %)", {"low": 30e6, "high": 80e6, "mass": 0.8}),
        ("15,000,000 - 20,000,000, 50 %", {"low": 15e6, "high": 20e6, "mass": 0.5}),
        ("", None),
        ("   ", None),
    ],
)
def test_numbers_and_ranges_are_read_as_they_are_written(text: str, value: object) -> None:
    """A number is read with its word for size, a range with the size that stands once, its mass after it."""
    assert amount_of(text, "USD") == value


@pytest.mark.parametrize("text", ["plenty", "-5", "0,5", "M", "1 to", "to 3", "5, 80 %", "3 4", "nan", "1 to 2 to 3"])
def test_what_is_no_number_is_refused_with_what_may_stand_there(text: str) -> None:
    """What is neither a number nor a range is refused, naming the place and an example."""
    with pytest.raises(CaseError) as refused:
        amount_of(text, "USD", "stakes harm now")
    (fault,) = refused.value.faults
    assert fault.place == "stakes harm now"
    assert "15 M" in fault.allowed


def test_per_cent_goes_with_shares_and_millions_do_not() -> None:
    """Of a share 36 % is .36; an amount of money in per cent, or a share in millions, is refused."""
    assert amount_of("36 %", "share") == pytest.approx(0.36)
    assert amount_of("20 % to 50 %", "probability") == pytest.approx({"low": 0.2, "high": 0.5})
    for text, unit in (("36 %", "USD"), ("2 M", "share")):
        with pytest.raises(CaseError):
            amount_of(text, unit)


@given(NUMBERS, st.sampled_from(["USD", "share", "factor", "1/yr"]))
def test_a_number_that_is_shown_is_read_back_as_the_very_same(value: float, unit: str) -> None:
    """Showing a number and reading it back changes no bit of it, so that opening a form edits nothing."""
    assert amount_of(amount_text(value, unit), unit) == value


@given(NUMBERS, NUMBERS, st.sampled_from([0.5, 0.8, 0.9, 0.95]))
@example(1.0, 1e18, 0.5)
def test_a_range_that_is_shown_is_read_back_as_the_very_same(one: float, two: float, mass: float) -> None:
    """A range keeps its ends bit for bit, and its mass."""
    low, high = sorted((one, two))
    if low < high:
        found = amount_of(amount_text(Range(low=low, high=high, mass=mass), "USD"), "USD")
        assert isinstance(found, dict)
        assert (found["low"], found["high"]) == (low, high)
        assert found.get("mass", 0.9) == pytest.approx(mass)
