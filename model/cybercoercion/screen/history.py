"""What became of a case from revision to revision: who filed it, when, why, and what the model said of it."""

from __future__ import annotations

from collections.abc import Sequence

from cybercoercion.report.names import response_name
from cybercoercion.report.words import money, percent
from cybercoercion.screen.filed import when_words
from cybercoercion.store import Filed, Said

COLUMNS = (
    "revision", "who", "when", "why",
    "coercion before", "coercion after", "first choice before", "first choice after",
    "gap before, USD", "gap after, USD",
)  # fmt: skip
UNSAID = "\N{EN DASH}"


def history_rows(history: Sequence[Filed]) -> tuple[tuple[str, ...], ...]:
    """Return a row of words for each revision, in the order of ``COLUMNS``, the latest first.

    Parameters
    ----------
    history
        The revisions of a case, as the store returns them, the first one first.

    Examples
    --------
    >>> from datetime import UTC, datetime
    >>> when, two = datetime(2026, 1, 5, 9, 3, tzinfo=UTC), Said(coercion=0.81, first="nothing", gap=4.56e6, run="")
    >>> one = Filed(id="", revision=2, text="", title="", who="Ann", when=when, why="New source", said=two, before=None)
    >>> history_rows([one])
    (('2', 'Ann', '5 Jan 2026, 09:03 UTC', 'New source', '–', '81 %', '–', 'nothing new', '–', '4.56 M'),)
    """
    return tuple(_row(filed) for filed in reversed(history))


def history_sentence(history: Sequence[Filed]) -> str:
    """Return how often a case was filed, by whom, and what the last revision did to belief and first choice.

    >>> history_sentence([])
    'This case is not filed.'
    """
    if not history:
        return "This case is not filed."
    people, last = list(dict.fromkeys(filed.who for filed in history)), history[-1]
    times = "once" if len(history) == 1 else f"{len(history)} times"
    by = people[0] if len(people) == 1 else f"{len(people)} people"
    return f"Filed {times} by {by}, last on {when_words(last.when)}. {_moved(last.before, last.said)}"


def _moved(before: Said | None, said: Said | None) -> str:
    """Return what a revision did to belief and first choice, as far as both sides are known."""
    if said is None:
        return "What the model said of it was not filed."
    first = response_name(said.first)
    if before is None:
        return f"Coercion stood at {percent(said.coercion)}, first choice {first}."
    was, becomes = percent(before.coercion), percent(said.coercion)
    coercion = f"stayed at {becomes}" if was == becomes else f"moved from {was} to {becomes}"
    old = response_name(before.first)
    choice = f"the first choice stayed {first}" if old == first else f"the first choice went from {old} to {first}"
    return f"With it coercion {coercion}, and {choice}."


def _row(filed: Filed) -> tuple[str, ...]:
    two = (filed.before, filed.said)
    return (
        str(filed.revision),
        filed.who,
        when_words(filed.when),
        filed.why,
        *(percent(said.coercion) if said is not None else UNSAID for said in two),
        *(response_name(said.first) if said is not None else UNSAID for said in two),
        *(money(said.gap) if said is not None else UNSAID for said in two),
    )
