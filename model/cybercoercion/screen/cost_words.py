"""Ranges of money as a person reads them."""

from __future__ import annotations

from cybercoercion.report.words import DASH, money


def money_span(low: float, high: float) -> str:
    """Return a range of costs, the unit said once where both ends share it.

    >>> money_span(58e6, 402e6), money_span(940e6, 1.2e9)
    ('58–402 M', '940 M to 1.2 bn')
    """
    one, other = money(low), money(high)
    number, _, unit = one.partition(" ")
    if low >= 0 and unit and other.endswith(f" {unit}"):
        return f"{number}{DASH}{other}"
    return f"{one} to {other}"


def signed_span(low: float, high: float) -> str:
    """Return a range of differences with their signs.

    >>> signed_span(-28e6, 100e6)
    '−28 M to +100 M'
    """
    return f"{money(low, signed=True)} to {money(high, signed=True)}"


def extra_words(extra: float, low: float, high: float) -> str:
    """Return a difference on average with its range, in more and less.

    >>> extra_words(28e6, -28e6, 100e6)
    '28 M dearer on average (28 M less to 100 M more)'
    """
    side = "dearer" if extra >= 0 else "cheaper"
    return f"{money(abs(extra))} {side} on average ({_more(low)} to {_more(high)})"


def _more(usd: float) -> str:
    return f"{money(abs(usd))} {'less' if usd < 0 else 'more'}"
