"""Values in their own units, as a person reads them."""

from __future__ import annotations

import math

from cybercoercion.report.words import MINUS, money

MONEY = ("USD", "USD/day", "USD/yr")
PER = {"USD/day": " a day", "USD/yr": " a year", "1/yr": " a year", "yr": " years", "months": " months"}


def in_unit(value: float, unit: str) -> str:
    """Return a value of an input in its own unit; probabilities and shares so that near values stay apart.

    >>> in_unit(3.4e7, "USD"), in_unit(0.713, "probability"), in_unit(0.35, "share"), in_unit(1.2, "1/yr")
    ('34 M', '71 %', '0.35', '1.2 a year')
    >>> in_unit(0.0123, "probability"), in_unit(0.9987, "probability"), in_unit(0.0004, "share"), in_unit(3, "factor")
    ('1.2 %', '99.87 %', '0.0004', '× 3')
    """
    if unit in MONEY:
        return f"{money(value)}{PER.get(unit, '')}"
    if unit == "probability":
        return f"{_percent(value)} %"
    if unit == "share":
        return f"{value:.2f}" if 0.05 <= value <= 0.95 or value in (0, 1) else _plain(value)
    if unit == "factor":
        return f"\N{MULTIPLICATION SIGN} {_plain(value)}"
    return f"{_plain(value)}{PER.get(unit, '')}"


def amount(value: float, unit: str) -> str:
    """Return the same for a sentence: money with its currency.

    >>> amount(3.4e7, "USD"), amount(2e6, "USD/day"), amount(0.713, "probability")
    ('34 M USD', '2 M USD a day', '71 %')
    """
    return f"{money(value)} USD{PER.get(unit, '')}" if unit in MONEY else in_unit(value, unit)


def _percent(p: float) -> str:
    """Return per cent, with as many decimals as it takes to stay off the ends."""
    away = min(p, 1 - p)
    if away >= 0.05 or away <= 0:
        return f"{100 * p:.0f}"
    digits = min(max(1, -math.floor(math.log10(100 * away))), 4)
    text = f"{100 * p:.{digits if away >= 0.01 else digits + 1}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _plain(value: float) -> str:
    """Return three significant figures without an exponent."""
    if value == 0 or not math.isfinite(value):
        return "0" if value == 0 else f"{value}"
    digits = max(0, 2 - math.floor(math.log10(abs(value))))
    text = f"{abs(value):.{min(digits, 6)}f}"
    text = text.rstrip("0").rstrip(".") if "." in text else text
    return f"{MINUS if value < 0 else ''}{text}"
