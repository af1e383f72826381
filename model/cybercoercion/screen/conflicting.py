"""Two changes of one filed case side by side, in words: what each changed, and what stands against what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from cybercoercion.case.reconciling import Clash, Reconciled

COLUMNS = ("what", "was", "theirs", "mine", "holds")


def place_words(place: str) -> str:
    """Return a place of a case as a person says it.

    >>> place_words("reports.june-threat.grade"), place_words("stakes.harm_now"), place_words("reports")
    ('report june-threat: grade', 'stakes: harm now', 'order of the reports')
    """
    block, _, rest = place.partition(".")
    if block in ("reports", "actors", "demands", "pending"):
        noun = {"pending": "awaited report"}.get(block, block.removesuffix("s"))
        row, _, field = rest.partition(".")
        if not row:
            return f"order of the {'awaited reports' if block == 'pending' else block}"
        return f"{noun} {row}{f': {_plain(field)}' if field else ''}"
    return f"{_plain(block)}: {_plain(rest)}" if rest else _plain(block)


def value_words(value: Any) -> str:
    """Return what stands at a place.

    >>> value_words(None), value_words(0.5), value_words({"low": 1e6, "high": 2e6}), value_words(["a", True])
    ('not there', '0.5', 'low 1,000,000, high 2,000,000', 'a, yes')
    """
    if value is None:
        return "not there"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return f"{value:,.10g}"
    if isinstance(value, Mapping):
        return ", ".join(f"{_plain(str(key))} {value_words(one)}" for key, one in value.items()) or "empty"
    if isinstance(value, list | tuple):
        return ", ".join(map(value_words, value)) or "empty"
    return str(value)


def rows(places: tuple[Clash, ...], choices: Mapping[str, str | None]) -> tuple[tuple[str, ...], ...]:
    """Return a row per place: what it is, what stood there, what either side put there, and whose word holds."""
    return tuple(
        (
            place_words(one.place),
            value_words(one.base),
            value_words(one.theirs),
            value_words(one.mine),
            choices.get(one.place) or "to be chosen",
        )
        for one in places
    )


def in_words(both: Reconciled) -> str:
    """Return how many places both changed, and how many only one of us did.

    >>> from cybercoercion.case import load_case
    >>> from cybercoercion.case.editing import with_values
    >>> from cybercoercion.case.reconciling import reconcile
    >>> base = load_case("sony-2014")
    >>> theirs = with_values(base, {"stakes.resilience": 0.5, "frame": "any-intrusion"})
    >>> in_words(reconcile(base, theirs, with_values(base, {"stakes.resilience": 0.6})))
    'Both changed 1 place; 1 place was changed by one of you only and is taken over.'
    """
    clashing, taken = len(both.clashes), len(both.taken)
    first = f"Both changed {clashing} place{_s(clashing)}" if clashing else "No place was changed by both"
    if not taken:
        return f"{first}."
    verb = "was" if taken == 1 else "were"
    then = "is taken over" if taken == 1 else "are taken over"
    return f"{first}; {taken} place{_s(taken)} {verb} changed by one of you only and {then}."


def _s(count: int) -> str:
    return "" if count == 1 else "s"


def _plain(text: str) -> str:
    return text.replace("_", " ").replace(".", ", ")
