"""What a question may be asked with: a word that is misspelt is refused at once, with what is allowed."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from difflib import get_close_matches

from cybercoercion.sensitivity.output import OUTPUTS
from cybercoercion.vocabulary import VIEWS

NEAREST, ALIKE = 3, 0.3  # how many names are proposed, and how alike they must be


def known_view(view: str) -> None:
    """Refuse a view that is none.

    >>> known_view("nation")

    Raises
    ------
    ValueError
        With the views that there are.
    """
    one_of("view", view, VIEWS)


def known_decision(decision: str) -> None:
    """Refuse a decision that is none.

    >>> known_decision("two-step")

    Raises
    ------
    ValueError
        With the decisions that there are.
    """
    from cybercoercion.sensitivity.choice import DECISIONS

    one_of("decision", decision, DECISIONS)


def known_output(output: str) -> None:
    """Refuse an output that is none.

    >>> known_output("gap")

    Raises
    ------
    ValueError
        With the outputs that there are.
    """
    one_of("output", output, OUTPUTS)


def one_of(what: str, got: object, allowed: Collection[str]) -> None:
    """Refuse a word that is not one of those allowed.

    Raises
    ------
    ValueError
        With what is allowed.
    """
    if got not in allowed:
        raise ValueError(f"{what}: got {got!r}; allowed: {', '.join(allowed)}")


def names_of(names: Iterable[str]) -> tuple[str, ...]:
    """Return names in their order, each once; a text is one name.

    >>> names_of("p.coercion"), names_of(["b", "a", "b"])
    (('p.coercion',), ('b', 'a'))
    """
    return (names,) if isinstance(names, str) else tuple(dict.fromkeys(names))


def unknown_input(name: str, known: Collection[str]) -> str:
    """Return what to say of a name that is no input: the nearest that are, not all of them.

    >>> unknown_input("stakes.resiliance", ["p.coercion", "stakes.resilience", "cost.urgent"])
    "got the input 'stakes.resiliance'; the nearest of 3 are: stakes.resilience, cost.urgent"
    """
    near = get_close_matches(name, known, n=NEAREST, cutoff=ALIKE) or list(known)[:NEAREST]
    return f"got the input {name!r}; the nearest of {len(known)} are: {', '.join(near)}"


def known_inputs(names: Iterable[str], known: Collection[str]) -> None:
    """Refuse names that are no inputs.

    Raises
    ------
    KeyError
        With the nearest that are.
    """
    unknown = [name for name in names if name not in known]
    if unknown:
        raise KeyError("; ".join(unknown_input(name, known) for name in unknown))
