"""Words for numbers: ICD 203 terms for ranges, money and shares as a person reads them.

The range is worded, not its middle; a number always stands beside the word. Likelihood and confidence never
share a sentence.
"""

from __future__ import annotations

import math

from cybercoercion.knowledge import Knowledge

BANDS = (
    "almost_no_chance",
    "very_unlikely",
    "unlikely",
    "roughly_even_chance",
    "likely",
    "very_likely",
    "almost_certain",
)
MINUS, DASH = "\N{MINUS SIGN}", "\N{EN DASH}"


def band(p: float, knowledge: Knowledge) -> int:
    """Return the index of the ICD 203 band that holds p; a lower edge belongs to its band."""
    return sum(p >= edge for edge in edges(knowledge))


def edges(knowledge: Knowledge) -> tuple[float, ...]:
    """Return the probabilities at which one band ends and the next begins."""
    return tuple(knowledge.quantities[f"words.{name}"].value for name in BANDS[:-1])


def bands_in_words(knowledge: Knowledge) -> str:
    """Return what the words mean, from the table that they are taken from.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> bands_in_words(load_knowledge(draws=2))[:37]
    'almost no chance 1-5 %, very unlikely'
    """
    upper = [round(100 * knowledge.quantities[f"words.{name}"].value) for name in BANDS]
    lower = [1, *upper[:-1]]
    said = [f"{name.replace('_', ' ')} {lo}-{hi}" for name, lo, hi in zip(BANDS, lower, upper, strict=True)]
    return f"{said[0]} %, {', '.join(said[1:])}"


def in_words(low: float, high: float, knowledge: Knowledge) -> str:
    """Return the ICD 203 words for a range of probability.

    >>> from cybercoercion.knowledge import load_knowledge
    >>> k = load_knowledge(draws=10)
    >>> in_words(0.66, 0.78, k), in_words(0.66, 0.91, k), in_words(0.3, 0.7, k)
    ('likely', 'likely to very likely', 'from unlikely to likely')
    >>> in_words(0.1, 0.9, k)
    'cannot be said usefully'
    >>> in_words(0.0, 0.004, k), in_words(0.995, 1.0, k)
    ('< 1 %', '> 99 %')
    """
    if high < 0.01:
        return "< 1 %"
    if low > 0.99:
        return "> 99 %"
    first, last = band(low, knowledge), band(high, knowledge)
    names = [name.replace("_", " ") for name in BANDS]
    if first == last:
        return names[first]
    if last == first + 1:
        return f"{names[first]} to {names[last]}"
    if last == first + 2:
        return f"from {names[first]} to {names[last]}"
    return "cannot be said usefully"


def sentence_of(words: str, statement: str, low: float, high: float) -> str:
    """Return the sentence that states a likelihood: word first, numbers right after.

    >>> sentence_of("likely", "this is coercion", 0.6, 0.7)
    'It is likely (60–70 %) that this is coercion.'
    """
    numbers = span(low, high)
    if words == "cannot be said usefully":
        return f"It cannot be said usefully ({numbers}) whether {statement}."
    if words.startswith(("<", ">")):
        return f"The probability that {statement} is {'below 1' if words.startswith('<') else 'above 99'} %."
    chance = next(
        (name for name in ("almost no chance", "roughly even chance") if name in words.split(" to ", maxsplit=1)[0]),
        None,
    )
    if chance is None:
        return f"It is {words} ({numbers}) that {statement}."
    article = "a " if chance.startswith("roughly") else ""
    if words == chance:
        return f"There is {article}{chance} ({numbers}) that {statement}."
    return f"The probability that {statement} ranges from {words.removeprefix('from ')} ({numbers})."


def percent(p: float) -> str:
    """Return a probability as whole per cent.

    >>> percent(0.714), percent(0.004), percent(0.9991)
    ('71 %', '< 1 %', '> 99 %')
    """
    if p < 0.01:
        return "< 1 %"
    if p > 0.99:
        return "> 99 %"
    return f"{_whole(p)} %"


def span(low: float, high: float) -> str:
    """Return a range of probabilities.

    >>> span(0.58, 0.841), span(0.001, 0.03), span(0.0, 0.004)
    ('58–84 %', '0–3 %', '< 1 %')
    """
    if high < 0.01:
        return "< 1 %"
    if low > 0.99:
        return "> 99 %"
    lo, hi = _whole(low), _whole(high)
    return f"{lo}{DASH}{hi} %" if lo != hi else f"{lo} %"


def _whole(p: float) -> int:
    """Return per cent, halves rounded up: one rounding for a probability and its range."""
    return math.floor(100 * p + 0.5)


def money(usd: float, *, signed: bool = False, words: bool = False) -> str:
    """Return an amount in USD with at most three significant figures.

    >>> money(164.2e6), money(-1.234e9), money(2.8e7, signed=True), money(0.0)
    ('164 M', '−1.23 bn', '+28 M', '0')
    >>> money(164.2e6, words=True)
    '164 million USD'
    """
    size = abs(usd)
    unit, name, scale = next(
        (
            row
            for row in (("trn", "trillion", 1e12), ("bn", "billion", 1e9), ("M", "million", 1e6))
            if size >= 0.9995 * row[2]
        ),
        ("M", "million", 1e6),
    )
    value = size / scale
    if value == 0 or (value < 0.0005 and unit == "M"):
        return "0 USD" if words else "0"
    digits = (
        max(0, 2 - math.floor(math.log10(value))) if value >= 0.1 else 1 + max(0, -math.floor(math.log10(value)) - 1)
    )
    text = f"{value:.{min(digits, 3)}f}"
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    sign = MINUS if usd < 0 else "+" if signed else ""
    return f"{sign}{text} {name} USD" if words else f"{sign}{text} {unit}"


def points(change: float) -> str:
    """Return a change of a probability in percentage points; what rounds to nothing has no sign.

    >>> points(0.0123), points(-0.5), points(-0.0001)
    ('+1.2 points', '−50.0 points', '0.0 points')
    """
    text = f"{100 * change:+.1f}"
    return f"{text[1:] if float(text) == 0 else text.replace('-', MINUS)} points"


def dated(day: object) -> str:
    """Return a date as people write it.

    >>> import datetime
    >>> dated(datetime.date(2014, 12, 18))
    '18 Dec 2014'
    """
    import datetime as dt

    assert isinstance(day, dt.date)
    return f"{day.day} {day:%b %Y}"


def joined(names: list[str], last: str = "and") -> str:
    """Return a list in words.

    >>> joined(["denial", "norms", "nothing new"])
    'denial, norms and nothing new'
    """
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} {last} {names[-1]}" if names else ""


def capital(text: str) -> str:
    """Return a text with a capital first letter, the rest as it is.

    >>> capital("denial of SONY")
    'Denial of SONY'
    """
    return f"{text[:1].upper()}{text[1:]}"
