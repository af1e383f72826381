"""Numbers as a person writes them, and back: one number, a range with the belief that it holds, or nothing."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cybercoercion.case import CaseError, Fault, Range
from cybercoercion.case.faults import shown
from cybercoercion.report.units import MONEY

FILE = "this change"
USUAL = 0.9  # of the belief lies in a range that says nothing else
SHARES = ("share", "probability")
SCALES = {"trn": 1e12, "bn": 1e9, "M": 1e6, "k": 1e3}
SPELT = {
    "trn": 1e12, "trillion": 1e12, "bn": 1e9, "billion": 1e9, "m": 1e6, "million": 1e6, "k": 1e3, "thousand": 1e3,
    "%": 0.01,
}  # fmt: skip
_NUMBER = (
    r"((?:\d{1,3}(?:,\d{3})+|\d+)?(?:\.\d+)?(?:e[+-]?\d{1,3})?)\s*(trn|trillion|bn|billion|m|million|k|thousand|%)?"
)
_ONE = re.compile(_NUMBER, re.IGNORECASE)
_TWO = re.compile(rf"{_NUMBER}\s*(?:to|\.\.|[-\N{{EN DASH}}\N{{EM DASH}}])\s*{_NUMBER}", re.IGNORECASE)
_MASS = re.compile(r"(.+?)[,;(]\s*(\d+(?:\.\d+)?)\s*%\s*\)?")

type Amount = float | dict[str, float] | None


def amount_text(value: float | Range | None, unit: str = "") -> str:
    """Return a number or a range as a person writes it; read back, it is the very same.

    >>> amount_text(15e6, "USD"), amount_text(0.36, "share"), amount_text(None)
    ('15 M', '0.36', '')
    >>> amount_text(Range(low=30e6, high=80e6, mass=0.8), "USD")
    '30 M to 80 M, 80 %'
    """
    if value is None:
        return ""
    if isinstance(value, Range):
        mass = f", {100 * value.mass:.12g} %" if value.mass != USUAL else ""
        low, high = _text(value.low, unit), _text(value.high, unit)
        if " " in high and " " not in low:  # else the word for a size would be read as that of both
            high = _text(value.high, "")
        return f"{low} to {high}{mass}"
    return _text(value, unit)


def amount_of(text: str, unit: str = "", place: str = "value") -> Amount:
    """Return the number, or the ends and the mass of the range, that a person wrote; None for nothing.

    The word for a size that stands after the second number holds for the first too, where that makes a range.

    Raises
    ------
    CaseError
        Where it is neither a number nor a range, naming the place and what may stand there.

    Examples
    --------
    >>> amount_of("15 M"), amount_of("36 %", "share"), amount_of(" ")
    (15000000.0, 0.36, None)
    >>> amount_of("30 to 80 M, 80 %")
    {'low': 30000000.0, 'high': 80000000.0, 'mass': 0.8}
    """
    bare = re.sub(r"usd|\$", "", text, flags=re.IGNORECASE).strip()
    if not bare:
        return None
    mass = _MASS.fullmatch(bare)
    body = mass[1].strip() if mass else bare
    one, two = _ONE.fullmatch(body), _TWO.fullmatch(body)
    if two and _is_number(two[1]) and _is_number(two[3]) and _fits(unit, two[2], two[4]):
        high = _value(two[3], two[4])
        same = _value(two[1], two[2] or two[4])
        found = {"low": same if same < high else _value(two[1], two[2]), "high": high}
        return {**found, "mass": _value(mass[2], "%")} if mass else found
    if one and not mass and _is_number(one[1]) and _fits(unit, one[2]):
        return _value(one[1], one[2])
    raise CaseError((Fault(file=FILE, place=place, got=shown(text), allowed=_allowed(unit)),))


def with_unit_of(new: Amount, old: object) -> float | dict[str, object] | None:
    """Return a new range with the unit that the old one said aloud, so that a file keeps it.

    >>> with_unit_of({"low": 1.0, "high": 2.0}, Range(low=0.5, high=3.0, unit="USD"))
    {'low': 1.0, 'high': 2.0, 'unit': 'USD'}
    """
    if isinstance(new, Mapping):
        said = {"unit": old.unit} if isinstance(old, Range) and old.unit is not None else {}
        return {**new, **said}
    return new


def _is_number(digits: str) -> bool:
    return any(sign.isdigit() for sign in digits.lower().partition("e")[0])


def _fits(unit: str, *sizes: str | None) -> bool:
    """Whether these words of size go with a unit: per cent with shares only, millions with all else."""
    given = {size for size in sizes if size}
    return all((size == "%") == (unit in SHARES) for size in given)


def _value(digits: str, size: str | None) -> float:
    number = float(digits.replace(",", ""))
    if size == "%":
        return number / 100
    return number * SPELT[size.lower()] if size else number


def _text(value: float, unit: str) -> str:
    if unit in MONEY:
        for name, scale in SCALES.items():
            digits = f"{value / scale:.12g}"
            if value >= scale and "e" not in digits and float(digits) * scale == value:
                return f"{digits} {name}"
    digits = f"{value:.12g}"
    return digits if float(digits) == value else repr(float(value))


def _allowed(unit: str) -> str:
    one, two = ("0.36", "0.2 to 0.5") if unit in SHARES else ("15 M", "30 M to 80 M")
    if unit not in (*SHARES, *MONEY):
        one, two = "1.5", "0.5 to 3"
    return f"a number such as {one}, a range such as {two}, or {two}, 80 %; nothing for the default"
